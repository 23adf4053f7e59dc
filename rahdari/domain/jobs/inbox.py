"""What the partner's statements cause in this package: one function a type, for `journey.stage` one a step."""

from __future__ import annotations

import datetime as dt

from rahdari.base.actor import Actor
from rahdari.base.statements import Statement

from . import actions


def demand_published(*, actor: Actor, statement: Statement, at: dt.datetime) -> None:
    """A demand, or the papers behind one."""
    actions.mirror_demand(actor=actor, statement=statement, at=at)


def demand_attested(*, actor: Actor, statement: Statement, at: dt.datetime) -> None:
    """The mission attested a demand of ours."""
    actions.mirror_attestation(actor=actor, statement=statement, at=at)


def demand_permitted(*, actor: Actor, statement: Statement, at: dt.datetime) -> None:
    """The Protector permitted a demand of ours."""
    actions.mirror_permission(actor=actor, statement=statement, at=at)


def vacancy_published(*, actor: Actor, statement: Statement, at: dt.datetime) -> None:
    """Places of a demand of ours were published."""
    actions.mirror_vacancy(actor=actor, statement=statement, at=at)


def vacancy_closed(*, actor: Actor, statement: Statement, at: dt.datetime) -> None:
    """A vacancy under a demand of ours was closed."""
    actions.mirror_closing(actor=actor, statement=statement, at=at)


def demand_changed(*, actor: Actor, statement: Statement, at: dt.datetime) -> None:
    """A demand the partner told was corrected."""
    actions.mirror_change(actor=actor, statement=statement, at=at)


def demand_closed(*, actor: Actor, statement: Statement, at: dt.datetime) -> None:
    """A demand the partner told is withdrawn."""
    actions.mirror_withdrawal(actor=actor, statement=statement, at=at)


def demand_objected(*, actor: Actor, statement: Statement, at: dt.datetime) -> None:
    """The mission or the Protector objected to a demand of ours."""
    actions.mirror_objection(actor=actor, statement=statement, at=at)


def demand_refused(*, actor: Actor, statement: Statement, at: dt.datetime) -> None:
    """The permission for a demand of ours was refused."""
    actions.mirror_refusal(actor=actor, statement=statement, at=at)


def permission_extended(*, actor: Actor, statement: Statement, at: dt.datetime) -> None:
    """The permission for a demand of ours was extended."""
    actions.mirror_extension(actor=actor, statement=statement, at=at)


def permission_expired(*, actor: Actor, statement: Statement, at: dt.datetime) -> None:
    """The permission for a demand of ours ended."""
    actions.mirror_expiry(actor=actor, statement=statement, at=at)
