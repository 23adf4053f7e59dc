"""Who stands behind a profile: the person's yes for one firm, within its term; silence is a no. Pure.

A no is told when silence would be, so that nobody learns by the time of an answer, or by its being there, whether somebody
read the question, refused it, hid the profile, or is there at all.
"""

from __future__ import annotations

import datetime as dt
import re

from rahdari.base.refusal import Refusal
from rahdari.base.states import why_not_move

REVEAL_MOVES = {
    "reveal_asked": {"revealed", "reveal_declined", "not_revealed"},
    "reveal_declined": {"revealed", "not_revealed"},
    "revealed": {"reveal_withdrawn"},
    "not_revealed": set(),
    "reveal_withdrawn": set(),
}
OPEN = ("reveal_asked", "reveal_declined")
REVEAL = "reveal"  # the purpose of the consent a yes gives
LONGEST_PURPOSE, LONGEST_CONTACT = 500, 120
MAIL = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+")
FEWEST_DIGITS = 7


def why_not_ask(*, purpose: str, over: bool, before: bool, may_employ: bool = True) -> list[Refusal]:
    """Why a firm cannot ask: no purpose, the profile no longer stands, it asked before, or its licence ended meanwhile.

    `may_employ` says that the firm, and the placement business through which it asks, may do today what they do here.
    """
    against = [] if purpose.strip() else [Refusal("purpose_missing", member="purpose")]
    if over:
        against.append(Refusal("profile_over"))
    if before:
        against.append(Refusal("reveal_asked_before"))
    if not may_employ:
        against.append(Refusal("firm_may_not_ask"))
    return against


def why_not_answer(*, state: str, yes: bool, contact: str, until: dt.datetime, at: dt.datetime) -> list[Refusal]:
    """Why a person cannot answer so: the term is over, it was answered, or a yes says no way to be reached."""
    if at >= until and state in OPEN:
        return [Refusal("reveal_over")]
    against = why_not_move(REVEAL_MOVES, state, "revealed" if yes else "reveal_declined")
    if yes and not way_of(contact):
        against.append(Refusal("contact_wrong", member="contact"))
    return against


def way_of(contact: str) -> str:
    """What kind of address a text is: `phone`, `email`, or none."""
    text = contact.strip()
    if len(text) > LONGEST_CONTACT:
        return ""
    if MAIL.fullmatch(text):
        return "email"
    digits = [one for one in text if one.isdecimal()]
    return "phone" if len(digits) >= FEWEST_DIGITS and all(one.isdecimal() or one in "+-() ." for one in text) else ""


def why_not_take_answer(*, state: str | None, person: bool) -> list[Refusal]:
    """Why an answer of the other node cannot be taken up: nobody here asked, or it was answered."""
    if state is None:
        return [Refusal("reveal_not_known")]
    return why_not_move(REVEAL_MOVES, state, state_after(state, person=person))


def state_after(state: str, *, person: bool) -> str:
    """The state an answer leads to: a second one without a person takes the first one back."""
    if person:
        return "revealed"
    return "reveal_withdrawn" if state == "revealed" else "not_revealed"
