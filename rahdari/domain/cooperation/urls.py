"""Addresses of cooperation."""

from rahdari.web.doors import door

from . import views
from .access import PERMITS

urlpatterns = [door("", views.see_agreement, PERMITS["see_agreement"], methods=("GET",))]
