"""What is asked of people and programs at each step of a demand."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from rahdari.base.facts import Day, Facts
from rahdari.web.step_forms import PaperFacts, ScanFacts

from ..rules.demands import PowerOfAttorney
from ..rules.papers import Paper, Scan
from ..rules.terms_facts import CostFacts, DemandFacts


class PowerFacts(Facts):
    """The power of attorney of a promoter; `until` is the first day on which it no longer holds."""

    from_on: Day | None = None
    until: Day | None = None
    signatory: Annotated[str, Field(max_length=120)] = ""


class FileDemand(Facts):
    """A demand with its papers; `paper` and `on` where it is entered from a letter."""

    asked: DemandFacts
    letter: ScanFacts | None = None
    attorney: ScanFacts | None = None
    power: PowerFacts | None = None
    on: Day | None = None
    paper: PaperFacts | None = None


class AttestDemand(Facts):
    """An attestation; by an office of Japan only with its paper."""

    attestor: Annotated[str, Field(max_length=20)] = ""
    on: Day | None = None
    paper: PaperFacts | None = None


class PermitDemand(Facts):
    """A permission, for all places or for fewer."""

    places: Annotated[int, Field(ge=1, le=10_000)] | None = None


class CompareDemand(Facts):
    """Whether two demands are the same; a reason where an earlier word is taken back."""

    verdict: Literal["same", "another"]
    reason: Annotated[str, Field(max_length=300)] = ""


class PublishVacancy(Facts):
    """An advertisement: places, last day, every cost and who pays it."""

    places: Annotated[int, Field(ge=1, le=10_000)]
    closes_on: Day
    costs: Annotated[list[CostFacts], Field(max_length=40)] = []


class CloseVacancy(Facts):
    """Nothing is asked to close a vacancy."""


def paper_of(told: PaperFacts | None) -> Paper | None:
    """A paper as the rules take it."""
    return None if told is None else Paper(scan_of(told.scan), told.received_on, told.issuer, told.number)


def scan_of(told: ScanFacts | None) -> Scan | None:
    """A scan as the rules take it."""
    return None if told is None else Scan(told.name, told.content)


def as_filed(given: dict[str, Any]) -> dict[str, Any]:
    """The members of `FileDemand` as `actions.file_demand` takes them."""
    power = given.pop("power", None)
    scans = {name: scan_of(given.pop(name)) for name in ("letter", "attorney") if name in given}
    told = PowerOfAttorney(power.from_on, power.until, power.signatory) if power is not None else None
    return with_paper(given) | scans | {"power": told}


def with_paper(given: dict[str, Any]) -> dict[str, Any]:
    """Members with their paper as the rules take it."""
    return given | ({"paper": paper_of(given["paper"])} if "paper" in given else {})
