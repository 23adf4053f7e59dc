from django.apps import AppConfig


class ExamsConfig(AppConfig):
    name = "rahdari.domain.exams"
    label = "exams"
