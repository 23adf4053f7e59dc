from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "rahdari.domain.notices"
    label = "notices"
