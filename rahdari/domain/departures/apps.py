from django.apps import AppConfig


class DeparturesConfig(AppConfig):
    name = "rahdari.domain.departures"
    label = "departures"
