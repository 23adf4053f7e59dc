from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "rahdari.domain.jobs"
    label = "jobs"
