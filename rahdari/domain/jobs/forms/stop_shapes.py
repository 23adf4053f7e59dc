"""What is asked of people and programs where a demand is stopped or moved back."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from rahdari.base.facts import Day, Facts

from ..rules.stops import MOST_POINTS
from ..rules.terms_facts import CorrectionFacts

Words = Annotated[str, Field(max_length=2000)]


class PointFacts(Facts):
    """One point of an objection: what it is about, its kind, and in words where the kind does not say it."""

    code: Literal[
        "pay_unclear", "hours_too_long", "housing_unclear", "deductions_unclear", "duty_unclear", "place_unclear",
        "papers_unclear", "signature_differs", "power_of_attorney", "employer_unknown", "numbers_differ", "costs_on_worker",
        "other",
    ]  # fmt: skip
    member: Literal["", "places", "duty", "prefecture", "municipality", "tests", "opens_on", "closes_on", "terms", "papers"] = ""
    text: Words = ""


class ObjectToDemand(Facts):
    """An objection in writing, point by point."""

    points: Annotated[list[PointFacts], Field(min_length=1, max_length=MOST_POINTS)]


class GroundFacts(Facts):
    """One ground on which a permission is refused."""

    code: Literal[
        "objection_unanswered", "terms_unlawful", "employer_unfit", "papers_false", "costs_on_worker",
        "against_workers_interest",
    ]  # fmt: skip


class ProposeRefusal(Facts):
    """The grounds of a refusal, the day on which the employer's side was heard, and what it said."""

    grounds: Annotated[list[GroundFacts], Field(min_length=1, max_length=6)]
    heard_on: Day
    note: Words = ""


class RefusePermission(Facts):
    """Nothing is asked: the grounds are those that were proposed."""


class ReviewRefusal(Facts):
    """The outcome of the Bureau's review, and why."""

    outcome: Literal["upheld", "reopened"]
    reasons: Annotated[str, Field(min_length=1, max_length=2000)]


class CorrectDemand(Facts):
    """The demand as it must be, and why it is corrected."""

    asked: CorrectionFacts
    reason: Literal["answers_objection", "mistake", "need_changed", "terms_better", "place_moved"]


class WithdrawDemand(Facts):
    """Why a demand is withdrawn; signed contracts go on."""

    reason: Literal["filled", "withdrawn", "bankrupt"]
    signed_go_on: bool = False


class ExtendPermission(Facts):
    """The first day on which the longer permission no longer holds, and the source of its length."""

    until: Day
    law: Annotated[str, Field(min_length=1, max_length=200)]


class TakeDownVacancy(Facts):
    """Why a vacancy should not have been published so."""

    reason: Literal["mistake", "costs_wrong", "no_longer_offered"]
