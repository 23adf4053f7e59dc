"""What is asked when something goes wrong on the way."""

from __future__ import annotations

from typing import Literal

from rahdari.base.facts import Day, Facts


class RecordFlightMissed(Facts):
    """Why the person did not fly, and the day of the next flight where it is known."""

    code: Literal["offloaded", "late", "ill", "cancelled", "no_show"]
    next_on: Day | None = None
    on: Day | None = None


class ReportNoArrival(Facts):
    """Where a person who did not arrive was last known to be."""

    last_known: Literal["boarded", "transit", "landed", "nowhere"]
