"""The two states' registers in numbers, as this node holds them on a day: its own, and what the other state told of its own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.db.models import Max

from rahdari.base.actor import Actor
from rahdari.web.panels import Panel, fill

from ..models import LicenceChange, Organisation
from ..rules.counts import Entry, Tally, digest, grouped, tallies, that_count
from ..rules.licences import KINDS
from ..rules.standing import HELD_STATES, Change, as_told, standing_on

# Filled with how many statements of a register were taken up by the side that hears them, by the state that keeps it.
SLOT = "organisations.register_told"
STATEMENTS = ("taken_up", "under_way", "refused")


@dataclass(frozen=True, slots=True)
class RegisterInNumbers:
    """One register: its numbers by kind and state, the digest of them, and what the exchange knows of its statements."""

    home: str
    own: bool
    entries: int
    rows: Sequence[Tally]
    digest: str
    newest: dt.datetime | None
    statements: Mapping[str, int]
    panels: Sequence[Panel] = ()

    @property
    def by_kind(self) -> Mapping[str, Mapping[str, int]]:
        """The numbers as a page shows them."""
        return grouped(self.rows)


def registers_in_numbers(actor: Actor, day: dt.date) -> list[RegisterInNumbers]:
    """Both registers as this node holds them, as they stand on a day by all that is known today; its own first."""
    entries = _entries(day)
    return [_register(actor, home, entries[home]) for home in sorted(entries, key=lambda home: home != actor.node)]


def _register(actor: Actor, home: str, entries: Sequence[Entry]) -> RegisterInNumbers:
    panels = fill(SLOT, actor, home)
    newest = Organisation.objects.filter(home=home).aggregate(newest=Max("issued_at"))["newest"]
    return RegisterInNumbers(
        home=home,
        own=home == actor.node,
        entries=len(that_count(entries)),
        rows=tallies(entries, [kind.code for kind in KINDS.values() if kind.side == home]),
        digest=digest(entries),
        newest=newest,
        statements=panels[0].context["statements"] if panels else {},
        panels=panels,
    )


def _entries(day: dt.date) -> dict[str, list[Entry]]:
    """Every public entry with its state on a day, by the state that keeps it; two queries, and the rule of the standing."""
    history: dict[UUID, list[Change]] = {}
    changes = LicenceChange.objects.filter(
        organisation__published_at__isnull=False, decided_at__isnull=False, from_on__lte=day, state__in=HELD_STATES
    ).order_by("decided_at", "id")
    for pk, *told in changes.values_list("organisation", "state", "from_on", "until").iterator():
        history.setdefault(pk, []).append(Change(*told))
    found: dict[str, list[Entry]] = {home: [] for home in (settings.RAHDARI_NODE, settings.RAHDARI_PARTNER)}
    rows = Organisation.objects.filter(published_at__isnull=False, home__in=found)
    for pk, registry_id, home, kind in rows.values_list("pk", "registry_id", "home", "kind").iterator():
        found[home].append(Entry(registry_id, kind, as_told(standing_on(history.get(pk, ()), day).state)))
    return found
