"""Enquiries of firms: from the firm through the contact points to an officer's desk, and to a demand or a reason.

Facts in, every refusal out. No Django, no database, no clock here.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from rahdari.base.reference import Book
from rahdari.base.refusal import Refusal
from rahdari.base.statements import Marking
from rahdari.base.states import why_not_move

from .enquiry_facts import MODES, MOST_FITTING, MOST_PEOPLE, WORK_KINDS, EnquiryFacts
from .requests import Question, Value

KIND = "firm_enquiry"
ASKED = ("fitting_profiles", "next_step")
NAMING = "who_stands_behind"  # the question a firm may ask after it was shown a profile; the person alone answers it
LONGEST_PURPOSE = 500
ENQUIRY_MOVES = {
    "enquiry_filed": {"enquiry_waiting", "enquiry_returned", "enquiry_closed"},
    "enquiry_returned": set(),
    "enquiry_waiting": {"enquiry_taken", "enquiry_answered"},
    "enquiry_taken": {"enquiry_taken", "enquiry_answered", "enquiry_closed"},
    "enquiry_answered": {"enquiry_led", "enquiry_closed"},
    "enquiry_led": set(),
    "enquiry_closed": set(),
}
RETURNED_FOR = ("not_clear", "asked_before", "not_this_corridor", "firm_not_fit")
CLOSED_FOR = (
    "nobody_fits", "others_chosen", "firm_silent", "need_gone", "terms_not_lawful", "route_not_open", "service_agreed",
)  # fmt: skip
WITHDRAWN = "need_gone"
IT_WORK = "WORK_ICT"
SYSTEM = "system"
LONGEST = {"enquiry_no": 20, "firm_name": 200, "firm_number": 40, "firm_body": 80, "through_name": 200, "through_body": 80}


@dataclass(frozen=True, slots=True)
class Firm:
    """The firm that enquires, as its register names it."""

    body: str
    name: str
    number: str


def it_codes(book: Book, today: dt.date) -> tuple[str, ...]:
    """The groups of ISCO-08 that are work with information technology, which no SSW field has (`professional_routes`)."""
    return tuple(
        row["value"] for row in book.in_force("professional_routes", today, kind="work") if row["code"].startswith(IT_WORK)
    )


def why_not_enquire(asked: EnquiryFacts, *, firm: Firm | None, codes: Iterable[str], it: Sequence[str]) -> list[Refusal]:
    """Why a firm cannot enquire so: it is in no register, information technology is no SSW field, kind and mode do not fit.

    `codes` are the occupations meant by what was asked, `it` the groups that are work with information technology.
    """
    ssw = asked.work_kind in ("ssw1", "ssw2")
    against = [] if firm is not None else [Refusal("firm_unknown", member="firm_number")]
    if ssw and any(code.startswith(tuple(it)) for code in codes):
        against.append(Refusal("it_as_ssw", member="asked.work_kind"))
    if ssw and asked.field is None:
        against.append(Refusal("enquiry_field_missing", member="asked.field"))
    if (asked.work_kind == "remote") != (asked.mode == "remote"):
        against.append(Refusal("mode_does_not_fit", member="asked.mode"))
    return against


def facts_told(asked: EnquiryFacts, *, firm: Firm, number: str, through: str, through_name: str) -> dict[str, Value]:
    """What crosses of an enquiry, by the codes of `request_facts`; one line a skill."""
    told: dict[str, Value] = {
        "firm_name": firm.name,
        "firm_number": firm.number,
        "firm_body": firm.body,
        "through_name": through_name,
        "through_body": through,
        "enquiry_no": number,
        "work_kind": asked.work_kind,
        "field_of_work": asked.field,
        "occupation": asked.occupation,
        "skills": "\n".join(asked.skills),
        "people": asked.people,
        "mode": asked.mode,
        "what": asked.note,
    }
    return {code: value for code, value in told.items() if value not in (None, "")}


def read_facts_told(facts: Mapping[str, Value], book: Book) -> dict[str, Any]:
    """The columns of an enquiry from the facts a partner told; what no column can hold, or no table knows, is left out."""
    found: dict[str, Any] = {code: _text(facts.get(code))[:longest] for code, longest in LONGEST.items()}
    return found | {
        "work_kind": _one_of(facts.get("work_kind"), WORK_KINDS),
        "mode": _one_of(facts.get("mode"), MODES),
        "field": _one_of(facts.get("field_of_work"), book.codes("fields")),
        "occupation": _one_of(facts.get("occupation"), book.codes("isco08_groups")),
        "skills": [line.strip()[:80] for line in _text(facts.get("skills")).splitlines() if line.strip()][:20],
        "people": _count(facts.get("people"), MOST_PEOPLE) or 0,
        "note": _text(facts.get("what"))[:1000],
    }


def read_answer_told(answers: Mapping[str, Value]) -> tuple[int | None, str]:
    """How many people fit and what the firm does next, as a partner answered; a count no column can hold is none."""
    return _count(answers.get("fitting_profiles"), MOST_FITTING), _text(answers.get("next_step"))


def _count(value: Value | None, most: int) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= most else None


def _text(value: Value | None) -> str:
    return value if isinstance(value, str) else ""


def _one_of(value: Value | None, known: Iterable[str]) -> str:
    return value if isinstance(value, str) and value in set(known) else ""


def why_not_assign(*, state: str, may_answer: bool) -> list[Refusal]:
    """Why an enquiry cannot be given to this person."""
    against = why_not_move(ENQUIRY_MOVES, state, "enquiry_taken")
    return against if may_answer else [*against, Refusal("owner_unknown", member="owner")]


def why_not_answer_enquiry(
    state: str, owner: UUID | None, actor: UUID | None, *, fitting: int, shown: int, next_step: str
) -> list[Refusal]:
    """Why an enquiry cannot be answered so: it is somebody else's, no next step, fewer people said to fit than are shown."""
    against = why_not_move(ENQUIRY_MOVES, state, "enquiry_answered")
    if owner is None or owner != actor:
        against.append(Refusal("not_owner"))
    if not next_step.strip():
        against.append(Refusal("next_step_missing", member="next_step"))
    if fitting < shown:
        against.append(Refusal("fewer_than_shown", {"shown": shown}, member="fitting"))
    return against


