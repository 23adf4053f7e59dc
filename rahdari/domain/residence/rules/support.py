"""When the ten mandatory support items fall due, and whether the regular interviews kept their interval.

An item is no filing: its days never move for a holiday. Pure: no Django, no clock.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from rahdari.base.days import end_after
from rahdari.base.facts import Answer
from rahdari.base.reference import Book, Row
from rahdari.base.refusal import Reason

from .deadline_facts import DeadlinesFacts
from .due_days import because

EVENT_DAYS = {"arrival": "arrived_on", "arrival_departure": "arrived_on"}
REPEATED, ON_THE_DAY = "every", "on"


def check_support(facts: DeadlinesFacts, book: Book, today: dt.date) -> Answer:
    """When a support item is due next, and whether it was kept.

    The facts hold the day of arrival only: an item counted from another event, or one whose row names no number, is not known.
    """
    item, as_of = _item(book, facts.support), facts.as_of or today
    member = EVENT_DAYS.get(item["due_event"])
    if item["due_relation"] != ON_THE_DAY and item.number("due_number") is None:
        return _unknown(because("support_without_number", item, item=item["code"]), as_of)
    if member is None:
        return _unknown(because("support_of_other_event", item, item=item["code"]), as_of)
    start: dt.date | None = getattr(facts, member)
    repeated = item["due_relation"] == REPEATED
    if start is None:
        empty: dict[str, Any] = {"next_due": None} | ({"interval_kept": None, "gaps": None} if repeated else {"late": None})
        return Answer(empty, (because("support_without_arrival", item, item=item["code"]),), as_of)
    return _intervals(facts, item, start, as_of) if repeated else _once(facts, item, start, as_of)


def _item(book: Book, code: str) -> Row:
    row = book.one("support_items", code=code)
    if row is None:
        raise LookupError(code)
    return row


def _unknown(reason: Reason, as_of: dt.date) -> Answer:
    return Answer({"next_due": None, "late": None, "known": False}, (reason,), as_of)


def _due(item: Row, start: dt.date) -> dt.date:
    number = item.number("due_number")
    return start if number is None else end_after(start, number, item["due_unit"])


def _counted(facts: DeadlinesFacts, item: Row, start: dt.date) -> tuple[list[dt.date], list[Reason]]:
    """The days on which it was done, in order; what lies before the start does not count."""
    days = sorted(set(facts.done or ()))
    early = [because("support_done_early", item, item=item["code"], done_on=day, start=start) for day in days if day < start]
    return [day for day in days if day >= start], early


def _once(facts: DeadlinesFacts, item: Row, start: dt.date, as_of: dt.date) -> Answer:
    due, (days, reasons) = _due(item, start), _counted(facts, item, start)
    reasons.insert(0, because("support_due", item, item=item["code"], start=start, due=due))
    if not facts.said("done"):
        return Answer({"next_due": due, "late": None}, tuple(reasons), as_of)
    if not days:
        late = as_of > due
        about = {"item": item["code"], "due": due, "as_of": as_of}
        reasons.append(because("support_overdue", item, **about) if late else because("support_still_open", item, **about))
        return Answer({"next_due": due, "late": late}, tuple(reasons), as_of)
    late, about = days[0] > due, {"item": item["code"], "due": due, "done_on": days[0]}
    reasons.append(because("support_done_late", item, **about) if late else because("support_done_in_time", item, **about))
    return Answer({"next_due": None, "late": late}, tuple(reasons), as_of)


def _intervals(facts: DeadlinesFacts, item: Row, start: dt.date, as_of: dt.date) -> Answer:
    days, reasons = _counted(facts, item, start)
    if not facts.said("done") and as_of > _due(item, start):
        reasons.append(because("support_done_not_told", item, item=item["code"]))
        return Answer({"interval_kept": None, "gaps": None, "next_due": None}, tuple(reasons), as_of)
    gaps, next_due = gaps_between(item, start, days, as_of), _due(item, days[-1] if days else start)
    about = {"item": item["code"], "number": item.number("due_number")}
    reasons += [because("interval_broken", item, **about, first=begin, last=end) for begin, end in gaps]
    if not gaps:
        reasons.append(because("interval_kept", item, **about, as_of=as_of))
    reasons.append(because("support_next_due", item, **about, due=next_due))
    told = [{"from": begin, "to": end} for begin, end in gaps]
    return Answer({"interval_kept": not gaps, "gaps": told, "next_due": next_due}, tuple(reasons), as_of)


def gaps_between(item: Row, start: dt.date, days: Sequence[dt.date], as_of: dt.date) -> list[tuple[dt.date, dt.date]]:
    """Where more than the interval lies between the start, each day and `as_of`: from the one day to the other."""
    ends = [*days, as_of] if not days or as_of > days[-1] else list(days)
    return [(begin, end) for begin, end in zip([start, *days], ends, strict=False) if end > _due(item, begin)]
