"""After a start, a gap or a restored backup: both heads are compared; what one side lacks is fetched or sent again."""

from __future__ import annotations

import hashlib

from django.conf import settings

from rahdari.base.actor import machine
from rahdari.base.clock import now
from rahdari.base.models import OutboxEntry
from rahdari.base.work import Unit, unit_of_work
from rahdari.seals import jws, tokens
from rahdari.seals.faults import Fault

from ..access import PERMITS
from ..models import Envelope, Link, Partner, Stream, Told
from ..outside import keyring
from ..outside.calling import NoAnswer, json_body
from ..queries.partners import boot, known_keys, link_of
from .alarms import ring
from .journaling import open_journal
from .receipts import add_leaf, hear_receipts, keep_receipts, read_receipt
from .refusals import replace_from
from .restarting import check_prefix
from .speaking import said, speak
from .storing import store_envelopes
from .streams import lock_stream

Head = tuple[int, str]


def ask_heads(partner: Partner) -> None:
    """Asks a partner for the heads of both streams and mends what differs; afterwards this node is ready for it.

    Raises `NoAnswer` when the partner is out of reach; nothing is half done then, the next call begins again.
    """
    me = settings.RAHDARI_NODE
    link_of(partner)
    ours_there = _head(partner, me, partner.node)
    theirs_there = _head(partner, partner.node, me)
    lost = _lost_receipts(partner)
    _mend_ours(partner, ours_there)
    _mend_theirs(partner, theirs_there)
    check_prefix(partner, lost=lost)
    Link.objects.filter(partner=partner).update(asked_boot=boot())


def repair(partner: Partner) -> None:
    """An operator asks for the repair now; afterwards nothing is waited for any more."""
    ask_heads(partner)
    Link.objects.filter(partner=partner).update(next_try_at=None, tries=0, problem="")


def _head(partner: Partner, sender: str, receiver: str) -> Head:
    reply = speak(partner, "GET", f"/exchange/v1/streams/{sender}/{receiver}/head")
    told = reply.json() if reply.status == 200 else None
    if not isinstance(told, dict) or not isinstance(told.get("seq"), int) or not isinstance(told.get("hash"), str):
        raise NoAnswer(f"no head of {sender} to {receiver}: {said(reply)}")
    return told["seq"], told["hash"]


def _list(partner: Partner, sender: str, receiver: str, what: str, after: int) -> list[str]:
    """Up to 64 envelopes or receipts after a place."""
    reply = speak(partner, "GET", f"/exchange/v1/streams/{sender}/{receiver}/{what}?after={after}")
    told = reply.json() if reply.status == 200 else None
    if not isinstance(told, dict) or not isinstance(told.get(what), list) or not all(isinstance(one, str) for one in told[what]):
        raise NoAnswer(f"no {what} of {sender} to {receiver}: {said(reply)}")
    return list(told[what])


def _mend_ours(partner: Partner, there: Head) -> None:
    """Our own stream: adopt what the partner has more, note what it has received, send again what it has lost."""
    me = settings.RAHDARI_NODE
    stream = Stream.objects.filter(sender=me, receiver=partner.node).first()
    seq, hash_ = there
    if stream is None or seq > stream.seq or _hash_at(stream, seq) != hash_:
        _adopt(partner, seq)
    stream = Stream.objects.filter(sender=me, receiver=partner.node).first()
    if stream is None:
        return
    while seq > stream.delivered:
        rows = _rows(stream, stream.delivered)
        tokens_ = _list(partner, me, partner.node, "receipts", stream.delivered)
        if not hear_receipts(partner, rows, tokens_):
            raise NoAnswer("the partner has no receipts for what it holds")
        stream.refresh_from_db()
    if seq < stream.delivered:
        _send_again(partner, stream, seq)


def _hash_at(stream: Stream, seq: int) -> str | None:
    if seq == 0:
        return tokens.seed(stream.sender, stream.receiver)
    row = Envelope.objects.filter(sender=stream.sender, receiver=stream.receiver, seq=seq, void=False).first()
    return row.hash if row else None


def _rows(stream: Stream, after: int, limit: int = 64) -> list[Envelope]:
    rows = Envelope.objects.filter(sender=stream.sender, receiver=stream.receiver, void=False, seq__gt=after)
    return list(rows.select_related("told").order_by("seq")[:limit])


