"""Heads of our journal, signed; and what the partner's witness says to them."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings

from rahdari.base.actor import Actor, machine
from rahdari.base.clock import now
from rahdari.base.work import unit_of_work
from rahdari.seals import merkle, notes
from rahdari.seals.faults import Fault
from rahdari.seals.keys import PublicKey

from ..access import PERMITS
from ..models import Checkpoint, Journal, Link, Partner, PartnerKey
from ..outside.calling import NoAnswer, Reply
from ..queries.journals import current_journal
from ..queries.partners import link_of, partners
from ..queries.trees import fetch, root_at
from ..rules.limits import CHECKPOINT_EVERY
from .alarms import quiet, ring
from .signing import own_signer
from .speaking import said, speak

ADD = "/exchange/v1/witness/add-checkpoint"
SIZE = "text/x.tlog.size"


def make_checkpoint(*, actor: Actor, at: datetime) -> Checkpoint | None:
    """Signs the head of the journal, once for each size; None while it is empty or its new origin is not announced yet."""
    journal = current_journal()
    if journal is None or journal.size == 0 or not journal.announced:
        return None
    held = _held(journal)
    if held is not None:
        return held
    with unit_of_work("exchange.checkpoint", actor=actor, at=at) as unit:
        unit.permit(PERMITS["checkpoint"])
        locked = unit.lock(Journal, journal.pk)
        held = _held(locked)  # another one may have signed it while this one waited
        if held is None:
            root = root_at(locked, locked.size)
            note = _signed(notes.Checkpoint(locked.origin, locked.size, root), at)
            held = unit.add(Checkpoint(journal=locked, size=locked.size, root=root, note=note, at=at))
        unit.about(held, size=locked.size)
    return held


def _held(journal: Journal) -> Checkpoint | None:
    held: Checkpoint | None = Checkpoint.objects.filter(journal=journal, size=journal.size).first()
    return held


def _signed(point: notes.Checkpoint, at: datetime) -> str:
    """The head signed by every journal key that some partner goes by: after a roll not all know the new one yet."""
    keys = {
        key.public.kid: key for key in (own_signer("journal", None, at), *(own_signer("journal", one, at) for one in partners()))
    }
    first, *others = (notes.read_note(notes.make_note(point, key)) for key in keys.values())
    return str(notes.with_lines(first, [line for note in others for line in note.signatures]))


def ask_witness(partner: Partner) -> bool:
    """Asks a partner to cosign the head of our journal, when there are new leaves or every five minutes; True when it did.

    A refusal (403, 409 with another root, 422) rings and holds back notices until an operator releases them; silence does not.
    """
    at, link = now(), link_of(partner)
    journal = current_journal()
    if journal is None or journal.size == 0:
        return False
    same = link.cosigned_origin == journal.origin and link.cosigned_size == journal.size
    if same and link.cosigned_at and at - link.cosigned_at < CHECKPOINT_EVERY:
        return False
    made = make_checkpoint(actor=machine(settings.RAHDARI_NODE, "timetable"), at=at)
    if made is None:
        return False
    old = link.cosigned_size if link.cosigned_origin == journal.origin else 0
    return _ask(partner, journal, made, min(old, made.size), again=True)


def _ask(partner: Partner, journal: Journal, made: Checkpoint, old: int, *, again: bool) -> bool:
    proof = merkle.consistency_proof(old, made.size, lambda asked: fetch(journal, asked)) if 0 < old < made.size else []
    reply = speak(partner, "POST", ADD, notes.make_add_checkpoint(old, proof, made.note).encode(), "text/plain")
    if reply.status == 200:
        return _cosigned(partner, journal, made, reply)
    if reply.status == 409 and reply.headers.get("Content-Type", "").split(";")[0] == SIZE and again:
        held = reply.body.decode("ascii", "replace").strip()
        if held.isdecimal() and int(held) <= made.size:
            return _ask(partner, journal, made, int(held), again=False)
    if reply.status in (403, 409, 422):
        _refused(partner, reply)
        return False
    raise NoAnswer(said(reply))


def _cosigned(partner: Partner, journal: Journal, made: Checkpoint, reply: Reply) -> bool:
    note = notes.read_note(made.note)
    text = reply.body.decode("utf-8", "replace")
    try:
        line = notes.read_lines(text)[0]
    except (Fault, IndexError):
        raise NoAnswer("the witness answered with no cosignature") from None
    moment = None
    for key in PartnerKey.objects.filter(partner=partner, role="journal"):
        public = PublicKey(key.role, key.kid, key.nbf, key.exp, bytes(key.raw))
        moment = moment or notes.verify_cosignature(note, line, partner.journal_origin, public)
    at = now()
    if moment is None or abs(moment - at.timestamp()) > timedelta(minutes=10).total_seconds():
        with unit_of_work("exchange.checkpoint", actor=machine(settings.RAHDARI_NODE, "timetable"), at=at) as unit:
            ring(unit, "cosignature" if moment is None else "clock", partner.node)
            unit.about(made, cosigned=False)
        raise NoAnswer("the cosignature does not hold")
    with unit_of_work("exchange.checkpoint", actor=machine(settings.RAHDARI_NODE, "timetable"), at=at) as unit:
        held = unit.lock(Checkpoint, made.pk)
        held.note = str(notes.with_lines(notes.read_note(held.note), [line]))
        unit.save(held)
        quiet(unit, "witness_refused", partner.node)
        unit.about(held, cosigned_by=partner.node, size=held.size)
    Link.objects.filter(partner=partner).update(
        cosigned_size=made.size, cosigned_at=at, cosigned_origin=journal.origin, witness_refused_at=None
    )
    return True


def _refused(partner: Partner, reply: Reply) -> None:
    """Rings, and holds notices back until an operator releases them."""
    at = now()
    with unit_of_work("exchange.checkpoint", actor=machine(settings.RAHDARI_NODE, "timetable"), at=at) as unit:
        ring(unit, "witness_refused", partner.node, "", status=reply.status)
        unit.about(partner, witness_refused=reply.status)
    Link.objects.filter(partner=partner, witness_refused_at=None).update(witness_refused_at=at)
