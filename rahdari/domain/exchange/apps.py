"""The exchange as Django knows it."""

from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    """Tables and pages of the exchange."""

    name = "rahdari.domain.exchange"
    label = "exchange"
