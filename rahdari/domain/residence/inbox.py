"""What the accepting side tells of residence, as the mailroom hands it over; one function a step."""

from __future__ import annotations

import datetime as dt

from rahdari.base.actor import Actor
from rahdari.base.statements import Statement

from . import actions


def guidance_given(*, actor: Actor, statement: Statement, at: dt.datetime) -> None:
    """The worker was guided before the journey."""
    actions.mirror_step(actor=actor, statement=statement, at=at)


def change_filed(*, actor: Actor, statement: Statement, at: dt.datetime) -> None:
    """A change of status was applied for."""
    actions.mirror_step(actor=actor, statement=statement, at=at)


def status_changed(*, actor: Actor, statement: Statement, at: dt.datetime) -> None:
    """The change of status was permitted."""
    actions.mirror_step(actor=actor, statement=statement, at=at)


def change_refused(*, actor: Actor, statement: Statement, at: dt.datetime) -> None:
    """The change of status was refused."""
    actions.mirror_step(actor=actor, statement=statement, at=at)


def work_begun(*, actor: Actor, statement: Statement, at: dt.datetime) -> None:
    """The worker began to work."""
    actions.mirror_step(actor=actor, statement=statement, at=at)
