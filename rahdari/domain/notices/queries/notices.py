"""Reads of notices: own ones for the contact point and the office that drafted them, the partner's behind their marking."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from rahdari.base.actor import Actor
from rahdari.base.clock import ZONES, day_at
from rahdari.base.days import Offices, offices_of
from rahdari.base.reference import Book, Row
from rahdari.base.work import Missing
from rahdari.domain.disclosure.queries import visible_to

from ..access import CONTACT_ROLES, OFFICERS
from ..messages import read_notice_answered, read_notice_raised
from ..models import Notice, NoticeUpdate
from ..rules.notices import Answer, Draft

LAST_MOMENT = dt.time(23, 59, 59)


def contact_body(side: str) -> str:
    """The contact point of a side."""
    return f"CONTACT_{side.upper()}"


def calendar_of(side: str, node: str) -> str:
    """The side whose working days and clock count for a holder: its own where it is known here, else this node's."""
    return side if side in ZONES else node


def offices_on(side: str, book: Book) -> Offices:
    """The offices of a side."""
    return offices_of(side.upper(), book)


def end_of_day(day: dt.date, side: str) -> dt.datetime:
    """The last moment of a day at the offices of a side."""
    return dt.datetime.combine(day, LAST_MOMENT, ZONES[side])


def kind_row(book: Book, kind: str, today: dt.date) -> Row | None:
    """The row of a kind in force on a day."""
    return next(iter(book.in_force("notice_kinds", today, code=kind)), None)


def due_after(book: Book, kind: str, step: str, side: str, today: dt.date) -> dt.date | None:
    """The last working day on which the side must `accept` or `answer` a notice of a kind; None without a target."""
    row = kind_row(book, kind, today)
    number = row.number(f"{step}_number") if row is not None else None
    return None if number is None else offices_on(side, book).working_days_after(today, number)


def told_within(book: Book, side: str, today: dt.date) -> int:
    """Within how many working days after it became known a matter must be told (`action_targets`): the same day is 0."""
    rows = book.in_force("action_targets", today, use_case="notices.approve_notice", side=side)
    return (rows[0].number("number") or 0) if rows else 0


def notices_visible_to(actor: Actor) -> QuerySet[Notice]:
    """The notices, the newest first, without what they say; none for whoever is no officer."""
    rows: QuerySet[Notice] = Notice.objects.defer("content", "answer").order_by("-raised_at", "-id")
    if actor.role not in OFFICERS or not actor.known:
        return rows.none()
    rows = visible_to(actor, rows)
    if actor.role == CONTACT_ROLES.get(actor.node):
        return rows
    return rows.filter(~Q(home=actor.node) | Q(drafted_body=actor.body))


def notice_for(actor: Actor, notice_id: UUID) -> Notice:
    """One notice with what it says; `Missing` when there is none or not for this actor."""
    found = notices_visible_to(actor).defer(None).filter(pk=notice_id).first()
    if found is None:
        raise Missing(f"Notice {notice_id}")
    return found


@dataclass(frozen=True, slots=True)
class Punctuality:
    """How many notices a state sent, and how many of them after the working day on which the matter became known."""

    home: str
    sent: int
    late: int


def punctuality(actor: Actor) -> list[Punctuality]:
    """The notices of each state that this actor may see, with the late ones counted."""
    rows = notices_visible_to(actor).exclude(raised_at=None).order_by().values("home")
    counted = rows.annotate(sent=Count("id"), late=Count("id", filter=Q(days_late__gt=0))).order_by("home")
    return [Punctuality(one["home"], one["sent"], one["late"]) for one in counted]


@dataclass(frozen=True, slots=True)
class NoticeLine:
    """One notice in the list: who must act until when, and how many working days late that is."""

    row: Notice
    own: bool
    holder: str
    due: dt.date | None
    late: int


def line_of(actor: Actor, row: Notice, book: Book, at: dt.datetime) -> NoticeLine:
    """One notice as the list shows it."""
    own = row.home == actor.node
    answering = row.partner if own else actor.node
    holder = {"drafted": row.home, "raised": answering, "accepted": answering}.get(row.state, "")
    side = calendar_of(holder, actor.node)
    late = offices_on(side, book).working_days_between(row.due_on, day_at(at, side)) if row.due_on and holder else 0
    return NoticeLine(row, own, holder, row.due_on if holder else None, max(0, late))


def lines_of(actor: Actor, rows: list[Notice], book: Book, at: dt.datetime) -> list[NoticeLine]:
    """The notices as the list shows them."""
    return [line_of(actor, row, book, at) for row in rows]


@dataclass(frozen=True, slots=True)
class Band:
    """What the band above and below a page says of what the partner told."""

    home: str
    level: str
    bodies: tuple[str, ...]
    issued_at: dt.datetime | None


def band_of(row: Notice) -> Notice | Band:
    """The marking of a notice's page: its own where the partner raised it, else that of what the partner said of it."""
    if row.statement is not None or not row.reply_level:
        return row
    return Band(row.partner, row.reply_level, tuple(row.reply_bodies), row.replied_at)


@dataclass(frozen=True, slots=True)
class NoticePage:
    """Everything the page of a notice shows; `draft` is what it says, None once it is recalled."""

    line: NoticeLine
    band: Notice | Band
    draft: Draft | None
    files: tuple[str, ...]
    answer: Answer | None
    updates: tuple[NoticeUpdate, ...]


def notice_page(actor: Actor, notice_id: UUID, book: Book, at: dt.datetime) -> NoticePage:
    """One notice with what it says and what was answered; `Missing` when there is none for this actor."""
    row = notice_for(actor, notice_id)
    updates = visible_to(actor, NoticeUpdate.objects.filter(notice=row))
    content = json.loads(row.content) if row.content else {}
    return NoticePage(
        line=line_of(actor, row, book, at),
        band=band_of(row),
        draft=read_notice_raised(content) if content else None,
        files=tuple(str(one["name"]) for one in content.get("evidence", ())),
        answer=read_notice_answered(json.loads(row.answer)) if row.answer else None,
        updates=tuple(updates),
    )


def draft_of(row: Notice) -> Draft:
    """What a draft says, with its marking."""
    told: Any = read_notice_raised(json.loads(row.content or "{}"))
    return Draft(**{name: getattr(told, name) for name in Draft.__slots__} | {"level": row.level, "bodies": tuple(row.bodies)})
