"""Which serials of passes a state took back: one signed token, small enough for a telephone (docs/protocol/passes.md)."""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ..faults import malformed
from ..forms import read_moment, write_moment
from ..jws import Jws, split
from ..keys import PrivateKey
from .members import Members, content, first_spec, read_node, read_object, read_text, signed, take

REVOCATIONS = "rahdari-revocations+jwt"
LARGEST_LIST = 1_048_576  # bytes
LARGEST_SERIAL = 999_999_999
_RANGES = re.compile(r"[1-9][0-9]{0,8}(-[1-9][0-9]{0,8})?(,[1-9][0-9]{0,8}(-[1-9][0-9]{0,8})?)*")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")

Range = tuple[int, int, dt.date]  # first, last, the day since which they hold no more


@dataclass(frozen=True, slots=True, kw_only=True)
class Revocations:
    """The serials one state took back (not yet checked): sorted ranges that never meet; said when, the next when."""

    node: str
    ranges: tuple[Range, ...]
    issued_at: dt.datetime
    next_update: dt.datetime
    token: str
    jws: Jws

    def since(self, serial: int) -> dt.date | None:
        """The day since which a serial holds no more; None for one that is not on the list."""
        place = bisect_right(self.ranges, serial, key=lambda one: one[0]) - 1
        return self.ranges[place][2] if place >= 0 and serial <= self.ranges[place][1] else None


def write_ranges(revoked: Iterable[Range]) -> dict[str, str]:
    """Ranges by day as the token holds them: days in their order, neighbours of one day joined."""
    by_day: dict[str, list[list[int]]] = {}
    for first, last, on in sorted(revoked, key=lambda one: (one[2], one[0])):
        held = by_day.setdefault(on.isoformat(), [])
        if held and held[-1][1] + 1 == first:
            held[-1][1] = last
        else:
            held.append([first, last])
    return {day: ",".join(str(a) if a == b else f"{a}-{b}" for a, b in held) for day, held in by_day.items()}


def make_revocations(
    *, node: str, revoked: Iterable[Range], issued_at: dt.datetime, next_update: dt.datetime, key: PrivateKey
) -> str:
    """The signed list; refuses (`malformed`) what `read_revocations` would: ranges that meet, a next update in the past."""
    told = {"spec": 1, "node": node, "revoked": write_ranges(revoked)}
    told |= {"issued_at": write_moment(issued_at), "next_update": write_moment(next_update)}
    token = signed(told, key, REVOCATIONS, role="clerk")
    read_revocations(token)
    return token


def read_revocations(token: str) -> Revocations:
    """The list in a token; refuses `malformed`, also ranges that meet or a day that is none."""
    if not isinstance(token, str) or len(token) > LARGEST_LIST:
        raise malformed("A list of revocations has at most 1 MiB.")
    jws = split(token, REVOCATIONS)
    told = first_spec(content(jws.payload))
    found = Revocations(
        node=take(told, "node", read_node),
        ranges=_read_ranges(take(told, "revoked", read_object)),
        issued_at=take(told, "issued_at", read_moment),
        next_update=take(told, "next_update", read_moment),
        token=token,
        jws=jws,
    )
    if found.next_update <= found.issued_at:
        raise malformed("The next list comes after this one.")
    return found


def _read_ranges(told: Mapping[str, object] | Members) -> tuple[Range, ...]:
    found: list[Range] = []
    for day, text in told.items():
        on = _read_day(day)
        if not _RANGES.fullmatch(read_text(text)):
            raise malformed("Serials are written 7,12-15.")
        for part in str(text).split(","):
            ends = [int(one) for one in part.split("-")]
            found.append((ends[0], ends[-1], on))
    found.sort()
    before = 0
    for first, last, _on in found:
        if not before < first <= last:
            raise malformed("Ranges of serials meet, or end before they begin.")
        before = last
    return tuple(found)


def _read_day(text: str) -> dt.date:
    try:
        day = dt.date.fromisoformat(text) if _DAY.fullmatch(text) else None
    except ValueError:
        day = None
    if day is None:
        raise malformed("A day is not written YYYY-MM-DD.")
    return day
