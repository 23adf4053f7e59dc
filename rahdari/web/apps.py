from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "rahdari.web"
    label = "web"
