"""The scenarios: how many, how often, how long. Numbers with their ground; no outcome. Pure.

A share is how often something happens, a span how many days it takes (least, usual, most). Where no figure was published that
we know, the ground says that the number is a guess.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Share:
    """How often something happens, from 0 to 1, and on what ground we say so."""

    of_one: float
    ground: str


@dataclass(frozen=True, slots=True)
class Span:
    """How many days something takes, and on what ground we say so."""

    least: int
    usual: int
    most: int
    ground: str


@dataclass(frozen=True, slots=True)
class Scenario:
    """A world to begin with. `days` are simulated days, `applying` those (counted from 0) on which people come to apply."""

    name: str
    days: int
    agreements: int
    firms: int
    places: int  # of each firm's demand
    promoters: int
    people: int
    applying: tuple[int, int]
    seats: int  # of one sitting
    shares: Mapping[str, Share]
    spans: Mapping[str, Span]

    def share(self, name: str) -> float:
        """How often."""
        return self.shares[name].of_one

    def span(self, name: str) -> tuple[int, int, int]:
        """How long: least, usual, most."""
        found = self.spans[name]
        return found.least, found.usual, found.most


GUESS = "a guess: no figure was found"
TARGET = "a target of the project (docs of the package)"
SHARES = MappingProxyType(
    {
        "woman": Share(0.13, "as in the benchmark of names; few women emigrate for work"),
        "test_failed": Share(0.18, f"{GUESS}; exam_rules takes two of three to fail, with whom no interviews would come about"),
        "test_no_show": Share(0.03, GUESS),
        "test_again": Share(0.5, GUESS),
        "demand_objected": Share(0.1, GUESS),
        "interview_no": Share(0.01, GUESS),
        "interview_no_show": Share(0.03, GUESS),
        "selected": Share(0.06, "600 of 10,000 interviewed, as said of March 2024"),
        "reserve": Share(0.02, GUESS),
        "offer_declined": Share(0.05, GUESS),
        "coe_more_papers": Share(0.08, GUESS),
        "coe_refused": Share(0.04, GUESS),
        "visa_refused": Share(0.02, GUESS),
        "flight_missed": Share(0.01, GUESS),
        "not_picked_up": Share(0.02, GUESS),
    }
)
SPANS = MappingProxyType(
    {
        "interview_ahead": Span(3, 5, 8, "OEC: interview within 15 to 30 days (case_stages.csv); at least 48 hours' notice"),
        "guidance": Span(1, 2, 4, GUESS),
        "coe_filed": Span(1, 2, 5, GUESS),
        "coe_decided": Span(30, 45, 90, "one to three months (case_stages.csv, COE_DECISION); the mean of this span is 55 days"),
        "visa_filed": Span(1, 2, 4, GUESS),
        "visa_decided": Span(5, 5, 9, "about five working days (case_stages.csv, VISA)"),
        "registration": Span(1, 2, 4, GUESS),
        "flight": Span(2, 4, 8, GUESS),
        "work_begun": Span(2, 5, 14, "within a month of landing (case_stages.csv, WORK_START)"),
    }
)
SCENARIOS: Mapping[str, Scenario] = MappingProxyType(
    {
        one.name: one
        for one in (
            Scenario(
                name="small", days=140, agreements=2, firms=1, places=6, promoters=1, people=12, applying=(4, 6), seats=30,
                shares=MappingProxyType(
                    {
                        **SHARES,
                        "woman": Share(0.4, "so that a dozen people are both"),
                        "selected": Share(0.5, "so that a dozen people fill the line"),
                        "reserve": Share(0.2, "so that a dozen people fill the line"),
                    }
                ),
                spans=SPANS,
            ),
            Scenario(
                name="march-2024", days=90, agreements=50, firms=50, places=45, promoters=10, people=15_500, applying=(4, 13),
                seats=500, shares=SHARES, spans=SPANS,
            ),
            Scenario(
                name="line", days=140, agreements=1, firms=50, places=260, promoters=10, people=10_000,
                applying=(4, 13), seats=500,
                shares=MappingProxyType(
                    {
                        name: Share(1.0 if name == "selected" else 0.0, "everybody goes to the end of the line, to measure it")
                        for name in SHARES
                    }
                ),
                spans=SPANS,
            ),
        )
    }
)  # fmt: skip


def part_of(scenario: Scenario, share: float) -> Scenario:
    """The same world with a share of its people, firms and agreements, to try it out."""
    from_ = {name: getattr(scenario, name) for name in scenario.__slots__}
    smaller = {name: max(1, round(from_[name] * share)) for name in ("agreements", "firms", "promoters", "people")}
    return Scenario(**(from_ | smaller))
