"""Files that travel beside statements: sealed, named in the statement by hash, put before it is posted."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.db.models import Sum

from rahdari.base.actor import Actor, machine
from rahdari.base.clock import now
from rahdari.base.files import hold, place_of
from rahdari.base.work import Unit, unit_of_work
from rahdari.seals import jwe
from rahdari.seals.faults import Fault

from ..access import PERMITS
from ..models import Blob, Envelope, Partner, Told
from ..outside import blob_files, keyring
from ..outside.calling import NoAnswer
from ..rules.limits import BLOBS_AT_MOST, BLOBS_WAITED_FOR, UNNAMED_BLOBS_KEPT
from ..rules.statements import Cause
from .signing import sealing_key
from .speaking import said, speak

PUT = "/exchange/v1/blobs/"
RETRY_BLOBS = timedelta(minutes=1)
FILE = {"name", "media_type", "size", "sha256"}  # the members by which a package names a file


class Awaited(Exception):
    """A file that the statement names has not come yet; it is waited for until a moment."""

    def __init__(self, until: datetime, missing: Sequence[str]) -> None:
        self.until, self.missing = until, tuple(missing)
        super().__init__(until.isoformat())


class NoRoom(Exception):
    """The partner has sent more files that no statement names than are kept."""


def seal_blob(unit: Unit, *, partner: Partner, name: str, media_type: str, content: bytes) -> dict[str, Any]:
    """Seals a file for a partner inside the unit of the act that says it; returns the member that names it in the statement."""
    token = jwe.seal(
        content, to=sealing_key(partner, unit.at), sender=settings.RAHDARI_NODE, receiver=partner.node, cty=media_type
    ).encode()
    sealed = hashlib.sha256(token).hexdigest()
    blob_files.keep(sealed, token)
    unit.add(Blob(sealed=sealed, sender=settings.RAHDARI_NODE, receiver=partner.node, size=len(token), named=True, at=unit.at))
    plain = hashlib.sha256(content).hexdigest()
    return {"name": name, "media_type": media_type, "size": len(content), "sha256": plain, "sealed": sealed}


def with_sealed_files(unit: Unit, partner: Partner, value: Any) -> Any:
    """The same data in which each file that a package named (name, media_type, size, sha256) is sealed for the partner.

    A package names a file when it is handed in, perhaps before any partner is paired; it is sealed when its statement is
    signed. One whose bytes are gone stays unsealed: the partner refuses that statement, and no other waits for it.
    """
    if isinstance(value, Mapping):
        if value.keys() >= FILE and "sealed" not in value:
            there = place_of(value["sha256"])
            if there.is_file():
                told = {"name": value["name"], "media_type": value["media_type"]}
                return seal_blob(unit, partner=partner, content=there.read_bytes(), **told)
        return {name: with_sealed_files(unit, partner, one) for name, one in value.items()}
    return [with_sealed_files(unit, partner, one) for one in value] if isinstance(value, list) else value


def send_blobs(partner: Partner, batch: Sequence[Envelope]) -> None:
    """Puts every file of ours that the partner does not have yet, before the statements that name them are posted."""
    me = settings.RAHDARI_NODE
    for blob in Blob.objects.filter(sender=me, receiver=partner.node, told_partner=False, here=True).order_by("at"):
        content = blob_files.read(blob.sealed)
        if content is None:
            continue
        reply = speak(partner, "PUT", PUT + quote(blob.sealed), content, "application/jose")
        if reply.status not in (200, 201):
            raise NoAnswer(said(reply))
        with unit_of_work("exchange.sign_envelopes", actor=machine(me, "timetable"), at=now()) as unit:
            held = unit.lock(Blob, blob.pk)
            held.told_partner = True
            unit.save(held)
            unit.about(held, put=blob.sealed)


def keep_blob(*, actor: Actor, partner: Partner, sealed: str, content: bytes, at: datetime) -> bool:
    """Keeps a sealed file that a partner put; True when it is new. Refuses `NoRoom` beyond the quota."""
    me = settings.RAHDARI_NODE
    held = Blob.objects.filter(sender=partner.node, receiver=me, sealed=sealed).first()
    if held is not None and held.here:
        return False
    unnamed = Blob.objects.filter(sender=partner.node, receiver=me, named=False).aggregate(Sum("size"))["size__sum"] or 0
    if held is None and unnamed + len(content) > BLOBS_AT_MOST:
        raise NoRoom
    blob_files.keep(sealed, content)
    with unit_of_work("exchange.keep_blob", actor=actor, at=at) as unit:
        unit.permit(PERMITS["keep_blob"])
        unit.alone(f"exchange.blob {partner.node} {sealed}")
        held = Blob.objects.select_for_update().filter(sender=partner.node, receiver=me, sealed=sealed).first()
        if held is None:
            held = unit.add(Blob(sealed=sealed, sender=partner.node, receiver=me, size=len(content), at=at))
        else:
            held.here, held.size = True, len(content)
            unit.save(held)
        unit.about(held, sealed=sealed, size=len(content))
        # What waited for it is looked at again at once.
        Told.objects.filter(sender=partner.node, state="waiting", missing_blobs=True).update(next_try_at=None)
    return True


def why_not_blobs(told: Told, named: Sequence[Mapping[str, Any]], at: datetime) -> list[Cause]:
    """Whether the files that a statement names are here and are what it says; raises `Awaited` while they may still come."""
    if not named:
        return []
    if any("sealed" not in one for one in named):
        return [Cause("blob_missing", "/blobs", "A file it names was not sealed.")]
    rows = Blob.objects.filter(sender=told.sender, receiver=told.receiver, sealed__in=[one["sealed"] for one in named])
    here = {row.sealed for row in rows if row.here}
    missing = [one["sealed"] for one in named if one["sealed"] not in here]
    if missing and at < told.at + BLOBS_WAITED_FOR:
        raise Awaited(min(told.at + BLOBS_WAITED_FOR, at + RETRY_BLOBS), missing)
    rows.update(named=True)
    for number, one in enumerate(named):
        content = blob_files.read(one["sealed"]) if one["sealed"] in here else None
        if content is None:
            return [Cause("blob_missing", f"/blobs/{number}", "A file it names did not come within seven days.")]
        plain = open_blob(content, told.sender, one["media_type"])
        if plain is None or len(plain) != one["size"] or hashlib.sha256(plain).hexdigest() != one["sha256"]:
            return [Cause("blob_mismatch", f"/blobs/{number}", "A file is not what the statement says of it.")]
    return []


def hold_files(told: Told, named: Sequence[Mapping[str, Any]]) -> None:
    """Keeps what the files of a statement hold under their hash, where the packages find them; asked once it was taken up."""
    for one in named:
        content = blob_files.read(one["sealed"])
        plain = open_blob(content, told.sender, one["media_type"]) if content is not None else None
        if plain is not None:
            hold(plain)


def note_missing(unit: Unit, told: Told, missing: Sequence[str]) -> None:
    """Notes which files a stored statement waits for, so that the partner can ask and the place is kept for them."""
    for sealed in missing:
        row = Blob.objects.filter(sender=told.sender, receiver=told.receiver, sealed=sealed).first()
        if row is None:
            unit.add(Blob(sealed=sealed, sender=told.sender, receiver=told.receiver, size=0, named=True, here=False, at=unit.at))


def open_blob(content: bytes, sender: str, media_type: str) -> bytes | None:
    """What a sealed file holds; None when it cannot be opened."""
    try:
        token = content.decode("ascii")
        key = keyring.private_key(jwe.peek(token, media_type))
        if key is None:
            return None
        return jwe.open_seal(token, key, sender=sender, receiver=settings.RAHDARI_NODE, cty=media_type)
    except (Fault, UnicodeDecodeError):
        return None


def clear_unnamed(unit: Unit) -> int:
    """Removes files that no stored statement named within 24 hours."""
    old = Blob.objects.filter(receiver=settings.RAHDARI_NODE, named=False, here=True, at__lt=unit.at - UNNAMED_BLOBS_KEPT)
    gone = list(old.values_list("sealed", flat=True))
    old.delete()
    for sealed in gone:
        blob_files.remove(sealed)
    return len(gone)
