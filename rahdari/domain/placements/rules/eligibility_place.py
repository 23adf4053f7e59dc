"""In which field the work asked about stands on a day, through openings and mergers.

Pure: no Django, no database, no clock.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace

from rahdari.base.reference import Book, Row
from rahdari.base.refusal import Reason

from .eligibility_facts import IN_A_FIELD, EligibilityFacts
from .occupations import Work, work_of
from .verdict import because

TAKING_PEOPLE = frozenset({"open", "suspended_in_part", "merged"})


@dataclass(frozen=True, slots=True)
class Place:
    """The field asked for (or found by the occupation) and the field where its work stands on the day.

    `closed` is the code that then stands alone in `missing`; `sure` is false where the tables
    hold no row that says so.
    """

    day: dt.date
    work: Work | None = None
    asked: Row | None = None
    row: Row | None = None
    closed: str = ""
    sure: bool = True
    reasons: tuple[Reason, ...] = ()

    @property
    def valid(self) -> bool | None:
        """Whether the code asked for was valid on the day."""
        return None if self.asked is None else self.asked.in_force(self.day)

    @property
    def in_ssw(self) -> bool:
        return self.row is not None and self.closed != "not_an_ssw_field"


def field_after_mergers(field: Row, book: Book, on: dt.date) -> Row:
    """The field that a field has become by a day."""
    end, successor = field.day("valid_until"), book.one("fields", code=field["merged_into"])
    if end is None or on <= end or successor is None:
        return field
    return field_after_mergers(successor, book, on)


def professional_row(work: Work | None, book: Book, day: dt.date) -> Row | None:
    """The row that counts a kind of work to the professional status, None when no row does."""
    rows = book.in_force("professional_routes", day, kind="work")
    return next((row for row in rows for code in (work.codes if work else ()) if code.startswith(row["value"])), None)


def places_of(facts: EligibilityFacts, book: Book, day: dt.date) -> tuple[Place, ...]:
    """Every field that comes into question: one when it was named, perhaps several by an occupation, never none."""
    work = work_of(facts.occupation, book) if facts.occupation else None
    named = book.one("fields", code=facts.field) if facts.field else None
    if facts.status not in IN_A_FIELD:
        return (Place(day, work, named, field_after_mergers(named, book, day) if named else None),)
    if work is not None and not work.fields:
        outside = _outside(work, book, day, facts.occupation or "", named)
        if outside is not None:
            return (outside,)
    if named is not None:
        place = _standing(named, book, day, work)
        return (replace(place, reasons=(*place.reasons, *_other_field(place, work, facts.occupation))),)
    if work is None:
        return (Place(day, closed="not_an_ssw_field", reasons=(Reason("no_field_named"),)),)
    return tuple(_standing(row, book, day, work) for code in work.fields for row in _valid_then(code, book, day))


def _outside(work: Work, book: Book, day: dt.date, occupation: str, named: Row | None) -> Place | None:
    """The place of work that is in no field; None when a named field speaks for work the tables do not know."""
    about, certain = {"occupation": occupation}, work.outside or professional_row(work, book, day)
    if certain is not None:
        rule = certain.get("isco_code")
        reason = because("not_an_ssw_field", certain, about, rule=rule)
        return Place(
            day, work, named, None if named is None else field_after_mergers(named, book, day), reason.code, True, (reason,)
        )
    if named is not None:
        return None
    reason = Reason("occupation_not_listed" if work.codes else "occupation_not_recognised", about)
    return Place(day, work, closed="not_an_ssw_field", sure=False, reasons=(reason,))


def _valid_then(code: str, book: Book, day: dt.date) -> tuple[Row, ...]:
    """The field of a code, or the fields it was merged from where it did not exist yet."""
    row = book.rows("fields", code=code)
    if any(one.in_force(day) for one in row):
        return row
    return book.in_force("fields", day, merged_into=code) or row


def _standing(asked: Row, book: Book, day: dt.date, work: Work | None) -> Place:
    row = field_after_mergers(asked, book, day)
    reasons = tuple(_field_reasons(asked, row, book, day))
    if row.in_force(day) and row["status"] in TAKING_PEOPLE:
        return Place(day, work, asked, row, reasons=reasons)
    shut = because("field_not_open", row, {"field": row["code"], "day": day})
    return Place(day, work, asked, row, "field_not_open", True, (shut, *reasons))


def _other_field(place: Place, work: Work | None, occupation: str | None) -> Iterator[Reason]:
    """A field that was named counts, also where the tables know the occupation under another one only."""
    if (
        work is not None
        and place.row is not None
        and not {place.row["code"], place.asked and place.asked["code"]} & set(work.fields)
    ):
        row = next((row for row in work.rows if row["field"]), None)
        if row is not None:
            about = {"occupation": occupation, "fields": work.fields, "field": place.row["code"]}
            yield because("occupation_in_other_field", row, about, rule=row["isco_code"])


def _field_reasons(asked: Row, row: Row, book: Book, day: dt.date) -> Iterator[Reason]:
    if row is not asked:
        yield because("field_merged", asked, {"field": asked["code"], "until": asked.day("valid_until"), "now": row["code"]})
    elif asked["merged_into"] and asked.in_force(day):
        yield because(
            "field_merged_later", asked, {"field": asked["code"], "until": asked.day("valid_until"), "now": asked["merged_into"]}
        )
    for order in book.rows("suspensions", field=row["code"]):
        since, until = order.day("effective_from"), order.day("lifted_on")
        if since is not None and since <= day and (until is None or day < until):
            yield because("field_suspended", order, {"field": row["code"], "since": since}, rule=order["order_id"])
