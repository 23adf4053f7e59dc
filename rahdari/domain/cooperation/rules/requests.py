"""Requests between contact points: typed questions with their facts, an agreed day, the answer, and what it was worth.

The kinds, their questions and facts are rows (`request_kinds`, `request_questions`, `request_facts`) and are handed in.
Facts in, every refusal out. No Django, no database, no clock here.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from rahdari.base.days import Offices
from rahdari.base.reference import Book, Row
from rahdari.base.refusal import Refusal
from rahdari.base.statements import Marking
from rahdari.base.states import why_not_move

REQUEST_MOVES = {
    "asked": {"accepted", "answered"},
    "accepted": {"answered"},
    "answered": {"rated"},
    "rated": set(),
}
OPEN_STATES = frozenset({"asked", "accepted"})
URGENCIES = ("routine", "soon", "at_once")
MARKS = range(1, 6)
LONGEST_TEXT = 4_000
LARGEST_NUMBER = 10_000_000
ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
Value = str | int | bool | None


@dataclass(frozen=True, slots=True)
class Question:
    """One question that was asked, with the facts it needs."""

    code: str
    facts: Mapping[str, Value]


def questions_of(book: Book, kind: str) -> list[Row]:
    """The questions that may be asked under a kind, in their order."""
    return sorted(book.rows("request_questions", kind=kind), key=lambda row: row.number("place") or 0)


def facts_for(book: Book, questions: Iterable[Row]) -> tuple[list[Row], list[Row]]:
    """The facts that a set of questions needs, and those that may be told besides, each once, in the order of the table."""
    rows = list(questions)
    needed = {code for row in rows for code in row.codes("needed")}
    also = {code for row in rows for code in row.codes("also")} - needed
    table = book.rows("request_facts")
    return [one for one in table if one["code"] in needed], [one for one in table if one["code"] in also]


def why_not_send(
    book: Book, *, kind: str, questions: Sequence[str], facts: Mapping[str, Value], urgency: str, due_on: dt.date | None,
    today: dt.date,
) -> list[Refusal]:  # fmt: skip
    """Why a request cannot be sent: an unknown kind or question, a fact that is missing, wrong, or that nobody asked for."""
    if not book.in_force("request_kinds", today, code=kind):
        return [Refusal("kind_unknown", {"kind": kind}, member="kind")]
    known = {row["code"]: row for row in questions_of(book, kind)}
    against = [Refusal("question_unknown", {"question": code}, member="questions") for code in questions if code not in known]
    if not questions:
        against.append(Refusal("question_missing", member="questions"))
    if urgency not in URGENCIES:
        against.append(Refusal("urgency_unknown", member="urgency"))
    if due_on is not None and due_on < today:
        against.append(Refusal("due_in_past", {"day": due_on}, member="due_on"))
    needed, also = facts_for(book, [known[code] for code in questions if code in known])
    return against + _why_not_facts(book, needed, also, facts)


def _why_not_facts(book: Book, needed: Sequence[Row], also: Sequence[Row], facts: Mapping[str, Value]) -> list[Refusal]:
    rows = {row["code"]: row for row in (*needed, *also)}
    told = {code: value for code, value in facts.items() if value not in (None, "")}
    missing = [row["code"] for row in needed if row["code"] not in told]
    against = [Refusal("fact_missing", {"fact": f"fact_{code}"}, member=code) for code in missing]
    for code, value in told.items():
        if code not in rows:
            against.append(Refusal("fact_not_asked", {"fact": f"fact_{code}"}, member=code))
        elif not is_of_form(value, rows[code]["form"], rows[code].codes("choices"), book):
            against.append(Refusal("fact_wrong", {"fact": f"fact_{code}"}, member=code))
    return against


def is_of_form(value: Value, form: str, choices: Sequence[str], book: Book) -> bool:
    """Whether a value is what a fact or an answer of this form must be."""
    if form == "number":
        return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= LARGEST_NUMBER
    if form == "yes_no":
        return isinstance(value, bool)
    if not isinstance(value, str) or "\0" in value or len(value) > LONGEST_TEXT:
        return False
    known: Mapping[str, Callable[[str], bool]] = {
        "day": _is_day,
        "uuid": _is_uuid,
        "choice": lambda text: text in choices,
        "field": lambda text: text in book.codes("fields"),
        "exam": lambda text: text in book.codes("exam_kinds"),
    }
    check = known.get(form)
    return bool(value.strip()) if check is None else check(value)


def _is_day(text: str) -> bool:
    try:
        return bool(ISO_DAY.fullmatch(text) and dt.date.fromisoformat(text))
    except ValueError:
        return False


def _is_uuid(text: str) -> bool:
    try:
        return str(UUID(text)) == text.lower()
    except ValueError:
        return False


def asked_with(book: Book, kind: str, questions: Sequence[str], facts: Mapping[str, Value]) -> list[Question]:
    """The questions as they are told, each with its own facts alone."""
    found = []
    for row in questions_of(book, kind):
        if row["code"] in questions:
            named = {*row.codes("needed"), *row.codes("also")}
            own = {code: value for code, value in facts.items() if code in named and value not in (None, "")}
            found.append(Question(row["code"], own))
    return found


def why_not_accept(*, state: str, own: bool, agreed_on: dt.date | None, today: dt.date) -> list[Refusal]:
    """Why a request cannot be accepted: it was asked from here, or no day to come is agreed."""
    against = _why_not_theirs(own) + why_not_move(REQUEST_MOVES, state, "accepted")
    if agreed_on is None:
        against.append(Refusal("agreed_day_missing", member="agreed_on"))
    elif agreed_on < today:
        against.append(Refusal("due_in_past", {"day": agreed_on}, member="agreed_on"))
    return against


def _why_not_theirs(own: bool) -> list[Refusal]:
    return [Refusal("asked_from_here")] if own else []


def why_not_answer(
    book: Book, *, state: str, own: bool, kind: str, asked: Sequence[str], answers: Mapping[str, Value]
) -> list[Refusal]:
    """Why an answer cannot go out: every question is answered in its form; None says that it is not known, not for all."""
    against = _why_not_theirs(own) + why_not_move(REQUEST_MOVES, state, "answered")
    against += [Refusal("question_unknown", {"question": code}, member="answers") for code in answers if code not in asked]
    if all(answers.get(code) in (None, "") for code in asked):
        against.append(Refusal("answer_missing", member="answers"))
    rows = {row["code"]: row for row in questions_of(book, kind)}
    for code in asked:
        value, row = answers.get(code), rows.get(code)
        form, choices = (row["answer"], row.codes("choices")) if row is not None else ("text", ())
        if value not in (None, "") and not is_of_form(value, form, choices, book):
            against.append(Refusal("answer_wrong", {"question": f"question_{code}"}, member=code))
    return against


def why_not_rate(*, state: str, own: bool, timeliness: int | None, effort: int | None) -> list[Refusal]:
    """Why an answer cannot be rated: who asked says how timely it was and what effort it shows, each from 1 to 5."""
    against = [] if own else [Refusal("asked_from_there")]
    against += why_not_move(REQUEST_MOVES, state, "rated")
    marks = {"timeliness": timeliness, "effort": effort}
    return against + [Refusal("mark_missing", member=name) for name, mark in marks.items() if mark not in MARKS]


def why_not_mirror(marking: Marking, contact_point: str) -> list[Refusal]:
    """A request goes through the contact points: one whose marking closes it to the receiving one cannot be taken up."""
    named = marking.level != "named_bodies" or contact_point in marking.bodies
    return [] if named else [Refusal("contact_point_not_addressed")]


def why_not_follow(state: str | None, to: str) -> list[Refusal]:
    """Why what the partner says of a request cannot be taken up: it is not known here, or it has moved on."""
    return [Refusal("request_not_known", member="of")] if state is None else why_not_move(REQUEST_MOVES, state, to)


@dataclass(frozen=True, slots=True)
class Lateness:
    """How late something is, in working days of the side that must act; `step` is how far it has risen."""

    days: int
    step: str


def lateness(book: Book, due: dt.date | None, today: dt.date, offices: Offices) -> Lateness | None:
    """How late a step is on a day, None while it is not: `late`, then `coordinator`, then `agenda` (`request_lateness`)."""
    days = 0 if due is None else offices.working_days_between(due, today)
    if days <= 0:
        return None
    risen = [row["code"].lower() for row in book.in_force("request_lateness", today) if days >= (row.number("number") or 0)]
    return Lateness(days, risen[-1] if risen else "late")


def number_of(home: str, asked: UUID, on: dt.date) -> str:
    """What people of both states call a request by: made of the id of its statement, so that it is the same on both nodes."""
    return f"{home.upper()}-R-{on.year}-{asked.hex[-6:].upper()}"
