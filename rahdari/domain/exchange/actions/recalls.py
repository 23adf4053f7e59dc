"""Recall: what was told is replaced by a stub in every copy, on both sides; its hash, receipt and leaf stay."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings

from rahdari.base.models import OutboxEntry
from rahdari.base.refusal import Refusal, Refused
from rahdari.base.statements import Statement
from rahdari.base.work import Unit
from rahdari.seals import jws, tokens
from rahdari.seals.faults import Fault as SealFault

from ..models import Blob, Envelope, Partner, Told
from ..outside import blob_files
from ..queries.partners import key_with, known_keys
from ..rules.keys import counts
from .signing import own_signer


def stubs_for(entry: OutboxEntry, partner: Partner, at: datetime) -> dict[str, Any]:
    """The content of `notice.recalled/1` with a stub for each envelope that carried the statement."""
    told = _ours(partner.node, entry.content["of"])
    stubs = []
    for envelope in Envelope.objects.filter(told=told, void=False).order_by("seq") if told else ():
        stub = tokens.make_stub(
            id=envelope.envelope_id,
            sender=envelope.sender,
            receiver=envelope.receiver,
            seq=envelope.seq,
            prev=envelope.prev,
            envelope=envelope.hash,
            recalled_by=entry.id,
            at=at,
            key=own_signer("gateway", partner, at),
        )
        stubs.append(
            {"id": str(envelope.envelope_id), "seq": envelope.seq, "envelope": envelope.hash, "prev": envelope.prev, "stub": stub}
        )
    return {**entry.content, "statement": told.hash if told else None, "stubs": stubs}


def destroy_our_copies(unit: Unit, recall: Told) -> None:
    """Puts the stubs in the places of our own stream; an envelope still under way is replaced by its stub."""
    read = tokens.read_statement(recall.token)
    told = _ours(recall.receiver, str(read.data["of"]))
    if told is None:
        return
    for one in read.data["stubs"]:
        Envelope.objects.filter(sender=told.sender, receiver=told.receiver, hash=one["envelope"]).update(
            token="", stub=one["stub"]
        )
    Envelope.objects.filter(told=told, void=True).update(token="")
    _forget(told, unit.at)


def _ours(partner: str, of: str) -> Told | None:
    return Told.objects.filter(sender=settings.RAHDARI_NODE, receiver=partner, statement=of, fault="").first()


def follow_recall(unit: Unit, statement: Statement) -> None:
    """Destroys what a partner recalls: envelope tokens, statement token, files; refuses stubs that do not hold.

    Called inside the unit that takes up `notice.recalled/1`; refuses `stub_wrong` and `stub_missing` and leaves all as it was.
    What was recalled before it was sent came as its stub alone: then there is nothing to destroy.
    """
    told = Told.objects.select_for_update().filter(sender=statement.sender, statement=statement.data["of"], fault="").first()
    if told is None and _came_as_stubs(statement):
        return
    if told is None or told.hash != statement.data["statement"]:
        raise Refused([Refusal("recall_unknown")])
    stubs = {one["envelope"]: one for one in statement.data["stubs"]}
    keys = known_keys(statement.sender)
    rows = Envelope.objects.filter(told=told, receiver=statement.receiver)
    rows.filter(void=True).update(token="")  # lost against another token: such a place is in no list
    places = list(rows.filter(void=False))
    for envelope in places:
        if envelope.hash not in stubs:
            raise Refused([Refusal("stub_missing", {"seq": envelope.seq})])
        _check_stub(stubs[envelope.hash], envelope, statement, keys)
    for envelope in places:
        Envelope.objects.filter(pk=envelope.pk).update(token="", stub=stubs[envelope.hash]["stub"])
    for blob in Blob.objects.filter(sender=told.sender, receiver=told.receiver, sealed__in=_blobs_of(told)):
        blob_files.remove(blob.sealed)
    _forget(told, unit.at)


def _came_as_stubs(statement: Statement) -> bool:
    """Whether every place it names holds that very stub, which was checked when it came."""
    places = {one["seq"]: one["stub"] for one in statement.data["stubs"]}
    rows = Envelope.objects.filter(sender=statement.sender, receiver=statement.receiver, void=False, seq__in=places)
    held = dict(rows.filter(told=None, envelope_id=statement.data["of"]).values_list("seq", "stub"))
    return bool(places) and held == places


def _check_stub(told: dict[str, Any], envelope: Envelope, statement: Statement, keys: list[Any]) -> None:
    try:
        stub = tokens.read_stub(told["stub"])
        key = key_with(keys, stub.jws.kid, "gateway", statement.sender)
        if key is None or not counts(key, stub.at):
            raise SealFault("key_unknown", "")
        jws.check(stub.jws, key.public)
    except SealFault:
        raise Refused([Refusal("stub_wrong", {"seq": envelope.seq})]) from None
    inside = (stub.id, stub.sender, stub.receiver, stub.seq, stub.prev, stub.envelope, stub.recalled_by)
    place = (envelope.envelope_id, envelope.sender, envelope.receiver, envelope.seq, envelope.prev, envelope.hash, statement.id)
    outside = (UUID(told["id"]), told["seq"], told["envelope"], told["prev"])
    if inside != place or outside != (stub.id, stub.seq, stub.envelope, stub.prev):
        raise Refused([Refusal("stub_wrong", {"seq": envelope.seq})])


def _blobs_of(told: Told) -> list[str]:
    """Hashes of the sealed files that a statement names, wherever in its data."""
    found: list[str] = []
    if told.token:
        _collect(tokens.read_statement(told.token).data, found)
    return found


def _collect(value: Any, found: list[str]) -> None:
    if isinstance(value, dict):
        if isinstance(value.get("sealed"), str) and "sha256" in value:
            found.append(value["sealed"])
        value = list(value.values())
    if isinstance(value, list):
        for one in value:
            _collect(one, found)


def _forget(told: Told, at: datetime) -> None:
    told.token, told.state, told.ended_at, told.reasons, told.detail = "", "recalled", at, [], ""
    told.save(update_fields=["token", "state", "ended_at", "reasons", "detail"])
