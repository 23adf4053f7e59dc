"""What a member of the family sees of a worker's applications: where each stands on the line, where that was ticked."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from rahdari.base.actor import Actor
from rahdari.base.clock import now
from rahdari.domain.accounts.queries.proxies import Watched
from rahdari.domain.accounts.rules.proxies import LINE
from rahdari.web.panels import Panel

from ..models import Case
from ..rules.cases import OVER
from .holds import open_holds
from .line import line_of
from .seen import drawn, with_standing
from .standing import standing_of


def cases_watched(worker: UUID) -> list[Case]:
    """The worker's cases that go on, the newest first, and then those that ended."""
    cases = Case.objects.filter(worker=worker).select_related("demand", "vacancy").order_by("-opened_at", "-id")
    return sorted(with_standing(cases), key=lambda one: one.state in OVER)


def watched_line(actor: Actor, watched: Watched) -> Panel | None:
    """The line of every application: the stations and their days, and nothing of what was said at them."""
    if not watched.sees(LINE):
        return None
    shown = [_seen(actor, one) for one in cases_watched(watched.worker)]
    return Panel("placements/_watched.html", {"cases": shown}) if shown else None


def _seen(actor: Actor, case: Case) -> dict[str, Any]:
    """A case with its line and its clocks; one that is over is only named."""
    line = [] if case.state in OVER else line_of(actor, case)
    return {
        "case": case,
        "line": drawn(line, actor),
        "standing": standing_of(case, line, now()),
        "holds": line and open_holds(case),
    }
