"""The five-year counter: how much of the limit a person has used, and the last day that is left.

`check_stay` puts the answer together; what counts stands in `stay_counter`, what is left out in
`stay_left_out`, the sixth year in `stay_six_years`, the length of one permission in `stay_period`.
Pure: no Django, no database, no clock; the tables and the day are arguments.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from rahdari.base.days import ONE_DAY, last_of_month, months_on
from rahdari.base.facts import Answer
from rahdari.base.reference import Book, Row
from rahdari.base.refusal import Reason

from .stay_counter import Counter, absent_days, bridge_days, counted_row, counter_on, days_held, without_permit
from .stay_left_out import LeftOut, days_left_out
from .stay_period import Room, longest_permission
from .stay_said import said
from .stay_shape import StayFacts
from .stay_six_years import SixthYear, sixth_year
from .stay_spans import Span, days_in

__all__ = ["StayFacts", "check_stay"]


@dataclass(frozen=True, slots=True)
class History:
    """The days lived through, and the counter they make."""

    held: tuple[Span, ...]
    left_out: LeftOut
    counter: Counter
    begins: dt.date | None


def check_stay(facts: StayFacts, book: Book, today: dt.date) -> Answer:
    """How many months of the limit are used on `as_of` (else today), what is left, and how long the next permission may be.

    Months are calendar months, the first day counted; `last_day` is the last day of the limit when the status
    is kept without a gap from that day on, `days_left` the days after `as_of` until then, 0 once it is reached.
    Nothing is refused here; `known` is false where the tables or the facts do not say.
    Source: Immigration Services Agency, operating guide on the total period of stay.
    """
    as_of = facts.as_of or today
    limit = _limit(facts, as_of, book)
    months = limit.number("value") if limit else None
    history = _history(facts, as_of, book) if facts.said("stays") else None
    ordinary_end = history.counter.full(months) if history and months is not None else None
    exception = sixth_year(facts, as_of, ordinary_end, book)
    if months is not None and exception.months is not None:
        months = exception.months
    end = history.counter.full(months) if history and months is not None else None
    room = Room(end, _begins(history, as_of), limit)
    longest = longest_permission(facts, as_of, room, book)
    no_limit = limit is not None and months is None
    known = longest.known and limit is not None and (no_limit or history is not None) and (not history or history.left_out.known)
    answer: dict[str, object] = {
        "limit_months": months,
        "months_used": history.counter.months if history else None,
        "days_left": _days_left(end, room, as_of),
        "last_day": end,
        "excluded_days": days_in(history.left_out.spans) if history else None,
        "exception": exception.holds,
        "max_period_months": longest.months,
    }
    reasons = (
        *_on_limit(limit, history, as_of),
        *(_on_days(facts, history, as_of, book) if history else ()),
        *_on_end(facts, history, end, exception.row or limit, as_of, book),
        *exception.reasons,
        *_on_applying(facts, history, exception, as_of, book),
        *longest.reasons,
    )
    return Answer(answer if known else {"known": False, **answer}, reasons, as_of)


def _limit(facts: StayFacts, as_of: dt.date, book: Book) -> Row | None:
    return next(iter(book.in_force("stay_rules", as_of, status=facts.status, kind="total_limit")), None)


def _history(facts: StayFacts, as_of: dt.date, book: Book) -> History:
    held = days_held(facts, as_of, book)
    left_out = days_left_out(facts, held, as_of, book)
    begins = min((stay.first for stay in facts.stays or () if stay.first > as_of), default=None)
    return History(held, left_out, counter_on(as_of, held, left_out.spans, begins), begins)


def _begins(history: History | None, as_of: dt.date) -> dt.date | None:
    """The day a new stay would begin for somebody not in the status on the day, None for one who is."""
    if history is None:
        return as_of
    return None if history.counter.in_status else history.counter.coming.first


def _days_left(end: dt.date | None, room: Room, as_of: dt.date) -> int | None:
    """Days of the status after `as_of`, never below 0; before a stay begins they are counted from its first day."""
    if end is None:
        return None
    before = as_of if room.begins is None else room.begins - ONE_DAY
    return max((end - before).days, 0)


def _on_limit(limit: Row | None, history: History | None, as_of: dt.date) -> Iterator[Reason]:
    if limit is None:
        yield said("stay_limit_unknown", as_of=as_of)
    elif limit.number("value") is None:
        yield said("stay_no_limit", limit)
    else:
        yield said("stay_total_limit", limit, months=limit.number("value"))
    if history is None:
        yield said("stay_stays_missing")


def _on_days(facts: StayFacts, history: History, as_of: dt.date, book: Book) -> Iterator[Reason]:
    """Which days were counted and which were not, each with its row."""
    stays, held = facts.stays or [], history.held
    several = len({stay.employer for stay in stays if stay.employer}) > 1 or len({stay.field for stay in stays if stay.field}) > 1
    idle = any(not stay.employer for stay in stays) or any(leave.kind == "ordinary" for leave in facts.leaves or ())
    pending = facts.permission.period_ends if facts.permission else None
    bridge, absent = days_in(bridge_days(facts, as_of, book)), days_in(absent_days(facts, held, as_of))
    for applies, code, rule in (
        (several, "stay_all_fields_count", "COUNT_ALL_FIELDS"),
        (len(history.counter.lived) > 1, "stay_earlier_stays_count", "COUNT_EARLIER_STAY"),
        (absent, "stay_absence_counts", "COUNT_REENTRY_ABSENCE"),
        (idle, "stay_not_working_counts", "COUNT_NOT_WORKING"),
        (pending and pending < as_of and history.counter.in_status, "stay_pending_counts", "COUNT_PENDING"),
        (bridge, "stay_bridge_counts", "COUNT_BRIDGE"),
        (_other_status(facts), "stay_other_status_not_counted", "NOT_COUNT_OTHER_STATUS"),
    ):
        row = counted_row(rule, facts.status, book)
        if applies and row is not None:
            yield said(code, row, days=absent if code == "stay_absence_counts" else bridge)
    for gone in without_permit(facts):
        yield said("stay_left_without_permit", counted_row("COUNT_REENTRY_ABSENCE", facts.status, book), left_on=gone.first)
    yield from history.left_out.reasons


def _other_status(facts: StayFacts) -> bool:
    return any(one.status != "bridge" for one in facts.earlier_status or ())


def _on_end(
    facts: StayFacts, history: History | None, end: dt.date | None, limit: Row | None, as_of: dt.date, book: Book
) -> Iterator[Reason]:
    """What is to be known of the last day; `limit` is the row that set it, the sixth year's where it was granted."""
    if history is None or end is None:
        return
    convention = book.one("stay_rules", status=facts.status, kind="counting")
    yield said("stay_first_day_counted", convention, end=end, card_day=end + ONE_DAY)
    if end <= as_of:
        yield said("stay_limit_reached", limit, end=end)
    if not history.counter.in_status:
        yield said("stay_not_in_status", as_of=as_of, begins=history.counter.coming.first)


def _on_applying(facts: StayFacts, history: History | None, exception: SixthYear, as_of: dt.date, book: Book) -> Iterator[Reason]:
    """When to apply for what is left out and for the sixth year: counted back from the plain end, the earlier and safe one."""
    row, limit = book.one("stay_rules", status=facts.status, kind="procedure"), _limit(facts, as_of, book)
    months, before = limit.number("value") if limit else None, row.number("value") if row else None
    if history is None or months is None or before is None or not (history.left_out.spans or exception.holds is not None):
        return
    end = counter_on(as_of, history.held, (), history.begins).full(months)
    yield said("stay_apply_before", row, about=months_on(end, -before) or last_of_month(end, -before), end=end)
