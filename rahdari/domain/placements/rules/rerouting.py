"""A case whose recruiter's licence fell: how it goes on, as the worker chooses; when it is closed, and until when it comes back.

Facts in, every refusal out. No Django, no database, no clock here.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from rahdari.base.refusal import Refusal

from .cases import OVER
from .holds import LICENCE

# A demand stands with its attested papers whoever recruits for it; without anybody it would be another demand.
PROMOTER_ROUTE, CORPORATION_ROUTE = "oep", "oec"
MOVE_ROUTES = (PROMOTER_ROUTE, CORPORATION_ROUTE)
CHOSEN, AGREED, DECLINED, REPLACED = "move_chosen", "move_agreed", "move_declined", "move_replaced"
MOVE_OF_CASE_MOVES = {CHOSEN: {AGREED, DECLINED, REPLACED}, AGREED: set(), DECLINED: set(), REPLACED: set()}
DECLINE_REASONS = ("no_capacity", "not_our_field", "demand_doubtful")
# States in which a case of a fallen recruiter is closed and may come back; a selected worker's contract is rescinded instead.
CLOSES_IN = ("applied", "nominated", "interview_set", "missed", "reserve")


def offers_choice(*, causes: Collection[str], state: str, closed_on: dt.date | None, today: dt.date, days: int) -> bool:
    """Whether the worker may choose who recruits for a case: its licence fell, and it goes on or was closed so few days ago."""
    if LICENCE not in causes:
        return False
    if state not in OVER:
        return True
    return state == "withdrawn" and closed_on is not None and today <= closed_on + dt.timedelta(days=days)


def why_not_move_case(*, offered: bool, route: str, same: bool, licensed: bool, consent: bool) -> list[Refusal]:
    """Why a case does not go where its worker wants; `licensed`: the one named may recruit, `same`: it is the one that fell."""
    if not offered:
        return [Refusal("no_choice_offered")]
    against = []
    if route not in MOVE_ROUTES:
        against.append(Refusal("route_not_open", member="route"))
    elif same or not licensed:
        against.append(Refusal("route_not_open", member="promoter" if route == PROMOTER_ROUTE else "route"))
    if not consent:
        against.append(Refusal("consent_missing", member="show_file"))
    return against


def why_not_answer_move(*, state: str, offered: bool, agrees: bool, licensed: bool, reason: str) -> list[Refusal]:
    """Why the one who was chosen cannot answer (any more)."""
    if state != CHOSEN:
        return [Refusal("wrong_state", {"now": state, "to": AGREED if agrees else DECLINED})]
    if agrees:
        return ([] if offered else [Refusal("no_choice_offered")]) + ([] if licensed else [Refusal("route_not_open")])
    return [] if reason in DECLINE_REASONS else [Refusal("reason_missing", member="reason")]


def why_not_close_case(
    *, causes: Collection[str], state: str, until: dt.datetime | None, at: dt.datetime, asked: bool
) -> list[Refusal]:
    """Why a held case is not closed: no licence fell, the worker can still choose, or the one they chose has not answered."""
    if LICENCE not in causes or state not in CLOSES_IN:
        return [Refusal("no_choice_offered")]
    against = [] if until is None or at > until else [Refusal("choice_still_open", {"until": until})]
    return [*against, Refusal("move_waits")] if asked else against


def state_after(*, decision: str, interview: bool, missed: bool, nominated: bool) -> str:
    """The state a closed case comes back to, read off what was done in it; both nodes read the same."""
    if decision == "reserve":
        return decision
    if interview:
        return "missed" if missed else "interview_set"
    return "nominated" if nominated else "applied"
