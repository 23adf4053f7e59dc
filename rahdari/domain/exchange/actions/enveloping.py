"""Signing what was approved into the stream to a partner: statement token, seal, envelope, one place each."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.conf import settings

from rahdari.base.actor import machine
from rahdari.base.clock import now
from rahdari.base.models import OutboxEntry
from rahdari.base.work import Unit, unit_of_work
from rahdari.seals import jwe, tokens
from rahdari.seals.forms import digest
from rahdari.seals.keys import PublicKey

from ..access import PERMITS
from ..models import Envelope, OfficeSigned, Partner, Stream, Told
from ..queries.partners import link_of
from ..rules.limits import TOKENS
from ..rules.statements import HELD_BACK, RECALLED
from .alarms import ring
from .blobs import with_sealed_files
from .judging import STATEMENT_CTY
from .recalls import destroy_our_copies, stubs_for
from .signing import own_signer, sealing_key
from .streams import lock_stream

ROOM = 4096  # bytes of the two headers, the keys and the members around a statement


def sign_waiting(partner: Partner) -> int:
    """Gives up to 64 approved statements their places; returns how many. Leaves envelopes without a receipt."""
    if not _waiting(partner)[:1]:
        return 0
    me, at = settings.RAHDARI_NODE, now()
    with unit_of_work("exchange.sign_envelopes", actor=machine(me, "timetable"), at=at) as unit:
        unit.permit(PERMITS["sign_envelopes"])
        stream = lock_stream(unit, me, partner.node)
        entries = before_recall(_waiting(partner).select_for_update(skip_locked=True)[:TOKENS])
        office = dict(OfficeSigned.objects.filter(entry__in=entries).values_list("entry", "token"))
        told = [_statement(unit, entry, partner, office.get(entry.pk, "")) for entry in entries]
        first, seal = stream.seq, sealing_key(partner, at)
        fits = [one for one in told if _fits(one, partner)]
        envelopes = _place(unit, stream, partner, fits, seal)
        for one in told:
            if one not in fits:
                _too_large(unit, one)
        Told.objects.bulk_create(told)
        Envelope.objects.bulk_create(envelopes)
        OutboxEntry.objects.filter(pk__in=[entry.pk for entry in entries]).update(taken_at=at, content={})
        unit.save(stream)
        for one in told:
            if one.type == RECALLED:
                destroy_our_copies(unit, one)
        unit.about(stream, after=first, upto=stream.seq)
    return len(told)


def before_recall(entries: Iterable[OutboxEntry]) -> list[OutboxEntry]:
    """These, up to the first that recalls another one of them: its stub needs the place that this one gets first."""
    found: list[OutboxEntry] = []
    ids = set()
    for entry in entries:
        if entry.type == RECALLED and entry.content["of"] in ids:
            break
        found.append(entry)
        ids.add(str(entry.pk))
    return found


def _waiting(partner: Partner) -> Any:
    rows = OutboxEntry.objects.filter(kind="statement", to=partner.node, taken_at=None).order_by("id")
    link = link_of(partner)
    if link.witness_refused_at is not None:
        for family in HELD_BACK:
            rows = rows.exclude(type__startswith=family)
    return rows


def _statement(unit: Unit, entry: OutboxEntry, partner: Partner, signed: str) -> Told:
    """The statement of an outbox row, signed by the clerk, or by the office when it was approved with its passphrase."""
    at = unit.at
    content = with_sealed_files(unit, partner, entry.content) if entry.type != RECALLED else stubs_for(entry, partner, at)
    token = signed or make_statement(
        id=entry.id,
        type=entry.type,
        to=partner.node,
        thread=entry.thread or entry.id,
        in_reply_to=entry.in_reply_to,
        issued_at=min(entry.at, at),
        marking=entry.marking,
        language=entry.language,
        data=content,
        partner=partner,
    )
    return Told(
        sender=settings.RAHDARI_NODE,
        receiver=partner.node,
        statement=entry.id,
        type=entry.type,
        thread=entry.thread or entry.id,
        in_reply_to=entry.in_reply_to,
        token=token,
        hash=digest(token),
        level=entry.marking["level"],
        bodies=entry.marking.get("bodies", []),
        language=entry.language,
        issued_at=entry.at,
        envelope_id=entry.id,
        envelope_hash="",
        seq=0,
        state="signed",
        at=at,
    )


def make_statement(
    *, id: UUID, type: str, to: str, thread: UUID, in_reply_to: UUID | None, issued_at: dt.datetime,
    marking: dict[str, Any], language: str, data: dict[str, Any], partner: Partner | None,
) -> str:  # fmt: skip
    """A statement token signed by the clerk; one approved before the clerk's key began bears the key's first moment."""
    key = own_signer("clerk", partner, now())
    return tokens.make_statement(
        id=id,
        type=type,
        sender=settings.RAHDARI_NODE,
        receiver=to,
        thread=thread,
        in_reply_to=in_reply_to,
        issued_at=max(issued_at, dt.datetime.fromtimestamp(key.public.nbf, dt.UTC)),  # also after a key was rolled
        level=marking["level"],
        bodies=tuple(marking.get("bodies", ())),
        consent=None,
        language=language,
        data=data,
        key=key,
    )


def _fits(told: Told, partner: Partner) -> bool:
    """Whether its envelope stays below what the partner takes: each of the two layers around the token adds a third."""
    return len(told.token or "") * 16 // 9 + ROOM < int(partner.limits["token_bytes"])


def _too_large(unit: Unit, told: Told) -> None:
    """A statement that cannot be sent gets no place: it is refused here and rings, and the others go on."""
    told.state, told.ended_at = "refused", unit.at
    told.reasons = [{"code": "too_large", "path": "", "detail": "The statement is larger than the partner takes."}]
    ring(unit, "statement_refused", told.receiver, str(told.statement), type=told.type)


def _place(unit: Unit, stream: Stream, partner: Partner, told: Sequence[Told], seal: PublicKey) -> list[Envelope]:
    made = []
    for one in told:
        envelope = envelope_for(stream, partner, one, stream.seq + 1, stream.head, seal, unit.at)
        one.seq, one.envelope_hash = envelope.seq, envelope.hash
        envelope.told = one
        stream.seq, stream.head = envelope.seq, envelope.hash
        made.append(envelope)
    return made


def envelope_for(
    stream: Stream, partner: Partner, told: Told, seq: int, prev: str, seal: PublicKey, at: dt.datetime, *, newest: bool = False
) -> Envelope:
    """An envelope around a statement token for one place, not yet written."""
    assert told.statement is not None
    body = jwe.seal(told.token.encode(), to=seal, sender=stream.sender, receiver=stream.receiver, cty=STATEMENT_CTY)
    token = tokens.make_envelope(
        id=told.statement, sender=stream.sender, receiver=stream.receiver, seq=seq, prev=prev, sent_at=at, body=body,
        key=own_signer("gateway", partner, at, newest=newest),
    )  # fmt: skip
    return Envelope(
        sender=stream.sender,
        receiver=stream.receiver,
        seq=seq,
        envelope_id=told.statement,
        prev=prev,
        hash=digest(token),
        token=token,
        sent_at=at,
        told=told,
        opened=hashlib.sha256(told.token.encode()).hexdigest(),
    )
