"""After a fork: an operator says which of the two tokens stays; the stream goes on behind it."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings

from rahdari.base.actor import Actor
from rahdari.base.refusal import Refusal, Refused
from rahdari.base.work import Unit, unit_of_work
from rahdari.seals import tokens
from rahdari.seals.forms import digest

from ..access import PERMITS
from ..models import Envelope, Fork, Link, Partner, Stream
from ..queries.partners import boot, known_keys, partner_of
from .alarms import quiet
from .judging import Judged, judge, open_inside
from .placing import Shelf
from .refusals import replace_from
from .streams import lock_stream


def resume(*, actor: Actor, sender: str, keep: str, at: datetime) -> Stream:
    """The stream of this sender goes on after the kept token; the other one is void.

    Refuses `no_such_fork`. On the receiving side a kept token that was not the stored one takes its place and gets a second
    leaf; on the sending side what was signed behind a lost token gets new places.
    """
    me = settings.RAHDARI_NODE
    with unit_of_work("exchange.settle_fork", actor=actor, at=at) as unit:
        unit.permit(PERMITS["settle_fork"])
        fork = _fork(sender, keep, me)
        stream = lock_stream(unit, fork.sender, fork.receiver)
        held = Envelope.objects.filter(sender=fork.sender, receiver=fork.receiver, seq=fork.seq, void=False).get()
        partner = partner_of(fork.receiver if fork.sender == me else fork.sender)
        if partner is None:
            raise Refused([Refusal("no_such_fork")])
        if held.hash != keep:
            _exchange(unit, stream, partner, fork, keep)
        stream.state = "running"
        unit.save(stream)
        fork.kept, fork.settled_at = keep, at
        unit.save(fork)
        quiet(unit, "fork", partner.node, f"{fork.sender} {fork.receiver} {fork.seq}")
        unit.about(stream, fork_at=fork.seq, kept=keep)
    Link.objects.filter(partner=partner).update(next_try_at=None)
    return stream


def _fork(sender: str, keep: str, me: str) -> Fork:
    fork: Fork
    for fork in Fork.objects.select_for_update().filter(sender=sender, settled_at=None).order_by("found_at"):
        if me in (fork.sender, fork.receiver) and keep in (digest(fork.held), digest(fork.other)):
            return fork
    raise Refused([Refusal("no_such_fork")])


def _exchange(unit: Unit, stream: Stream, partner: Partner, fork: Fork, keep: str) -> None:
    """Puts the other token into the place; what stood there and behind it is void."""
    token = fork.other if digest(fork.other) == keep else fork.held
    behind = Envelope.objects.filter(sender=fork.sender, receiver=fork.receiver, seq__gte=fork.seq, void=False)
    if fork.sender == settings.RAHDARI_NODE:
        _keep_ours(unit, stream, partner, fork, token)
        return
    behind.update(void=True)
    keys = known_keys()
    one: Judged = judge(token, me=fork.receiver, caller=fork.sender, keys=keys, at=unit.at)
    if one.name or one.envelope is None:
        raise Refused([Refusal("no_such_fork")])
    one.inside = open_inside(one, me=fork.receiver, keys=keys, at=unit.at)
    before = Envelope.objects.filter(sender=fork.sender, receiver=fork.receiver, seq=fork.seq - 1, void=False).first()
    stream.seq, stream.head = fork.seq - 1, before.hash if before else tokens.seed(fork.sender, fork.receiver)
    shelf = Shelf(unit, stream, partner, [one])
    shelf.add(one)
    shelf.finish()


def _keep_ours(unit: Unit, stream: Stream, partner: Partner, fork: Fork, token: str) -> None:
    """Our own stream: the token the partner stored stays in its place, our statements behind it get new places."""
    read = tokens.read_envelope(token)
    rows = Envelope.objects.filter(sender=fork.sender, receiver=fork.receiver, seq__gte=fork.seq, void=False)
    losers = [row.told for row in rows.select_related("told").order_by("seq") if row.told and row.envelope_id != read.id]
    rows.update(void=True)
    same = Envelope.objects.filter(envelope_id=read.id, sender=fork.sender).select_related("told").first()
    Envelope(
        sender=read.sender, receiver=read.receiver, seq=read.seq, envelope_id=read.id, prev=read.prev, hash=digest(token),
        token=token, sent_at=read.sent_at, told=same.told if same else None,
    ).save(force_insert=True)  # fmt: skip
    stream.seq, stream.head = read.seq, digest(token)
    stream.delivered = min(stream.delivered, read.seq - 1)
    unit.save(stream)
    replace_from(unit, stream, partner, read.seq + 1, told=losers)


def not_restored(*, actor: Actor, node: str, at: datetime) -> None:
    """The word of an operator, with no link, that this node was not restored: it may sign for this partner again."""
    with unit_of_work("exchange.repair", actor=actor, at=at) as unit:
        unit.permit(PERMITS["repair"])
        partner = partner_of(node)
        if partner is None:
            raise Refused([Refusal("partner_unknown")])
        unit.about(partner, not_restored=True)
    Link.objects.filter(partner=partner).update(asked_boot=boot())
