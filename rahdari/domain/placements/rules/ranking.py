"""Ranking by declared criteria: which criteria there are, which nobody may use, and each candidate's points and place.

Facts in, every refusal out. No Django, no database, no clock here.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from rahdari.base.refusal import Refusal
from rahdari.base.states import why_not_move

from .cases import CASE_MOVES
from .moves import UNLAWFUL_REASONS

CRITERIA = ("tests_held", "japanese", "english", "work_months", "courses", "available_soon", "order_of_application")
UNLAWFUL_CRITERIA = (*UNLAWFUL_REASONS, "appearance", "photo", "birthplace", "father", "tribe", "pays_fee")
DECLARED = "declared_criteria"  # the rule of a nomination made by them
BY_EMPLOYER = "by_the_employer"  # the one left where nobody recruits and the worker names themself
TESTS_ASKED = "tests_asked"  # the tests a vacancy asks for are declared with the vacancy
ALL_POINTS = 100
LEVELS = {"basic": 25, "middle": 50, "good": 75, "native": 100}
MONTHS, COURSES, DAYS = 60, 4, 180  # from where on more of it gives no more points


@dataclass(frozen=True, slots=True)
class Applicant:
    """What is counted of an applicant; `number` is their receipt, which decides between equals applied at the same moment."""

    case: str
    number: str
    applied_at: dt.datetime
    tests_passed: int = 0
    tests_asked: int = 0
    japanese: str = ""
    english: str = ""
    work_months: int = 0
    courses: int = 0
    available_from: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """A candidate's place: points of each criterion (0 to 100), the weighted score (0 to 100), the rank from 1 on."""

    case: str
    rank: int
    score: float
    points: Mapping[str, int]


def why_not_declare(
    *, criteria: Sequence[tuple[str, int]], vacancy_state: str, closes_on: dt.date, today: dt.date, applied: bool, declared: bool
) -> list[Refusal]:
    """Why criteria cannot be declared so: unlawful or unknown ones, weights that are not a hundred, too late.

    `applied` tells whether somebody applied already, `declared` whether a rule stands: then it may not change any more.
    """
    against = []
    for number, (code, _weight) in enumerate(criteria):
        if code in UNLAWFUL_CRITERIA:
            against.append(Refusal("criterion_unlawful", member=f"criteria.{number}.code"))
        elif code not in CRITERIA:
            against.append(Refusal("criterion_unknown", member=f"criteria.{number}.code"))
    if len({code for code, _ in criteria}) < len(criteria):
        against.append(Refusal("criterion_twice", member="criteria"))
    if sum(weight for _, weight in criteria) != ALL_POINTS:
        against.append(Refusal("weights_not_100", member="criteria"))
    if vacancy_state != "open" or today > closes_on:
        against.append(Refusal("vacancy_closed", {"closed": closes_on}))
    if applied and declared:
        against.append(Refusal("rule_in_use"))
    return against


def places_by(criteria: Sequence[tuple[str, int]], applicants: Iterable[Applicant], today: dt.date) -> list[Place]:
    """The shortlist: every applicant with their points, by score; equals in the order in which they applied."""
    in_turn = sorted(applicants, key=lambda one: (one.applied_at, one.number))
    scored = []
    for turn, one in enumerate(in_turn):
        points = {code: _points(code, one, turn, len(in_turn), today) for code, _ in criteria}
        scored.append((sum(points[code] * weight for code, weight in criteria), -turn, one, points))
    scored.sort(key=lambda row: row[:2], reverse=True)
    return [Place(one.case, rank, score / ALL_POINTS, points) for rank, (score, _, one, points) in enumerate(scored, 1)]


def _points(code: str, one: Applicant, turn: int, number: int, today: dt.date) -> int:
    if code == "tests_held":
        return ALL_POINTS * min(one.tests_passed, one.tests_asked) // one.tests_asked if one.tests_asked else ALL_POINTS
    if code in ("japanese", "english"):
        return LEVELS.get(one.japanese if code == "japanese" else one.english, 0)
    if code == "work_months":
        return ALL_POINTS * min(one.work_months, MONTHS) // MONTHS
    if code == "courses":
        return ALL_POINTS * min(one.courses, COURSES) // COURSES
    if code == "available_soon":
        days = max(0, (one.available_from - today).days) if one.available_from else 0
        return ALL_POINTS * max(0, DAYS - days) // DAYS
    return ALL_POINTS * (number - turn) // number


def why_not_shortlisted(*, rule: str, rank: int, place: int | None, declared: bool) -> list[Refusal]:
    """`not_shortlisted` where criteria were declared and a candidate is named by another rule, or in another place."""
    if not declared:
        return [Refusal("not_shortlisted", member="rule")] if rule == DECLARED else []
    if rule != DECLARED:
        return [Refusal("not_shortlisted", member="rule")]
    return [] if rank == place else [Refusal("not_shortlisted", member="rank")]


def why_not_named_alone(*, rule: str, rank: int) -> list[Refusal]:
    """`not_shortlisted` where a worker who names themself claims a rule or a place: nobody ranked anybody."""
    if rule != BY_EMPLOYER:
        return [Refusal("not_shortlisted", member="rule")]
    return [Refusal("not_shortlisted", member="rank")] if rank != 1 else []


def why_not_more(*, nominated: int, places: int, a_place: int) -> list[Refusal]:
    """`over_nomination_limit` where as many are named already as the limit allows for the places."""
    most = places * a_place
    return [Refusal("over_nomination_limit", {"most": most})] if nominated >= most else []


def why_not_refuse(*, state: str, criterion: str, declared: Collection[str], tests_missing: bool) -> list[Refusal]:
    """Why an application cannot be refused for this: it was not declared, or is unlawful; tests count where one is missing."""
    against = why_not_move(CASE_MOVES, state, "refused")
    if criterion in UNLAWFUL_CRITERIA:
        return [*against, Refusal("criterion_unlawful", member="criterion")]
    if criterion == TESTS_ASKED:
        return against if tests_missing else [*against, Refusal("criterion_not_declared", member="criterion")]
    return against if criterion in declared else [*against, Refusal("criterion_not_declared", member="criterion")]


def why_not_reopen(*, state: str, refused: int) -> list[Refusal]:
    """Why a refused application cannot be taken up again: that is done once."""
    against = why_not_move(CASE_MOVES, state, "applied")
    return [*against, Refusal("reopened_before")] if refused > 1 else against
