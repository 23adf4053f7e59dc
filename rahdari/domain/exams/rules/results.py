"""Results: from the examiner, for those on the roster, with the identity checked at the door.

Facts in, every refusal out. No Django, no database, no clock here.
"""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

from rahdari.base.refusal import Refusal
from rahdari.base.states import why_not_move

from .door import CHECKED, TURNED_AWAY

OUTCOMES = ("pass", "fail", "no_show")
# A result from the examiner stands at once; one from a paper stands once the certificate was checked. What was corrected, or
# made void and reinstated, is replaced by a new result.
RESULT_MOVES = {
    "result_to_check": {"result_stands"},
    "result_stands": {"result_replaced", "result_void"},
    "result_void": {"result_replaced"},
    "result_replaced": set(),
}
CORRECTIONS = ("typed_wrongly", "marked_wrongly", "other_person", "certificate_wrong")  # of a result that stands
REINSTATES = "appeal_granted"  # of a void one, out of the decision of its appeal alone


def certificate_key(number: str) -> str:
    """A certificate's number as it is compared: letters and digits alone, in capitals and in one width."""
    return "".join(one for one in unicodedata.normalize("NFKC", number).upper() if one.isalnum())


@dataclass(frozen=True, slots=True)
class SectionScore:
    """One section of a test with its score and the most that can be reached."""

    code: str
    score: int
    max: int


@dataclass(frozen=True, slots=True)
class ResultLine:
    """What the examiner found for one booking number."""

    number: str
    outcome: str
    identity_checked: bool = False
    certificate_no: str = ""
    sections: tuple[SectionScore, ...] = field(default=())


def why_not_record_results(
    *, starts_at: dt.datetime, at: dt.datetime, lines: Sequence[ResultLine], roster: Mapping[str, str],
    door: Mapping[str, str] | None = None,
) -> list[Refusal]:  # fmt: skip
    """Why results cannot be recorded; `roster` maps each booking number to the state of its booking.

    `door` maps numbers to what was found at the door: whoever was turned away there has no result but `no_show`.
    """
    against = [Refusal("before_sitting", {"starts_at": starts_at})] if at < starts_at else []
    if not lines:
        against.append(Refusal("results_missing", member="results"))
    numbers = [line.number for line in lines]
    for line in lines:
        against += _why_not_line(line, roster, numbers.count(line.number) > 1)
        if (door or {}).get(line.number) == TURNED_AWAY and line.outcome != "no_show":
            against.append(Refusal("turned_away", {"number": line.number}, member="results"))
    return against


def seen_at_door(line: ResultLine, door: str) -> ResultLine:
    """The line with the identity as it was found at the door, where it was noted there."""
    return replace(line, identity_checked=door == CHECKED) if door else line


def why_not_correct(*, state: str, line: ResultLine, reason: str, same: bool, granted: bool) -> list[Refusal]:
    """Why a result cannot be corrected: it was replaced, nothing changes, no reason of the list, or the new one is not whole.

    A void result comes back only where an appeal was `granted`, and for that reason alone.
    """
    against = why_not_move(RESULT_MOVES, state, "result_replaced")
    void = state == "result_void"
    back = (REINSTATES,) if granted else ()
    if reason not in (back if void else CORRECTIONS):
        against.append(Refusal("reason_missing", member="reason"))
    if same and not void:
        against.append(Refusal("result_unchanged", member="outcome"))
    known = _why_not_line(line, {line.number: "seat_booked"}, twice=False)
    return against + [replace(one, member="outcome") for one in known]


def _why_not_line(line: ResultLine, roster: Mapping[str, str], twice: bool) -> list[Refusal]:
    about: dict[str, object] = {"number": line.number}
    if line.number not in roster:
        return [Refusal("not_on_roster", about, member="results")]
    against = []
    if roster[line.number] != "seat_booked" or twice:
        against.append(Refusal("already_recorded", about, member="results"))
    if line.outcome not in OUTCOMES:
        against.append(Refusal("outcome_missing", about, member="results"))
    if line.outcome != "no_show" and not line.identity_checked:
        against.append(Refusal("identity_not_checked", about, member="results"))
    if line.outcome == "pass" and not line.certificate_no:
        against.append(Refusal("number_missing", {"what": line.number}, member="results"))
    if any(not 0 <= one.score <= one.max for one in line.sections):
        against.append(Refusal("score_out_of_range", about, member="results"))
    return against


def why_not_mirror_results(
    lines: Sequence[ResultLine], roster: Mapping[str, str], corrects: Sequence[str] = (),
    known: Mapping[str, tuple[str, str]] | None = None,
) -> list[Refusal]:  # fmt: skip
    """Why results that the partner tells are not taken: for somebody who has no seat, or whose result is known.

    `corrects` names for each line the result it takes the place of, or nothing; `known` are the results here: the number of
    their booking and their state.
    """
    against = []
    for line, of in zip(lines, corrects or [""] * len(lines), strict=True):
        about: dict[str, object] = {"number": line.number}
        if line.number not in roster:
            against.append(Refusal("not_on_roster", about))
        elif of:
            number, state = (known or {}).get(of, ("", ""))
            against += [Refusal("not_on_roster", about)] if number != line.number else []
            against += why_not_move(RESULT_MOVES, state, "result_replaced") if number == line.number else []
        elif roster[line.number] != "seat_booked":
            against.append(Refusal("already_recorded", about))
    return against


def why_not_check(*, state: str, same_person: bool, number_agrees: bool) -> list[Refusal]:
    """Why a result from a paper does not stand: checked before, by whoever entered it, or another number found."""
    against = [] if state == "result_to_check" else [Refusal("wrong_state", {"now": state})]
    if same_person:
        against.append(Refusal("four_eyes"))
    if not number_agrees:
        against.append(Refusal("certificate_differs", member="certificate_no"))
    return against


def all_recorded(states: Collection[str]) -> bool:
    """Whether nothing on the roster waits any more."""
    return all(state != "seat_booked" for state in states)
