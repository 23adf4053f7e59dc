"""Taking up what a partner told: each statement once, in the order of its thread, with its outcome in the same transaction.

Several are taken up in one unit; when that fails, each in a unit of its own, so that one that cannot be taken up holds up its
own thread alone.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.db.models import Min

from rahdari.base.actor import machine
from rahdari.base.clock import now
from rahdari.base.models import OutboxEntry
from rahdari.base.refusal import Refused
from rahdari.base.statements import Marking
from rahdari.base.work import Missing, Unit, unit_of_work
from rahdari.web.logs import log

from ..access import PERMITS
from ..models import Envelope, Partner, Told
from ..rules.limits import is_due, wait_before
from ..rules.statements import OUTCOME, RECALLED, why_not_marking
from .alarms import ring
from .blobs import Awaited, note_missing
from .considering import TAKEN_UP, Mailroom, as_statement, outcome_of, why_not_form
from .outcomes import hear_outcomes, write_ends

BATCH = 200
TOGETHER = 25  # statements in one unit
RINGS_AFTER = 5  # tries of one statement


class NotYet(Exception):
    """Nothing can be taken up now: no unit and no audit entry is left for it."""


def take_up(partner: str, mailroom: Mailroom) -> int:
    """Takes up all that can be now; several workers may do this at once. Returns how many statements got their outcome."""
    done = 0
    while True:
        outcomes, parts = _next(partner)
        some = _take_outcomes(partner, outcomes, mailroom) if outcomes else 0
        some += sum(_take_some(partner, part, mailroom) for part in parts)
        some += sum(_repeat_one(pk) for pk in _repeats(partner))
        done += some
        if not some:
            return done


def _next(partner: str) -> tuple[list[int], list[list[int]]]:
    """Waiting statements whose time has come, none before an earlier one of its thread: outcomes, and the others in parts.

    A recall changes other statements and is a part alone. An outcome is heard before the others of its round, so it is only
    among them when nothing of its thread stands before it.
    """
    rows = Told.objects.filter(sender=partner, receiver=settings.RAHDARI_NODE, state="waiting").order_by("seq")
    outcomes: list[int] = []
    parts: list[list[int]] = [[]]
    begun, closed, moment = set(), set(), now()
    for pk, thread, type, fault, due in rows.values_list("pk", "thread", "type", "fault", "next_try_at")[: BATCH * 10]:
        heard = type == OUTCOME and not fault
        if thread in closed or not is_due(due, moment) or (heard and thread in begun):
            closed.add(thread)
        elif heard:
            outcomes.append(pk)
            closed.add(thread)
        else:
            begun.add(thread)
            if type == RECALLED:
                parts += [[pk], []]
            else:
                parts[-1].append(pk)
                parts += [[]] if len(parts[-1]) == TOGETHER else []
        if len(outcomes) + sum(map(len, parts)) == BATCH:
            break
    return outcomes, [part for part in parts if part]


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
            if why_not_form(row, statement, mailroom):
                alone.append(row.pk)
            else:
                heard.append(statement)
        found = hear_outcomes(unit, heard)
        alone += [told[one.id].pk for one in heard if one.id not in found]
        done = [told[key].pk for key in found]
        Told.objects.filter(pk__in=done).update(state=TAKEN_UP, ended_at=at)
        unit.about(Partner.objects.get(node=partner), outcomes=len(done))
    return len(done) + sum(_take_some(partner, [pk], mailroom) for pk in alone)


def _take_some(partner: str, pks: Sequence[int], mailroom: Mailroom) -> int:
    """Takes up several in one unit. When one of them undid it, each alone; the one that cannot be taken up waits."""
    try:
        return _take_together(partner, pks, mailroom)
    except (OperationalError, InterfaceError):
        raise
    except Exception as error:  # a refusal of one beside others, a fault of ours or of the moment
        if len(pks) > 1:
            if not isinstance(error, (Refused, Missing)):
                log.warning("take_up_together", partner=partner, statements=len(pks), exc=error)
            return sum(_take_some(partner, [pk], mailroom) for pk in pks)
        log.error("take_up", told=pks[0], exc=error)
        _postpone(pks[0], now(), None)
        return 0


def _take_together(partner: str, pks: Sequence[int], mailroom: Mailroom) -> int:
    at, done, answers, awaiting = now(), [], [], {}
    try:
        with unit_of_work("exchange.take_up", actor=machine(settings.RAHDARI_NODE, "mailroom"), at=at) as unit:
            unit.permit(PERMITS["take_up"])
            rows = Told.objects.select_for_update(skip_locked=True).filter(pk__in=pks, state="waiting")
            held = list(rows.order_by("seq"))
            stuck = _threads_waiting(held)
            for told in held:
                if told.thread is not None and stuck.get(told.thread, told.seq) < told.seq:
                    continue
                try:
                    outcome = outcome_of(unit, told, mailroom, alone=len(pks) == 1)
                except Awaited as until:
                    stuck[told.thread], awaiting[told.pk] = told.seq, until
                    continue
                told.state, told.reasons = outcome.state, [fault.told() for fault in outcome.faults]
                done.append(told)
                answers += _answers(unit, told)
            if not done:
                raise NotYet
            write_ends(done, at)
            unit.say_all(answers)
            unit.about(Partner.objects.get(node=partner), statements=[_facts(told) for told in done])
    except NotYet:
        pass
    for pk, awaited in awaiting.items():
        _postpone(pk, at, awaited.until, missing=awaited.missing)
    return len(done)


def _threads_waiting(held: Sequence[Told]) -> dict[UUID | None, int]:
    """For each thread of these, the first place that waits beside them."""
    if not held:
        return {}
    own, threads = [told.pk for told in held], {told.thread for told in held if told.thread}
    rows = Told.objects.filter(sender=held[0].sender, thread__in=threads, state="waiting").exclude(pk__in=own)
    return dict(rows.values_list("thread").annotate(first=Min("seq")))


def _facts(told: Told) -> dict[str, Any]:
    return {
        "statement": told.statement, "type": told.type, "seq": told.seq, "outcome": told.state,
        "reasons": [one["code"] for one in told.reasons],
    }  # fmt: skip


def _answers(unit: Unit, told: Told, *, repeated: bool = False) -> list[OutboxEntry]:
    """The outcome to be said; an outcome has none, and one that cannot be taken up is kept and rings."""
    if told.type == OUTCOME:
        if told.state == "refused":
            ring(unit, "outcome_unread", told.sender, str(told.envelope_id))
        return []
    marking = Marking() if why_not_marking(told.level, told.bodies) else Marking(told.level, tuple(told.bodies))
    state = TAKEN_UP if told.state == "recalled" else told.state
    said = {"of": told.envelope_id, "statement": told.hash or None, "envelope": told.envelope_hash, "outcome": state}
    return [
        unit.draft(
            OUTCOME,
            said | {"reasons": told.reasons} | ({"repeated": True} if repeated else {}),
            marking=marking.told(),
            thread=told.thread,
            in_reply_to=told.statement,
            language=told.language,
            to=told.sender,
        )
    ]


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
            unit.say_all(_answers(unit, told, repeated=True))
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
