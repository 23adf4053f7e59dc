"""What becomes of one statement: its form and its files are looked at, then the inbox of its package has the word.

`project/mailroom.py` says who receives a type; nothing of the domain is known here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from django.db import transaction

from rahdari.base.refusal import Refused
from rahdari.base.statements import Marking, Statement
from rahdari.base.work import Missing, Unit
from rahdari.seals.tokens import read_statement
from rahdari.web.words import say

from ..models import Told
from ..rules.statements import RECALLED, Cause, why_not_answer, why_not_marking, why_not_text
from .blobs import hold_files, why_not_blobs
from .recalls import follow_recall

TAKEN_UP = "taken_up"


class Mailroom(Protocol):
    """What the project knows of statement types."""

    def receiver_of(self, statement: Statement) -> Callable[..., None] | None:
        """The inbox function for it, None when the type is not known."""

    def why_not_shape(self, type: str, data: Mapping[str, Any]) -> list[tuple[str, str]]:
        """Where and how the data break the schema of the type."""

    def blobs_in(self, type: str, data: Mapping[str, Any]) -> list[Mapping[str, Any]]:
        """The files the data name."""

    def knows(self, type: str) -> bool:
        """Whether the type is known at all."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a statement."""

    state: str
    faults: tuple[Cause, ...] = ()


def outcome_of(unit: Unit, told: Told, mailroom: Mailroom, *, alone: bool) -> Outcome:
    """What becomes of a stored statement: what is wrong with it, or what its package did; `Awaited` while files may come.

    When its package refuses one that is `alone` in its unit, what the package wrote until then is undone. Beside others the
    refusal is raised and undoes the unit: a savepoint for each would be dearer than taking up the few refused again.
    """
    if told.fault:
        return Outcome("refused", (Cause(told.fault, "", told.detail),))
    statement = as_statement(told)
    faults = _why_not(told, statement, mailroom, unit.at)
    if faults:
        return Outcome("refused", tuple(faults))
    receive = mailroom.receiver_of(statement)
    if receive is None:
        return Outcome("refused", (Cause("type_unknown", "/type", "Nobody here receives this."),))
    kept = len(unit.also)
    try:
        with transaction.atomic() if alone else nullcontext():
            if statement.type == RECALLED:
                follow_recall(unit, statement)
            receive(actor=unit.actor, statement=statement, at=unit.at)
    except Refused as refused:
        if not alone:
            raise
        del unit.also[kept:]
        return Outcome("refused", tuple(Cause("rule", one.member, f"{one.code}: {say(one)}") for one in refused.refusals))
    except Missing:
        if not alone:
            raise
        del unit.also[kept:]
        return Outcome("refused", (Cause("rule", "", "missing: what it speaks of is not known here."),))
    hold_files(told, mailroom.blobs_in(statement.type, statement.data))
    return Outcome(TAKEN_UP)


def _why_not(told: Told, statement: Statement, mailroom: Mailroom, at: datetime) -> Sequence[Cause]:
    wrong = why_not_form(told, statement, mailroom) or why_not_answer(statement.data, _held(statement))
    return wrong or why_not_blobs(told, mailroom.blobs_in(statement.type, statement.data), at)


def why_not_form(told: Told, statement: Statement, mailroom: Mailroom) -> Sequence[Cause]:
    """What is wrong in itself: an unknown type, data that break their schema, a marking for nobody."""
    if not mailroom.knows(statement.type):
        return [Cause("type_unknown", "/type", "This node does not know the type.")]
    nul = why_not_text(statement.data) or why_not_text(statement.marking.bodies)
    shape = [Cause("schema", path, detail) for path, detail in mailroom.why_not_shape(statement.type, statement.data)]
    return nul or shape[:20] or why_not_marking(told.level, told.bodies)


def _held(statement: Statement) -> str | None:
    """The hash of the token held under the id that is answered: first among ours, then among the sender's."""
    of = statement.data.get("of")
    for sender in (statement.receiver, statement.sender):
        held = Told.objects.filter(sender=sender, statement=of, fault="").first() if of else None
        if held is not None:
            return str(held.hash)
    return None


def as_statement(told: Told) -> Statement:
    """The statement as an inbox gets it."""
    read = read_statement(told.token)
    return Statement(
        id=read.id,
        type=read.type,
        sender=read.sender,
        receiver=read.receiver,
        thread=read.thread,
        in_reply_to=read.in_reply_to,
        issued_at=read.issued_at,
        marking=Marking(read.level, tuple(read.bodies)),
        language=read.language,
        data=read.data,
        hash=told.hash,
    )
