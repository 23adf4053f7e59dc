"""What changes a case between application and decision: taking it back, returning it, moving a time, not appearing.

Facts in, every refusal out. No Django, no database, no clock here.
"""

from __future__ import annotations

import datetime as dt

from rahdari.base.refusal import Refusal
from rahdari.base.states import why_not_move

from .cases import CASE_MOVES

# Targets of this project: moves an employer makes alone, and when somebody has not appeared.
MOVES_ALONE, NOT_APPEARED = 2, dt.timedelta(minutes=30)
CANDIDATE, EMPLOYER, LINK = "candidate_absent", "employer_absent", "link_failed"
PARTIES = (CANDIDATE, EMPLOYER, LINK)
FIRST, MOVED, PROPOSED, AFTER_NO_SHOW = "first", "moved", "proposed", "after_no_show"
WITHDRAWAL_REASONS = ("own_wish", "offer_declined", "consent_withdrawn", "rescinded", "licence", "field_order", "deceased")
RETURN_REASONS = ("profile_does_not_fit", "tests_doubtful", "papers_contradict", "places_filled")
# What nobody may be turned away for (labour standards law 3, equal opportunity law 5, employment security law 3 of Japan).
UNLAWFUL_REASONS = (
    "sex", "religion", "creed", "family", "marriage", "pregnancy", "ethnicity", "nationality", "social_status", "union", "age",
    "political_opinion", "health",
)  # fmt: skip
MOVE_ASKED_MOVES = {"asked": {"allowed", "declined"}, "allowed": {"used"}, "declined": set(), "used": set()}


def why_this_time(*, first: bool, proposed: bool, missed: bool) -> str:
    """Why a time is set: the first, one the worker proposed, the new one after somebody did not appear, or a move."""
    if first:
        return FIRST
    return AFTER_NO_SHOW if missed else PROPOSED if proposed else MOVED


def why_not_this_move(*, why: str, moved: int, allowed: bool) -> list[Refusal]:
    """`third_move` where the employer has moved a time twice and its contact point has not allowed another."""
    return [Refusal("third_move")] if why == MOVED and moved >= MOVES_ALONE and not allowed else []


def why_not_ask_move(*, state: str, moved: int, asked: bool) -> list[Refusal]:
    """Why nobody needs to be asked for a move: there is no time to move, it is free, or it was asked for already."""
    against = [] if state == "interview_set" else [Refusal("no_interview")]
    if moved < MOVES_ALONE:
        against.append(Refusal("move_is_free", {"moves": MOVES_ALONE}))
    if asked:
        against.append(Refusal("move_asked"))
    return against


def why_not_no_show(*, state: str, party: str, starts_at: dt.datetime | None, at: dt.datetime) -> list[Refusal]:
    """Why it cannot be said (yet) that an interview was not held; `party` names whose fault it was."""
    if starts_at is None:
        return [Refusal("no_interview")]
    against = why_not_move(CASE_MOVES, state, "missed")
    if at < starts_at + NOT_APPEARED:
        against.append(Refusal("too_early", {"minutes": int(NOT_APPEARED.total_seconds() // 60)}))
    if party not in PARTIES:
        against.append(Refusal("reason_missing", member="party"))
    return against


def why_not_explain(*, state: str, party: str, heard: bool, due_at: dt.datetime | None, at: dt.datetime) -> list[Refusal]:
    """Why a worker cannot say (any more) why they did not appear."""
    if state != "missed" or party != CANDIDATE:
        return [Refusal("nothing_to_explain")]
    if heard:
        return [Refusal("already_answered")]
    return [Refusal("too_late")] if due_at is not None and at > due_at else []


def why_not_decide_missed(
    *, state: str, party: str, heard: bool, due_at: dt.datetime | None, missed: int, at: dt.datetime
) -> list[Refusal]:
    """Why nobody is turned down over an interview that was not held: the worker is heard first, and has one new time by right.

    `missed` counts the interviews of the case that were not held. Where the fault was not the worker's a new time is always owed.
    """
    if state != "missed":
        return []
    if party == CANDIDATE and not heard and (due_at is None or at <= due_at):
        return [Refusal("worker_not_heard")]
    owed = party != CANDIDATE or (heard and missed == 1)
    return [Refusal("new_time_owed")] if owed else []


def why_not_return(*, state: str, reason: str) -> list[Refusal]:
    """Why an employer cannot return a candidate; an unlawful reason is named as such."""
    against = why_not_move(CASE_MOVES, state, "returned")
    if reason in UNLAWFUL_REASONS:
        against.append(Refusal("reason_unlawful", member="reason"))
    elif reason not in RETURN_REASONS:
        against.append(Refusal("reason_missing", member="reason"))
    return against


def tells_withdrawal(state: str) -> bool:
    """Whether the employer knows of the case, and so hears that it was taken back."""
    return state not in ("applied", "refused")
