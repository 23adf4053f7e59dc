"""Taking up what a partner told: each statement once, in the order of its thread, with its outcome in the same transaction.

`project/mailroom.py` says who receives a type; nothing of the domain is known here.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol

from django.conf import settings
from django.db import DatabaseError, transaction

from rahdari.base.actor import machine
from rahdari.base.clock import now
from rahdari.base.refusal import Refused
from rahdari.base.statements import Marking, Statement
from rahdari.base.work import Missing, Unit, unit_of_work
from rahdari.seals.tokens import read_statement
from rahdari.web.logs import log
from rahdari.web.words import say

from ..access import PERMITS
from ..models import Envelope, Partner, Told
from ..rules.limits import wait_before
from ..rules.statements import OUTCOME, RECALLED, Cause, why_not_answer, why_not_marking, why_not_text
from .alarms import ring
from .blobs import Awaited, hold_files, note_missing, why_not_blobs
from .outcomes import hear_outcomes
from .recalls import follow_recall

BATCH = 200
FINE = "taken_up"
RINGS_AFTER = 5  # tries of one statement


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


class NotYet(Exception):
    """A passing reason: the statement waits, and what follows in its thread with it."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a statement."""

    state: str
    faults: tuple[Cause, ...] = ()


def take_up(partner: str, mailroom: Mailroom) -> int:
    """Takes up all that can be now; several workers may do this at once. Returns how many statements got their outcome."""
    done = 0
    while True:
        outcomes, others = _next(partner)
        some = _take_outcomes(partner, outcomes, mailroom) if outcomes else 0
        some += sum(_take_one(pk, mailroom) for pk in others)
        some += sum(_repeat_one(pk) for pk in _repeats(partner))
        done += some
        if not some:
            return done


def _next(partner: str) -> tuple[list[int], list[int]]:
    """Waiting statements whose time has come, the first of each thread only: outcomes, and all others."""
    rows = Told.objects.filter(sender=partner, receiver=settings.RAHDARI_NODE, state="waiting").order_by("seq")
    outcomes: list[int] = []
    others: list[int] = []
    threads, moment = set(), now()
    for pk, thread, type, fault, due in rows.values_list("pk", "thread", "type", "fault", "next_try_at")[: BATCH * 10]:
        first = thread not in threads
        threads.add(thread)
        if first and (due is None or due <= moment):
            (outcomes if type == OUTCOME and not fault else others).append(pk)
        if len(outcomes) + len(others) == BATCH:
            break
    return outcomes, others


def _take_outcomes(partner: str, pks: Sequence[int], mailroom: Mailroom) -> int:
    """Hears many outcomes in one unit. One that is wrong in itself is taken up alone, where it is refused."""
    at, alone = now(), []
    with unit_of_work("exchange.hear_outcome", actor=machine(settings.RAHDARI_NODE, "mailroom"), at=at) as unit:
        unit.permit(PERMITS["take_up"])
        rows = Told.objects.select_for_update(skip_locked=True).filter(pk__in=pks, state="waiting").order_by("pk")
        told = {row.statement: row for row in rows if row.statement is not None}
        heard = []
        for row in told.values():
            statement = as_statement(row)
            if _why_not_form(row, statement, mailroom):
                alone.append(row.pk)
            else:
                heard.append(statement)
        found = hear_outcomes(unit, heard)
        alone += [told[one.id].pk for one in heard if one.id not in found]
        done = [told[key].pk for key in found]
        Told.objects.filter(pk__in=done).update(state=FINE, ended_at=at)
        unit.about(Partner.objects.get(node=partner), outcomes=len(done))
    return len(done) + sum(_take_one(pk, mailroom) for pk in alone)


def _take_one(pk: int, mailroom: Mailroom) -> int:
    at = now()
    try:
        with unit_of_work("exchange.take_up", actor=machine(settings.RAHDARI_NODE, "mailroom"), at=at) as unit:
            unit.permit(PERMITS["take_up"])
            told = Told.objects.select_for_update(skip_locked=True).filter(pk=pk, state="waiting").first()
            if told is None or _earlier_waits(told):
                raise NotYet
            outcome = _outcome(unit, told, mailroom)
            _mark(told, outcome, at)
            _answer(unit, told, repeated=False)
            unit.about(told, type=told.type, seq=told.seq, outcome=told.state, reasons=[fault.code for fault in outcome.faults])
        return 1
    except Awaited as awaited:
        _postpone(pk, at, awaited.until, missing=awaited.missing)
    except NotYet:
        pass
    except DatabaseError:
        raise
    except Exception as error:  # a fault of ours or of the moment: the statement waits, other threads go on
        log.error("take_up", told=pk, exc=error)
        _postpone(pk, at, None)
    return 0


