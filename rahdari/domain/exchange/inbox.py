"""What partners tell the exchange itself: outcomes of our statements, their rolled keys, a journal they began anew."""

from __future__ import annotations

from datetime import datetime

from rahdari.base.actor import Actor
from rahdari.base.statements import Statement

from . import actions


def outcome(*, actor: Actor, statement: Statement, at: datetime) -> None:
    """What became of a statement of ours."""
    actions.hear_outcome(actor=actor, statement=statement, at=at)


def key_rolled(*, actor: Actor, statement: Statement, at: datetime) -> None:
    """The partner's keys were rolled."""
    actions.follow_keys(actor=actor, statement=statement, at=at)


def journal_restarted(*, actor: Actor, statement: Statement, at: datetime) -> None:
    """The partner's journal was begun anew."""
    actions.follow_journal(actor=actor, statement=statement, at=at)
