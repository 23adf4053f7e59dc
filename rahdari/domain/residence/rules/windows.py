"""How long something is valid, how validities must overlap before a departure, and when a registration is renewed.

A validity is never lengthened by a holiday (VALIDITY of `counting_rules.csv`). Pure: no Django, no clock.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from rahdari.base.days import end_after, offices_of
from rahdari.base.facts import Answer
from rahdari.base.reference import Book, Row
from rahdari.base.refusal import Reason

from .deadline_facts import DeadlinesFacts
from .due_days import EVENT_KINDS, NO_DAY, Term, after_holidays, because, months_earlier, reaches

MONTHS_BEFORE = "months before"
LANDING, DEPARTURE = "landing", "departure"


def window_term(row: Row, dated: dt.date) -> Term:
    """First and last day of a window, counted from the day its `starts_from` names (or back from it: `months before`)."""
    number = row.number("number")
    if number is None or not row.in_force(dated):
        return NO_DAY
    if row["unit"] == MONTHS_BEFORE:
        return Term(months_earlier(dated, number), dated)
    return Term(dated, end_after(dated, number, row["unit"]))


def check_window(facts: DeadlinesFacts, book: Book, today: dt.date) -> Answer:
    """The last day of one window, and whether it had run out when used (`used_on` null: not used yet, today decides)."""
    row, dated = _window(book, facts.window), facts.dated
    if dated is None:
        raise LookupError("dated")
    term = window_term(row, dated)
    if term.closes is None or term.opens is None:
        return Answer({"last_valid_day": None, "expired": None, "known": False}, (_no_length(row, dated),), today)
    expired = (facts.used_on or today) > term.closes if facts.said("used_on") else None
    answer: dict[str, Any] = {"last_valid_day": term.closes, "expired": expired}
    if row["unit"] == MONTHS_BEFORE:
        answer |= {"window_from": term.opens, "window_until": term.closes}
    return Answer(answer, (*_window_days(row, term, book), *_use(row, term, facts, today)), today)


def _window(book: Book, code: str) -> Row:
    row = book.one("windows", code=code)
    if row is None:
        raise LookupError(code)
    return row


def _no_length(row: Row, dated: dt.date) -> Reason:
    if row.in_force(dated):
        return because("window_without_length", row, window=row["code"])
    return because("window_not_in_force", row, window=row["code"], day=dated)


def _window_days(row: Row, term: Term, book: Book) -> Iterable[Reason]:
    yield because("window_days", row, window=row["code"], first=term.opens, last=term.closes)
    rule = book.one("counting_rules", code="VALIDITY")
    offices = offices_of(row["side"].upper(), book)
    if rule is not None and term.closes is not None and reaches(term.closes, offices) and not offices.open_on(term.closes):
        yield because("validity_not_lengthened", rule, window=row["code"], day=term.closes)


def _use(row: Row, term: Term, facts: DeadlinesFacts, today: dt.date) -> Iterable[Reason]:
    if not facts.said("used_on") or term.opens is None or term.closes is None:
        return
    about, used_on = {"window": row["code"], "last": term.closes}, facts.used_on
    if used_on is None:
        yield (
            because("window_run_out", row, **about, today=today)
            if today > term.closes
            else because("window_open", row, **about, today=today)
        )
    elif used_on > term.closes:
        yield because("window_used_late", row, **about, used_on=used_on)
    elif used_on < term.opens:
        yield because("window_used_early", row, **about, used_on=used_on, first=term.opens)
    else:
        yield because("window_used_in_time", row, **about, used_on=used_on)


@dataclass(frozen=True, slots=True)
class Held:
    """A window of the case that bounds the departure: what it is shown for (`landing`, `registration`) and its days."""

    row: Row
    shown_for: str
    dated: dt.date
    last: dt.date


@dataclass(frozen=True, slots=True)
class Journey:
    """The days on which the windows of a case are shown, as far as they are known."""

    departs: dt.date | None
    registered: dt.date | None
    today: dt.date

    def told(self, shown_for: str) -> dt.date | None:
        """The day told in the facts."""
        return self.departs if shown_for == LANDING else self.registered

    def needed(self, shown_for: str) -> dt.date:
        """The day on which a window must still be in force: as told, else the planned departure, else today."""
        return self.told(shown_for) or self.departs or self.today


def check_overlap(facts: DeadlinesFacts, book: Book, today: dt.date) -> Answer:
    """Whether a worker can depart: the validities of `departure_windows.csv` laid over each other.

    Certificate and visa must be in force on the day of landing (taken to be the planned departure at the earliest), the
    permission on the day of registration, and the registration must not come after the departure. `expired` names the
    windows that have run out on the day they are needed; `departure_possible` is None while no departure is planned and
    nothing stands against one.
    """
    given = {one.window: one.dated for one in facts.windows or () if one.dated is not None}
    rows = book.in_force("departure_windows", facts.departure_planned or today)
    registration = next((row["window"] for row in rows if row["in_force_on"] == DEPARTURE), "")
    if facts.protector_registered_on is not None:
        given[registration] = facts.protector_registered_on
    journey = Journey(facts.departure_planned, given.get(registration), today)
    held, unknown = _held(rows, given, book)
    missing = [row for row in rows if row["needed"] == "yes" and row["window"] not in given]
    expired = [one for one in held if one.last < journey.needed(one.shown_for)]
    obstacles = [*_missing(missing), *_closed(expired, journey), *_out_of_order(held, journey, book, registration)]
    bound = min((one for one in held if one.shown_for == LANDING), key=lambda one: one.last, default=None)
    answer: dict[str, Any] = {
        "land_by": bound.last if bound else None,
        "bound_by": bound.row["code"] if bound else None,
        "departure_possible": False if obstacles else None if journey.departs is None or unknown else True,
        "expired": [one.row["code"] for one in expired],
        "missing": [row["window"] for row in missing],
    }
    if unknown:
        answer["known"] = False
    return Answer(
        answer,
        (*_held_days(held, bound), *unknown, *obstacles, *_verdict(bound, obstacles, journey), *_beside(given, rows, book)),
        today,
    )


def _held(rows: Iterable[Row], given: Mapping[str, dt.date], book: Book) -> tuple[list[Held], list[Reason]]:
    held, unknown = [], []
    for bounds in rows:
        dated = given.get(bounds["window"])
        if dated is None or bounds["in_force_on"] == DEPARTURE:
            continue
        row = _window(book, bounds["window"])
        last = window_term(row, dated).closes
        if last is None:
            unknown.append(_no_length(row, dated))
        else:
            held.append(Held(row, bounds["in_force_on"], dated, last))
    return held, unknown


def _missing(rows: Iterable[Row]) -> Iterable[Reason]:
    return (because("window_missing", row, row["window"], window=row["window"]) for row in rows)


def _closed(expired: Iterable[Held], journey: Journey) -> Iterable[Reason]:
    for one in expired:
        about = {"window": one.row["code"], "last": one.last, "day": journey.needed(one.shown_for)}
        landing = one.shown_for == LANDING
        yield (
            because("landing_window_closed", one.row, **about)
            if landing
            else because("registration_window_closed", one.row, **about)
        )


def _out_of_order(held: Iterable[Held], journey: Journey, book: Book, registration: str) -> Iterable[Reason]:
    for one in held:
        told = journey.told(one.shown_for)
        if told is not None and told < one.dated:
            yield because("window_not_begun", one.row, window=one.row["code"], dated=one.dated, day=told)
    landing = [one for one in held if one.shown_for == LANDING]
    if landing and max(one.dated for one in landing) > min(one.last for one in landing):
        begins, ends = max(landing, key=lambda one: one.dated), min(landing, key=lambda one: one.last)
        about = {"window": begins.row["code"], "dated": begins.dated, "other": ends.row["code"], "last": ends.last}
        yield because("windows_do_not_overlap", ends.row, **about)
    if journey.registered and journey.departs and journey.registered > journey.departs:
        row = _window(book, registration)
        yield because(
            "registered_after_departure", row, window=row["code"], registered_on=journey.registered, departure=journey.departs
        )


def _held_days(held: Iterable[Held], bound: Held | None) -> Iterable[Reason]:
    for one in held:
        yield because("window_days", one.row, window=one.row["code"], first=one.dated, last=one.last)
    if bound is not None:
        yield because("land_by", bound.row, window=bound.row["code"], land_by=bound.last)


def _verdict(bound: Held | None, obstacles: list[Reason], journey: Journey) -> Iterable[Reason]:
    if obstacles or bound is None:
        return
    if journey.departs is None:
        yield because("departure_not_planned", bound.row, land_by=bound.last)
        return
    yield because("departure_in_windows", bound.row, departure=journey.departs, land_by=bound.last)
    if journey.departs == bound.last:
        yield because("land_on_last_day", bound.row, window=bound.row["code"], land_by=bound.last)


def _beside(given: Mapping[str, dt.date], rows: Iterable[Row], book: Book) -> Iterable[Reason]:
    bounding = {row["window"] for row in rows}
    return (because("window_not_of_departure", _window(book, code), window=code) for code in given if code not in bounding)


def check_renewal(facts: DeadlinesFacts, book: Book, today: dt.date) -> Answer:
    """When the renewal of a registration is filed.

    Rules changed over time (`renewals.csv`): the newest one whose window did not close before it came into force decides.
    `window_until` is the unmoved last day; the entry in `duties` shows it beside the day after the holiday rule.
    """
    if facts.expires_on is None:
        raise LookupError("expires_on")
    rule, term = _renewal(facts.renewal, facts.expires_on, book)
    duty = book.one("duties", code=rule["duty"])
    if duty is None or term.closes is None:
        raise LookupError(rule["duty"])
    due, moved = after_holidays(term.closes, duty, facts.holiday_rule, book)
    entry = {
        "notice": duty["code"],
        "to": duty["recipient"],
        "due": due,
        "safe_due": term.closes,
        "form": duty["form"] or None,
        "law": duty["law"] or None,
    }
    answer: dict[str, Any] = {"window_from": term.opens, "window_until": term.closes, "duties": [entry]}
    about = {"duty": duty["code"], "to": duty["recipient"], "expires_on": facts.expires_on}
    if term.opens is None:
        why = because("renewal_until", rule, **about, window_until=term.closes)
    else:
        why = because("renewal_window", rule, **about, window_from=term.opens, window_until=term.closes)
    if due is None:
        answer["known"] = False
    return Answer(answer, (why, *moved), today)


def _renewal(renewal: str, expires_on: dt.date, book: Book) -> tuple[Row, Term]:
    rules = sorted(book.rows("renewals", renewal=renewal), key=lambda row: row["valid_from"])
    terms = [(rule, EVENT_KINDS[rule["deadline_kind"]](rule, expires_on)) for rule in rules]
    held = [(rule, term) for rule, term in terms if term.closes and term.closes >= (rule.day("valid_from") or term.closes)]
    return held[-1] if held else terms[0]
