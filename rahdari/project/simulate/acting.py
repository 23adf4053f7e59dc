"""Who acts at a node and what became of it: officers looked up by role and body, acts counted, refusals noted by their codes."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any
from uuid import UUID

from django.conf import settings

from rahdari.base.actor import Actor, machine
from rahdari.base.clock import day_at, now
from rahdari.base.days import offices_of
from rahdari.base.editions import current_book
from rahdari.base.refusal import Refused
from rahdari.domain.accounts.models import Grant, Person
from rahdari.domain.accounts.queries import actor_for
from rahdari.domain.placements.models import StationEvent
from rahdari.project.simulate.chances import Chances
from rahdari.project.simulate.scenarios import Scenario

DAY = dt.timedelta(days=1)


class Side:
    """One node of a run: its people, its chances, the first day."""

    def __init__(self, scenario: Scenario, chances: Chances, begins_on: dt.date) -> None:
        self.node = settings.RAHDARI_NODE
        self.scenario, self.chances, self.begins_on = scenario, chances, begins_on
        self.refusals: Counter[tuple[str, str]] = Counter()
        self.acts = 0
        self._actors: dict[tuple[str, str, str, int], Actor] = {}

    @property
    def today(self) -> dt.date:
        """The day at this side's offices."""
        return day_at(now(), self.node)

    @property
    def day(self) -> int:
        """How many days have passed since the first."""
        return (self.today - self.begins_on).days

    def open_on(self, day: dt.date) -> bool:
        """Whether this side's offices work on a day."""
        return offices_of(self.node.upper(), current_book()).open_on(day)

    def operator(self) -> Actor:
        """The operator at the machine."""
        return machine(self.node, "command")

    def who(self, role: str, body: str = "", office: str = "", turn: int = 0) -> Actor:
        """Somebody in a role, for a body and office where they are named; another one for another turn."""
        key = (role, body, office, turn)
        if key not in self._actors:
            found = Grant.objects.filter(role=role, ends_at=None).select_related("person").order_by("person__created_at", "id")
            found = found.filter(body_id=body) if body else found
            found = found.filter(office=office) if office else found
            grant = found[turn]
            self._actors[key] = actor_for(grant.person, grant)
        return self._actors[key]

    def worker(self, person: UUID) -> Actor:
        """A worker by their account."""
        return actor_for(Person(pk=person, staff=False), None)

    def since(self, step: str, of: Iterable[UUID]) -> dict[UUID, tuple[dt.date, int]]:
        """For each case the day on which a step was taken last, and how often it was; cases without it are not named."""
        found: dict[UUID, tuple[dt.date, int]] = {}
        rows = StationEvent.objects.filter(step=step, case__in=list(of)).order_by("at", "id").values_list("case_id", "on")
        for case, on in rows:
            found[case] = (on, found.get(case, (on, 0))[1] + 1)
        return found

    def act(self, do: Callable[..., Any], **told: Any) -> Any:
        """Somebody does something now; None where it was refused, which is counted by its reasons."""
        self.acts += 1
        try:
            return do(**told, at=now())
        except Refused as refused:
            for one in refused.refusals:
                self.refusals[(_named(do), one.code)] += 1
            return None

    def happens(self, share: str, *about: object) -> bool:
        """Whether what this share of the scenario says happens, happens here."""
        return self.chances.happens(self.scenario.share(share), share, *about)

    def is_day(self, span: str, since: dt.date | None, *about: object) -> bool:
        """Whether the days this span of the scenario says have passed since a day."""
        return since is not None and self.today >= since + self.chances.days(*self.scenario.span(span), span, *about) * DAY


def _named(do: Callable[..., Any]) -> str:
    """The use case as permissions name it: `placements.set_interview`."""
    inner = do.func if isinstance(do, partial) else do
    return f"{inner.__module__.split('.')[2]}.{inner.__name__}"
