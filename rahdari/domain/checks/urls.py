"""Addresses of the checkers, and of the papers anyone can check."""

from rahdari.web.doors import door

from .access import PERMITS
from .views import checkers, papers

READ = ("GET",)
urlpatterns = [
    door("", checkers.see_checks, PERMITS["see_checks"], methods=READ),
    door("paper/", papers.check_paper, PERMITS["check_paper"]),
    door("paper/worker.js", papers.see_paper_worker, PERMITS["see_paper_worker"], methods=READ),
    door("paper/licence/<uuid:organisation_id>/", papers.see_licence_card, PERMITS["see_licence_card"], methods=READ),
    door("<slug:name>/", checkers.ask_check, PERMITS["ask_check"]),
]
