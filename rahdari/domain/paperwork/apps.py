from django.apps import AppConfig


class PaperworkConfig(AppConfig):
    name = "rahdari.domain.paperwork"
    label = "paperwork"
