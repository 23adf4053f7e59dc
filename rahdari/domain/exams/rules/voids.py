"""Making results void: on evidence, by a second officer, after each person was heard; the bar; the appeal.

Facts in, every refusal out. No Django, no database, no clock here.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping

from rahdari.base.refusal import Refusal
from rahdari.base.states import why_not_move

VOID_MOVES = {"void_asked": {"void_decided", "void_dropped"}, "void_decided": set(), "void_dropped": set()}
CODES = ("proxy", "forged", "leak", "room", "error")
OF_THE_PERSON = ("proxy", "forged")  # what somebody is barred for; the others are nobody's own act
FRAUD = ("proxy", "forged", "leak", "room")  # what the other state is told of (MOC 5)
SAID, NO_ANSWER = "said", "no_answer"
APPEALED, APPEAL_REFUSED, APPEAL_GRANTED = "appealed", "appeal_refused", "appeal_granted"
OPEN_APPEALS = ("", APPEALED)  # not made yet, or not decided


def why_not_ask_void(
    *, states: Mapping[str, str], numbers: Collection[str], code: str, evidence: str, barred_until: dt.date | None,
    today: dt.date, longest_bar: int, open_already: Collection[str],
) -> list[Refusal]:  # fmt: skip
    """Why results cannot be proposed to be void; `states` maps booking numbers to the state of their result."""
    against = [] if numbers else [Refusal("results_missing", member="numbers")]
    for number in numbers:
        if states.get(number) != "result_stands":
            against.append(Refusal("no_result_stands", {"number": number}, member="numbers"))
        elif number in open_already:
            against.append(Refusal("void_asked_already", {"number": number}, member="numbers"))
    if code not in CODES:
        against.append(Refusal("reason_missing", member="code"))
    if not evidence.strip():
        against.append(Refusal("void_evidence_missing", member="evidence"))
    if barred_until is not None:
        if code not in OF_THE_PERSON:
            against.append(Refusal("bar_not_for_this", member="barred_until"))
        if not today < barred_until <= today + dt.timedelta(days=longest_bar):
            against.append(Refusal("bar_too_long", {"days": longest_bar}, member="barred_until"))
    return against


def why_not_hear(*, state: str, heard: str, said: str, on: dt.date, today: dt.date, answer_by: dt.date) -> list[Refusal]:
    """Why a hearing cannot be noted: decided already, nothing said, or the time to answer is not over."""
    against = [] if state == "void_asked" else [Refusal("wrong_state", {"now": state})]
    if heard not in (SAID, NO_ANSWER):
        against.append(Refusal("heard_missing", member="heard"))
    if heard == SAID and not said.strip():
        against.append(Refusal("what_missing", member="words"))
    if on > today:
        against.append(Refusal("date_in_future", {"day": on}, member="on"))
    if heard == NO_ANSWER and today <= answer_by:
        against.append(Refusal("heard_too_soon", {"day": answer_by}, member="heard"))
    return against


def why_not_void(*, state: str, same_person: bool, heard: Collection[str], result_states: Collection[str]) -> list[Refusal]:
    """Why results are not made void: by whoever proposed it, somebody was not heard, or a result stands no more."""
    against = why_not_move(VOID_MOVES, state, "void_decided")
    if same_person:
        against.append(Refusal("four_eyes"))
    if not all(heard):
        against.append(Refusal("people_not_heard", {"people": sum(not one for one in heard)}))
    if any(one != "result_stands" for one in result_states):
        against.append(Refusal("results_changed"))
    return against


def why_not_appeal(
    *, state: str, appeal: str, appeal_until: dt.date | None, today: dt.date, text: str | None = None
) -> list[Refusal]:
    """Why no appeal can be made: the result is not void, there was one, the time is over, or it says nothing.

    Without a text it is asked before anything is written.
    """
    against = [] if state == "result_void" else [Refusal("wrong_state", {"now": state})]
    if appeal:
        against.append(Refusal("appealed_already"))
    if appeal_until is not None and today > appeal_until:
        against.append(Refusal("appeal_late", {"day": appeal_until}))
    return against if text is None or text.strip() else [*against, Refusal("what_missing", member="text")]


def why_not_decide_appeal(*, appeal: str, same_person: bool, reason: str) -> list[Refusal]:
    """Why an appeal cannot be decided: there is none, by whoever proposed or decided the voiding, or without a reason."""
    against = [] if appeal == APPEALED else [Refusal("no_appeal")]
    if same_person:
        against.append(Refusal("four_eyes"))
    return against if reason.strip() else [*against, Refusal("reason_missing", member="reason")]
