"""Who may watch a worker's way: what can be ticked, how long the codes count, why somebody cannot be allowed. Pure."""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass

from rahdari.base.refusal import Refusal

LINE, COSTS, PASS, CONTRACT = "watch_line", "watch_costs", "watch_pass", "watch_contract"
SEES = (LINE, COSTS, PASS, CONTRACT)  # nothing of health, of a complaint or of papers can be ticked at all
PROXY_MOVES = {
    "proxy_asked": {"proxy_allowed", "proxy_ended"},
    "proxy_allowed": {"proxy_ended"},
    "proxy_ended": set[str](),
}
CODES_LAST = dt.timedelta(minutes=30)  # the other code is told by telephone, to somebody who looks for their glasses
MOST_TRIES = 5
MOST_WATCHERS = 5
LONGEST_NAME = 40  # in a message


@dataclass(frozen=True, slots=True)
class Asked:
    """Who asks for whom: both phones in their one form (None where there is none), who watches by that phone already."""

    own_phone: str | None
    their_phone: str | None
    sees: Collection[str]
    open_ones: int
    allowed_already: bool


def why_not_ask_proxy(asked: Asked) -> list[Refusal]:
    """Every reason against asking a member of the family."""
    refused = []
    if asked.own_phone is None:
        refused.append(Refusal("own_phone_missing"))
    if asked.their_phone is None:
        refused.append(Refusal("phone_not_valid", member="phone"))
    elif asked.their_phone == asked.own_phone:
        refused.append(Refusal("same_phone", member="phone"))
    if not set(asked.sees) or not set(asked.sees) <= set(SEES):
        refused.append(Refusal("nothing_ticked", member="sees"))
    if asked.open_ones >= MOST_WATCHERS:
        refused.append(Refusal("too_many_watchers", {"most": MOST_WATCHERS}))
    if asked.allowed_already:
        refused.append(Refusal("watches_already", member="phone"))
    return refused


def spoken_name(name: str) -> str:
    """A name as a message to a stranger tells it: its letters alone, so that no number, address or text travels in it."""
    kept = (one if unicodedata.category(one)[0] in "LM" or one in "'-" else " " for one in name)
    return " ".join("".join(kept).split())[:LONGEST_NAME].strip()


def codes_count(state: str, tries: int, until: dt.datetime, at: dt.datetime) -> bool:
    """Whether the two codes can still be answered."""
    return state == "proxy_asked" and tries < MOST_TRIES and at < until


def why_not_watch(*, open_account: bool, staff: bool, rested: bool, card: bool) -> list[Refusal]:
    """Why the account of a phone cannot watch: `rested` as in `phone_rested`, `card` that it holds a card.

    Who holds the phone now may be somebody else than its account's owner. One that has a card opens with that card alone; one
    without holds nothing but watches, and those end.
    """
    if not open_account or staff or (rested and card):
        return [Refusal("watcher_signs_in_first")]
    return []
