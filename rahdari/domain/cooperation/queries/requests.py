"""Reads of requests: for the contact points alone, those of the partner as far as their marking opens them."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from rahdari.base.actor import Actor
from rahdari.base.clock import ZONES, day_at
from rahdari.base.days import offices_of
from rahdari.base.reference import Book, Row
from rahdari.base.work import Missing
from rahdari.domain.disclosure.queries import visible_to

from ..access import CONTACT_ROLES
from ..models import Request
from ..rules.requests import Lateness, Question, Value, lateness, questions_of

LAST_MOMENT = dt.time(23, 59, 59)


def contact_body(side: str) -> str:
    """The contact point of a side."""
    return f"CONTACT_{side.upper()}"


def calendar_of(side: str, node: str) -> str:
    """The side whose working days and clock count for a holder: its own where it is known here, else this node's."""
    return side if side in ZONES else node


def end_of_day(day: dt.date, side: str) -> dt.datetime:
    """The last moment of a day at the offices of a side."""
    return dt.datetime.combine(day, LAST_MOMENT, ZONES[side])


def due_after(number: int, unit: str, side: str, at: dt.datetime, book: Book) -> dt.datetime:
    """The moment until which something that began now must be done at the offices of a side."""
    if unit == "hours":
        return at + dt.timedelta(hours=number)
    return end_of_day(offices_of(side.upper(), book).working_days_after(day_at(at, side), number), side)


def accept_by(book: Book, kind: str, side: str, at: dt.datetime) -> dt.datetime | None:
    """Until when a request of a kind must be accepted by the side that received it."""
    rows = book.in_force("request_kinds", day_at(at, side), code=kind)
    return due_after(rows[0].number("accept_number") or 0, rows[0]["accept_unit"], side, at, book) if rows else None


def likely_day(book: Book, kind: str, side: str, today: dt.date) -> dt.date | None:
    """The day by which an answer to a kind is due if nothing else is agreed; None without a target."""
    for row in book.in_force("request_kinds", today, code=kind):
        number = row.number("answer_number")
        return None if number is None else offices_of(side.upper(), book).working_days_after(today, number)
    return None


def requests_visible_to(actor: Actor) -> QuerySet[Request]:
    """The requests, the newest first, without what was asked and answered; none for anyone but the contact point."""
    rows = Request.objects.defer("questions", "answers").order_by("-asked_at", "-id")
    if actor.role != CONTACT_ROLES.get(actor.node) or not actor.known:
        return rows.none()
    return visible_to(actor, rows)


def request_for(actor: Actor, request_id: UUID) -> Request:
    """One request with its questions and answers; `Missing` when there is none or not for this actor."""
    found = requests_visible_to(actor).defer(None).filter(pk=request_id).first()
    if found is None:
        raise Missing(f"Request {request_id}")
    return found


@dataclass(frozen=True, slots=True)
class RequestLine:
    """One request in the list: who must act until when, and how late that is."""

    row: Request
    own: bool
    holder: str
    due: dt.date | None
    late: Lateness | None


def lines_of(actor: Actor, rows: list[Request], book: Book, at: dt.datetime) -> list[RequestLine]:
    """The requests as the list shows them."""
    return [line_of(actor, row, book, at) for row in rows]


def line_of(actor: Actor, row: Request, book: Book, at: dt.datetime) -> RequestLine:
    """One request as the list shows it."""
    own = row.home == actor.node
    answering = row.partner if own else actor.node
    holder = {"asked": answering, "accepted": answering, "answered": row.home}.get(row.state, "")
    side = calendar_of(holder, actor.node)
    due = None
    if row.state == "asked" and row.accept_by is not None:
        due = day_at(row.accept_by, side)
    elif row.state == "accepted":
        due = row.agreed_on
    late = lateness(book, due, day_at(at, side), offices_of(side.upper(), book)) if due else None
    return RequestLine(row, own, holder, due, late)


def asked_of(row: Request) -> list[Question]:
    """The questions of a request with their facts."""
    return [Question(one["code"], one["facts"]) for one in json.loads(row.questions)]


def answers_of(row: Request) -> dict[str, Value]:
    """What was answered, by question; empty before."""
    return dict(json.loads(row.answers)) if row.answers else {}


def closed(questions: list[Question]) -> str:
    """Questions as they are kept."""
    return json.dumps([{"code": one.code, "facts": dict(one.facts)} for one in questions], ensure_ascii=False)


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact as the page shows it: its row (None where the tables do not know it), and the value."""

    code: str
    row: Row | None
    value: Value


@dataclass(frozen=True, slots=True)
class QuestionSeen:
    """A question as the page shows it, with its facts and, once there is one, its answer."""

    code: str
    row: Row | None
    facts: tuple[Fact, ...]
    answer: Value
    answered: bool

    @property
    def form(self) -> str:
        """The form in which it is answered."""
        return self.row["answer"] if self.row is not None else "text"

    @property
    def choices(self) -> tuple[str, ...]:
        """What may be chosen, where its form is a choice."""
        return self.row.codes("choices") if self.row is not None else ()


@dataclass(frozen=True, slots=True)
class Band:
    """What the band above and below a page says of what the partner told."""

    home: str
    level: str
    bodies: tuple[str, ...]
    issued_at: dt.datetime | None


def band_of(row: Request) -> Request | Band:
    """The marking of a request's page: its own where the partner asked, else that of what the partner said of it."""
    if row.statement is not None or not row.reply_level:
        return row
    return Band(row.partner, row.reply_level, tuple(row.reply_bodies), row.replied_at)


@dataclass(frozen=True, slots=True)
class RequestPage:
    """Everything the page of a request shows; `band` is what stands above and below it."""

    line: RequestLine
    band: Request | Band
    facts: tuple[Fact, ...]
    questions: tuple[QuestionSeen, ...]


def request_page(actor: Actor, request_id: UUID, book: Book, at: dt.datetime) -> RequestPage:
    """One request with its questions, facts and answers in words; `Missing` when there is none for this actor."""
    row = request_for(actor, request_id)
    rows = {one["code"]: one for one in questions_of(book, row.kind)}
    answers, asked = answers_of(row), asked_of(row)
    questions = tuple(
        QuestionSeen(one.code, rows.get(one.code), _facts(one.facts, book), answers.get(one.code), row.answers is not None)
        for one in asked
    )
    shown: dict[str, Fact] = {}
    for question in questions:
        shown |= {fact.code: fact for fact in question.facts if fact.code not in shown}
    return RequestPage(line_of(actor, row, book, at), band_of(row), tuple(shown.values()), questions)


def _facts(told: Mapping[str, Any], book: Book) -> tuple[Fact, ...]:
    return tuple(Fact(code, book.one("request_facts", code=code), value) for code, value in told.items())
