"""Addresses of organisations: the register anyone reads, then the desk, then the steps on one licence."""

from rahdari.web.doors import door
from rahdari.web.steps import step_page

from .access import PERMITS
from .forms import matches as match_steps
from .forms import steps
from .views import links, matches, register

READ = ("GET",)
ONE = "desk/<uuid:organisation_id>/"
MATCH = "desk/matches/<uuid:match_id>/"
urlpatterns = [
    door("", register.see_register, PERMITS["see_register"], methods=READ),
    door("<uuid:organisation_id>/", register.see_licence, PERMITS["see_licence"], methods=READ),
    door("desk/", register.see_organisations, PERMITS["see_organisations"], methods=READ),
    door("desk/enter/", step_page(steps.ENTER_ORGANISATION), PERMITS["enter_organisation"]),
    door("desk/apply/", step_page(steps.APPLY_LICENCE), PERMITS["apply_licence"]),
    door("desk/register-support/", step_page(steps.REGISTER_SUPPORT_ORG), PERMITS["register_support_org"]),
    door(ONE, register.see_organisation, PERMITS["see_organisation"], methods=READ),
    door(f"{ONE}papers/<slug:sha256>/", register.see_document, PERMITS["see_document"], methods=READ),
    *(door(f"{ONE}{word}/", step_page(step), PERMITS[step.name]) for word, step in steps.ON_ONE.items()),
    door("desk/matches/", matches.see_matches, PERMITS["see_matches"], methods=READ),
    door(MATCH, matches.see_match, PERMITS["see_match"], methods=READ),
    *(door(f"{MATCH}{word}/", step_page(step), PERMITS[step.name]) for word, step in match_steps.ON_MATCH.items()),
    door(f"{ONE}links/", links.see_links, PERMITS["see_links"], methods=READ),
    door("desk/likely/", matches.see_likely, PERMITS["see_likely"], methods=READ),
]