def _adopt(partner: Partner, upto: int) -> None:
    """Takes over envelopes of ours that the partner holds and we do not: we were restored from an older backup."""
    me = settings.RAHDARI_NODE
    while True:
        stream = Stream.objects.filter(sender=me, receiver=partner.node).first()
        after = stream.delivered if stream else 0
        if after >= upto:
            return
        brought = _list(partner, me, partner.node, "envelopes", after)
        receipts = _list(partner, me, partner.node, "receipts", after)
        if not brought or len(receipts) < 1:
            raise NoAnswer("the partner does not show what it says it holds")
        with unit_of_work("exchange.repair", actor=machine(me, "timetable"), at=now()) as unit:
            unit.permit(PERMITS["repair"])
            _adopt_some(unit, partner, brought, receipts)


def _adopt_some(unit: Unit, partner: Partner, brought: list[str], receipts: list[str]) -> None:
    me = settings.RAHDARI_NODE
    stream = lock_stream(unit, me, partner.node)
    first, keys, pen = stream.delivered, known_keys(partner.node), open_journal(unit)
    prev = _hash_at(stream, first)
    lost: list[str] = []
    losers = list(_rows(stream, first, limit=1_000_000))
    by_seq = {row.seq: row for row in losers}
    for token, receipt_token in zip(brought, receipts, strict=False):
        adopted = _own_envelope(token, partner)
        if adopted.seq != stream.delivered + 1 or adopted.prev != prev:
            ring(unit, "diverged", partner.node, str(adopted.seq))
            raise NoAnswer("the partner's copy of our stream does not follow what it gave receipts for")
        ours = by_seq.get(adopted.seq)
        if ours is None or ours.hash != adopted.hash:
            Envelope.objects.filter(pk__in=[row.pk for row in by_seq.values()]).update(void=True)
            by_seq = {}
            ours = _write_adopted(unit, adopted, lost)
        receipt = read_receipt(receipt_token, ours, keys)
        keep_receipts([(ours, receipt)])
        add_leaf(pen, ours, receipt)
        stream.delivered, prev = ours.seq, ours.hash
        by_seq.pop(ours.seq, None)
    pen.finish()
    _settle_losers(unit, stream, partner, losers, by_seq, prev)
    if lost:
        ring(unit, "adopted", partner.node, f"{first + 1} to {stream.delivered}", unreadable=lost[:200])
    unit.about(stream, adopted_after=first, upto=stream.delivered, unreadable=len(lost))


def _settle_losers(
    unit: Unit, stream: Stream, partner: Partner, losers: list[Envelope], still: dict[int, Envelope], prev: str | None
) -> None:
    """What we had signed and the partner does not hold gets new places behind what it holds."""
    if still:
        stream.head = max(still.values(), key=lambda row: row.seq).hash
        stream.seq = max(still)
        unit.save(stream)
        return
    stream.seq, stream.head = stream.delivered, prev or stream.head
    unit.save(stream)
    adopted = set(
        Envelope.objects.filter(sender=stream.sender, receiver=stream.receiver, void=False).values_list("told", flat=True)
    )
    again = [row.told for row in losers if row.told and row.told.token and row.told_id not in adopted]
    replace_from(unit, stream, partner, stream.seq + 1, told=again)


def _own_envelope(token: str, partner: Partner) -> Adopted:
    """One of our own envelopes (or stubs) as the partner shows it; our own signature must hold."""
    try:
        read = tokens.read_place(token)
        key = keyring.own_key(read.jws.kid)
        if key is None or key.public.role != "gateway":
            raise Fault("key_unknown", "")
        jws.check(read.jws, key.public)
    except Fault as fault:
        raise NoAnswer(f"the partner shows an envelope that is not ours: {fault.name}") from None
    if (read.sender, read.receiver) != (settings.RAHDARI_NODE, partner.node):
        raise NoAnswer("the partner shows an envelope of another stream")
    return Adopted(read)


class Adopted:
    """An envelope of ours that came back from the partner."""

    def __init__(self, read: tokens.Envelope | tokens.Stub) -> None:
        self.id, self.seq, self.prev, self.token = read.id, read.seq, read.prev, read.token
        self.hash = read.envelope if isinstance(read, tokens.Stub) else read.hash
        self.sent_at = read.at if isinstance(read, tokens.Stub) else read.sent_at
        self.is_stub, self.receiver = isinstance(read, tokens.Stub), read.receiver


def _write_adopted(unit: Unit, adopted: Adopted, lost: list[str]) -> Envelope:
    """Its row, joined to the statement or the outbox row of the same id where this node still has one."""
    me = settings.RAHDARI_NODE
    told = Told.objects.filter(sender=me, receiver=adopted.receiver, statement=adopted.id).first()
    entry = OutboxEntry.objects.filter(pk=adopted.id, taken_at=None).first()
    if told is None:
        told = _told_of(adopted, entry, unit)
    if entry is not None:
        entry.taken_at = unit.at
        entry.save(update_fields=["taken_at"])
    if not told.token:
        lost.append(str(adopted.id))
    row = Envelope(
        sender=me,
        receiver=adopted.receiver,
        seq=adopted.seq,
        envelope_id=adopted.id,
        prev=adopted.prev,
        hash=adopted.hash,
        token="" if adopted.is_stub else adopted.token,
        stub=adopted.token if adopted.is_stub else "",
        sent_at=adopted.sent_at,
        told=told,
        opened=hashlib.sha256(told.token.encode()).hexdigest() if told.token else "",
        checked=not told.token,  # its leaf over there names what the seal held, which is lost here: nothing to compare
    )
    row.save(force_insert=True)
    return row


