"""A flight as it must be told before anybody is put on it. No Django, no database, no clock here."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection

from rahdari.base.refusal import Refusal

from .manifests import MOST_PEOPLE

FLIGHT = re.compile(r"[A-Z0-9]{2}[0-9]{1,4}[A-Z]?", re.ASCII)  # designator and number, as airlines print them
AIRPORT = re.compile(r"[A-Z]{3}", re.ASCII)  # IATA
LONGEST = dt.timedelta(days=3)


def why_not_flight(
    *, flight: str, leaves_from: str, airport: str, leaves_at: dt.datetime, eta: dt.datetime, airports: Collection[str],
    people: int, at: dt.datetime,
) -> list[Refusal]:  # fmt: skip
    """Why a flight cannot be taken as it is told; `airports` are those from which people leave (departure_airports)."""
    against = [] if FLIGHT.fullmatch(flight) else [Refusal("flight_missing", member="flight")]
    if leaves_from not in airports:
        against.append(Refusal("airport_unknown", member="leaves_from"))
    if not AIRPORT.fullmatch(airport) or airport in airports:
        against.append(Refusal("airport_unknown", member="airport"))
    if not leaves_at < eta < leaves_at + LONGEST or eta <= at:
        against.append(Refusal("time_missing", member="eta"))
    if people < 1:
        against.append(Refusal("people_missing"))
    if people > MOST_PEOPLE:
        against.append(Refusal("too_many_people", {"most": MOST_PEOPLE}))
    return against
