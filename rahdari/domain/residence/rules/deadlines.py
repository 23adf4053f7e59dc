"""Who must tell whom, by when, on which form: the checker of deadlines, and its answer about one duty of `duties.csv`.

Windows (validities, renewals) are answered in `windows.py`, support items in `support.py`. Pure: no Django, no clock.

Members of the answer, by question; a member that does not belong to the question is left out:

- `duty`: `duties`, `late`, `covered_by`; where a duty may only be done in a window also `window_from`, `window_until` (not moved)
- `window`: `last_valid_day`, `expired`; for a window counted back from its day also `window_from`, `window_until`
- `windows`: `land_by`, `bound_by`, `departure_possible`, `expired` and `missing` (codes of windows)
- `renewal`: `window_from`, `window_until`, `duties`
- `support`: `next_due`, and `interval_kept`, `gaps` for what is repeated, `late` for what is done once

`known` is false, and only then present, where the tables name no day.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rahdari.base.facts import Answer
from rahdari.base.reference import Book, Row
from rahdari.base.refusal import Reason

from .deadline_facts import DeadlinesFacts
from .due_days import EVENT_KINDS, PERIOD_KINDS, Report, after_holidays, because, no_day
from .support import check_support
from .windows import check_overlap, check_renewal, check_window

__all__ = ["DeadlinesFacts", "check_deadlines"]


def check_deadlines(facts: DeadlinesFacts, book: Book, today: dt.date) -> Answer:
    """Answers one question about deadlines by the dated tables.

    Days are calendar days at the office that receives (TIME_ZONE of counting_rules). `today` is used only where the facts
    say that something is *not* done or used yet, or give no `as_of`.
    """
    return CHECKS[facts.asked](facts, book, today)


@dataclass(frozen=True, slots=True)
class Owed:
    """One duty with its days: `safe` by the count, `due` after the holiday rule (None where the tables do not tell)."""

    report: Report
    safe: dt.date | None
    due: dt.date | None
    reasons: tuple[Reason, ...]


def check_duty(facts: DeadlinesFacts, book: Book, today: dt.date) -> Answer:
    """What a duty asks for an event or a period: the rule in force then decides, not the one of the day of filing."""
    duty = _row(book, facts.duty)
    reports = _reports(duty, facts)
    in_force = [report for report in reports if duty.in_force(report.first) and duty.in_force(report.last)]
    owed = [_owed(duty, report, facts.holiday_rule, book) for report in in_force]
    covering, why_not = _not_in_force(duty, [report for report in reports if report not in in_force], book)
    late, why_late = lateness(duty, owed, facts, today)
    answer: dict[str, Any] = {"duties": [_entry(duty, one) for one in owed], "late": late, "covered_by": covering}
    if len(owed) == 1 and owed[0].report.term.opens is not None:
        answer |= {"window_from": owed[0].report.term.opens, "window_until": owed[0].report.term.closes}
    if any(one.due is None for one in owed):
        answer["known"] = False
    return Answer(answer, (*(reason for one in owed for reason in one.reasons), *why_not, *why_late), today)


def _row(book: Book, code: str) -> Row:
    row = book.one("duties", code=code)
    if row is None:
        raise LookupError(code)
    return row


def _reports(duty: Row, facts: DeadlinesFacts) -> list[Report]:
    if facts.period_from is not None and facts.period_until is not None:
        return list(PERIOD_KINDS[duty["deadline_kind"]](duty, facts.period_from, facts.period_until))
    event = facts.event_on
    if event is None:
        raise LookupError("event_on")
    return [Report(event, event, EVENT_KINDS.get(duty["deadline_kind"], no_day)(duty, event))]


def _owed(duty: Row, report: Report, holiday_rule: str, book: Book) -> Owed:
    term = report.term
    about = {"duty": duty["code"], "actor": duty["actor"], "to": duty["recipient"]}
    if term.closes is None:
        return Owed(report, None, None, (because("duty_without_day", duty, **about),))
    reasons = [because("duty_due", duty, **about, safe_due=term.closes)]
    if term.opens is not None:
        reasons.append(because("duty_window", duty, duty=duty["code"], window_from=term.opens, window_until=term.closes))
    due, why = after_holidays(term.closes, duty, holiday_rule, book)
    return Owed(report, term.closes, due, (*reasons, *why))


def _entry(duty: Row, owed: Owed) -> Mapping[str, object]:
    return {
        "notice": duty["code"],
        "to": duty["recipient"],
        "due": owed.due,
        "safe_due": owed.safe,
        "form": duty["form"] or None,
        "law": duty["law"] or None,
    }


def _not_in_force(duty: Row, reports: Iterable[Report], book: Book) -> tuple[str | None, list[Reason]]:
    """The duty that covers what this one does not ask (`duty_successors.csv`), if any, and why."""
    covering, reasons = None, []
    for report in reports:
        reasons.append(because("duty_not_in_force", duty, duty=duty["code"], day=report.last))
        successor = next(iter(book.in_force("duty_successors", report.last, duty=duty["code"])), None)
        if successor is not None:
            covering = covering or successor["covered_by"]
            about = {"duty": duty["code"], "covered_by": successor["covered_by"], "day": report.last}
            reasons.append(because("duty_covered", successor, duty["code"], **about))
    return covering, reasons


def lateness(duty: Row, owed: Sequence[Owed], facts: DeadlinesFacts, today: dt.date) -> tuple[bool | None, list[Reason]]:
    """Whether it was done after its deadline; None when nothing was said about it, or the deadline is not known.

    `done_on` null says that it is not done yet: late as soon as the deadline lies before today. With several reports the
    one day counts for each.
    """
    if not owed or not facts.said("done_on"):
        return None, []
    verdicts = [_late(one, facts.done_on, today) for one in owed]
    reasons = [
        _why_late(duty, one, verdict, facts.done_on, today)
        for one, verdict in zip(owed, verdicts, strict=True)
        if verdict is not None
    ]
    reasons += [
        because("done_before_window", duty, duty=duty["code"], done_on=facts.done_on, window_from=one.report.term.opens)
        for one in owed
        if facts.done_on is not None and one.report.term.opens is not None and facts.done_on < one.report.term.opens
    ]
    return True if True in verdicts else None if None in verdicts else False, reasons


def _late(owed: Owed, done_on: dt.date | None, today: dt.date) -> bool | None:
    day = done_on or today
    if owed.due is not None:
        return day > owed.due
    return False if owed.safe is not None and day <= owed.safe else None


def _why_late(duty: Row, owed: Owed, late: bool, done_on: dt.date | None, today: dt.date) -> Reason:
    about = {"duty": duty["code"], "due": owed.due or owed.safe}
    if done_on is None:
        return (
            because("duty_overdue", duty, **about, today=today)
            if late
            else because("duty_still_open", duty, **about, today=today)
        )
    return (
        because("duty_done_late", duty, **about, done_on=done_on)
        if late
        else because("duty_done_in_time", duty, **about, done_on=done_on)
    )


CHECKS: Mapping[str, Callable[[DeadlinesFacts, Book, dt.date], Answer]] = {
    "duty": check_duty,
    "window": check_window,
    "windows": check_overlap,
    "renewal": check_renewal,
    "support": check_support,
}
