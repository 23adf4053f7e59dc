"""What the partner tells of terms, costs and contract, as the mailroom hands it over; one function a step."""

from __future__ import annotations

import datetime as dt

from rahdari.base.actor import Actor
from rahdari.base.statements import Statement

from . import actions


def placement_decided(*, actor: Actor, statement: Statement, at: dt.datetime) -> None:
    """The employer decided; with `selected` come the terms it signed."""
    actions.mirror_decision(actor=actor, statement=statement, at=at)


def placement_withdrawn(*, actor: Actor, statement: Statement, at: dt.datetime) -> None:
    """A worker took their application back, or declined an offer."""
    actions.mirror_withdrawal(actor=actor, statement=statement, at=at)


def terms_confirmed(*, actor: Actor, statement: Statement, at: dt.datetime) -> None:
    """The worker confirmed the terms."""
    actions.mirror_step(actor=actor, statement=statement, at=at)


def costs_declared(*, actor: Actor, statement: Statement, at: dt.datetime) -> None:
    """Whoever recruits declared the costs."""
    actions.mirror_step(actor=actor, statement=statement, at=at)


def costs_confirmed(*, actor: Actor, statement: Statement, at: dt.datetime) -> None:
    """The worker confirmed the costs."""
    actions.mirror_step(actor=actor, statement=statement, at=at)


def contract_signed(*, actor: Actor, statement: Statement, at: dt.datetime) -> None:
    """The worker signed the contract."""
    actions.mirror_step(actor=actor, statement=statement, at=at)


def service_step(*, actor: Actor, statement: Statement, at: dt.datetime) -> None:
    """A step of a service from home, told by the side that took it."""
    actions.mirror_step(actor=actor, statement=statement, at=at)
