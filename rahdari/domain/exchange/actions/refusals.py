"""What a partner's problem tells the courier: resend, replace, compare, or stop."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.conf import settings

from rahdari.base.actor import machine
from rahdari.base.clock import now
from rahdari.base.work import Unit, unit_of_work
from rahdari.seals import jws, tokens
from rahdari.seals.faults import Fault

from ..models import Envelope, Fork, Partner, Stream, Told
from ..outside import keyring
from ..outside.calling import NoAnswer
from ..queries.partners import key_with, known_keys
from ..rules.keys import counts
from .alarms import ring
from .enveloping import envelope_for
from .signing import sealing_key
from .speaking import ring_clock
from .streams import lock_stream

PREFIX = "/exchange/problems/"
SIGNED_AGAIN = dt.timedelta(hours=1)  # between two replacements of one place, after the first


class GoBack(Exception):
    """The partner holds less, or something else, than we thought: compare both heads, then resend from where they differ."""


def hear_problem(partner: Partner, batch: Sequence[Envelope], problem: dict[str, Any]) -> None:
    """Does what the problem asks; raises `NoAnswer` when only time can help."""
    name = str(problem.get("type", "")).removeprefix(PREFIX)
    if isinstance(problem.get("refusal"), str):
        _refused(partner, batch, problem["refusal"])
    elif name == "fork":
        _fork(partner, problem)
    elif name in ("gap", "chain"):
        raise GoBack(name)
    else:
        if name == "time":
            ring_clock(partner, now())
        raise NoAnswer(f"{name}: {str(problem.get('detail', ''))[:200]}")


def _refused(partner: Partner, batch: Sequence[Envelope], token: str) -> None:
    """A final refusal that holds: the envelope and what was signed behind it are void and get new ones in their places."""
    try:
        refusal = tokens.read_refusal(token)
        key = key_with(known_keys(partner.node), refusal.jws.kid, "gateway", partner.node)
        if key is None or not counts(key, refusal.refused_at):
            raise Fault("key_unknown", "The refusal is signed with no gateway key of the partner that counts.")
        jws.check(refusal.jws, key.public)
    except Fault as fault:
        raise NoAnswer(f"a refusal that does not hold: {fault.name}") from None
    me, at = settings.RAHDARI_NODE, now()
    _wait_if_refused_before(partner, refusal, at)
    with unit_of_work("exchange.sign_envelopes", actor=machine(me, "timetable"), at=at) as unit:
        stream = lock_stream(unit, me, partner.node)
        held = Envelope.objects.filter(sender=me, receiver=partner.node, hash=refusal.envelope, void=False, receipt="").first()
        if held is None or (held.seq, me, partner.node) != (refusal.seq, refusal.sender, refusal.receiver):
            raise NoAnswer("a refusal of an envelope that is not under way")
        Envelope.objects.filter(pk=held.pk).update(refusal=token)
        replace_from(unit, stream, partner, held.seq, newest=refusal.name in ("key_out_of_validity", "key_unknown"))
        ring(unit, "refused", partner.node, f"{held.seq} {refusal.name}", refusal=token)
        unit.about(stream, replaced_from=held.seq, upto=stream.seq, refusal=refusal.name)


def _wait_if_refused_before(partner: Partner, refusal: tokens.Refusal, at: dt.datetime) -> None:
    """A place whose replacement is refused too rings, and gets another one an hour later: a fault meets no flood."""
    here = Envelope.objects.filter(sender=settings.RAHDARI_NODE, receiver=partner.node, seq=refusal.seq)
    held = here.filter(hash=refusal.envelope, void=False).first()
    if held is None or held.sent_at <= at - SIGNED_AGAIN or not here.filter(void=True).exclude(refusal="").exists():
        return
    with unit_of_work("exchange.tend", actor=machine(settings.RAHDARI_NODE, "timetable"), at=at) as unit:
        alarm = ring(unit, "refused_again", partner.node, f"{held.seq}", name=refusal.name)
        unit.about(alarm, refused_again=held.seq)
    raise NoAnswer(f"{refusal.name} again: this place gets another envelope an hour after the last one")


def replace_from(
    unit: Unit, stream: Stream, partner: Partner, seq: int, *, newest: bool = False, told: Sequence[Told] | None = None
) -> None:
    """Signs new envelopes from place `seq` on, in order, around the same statement tokens; what stood there is void.

    `told` are the statements to place; unsaid, those that stood in these places. A recalled one has no token and gets none.
    """
    rows = Envelope.objects.filter(sender=stream.sender, receiver=stream.receiver, void=False)
    gone = list(rows.filter(seq__gte=seq).select_related("told").order_by("seq"))
    before = rows.filter(seq=seq - 1).first()
    rows.filter(pk__in=[row.pk for row in gone]).update(void=True)
    stream.seq, stream.head = seq - 1, before.hash if before else tokens.seed(stream.sender, stream.receiver)
    seal = sealing_key(partner, unit.at)
    for one in [row.told for row in gone if row.told] if told is None else told:
        if not one.token:
            continue
        made = envelope_for(stream, partner, one, stream.seq + 1, stream.head, seal, unit.at, newest=newest)
        made.save(force_insert=True)
        stream.seq, stream.head = made.seq, made.hash
        one.seq, one.envelope_hash = made.seq, made.hash
        one.save(update_fields=["seq", "envelope_hash"])
    unit.save(stream)


def _fork(partner: Partner, problem: dict[str, Any]) -> None:
    """Two tokens of ours for one place: stop when both really are ours, else ring and try again."""
    me, at = settings.RAHDARI_NODE, now()
    other = problem.get("stored")
    proven = isinstance(other, str) and _is_ours(other, partner)
    with unit_of_work("exchange.settle_fork", actor=machine(me, "timetable"), at=at) as unit:
        stream = lock_stream(unit, me, partner.node)
        read = tokens.read_envelope(str(other)) if proven else None
        held = (
            Envelope.objects.filter(sender=me, receiver=partner.node, seq=read.seq, void=False).first()
            if read is not None
            else None
        )
        if read is not None and held is not None and held.hash != read.hash and stream.state == "running":
            stream.state = "stopped"
            unit.save(stream)
            unit.add(
                Fork(sender=me, receiver=partner.node, seq=held.seq, held=held.token or held.stub, other=str(other), found_at=at)
            )
            ring(unit, "fork", partner.node, f"{me} {partner.node} {held.seq}")
        else:
            ring(unit, "fork_unproven", partner.node, f"{problem.get('seq', '')}")
        unit.about(stream, fork=proven)
    if not proven:
        raise NoAnswer("a fork that is not proven")


def _is_ours(token: str, partner: Partner) -> bool:
    """Whether a token is an envelope of ours to this partner, signed with a gateway key of ours."""
    try:
        read = tokens.read_envelope(token)
        key = keyring.own_key(read.jws.kid)
        if key is None or key.public.role != "gateway":
            return False
        jws.check(read.jws, key.public)
    except Fault:
        return False
    return (read.sender, read.receiver) == (settings.RAHDARI_NODE, partner.node)
