"""What stands in the slots of pages below: on a vacancy, whether the reader can apply; on a file, their applications."""

from __future__ import annotations

from typing import Any

from rahdari.base.actor import Actor
from rahdari.base.clock import day_at, now
from rahdari.base.editions import current_book
from rahdari.base.facts import read_facts
from rahdari.base.reference import Book
from rahdari.base.refusal import Reason
from rahdari.domain.candidates.models import File, Qualification, ShownProfile
from rahdari.domain.candidates.queries import file_of, internships_of, passed_tests
from rahdari.domain.jobs.models import Demand, Vacancy
from rahdari.domain.jobs.rules.demands import PROFESSIONAL
from rahdari.web.panels import Panel

from ..models import Case
from ..rules import EligibilityFacts, check_eligibility
from .cases import cases_visible_to
from .professional import why_not_professional
from .ranking import rule_of
from .seen import with_standing

LANGUAGE_TESTS = ("JFT_BASIC", "JLPT")
NURSING_JAPANESE = "NURSING_CARE_JAPANESE"


def apply_panel(actor: Actor, vacancy: Vacancy) -> Panel | None:
    """On a vacancy of this node that is open: apply, open a file first, or sign in; with every condition that is not met."""
    today = day_at(now(), "pk")
    if actor.node != "pk" or vacancy.state != "open" or today > vacancy.closes_on or actor.role not in ("worker", "public"):
        return None
    file = file_of(actor.person) if actor.role == "worker" else None
    case = Case.objects.filter(vacancy=vacancy, worker=actor.person).first() if file is not None else None
    reasons = unmet(file, vacancy.demand) if file is not None else []
    return Panel(
        "placements/_apply.html",
        {"vacancy": vacancy, "file": file, "case": case, "unmet": reasons, "actor": actor, "rule": rule_of(vacancy)},
    )


def unmet(file: File, demand: Demand) -> list[Reason]:
    """The conditions of the work that the file does not show yet; shown to the person, refused by nobody at the application."""
    if demand.route == PROFESSIONAL:
        return list(why_not_professional(file, demand, day_at(now(), "pk")))
    if demand.kind not in ("ssw1", "ssw2"):
        return []
    book, today = current_book(), day_at(now(), "pk")
    facts = read_facts(EligibilityFacts, eligibility_of(file, demand, book), book)
    answer = check_eligibility(facts, book, today)
    missing = answer.answer["missing"]
    return [one for one in answer.reasons if one.code in missing or one.code.removesuffix("_not_said") in missing]


def eligibility_of(file: File, demand: Demand, book: Book) -> dict[str, Any]:
    """What a file says of a person, as the checker of eligibility asks it."""
    passed = passed_tests(file)
    place = f"{demand.field}/{demand.duty}" if demand.duty else demand.field
    skill = [place for one in passed if one.exam not in LANGUAGE_TESTS and one.field == demand.field]
    language = [
        {"test": one.exam, "taken_on": one.passed_on.isoformat()} | ({"level": level} if (level := level_held(one, book)) else {})
        for one in passed
        if one.exam in LANGUAGE_TESTS
    ]
    told: dict[str, Any] = {
        "status": demand.kind,
        "field": demand.field,
        "born": file.birth_date.isoformat(),
        "skill_tests": skill,
        "language": language,
        "nursing_japanese_passed": any(one.exam == NURSING_JAPANESE for one in passed),
        "employment": "dispatch" if demand.dispatch else "direct",
    }
    interned = next(iter(internships_of(file)), None)
    if interned is not None:
        told["titp"] = {
            "stage": interned.stage,
            "months_completed": interned.months,
            "good_completion": interned.completed_well,
            "related_field": interned.field,
        }
    return told | ({"duty": demand.duty} if demand.duty else {})


def level_held(test: Qualification, book: Book) -> str:
    """The level of a language test as its table names it on the day it was passed; empty where the table knows no such level.

    Results name what they satisfy (`JFT_A2`), the table the level of the scale then in force (`A2_2`).
    """
    rows = book.in_force("language_levels", test.passed_on, instrument=test.exam)
    held = (row["level"] for row in rows if test.level in (row["level"], row["cefr"], *row["satisfies"].split("|")))
    return next(held, "") if test.level else ""


def applications_panel(actor: Actor, file: File) -> Panel | None:
    """On one's own file: one's applications with where each stands."""
    if actor.person != file.person_id:
        return None
    return Panel("placements/_applications.html", {"cases": with_standing(cases_visible_to(actor))})


def case_of_shown_panel(actor: Actor, shown: ShownProfile) -> Panel | None:
    """On a profile whose person said yes to a client: the way to their case, which bears the id of the showing."""
    case = cases_visible_to(actor).filter(pk=shown.pk).first()
    return Panel("placements/_shown_case.html", {"case": case}) if case is not None else None
