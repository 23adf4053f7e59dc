"""Statements as the mailroom hands them on, made from what the other node's code put into its outbox.

told(entry, "jp", "pk")          an OutboxEntry as the receiver's inbox gets it
spoken("exam.results/1", data, sender="jp", receiver="pk", thread=…, bodies=("CONTACT_PK",), at=…)
                                 a statement no code of ours said, for named bodies
mailroom("pk")                   the actor of the receiving node
node(settings, "jp")             the test runs on that node inside the block

Schema and marking are checked here as the exchange checks them, so that no test hears what could not be sent.
"""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID, uuid4

import jsonschema_rs
from django.test import override_settings

from rahdari.base.actor import Actor, machine
from rahdari.base.models import OutboxEntry
from rahdari.base.statements import Marking, Statement
from rahdari.domain.disclosure.rules import why_not_say
from tests.house.plan import PACKAGES, room

SCHEMAS = {
    kind: jsonschema_rs.validator_for(schema, validate_formats=True)
    for package in PACKAGES
    if (messages := room(package, "messages"))
    for kind, schema in messages.SCHEMAS.items()
}


def token_hash(entry: OutboxEntry) -> str:
    """A hash in the form of a token's: no real token is made here."""
    text = json.dumps([str(entry.id), entry.type, entry.content], sort_keys=True)
    return base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).rstrip(b"=").decode()


def told(entry: OutboxEntry, sender: str, receiver: str, *, issued_at: dt.datetime | None = None) -> Statement:
    """An entry of a node's outbox as the receiver's inbox gets it."""
    entry.refresh_from_db()
    marking = Marking(entry.marking["level"], tuple(entry.marking["bodies"]))
    assert why_not_say(marking) == []
    SCHEMAS[entry.type].validate(entry.content)
    return Statement(
        id=entry.id,
        type=entry.type,
        sender=sender,
        receiver=receiver,
        thread=entry.thread,
        in_reply_to=entry.in_reply_to,
        issued_at=issued_at or entry.at,
        marking=marking,
        language=entry.language,
        data=entry.content,
        hash=token_hash(entry),
    )


def spoken(
    type: str, data: dict[str, Any], *, sender: str, receiver: str, thread: UUID, bodies: tuple[str, ...], at: dt.datetime
) -> Statement:
    """A statement for named bodies that begins with its content, as the receiver's inbox gets it."""
    marking = Marking("named_bodies", bodies)
    assert why_not_say(marking) == []
    SCHEMAS[type].validate(data)
    return Statement(
        id=uuid4(),
        type=type,
        sender=sender,
        receiver=receiver,
        thread=thread,
        in_reply_to=None,
        issued_at=at,
        marking=marking,
        language="en",
        data=data,
        hash="A" * 43,
    )


def newest(type: str = "") -> OutboxEntry:
    """The newest statement in the outbox, of a type if one is named."""
    said = OutboxEntry.objects.filter(kind="statement")
    return (said.filter(type=type) if type else said).order_by("id").last()


def mailroom(node: str) -> Actor:
    """The node itself, taking up what a partner told."""
    return machine(node, "mailroom")


@contextmanager
def node(settings: Any, code: str) -> Iterator[None]:
    """Inside, the code runs on the node named; afterwards on the one before."""
    with override_settings(RAHDARI_NODE=code, RAHDARI_PARTNER="jp" if code == "pk" else "pk"):
        yield
