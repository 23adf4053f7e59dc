"""What the partner tells of exams, as the mailroom hands it over."""

from __future__ import annotations

import datetime as dt

from rahdari.base.actor import Actor
from rahdari.base.statements import Statement

from . import actions


def exam_seats(*, actor: Actor, statement: Statement, at: dt.datetime) -> None:
    """Seats of a sitting were opened."""
    actions.mirror_seats(actor=actor, statement=statement, at=at)


def exam_results(*, actor: Actor, statement: Statement, at: dt.datetime) -> None:
    """The examiner recorded results."""
    actions.mirror_results(actor=actor, statement=statement, at=at)


def test_booked(*, actor: Actor, statement: Statement, at: dt.datetime) -> None:
    """Somebody was booked for a sitting."""
    actions.mirror_booking(actor=actor, statement=statement, at=at)


def test_cancelled(*, actor: Actor, statement: Statement, at: dt.datetime) -> None:
    """A seat was given back."""
    actions.mirror_cancelled(actor=actor, statement=statement, at=at)


def exam_voided(*, actor: Actor, statement: Statement, at: dt.datetime) -> None:
    """Results were made void, or a person was barred, or is free again, without that."""
    mirror = actions.mirror_bar if "bar" in statement.data else actions.mirror_voided
    mirror(actor=actor, statement=statement, at=at)


def exam_appeal(*, actor: Actor, statement: Statement, at: dt.datetime) -> None:
    """Somebody appealed against it, or an appeal was decided."""
    actions.mirror_appeal(actor=actor, statement=statement, at=at)
