"""What the tables know of the kinds of work beside SSW(i): SSW(ii), training, professional, remote.

Where a kind of work has no row of needs, nothing is judged beyond what the tables
say. Pure: no Django, no database, no clock.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from rahdari.base.reference import Book, Row
from rahdari.base.refusal import Reason

from .eligibility_facts import EligibilityFacts
from .eligibility_needs import employment_form, need, test_counts
from .eligibility_place import Place, professional_row
from .language import read_result
from .verdict import Judgement, because, either, joined


def ssw2_open(row: Row, day: dt.date) -> bool | None:
    """Whether a field has SSW(ii) on a day, be it for a part of its work; None when the table does not know."""
    start, scope = row.day("ssw2_from"), row["ssw2_scope"]
    if scope == "none":
        return False
    return None if scope == "unknown" or start is None else start <= day


def judge_ssw2(facts: EligibilityFacts, book: Book, place: Place) -> Judgement:
    """Names what is missing for SSW(ii); a yes is never given, because no table holds all of its needs."""
    row = place.row
    if row is None or ssw2_open(row, place.day) is False:
        lacking = (
            Reason("ssw2_not_available")
            if row is None
            else because("ssw2_not_available", row, {"field": row["code"], "day": place.day})
        )
        return Judgement(("ssw2_not_available",), reasons=(lacking,))
    return joined(
        [
            _ssw2_test(facts, book, place, row),
            employment_form(facts, place),
            _needs_unknown("ssw2_needs_unknown", row, row["code"]),
        ]
    )


def _ssw2_test(facts: EligibilityFacts, book: Book, place: Place, row: Row) -> Judgement:
    kind = book.one("exam_kinds", kind="skill_ssw2")
    if kind is None:
        return Judgement()
    duties = [
        duty
        for duty in book.in_force("field_requirements", place.day, field=row["code"])
        if facts.duty in (None, duty["duty_category"])
    ]
    passed = facts.skill_tests or []
    shown = any(test_counts(test, duty, book) for test in passed for duty in duties) if facts.said("skill_tests") else None
    return need("skill_test", shown, because("skill_test", kind, {"work": (row["code"],)}))


def _needs_unknown(code: str, row: Row, field: str) -> Judgement:
    return Judgement(unsaid=("requirements",), reasons=(because(code, row, {"field": field}, rule=field),))


def judge_esd(facts: EligibilityFacts, book: Book, place: Place) -> Judgement:
    """Training (Employment for Skill Development): which fields, and from when; its needs stand in no table yet."""
    start = facts.starts_on or facts.landing_on or place.day
    code = place.row["code"] if place.row else ""
    rows = book.rows("field_ceilings", scheme="esd", field=code)
    begun = [row for row in rows if (first := row.day("period_from")) is not None and first <= start]
    if not begun:
        listed = rows or book.rows("field_ceilings", scheme="esd")
        lacking = (
            because("esd_not_open", listed[0], {"field": code, "day": start}, rule=code) if listed else Reason("esd_not_open")
        )
        return Judgement(("field_not_open",), reasons=(lacking,))
    unknown = _needs_unknown("esd_needs_unknown", begun[-1], code)
    return joined([employment_form(facts, place), unknown, Judgement(reasons=tuple(_enough_to_begin(facts, book, place)))])


def _enough_to_begin(facts: EligibilityFacts, book: Book, place: Place) -> Iterator[Reason]:
    """Says that a language result is enough to begin training, where one is."""
    readings = [read_result(result, book, place.day) for result in facts.language or ()]
    for row in book.in_force("professional_routes", place.day, kind="language", status=facts.status):
        if any(reading.shows(row.codes("value")) for reading in readings):
            yield because("esd_language_enough", row, {"level": row["value"]})


def judge_professional(facts: EligibilityFacts, book: Book, place: Place) -> Judgement:
    """Professional work: a degree or the years of practice that the table names, for work that no row counts to an SSW field."""
    work = professional_row(place.work, book, place.day)
    listed = next((row for row in place.work.rows if row["field"]), None) if place.work and work is None else None
    parts = [_qualified(facts, book, place.day)]
    if work is not None:
        parts.append(Judgement(reasons=(because("professional_work", work, {"occupation": facts.occupation}),)))
    elif listed is not None:
        about = {"occupation": facts.occupation, "field": listed["field"]}
        parts.append(
            Judgement(unsaid=("work",), reasons=(because("work_listed_as_ssw", listed, about, rule=listed["isco_code"]),))
        )
    else:
        parts.append(Judgement(reasons=(Reason("professional_work_not_listed"),)))
    language = book.in_force("professional_routes", place.day, kind="language", status=facts.status)
    return joined(
        [*parts, Judgement(reasons=tuple(because("professional_language", row, {"level": row["value"]}) for row in language))]
    )


def _qualified(facts: EligibilityFacts, book: Book, day: dt.date) -> Judgement:
    answers = [(row, qualification(row, facts)) for row in book.in_force("professional_routes", day, kind="qualification")]
    held = next((row for row, answer in answers if answer), None)
    if held is not None:
        return Judgement(reasons=(because("professional_qualified", held),))
    years = next((row for row, _ in answers if row["unit"] == "years"), None)
    if years is None:
        return Judgement(unsaid=("requirements",), reasons=(Reason("requirements_unknown", {"day": day}),))
    lacking = because("degree_or_practice", years, {"years": years.number("value")})
    return need("degree_or_practice", either(*(answer for _, answer in answers)), lacking)


def qualification(row: Row, facts: EligibilityFacts) -> bool | None:
    """Whether a person holds the degree, or the years, that a row of `professional_routes` names."""
    if row["unit"] == "years":
        return (facts.years_of_practice or 0) >= (row.number("value") or 0) if facts.said("years_of_practice") else None
    return bool(facts.degree) if facts.said("degree") else None


def judge_remote(facts: EligibilityFacts, book: Book, place: Place) -> Judgement:
    """Remote work from home needs no status and no registration: nothing is missing."""
    rows = book.in_force("professional_routes", place.day, status=facts.status, kind="residence", value="no")
    return Judgement(reasons=tuple(because("remote_no_visa", row) for row in rows))
