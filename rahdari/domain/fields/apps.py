from django.apps import AppConfig


class FieldsConfig(AppConfig):
    name = "rahdari.domain.fields"
    label = "fields"
