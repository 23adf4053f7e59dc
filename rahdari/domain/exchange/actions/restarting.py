"""A journal that lost leaves in a restore is closed, and a new origin begins; the office key announces it."""

from __future__ import annotations

import re
from datetime import datetime

from django.conf import settings

from rahdari.base.actor import Actor, machine
from rahdari.base.clock import now
from rahdari.base.refusal import Refusal, Refused
from rahdari.base.statements import Statement
from rahdari.base.work import unit_of_work
from rahdari.seals import notes
from rahdari.seals.faults import Fault
from rahdari.seals.forms import decode, encode

from ..access import PERMITS
from ..messages import JOURNAL_RESTARTED
from ..models import Envelope, Journal, Link, Partner, Witnessed
from ..outside import keyring
from ..queries.journals import current_journal
from ..queries.partners import partners
from ..queries.trees import root_at
from .alarms import quiet, ring
from .keys import issue, keys_token, open_office, say_by_office
from .speaking import speak

LAST = "/exchange/v1/witness/checkpoint?origin="
NUMBERED = re.compile(r"^(?P<base>.*?)(?:/(?P<number>[1-9][0-9]*))?$")


def check_prefix(partner: Partner, *, lost: bool) -> None:
    """Compares our journal with the last head of it that a partner cosigned; rings when leaves were lost in a restore.

    `lost` says that the partner holds receipts of ours that we do not: then leaves were lost although the head may be a prefix.
    """
    journal = current_journal()
    if journal is None or not journal.announced:
        return
    point = _cosigned(partner, journal)
    if point is None:
        if lost:
            note_lost_leaves(partner, journal, 0, encode(root_at(journal, 0)))
    elif lost or point.size > journal.size or root_at(journal, point.size) != point.root:
        note_lost_leaves(partner, journal, point.size, encode(point.root))


def _cosigned(partner: Partner, journal: Journal) -> notes.Checkpoint | None:
    """The last head of ours that the partner cosigned, if it shows one that our own journal key signed."""
    reply = speak(partner, "GET", LAST + journal.origin)
    try:
        note = notes.read_note(reply.body.decode("utf-8")) if reply.status == 200 else None
    except (Fault, UnicodeDecodeError):
        note = None
    keys = [key.public for key in keyring.own_keys() if key.public.role == "journal"]
    if note is None or note.checkpoint.origin != journal.origin:
        return None
    return note.checkpoint if any(notes.verify_log(note, key, journal.origin) for key in keys) else None


def note_lost_leaves(partner: Partner, journal: Journal, size: int, root: str) -> None:
    """Checkpoints wait from now on, until the office key announces a new origin; rings."""
    with unit_of_work("exchange.tend", actor=machine(settings.RAHDARI_NODE, "timetable"), at=now()) as unit:
        held = unit.lock(Journal, journal.pk)
        if held.announced:
            held.announced = False
            held.reason = f"{size} {root}"
            unit.save(held)
        ring(unit, "journal_lost_leaves", partner.node, "", cosigned=size, held=journal.size)
        unit.about(held, cosigned=size)


def restart_journal(*, actor: Actor, reason: str, passphrase: str, at: datetime) -> Journal:
    """Closes the journal in force and begins the next origin; the office key tells every partner. Refuses `passphrase_wrong`."""
    with unit_of_work("exchange.follow_journal", actor=actor, at=at) as unit:
        unit.permit(PERMITS["follow_journal"])
        old = current_journal()
        if old is None:
            raise Refused([Refusal("journal_missing")])
        office = open_office(passphrase, at)
        size, root = _largest_known(old)
        old.closed_at, old.announced = at, True
        unit.save(old)
        fresh = unit.add(Journal(number=old.number + 1, origin=next_origin(old.origin, old.number + 1), began_at=at))
        content = {"old_origin": old.origin, "size": size, "root": root, "new_origin": fresh.origin, "reason": reason}
        for partner in partners():
            say_by_office(unit, partner, JOURNAL_RESTARTED, content, office)
            quiet(unit, "journal_lost_leaves", partner.node)
        issue(unit, keys_token(fresh.origin, office, set(), at))
        unit.about(fresh, old=old.origin, size=size)
    Link.objects.update(cosigned_size=0, cosigned_origin="", cosigned_at=None)
    return fresh


def _largest_known(old: Journal) -> tuple[int, str]:
    told = re.fullmatch(r"([0-9]+) ([A-Za-z0-9_-]{43})", old.reason)
    if told:
        return int(told[1]), told[2]
    return old.size, encode(root_at(old, old.size))


def next_origin(origin: str, number: int) -> str:
    """The origin of the next journal: the same name with its number behind it."""
    found = NUMBERED.match(origin)
    base = found["base"] if found and number > 2 else origin
    return f"{base}/{number}"


def follow_journal(*, actor: Actor, statement: Statement, at: datetime) -> None:
    """A partner began a new journal: the old origin is closed here; refused when we cosigned more of it, or another root."""
    data = statement.data
    with unit_of_work("exchange.follow_journal", actor=actor, at=at) as unit:
        unit.permit(PERMITS["follow_journal"])
        partner = Partner.objects.select_for_update().get(node=statement.sender)
        held = Witnessed.objects.select_for_update().filter(node=partner.node, origin=data["old_origin"]).first()
        if held is None or partner.journal_origin != data["old_origin"]:
            raise Refused([Refusal("journal_unknown")])
        if held.size > data["size"] or (
            held.size == data["size"] and held.size and bytes(held.root or b"") != decode(data["root"])
        ):
            raise Refused([Refusal("journal_cosigned", {"size": held.size})])
        if Witnessed.objects.filter(origin=data["new_origin"]).exists():
            raise Refused([Refusal("journal_unknown")])
        held.closed_at = at
        unit.save(held)
        unit.add(Witnessed(node=partner.node, origin=data["new_origin"]))
        partner.journal_origin = data["new_origin"]
        unit.save(partner)
        # Receipts of the old journal can no longer be proven by a head of the new one.
        Envelope.objects.filter(receiver=partner.node, checked=False, journaled=True).update(checked=True)
        unit.about(partner, old=data["old_origin"], new=data["new_origin"])
