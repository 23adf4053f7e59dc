"""What stands against a clearance: refusing, revoking with four eyes, the appeal; and blank slips for an outage (EO; ER 1979).

Facts in, every refusal out. No Django, no database, no clock here.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from rahdari.base.refusal import Refusal
from rahdari.base.states import why_not_move

from .passes import read_serial
from .steps import DEPARTURE_MOVES

REFUSED_BECAUSE = (
    "papers_false", "terms_differ", "costs_on_worker", "worker_unwilling", "insurance_void", "not_fit", "barred", "other",
)  # fmt: skip
REVOKED_BECAUSE = ("papers_false", "terms_differ", "costs_on_worker", "worker_unwilling", "barred", "other")
REPLACED_BECAUSE = ("lost", "damaged", "passport_changed", "key_compromised")
VOIDED_BECAUSE = ("lost", "damaged", "outage_over")
APPEALS = ("upheld", "lifted")
REFUSED, REVOKED = "refused", "revoked"
GONE = ("departed", "arrived", "not_arrived")
MOST_SLIPS, MOST_LINES = 500, 20


@dataclass(frozen=True, slots=True)
class SlipUsed:
    """A line of the counterfoils of an outage: which blank, for the case of which number, written on which day."""

    serial: str
    case_number: str
    on: dt.date


def why_not_refuse(*, state: str, code: str, heard_on: dt.date | None, today: dt.date) -> list[Refusal]:
    """Why a clearance cannot be refused: it was not applied for, the worker has left, no ground, nobody heard."""
    against = _why_not_stop(state, "clearance_refused", code, REFUSED_BECAUSE, heard_on, today)
    return [Refusal("wrong_state", {"now": state, "to": "clearance_refused"}), *against] if state == "visa_issued" else against


def why_not_propose(*, state: str, code: str, heard_on: dt.date | None, today: dt.date, open_one: bool) -> list[Refusal]:
    """Why a revocation cannot be proposed; `open_one` tells that one waits already."""
    against = _why_not_stop(state, "clearance_revoked", code, REVOKED_BECAUSE, heard_on, today)
    return [*against, Refusal("revocation_waits")] if open_one else against


def _why_not_stop(
    state: str, to: str, code: str, codes: Collection[str], heard_on: dt.date | None, today: dt.date
) -> list[Refusal]:
    against = [Refusal("already_departed")] if state in GONE else why_not_move(DEPARTURE_MOVES, state, to)
    if code not in codes:
        against.append(Refusal("reason_missing", member="code"))
    if heard_on is None:
        against.append(Refusal("worker_unheard", member="heard_on"))
    elif heard_on > today:
        against.append(Refusal("date_in_future", {"day": heard_on}, member="heard_on"))
    return against


def why_not_revoke(*, state: str, proposed: bool, same_person: bool) -> list[Refusal]:
    """Why a second officer cannot revoke: nothing was proposed, it is the same person, the worker has left meanwhile."""
    if not proposed:
        return [Refusal("no_revocation_waits")]
    against = [Refusal("already_departed")] if state in GONE else why_not_move(DEPARTURE_MOVES, state, "clearance_revoked")
    return [Refusal("four_eyes"), *against] if same_person else against


def why_not_appeal(*, stopped: bool, appealed: bool, until: dt.date | None, today: dt.date, words: str) -> list[Refusal]:
    """Why there is no appeal: nothing was decided against the worker, there was one, its last day has passed, no words."""
    if not stopped:
        return [Refusal("clearance_stands")]
    against = [Refusal("appealed_before")] if appealed else []
    if until is not None and today > until:
        against.append(Refusal("appeal_too_late", {"until": until}))
    return against if words.strip() else [*against, Refusal("reason_missing", member="words")]


def why_not_decide_appeal(*, asked: bool, outcome: str, reasons: str, same_person: bool) -> list[Refusal]:
    """Why an appeal cannot be decided: none waits, another outcome than the two, no reasons, whoever decided the stop."""
    if not asked:
        return [Refusal("no_appeal_open")]
    against = [Refusal("four_eyes")] if same_person else []
    if outcome not in APPEALS:
        against.append(Refusal("reason_missing", member="outcome"))
    return against if reasons.strip() else [*against, Refusal("reason_missing", member="reasons")]


def why_not_draw(*, number: int, until: dt.date | None, longest: dt.date, today: dt.date) -> list[Refusal]:
    """Why no book of blank slips can be drawn: how many, and for how long (`departures.draw_slips` of `action_targets`)."""
    against = [] if 1 <= number <= MOST_SLIPS else [Refusal("slips_number", {"most": MOST_SLIPS}, member="slips")]
    if until is not None and not today < until <= longest:
        against.append(Refusal("slips_too_long", {"last": longest}, member="good_until"))
    return against


def why_not_take_slips(
    lines: Sequence[SlipUsed], *, drawn: dict[int, tuple[dt.date, dt.date]], used: Collection[int], voided: Collection[int],
    today: dt.date,
) -> list[Refusal]:  # fmt: skip
    """Why counterfoils cannot be taken up, line by line.

    `drawn` are the blanks of this desk with the day they were drawn and the first day on which they were no good any more.
    """
    against = [] if 1 <= len(lines) <= MOST_LINES else [Refusal("lines_missing", {"most": MOST_LINES}, member="lines")]
    seen: set[int] = set()
    for place, line in enumerate(lines):
        serial, member = read_serial(line.serial), f"lines.{place}.serial"
        if serial is None or serial not in drawn:
            against.append(Refusal("slip_unknown", {"serial": line.serial}, member=member))
            continue
        if serial in used or serial in seen:
            against.append(Refusal("slip_used", {"serial": line.serial}, member=member))
        if serial in voided:
            against.append(Refusal("slip_void", {"serial": line.serial}, member=member))
        if line.on > today:
            against.append(Refusal("date_in_future", {"day": line.on}, member=f"lines.{place}.on"))
        elif not drawn[serial][0] <= line.on < drawn[serial][1]:
            against.append(Refusal("slip_not_good", {"serial": line.serial, "day": line.on}, member=f"lines.{place}.on"))
        seen.add(serial)
    return against
