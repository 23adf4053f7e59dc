"""A filled form as its page shows it, and the slot on the page of a case or a demand that leads to its forms."""

from __future__ import annotations

from dataclasses import dataclass

from rahdari.base.actor import Actor
from rahdari.domain.jobs.models import Demand
from rahdari.domain.jobs.rules.line import is_service
from rahdari.domain.placements.models import Case
from rahdari.web.panels import Panel

from ..access import PERMITS
from ..rules.forms import PART
from .forms import FormSeen, LineSeen, use_case_said
from .saying import say


@dataclass(frozen=True, slots=True)
class LineShown:
    """A line of the page: labels in the reader's language and in the official one, the value, and its row in words."""

    line: LineSeen
    label: str
    official: str
    value: str
    source: str

    @property
    def is_part(self) -> bool:
        """Whether it is a heading."""
        return self.line.filled.asked.kind == PART


def lines_shown(seen: FormSeen, language: str) -> list[LineShown]:
    """The lines of a form for its page."""
    shown = []
    for one in seen.lines:
        asked = one.filled.asked
        official = asked.labels[seen.form.official] if language != seen.form.official else ""
        source = use_case_said(one.use_case) if one.use_case else ""
        shown.append(LineShown(one, asked.labels[language], official, say(one.filled, language, seen.got.book), source))
    return shown


def case_panel(actor: Actor, case: Case) -> Panel | None:
    """On a case: the way to its forms; a service from home has none."""
    if is_service(case.route):
        return None
    return None if PERMITS["see_forms"].why_not(actor) else Panel("paperwork/_panel.html", {"case": case})


def demand_panel(actor: Actor, demand: Demand) -> Panel | None:
    """On a demand: the way to its forms."""
    return None if PERMITS["see_demand_forms"].why_not(actor) else Panel("paperwork/_panel.html", {"demand": demand})
