"""What every page's frame needs: node, direction, languages, who acts, the time on both sides."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from rahdari.base.access import known_permits
from rahdari.base.actor import Actor, stranger
from rahdari.base.clock import ZONES, now

from .language import direction, same_page_in

MAIN = [
    {"name": "jobs.see_vacancies", "prefix": "/jobs/", "label": _("Find work")},
    {"name": "organisations.see_register", "prefix": "/licences/", "label": _("Check an agent")},
    {"name": "fields.see_fields", "prefix": "/fields/", "label": _("Fields")},
    {"name": "checks.see_checks", "prefix": "/checks/", "label": _("Check the rules")},
    {"name": "cooperation.see_agreement", "prefix": "/agreement/", "label": _("The agreement")},
]
FIND = [
    *MAIN,
    {"name": "checks.check_paper", "label": _("Check a paper")},
    {"name": "placements.see_events", "label": _("Expos and interview days")},
]
TRUST = [
    {"name": "dashboards.see_line_figures", "label": _("The line in figures")},
    {"name": "organisations.see_agreements", "label": _("Agreements")},
    {"name": "organisations.see_numbers", "label": _("Registers in numbers")},
    {"name": "fields.see_reference", "label": _("Reference data and sources")},
    {"name": "accounts.see_roles", "label": _("Who may do what")},
    {"name": "web.see_api", "label": _("For programs (API)")},
]
DEMONSTRATION = [{"name": "accounts.demonstration", "label": _("Demonstration people")}]
# A worker's own ways, before those of everybody.
OWN = [
    {"name": "placements.see_lines", "prefix": "/cases/", "label": _("My applications")},
    {"name": "candidates.see_file", "prefix": "/file/", "label": _("My file")},
]
# At a desk only what the role opens is shown.
DESK = [
    {"name": "web.worklist", "prefix": "/desk/", "label": _("Worklist")},
    {"name": "jobs.see_demands", "prefix": "/jobs/demands/", "label": _("Demands")},
    {"name": "placements.see_cases", "prefix": "/cases/", "label": _("Cases")},
    {"name": "contracts.see_answers", "prefix": "/terms/answers/", "label": _("Private answers")},
    {"name": "organisations.see_organisations", "prefix": "/licences/desk/", "label": _("Licences")},
    {"name": "organisations.see_agreement_files", "prefix": "/licences/agreements/desk/", "label": _("Agreements")},
    {"name": "notices.see_notices", "prefix": "/notices/", "label": _("Notices")},
    {"name": "cooperation.see_requests", "prefix": "/requests/", "label": _("Requests")},
    {"name": "exchange.see_exchange", "prefix": "/exchange/", "label": _("Exchange")},
    {"name": "candidates.begin_visit", "prefix": "/file/", "label": _("At the counter")},
    {"name": "candidates.see_candidates", "prefix": "/file/of/", "label": _("Open files")},
    {"name": "candidates.see_training", "prefix": "/file/training/", "label": _("Training")},
    {"name": "candidates.see_profiles", "prefix": "/file/profiles/", "label": _("Talent profiles")},
    {"name": "candidates.see_likenesses", "prefix": "/file/alike/", "label": _("Double files")},
    {"name": "departures.see_ready", "prefix": "/departures/ready/", "label": _("Departures")},
    {"name": "departures.see_manifests", "prefix": "/departures/manifests/", "label": _("Manifests")},
    {"name": "departures.see_slips", "prefix": "/departures/slips/", "label": _("Blank slips")},
    {"name": "cooperation.see_enquiries", "prefix": "/enquiries/", "label": _("Enquiries")},
    *MAIN,
]


def menus(actor: Actor, path: str) -> dict[str, Any]:
    """The ways into the house: the menu, for who acts for a body with the desks of their role, and the groups of the footer.

    `own_here` is the one the page lies under: the longest beginning of its address after the language.
    """
    within = "/" + path.lstrip("/").partition("/")[2]
    footer = [{"label": _("Find"), "links": FIND}, {"label": _("Trust"), "links": TRUST}]
    if settings.DEMO:
        footer.append({"label": _("Demonstration"), "links": DEMONSTRATION})
    permits = known_permits()
    ways = DESK if actor.body else [*OWN, *MAIN]
    shown = [one for one in ways if one["name"] not in permits or not permits[str(one["name"])].why_not(actor)]
    here = max((str(one["prefix"]) for one in shown if within.startswith(str(one["prefix"]))), key=len, default="")
    return {"own_nav": shown, "own_here": here, "footer_nav": footer}


def frame(request: HttpRequest) -> dict[str, Any]:
    """The context of `web/frame.html`."""
    language = get_language() or "en"
    moment = now()
    actor = getattr(request, "actor", None) or stranger(settings.RAHDARI_NODE)
    return {
        "node": settings.RAHDARI_NODE,
        "node_name": settings.NODE_NAMES[settings.RAHDARI_NODE],
        "partner_name": settings.NODE_NAMES[settings.RAHDARI_PARTNER],
        "partner_url": settings.RAHDARI_PARTNER_URL,
        "demo": settings.DEMO,
        "language": language,
        "direction": direction(language),
        "languages": [
            {"code": code, "name": name, "url": same_page_in(code, request.get_full_path()), "here": code == language}
            for code, name in settings.LANGUAGES
        ],
        "actor": actor,
        "moment": moment,
        "clocks": {"pk": moment.astimezone(ZONES["pk"]), "jp": moment.astimezone(ZONES["jp"])},
        **menus(actor, request.path),
        "theme": request.COOKIES.get("theme", "") if request.COOKIES.get("theme") in ("light", "dark") else "",
    }
