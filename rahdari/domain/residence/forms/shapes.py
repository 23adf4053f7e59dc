"""What is asked of people and programs at the first steps of residence."""

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


class BeginWork(Facts):
    """The first day of work; `paper` where it is entered from a letter."""

    on: Day | None = None
    paper: PaperFacts | None = None
