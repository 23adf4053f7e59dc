"""Being the witness of a partner: its heads are cosigned while each grows out of the one before (C2SP tlog-witness)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from rahdari.base.actor import Actor
from rahdari.base.work import unit_of_work
from rahdari.seals import merkle, notes
from rahdari.seals.faults import Fault
from rahdari.seals.keys import PublicKey

from ..access import PERMITS
from ..models import Partner, PartnerKey, Witnessed
from ..queries.journals import current_journal
from .alarms import ring
from .checkpoints import SIZE
from .signing import own_signer

PLAIN = "text/plain; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Said:
    """The answer of a witness."""

    status: int
    text: str = ""
    kind: str = PLAIN


def cosign_checkpoint(*, actor: Actor, raw: bytes, at: datetime) -> Said:
    """Checks and stores a partner's head in one step and cosigns it.

    404 an origin we do not know, 403 no signature of its journal's key or a closed origin, 400 no such request, 409 another
    old size (with ours) or another root for the same size (which rings), 422 a proof that does not hold.
    """
    try:
        old, proof, note = notes.read_add_checkpoint(raw.decode("utf-8"))
    except (Fault, UnicodeDecodeError):
        return Said(400, "This is no add-checkpoint request.\n")
    point = note.checkpoint
    if old > point.size:
        return Said(400, "The old size is larger than the new one.\n")
    with unit_of_work("exchange.cosign", actor=actor, at=at) as unit:
        unit.permit(PERMITS["cosign"])
        held = Witnessed.objects.select_for_update().filter(origin=point.origin).first()
        if held is None:
            raise _Ends(Said(404, "No such origin is witnessed here.\n"))
        if held.closed_at is not None or not _signed(note, held):
            raise _Ends(Said(403, "Not signed by the journal key of this origin, or the origin is closed.\n"))
        if old != held.size:
            raise _Ends(Said(409, f"{held.size}\n", SIZE))
        if held.size == point.size and held.size and bytes(held.root or b"") != point.root:
            ring(unit, "witness_root", held.node, f"{point.origin} {point.size}"[:120])
            unit.about(held, other_root_at=point.size)
            return Said(409, "Another root was cosigned for this size.\n")
        if not _grows(held, point, proof):
            raise _Ends(Said(422, "The proof does not show that this head grew out of the one before.\n"))
        own = current_journal()
        assert own is not None
        line = notes.cosign(note, own.origin, own_signer("journal", Partner.objects.get(node=held.node), at), at)
        held.size, held.root, held.at, held.note = point.size, point.root, at, str(note) + line
        unit.save(held)
        unit.about(held, size=point.size)
    return Said(200, line)


class _Ends(Exception):
    """The answer of a request that leaves nothing behind."""

    def __init__(self, said: Said) -> None:
        self.said = said
        super().__init__(said.text)


def witness(*, actor: Actor, raw: bytes, at: datetime) -> Said:
    """`cosign_checkpoint`, with its refusals as answers."""
    try:
        return cosign_checkpoint(actor=actor, raw=raw, at=at)
    except _Ends as ends:
        return ends.said


def _signed(note: notes.Note, held: Witnessed) -> bool:
    keys = PartnerKey.objects.filter(partner__node=held.node, role="journal", compromised=False).exclude(partner__state="removed")
    return any(
        notes.verify_log(note, PublicKey(key.role, key.kid, key.nbf, key.exp, bytes(key.raw)), held.origin) for key in keys
    )


def _grows(held: Witnessed, point: notes.Checkpoint, proof: list[bytes]) -> bool:
    if held.size == 0:
        return not proof
    return merkle.verify_consistency(held.size, point.size, bytes(held.root or b""), point.root, proof)
