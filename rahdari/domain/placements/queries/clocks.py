"""A moment in words, by the clocks of both states."""

from __future__ import annotations

import datetime as dt

from rahdari.base.clock import ZONES
from rahdari.web.words import say_day

APART = "\u2066{}\u2069"  # a time and its clock stay together, also in a text that runs from right to left


def both_clocks(at: dt.datetime) -> str:
    """A moment by the clocks of both states, the reader's own day first."""
    there, here = at.astimezone(ZONES["jp"]), at.astimezone(ZONES["pk"])
    return f"{say_day(here.date())} · {APART.format(f'{here:%H:%M} PKT')} · {APART.format(f'{there:%H:%M} JST')}"
