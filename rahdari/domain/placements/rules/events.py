"""Expo and interview days: which days can be announced, which times they have, and who can take one.

Facts in, every refusal out. No Django, no database, no clock here.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Sequence

from rahdari.base.refusal import Refusal

from .cases import NOTICE, why_not_hours, why_not_interview
from .timetable import Span
from .timetable.seats import most_at_once

EXPO, INTERVIEW_DAY = "expo", "interview_day"
EVENT_KINDS = (EXPO, INTERVIEW_DAY)
PLANNED, CALLED_OFF = "planned", "called_off"
EVENT_MOVES = {PLANNED: {CALLED_OFF}, CALLED_OFF: set()}
CALL_OFF_REASONS = ("employers_cannot_come", "place_not_to_be_had", "danger", "nobody_to_interview")
MOST_FIRMS, MOST_TABLES = 60, 50


def slots_of(begins_at: dt.datetime, ends_at: dt.datetime, *, minutes: int, pause: int) -> list[dt.datetime]:
    """The begins of the times of a day, in their order; those at which people in Pakistan sleep are left out."""
    step, length = dt.timedelta(minutes=minutes + pause), dt.timedelta(minutes=minutes)
    found, begin = [], begins_at
    while begin + length <= ends_at:
        if not why_not_hours(begin, minutes):
            found.append(begin)
        begin += step
    return found


def why_not_plan(
    *, place: str, begins_at: dt.datetime, ends_at: dt.datetime, minutes: int, pause: int, firms: Sequence[str],
    known: Collection[str], at: dt.datetime,
) -> list[Refusal]:  # fmt: skip
    """Why a day cannot be announced; `known` are the employers of whom this node knows a demand."""
    against = [] if place.strip() else [Refusal("place_missing", member="place")]
    if ends_at <= begins_at:
        against.append(Refusal("ends_before_begin", member="ends"))
    elif not slots_of(begins_at, ends_at, minutes=minutes, pause=pause):
        against.append(Refusal("day_without_times", {"minutes": minutes}, member="ends"))
    if begins_at - at < NOTICE:
        against.append(Refusal("less_than_48_h", member="on"))
    if not firms:
        against.append(Refusal("firms_missing", member="firms"))
    if len(firms) > MOST_FIRMS:
        against.append(Refusal("too_many_firms", {"most": MOST_FIRMS}, member="firms"))
    unknown = sorted(set(firms) - set(known))
    if unknown:
        against.append(Refusal("firm_without_demand", {"firms": tuple(unknown)}, member="firms"))
    return against


def left_of(starts_at: dt.datetime, *, minutes: int, tables: int, taken: Iterable[dt.datetime]) -> int:
    """How many can still come to a firm at a time; `taken` are the begins of the times others hold there."""
    length = dt.timedelta(minutes=minutes)
    asked = Span(starts_at, starts_at + length)
    return tables - most_at_once(span for begin in taken if (span := Span(begin, begin + length)).meets(asked))


def why_not_slot(
    *, event: str, slots: Collection[dt.datetime], firms: Collection[str], employer: str, starts_at: dt.datetime,
    minutes: int, tables: int, taken: Iterable[dt.datetime],
) -> list[Refusal]:  # fmt: skip
    """Why a time of a day cannot be had at one of its firms, whoever asks; `event` is the state of the day."""
    against = [] if event == PLANNED else [Refusal("event_called_off")]
    if employer not in firms:
        against.append(Refusal("firm_not_there"))
    if starts_at not in slots:
        against.append(Refusal("not_a_slot", member="slot"))
    elif left_of(starts_at, minutes=minutes, tables=tables, taken=taken) < 1:
        against.append(Refusal("slot_taken", member="slot"))
    return against


def why_not_take(
    *, state: str, starts_at: dt.datetime, minutes: int, at: dt.datetime, others: Iterable[tuple[dt.datetime, int]],
    own_choice: bool,
) -> list[Refusal]:  # fmt: skip
    """Why a candidate gets no time on the sending side: not named, or with a time already, a clash, no notice unless chosen."""
    if state != "nominated":
        return [Refusal("wrong_state", {"now": state, "to": "interview_set"})]
    told = {"state": state, "starts_at": starts_at, "minutes": minutes, "at": at, "others": others}
    against = why_not_interview(**told, proposed=own_choice)  # type: ignore[arg-type]
    return [*against, Refusal("too_late", member="slot")] if starts_at <= at else against


def why_not_call_off(*, state: str, reason: str, taken: int) -> list[Refusal]:
    """Why a day cannot be called off: it is already, no reason is given, or times of it are held, which move first."""
    against = [] if CALLED_OFF in EVENT_MOVES[state] else [Refusal("wrong_state", {"now": state, "to": CALLED_OFF})]
    if reason not in CALL_OFF_REASONS:
        against.append(Refusal("reason_missing", member="reason"))
    if taken:
        against.append(Refusal("slots_held", {"number": taken}))
    return against