def why_not_close(*, state: str, source: str, ground: str, asks: bool) -> list[Refusal]:
    """Why an enquiry cannot be closed: one that came by the exchange is answered first; the firm's own before it was sent."""
    against = why_not_move(ENQUIRY_MOVES, state, "enquiry_closed")
    if not against and state == "enquiry_taken" and source == SYSTEM:
        against.append(Refusal("answer_first"))
    if ground not in CLOSED_FOR or (state == "enquiry_filed" and ground != WITHDRAWN) or (asks and ground == "firm_silent"):
        against.append(Refusal("reason_missing", member="ground"))
    return against


def why_not_return(*, state: str, ground: str) -> list[Refusal]:
    """Why an enquiry cannot go back to the firm."""
    against = why_not_move(ENQUIRY_MOVES, state, "enquiry_returned")
    return against if ground in RETURNED_FOR else [*against, Refusal("reason_missing", member="ground")]


def why_not_link(*, state: str, of_firm: bool) -> list[Refusal]:
    """Why an enquiry cannot be said to have led to a demand: it is not answered, or the demand is another firm's."""
    against = why_not_move(ENQUIRY_MOVES, state, "enquiry_led")
    return against if of_firm else [*against, Refusal("demand_of_another", member="demand")]


def enquiry_number(home: str, enquiry: UUID, on: dt.date) -> str:
    """What the firm and both states call an enquiry by."""
    return f"{home.upper()}-E-{on.year}-{enquiry.hex[-6:].upper()}"


def is_naming(questions: Iterable[Question]) -> bool:
    """Whether a request asks who stands behind a profile: no contact point answers or rates it."""
    return any(one.code == NAMING for one in questions)


def why_not_name(marking: Marking, firms: Sequence[str]) -> list[Refusal]:
    """Why a person's name cannot be taken up: its marking does not open it to the firm that asked, or opens it to others."""
    fits = marking.level == "named_bodies" and bool(firms) and set(marking.bodies) == set(firms)
    return [] if fits else [Refusal("firm_not_addressed")]


def profile_of(facts: Mapping[str, Value]) -> UUID | None:
    """The showing a question about a profile names; None where it names none."""
    try:
        return UUID(str(facts.get("profile")))
    except ValueError:
        return None
