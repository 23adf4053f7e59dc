"""Hearing what became of our statements, many at once: half of all that travels are outcomes."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.db.models import Q

from rahdari.base.actor import Actor
from rahdari.base.refusal import Refusal, Refused
from rahdari.base.statements import Statement
from rahdari.base.work import Unit, unit_of_work
from rahdari.seals.tokens import read_statement

from ..access import PERMITS
from ..models import Envelope, Told
from ..rules.statements import KEY_ROLLED
from .alarms import ring
from .keys import note_followed

END = """
    update exchange_told as t set state = v.state, reasons = v.reasons::jsonb, ended_at = %s
    from unnest(%s::bigint[], %s::text[], %s::text[]) as v(id, state, reasons) where t.id = v.id
"""


def hear_outcome(*, actor: Actor, statement: Statement, at: datetime) -> None:
    """One outcome; refuses `outcome_of_nothing` when no envelope of ours bears its hash."""
    with unit_of_work("exchange.hear_outcome", actor=actor, at=at) as unit:
        unit.permit(PERMITS["hear_outcome"])
        found = hear_outcomes(unit, [statement])
        if statement.id not in found:
            raise Refused([Refusal("outcome_of_nothing")])
        unit.about(found[statement.id], outcome=statement.data["outcome"])


def hear_outcomes(unit: Unit, statements: Sequence[Statement]) -> dict[UUID, Told]:
    """Marks our statements as taken up or refused, inside the unit given; the first outcome counts, a later one only confirms it.

    Returns our statement for each outcome that was of one.
    """
    wanted = Q()
    for one in statements:
        wanted |= Q(hash=one.data["envelope"], envelope_id=one.data["of"], receiver=one.sender)
    rows = Envelope.objects.filter(wanted, sender=settings.RAHDARI_NODE).exclude(told=None) if statements else []
    places = {(row.hash, str(row.envelope_id)): row.told_id or 0 for row in rows}
    ours = {told.pk: told for told in Told.objects.select_for_update().filter(pk__in=list(places.values())).order_by("pk")}
    found: dict[UUID, Told] = {}
    ended = []
    for one in statements:
        told = ours.get(places.get((one.data["envelope"], one.data["of"]), 0))
        if told is None or (told.hash and one.data["statement"] not in (None, told.hash)):
            continue  # one adopted after a restore has no hash here: the envelope's says enough
        found[one.id] = told
        if told.state in ("signed", "delivered"):
            told.state, told.reasons = one.data["outcome"], one.data["reasons"]
            ended.append(told)
    write_ends(ended, unit.at)
    for told in ended:
        _follow(unit, told)
    return found


def write_ends(ended: Sequence[Told], at: datetime) -> None:
    """Writes what became of statements, their state and reasons, with one order."""
    if ended:
        reasons = [json.dumps(told.reasons) for told in ended]
        with connection.cursor() as cursor:
            cursor.execute(END, [at, [told.pk for told in ended], [told.state for told in ended], reasons])


def _follow(unit: Unit, told: Told) -> None:
    """A refusal rings; keys that were followed are the ones we sign with from now on."""
    if told.state == "refused":
        ring(unit, "statement_refused", told.receiver, str(told.statement), type=told.type)
    elif told.type == KEY_ROLLED and told.token:
        note_followed(unit, told.receiver, read_statement(told.token).data["keys_token"])
