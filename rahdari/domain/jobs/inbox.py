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
