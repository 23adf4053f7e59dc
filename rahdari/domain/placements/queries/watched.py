"""What a member of the family sees of a worker's applications: where each stands on the line, where that was ticked."""

from __future__ import annotations

from uuid import UUID

from rahdari.base.actor import Actor
from rahdari.domain.accounts.queries.proxies import Watched
from rahdari.domain.accounts.rules.proxies import LINE
from rahdari.web.panels import Panel

from ..models import Case
from ..rules.cases import OVER
from .line import line_of
from .seen import drawn, with_standing


def cases_watched(worker: UUID) -> list[Case]:
    """The worker's cases that go on, the newest first, and then those that ended."""
    cases = Case.objects.filter(worker=worker).select_related("demand", "vacancy").order_by("-opened_at", "-id")
    return sorted(with_standing(cases), key=lambda one: one.state in OVER)


def watched_line(actor: Actor, watched: Watched) -> Panel | None:
    """The line of every application: the stations and their days, and nothing of what was said at them."""
    if not watched.sees(LINE):
        return None
    shown = [(one, [] if one.state in OVER else drawn(line_of(actor, one), actor)) for one in cases_watched(watched.worker)]
    return Panel("placements/_watched.html", {"cases": shown}) if shown else None
