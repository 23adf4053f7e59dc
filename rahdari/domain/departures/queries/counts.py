"""Interviews, selections and departures counted from the cases of this node: the figures of agreements of the corridor."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from uuid import UUID

from django.db.models import F, Min

from rahdari.base.actor import Actor
from rahdari.base.clock import day_at, now
from rahdari.domain.organisations.models import Agreement
from rahdari.domain.organisations.queries.figures import CountedFigures
from rahdari.domain.organisations.rules.figures import MEMBERS, Month, first_of_month
from rahdari.domain.placements.models import Interview, StationEvent
from rahdari.web.panels import Panel

PARTIES = ("employer", "placement_business", "support_org", "promoter")
# Which step of the line says that somebody was selected, and that somebody left.
STEPS = {"selections": "selected", "departures": "departed"}
Told = tuple[str, dt.date, frozenset[str]]  # which figure, in which month, of a case with which parties


def corridor_figures(actor: Actor, agreements: Sequence[Agreement]) -> Panel:
    """The months of agreements of the corridor: of those that name entries of the registers, the cases these are a party of."""
    told = [*_interviews(actor), *_steps()]
    by_agreement: dict[UUID, Sequence[Month]] = {}
    for one in agreements:
        named = {partner.organisation.registry_id for partner in one.partners.all() if partner.organisation is not None}
        by_agreement[one.pk] = _months(row for row in told if not named or named & row[2])
    return Panel("departures/_counted.html", {"figures": CountedFigures(by_agreement, _months(told))})


def _interviews(actor: Actor) -> list[Told]:
    """Interviews whose time has come; one that was moved counts once, on its last time, one that was declined does not."""
    rows = Interview.objects.filter(superseded_by=None, starts_at__lte=now()).exclude(answer="no")
    cases = rows.values_list("starts_at", *(f"case__{name}" for name in PARTIES))
    return [("interviews", first_of_month(day_at(at, actor.node)), frozenset(parties)) for at, *parties in cases]


def _steps() -> list[Told]:
    """Cases selected and departed, each once, on the first day on which the step was taken and not contested."""
    rows = StationEvent.objects.filter(step__in=STEPS.values(), contested_by=None)
    firsts = rows.values("case", "step").annotate(first=Min("on"), **{name: F(f"case__{name}") for name in PARTIES})
    names = {step: name for name, step in STEPS.items()}
    found = firsts.values_list("step", "first", *PARTIES)
    return [(names[step], first_of_month(on), frozenset(parties)) for step, on, *parties in found]


def _months(told: Iterable[Told]) -> list[Month]:
    counts = Counter((month, figure) for figure, month, _ in told)
    months = sorted({month for month, _ in counts})
    return [Month(month, *(counts[month, name] for name in MEMBERS)) for month in months]
