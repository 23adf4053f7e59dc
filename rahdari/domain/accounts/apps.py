from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "rahdari.domain.accounts"
    label = "accounts"
