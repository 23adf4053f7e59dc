"""A step of the other side that came on paper: what must be there before an officer may enter it (actions.md, section 5).

No Django, no database, no clock here.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from rahdari.base.refusal import Refusal

SYSTEM, PAPER = "system", "paper"
SOURCES = (SYSTEM, PAPER)


@dataclass(frozen=True, slots=True)
class Scan:
    """A file as it was handed in; its kind is told from its bytes later."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Paper:
    """What an officer enters of a paper: its scan, the day it came, the issuer as printed, its number.

    The day that stands on the paper is the day of the step itself.
    """

    scan: Scan | None
    received_on: dt.date | None
    issuer: str = ""
    number: str = ""


def why_not_paper(
    paper: Paper | None, *, on: dt.date, own_side: bool, today: dt.date, numbered: bool = True, outage: bool = False
) -> list[Refusal]:
    """Why a step of this day cannot be entered from this paper; `own_side` tells that it is a step of the node's own state.

    A step of one's own side is never taken from paper except after an outage. Refuses `own_side_step`, `scan_missing`,
    `number_missing`, `issuer_missing`, `date_missing`, `date_in_future`, `received_before_dated`.
    """
    if own_side and not outage:
        return [Refusal("own_side_step")] if paper is not None else []
    if paper is None or paper.scan is None or not paper.scan.content:
        return [Refusal("scan_missing", member="paper.scan")]
    against = []
    if numbered and not paper.number.strip():
        against.append(Refusal("number_missing", member="paper.number"))
    if not paper.issuer.strip():
        against.append(Refusal("issuer_missing", member="paper.issuer"))
    if paper.received_on is None:
        against.append(Refusal("date_missing", {"what": "received_on"}, member="paper.received_on"))
    elif paper.received_on > today:
        against.append(Refusal("date_in_future", {"day": paper.received_on}, member="paper.received_on"))
    elif paper.received_on < on:
        about = {"dated": on, "received": paper.received_on}
        against.append(Refusal("received_before_dated", about, member="paper.received_on"))
    return against


def agrees(on: dt.date, details: dict[str, object], told_on: dt.date, told: dict[str, object]) -> bool:
    """Whether a paper step and the partner's own statement say the same: equal in date and in every value both name."""
    both = details.keys() & told.keys()
    return on == told_on and all(details[name] == told[name] for name in both)
