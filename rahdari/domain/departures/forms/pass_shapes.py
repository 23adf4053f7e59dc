"""What is asked about a clearance that is refused, revoked or appealed, about a new pass, and about slips of an outage."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from rahdari.base.facts import Day, Facts
from rahdari.web.step_forms import PaperFacts

from ..rules.clearances import MOST_LINES

Words = Annotated[str, Field(max_length=2000)]
Serial = Annotated[str, Field(max_length=20)]


class ReplacePass(Facts):
    """Why a new pass is given."""

    code: Literal["lost", "damaged", "passport_changed", "key_compromised"]


class RefuseClearance(Facts):
    """The ground of a refusal, the day on which the worker was heard, and what is noted for the file alone."""

    code: Literal[
        "papers_false", "terms_differ", "costs_on_worker", "worker_unwilling", "insurance_void", "not_fit", "barred", "other"
    ]  # fmt: skip
    heard_on: Day | None = None
    note: Words = ""


class ProposeRevocation(Facts):
    """The ground of a revocation, the day on which the worker was heard, and what is noted for the file alone."""

    code: Literal["papers_false", "terms_differ", "costs_on_worker", "worker_unwilling", "barred", "other"]
    heard_on: Day | None = None
    note: Words = ""


class RevokeClearance(Facts):
    """Nothing is asked: the ground is the one that was proposed."""


class DropRevocation(Facts):
    """Nothing is asked."""


class AppealClearance(Facts):
    """Why the decision is wrong, in any language."""

    words: Words


class DecideClearanceAppeal(Facts):
    """What the Bureau decides, and why."""

    outcome: Literal["upheld", "lifted"]
    reasons: Words


class DrawSlips(Facts):
    """How many blank slips, and the first day on which they are no good any more."""

    slips: int
    good_until: Day | None = None


class VoidSlips(Facts):
    """Why slips are taken back; from which serial to which, all of the book where unsaid."""

    code: Literal["lost", "damaged", "outage_over"]
    first: Serial = ""
    last: Serial = ""


class SlipFacts(Facts):
    """One counterfoil: the serial printed, the number of the case, the day it was written."""

    serial: Serial
    case_number: Annotated[str, Field(max_length=20)]
    on: Day


class ReconcileSlips(Facts):
    """The counterfoils of an outage, and their scan."""

    lines: Annotated[list[SlipFacts], Field(min_length=1, max_length=MOST_LINES)]
    paper: PaperFacts | None = None
