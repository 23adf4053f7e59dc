"""One statement as a story: said, sealed, stored, taken up or refused, in the journal; with ids, sizes and hashes alone.

What a statement says is never read here: its token is left in the database, and of an outcome only which envelope it is about.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import F, Q
from django.db.models.functions import Length

from rahdari.base.actor import Actor
from rahdari.base.models import AuditEntry, AuditLink, OutboxEntry
from rahdari.base.secrets import CLOSED_BYTES
from rahdari.base.work import Missing
from rahdari.seals.faults import Fault
from rahdari.seals.tokens import Receipt, read_receipt, read_statement

from ..models import Envelope, Told
from ..rules.statements import OUTCOME
from .leaves import PlaceInJournal, place_of
from .overview import must_see
from .statements import ReasonSeen, reasons_seen, state_seen, type_in_words, why_of_entry, why_waits

SAME_WORK = 600_000  # milliseconds between an outbox row and the audit entry of the same unit of work, at most
ENDS = {"refused": "step_refused", "taken_up": "step_taken_up", "recalled": "step_recalled"}
MOST_OUTCOMES = 20  # of one thread that are looked at


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of a step: a label that has words, a value, and how it is set (code, num, moment, word, allowed)."""

    label: str
    value: Any
    kind: str = "code"


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the story: whose it is, when it was, what is known of it; `why` it has not come yet, as a code."""

    code: str
    side: str
    at: dt.datetime | None
    facts: tuple[Fact, ...] = ()
    why: str = ""
    reasons: tuple[ReasonSeen, ...] = ()
    link: int | None = None  # the story of the outcome


@dataclass(frozen=True, slots=True)
class Story:
    """The whole story; `told` is None for a statement that was not signed yet."""

    told: Told | None
    type: str
    sender: str
    receiver: str
    state: str
    level: str
    seq: int | None
    steps: tuple[Step, ...]
    void: tuple[Envelope, ...] = ()  # envelopes that carried it and count no more
    again: tuple[Envelope, ...] = ()  # envelopes that brought it once more
    recalled: bool = False

    @property
    def kind(self) -> str:
        """Its type in words."""
        return type_in_words(self.type)

    @property
    def sent(self) -> bool:
        """Whether it is ours."""
        return self.sender == settings.RAHDARI_NODE


def story_for(actor: Actor, told_id: int) -> Story:
    """The story of a statement that has a place in a stream; `Missing` when there is none."""
    must_see(actor, "see_story")
    told = told_without_content(told_id)
    mine = told.sender == settings.RAHDARI_NODE
    places = envelopes_of(told)
    envelope = next((one for one in places if not one.void and not one.repeats), None)
    place = place_of(envelope) if envelope is not None else None
    outcome = outcome_of(told, [one.hash for one in places])
    steps = [
        _said_here(told.statement, told.issued_at) if mine else Step("step_said", told.sender, told.issued_at, _ids(told)),
        _sealed(told, envelope),
        _stored(told, envelope),
        _ended(told, outcome),
        _journaled(place),
    ]
    if told.type == OUTCOME and mine:
        del steps[3]
    return Story(
        told=told,
        type=told.type,
        sender=told.sender,
        receiver=told.receiver,
        state=state_seen(told.state, told.type),
        level=told.level,
        seq=told.seq,
        steps=tuple(steps),
        void=tuple(one for one in places if one.void),
        again=tuple(one for one in places if one.repeats and not one.void),
        recalled=told.state == "recalled" or (envelope is not None and bool(envelope.stub)),
    )


def said_for(actor: Actor, entry_id: UUID) -> Story | int:
    """The story of a statement that was approved and has no place yet; the number of its story once it has one."""
    must_see(actor, "see_story")
    entry = OutboxEntry.objects.filter(pk=entry_id, kind="statement").defer("content").first()
    if entry is None:
        raise Missing(f"OutboxEntry {entry_id}")
    told = Told.objects.filter(sender=settings.RAHDARI_NODE, statement=entry.pk, fault="").values_list("pk", flat=True).first()
    if told is not None:
        return int(told)
    steps = (
        _said_here(entry.pk, entry.at),
        Step("step_sealed", settings.RAHDARI_NODE, None, why=why_of_entry(entry)),
    )
    return Story(None, entry.type, settings.RAHDARI_NODE, entry.to, "approved", entry.marking["level"], None, steps)


def told_without_content(told_id: int) -> Told:
    """A statement's row without its token and without the words of its fault; `size` are the bytes of the token."""
    rows = Told.objects.defer("token", "detail").annotate(size=Length("token") - CLOSED_BYTES)
    found: Told | None = rows.filter(pk=told_id).first()
    if found is None:
        raise Missing(f"Told {told_id}")
    return found


def envelopes_of(told: Told) -> list[Envelope]:
    """Every envelope that carried a statement, oldest first, without its token; `size` are the bytes of the token."""
    rows = Envelope.objects.filter(told=told).defer("token").annotate(size=Length(F("token"))).order_by("pk")
    return list(rows)


