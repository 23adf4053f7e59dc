from django.apps import AppConfig


class ResidenceConfig(AppConfig):
    name = "rahdari.domain.residence"
    label = "residence"
