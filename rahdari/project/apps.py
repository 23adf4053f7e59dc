from importlib import import_module

from django.apps import AppConfig


class ProjectConfig(AppConfig):
    """The roof as Django knows it: registers the checks of a production start."""

    name = "rahdari.project"
    label = "project"

    def ready(self) -> None:
        import_module("rahdari.project.production")
