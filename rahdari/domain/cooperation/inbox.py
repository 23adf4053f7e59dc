"""What the partner's statements cause here: a request of theirs, or what becomes of one of ours."""

from __future__ import annotations

import datetime as dt

from rahdari.base.actor import Actor
from rahdari.base.statements import Statement

from .actions import mirroring


def request_asked(*, actor: Actor, statement: Statement, at: dt.datetime) -> None:
    """`request.asked/1`: the partner asks."""
    mirroring.mirror_request(actor=actor, statement=statement, at=at)


def request_accepted(*, actor: Actor, statement: Statement, at: dt.datetime) -> None:
    """`request.accepted/1`: the partner agrees to a day."""
    mirroring.mirror_acceptance(actor=actor, statement=statement, at=at)


def request_answered(*, actor: Actor, statement: Statement, at: dt.datetime) -> None:
    """`request.answered/1`: the partner answers."""
    mirroring.mirror_answer(actor=actor, statement=statement, at=at)


def request_rated(*, actor: Actor, statement: Statement, at: dt.datetime) -> None:
    """`request.rated/1`: the partner says what our answer was worth."""
    mirroring.mirror_rating(actor=actor, statement=statement, at=at)
