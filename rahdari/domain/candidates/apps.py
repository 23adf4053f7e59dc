from django.apps import AppConfig


class CandidatesConfig(AppConfig):
    name = "rahdari.domain.candidates"
    label = "candidates"
