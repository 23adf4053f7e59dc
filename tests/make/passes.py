"""A node that signs passes: founded, with keys that count at the moments of the story."""

from __future__ import annotations

import datetime as dt
from typing import Any

from rahdari.base.actor import machine
from rahdari.domain.exchange.actions import found_node
from tests.make.exchange import PASSPHRASE, new_home

FOUNDED = dt.datetime(2026, 11, 1, tzinfo=dt.UTC)


def founded(settings: Any, at: dt.datetime = FOUNDED) -> None:
    """Founds the present node at a moment."""
    node = settings.RAHDARI_NODE
    with new_home(f"{node}-{at:%Y%m%d}") as settings.RAHDARI_HOME:
        found_node(
            actor=machine(node, "command"), passphrase=PASSPHRASE, journal_origin=f"{node}.test.invalid/rahdari/{node}", at=at
        )