def outcome_of(told: Told, envelopes: list[str]) -> Told | OutboxEntry | None:
    """The statement that says what became of it: the receiver's, or ours, or ours that waits for its place."""
    if told.type == OUTCOME:
        return None
    rows = Told.objects.filter(thread=told.thread, type=OUTCOME, sender=told.receiver, receiver=told.sender, fault="")
    for row in rows.order_by("seq")[:MOST_OUTCOMES]:
        if _is_about(row, told, envelopes):
            return row
    if told.receiver != settings.RAHDARI_NODE:
        return None
    waiting = OutboxEntry.objects.filter(kind="statement", taken_at=None, type=OUTCOME, thread=told.thread)
    about = Q(content__of=str(told.envelope_id), content__envelope__in=envelopes)
    found: OutboxEntry | None = waiting.filter(about).order_by("pk").first()
    return found


def _is_about(row: Told, told: Told, envelopes: list[str]) -> bool:
    try:
        data = read_statement(row.token).data
    except Fault:
        return False
    return data.get("of") == str(told.envelope_id) and data.get("envelope") in envelopes


def _ids(told: Told) -> tuple[Fact, ...]:
    facts = [Fact("fact_statement", told.statement), Fact("fact_thread", told.thread), Fact("fact_hash", told.hash)]
    return tuple(one for one in facts if one.value)


def _said_here(statement: UUID | None, at: dt.datetime) -> Step:
    """Said by this node: with the audit entry of the work in which it was said."""
    facts = [Fact("fact_statement", statement)] if statement else []
    entry = _audit_of(statement, at) if statement else None
    if entry is not None:
        link = AuditLink.objects.filter(entry=entry).values_list("seq", flat=True).first()
        facts += [Fact("fact_verb", entry.verb, "allowed"), Fact("fact_role", entry.role, "word"), Fact("fact_audit", entry.pk)]
        facts += [Fact("fact_link", link, "num")] if link is not None else []
    return Step("step_said", settings.RAHDARI_NODE, at, tuple(facts))


def _audit_of(statement: UUID, at: dt.datetime) -> AuditEntry | None:
    """The audit entry of the unit of work that said it: of the same moment, its id made at nearly the same time.

    An outbox row does not name its entry; where more than one fits, none is shown.
    """
    made = statement.int >> 80
    low, high = (UUID(int=max(made + shift, 0) << 80) for shift in (-SAME_WORK, SAME_WORK))
    found = list(AuditEntry.objects.filter(pk__gte=low, pk__lt=high, at=at, node=settings.RAHDARI_NODE)[:2])
    return found[0] if len(found) == 1 else None


def _sealed(told: Told, envelope: Envelope | None) -> Step:
    if envelope is None:
        return Step("step_sealed", told.sender, None)
    facts = [
        Fact("fact_place", f"{envelope.sender} {envelope.receiver} {envelope.seq}"),
        Fact("fact_envelope", envelope.hash),
        Fact("fact_prev", envelope.prev),
    ]
    if told.hash:
        facts.append(Fact("fact_hash", told.hash))
    for label, row in (("fact_statement_size", told), ("fact_envelope_size", envelope)):
        if size := _size(row):
            facts.append(Fact(label, size, "num"))
    return Step("step_sealed", told.sender, envelope.sent_at, tuple(facts))


def _size(row: Any) -> int:
    """The bytes of the token, which itself is left in the database; 0 where it was destroyed."""
    return int(row.size or 0)


def _stored(told: Told, envelope: Envelope | None) -> Step:
    receipt = _receipt(envelope)
    if receipt is None:
        return Step("step_stored", told.receiver, None, why=why_waits(told))
    facts = [
        Fact("fact_receipt", receipt.hash),
        Fact("fact_receipt_key", receipt.jws.kid),
        Fact("fact_journal_size", receipt.journal_size, "num"),
    ]
    if told.sender == settings.RAHDARI_NODE and envelope is not None and envelope.checked:
        facts.append(Fact("fact_checked", "proven", "word"))
    return Step("step_stored", told.receiver, receipt.stored_at, tuple(facts))


def _receipt(envelope: Envelope | None) -> Receipt | None:
    try:
        return read_receipt(envelope.receipt) if envelope is not None and envelope.receipt else None
    except Fault:
        return None


def _ended(told: Told, outcome: Told | OutboxEntry | None) -> Step:
    reasons = reasons_seen(told.fault, told.reasons)
    if told.ended_at is None:
        return Step("step_ended", told.receiver, None, why=why_waits(told))
    facts: list[Fact] = []
    if isinstance(outcome, Told):
        facts += [Fact("fact_outcome", outcome.statement), Fact("fact_outcome_hash", outcome.hash)]
    elif outcome is not None:
        facts += [Fact("fact_outcome", outcome.pk), Fact("fact_outcome_state", "approved", "word")]
    link = outcome.pk if isinstance(outcome, Told) else None
    return Step(ENDS.get(told.state, "step_ended"), told.receiver, told.ended_at, tuple(facts), reasons=reasons, link=link)


def _journaled(place: PlaceInJournal | None) -> Step:
    here = settings.RAHDARI_NODE
    if place is None:
        return Step("step_journaled", here, None)
    facts = [
        Fact("fact_origin", place.journal.origin),
        Fact("fact_index", place.index, "num"),
    ]
    if place.checkpoint is None:
        return Step("step_journaled", here, None, tuple(facts), why="waits_checkpoint")
    facts += [Fact("fact_head", place.checkpoint.size, "num"), Fact("fact_head_at", place.checkpoint.at, "moment")]
    for witness in place.witnesses:
        facts += [Fact("fact_witness", witness.name), Fact("fact_cosigned_at", witness.at, "moment")]
    return Step("step_journaled", here, place.checkpoint.at, tuple(facts), why="" if place.witnesses else "waits_cosignature")
