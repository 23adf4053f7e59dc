"""A timetable as its page shows it: what was asked, the days with their interviews by both clocks, who was left out and why."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from rahdari.base.clock import ZONES
from rahdari.web.words import Fact

from ..models import Case, Timetable
from ..rules.timetable import Meeting
from .timetables import asked_again, cases_of, meetings_of


@dataclass(frozen=True, slots=True)
class MeetingSeen:
    """One interview with its candidate and its begin by both clocks."""

    case: Case
    interviewer: str
    place: str
    there: dt.datetime
    here: dt.datetime
    fault: bool


def timetable_facts(timetable: Timetable) -> list[Fact]:
    """What was asked of a timetable, and what came of it."""
    asked = asked_again(timetable)
    meetings = meetings_of(timetable)
    loads = Counter(one.interviewer for one in meetings)
    return [
        Fact(_("Employer"), timetable.demand.employer_name),
        Fact(_("Field"), timetable.demand.field),
        Fact(_("Interviews"), len(meetings)),
        Fact(_("Without a time"), len(timetable.left_out)),
        Fact(_("Interviewers"), len({one.interviewer for one in asked.hours})),
        *([Fact(_("Interviews of an interviewer"), _range(loads.values()))] if loads else []),
        Fact(_("Minutes"), asked.minutes),
        Fact(_("Language of the interview"), asked.language),
        Fact(_("Drafted"), timetable.drafted_at),
        *([Fact(_("Sent"), timetable.sent_at)] if timetable.sent_at else []),
    ]


def _range(numbers: Collection[int]) -> str:
    least, most = min(numbers), max(numbers)
    return str(most) if least == most else f"{least}–{most}"


def days_of(meetings: Sequence[Meeting]) -> list[tuple[dt.date, int]]:
    """The days of Japan on which there are interviews, with how many."""
    return sorted(Counter(one.day for one in meetings).items())


def day_chosen(days: Sequence[tuple[dt.date, int]], asked: str) -> dt.date | None:
    """The day the reader asked for, where there is such a day; else the first."""
    named = {day.isoformat(): day for day, _number in days}
    return named.get(asked, days[0][0] if days else None)


def day_seen(timetable: Timetable, day: dt.date | None, faults: Sequence[Mapping[str, Any]]) -> list[MeetingSeen]:
    """The interviews of a day in their order."""
    meetings = [one for one in meetings_of(timetable) if one.day == day]
    cases = cases_of(timetable, [one.case for one in meetings])
    wrong = {str(about.get("case")) for about in faults}
    return [
        MeetingSeen(
            cases[one.case],
            one.interviewer,
            one.place,
            one.starts_at.astimezone(ZONES["jp"]),
            one.starts_at.astimezone(ZONES["pk"]),
            one.case in wrong,
        )
        for one in meetings
        if one.case in cases
    ]


def left_out_seen(timetable: Timetable) -> list[tuple[Case, str]]:
    """Who found no time, and why."""
    cases = cases_of(timetable, list(timetable.left_out))
    return [(cases[case], why) for case, why in timetable.left_out.items() if case in cases]


def table_of(timetable: Timetable) -> Iterator[list[str]]:
    """The timetable as lines for a spreadsheet."""
    cases = cases_of(timetable)
    for one in meetings_of(timetable):
        there, here = one.starts_at.astimezone(ZONES["jp"]), one.starts_at.astimezone(ZONES["pk"])
        name = cases[one.case].name if one.case in cases else ""
        yield [f"{there:%Y-%m-%d %H:%M}", f"{here:%Y-%m-%d %H:%M}", name, one.interviewer, one.place]
