"""One-time codes: how long, how many tries, and how what a person types becomes a code."""

from __future__ import annotations

import datetime as dt
import unicodedata

from rahdari.base.refusal import Refusal

DIGITS = 6
LIFETIME = dt.timedelta(minutes=10)
MOST_TRIES = 5


def plain_code(typed: str) -> str:
    """The digits of what was typed, of any script, as 0-9; spaces and dashes fall away."""
    return "".join(str(digit) for letter in typed if (digit := unicodedata.digit(letter, None)) is not None)


def why_not_enter(closed: bool, tries: int, expires_at: dt.datetime, at: dt.datetime) -> list[Refusal]:
    """One answer for every code that does not count any more: it does not say why, so nothing leaks."""
    spent = closed or tries >= MOST_TRIES or at >= expires_at
    return [Refusal("code_not_valid", member="code")] if spent else []
