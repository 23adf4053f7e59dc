"""Persons who recruit without a licence: grounds, the right to answer, what may be decided. Pure."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from rahdari.base.refusal import Refusal
from rahdari.base.states import Moves, why_not_move

INDIVIDUAL_MOVES: Moves = {
    "entered": frozenset({"standing", "dropped"}),
    "standing": frozenset({"lifted"}),
    "dropped": frozenset(),
    "lifted": frozenset(),
}
STANDING = "standing"
INDIVIDUAL_GROUNDS = ("sub_agent", "no_licence", "licence_of_another", "money_taken", "papers_held")
DECISIONS = ("standing", "dropped")


@dataclass(frozen=True, slots=True)
class IndividualEntered:
    """A person as the papers describe them, the ground with its law, and until when they may answer (exclusive)."""

    name: str
    ground: str
    law: str
    text: str
    asked_on: dt.date
    reply_until: dt.date
    father: str = ""
    identity: str = ""
    phones: tuple[str, ...] = ()
    works_in: str = ""


def why_not_record(entered: IndividualEntered, *, papers: int, today: dt.date) -> list[Refusal]:
    """Why a person may not be entered: a warning needs a ground, its law, reasons, a paper, and time to answer."""
    against = []
    if entered.ground not in INDIVIDUAL_GROUNDS:
        against.append(Refusal("reason_missing", member="ground"))
    if not entered.law.strip():
        against.append(Refusal("law_missing", member="law"))
    if not entered.text.strip():
        against.append(Refusal("reason_missing", member="text"))
    if not papers:
        against.append(Refusal("evidence_missing", member="paper"))
    if not (entered.identity.strip() or entered.phones or entered.father.strip()):
        against.append(Refusal("name_match_only", member="identity"))
    if entered.asked_on > today:
        against.append(Refusal("date_in_future", {"day": entered.asked_on}, member="asked_on"))
    if entered.reply_until <= max(today, entered.asked_on):
        against.append(Refusal("reply_until_missing", member="reply_until"))
    return against


def why_not_reply(state: str, *, replied_on: dt.date, today: dt.date) -> list[Refusal]:
    """Why an answer cannot be written down: it is heard as long as a warning is considered or stands."""
    against = [] if state in ("entered", "standing") else [Refusal("wrong_state")]
    return against + ([Refusal("date_in_future", {"day": replied_on}, member="replied_on")] if replied_on > today else [])


def why_not_decide(
    state: str, outcome: str, *, reasons: str, replied: bool, reply_until: dt.date, today: dt.date
) -> list[Refusal]:
    """Why it cannot be decided yet: the person may still answer, or no reasons are given."""
    against = list(why_not_move(INDIVIDUAL_MOVES, state, outcome))
    if outcome == STANDING and not replied and today < reply_until:
        against.append(Refusal("reply_awaited", {"day": reply_until}))
    if not reasons.strip():
        against.append(Refusal("reason_missing", member="reasons"))
    return against


def why_not_lift(state: str, *, reasons: str) -> list[Refusal]:
    """Why a warning cannot be lifted."""
    against = list(why_not_move(INDIVIDUAL_MOVES, state, "lifted"))
    return against + ([] if reasons.strip() else [Refusal("reason_missing", member="reasons")])
