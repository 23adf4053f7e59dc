from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    name = "rahdari.domain.organisations"
    label = "organisations"
