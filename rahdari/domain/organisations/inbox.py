"""What the partner's statements cause here: an entry of its register is taken up, read-only."""

from __future__ import annotations

import datetime as dt

from rahdari.base.actor import Actor
from rahdari.base.statements import Statement

from .actions.mirroring import mirror_registry


def registry_published(*, actor: Actor, statement: Statement, at: dt.datetime) -> None:
    """`registry.published/1`: an entry of the partner's register, or its officers."""
    mirror_registry(actor=actor, statement=statement, at=at)
