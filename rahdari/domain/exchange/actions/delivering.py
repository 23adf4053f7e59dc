"""The courier: what was approved is signed into the stream, posted in batches, and delivered when its receipt holds."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import connection

from rahdari.base.actor import machine
from rahdari.base.clock import now
from rahdari.base.work import unit_of_work

from ..models import Envelope, Link, Partner, Stream
from ..outside.calling import NoAnswer, json_body
from ..queries.partners import is_ready_for, link_of, partner_of
from ..rules.limits import is_due, wait_before, was_heard_just_now
from .alarms import ring
from .blobs import send_blobs
from .enveloping import sign_waiting
from .receipts import hear_receipts
from .refusals import GoBack, hear_problem
from .repairing import ask_heads
from .speaking import said, speak

POST = "/exchange/v1/envelopes"
ROOM = 1024  # bytes left in a body for its frame
MOST_COMPARED = 2  # times in one call
RINGS_AFTER = 8  # tries without an answer


def deliver(node: str) -> int:
    """Signs and sends what waits for a partner, until nothing does or it is out of reach; returns how many were delivered.

    One courier a stream: a second one returns at once. Nothing is lost by whatever goes wrong here; the next call tries again.
    """
    partner = partner_of(node)
    if partner is None or partner.state != "paired":
        return 0
    link = link_of(partner)
    if not is_due(link.next_try_at, now()):
        return 0
    with only_courier(node) as alone:
        if not alone:
            return 0
        try:
            # Nothing is signed at a time that the partner may not accept: one not heard of late is asked first.
            if not is_ready_for(partner) or not was_heard_just_now(link.seen_at, now()):
                ask_heads(partner)
            return _all(partner)
        except NoAnswer as silence:
            _wait(partner, str(silence))
    return 0


def _all(partner: Partner) -> int:
    done = compared = 0
    while True:
        sign_waiting(partner)
        batch = undelivered(partner)
        if not batch:
            return done
        send_blobs(partner, batch)
        try:
            done += _post(partner, batch)
        except GoBack as why:
            if compared > MOST_COMPARED:
                raise NoAnswer(f"{why}, again after both heads were compared") from None
            compared += 1
            ask_heads(partner)


def undelivered(partner: Partner) -> list[Envelope]:
    """The next envelopes without a receipt, as many as one body may hold."""
    me = settings.RAHDARI_NODE
    stream = Stream.objects.filter(sender=me, receiver=partner.node).first()
    if stream is None or stream.state == "stopped":
        return []
    limits = partner.limits
    rows = Envelope.objects.filter(sender=me, receiver=partner.node, void=False, seq__gt=stream.delivered)
    rows = rows.select_related("told").order_by("seq")
    batch: list[Envelope] = []
    room = limits["bytes"] - ROOM
    for row in rows[: limits["tokens"]]:
        room -= len(row.token or row.stub) + 3
        if room < 0 and batch:
            break
        batch.append(row)
    return batch


def _post(partner: Partner, batch: list[Envelope]) -> int:
    reply = speak(partner, "POST", POST, json_body({"envelopes": [row.token or row.stub for row in batch]}))
    if reply.status != 200:
        raise NoAnswer(said(reply))
    answer = reply.json()
    receipts, problem = _shape(answer)
    kept = hear_receipts(partner, batch, receipts)
    if problem is not None:
        hear_problem(partner, batch, problem)
        return kept
    if kept == 0:
        raise NoAnswer("no receipt of ours was in the answer")
    return kept


def _shape(answer: Any) -> tuple[list[str], dict[str, Any] | None]:
    if not isinstance(answer, dict) or not isinstance(answer.get("receipts"), list):
        raise NoAnswer("the answer is not in the form of the protocol")
    problem = answer.get("problem")
    if problem is not None and not isinstance(problem, dict):
        raise NoAnswer("the answer is not in the form of the protocol")
    return [one for one in answer["receipts"] if isinstance(one, str)], problem


def _wait(partner: Partner, why: str) -> None:
    """Notes the silence, says when to try again, and rings when it lasts."""
    link = Link.objects.get(partner=partner)
    pause = timedelta(seconds=wait_before(link.tries, random.random()))  # noqa: S311
    link.tries, link.tried_at, link.next_try_at, link.problem = link.tries + 1, now(), now() + pause, why[:300]
    link.save()
    if link.tries == RINGS_AFTER:
        from_here = machine(settings.RAHDARI_NODE, "timetable")
        with unit_of_work("exchange.tend", actor=from_here, at=now()) as unit:
            ring(unit, "link_down", partner.node)
            unit.about(partner, alarm="link_down")


@contextmanager
def only_courier(node: str) -> Iterator[bool]:
    """Holds the stream to a partner for this connection; False when another courier holds it."""
    name = f"exchange.courier {settings.RAHDARI_NODE} {node}"
    alone = bool(_ask("select pg_try_advisory_lock(hashtextextended(%s, 0))", name))
    try:
        yield alone
    finally:
        if alone:
            _ask("select pg_advisory_unlock(hashtextextended(%s, 0))", name)


def _ask(query: str, name: str) -> object:
    with connection.cursor() as cursor:
        cursor.execute(query, [name])
        row = cursor.fetchone()
    return row and row[0]
