"""Where a case stands between contract and arrival. Who may see the case sees how far it is; its papers by their markings."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import Q

from rahdari.base.actor import Actor
from rahdari.base.reference import Book
from rahdari.base.work import Missing
from rahdari.domain.contracts.queries import contract_of
from rahdari.domain.disclosure.queries import visible_to
from rahdari.domain.jobs.rules.line import ROUTES, is_inside, is_service
from rahdari.domain.placements.models import Case
from rahdari.domain.placements.queries import case_for

from ..models import Departure, Paper, Passenger, Registration
from ..rules.windows import COE, PERMISSION, VISA, Window, window_of

DEPARTED, CHANGED = 15, 12  # stations from which on the mission sees a case
INSIDE = tuple(route for route in ROUTES if is_inside(route))
WINDOW_OF = {"coe": COE, "visa": VISA}
WARNED = {COE: "warned_coe", VISA: "warned_visa", PERMISSION: "warned_permission"}  # columns of `Departure`


@dataclass(frozen=True, slots=True)
class Journey:
    """What an actor sees of a departure: papers not open to them are left out."""

    case: Case
    departure: Departure | None
    papers: list[Paper] = field(default_factory=list)
    registration: Registration | None = None
    passenger: Passenger | None = None
    windows: list[Window] = field(default_factory=list)

    @property
    def state(self) -> str:
        """How far the case has come."""
        return "begun" if self.departure is None else self.departure.state


def case_here(actor: Actor, case_id: UUID) -> Case:
    """A case the actor may see; the attaché sees it from the departure on, for the arrival is theirs to find out.

    Of one who lives in Japan already, from the change of status on. `Missing` for a service from home: nobody departs.
    """
    if actor.role == "attache" and actor.node == "pk":
        in_japan = Q(station__gte=DEPARTED) | Q(station__gte=CHANGED, route__in=INSIDE)
        found = Case.objects.filter(in_japan, pk=case_id).first()
    else:
        found = case_for(actor, case_id)
    if found is None or is_service(found.route):
        raise Missing(f"Case {case_id}")
    return found


def departure_of(case: Case) -> Departure | None:
    """The departure of a case: for actions and rules, not for a page."""
    return Departure.objects.filter(case=case).first()


def paper_in_force(departure: Departure, kind: str) -> Paper | None:
    """The paper of a kind that counts: that of the state which issued it, before one entered from paper here."""
    papers = list(departure.papers.filter(kind=kind))
    own_word = [one for one in papers if one.source != "paper"]
    return next(iter(own_word or papers), None)


def coe_until(departure: Departure) -> dt.date | None:
    """The first day without certificate, None before there is one."""
    paper = paper_in_force(departure, "coe")
    return None if paper is None else paper.until


def journey_of(actor: Actor, case_id: UUID, book: Book) -> Journey:
    """The departure of a case the actor may see."""
    case = case_here(actor, case_id)
    departure = departure_of(case)
    if departure is None:
        return Journey(case, None, windows=permission_of(case, book) if contract_of(case) is not None else [])

    def seen(rows: Any) -> Any:
        return rows if actor.role == "worker" else visible_to(actor, rows)

    return Journey(
        case,
        departure,
        list(seen(departure.papers.order_by("dated_on", "id"))),
        seen(Registration.objects.filter(departure=departure)).first(),
        seen(Passenger.objects.filter(departure=departure, missed_because="").select_related("manifest")).first(),
        windows_of(departure, book),
    )


def windows_of(departure: Departure, book: Book) -> list[Window]:
    """The windows of a case that are known: certificate, visa, permission."""
    found = []
    for kind, code in WINDOW_OF.items():
        paper = paper_in_force(departure, kind)
        if paper is not None:
            found.append(window_of(book, code, paper.dated_on, paper.until))
    return [*(one for one in found if one is not None), *permission_of(departure.case, book)]


def permission_of(case: Case, book: Book) -> list[Window]:
    """The window of the permission of a case's demand; none on a route without one."""
    found = window_of(book, PERMISSION, case.demand.permitted_on, case.demand.permitted_until)
    return [] if found is None else [found]
