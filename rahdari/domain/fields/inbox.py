"""What the partner's statements cause here: the standing of a field is taken up as a read-only order."""

from __future__ import annotations

import datetime as dt

from rahdari.base.actor import Actor
from rahdari.base.statements import Statement

from .actions.mirroring import mirror_order


def field_status(*, actor: Actor, statement: Statement, at: dt.datetime) -> None:
    """`field.status/1`: an order of the accepting state, or its end."""
    mirror_order(actor=actor, statement=statement, at=at)
