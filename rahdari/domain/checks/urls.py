"""Addresses of the checkers."""

from rahdari.web.doors import door

from . import views
from .access import PERMITS

urlpatterns = [
    door("", views.see_checks, PERMITS["see_checks"], methods=("GET",)),
    door("<slug:name>/", views.ask_check, PERMITS["ask_check"]),
]
