"""What the partner tells of stations 12 to 16, as the mailroom hands it over; one function a step."""

from __future__ import annotations

import datetime as dt

from rahdari.base.actor import Actor
from rahdari.base.statements import Statement

from . import actions


def coe_filed(*, actor: Actor, statement: Statement, at: dt.datetime) -> None:
    """The employer applied for the certificate."""
    actions.mirror_step(actor=actor, statement=statement, at=at)


def coe_issued(*, actor: Actor, statement: Statement, at: dt.datetime) -> None:
    """The certificate was issued."""
    actions.mirror_step(actor=actor, statement=statement, at=at)


def visa_filed(*, actor: Actor, statement: Statement, at: dt.datetime) -> None:
    """The visa was applied for."""
    actions.mirror_step(actor=actor, statement=statement, at=at)


def visa_issued(*, actor: Actor, statement: Statement, at: dt.datetime) -> None:
    """The visa was issued."""
    actions.mirror_step(actor=actor, statement=statement, at=at)


def registered(*, actor: Actor, statement: Statement, at: dt.datetime) -> None:
    """The Protector registered and cleared the worker."""
    actions.mirror_step(actor=actor, statement=statement, at=at)


def flight_booked(*, actor: Actor, statement: Statement, at: dt.datetime) -> None:
    """The worker was put on a flight."""
    actions.mirror_step(actor=actor, statement=statement, at=at)


def departed(*, actor: Actor, statement: Statement, at: dt.datetime) -> None:
    """The worker left."""
    actions.mirror_step(actor=actor, statement=statement, at=at)


def arrived(*, actor: Actor, statement: Statement, at: dt.datetime) -> None:
    """The worker arrived."""
    actions.mirror_step(actor=actor, statement=statement, at=at)


def clearance_refused(*, actor: Actor, statement: Statement, at: dt.datetime) -> None:
    """The Protector refused to clear the worker."""
    actions.mirror_step(actor=actor, statement=statement, at=at)


def clearance_revoked(*, actor: Actor, statement: Statement, at: dt.datetime) -> None:
    """The Protector revoked the clearance."""
    actions.mirror_step(actor=actor, statement=statement, at=at)


def flight_missed(*, actor: Actor, statement: Statement, at: dt.datetime) -> None:
    """The worker missed the flight."""
    actions.mirror_step(actor=actor, statement=statement, at=at)


def not_arrived(*, actor: Actor, statement: Statement, at: dt.datetime) -> None:
    """The worker who departed did not arrive."""
    actions.mirror_step(actor=actor, statement=statement, at=at)


def coe_refused(*, actor: Actor, statement: Statement, at: dt.datetime) -> None:
    """The bureau refused the certificate."""
    actions.mirror_step(actor=actor, statement=statement, at=at)


def coe_more_papers(*, actor: Actor, statement: Statement, at: dt.datetime) -> None:
    """The bureau asked for more papers."""
    actions.mirror_step(actor=actor, statement=statement, at=at)


def coe_expired(*, actor: Actor, statement: Statement, at: dt.datetime) -> None:
    """The certificate ended."""
    actions.mirror_step(actor=actor, statement=statement, at=at)


def visa_refused(*, actor: Actor, statement: Statement, at: dt.datetime) -> None:
    """The visa was refused."""
    actions.mirror_step(actor=actor, statement=statement, at=at)


def visa_expired(*, actor: Actor, statement: Statement, at: dt.datetime) -> None:
    """The visa ended."""
    actions.mirror_step(actor=actor, statement=statement, at=at)
