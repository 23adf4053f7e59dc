"""The unit of work: one transaction, one audit entry, and whatever is said along the way.

    with unit_of_work("fields.lift_order", actor=actor, at=at) as unit:
        order = unit.lock(SuspensionOrder, order_id)
        unit.permit(PERMITS["lift_order"], order)
        unit.refuse(why_not_lift(order.state, at))
        order.state = "lifted"
        unit.save(order)
        unit.about(order, lifted_on=on)
        unit.say("field.status/1", content)

An action called by another action joins its unit: their verbs stand in one entry.
Anything raised inside leaves nothing behind.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import replace
from typing import Any, TypeVar
from uuid import UUID

from django.conf import settings
from django.db import connection, models, transaction

from .access import Permit
from .actor import Actor
from .jobs import wake
from .models import AuditEntry, OutboxEntry, Waiting
from .refusal import Refusal, Refused
from .rows import Row, writing

R = TypeVar("R", bound=Row)


class NotRecorded(RuntimeError):
    """An action ended without saying what it was about; it was undone."""


class Missing(LookupError):
    """There is no such thing, or not for this actor: the two are not told apart."""


class Unit:
    """What an action may do while it is at work."""

    def __init__(self, verb: str, actor: Actor, at: dt.datetime) -> None:
        self.verb, self.actor, self.at = verb, actor, at
        self.also: list[str] = []
        self.entry: AuditEntry | None = None
        self.within = ""  # the verb of the unit this one joined; empty for one that stands alone

    def lock(self, model: type[R], row_id: UUID | str, *, seen: int | None = None, beside: Sequence[str] = ()) -> R:
        """The row, locked until the end; `Missing` when there is none, `stale` when its version is not `seen`.

        What is read `beside` it, by relations, comes in the same question and is not locked.
        """
        rows = model.objects.select_for_update(of=("self",)).filter(pk=row_id).order_by()
        row: R | None = next(iter(rows.select_related(*beside) if beside else rows), None)
        if row is None:
            raise Missing(f"{model.__name__} {row_id}")
        if seen is not None and row.version != seen:
            raise Refused([Refusal("stale")])
        return row

    def alone(self, name: str) -> None:
        """Waits until no other unit holds this name, and holds it until the end: for a count or a check over many rows."""
        with connection.cursor() as cursor:
            cursor.execute("select pg_advisory_xact_lock(hashtextextended(%s, 0))", [name])

    def permit(self, permit: Permit, subject: object = None) -> None:
        """Refuses when a clause of the permission fails; the scopes of a token are asked of the outermost action alone."""
        actor = replace(self.actor, scopes=None) if self.within else self.actor
        self.refuse(permit.why_not(actor, subject))

    def refuse(self, refusals: Iterable[Refusal]) -> None:
        """Raises `Refused` with all of them, if there is one."""
        found = tuple(refusals)
        if found:
            raise Refused(found)

    def add(self, row: R) -> R:
        """Writes a new row."""
        row.save(force_insert=True)
        return row

    def save(self, row: R) -> R:
        """Writes a changed row and counts its version up."""
        row.version += 1
        row.save(force_update=True)
        return row

    def about(self, subject: models.Model, **facts: Any) -> None:
        """What the audit entry is about; called once, with values JSON can hold. No personal values."""
        if self.entry is not None:
            raise NotRecorded(f"{self.verb} speaks of two subjects")
        self.entry = AuditEntry(
            at=self.at,
            verb=self.verb,
            node=self.actor.node,
            person=self.actor.person,
            role=self.actor.role,
            body=self.actor.body,
            channel=self.actor.channel,
            subject_kind=subject._meta.label_lower,
            subject_id=str(subject.pk),
            facts=_plain(facts),
        )

    def say(self, type: str, content: Mapping[str, Any], **told: Any) -> OutboxEntry:
        """Puts a statement for a partner into the outbox, in the same transaction; `told` as for `draft`."""
        entry = self.draft(type, content, **told)
        entry.save(force_insert=True)
        wake("outbox.statement", partner=entry.to)
        return entry

    def say_all(self, entries: Sequence[OutboxEntry]) -> None:
        """Puts drafts into the outbox with one write, in their order."""
        OutboxEntry.objects.bulk_create(entries)
        for to in sorted({entry.to for entry in entries}):
            wake("outbox.statement", partner=to)

    def draft(
        self,
        type: str,
        content: Mapping[str, Any],
        *,
        marking: Mapping[str, Any],
        thread: UUID | None = None,
        in_reply_to: UUID | None = None,
        language: str = "en",
        to: str = "",
    ) -> OutboxEntry:
        """A statement that is not in the outbox yet; its id is that of the statement.

        `to` is the partner's node, the one of the corridor if unsaid; a `thread` unsaid begins with this statement.
        """
        entry = OutboxEntry(
            at=self.at,
            kind="statement",
            type=type,
            to=to or settings.RAHDARI_PARTNER,
            content=_plain(content),
            marking=dict(marking),
            thread=thread,
            in_reply_to=in_reply_to,
            language=language,
        )
        entry.thread = entry.thread or entry.id
        return entry

    def tell(self, event: str, **facts: Any) -> OutboxEntry:
        """Tells an event to whatever stands above (`project/reactions.py`), after the commit."""
        entry = OutboxEntry(at=self.at, kind="event", type=event, content=_plain(facts))
        entry.save(force_insert=True)
        wake("outbox.event")
        return entry

    def tell_all(self, event: str, facts: Iterable[Mapping[str, Any]]) -> None:
        """Tells one event of many things with one write, as `tell` tells it of one."""
        entries = [OutboxEntry(at=self.at, kind="event", type=event, content=_plain(one)) for one in facts]
        if entries:
            OutboxEntry.objects.bulk_create(entries)
            wake("outbox.event")

    def wait(self, task: str, subject: models.Model, **place: Any) -> Waiting:
        """Opens a row of what waits: `holder_body`, `holder_side`, `url_name`, `due_at` and the like."""
        row = Waiting(task=task, subject_kind=subject._meta.label_lower, subject_id=str(subject.pk), opened_at=self.at, **place)
        row.save(force_insert=True)
        return row

    def settle(self, task: str | Sequence[str], subject: models.Model, outcome: str = "done") -> None:
        """Closes what waits for this task, or for any of several, on this subject, if anything does."""
        tasks = [task] if isinstance(task, str) else task
        Waiting.objects.filter(
            task__in=tasks, subject_kind=subject._meta.label_lower, subject_id=str(subject.pk), closed_at=None
        ).update(closed_at=self.at, outcome=outcome)

    def settle_all(self, subject: models.Model, outcome: str) -> None:
        """Closes everything that waits on this subject, of whatever package: it is over."""
        Waiting.objects.filter(subject_kind=subject._meta.label_lower, subject_id=str(subject.pk), closed_at=None).update(
            closed_at=self.at, outcome=outcome
        )


_open: ContextVar[Unit | None] = ContextVar("unit", default=None)


@contextmanager
def unit_of_work(verb: str, *, actor: Actor, at: dt.datetime) -> Iterator[Unit]:
    """Opens a unit of work, or joins the one that is open; see the head of this module."""
    outer = _open.get()
    if outer is not None:
        yield from _joined(outer, verb, actor)
        return
    unit = Unit(verb, actor, at)
    with transaction.atomic():
        unit_token, writing_token = _open.set(unit), writing.set(True)
        try:
            yield unit
            _record(unit)
        finally:
            writing.reset(writing_token)
            _open.reset(unit_token)


def _joined(outer: Unit, verb: str, actor: Actor) -> Iterator[Unit]:
    inner = Unit(verb, actor, outer.at)
    inner.within = outer.verb
    yield inner
    if inner.entry is None:
        raise NotRecorded(verb)
    outer.also.append(f"{verb} {inner.entry.subject_kind} {inner.entry.subject_id}")
    outer.also.extend(inner.also)


def _record(unit: Unit) -> None:
    if unit.entry is None:
        raise NotRecorded(unit.verb)
    unit.entry.also = unit.also
    unit.entry.save(force_insert=True)


def _plain(value: Any) -> Any:
    """The same value in what JSON can hold: days and moments as ISO text, ids as text."""
    if isinstance(value, Mapping):
        return {str(key): _plain(one) for key, one in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [_plain(one) for one in value]
    if isinstance(value, (dt.date, dt.datetime)):
        return value.isoformat()
    return str(value) if isinstance(value, UUID) else value
