"""Limits of the protocol (docs/protocol.md, sections 0 to 3) and when to try again."""

from __future__ import annotations

import datetime as dt

TOKENS = 64  # a body
BYTES = 4 * 1024 * 1024  # a body
TOKEN_BYTES = 1024 * 1024
BLOB_BYTES = 20 * 1024 * 1024
LIMITS = {"tokens": TOKENS, "bytes": BYTES, "token_bytes": TOKEN_BYTES, "blob_bytes": BLOB_BYTES}

AHEAD = dt.timedelta(minutes=5)  # a stated time may lie this far before us
CLOCKS_APART = dt.timedelta(seconds=30)  # rings
REQUEST_WINDOW = 60  # seconds around `iat`
REQUEST_MEMORY = dt.timedelta(seconds=180)
SEALING_LIFETIME = dt.timedelta(days=90)
RETIRED_ACCEPTED = dt.timedelta(days=30)
LATE_AFTER_EXPIRY = dt.timedelta(days=90)
BLOBS_WAITED_FOR = dt.timedelta(days=7)
UNNAMED_BLOBS_KEPT = dt.timedelta(hours=24)
OUTCOME_EXPECTED = dt.timedelta(days=7)
CHECKPOINT_EVERY = dt.timedelta(minutes=5)
DOCUMENT_READ = dt.timedelta(hours=1)
INCLUSION_CHECKED = dt.timedelta(hours=24)
WAITING_AT_MOST = 20_000  # statements of a partner not yet taken up; above it the partner is asked to wait
BLOBS_AT_MOST = 2 * 1024 * 1024 * 1024  # bytes of a partner's blobs that no statement names yet

FIRST_WAIT, LONGEST_WAIT = 1.0, 300.0  # seconds


def is_due(next_try: dt.datetime | None, at: dt.datetime) -> bool:
    """Whether to try again: a time further ahead than any wait was noted by a clock that has been set back since."""
    return next_try is None or not at < next_try <= at + dt.timedelta(seconds=LONGEST_WAIT)


def was_heard_just_now(seen: dt.datetime | None, at: dt.datetime) -> bool:
    """Whether a partner was heard so shortly before that our two clocks can be said to agree still."""
    return seen is not None and abs((at - seen).total_seconds()) <= REQUEST_WINDOW


def wait_before(tries: int, chance: float) -> float:
    """Seconds before the next try: doubled each time from 1 s to 5 min; `chance` in 0…1 spreads them over the upper half."""
    whole: float = min(FIRST_WAIT * 2.0 ** min(tries, 20), LONGEST_WAIT)
    return whole * (0.5 + 0.5 * chance)