def _earlier_waits(told: Told) -> bool:
    return Told.objects.filter(sender=told.sender, thread=told.thread, state="waiting", seq__lt=told.seq).exists()


def _outcome(unit: Unit, told: Told, mailroom: Mailroom) -> Outcome:
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
        with transaction.atomic():
            if statement.type == RECALLED:
                follow_recall(unit, statement)
            receive(actor=unit.actor, statement=statement, at=unit.at)
    except Refused as refused:
        del unit.also[kept:]
        return Outcome("refused", tuple(Cause("rule", one.member, f"{one.code}: {say(one)}") for one in refused.refusals))
    except Missing:
        del unit.also[kept:]
        return Outcome("refused", (Cause("rule", "", "missing: what it speaks of is not known here."),))
    hold_files(told, mailroom.blobs_in(statement.type, statement.data))
    return Outcome(FINE)


def _why_not(told: Told, statement: Statement, mailroom: Mailroom, at: datetime) -> Sequence[Cause]:
    wrong = _why_not_form(told, statement, mailroom) or why_not_answer(statement.data, _held(statement))
    return wrong or why_not_blobs(told, mailroom.blobs_in(statement.type, statement.data), at)


def _why_not_form(told: Told, statement: Statement, mailroom: Mailroom) -> Sequence[Cause]:
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


def _mark(told: Told, outcome: Outcome, at: datetime) -> None:
    told.state, told.ended_at = outcome.state, at
    told.reasons = [fault.told() for fault in outcome.faults]
    told.save(update_fields=["state", "ended_at", "reasons"])


def _answer(unit: Unit, told: Told, *, repeated: bool) -> None:
    """Says the outcome; an outcome has none, and one that cannot be taken up is kept and rings."""
    if told.type == OUTCOME:
        if told.state == "refused":
            ring(unit, "outcome_unread", told.sender, str(told.envelope_id))
        return
    marking = Marking() if why_not_marking(told.level, told.bodies) else Marking(told.level, tuple(told.bodies))
    state = FINE if told.state == "recalled" else told.state
    said = {"of": told.envelope_id, "statement": told.hash or None, "envelope": told.envelope_hash, "outcome": state}
    unit.say(
        OUTCOME,
        said | {"reasons": told.reasons} | ({"repeated": True} if repeated else {}),
        marking=marking.told(),
        thread=told.thread,
        in_reply_to=told.statement,
        language=told.language,
        to=told.sender,
    )


def _repeats(partner: str) -> list[int]:
    rows = Envelope.objects.filter(sender=partner, repeats=True, repeat_told=False).exclude(told__state="waiting")
    return list(rows.order_by("seq").values_list("pk", flat=True)[:BATCH])


def _repeat_one(pk: int) -> int:
    """Answers a second envelope of the same statement with its first outcome."""
    at = now()
    with unit_of_work("exchange.take_up", actor=machine(settings.RAHDARI_NODE, "mailroom"), at=at) as unit:
        envelope = Envelope.objects.select_for_update(of=("self",)).select_related("told").get(pk=pk)
        told = envelope.told
        assert told is not None
        if not envelope.repeat_told:
            envelope.repeat_told = True
            envelope.save(update_fields=["repeat_told"])
            told.envelope_hash = envelope.hash
            _answer(unit, told, repeated=True)
        unit.about(told, type=told.type, seq=envelope.seq, outcome=told.state, repeated=True)
    return 1


def _postpone(pk: int, at: datetime, until: datetime | None, *, missing: Sequence[str] = ()) -> None:
    with unit_of_work("exchange.take_up", actor=machine(settings.RAHDARI_NODE, "mailroom"), at=at) as unit:
        told = Told.objects.select_for_update().get(pk=pk)
        told.tries += not missing
        told.missing_blobs = bool(missing)
        note_missing(unit, told, missing)
        wait = timedelta(seconds=wait_before(told.tries, random.random()))  # noqa: S311
        told.next_try_at = until or at + wait
        told.save(update_fields=["tries", "next_try_at", "missing_blobs"])
        if told.tries >= RINGS_AFTER:
            ring(unit, "statement_not_taken_up", told.sender, str(told.statement or told.envelope_id))
        unit.about(told, type=told.type, seq=told.seq, outcome="postponed", tries=told.tries)
