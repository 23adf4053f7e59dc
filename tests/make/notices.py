"""Notices for tests, made by the acts of those who may, and told to the other node.

notice("raised")                    a notice of the present node in a state: drafted, raised
heard(row, "pk")                    the same as the other node keeps it
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any
from uuid import uuid4

from django.conf import settings

from rahdari.base.actor import Actor
from rahdari.base.models import OutboxEntry
from rahdari.domain.notices import actions, inbox
from rahdari.domain.notices.models import Notice
from rahdari.domain.notices.rules.notices import Answer, Draft, Party, StepTaken
from tests.make.requests import contact
from tests.make.statements import mailroom, told

AT = dt.datetime(2026, 11, 25, 3, 0, tzinfo=dt.UTC)  # a Wednesday, 08:00 in Islamabad, 12:00 in Tokyo
TODAY = dt.date(2026, 11, 25)
DRAFT = Draft(
    kind="act",
    category="MOC_B",
    known_on=TODAY,
    about=(Party("organisation", "Hoshizora Bridge (invented)", "OP&HRD/0001/LHR/2020"),),
    place="Lahore",
    happened="October 2026",
    what="Secret words of the notice: penalty clause in four contracts.",
    amount=50_000_000,
    currency="PKR",
    workers=4,
    asked="investigate",
)
ANSWER = Answer(
    steps=(StepTaken(TODAY, "register_searched"), StepTaken(TODAY, "party_heard")),
    evidence_asked=True,
    evidence_given=False,
    measure="suspension",
    measure_on=TODAY,
    reason="Secret words of the answer: the clause was in use.",
)


def officer(role: str = "isa_regional", body: str = "ISA", node: str = "") -> Actor:
    """An officer who is not of the contact point; each call another person."""
    return Actor(node=node or settings.RAHDARI_NODE, role=role, body=body, person=uuid4(), name="Officer (invented)")


def notice(state: str = "raised", *, at: dt.datetime = AT, by: Actor | None = None, **changed: Any) -> Notice:
    """A notice of the present node."""
    draft = replace(DRAFT, **changed) if changed else DRAFT
    row = actions.draft_notice(actor=by or contact(), draft=draft, at=at)
    return row if state == "drafted" else actions.approve_notice(actor=contact(), notice_id=row.pk, at=at)


def said(row: Notice, type: str) -> OutboxEntry:
    """The newest statement of a type said in a notice's thread."""
    return OutboxEntry.objects.filter(thread=row.thread, type=type).order_by("id").last()


def hear(entry: OutboxEntry, sender: str, receiver: str, at: dt.datetime = AT) -> None:
    """The receiver's inbox takes up what the sender said."""
    kinds = {
        "notice.raised/1": inbox.notice_raised,
        "notice.updated/1": inbox.notice_updated,
        "notice.answered/1": inbox.notice_answered,
        "notice.recalled/1": inbox.notice_recalled,
    }
    kinds[entry.type](actor=mailroom(receiver), statement=told(entry, sender, receiver), at=at)


def heard(row: Notice, receiver: str, at: dt.datetime = AT) -> Notice:
    """A notice as the other node keeps it once it took it up."""
    hear(said(row, "notice.raised/1"), row.home, receiver, at)
    return Notice.objects.get(home=row.home, statement=row.raised)
