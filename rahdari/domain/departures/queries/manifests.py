"""Manifests with the people on them whom the actor may see, and how each of these fared."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from rahdari.base.actor import Actor
from rahdari.base.clock import ZONES
from rahdari.base.work import Missing
from rahdari.domain.disclosure.queries import visible_to
from rahdari.domain.placements.queries import cases_visible_to
from rahdari.web.words import sentence, spoken

from ..models import Manifest, Passenger, Registration

MISSED = "flight_missed"


@dataclass(frozen=True, slots=True)
class PassengerSeen:
    """Somebody on a manifest: how far they are on this flight (a state of a departure), since when, and why they missed it.

    `clearance_no` and `phone` are left empty where they are not open to the reader.
    """

    case_id: UUID
    name: str
    number: str
    employer: str
    state: str
    on: dt.date | None
    because: str
    picked_up: bool | None
    clearance_no: str
    phone: str

    @property
    def said(self) -> str:
        """How they fared, in words."""
        told = [fared_said(self.state), spoken(self.on), self.why]
        return " · ".join(filter(None, [*told, _("met at the airport") if self.picked_up else ""]))

    @property
    def why(self) -> str:
        """Why they missed the flight, in words."""
        return sentence(f"missed_{self.because}", {}, ("CODES",)) if self.because else ""


@dataclass(frozen=True, slots=True)
class ManifestSeen:
    """A flight with how many of the people open to the reader are how far; moments by both clocks."""

    row: Manifest
    people: int
    counts: Mapping[str, int]

    @property
    def leaves(self) -> tuple[dt.datetime, dt.datetime] | None:
        """When it leaves by the clocks of Pakistan and Japan; None on the node that was told only of the landing."""
        return _both(self.row.leaves_at) if self.row.leaves_from else None

    @property
    def lands(self) -> tuple[dt.datetime, dt.datetime]:
        """When it is to land by the clocks of Pakistan and Japan."""
        return _both(self.row.eta)

    @property
    def fared(self) -> list[tuple[str, int]]:
        """How many are how far, in words."""
        return [(fared_said(state), number) for state, number in sorted(self.counts.items())]


def fared_said(state: str) -> str:
    """How somebody fared on one flight, in words; what is to follow a missed one is not said there."""
    return sentence(state, {}, ("CODES",) if state == MISSED else ("STATES",))


def _both(moment: dt.datetime) -> tuple[dt.datetime, dt.datetime]:
    return moment.astimezone(ZONES["pk"]), moment.astimezone(ZONES["jp"])


def passengers_visible_to(actor: Actor) -> QuerySet[Passenger]:
    """People on manifests whose case the actor sees, and of whom the partner told the actor's body where it told of them."""
    cases = cases_visible_to(actor).order_by().values("pk")
    return visible_to(actor, Passenger.objects.filter(departure__case__in=cases))


def manifests_visible_to(actor: Actor) -> QuerySet[Manifest]:
    """The manifests with somebody on them whom the actor sees, the latest flight first."""
    people = passengers_visible_to(actor).filter(manifest=OuterRef("pk"))
    return Manifest.objects.filter(Exists(people)).order_by("-eta", "-id")


def manifest_for(actor: Actor, manifest_id: UUID) -> Manifest:
    """One manifest; `Missing` where there is none, or nobody on it for this actor."""
    found = manifests_visible_to(actor).filter(pk=manifest_id).first()
    if found is None:
        raise Missing(f"Manifest {manifest_id}")
    return found


def marking_on(actor: Actor, manifest: Manifest) -> Passenger | None:
    """Whose marking a page of the manifest wears: that of the actor's own people, for the flight is told once for each."""
    return passengers_visible_to(actor).filter(manifest=manifest).order_by("id").first()


def people_on(actor: Actor, manifest: Manifest) -> dict[UUID, tuple[str, str]]:
    """Who of a manifest may still be told of: case → name, and how far the departure is."""
    rows = passengers_visible_to(actor).filter(manifest=manifest, missed_because="").select_related("departure__case")
    return {one.departure.case_id: (one.departure.case.name, one.departure.state) for one in rows}


def manifests_seen(actor: Actor, rows: Sequence[Manifest]) -> list[ManifestSeen]:
    """These manifests with their counts, by one question for all of them."""
    found: dict[UUID, Counter[str]] = {one.pk: Counter() for one in rows}
    people = passengers_visible_to(actor).filter(manifest__in=rows)
    for manifest, state, missed in people.values_list("manifest", "departure__state", "missed_because"):
        found[manifest][MISSED if missed else state] += 1
    return [ManifestSeen(one, found[one.pk].total(), found[one.pk]) for one in rows]


def passengers_seen(actor: Actor, manifest: Manifest) -> list[PassengerSeen]:
    """The people on a manifest whom the actor sees, by name; whoever was put on another flight stands last."""
    rows = passengers_visible_to(actor).filter(manifest=manifest).select_related("departure__case__demand")
    people = list(rows.order_by("departure__case__name", "id"))
    cleared = _clearances(actor, people)
    return sorted((_seen(one, cleared.get(one.departure_id, "")) for one in people), key=lambda one: one.state == MISSED)


def _clearances(actor: Actor, people: Iterable[Passenger]) -> dict[UUID, str]:
    rows = visible_to(actor, Registration.objects.filter(departure__in=[one.departure_id for one in people]))
    return dict(rows.values_list("departure_id", "clearance_no"))


def _seen(row: Passenger, clearance_no: str) -> PassengerSeen:
    departure, case = row.departure, row.departure.case
    missed = bool(row.missed_because)
    days = {"departed": row.departed_on, "not_arrived": row.departed_on, "arrived": row.arrived_on}
    return PassengerSeen(
        case_id=case.pk,
        name=case.name,
        number=case.number,
        employer=case.demand.employer_name,
        state=MISSED if missed else departure.state,
        on=row.missed_on if missed else days.get(departure.state),
        because=row.missed_because,
        picked_up=row.picked_up if not missed else None,
        clearance_no=clearance_no,
        phone=row.phone or "",
    )
