"""Requests between contact points for tests, made by the acts of those who may, and told to the other node.

request("asked")                    asked from Pakistan's node, as its own row
heard(row, "jp")                    the same as the other node keeps it
"""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import uuid4

from django.conf import settings

from rahdari.base.actor import Actor
from rahdari.base.models import OutboxEntry
from rahdari.domain.cooperation import actions, inbox
from rahdari.domain.cooperation.models import Request
from tests.make.statements import mailroom, told

AT = dt.datetime(2026, 11, 25, 3, 0, tzinfo=dt.UTC)  # a Wednesday, 08:00 in Islamabad, 12:00 in Tokyo
HOUR = dt.timedelta(hours=1)
CASE = "0198c0de-0000-7000-8000-000000000000"
ASK: dict[str, Any] = {"kind": "case_status", "questions": ["where_it_stands", "stands_since"], "facts": {"case": CASE}}
RETURN: dict[str, Any] = {
    "kind": "return_assistance",
    "questions": ["passport_by"],
    "facts": {
        "full_name": "Invented Person",
        "birth_date": "1999-01-01",
        "place_of_stay": "Invented town",
        "wish": "wants to go home",
    },
}


def contact(node: str = "") -> Actor:
    """An officer of a contact point; each call another person."""
    node = node or settings.RAHDARI_NODE
    return Actor(
        node=node, role=f"contact_point_{node}", body=f"CONTACT_{node.upper()}", person=uuid4(), name="Officer (invented)"
    )


def ask(*, at: dt.datetime = AT, **told_: Any) -> Request:
    """A request sent from the present node."""
    return actions.send_request(actor=contact(), **(ASK | told_), at=at)


def said(row: Request, type: str) -> OutboxEntry:
    """The newest statement of a type said in a request's thread."""
    return OutboxEntry.objects.filter(thread=row.thread, type=type).order_by("id").last()


def hear(entry: OutboxEntry, sender: str, receiver: str, at: dt.datetime = AT) -> None:
    """The receiver's inbox takes up what the sender said."""
    kinds = {
        "request.asked/1": inbox.request_asked,
        "request.accepted/1": inbox.request_accepted,
        "request.answered/1": inbox.request_answered,
        "request.rated/1": inbox.request_rated,
    }
    kinds[entry.type](actor=mailroom(receiver), statement=told(entry, sender, receiver), at=at)


def heard(row: Request, receiver: str) -> Request:
    """A request as the other node keeps it once it took it up."""
    hear(said(row, "request.asked/1"), row.home, receiver)
    return Request.objects.get(home=row.home, statement=row.asked)
