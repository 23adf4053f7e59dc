"""The front page."""

from rahdari.web.doors import door

from . import views
from .access import PERMITS

urlpatterns = [door("", views.home, PERMITS["home"], methods=("GET",))]
