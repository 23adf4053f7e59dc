"""Profiles a firm was shown, as the officer who showed them and the firm that reads them see them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet

from rahdari.base.actor import Actor
from rahdari.base.clock import day_at
from rahdari.base.reference import Book
from rahdari.base.work import Missing

from ..access import PERMITS
from ..models import ShownProfile
from .profiles import districts
from .seen import _work

FIRMS = ("employer", "placement_business")


@dataclass(frozen=True, slots=True)
class ShownSeen:
    """A profile as a firm reads it: without a name."""

    row: ShownProfile
    text: str
    work: str
    years: int
    district: str
    skills: Sequence[str]
    languages: Sequence[dict[str, str]]
    over: bool


def shown_visible_to(actor: Actor) -> QuerySet[ShownProfile]:
    """What was shown: to a firm, and to whoever it enquires through, their own alone; to the officers who show, all."""
    rows = ShownProfile.objects.select_related("profile").order_by("place")
    if not PERMITS["see_shown"].why_not(actor) and actor.body:
        return rows.filter(Q(firm=actor.body) | Q(through=actor.body)) if actor.role in FIRMS else rows
    return rows.none()


def shown_for(actor: Actor, shown_id: UUID) -> ShownProfile:
    """One profile that was shown; `Missing` when there is none or not for this actor."""
    found = shown_visible_to(actor).filter(pk=shown_id).first()
    if found is None:
        raise Missing(f"ShownProfile {shown_id}")
    return found


def shown_in(actor: Actor, enquiry: UUID, book: Book, at: dt.datetime) -> list[ShownSeen]:
    """The profiles shown in answer to an enquiry, as far as the actor may see them."""
    named = districts(book)
    return [shown_seen(row, named, at) for row in shown_visible_to(actor).filter(enquiry=enquiry)]


def shown_seen(row: ShownProfile, named: dict[str, str], at: dt.datetime) -> ShownSeen:
    """One profile in words; of one that was emptied nothing is left to read."""
    told = row.told
    return ShownSeen(
        row,
        told.get("text", ""),
        _work(told.get("isco", "")),
        told.get("years", 0),
        named.get(told.get("district", ""), ""),
        told.get("skills", ()),
        told.get("languages", ()),
        is_over(row, at),
    )


def is_over(row: ShownProfile, at: dt.datetime) -> bool:
    """Whether a profile no longer stands: its day has come, or it was emptied."""
    return row.until <= day_at(at, "pk") or not row.told
