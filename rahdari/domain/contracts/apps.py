from django.apps import AppConfig


class ContractsConfig(AppConfig):
    name = "rahdari.domain.contracts"
    label = "contracts"
