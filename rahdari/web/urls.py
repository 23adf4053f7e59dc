"""Addresses without a language: is the node alive, is it ready."""

from . import views
from .access import PERMITS
from .doors import door

urlpatterns = [
    door("healthz", views.healthz, PERMITS["healthz"], methods=("GET",)),
    door("readyz", views.readyz, PERMITS["readyz"], methods=("GET",)),
]
