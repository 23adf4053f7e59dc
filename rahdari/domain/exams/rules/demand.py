"""How many seats a test needs: places of attested demand times a conversion, less the seats that are open already.

Facts in, every refusal out. No Django, no database, no clock here.
"""

from __future__ import annotations

from dataclasses import dataclass

from rahdari.base.refusal import Refusal


@dataclass(frozen=True, slots=True)
class Need:
    """What stands behind the seats of a test: places that ask for it, seats for a hundred of them, seats open already."""

    places: int
    per_100: int
    open_seats: int
    source: str = ""
    confidence: str = ""

    @property
    def wanted(self) -> int:
        """The seats the demand needs in all, rounded up."""
        return -(-self.places * self.per_100 // 100)

    @property
    def left(self) -> int:
        """The seats that may still be opened for it."""
        return max(self.wanted - self.open_seats, 0)


def why_not_for_demand(seats: int, need: Need, basis: str) -> list[Refusal]:
    """Why so many seats have no demand behind them; an examiner who declares a figure of their own names its source."""
    if seats <= need.left or basis.strip():
        return []
    about = {"wanted": need.wanted, "places": need.places, "open": need.open_seats}
    return [Refusal("over_demand", about, "exam_rules", need.source, need.confidence, member="seats")]
