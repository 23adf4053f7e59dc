"""Enquiries as the firm, the contact points and the officers who answer see them, each on their own node."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet

from rahdari.base.actor import Actor
from rahdari.base.clock import day_at
from rahdari.base.days import offices_of
from rahdari.base.reference import Book
from rahdari.base.work import Missing
from rahdari.domain.accounts.models import Grant, Person
from rahdari.domain.candidates.queries.shown import ShownSeen, shown_in
from rahdari.domain.disclosure.queries import visible_to
from rahdari.domain.jobs.models import Demand
from rahdari.domain.placements.rules.occupations import work_of

from ..access import FIRMS, PERMITS
from ..models import Enquiry, EnquiryStep, Request
from ..rules.enquiry_facts import EnquiryFacts
from ..rules.requests import Lateness, lateness

OPEN = ("enquiry_filed", "enquiry_waiting", "enquiry_taken", "enquiry_answered")
OFFICER, DESK = "oec_officer", "OEC"


def occupations_meant(asked: EnquiryFacts, book: Book) -> frozenset[str]:
    """The groups of ISCO-08 that an enquiry means: the occupation that was chosen, and those its skills name."""
    said = [*([asked.occupation] if asked.occupation else []), *asked.skills]
    return frozenset(code for one in said for code in work_of(one, book).codes)


def enquiries_visible_to(actor: Actor) -> QuerySet[Enquiry]:
    """The enquiries, the newest first: a firm's own, and those it sends through others; for the offices all of their node."""
    rows = Enquiry.objects.select_related("request").order_by("-entered_at", "-id")
    if PERMITS["see_enquiries"].why_not(actor) or not actor.body:
        return rows.none()
    return rows.filter(Q(firm=actor.body) | Q(through=actor.body)) if actor.role in FIRMS else rows


def enquiry_for(actor: Actor, enquiry_id: UUID) -> Enquiry:
    """One enquiry; `Missing` when there is none or not for this actor."""
    found = enquiries_visible_to(actor).filter(pk=enquiry_id).first()
    if found is None:
        raise Missing(f"Enquiry {enquiry_id}")
    return found


def enquiry_of(actor: Actor, request: Request) -> Enquiry | None:
    """The enquiry a request of the contact points speaks of, where there is one the actor may see."""
    return enquiries_visible_to(actor).filter(asked=request.asked).first()


def officers_at(at: dt.datetime) -> dict[UUID, str]:
    """Who may answer enquiries at a moment, by name."""
    grants = Grant.objects.filter(role=OFFICER, body=DESK, begins_at__lte=at).filter(Q(ends_at=None) | Q(ends_at__gt=at))
    return {one.person_id: one.person.name for one in grants.select_related("person").order_by("person__name")}


def names_of_owners(rows: Iterable[Enquiry]) -> dict[UUID, str]:
    """The names of the officers who answer, read once for a list."""
    owners = {row.owner for row in rows if row.owner is not None}
    return dict(Person.objects.filter(pk__in=owners).values_list("pk", "name")) if owners else {}


def demands_to_link(actor: Actor, enquiry: Enquiry) -> list[Demand]:
    """The demands of the firm, filed since it enquired, that the actor may see: to one of them the enquiry may have led."""
    if not enquiry.firm:
        return []
    rows = Demand.objects.filter(employer=enquiry.firm, filed_on__gte=enquiry.came_on).order_by("-filed_on", "-id")
    return list(visible_to(actor, rows)[:50])


@dataclass(frozen=True, slots=True)
class EnquiryLine:
    """One enquiry in the list: who answers, until when, and how late that is."""

    row: Enquiry
    owner: str
    due: dt.date | None
    late: Lateness | None


def enquiry_lines(rows: list[Enquiry], book: Book, at: dt.datetime) -> list[EnquiryLine]:
    """The enquiries as the list shows them."""
    owners = names_of_owners(rows)
    return [_line(row, owners, book, at) for row in rows]


def _line(row: Enquiry, owners: dict[UUID, str], book: Book, at: dt.datetime) -> EnquiryLine:
    side = "jp" if row.state == "enquiry_filed" else "pk"
    due = day_at(row.due_at, side) if row.due_at is not None and row.state in OPEN[:3] else None
    late = lateness(book, due, day_at(at, side), offices_of(side.upper(), book)) if due else None
    owner = owners.get(row.owner, "") if row.owner is not None else ""
    return EnquiryLine(row, owner, due, late)


@dataclass(frozen=True, slots=True)
class EnquiryPage:
    """Everything the page of an enquiry shows; `of_register` says whether the firm stands in the register held here."""

    line: EnquiryLine
    shown: list[ShownSeen]
    steps: list[EnquiryStep]
    occupation: str

    @property
    def row(self) -> Enquiry:
        """The enquiry."""
        return self.line.row

    @property
    def of_register(self) -> bool:
        """Whether the firm was found in a register, not by the form of its number alone."""
        return bool(self.row.firm)


def enquiry_page(actor: Actor, enquiry_id: UUID, book: Book, at: dt.datetime) -> EnquiryPage:
    """One enquiry with its answer, the profiles shown and its history; `Missing` when there is none for this actor."""
    row = enquiry_for(actor, enquiry_id)
    line = enquiry_lines([row], book, at)[0]
    group = book.one("isco08_groups", code=row.occupation)
    occupation = f"{row.occupation} {group['label_en']}" if group is not None else row.occupation
    return EnquiryPage(line, shown_in(actor, row.asked or row.pk, book, at), list(row.steps.all()), occupation)