def _told_of(adopted: Adopted, entry: OutboxEntry | None, unit: Unit) -> Told:
    told = Told(
        sender=settings.RAHDARI_NODE,
        receiver=adopted.receiver,
        statement=adopted.id,
        type=entry.type if entry else "",
        thread=(entry.thread if entry else None) or adopted.id,
        level=entry.marking["level"] if entry else "contact_point",
        bodies=entry.marking.get("bodies", []) if entry else [],
        language=entry.language if entry else "en",
        issued_at=adopted.sent_at,
        envelope_id=adopted.id,
        envelope_hash=adopted.hash,
        seq=adopted.seq,
        state="delivered",
        at=unit.at,
    )
    told.save(force_insert=True)
    return told


def _send_again(partner: Partner, stream: Stream, after: int) -> None:
    """The partner lost what it gave receipts for: the same bytes again; its second receipts are kept beside the first."""
    while after < stream.delivered:
        rows = [row for row in _rows(stream, after) if row.seq <= stream.delivered]
        reply = speak(
            partner, "POST", "/exchange/v1/envelopes", json_body({"envelopes": [row.token or row.stub for row in rows]})
        )
        told = reply.json() if reply.status == 200 else {}
        receipts = told.get("receipts") if isinstance(told, dict) else None
        if not receipts or not isinstance(receipts, list):
            raise NoAnswer(f"sent again and not stored: {said(reply)}")
        after = _keep_second(partner, stream, rows, receipts)


def _keep_second(partner: Partner, stream: Stream, rows: list[Envelope], receipts: list[str]) -> int:
    keys, last = known_keys(partner.node), 0
    with unit_of_work("exchange.repair", actor=machine(settings.RAHDARI_NODE, "timetable"), at=now()) as unit:
        for row, token in zip(rows, receipts, strict=False):
            try:
                read_receipt(token, row, keys)
            except Fault as fault:
                ring(unit, "receipt", partner.node, str(row.seq), fault=fault.name)
                break
            if token != row.receipt and token not in row.later_receipts:
                row.later_receipts = [*row.later_receipts, token]
                row.save(update_fields=["later_receipts"])
            last = row.seq
        unit.about(stream, sent_again=[row.seq for row in rows[:1]], upto=last)
    if not last:
        raise NoAnswer("sent again, and no receipt held")
    return last


def _lost_receipts(partner: Partner) -> bool:
    """Whether the partner holds receipts of ours for places that are empty here: then we were restored as its receiver."""
    me = settings.RAHDARI_NODE
    stream = Stream.objects.filter(sender=partner.node, receiver=me).first()
    after = stream.seq if stream else 0
    for token in _list(partner, partner.node, me, "receipts", after):
        try:
            receipt = tokens.read_receipt(token)
            key = keyring.own_key(receipt.jws.kid)
            if key is None or key.public.role != "gateway":
                continue
            jws.check(receipt.jws, key.public)
        except Fault:
            continue
        if (receipt.sender, receipt.receiver) == (partner.node, me) and receipt.seq > after:
            return True
    return False


def _mend_theirs(partner: Partner, there: Head) -> None:
    """The partner's stream: fetch and store what it has sent and we do not hold (we were restored, or nothing came yet)."""
    me = settings.RAHDARI_NODE
    seq, hash_ = there
    while True:
        stream = Stream.objects.filter(sender=partner.node, receiver=me).first()
        after = stream.seq if stream else 0
        if after >= seq or (stream is not None and stream.state == "stopped"):
            break
        brought = _list(partner, partner.node, me, "envelopes", after)
        actor = machine(me, "timetable")
        answer = store_envelopes(actor=actor, partner=partner, brought=brought, at=now())
        if not answer.receipts:
            break  # what is wrong will be said again when the partner posts it
    if stream is not None and seq and _hash_at(stream, seq) not in (None, hash_):
        with unit_of_work("exchange.repair", actor=machine(me, "timetable"), at=now()) as unit:
            ring(unit, "diverged", partner.node, f"{partner.node} {seq}")
            unit.about(stream, diverged_at=seq)
