"""What a worker must show for SSW(i): age, skill test, language, and the conditions of the field.

Pure: no Django, no database, no clock.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from rahdari.base.reference import Book, Row
from rahdari.base.refusal import Reason

from .eligibility_facts import EligibilityFacts, Training
from .eligibility_place import Place, field_after_mergers
from .language import Reading, read_result
from .verdict import Judgement, because, both, either, joined

ANY_FIELD = ""
BY_WORKER = "WORKER"
# The fact that answers a condition of extra_conditions or an extra language test; the code in small letters is the need.
ANSWERED_BY = {
    "NURSING_CARE_JAPANESE": "nursing_japanese_passed",
    "JP_DRIVING_LICENCE": "driving_licence_jp",
    "NEW_DRIVER_TRAINING": "new_driver_training",
    "GOOD_WORKPLACE": "employer_good_workplace",
}


@dataclass(frozen=True, slots=True)
class Case:
    """One person asked about one row of `field_requirements`."""

    facts: EligibilityFacts
    book: Book
    place: Place
    duty: Row

    @property
    def rule(self) -> str:
        return name_of(self.duty)

    @property
    def work(self) -> tuple[str, ...]:
        return (self.duty["field"], self.duty["duty_category"]) if self.duty["duty_category"] else (self.duty["field"],)


def name_of(duty: Row) -> str:
    """The name of a row of `field_requirements`, as skill tests are named in the facts: `FIELD` or `FIELD/DUTY`."""
    return f"{duty['field']}/{duty['duty_category']}" if duty["duty_category"] else duty["field"]


def duties_of(facts: EligibilityFacts, book: Book, place: Place) -> tuple[Row, ...]:
    """The rows that come into question: of the duty named, else of one that the occupation's title names, else of all."""
    if place.row is None or place.closed:
        return ()
    rows = book.in_force("field_requirements", place.day, field=place.row["code"])
    if facts.duty:
        return tuple(row for row in rows if row["duty_category"] == facts.duty)
    titles = " ".join(row["title_en"] for row in (place.work.rows if place.work else ()) if row["field"] == place.row["code"])
    words = set(titles.lower().replace(",", " ").split())
    named = tuple(row for row in rows if row["duty_category"] and words.issuperset(row["duty_category"].lower().split("_")))
    return named or rows


def judge_ssw1(facts: EligibilityFacts, book: Book, place: Place) -> Judgement:
    """Judges the work under SSW(i); where the duty was not named, the duty that lacks least speaks for the field."""
    duties = duties_of(facts, book, place)
    if not duties:
        return Judgement(unsaid=("requirements",), reasons=(Reason("requirements_unknown", {"day": place.day}),))
    best = min((_judge_duty(Case(facts, book, place, duty)) for duty in duties), key=lambda one: one.distance)
    if len(duties) > 1 and best.duty is not None:
        about = {"field": best.duty["field"], "duty": best.duty["duty_category"]}
        best = replace(best, reasons=(*best.reasons, because("duty_not_said", best.duty, about, rule=name_of(best.duty))))
    return best


def _judge_duty(case: Case) -> Judgement:
    parts = joined([_age(case), _skill_test(case), _language(case), *_extras(case), employment_form(case.facts, case.place)])
    if parts.eligible:
        shown = because("all_shown", case.duty, {"work": case.work, "day": case.place.day}, rule=case.rule)
        parts = replace(parts, reasons=(shown, *parts.reasons))
    return replace(parts, duty=case.duty, reasons=(*parts.reasons, *_employers_part(case)))


def need(code: str, shown: bool | None, lacking: Reason, unsaid: Iterable[Reason] = ()) -> Judgement:
    """The judgement of one need: `lacking` explains a no, `unsaid` (or a plain word of its own) what is not said."""
    if shown is None:
        reasons = tuple(unsaid) or (replace(lacking, code=f"{code}_not_said"),)
        return Judgement(unsaid=(code,), reasons=reasons)
    return Judgement() if shown else Judgement(missing=(code,), reasons=(lacking,))


def _age(case: Case) -> Judgement:
    facts = case.facts
    at = facts.landing_on or facts.starts_on or case.place.day
    rows = case.book.in_force("stay_rules", at, status=facts.status, kind="entry")
    return joined(_of_age(row, facts, at) for row in rows)


def _of_age(row: Row, facts: EligibilityFacts, at: dt.date) -> Judgement:
    born, years = facts.born, row.number("value") or 0
    lacking = because("age", row, {"years": years, "at": at})
    if born is None:
        return need("age", False if facts.said("born") else None, lacking)
    reached = at.year - born.year - ((at.month, at.day) < (born.month, born.day))
    return need("age", reached >= years, lacking)


def _skill_test(case: Case) -> Judgement:
    lacking = because("skill_test", case.duty, {"work": case.work}, rule=case.rule)
    if not case.duty["skill_test_name_ja"]:
        return Judgement(
            unsaid=("skill_test",), reasons=(replace(lacking, code="requirements_unknown", about={"day": case.place.day}),)
        )
    tests = case.facts.skill_tests
    if tests is None:
        shown = False if case.facts.said("skill_tests") else None
    else:
        shown = any(test_counts(test, case.duty, case.book) for test in tests)
    found = _with_waiver("skill_test", shown, lacking, case)
    if shown and case.duty["duty_category"] and case.rule not in (tests or ()):
        found = joined([found, Judgement(reasons=(replace(lacking, code="skill_test_duty_not_said"),))])
    return found


