"""The front page and the figures."""

from rahdari.web.doors import door

from . import views
from .access import PERMITS

GET = ("GET",)
urlpatterns = [
    door("", views.home, PERMITS["home"], methods=GET),
    door("figures/", views.see_line_figures, PERMITS["see_line_figures"], methods=GET),
    door("figures/line.csv", views.take_line_figures, PERMITS["take_line_figures"], methods=GET),
]
