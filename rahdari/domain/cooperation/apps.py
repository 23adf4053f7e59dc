from django.apps import AppConfig


class CooperationConfig(AppConfig):
    name = "rahdari.domain.cooperation"
    label = "cooperation"