def test_counts(test: str, duty: Row, book: Book) -> bool:
    """Whether a test passed is the one asked for; fields that shared one test before a merger share it still."""
    field, _, named = test.partition("/")
    rows = [row for row in book.rows("field_requirements", field=field) if not named or row["duty_category"] == named]
    return duty["skill_test_name_ja"] in {row["skill_test_name_ja"] for row in rows}


def _language(case: Case) -> Judgement:
    wanted, given = case.duty.codes("language_min"), case.facts.language
    lacking = because("language", case.duty, {"work": case.work, "levels": wanted}, rule=case.rule)
    if not given:
        return _with_waiver("language", False if case.facts.said("language") else None, lacking, case)
    readings = [read_result(result, case.book, case.place.day) for result in given]
    shown = either(*(reading.shows(wanted) for reading in readings))
    return _with_waiver("language", shown, lacking, case, tuple(unread(readings)))


def unread(readings: Iterable[Reading]) -> Iterator[Reason]:
    """Why results could not be read for certain."""
    for one in readings:
        why = one.why_not or ("date_not_said" if len(one.levels) > 1 else "")
        if why:
            yield Reason(f"language_{why}", {"test": one.result.test})


def _extras(case: Case) -> Iterator[Judgement]:
    for code in case.duty.codes("extra_language_test"):
        lacking = because(code.lower(), case.duty, {"work": case.work}, rule=case.rule)
        yield _with_waiver(code.lower(), _answer(code, case.facts), lacking, case)
    for row in _conditions(case):
        code = row["code"].lower()
        if row["code"] in ANSWERED_BY:
            yield need(code, _answer(row["code"], case.facts), because(code, row, {"work": case.work}))
        elif row["who_proves"] == BY_WORKER:
            yield Judgement(unsaid=(code,), reasons=(because("condition_not_asked", row, {"condition": row["code"]}),))


def _answer(code: str, facts: EligibilityFacts) -> bool | None:
    member = ANSWERED_BY[code]
    return bool(getattr(facts, member)) if facts.said(member) else None


def _conditions(case: Case) -> list[Row]:
    return [row for code in case.duty.codes("extra_condition_code") for row in case.book.rows("extra_conditions", code=code)]


def _employers_part(case: Case) -> Iterator[Reason]:
    """Conditions that the employer proves and no fact asks for: told, never held against the worker."""
    for row in _conditions(case):
        if row["code"] not in ANSWERED_BY and row["who_proves"] != BY_WORKER:
            yield because("employer_must_show", row, {"condition": row["code"]})


def employment_form(facts: EligibilityFacts, place: Place) -> Judgement:
    """Dispatch only where the field allows it; nobody has to say that the employment is direct."""
    if facts.employment != "dispatch" or place.row is None or place.row["dispatch_allowed"] == "yes":
        return Judgement()
    return need("employment_form", False, because("employment_form", place.row, {"field": place.row["code"]}))


WAIVED_IN = {
    "skill_test": "waives_skill_test",
    "language": "waives_base_language",
    "nursing_care_japanese": "waives_nursing_japanese",
}


def _with_waiver(code: str, shown: bool | None, lacking: Reason, case: Case, unsaid: tuple[Reason, ...] = ()) -> Judgement:
    """A need that training well completed may take the place of; a waiver not claimed is none."""
    if shown:
        return Judgement()
    claims = [(row, _waived(row, case)) for row in _waivers(WAIVED_IN[code], case)]
    granted = next((row for row, answer in claims if answer), None)
    if granted is not None:
        return Judgement(reasons=(because(f"{code}_waived", granted, {"work": case.work}),))
    half = next((row for row, answer in claims if answer is None), None)
    if half is not None:
        unsaid = (*unsaid, because("waiver_not_said", half, {"work": case.work}))
    return need(code, either(shown, *(answer for _, answer in claims)), lacking, unsaid)


def _waivers(column: str, case: Case) -> list[Row]:
    day = case.place.day
    waiving = {row["code"] for row in case.book.rows("test_waivers") if row[column] == "yes" and row.in_force(day)}
    return [row for row in case.book.in_force("waiver_terms", day) if row["code"] in waiving]


def _waived(terms: Row, case: Case) -> bool | None:
    training, bases = case.facts.titp, terms.codes("base_levels")
    if training is None or terms["field"] not in (ANY_FIELD, case.duty["field"]):
        return False
    if bases and not set(case.duty.codes("language_min")) <= set(bases):
        return False
    least = terms.number("months_min") or 0
    return both(
        _told(training, "stage", training.stage in terms.codes("stages")),
        _told(training, "months_completed", (training.months_completed or 0) >= least),
        _told(training, "good_completion", bool(training.good_completion)),
        terms["related"] != "yes" or _told(training, "related_field", _is_related(training, case)),
    )


def _is_related(training: Training, case: Case) -> bool:
    """Whether the job is in the field of the training: told by yes or no, or by the field itself, mergers included."""
    told = training.related_field
    if not isinstance(told, str):
        return bool(told)
    fields = [case.book.one("fields", code=code) for code in (told, case.duty["field"])]
    now = {field_after_mergers(field, case.book, case.place.day)["code"] for field in fields if field is not None}
    return len(now) == 1


def _told(training: Training, member: str, holds: bool) -> bool | None:
    return holds if training.said(member) else None
