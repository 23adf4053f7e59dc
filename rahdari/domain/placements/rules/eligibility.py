"""The eligibility checker: may this person do this work under this status, and what is missing.

Rule of the three answers: a fact given as null or an empty list is known to be none
and counts as missing; a fact left out says nothing, so that what depends on it is
neither there nor missing and `eligible` is null. Pure: no Django, no database, no clock.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from rahdari.base.facts import Answer
from rahdari.base.reference import Book, Row
from rahdari.base.refusal import Reason

from .eligibility_facts import IN_A_FIELD, EligibilityFacts
from .eligibility_needs import duties_of, judge_ssw1, unread
from .eligibility_place import Place, field_after_mergers, places_of, professional_row
from .eligibility_routes import judge_esd, judge_professional, judge_remote, judge_ssw2, qualification, ssw2_open
from .language import best_level, read_result, told
from .verdict import Judgement, because, either

JUDGES = {"ssw1": judge_ssw1, "ssw2": judge_ssw2, "esd": judge_esd, "professional": judge_professional, "remote": judge_remote}
BRIDGE = "JP_DRIVER_BRIDGE_"
BRIDGES_TO = "JP_DRIVING_LICENCE"

Told = tuple[object, bool, tuple[Reason, ...]]


def check_eligibility(facts: EligibilityFacts, book: Book, today: dt.date) -> Answer:
    """Says whether a person is eligible, every need that is missing, and what the status asked for brings with it.

    The day is that of the application, else of the start, else of the landing, else `today`; the age is that at the landing.
    `eligible` is null, with `known` false, when nothing is missing but something was not said or stands in no table. Months are
    whole months. Source: fields, field_requirements, extra_conditions, language_levels, test_waivers, waiver_terms, stay_rules,
    occupations, occupation_words, windows, professional_routes.
    """
    day = facts.applied_on or facts.starts_on or facts.landing_on or today
    judged = [(place, _judge(facts, book, place)) for place in places_of(facts, book, day)]
    place, verdict = min(judged, key=lambda pair: (bool(pair[0].closed), *pair[1].distance))
    parts: dict[str, Told] = {
        "language_level": _language_level(facts, book, day),
        "field_valid": (place.valid, True, ()),
        "field_now": (field_after_mergers(place.asked, book, today)["code"] if place.asked else None, True, ()),
        "ssw2_available": _ssw2(place),
        "employment_form_allowed": _employment_form_allowed(facts, place),
        "family_allowed": _family(facts, book, day),
        "bridge_status_months": _bridge(facts, book, place),
        "other_status": (_other_status(facts, book, place), True, ()),
        "under_moc": _under_moc(facts, book, place),
        "status_of_residence_needed": (not _said_no("residence", facts.status, book, day), True, ()),
        "protector_registration_needed": _protector(facts, book, day),
    }
    answer: dict[str, object] = {"eligible": verdict.eligible, "missing": list(verdict.missing)}
    answer |= {member: value for member, (value, _, _) in parts.items()}
    if verdict.eligible is None or not place.sure or not all(known for _, known, _ in parts.values()):
        answer["known"] = False
    several = _several(facts, place, judged)
    reasons = (*verdict.reasons, *place.reasons, *several, *(reason for _, _, some in parts.values() for reason in some))
    return Answer(answer, tuple(_each_once(reasons)), day)


def _judge(facts: EligibilityFacts, book: Book, place: Place) -> Judgement:
    if place.closed:
        return Judgement((place.closed,))
    return JUDGES[facts.status](facts, book, place)


def _each_once(reasons: tuple[Reason, ...]) -> Iterator[Reason]:
    seen: list[Reason] = []
    for reason in reasons:
        if reason not in seen:
            seen.append(reason)
            yield reason


def _several(facts: EligibilityFacts, place: Place, judged: list[tuple[Place, Judgement]]) -> Iterator[Reason]:
    """Says which field answers where it was found by the occupation."""
    if facts.field or place.row is None or facts.status not in IN_A_FIELD or place.work is None:
        return
    row = next((row for row in place.work.rows if row["field"]), None)
    fields = tuple(dict.fromkeys(one.row["code"] for one, _ in judged if one.row is not None))
    if row is not None:
        about = {"occupation": facts.occupation, "field": place.row["code"], "fields": fields}
        yield because("field_by_occupation", row, about, rule=row["isco_code"])


def _language_level(facts: EligibilityFacts, book: Book, day: dt.date) -> Told:
    readings = [read_result(result, book, day) for result in facts.language or ()]
    level, best = best_level(readings)
    if best is not None:
        return level, True, (told(best),)
    unclear = tuple(unread(readings))
    return None, not unclear, unclear


def _ssw2(place: Place) -> Told:
    if place.row is None or not place.in_ssw:
        return (False if place.closed or (place.work and place.work.outside) else None), True, ()
    row, about = place.row, {"field": place.row["code"], "day": place.day}
    answer = ssw2_open(row, place.day)
    code = "ssw2_unknown" if answer is None else "ssw2_in_part" if answer and row["ssw2_scope"] == "part" else "ssw2_available"
    return answer, answer is not None, (because(code if answer is not False else "ssw2_not_available", row, about),)


def _employment_form_allowed(facts: EligibilityFacts, place: Place) -> Told:
    if facts.employment is None or facts.status == "remote":
        return None, True, ()
    if facts.employment == "direct":
        return True, True, ()
    if facts.status not in IN_A_FIELD:
        return None, False, (Reason("dispatch_unknown"),)
    row = place.row
    if row is None or not place.in_ssw:
        return None, True, ()
    allowed = row["dispatch_allowed"] == "yes"
    return allowed, True, (because("dispatch_allowed" if allowed else "employment_form", row, {"field": row["code"]}),)


def _family(facts: EligibilityFacts, book: Book, day: dt.date) -> Told:
    rows = [
        row
        for table in ("stay_rules", "professional_routes")
        for row in book.in_force(table, day, status=facts.status, kind="family")
    ]
    if not rows:
        return None, True, ()
    allowed = rows[0]["value"] == "yes"
    why = () if facts.family_wanted is False else (because("family_allowed" if allowed else "family_not_allowed", rows[0]),)
    return allowed, True, why


def _bridge(facts: EligibilityFacts, book: Book, place: Place) -> Told:
    """The status in which a driver may prepare in Japan before SSW(i) is granted."""
    if facts.status != "ssw1":
        return None, True, ()
    duties = duties_of(facts, book, place)
    windows = {duty: row for duty in duties if (row := _bridge_window(duty, book, place.day)) is not None}
    months = {row.number("number") for row in windows.values()}
    if len(months) > 1:
        return None, False, tuple(_bridge_told("bridge_by_duty", duty, row) for duty, row in windows.items())
    if not months:
        return None, True, ()
    return months.pop(), True, tuple(_bridge_told("bridge_status", duty, row) for duty, row in windows.items())


def _bridge_told(code: str, duty: Row, row: Row) -> Reason:
    return because(code, row, {"work": (duty["field"], duty["duty_category"]), "months": row.number("number")})


def _bridge_window(duty: Row, book: Book, day: dt.date) -> Row | None:
    if BRIDGES_TO not in duty.codes("extra_condition_code"):
        return None
    windows = (row for row in book.tables["windows"] if row["code"].startswith(BRIDGE) and row.in_force(day))
    return next((row for row in windows if duty["duty_category"] in row["code"].removeprefix(BRIDGE).split("_")), None)


def _other_status(facts: EligibilityFacts, book: Book, place: Place) -> str | None:
    """The status outside SSW: the one asked for, else one that the tables open to work of this kind."""
    if facts.status not in IN_A_FIELD:
        return facts.status
    if place.in_ssw or not place.work or not (place.work.outside or professional_row(place.work, book, place.day)):
        return None
    rows = book.in_force("professional_routes", place.day, kind="qualification")
    unqualified = either(*(qualification(row, facts) for row in rows)) is False
    return "remote" if unqualified else "professional"


def _said_no(kind: str, status: str, book: Book, day: dt.date) -> Row | None:
    """The row by which a kind of work goes without something that every other kind has."""
    return next(iter(book.in_force("professional_routes", day, kind=kind, status=status, value="no")), None)


def _under_moc(facts: EligibilityFacts, book: Book, place: Place) -> Told:
    outside = _said_no("moc", facts.status, book, place.day)
    if outside is None and place.closed == "not_an_ssw_field":
        outside = _said_no("moc", "professional", book, place.day)
    return outside is None, True, (because("outside_moc", outside),) if outside else ()


def _protector(facts: EligibilityFacts, book: Book, day: dt.date) -> Told:
    free = _said_no("protector", facts.status, book, day)
    row = book.one("windows", code="PK_PROTECTOR")
    if free is not None:
        return False, True, (because("no_protector", free),)
    return True, True, (because("protector_needed", row),) if row is not None else ()
