"""Traces of a sitting as its examiner hands them in: a table with what their own system knows of each booking. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field

from rahdari.base.refusal import Refusal, Refused
from rahdari.base.states import why_not_move

from .anomalies import ANOMALY_MOVES, MARKS
from .tables import CsvRow, rows_of_csv

COLUMNS = ("number", *MARKS, "photo_hash", "seconds")
HASH = re.compile(r"[0-9a-f]{16}")
LARGEST, MOST, MOST_WRONG, LONGEST = 2 * 1024 * 1024, 5000, 20, 200


@dataclass(frozen=True, slots=True)
class TraceLine:
    """One line: marks in one dress each, still readable; they are made blind before anything is written."""

    number: str
    marks: Mapping[str, str] = field(default_factory=dict, repr=False)
    photo: str = ""
    seconds: int | None = None


def _wrong(code: str, **about: object) -> Refused:
    return Refused([Refusal(code, about, member="file")])


def bare(mark: str, typed: str) -> str:
    """A mark as it is compared: one width, no case; of a phone the last ten digits, else letters and digits alone."""
    text = unicodedata.normalize("NFKC", typed).casefold()
    kept = "".join(one for one in text if one.isalnum())
    return "".join(one for one in kept if one.isdecimal())[-10:] if mark == "phone" else kept


def lines_of_traces(content: bytes) -> list[TraceLine]:
    """The lines of a file of traces. Refuses `file_too_large`, `traces_not_read`, `traces_columns`, `traces_row_wrong`, by line.

    What stood in a cell is in no refusal.
    """
    if len(content) > LARGEST:
        raise _wrong("file_too_large", limit=LARGEST // 1024 // 1024)
    rows = rows_of_csv(content, COLUMNS, least=1, unread="traces_not_read", mistitled="traces_columns")
    if not 0 < len(rows) <= MOST:
        raise _wrong("traces_not_read")
    read = [_line(row) for row in rows]
    wrong = [(place, one) for place, one in enumerate(read, 1) if isinstance(one, str)]
    if wrong:
        raise Refused(
            [Refusal("traces_row_wrong", {"line": place, "column": one}, member="file") for place, one in wrong[:MOST_WRONG]]
        )
    return [one for one in read if isinstance(one, TraceLine)]


def _line(cells: CsvRow | None) -> TraceLine | str:
    if cells is None:
        return "number"
    long = next((name for name, value in cells.items() if len(value) > LONGEST), None)
    if long or not cells["number"]:
        return long or "number"
    photo, seconds = cells.get("photo_hash", "").lower(), cells.get("seconds", "")
    if photo and not HASH.fullmatch(photo):
        return "photo_hash"
    if seconds and not (seconds.isascii() and seconds.isdecimal() and int(seconds) <= 86_400):
        return "seconds"
    marks = {mark: value for mark in MARKS if (value := bare(mark, cells.get(mark, "")))}
    return TraceLine(cells["number"].upper(), marks, photo, int(seconds) if seconds else None)


def why_not_decide_anomaly(*, state: str, verdict: str, reason: str) -> list[Refusal]:
    """Why a sign of fraud cannot be decided so: decided already, neither yes nor no, or without a reason."""
    if verdict not in ANOMALY_MOVES or verdict == "anomaly_open":
        return [Refusal("verdict_missing", member="verdict")]
    against = why_not_move(ANOMALY_MOVES, state, verdict)
    return against if reason.strip() else [*against, Refusal("reason_missing", member="reason")]
