"""What the partner's statements cause here: a notice of theirs, what becomes of one of ours, and what they take back."""

from __future__ import annotations

import datetime as dt

from rahdari.base.actor import Actor
from rahdari.base.statements import Statement

from .actions import mirroring


def notice_raised(*, actor: Actor, statement: Statement, at: dt.datetime) -> None:
    """`notice.raised/1`: the partner tells."""
    mirroring.mirror_notice(actor=actor, statement=statement, at=at)


def notice_updated(*, actor: Actor, statement: Statement, at: dt.datetime) -> None:
    """`notice.updated/1`: the partner says what goes on."""
    mirroring.mirror_update(actor=actor, statement=statement, at=at)


def notice_answered(*, actor: Actor, statement: Statement, at: dt.datetime) -> None:
    """`notice.answered/1`: the partner answers a notice of ours."""
    mirroring.mirror_answer(actor=actor, statement=statement, at=at)


def notice_recalled(*, actor: Actor, statement: Statement, at: dt.datetime) -> None:
    """`notice.recalled/1`: the partner takes back what it told."""
    mirroring.mirror_recall(actor=actor, statement=statement, at=at)
