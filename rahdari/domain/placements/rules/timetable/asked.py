"""The hours of interviewers as they are typed, by the clock of either country, and the spans they mean.

No Django, no database, no clock here.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from rahdari.base.refusal import Refusal

from .told import Hours, Place, Span

ZONES = {"Asia/Tokyo": "JP", "Asia/Karachi": "PK"}  # the zones of the corridor, and whose offices' days they follow
KINDS = ("video", "room", "expo")
LONGEST_DAYS = 92  # an hour's line may run for a quarter of a year
MOST = 300  # interviews of one timetable: its invitations are sent in one transaction, about a tenth of a second each
TIMETABLE_MOVES = {"drafted": {"sent", "withdrawn"}, "sent": set(), "withdrawn": set()}


@dataclass(frozen=True, slots=True)
class HoursAsked:
    """One line: an interviewer at a place, from a day to a day, at the same hours of each."""

    interviewer: str
    place: str
    first_on: dt.date
    last_on: dt.date
    begins: dt.time
    ends: dt.time
    zone: str = "Asia/Tokyo"
    kind: str = "video"
    at_once: int = 1
    closed_days: bool = False


def plain(name: str) -> str:
    """A name of an interviewer or a place with single spaces: written twice, it is the same."""
    return " ".join(name.split())


def why_not_hours_asked(lines: Sequence[HoursAsked]) -> list[Refusal]:
    """What is wrong with lines of hours: an end before its begin, days that run too long, no line at all, an unnamed place."""
    found = [] if lines else [Refusal("interview_hours_missing", member="hours")]
    for number, one in enumerate(lines):
        place = f"hours.{number}"
        if not plain(one.interviewer) or not plain(one.place):
            found.append(Refusal("hours_unnamed", member=f"{place}.interviewer"))
        if one.last_on < one.first_on or one.ends <= one.begins:
            found.append(Refusal("ends_before_begin", member=f"{place}.ends"))
        elif (one.last_on - one.first_on).days >= LONGEST_DAYS:
            found.append(Refusal("too_many_days", {"days": LONGEST_DAYS}, member=f"{place}.last_on"))
    return found


def why_not_chosen(cases: Sequence[object], lines: Sequence[HoursAsked]) -> list[Refusal]:
    """What is wrong with what is asked of a timetable, before anybody looks at cases."""
    found = why_not_hours_asked(lines)
    if not cases:
        found.append(Refusal("nobody_chosen", member="cases"))
    if len(cases) > MOST:
        found.append(Refusal("too_many_chosen", {"most": MOST}, member="cases"))
    return found


def hours_of(lines: Iterable[HoursAsked], open_on: Callable[[str, dt.date], bool]) -> tuple[Hours, ...]:
    """The hours of each interviewer at each place; `open_on` tells whether offices of a country are open on a day.

    Days on which they are closed are left out unless the line says otherwise: an expo may be on a Sunday.
    """
    found: dict[tuple[str, str], set[Span]] = {}
    for one in lines:
        spans = found.setdefault((plain(one.interviewer), plain(one.place)), set())
        for number in range((one.last_on - one.first_on).days + 1):
            day = one.first_on + dt.timedelta(days=number)
            if one.closed_days or open_on(ZONES[one.zone], day):
                zone = ZoneInfo(one.zone)
                spans.add(Span(dt.datetime.combine(day, one.begins, zone), dt.datetime.combine(day, one.ends, zone)))
    return tuple(Hours(interviewer, place, tuple(sorted(spans))) for (interviewer, place), spans in found.items())


def places_of(lines: Iterable[HoursAsked]) -> tuple[Place, ...]:
    """The places named, each with the most interviews at once that any line gives it."""
    found: dict[str, Place] = {}
    for one in lines:
        name = plain(one.place)
        before = found.get(name)
        if before is None or one.at_once > before.at_once:
            found[name] = Place(name, one.at_once, one.kind)
    return tuple(found.values())
