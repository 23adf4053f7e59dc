"""What is asked when something goes wrong on the way."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from rahdari.base.facts import Day, Facts
from rahdari.web.step_forms import PaperFacts


class RecordFlightMissed(Facts):
    """Why the person did not fly, and the day of the next flight where it is known."""

    code: Literal["offloaded", "late", "ill", "cancelled", "no_show"]
    next_on: Day | None = None
    on: Day | None = None


class ReportNoArrival(Facts):
    """Where a person who did not arrive was last known to be."""

    last_known: Literal["boarded", "transit", "landed", "nowhere"]


class RefuseCoe(Facts):
    """The reasons of the bureau's letter; `on` is the day that stands on it."""

    codes: Annotated[
        list[Literal["requirements", "employer", "support_plan", "papers_false", "papers_missing", "past_stay", "other"]],
        Field(max_length=7),
    ] = []
    on: Day | None = None
    paper: PaperFacts | None = None


class AskForPapers(Facts):
    """Which papers the bureau asks for, and the last day for them."""

    items: Annotated[
        list[
            Literal[
                "contract", "support_plan", "health_check", "test_certificates", "employer_accounts", "taxes", "council",
                "photo", "other",
            ]
        ],
        Field(max_length=9),
    ] = []  # fmt: skip
    due: Day
    on: Day | None = None
    paper: PaperFacts | None = None


class RefuseVisa(Facts):
    """The refusal of a visa; no reason is given, so none is asked."""

    on: Day | None = None
    paper: PaperFacts | None = None
