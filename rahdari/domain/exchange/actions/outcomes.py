"""Hearing what became of our statements."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings

from rahdari.base.actor import Actor
from rahdari.base.refusal import Refusal, Refused
from rahdari.base.statements import Statement
from rahdari.base.work import unit_of_work
from rahdari.seals.tokens import read_statement

from ..access import PERMITS
from ..models import Envelope, Told
from ..rules.statements import KEY_ROLLED
from .alarms import ring
from .keys import note_followed


def hear_outcome(*, actor: Actor, statement: Statement, at: datetime) -> None:
    """Marks our statement as taken up or refused; the first outcome counts, a repeated one only confirms it.

    Refuses `outcome_of_nothing` when no envelope of ours bears the hash.
    """
    data = statement.data
    with unit_of_work("exchange.hear_outcome", actor=actor, at=at) as unit:
        unit.permit(PERMITS["hear_outcome"])
        envelope = Envelope.objects.filter(
            sender=settings.RAHDARI_NODE, receiver=statement.sender, hash=data["envelope"], envelope_id=data["of"]
        ).first()
        if envelope is None or envelope.told_id is None:
            raise Refused([Refusal("outcome_of_nothing")])
        told = Told.objects.select_for_update().get(pk=envelope.told_id)
        if told.state in ("signed", "delivered"):
            told.state, told.reasons, told.ended_at = data["outcome"], data["reasons"], at
            told.save(update_fields=["state", "reasons", "ended_at"])
            if told.state == "refused":
                ring(unit, "statement_refused", statement.sender, str(told.statement), type=told.type)
            elif told.type == KEY_ROLLED:
                note_followed(unit, statement.sender, read_statement(told.token).data["keys_token"])
        unit.about(told, outcome=data["outcome"], seq=envelope.seq)
