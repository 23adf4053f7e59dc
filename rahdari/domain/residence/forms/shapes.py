"""What is asked of people and programs at the first steps of residence, and at a change of status."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from rahdari.base.facts import Day, Facts
from rahdari.web.step_forms import PaperFacts


class RecordGuidance(Facts):
    """The guidance given, in minutes, with the worker's signed confirmation."""

    minutes: Annotated[int, Field(ge=0, le=10_000)]
    language: Literal["ur", "en", "ja"] = "ur"
    confirmed: bool = False
    on: Day | None = None


Months = Annotated[int, Field(ge=0, le=1200)]


class FileChange(Facts):
    """The application for a change of status; `on` and `paper` where it is entered from the receipt."""

    bureau: Annotated[str, Field(pattern="^[A-Z][A-Z0-9_]{1,39}$")]
    receipt_no: Annotated[str, Field(min_length=1, max_length=60)]
    from_status: Literal["student", "titp", "designated", "other"]
    stay_ends_on: Day
    months_used: Months = 0
    council_member: bool = False
    in_exception_group: bool = False
    on: Day | None = None
    paper: PaperFacts | None = None


class DecideChange(Facts):
    """The change permitted; `last_on` is the last day of the new stay, `on` the day on the card."""

    last_on: Day
    on: Day | None = None
    paper: PaperFacts | None = None


class RefuseChange(Facts):
    """The reasons of the bureau's letter; `on` is the day that stands on it."""

    codes: Annotated[
        list[Literal["requirements", "employer", "support_plan", "papers_false", "papers_missing", "past_stay", "other"]],
        Field(max_length=7),
    ] = []
    on: Day | None = None
    paper: PaperFacts | None = None


class BeginWork(Facts):
    """The first day of work; `paper` where it is entered from a letter."""

    on: Day | None = None
    paper: PaperFacts | None = None
