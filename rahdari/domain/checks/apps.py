from django.apps import AppConfig


class ChecksConfig(AppConfig):
    name = "rahdari.domain.checks"
    label = "checks"
