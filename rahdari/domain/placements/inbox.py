"""What the partner's statements cause in this package: one function a type, for `journey.stage` one a step."""

from __future__ import annotations

import datetime as dt

from rahdari.base.actor import Actor
from rahdari.base.statements import Statement

from . import actions


def placement_nominated(*, actor: Actor, statement: Statement, at: dt.datetime) -> None:
    """A candidate was named for a vacancy of ours."""
    actions.mirror_nomination(actor=actor, statement=statement, at=at)


def placement_interview_set(*, actor: Actor, statement: Statement, at: dt.datetime) -> None:
    """The employer set a time, a worker took one on an announced day, or such a day was announced or called off."""
    if "day" in statement.data:
        actions.mirror_event(actor=actor, statement=statement, at=at)
    elif statement.sender == "pk":
        actions.mirror_slot(actor=actor, statement=statement, at=at)
    else:
        actions.mirror_interview(actor=actor, statement=statement, at=at)


def interview_answered(*, actor: Actor, statement: Statement, at: dt.datetime) -> None:
    """The worker answered."""
    actions.mirror_answer(actor=actor, statement=statement, at=at)


def case_held(*, actor: Actor, statement: Statement, at: dt.datetime) -> None:
    """A case is held."""
    actions.mirror_hold(actor=actor, statement=statement, at=at)


def case_moved(*, actor: Actor, statement: Statement, at: dt.datetime) -> None:
    """A case that was held goes on."""
    actions.mirror_hold(actor=actor, statement=statement, at=at)


def placement_withdrawn(*, actor: Actor, statement: Statement, at: dt.datetime) -> None:
    """A worker took their application back."""
    actions.mirror_withdrawal(actor=actor, statement=statement, at=at)


def placement_decided(*, actor: Actor, statement: Statement, at: dt.datetime) -> None:
    """The employer decided."""
    actions.mirror_decision(actor=actor, statement=statement, at=at)
