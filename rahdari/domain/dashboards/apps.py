from django.apps import AppConfig


class DashboardsConfig(AppConfig):
    name = "rahdari.domain.dashboards"
    label = "dashboards"
