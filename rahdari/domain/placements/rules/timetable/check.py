"""What is wrong with a timetable, whoever made it: every fault, with the case it is about.

No Django, no database, no clock here.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from rahdari.base.refusal import Refusal

from ..cases import why_not_hours
from .told import Candidate, Meeting, Plan, Span

INTERVIEWER, ROOM, CANDIDATE = "interviewer", "place", "candidate"


def faults_of(plan: Plan, meetings: Sequence[Meeting]) -> list[Refusal]:
    """Every fault of a timetable; `about` names the case, and for a clash of whom.

    `clash` of interviewer, place or candidate; `less_than_48_h`; `outside_worker_hours`; `outside_interviewer_hours`;
    `over_day_limit`; `not_asked_here` for a case, or a place, that was not asked for, `asked_twice` for one asked twice.
    """
    asked = {one.case: one for one in plan.candidates}
    found = [Refusal("not_asked_here", {"case": one.case}) for one in meetings if one.case not in asked]
    found += [
        Refusal("asked_twice", {"case": case}) for case, times in Counter(one.case for one in meetings).items() if times > 1
    ]
    known = [one for one in meetings if one.case in asked]
    for one in known:
        found += _alone(plan, asked[one.case], one)
    return [*found, *_clashes(plan, asked, known), *_days(plan, known)]


def _alone(plan: Plan, candidate: Candidate, meeting: Meeting) -> Iterable[Refusal]:
    """What is wrong with one meeting taken alone."""
    about = {"case": meeting.case}
    span = meeting.span(plan.minutes)
    if meeting.starts_at < plan.earliest:
        yield Refusal("less_than_48_h", about)
    if why_not_hours(meeting.starts_at, plan.minutes):
        yield Refusal("outside_worker_hours", about)
    hours = (one for one in plan.hours if (one.interviewer, one.place) == (meeting.interviewer, meeting.place))
    if not any(sits.holds(span) for one in hours for sits in one.spans):
        yield Refusal("outside_interviewer_hours", about)
    if candidate.places and meeting.place not in candidate.places:
        yield Refusal("not_asked_here", about)
    if any(span.meets(busy) for busy in candidate.busy):
        yield Refusal("clash", about | {"of": CANDIDATE})


def _clashes(plan: Plan, asked: dict[str, Candidate], meetings: Sequence[Meeting]) -> Iterable[Refusal]:
    interviewers: dict[str, list[tuple[Span, str]]] = defaultdict(list)
    people: dict[str, list[tuple[Span, str]]] = defaultdict(list)
    for one in plan.taken:
        interviewers[one.interviewer].append((one.span, ""))
    for meeting in meetings:
        told = (meeting.span(plan.minutes), meeting.case)
        interviewers[meeting.interviewer].append(told)
        people[asked[meeting.case].person].append(told)
    for of, table in ((INTERVIEWER, interviewers), (CANDIDATE, people)):
        for spans in table.values():
            yield from (Refusal("clash", {"case": case, "of": of}) for case in _overlapping(spans))
    yield from _full_places(plan, meetings)


def _overlapping(spans: Sequence[tuple[Span, str]]) -> Iterable[str]:
    """The cases that begin before something earlier of the same person has ended; what stands already is no case (empty)."""
    held: tuple[Span, str] | None = None
    for span, case in sorted(spans):
        if held is not None and span.begin < held[0].end and (case or held[1]):
            yield case or held[1]
        held = (span, case) if held is None or span.end > held[0].end else held


def _full_places(plan: Plan, meetings: Sequence[Meeting]) -> Iterable[Refusal]:
    spans: dict[str, list[tuple[Span, str]]] = defaultdict(list)
    for meeting in meetings:
        spans[meeting.place].append((meeting.span(plan.minutes), meeting.case))
    for place, those in spans.items():
        held = [(one.span, "") for one in plan.taken if one.place == place]
        case = _over_full([*held, *those], plan.at_once(place))
        if case:
            yield Refusal("clash", {"case": case, "of": ROOM})


def _over_full(spans: Iterable[tuple[Span, str]], most: int) -> str:
    """A case that is there while a place holds more than it can; nothing where only what stands already is too much."""
    marks = sorted(mark for span, case in spans for mark in ((span.begin, 1, case), (span.end, 0, case)))
    there: list[str] = []
    for _, comes, case in marks:
        if not comes:
            there.remove(case)
            continue
        there.append(case)
        found = next((one for one in there if one), "")
        if len(there) > most and found:
            return found
    return ""


def _days(plan: Plan, meetings: Sequence[Meeting]) -> Iterable[Refusal]:
    days = Counter((one.interviewer, one.day) for one in meetings)
    for (interviewer, day), number in days.items():
        if number > plan.most_a_day:
            yield Refusal("over_day_limit", {"interviewer": interviewer, "day": day, "most": plan.most_a_day})
