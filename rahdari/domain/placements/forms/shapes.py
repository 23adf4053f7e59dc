"""What is asked of people and programs at each step of a case."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from rahdari.base.facts import Day, Facts, Moment
from rahdari.domain.jobs.rules.papers import Paper, Scan
from rahdari.web.step_forms import PaperFacts

Rank = Annotated[int, Field(ge=1, le=10_000)]


class FileApplication(Facts):
    """An application; without the consent nothing is shown to anybody, and so nothing is filed.

    `in_japan` is asked where the way begins in Japan: the person lives there with a status of residence.
    """

    show_file: bool = False
    in_japan: bool = False


class NominateCandidate(Facts):
    """A nomination: the rule by which candidates were ranked, and the place in the ranking."""

    rule: Literal["order_of_application", "test_score", "interview_by_promoter", "by_the_employer", "declared_criteria"]
    rank: Rank


class SetInterview(Facts):
    """A time for an interview; `on` and `paper` where it is entered from the employer's letter."""

    starts_at: Moment
    place: Annotated[str, Field(max_length=300)] = ""
    minutes: Annotated[int, Field(ge=5, le=480)] = 30
    language: Literal["en", "ur", "ja"] = "en"
    interpreter: Literal["none", "employer", "promoter", "contact_point"] = "none"
    interviewer: Annotated[str, Field(max_length=120)] = ""
    on: Day | None = None
    paper: PaperFacts | None = None


class AnswerInterview(Facts):
    """Yes, or no with other times."""

    answer: Literal["yes", "no"]
    other_times: Annotated[list[Moment], Field(max_length=5)] = []


class RecordDecision(Facts):
    """Reserve or not selected; a candidate is selected by the offer alone."""

    outcome: Literal["reserve", "not_selected"]
    reason: Literal["", "skill_below", "language_below", "experience_below", "places_filled", "did_not_appear", "own_wish"] = ""
    rank: Rank | None = None
    on: Day | None = None
    paper: PaperFacts | None = None


def with_paper(given: dict[str, Any]) -> dict[str, Any]:
    """Members with their paper as the rules take it."""
    told = given.get("paper")
    if told is None:
        return given
    scan = Scan(told.scan.name, told.scan.content) if told.scan is not None else None
    return given | {"paper": Paper(scan, told.received_on, told.issuer, told.number)}
