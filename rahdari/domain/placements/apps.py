from django.apps import AppConfig


class PlacementsConfig(AppConfig):
    name = "rahdari.domain.placements"
    label = "placements"
