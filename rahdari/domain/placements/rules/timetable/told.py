"""What a timetable is made from, and one meeting of it. No Django, no database, no clock here."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from zoneinfo import ZoneInfo

TOKYO = ZoneInfo("Asia/Tokyo")
DAY_MINUTES = 24 * 60


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """From a moment until another, which no longer belongs to it."""

    begin: dt.datetime
    end: dt.datetime

    def meets(self, other: Span) -> bool:
        """Whether the two have a moment in common."""
        return self.begin < other.end and other.begin < self.end

    def holds(self, other: Span) -> bool:
        """Whether the other lies wholly within."""
        return self.begin <= other.begin and other.end <= self.end


@dataclass(frozen=True, slots=True)
class Hours:
    """When an interviewer sits at a place; the same person may sit elsewhere at other times."""

    interviewer: str
    place: str
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """A room, a video link or a stand at an expo, and how many interviews it holds at once."""

    name: str
    at_once: int = 1
    kind: str = "room"


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody to be interviewed: when they cannot come, and to which places they can (none named: to all)."""

    case: str
    person: str
    busy: tuple[Span, ...] = ()
    places: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Taken:
    """A time at which an interviewer or a place is held by an interview that stands already."""

    interviewer: str
    place: str
    span: Span


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything a timetable is made from; `earliest` is the first moment that leaves the worker their notice."""

    candidates: tuple[Candidate, ...]
    hours: tuple[Hours, ...]
    places: tuple[Place, ...]
    earliest: dt.datetime
    minutes: int = 30
    pause: int = 0
    most_a_day: int = 20
    taken: tuple[Taken, ...] = ()

    @property
    def length(self) -> dt.timedelta:
        """How long one interview is."""
        return dt.timedelta(minutes=self.minutes)

    @property
    def step(self) -> dt.timedelta:
        """From one begin to the next: interview and pause, lengthened so that each day has the same clock times."""
        least = max(1, self.minutes + self.pause)
        return dt.timedelta(minutes=next((one for one in range(least, DAY_MINUTES) if DAY_MINUTES % one == 0), DAY_MINUTES))

    def at_once(self, place: str) -> int:
        """How many interviews a place holds at once; one that is not described holds one."""
        return next((one.at_once for one in self.places if one.name == place), 1)


@dataclass(frozen=True, slots=True, order=True)
class Meeting:
    """One interview of a timetable."""

    starts_at: dt.datetime
    place: str
    interviewer: str
    case: str

    def span(self, minutes: int) -> Span:
        """From its begin to its end."""
        return Span(self.starts_at, self.starts_at + dt.timedelta(minutes=minutes))

    @property
    def day(self) -> dt.date:
        """Its day in Japan."""
        return day_of(self.starts_at)


def day_of(moment: dt.datetime) -> dt.date:
    """The day of a moment in Japan, by which an interviewer's interviews of a day are counted."""
    return moment.astimezone(TOKYO).date()
