"""The days that are left out of the counter: re-entry barred, maternity and child-care leave, illness, work accident.

What each row of `stay_rules` of kind `exclusion` asks for decides: its papers, its shortest length, its cap,
and the days on which it was in force. No Django, no database, no clock.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from rahdari.base.days import ONE_DAY, last_day
from rahdari.base.reference import Book, Row
from rahdari.base.refusal import Reason

from .stay_said import said
from .stay_shape import StayFacts
from .stay_spans import Span, days_in, joined, shared, without

BARRED = "re-entry impossible"
FAMILY = "statutory maternity or child-care leave"
ILLNESS = "illness or injury"
ACCIDENT = "work accident"
GROUND = {"maternity": FAMILY, "childcare": FAMILY, "illness": ILLNESS, "work_accident": ACCIDENT}
LEFT_OUT = {
    BARRED: "stay_left_out_barred",
    FAMILY: "stay_left_out_family_leave",
    ILLNESS: "stay_left_out_illness",
    ACCIDENT: "stay_left_out_work_accident",
}


@dataclass(frozen=True, slots=True)
class Claim:
    """Days that somebody asks to leave out, on the ground named in `applies_to`."""

    ground: str
    span: Span
    proven: bool


@dataclass(frozen=True, slots=True)
class LeftOut:
    """The days left out, the reasons, and whether the tables knew an answer for every day asked about."""

    spans: tuple[Span, ...]
    reasons: tuple[Reason, ...]
    known: bool


def days_left_out(facts: StayFacts, held: Sequence[Span], as_of: dt.date, book: Book) -> LeftOut:
    """The days of `held` that do not count, each once.

    A day that falls under two grounds is taken by the one with the larger cap, so that it does not use up
    the smaller. Without proof nothing is left out. Days before a row was in force are not left out, and
    `known` is then false, because no source says whether they could be.
    """
    claims = tuple(_claims(facts, as_of))
    spans: tuple[Span, ...] = ()
    reasons, known = list(_not_shown(facts, claims, book)), True
    for ground in sorted(LEFT_OUT, key=lambda ground: _cap_order(ground, facts.status, book)):
        rows = _rows(ground, facts.status, book)
        asked = joined(claim.span for claim in claims if claim.ground == ground and claim.proven)
        if not rows or not asked:
            continue
        for row in rows:
            taken, why = _under(row, asked, held, spans, book)
            spans, reasons = joined([*spans, *taken]), [*reasons, *why]
        early = _before(rows, asked, without(held, spans), book)
        known = known and early is None
        reasons += [early] if early else []
    return LeftOut(spans, tuple(reasons), known)


def _claims(facts: StayFacts, as_of: dt.date) -> Iterator[Claim]:
    for absence in facts.absences or ():
        if absence.permit != "none" and absence.barred_from is not None and absence.barred_to is not None:
            away = Span(absence.first, absence.until or dt.date.max)
            for span in shared([away], [Span(absence.barred_from, absence.barred_to)]):
                yield Claim(BARRED, span, absence.proof is True)
    for leave in facts.leaves or ():
        if leave.kind in GROUND and (leave.until is not None or leave.first <= as_of):
            yield Claim(GROUND[leave.kind], Span(leave.first, leave.until or as_of), leave.proof is True)


def _rows(ground: str, status: str, book: Book) -> tuple[Row, ...]:
    return book.rows("stay_rules", status=status, kind="exclusion", applies_to=ground)


def _cap_order(ground: str, status: str, book: Book) -> tuple[bool, int]:
    caps = [row.number("value") for row in _rows(ground, status, book)]
    largest = max((cap for cap in caps if cap is not None), default=0)
    return bool(caps) and None not in caps, -largest


def _in_force(row: Row) -> Span:
    return Span(row.day("valid_from") or dt.date.min, row.day("valid_until") or dt.date.max)


def _shortest(row: Row, book: Book) -> int | None:
    """The months that a leave under the row must be longer than, None where any length will do."""
    least = book.one("stay_thresholds", rule=row["code"], comparison="more_than")
    return least.number("number") if least else None


def _long_enough(row: Row, spans: Iterable[Span], book: Book) -> tuple[Span, ...]:
    """The spans that are longer than the row asks for; one of exactly that length is too short."""
    months = _shortest(row, book)
    return tuple(spans) if months is None else tuple(span for span in spans if span.last > last_day(span.first, months))


def _under(
    row: Row, asked: Sequence[Span], held: Sequence[Span], taken: Sequence[Span], book: Book
) -> tuple[tuple[Span, ...], list[Reason]]:
    """The days one row leaves out, and why."""
    long = _long_enough(row, asked, book)
    shortest = _shortest(row, book)
    reasons = [
        said("stay_leave_too_short", row, first=span.first, last=span.last, minimum=shortest)
        for span in asked
        if span not in long
    ]
    reasons += [
        said("stay_leave_outside_status", row, first=span.first, last=span.last) for span in long if not shared([span], held)
    ]
    fit = without(shared(shared(long, held), [_in_force(row)]), taken)
    kept = _capped(row, fit)
    if kept:
        reasons.append(said(LEFT_OUT[row["applies_to"]], row, days=days_in(kept)))
    if kept != fit:
        reasons.append(said("stay_cap_reached", row, cap=row.number("value"), days=days_in(fit) - days_in(kept)))
    return kept, reasons


def _capped(row: Row, spans: Sequence[Span]) -> tuple[Span, ...]:
    """The first days as far as the cap of the row allows.

    The cap is in months; it is as many days as so many months have from the first day left out, so that one
    long leave ends its cap on the calendar day and several short ones share the same number of days.
    """
    months = row.number("value")
    if months is None or not spans:
        return tuple(spans)
    room, kept = Span(spans[0].first, last_day(spans[0].first, months)).days, []
    for span in spans:
        if room <= 0:
            break
        kept.append(Span(span.first, min(span.last, span.first + dt.timedelta(days=room - 1))))
        room -= kept[-1].days
    return tuple(kept)


def _before(rows: Sequence[Row], asked: Sequence[Span], counting: Sequence[Span], book: Book) -> Reason | None:
    """Why days asked for were not left out although a later rule would do so: whether it reaches back is not known."""
    first_row = min(rows, key=lambda row: row.day("valid_from") or dt.date.min)
    start = first_row.day("valid_from")
    if start is None:
        return None
    early = shared(_long_enough(first_row, asked, book), [Span(dt.date.min, start - ONE_DAY)])
    days = days_in(shared(early, counting))
    if not days:
        return None
    return said("stay_leave_before_rule", first_row, confidence="low", days=days, start=start)


def _not_shown(facts: StayFacts, claims: Sequence[Claim], book: Book) -> Iterator[Reason]:
    """What keeps days on the counter that might have been left out: no papers, or no days named."""
    for claim in claims:
        for row in _rows(claim.ground, facts.status, book)[:1]:
            if not claim.proven:
                yield said("stay_proof_missing", row, first=claim.span.first, last=claim.span.last)
    for absence in facts.absences or ():
        half = (absence.barred_from is None) != (absence.barred_to is None)
        for row in _rows(BARRED, facts.status, book)[:1]:
            if half and absence.permit != "none":
                yield said("stay_barred_days_missing", row)
