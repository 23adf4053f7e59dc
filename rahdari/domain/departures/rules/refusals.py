"""What Japan's offices answer besides a yes: more papers, a refusal; and papers whose time has run out (ICRRA 7-2).

Facts in, every refusal out. No Django, no database, no clock here.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from rahdari.base.days import end_after
from rahdari.base.reference import Book, Row
from rahdari.base.refusal import Refusal
from rahdari.base.states import why_not_move

from .steps import DEPARTURE_MOVES, why_not_follow

COE_REFUSED_BECAUSE = (
    "requirements", "employer", "support_plan", "papers_false", "papers_missing", "past_stay", "other",
)  # fmt: skip
COE_PAPERS = (
    "contract", "support_plan", "health_check", "test_certificates", "employer_accounts", "taxes", "council", "photo", "other",
)  # fmt: skip
VISA_AGAIN = "departures.visa_again"  # row of `action_targets`
# States in which a certificate, or a visa, that has run out stops the case; nobody who is booked or has left is stopped so.
STOPPED_WITHOUT = {
    "coe": tuple(state for state, to in DEPARTURE_MOVES.items() if "coe_expired" in to),
    "visa": tuple(state for state, to in DEPARTURE_MOVES.items() if "visa_expired" in to),
}


def _why_not_listed(codes: Sequence[str], known: Sequence[str], member: str) -> list[Refusal]:
    return [] if codes and set(codes) <= set(known) else [Refusal("reason_missing", member=member)]


def why_not_refuse_coe(*, state: str, codes: Sequence[str]) -> list[Refusal]:
    """Why no certificate can be refused: none was applied for, no reason of the list."""
    return why_not_move(DEPARTURE_MOVES, state, "coe_refused") + _why_not_listed(codes, COE_REFUSED_BECAUSE, "codes")


def why_not_ask_papers(*, state: str, items: Sequence[str], due: dt.date, on: dt.date) -> list[Refusal]:
    """Why no more papers can be asked for; `due` is the last day for them."""
    against = [] if state == "coe_filed" else [Refusal("wrong_state", {"now": state, "to": "coe_more_papers"})]
    against += _why_not_listed(items, COE_PAPERS, "items")
    return against if due > on else [*against, Refusal("due_too_soon", {"day": due}, member="due")]


def why_not_refuse_visa(*, state: str) -> list[Refusal]:
    """Why no visa can be refused; a mission gives no reason, so none is asked."""
    return why_not_follow(state, "visa_refused", after="visa_filed", own_side=True)


def why_not_expire(*, kind: str, state: str, until: dt.date | None, today: dt.date) -> list[Refusal]:
    """Why a paper (`coe`, `visa`) cannot be said to have ended; `until` is the first day without it."""
    if until is None or today < until:
        return [Refusal("window_open", {"until": until})]
    return why_not_move(DEPARTURE_MOVES, state, f"{kind}_expired")


def visa_again(book: Book, refused_on: dt.date) -> tuple[dt.date, Row] | None:
    """From when on missions take another application, by practice, with the row that says how sure that is; it binds nobody."""
    row = next(iter(book.in_force("action_targets", refused_on, use_case=VISA_AGAIN)), None)
    number = row.number("number") if row is not None else None
    return None if row is None or number is None else (end_after(refused_on, number, row["unit"]), row)
