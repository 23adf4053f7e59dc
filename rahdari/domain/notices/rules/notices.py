"""Notices from state to state: what a draft must say, the second officer, the answer that is no bare denial, the recall.

Kinds and steps are rows (`notice_kinds`, `notice_steps`, `moc_categories`) and are handed in. Facts in, every refusal
out. No Django, no database, no clock here.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from rahdari.base.days import Offices
from rahdari.base.money import CURRENCY, Money
from rahdari.base.reference import Book
from rahdari.base.refusal import Refusal
from rahdari.base.statements import Marking
from rahdari.base.states import why_not_move

NOTICE_MOVES = {
    "drafted": {"drafted", "raised"},
    "raised": {"accepted", "answered", "recalled"},
    "accepted": {"answered", "recalled"},
    "answered": {"recalled"},
    "recalled": set(),
}
OPEN_STATES = frozenset({"raised", "accepted"})
ASKS = ("investigate", "measure", "know")
MEASURES = ("warning", "refund", "suspension", "revocation", "prosecution", "none")
UPDATES = ("accepted", "investigating", "more_known", "reply_of_party")
LEVELS = ("contact_point", "named_bodies", "authorities")  # at which a notice may be told
RECALL_REASONS = ("recall_wrong_party", "recall_wrong_facts", "recall_told_twice", "recall_consent_ended", "recall_sent_wrongly")
INFORMATION = "information"
LARGEST_AMOUNT = 10**15
MOST_WORKERS = 10_000_000
MOST_PARTIES = 40


@dataclass(frozen=True, slots=True)
class Party:
    """Whom a notice is about: an organisation or a person, as the receiver must be able to find them."""

    what: str
    name: str
    licence: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """Everything an officer writes. `worker` is a worker's name, told only with that worker's own consent."""

    kind: str
    known_on: dt.date | None
    what: str
    asked: str
    category: str = ""
    about: tuple[Party, ...] = ()
    place: str = ""
    happened: str = ""
    amount: int | None = None
    currency: str = ""
    workers: int = 0
    worker: str = ""
    worker_consents: bool = False
    level: str = "contact_point"
    bodies: tuple[str, ...] = ()
    language: str = "en"

    @property
    def money(self) -> Money | None:
        """The amount with its currency."""
        return None if self.amount is None else Money(self.currency, self.amount)


@dataclass(frozen=True, slots=True)
class StepTaken:
    """One step of an investigation, on a day."""

    on: dt.date
    code: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What was done: steps, evidence asked for and given, the measure and its day, money returned, the reason in words."""

    steps: tuple[StepTaken, ...]
    evidence_asked: bool
    evidence_given: bool
    measure: str
    reason: str
    measure_on: dt.date | None = None
    returned_amount: int | None = None
    returned_currency: str = ""
    language: str = "en"

    @property
    def returned(self) -> Money | None:
        """The money returned, with its currency."""
        return None if self.returned_amount is None else Money(self.returned_currency, self.returned_amount)


def why_not_draft(book: Book, draft: Draft, *, receiver: str, today: dt.date) -> list[Refusal]:
    """What a draft leaves open: kind, category (act and exam need one), the day it became known, whom it is about, marking."""
    kinds = book.in_force("notice_kinds", today, code=draft.kind)
    if not kinds:
        return [Refusal("notice_kind_unknown", {"kind": draft.kind}, member="kind")]
    against = _why_not_category(book, draft.category, needed=kinds[0]["category"] == "needed")
    if draft.known_on is None:
        against.append(Refusal("known_on_missing", member="known_on"))
    elif draft.known_on > today:
        against.append(Refusal("date_in_future", {"day": draft.known_on}, member="known_on"))
    against += _why_not_parties(draft)
    if not draft.what.strip():
        against.append(Refusal("what_missing", member="what"))
    if draft.asked not in ASKS:
        against.append(Refusal("asked_missing", member="asked"))
    if draft.worker and not draft.worker_consents:
        against.append(Refusal("identity_of_complainant", member="worker"))
    against += _why_not_money(draft.amount, draft.currency, "amount")
    if not 0 <= draft.workers <= MOST_WORKERS:
        against.append(Refusal("workers_wrong", member="workers"))
    return against + why_not_marking(book, draft.level, draft.bodies, receiver)


def _why_not_parties(draft: Draft) -> list[Refusal]:
    against = []
    if draft.kind != INFORMATION and not draft.about:
        against.append(Refusal("party_missing", member="about"))
    if any(party.what not in ("organisation", "person") or not party.name.strip() for party in draft.about):
        against.append(Refusal("party_without_name", member="about"))
    if len(draft.about) > MOST_PARTIES:
        against.append(Refusal("too_many", member="about"))
    return against


def _why_not_category(book: Book, category: str, *, needed: bool) -> list[Refusal]:
    if category and category not in book.codes("moc_categories"):
        return [Refusal("category_missing", member="category")]
    return [Refusal("category_missing", member="category")] if needed and not category else []


def why_not_told(book: Book, kind: str, category: str, today: dt.date) -> list[Refusal]:
    """Why a partner's notice cannot be taken up: only information, and word of an intermediary, may lack a category."""
    kinds = book.in_force("notice_kinds", today, code=kind)
    return [] if kinds and (category or kinds[0]["category"] != "needed") else [Refusal("category_missing", member="category")]


def _why_not_money(amount: int | None, currency: str, member: str) -> list[Refusal]:
    if amount is None and not currency:
        return []
    fine = amount is not None and 0 <= amount <= LARGEST_AMOUNT and CURRENCY.fullmatch(currency)
    return [] if fine else [Refusal("money_half_said", member=member)]


def why_not_marking(book: Book, level: str, bodies: Sequence[str], receiver: str) -> list[Refusal]:
    """Why a notice cannot bear a marking: none was chosen, no body is named, or one that is not of the receiving state."""
    if level not in LEVELS:
        return [Refusal("marking_missing", member="level")]
    if (level == "named_bodies") != bool(bodies):
        return [Refusal("marking_missing", member="bodies")]
    theirs = {row["code"] for row in book.rows("authorities", side=receiver)}
    wrong = [body for body in bodies if body not in theirs and not body.startswith(f"{receiver}:org:")]
    return [Refusal("body_not_theirs", {"body": body}, member="bodies") for body in wrong]


def marking_to_say(level: str, bodies: Sequence[str], contact_point: str) -> Marking:
    """The marking of a notice; among named bodies the receiving contact point is always listed."""
    if level != "named_bodies":
        return Marking(level)
    return Marking(level, tuple(dict.fromkeys((contact_point, *bodies))))


def why_not_approve(*, state: str, same_person: bool) -> list[Refusal]:
    """Why a draft cannot go out: it has gone, or whoever wrote it would approve it."""
    against = why_not_move(NOTICE_MOVES, state, "raised")
    return against + ([Refusal("four_eyes")] if same_person else [])


def due_day(known_on: dt.date, offices: Offices, within: int) -> dt.date:
    """The day on which a matter must be told: `within` 0 working days is that on which it became known, or the next open one."""
    return offices.working_days_after(known_on, within)


def days_late(known_on: dt.date, sent_on: dt.date, offices: Offices, within: int) -> int:
    """How many working days after its day a notice was told; 0 when in time."""
    return max(0, offices.working_days_between(due_day(known_on, offices, within), sent_on))


def why_not_accept(*, state: str, own: bool) -> list[Refusal]:
    """Why a notice cannot be accepted: it was raised from here, or it has moved on."""
    return _why_not_theirs(own) + why_not_move(NOTICE_MOVES, state, "accepted")


def _why_not_theirs(own: bool) -> list[Refusal]:
    return [Refusal("raised_from_here")] if own else []


def why_not_answer(book: Book, answer: Answer, *, state: str, own: bool, kind: str, today: dt.date) -> list[Refusal]:
    """Why an answer cannot go out: no step was taken, or it denies without having asked for evidence.

    Information is answered only as useful or not ours.
    """
    against = _why_not_theirs(own) + why_not_move(NOTICE_MOVES, state, "answered")
    allowed = {row["code"] for row in book.rows("notice_steps") if kind in row.codes("kinds")}
    if not answer.steps:
        against.append(Refusal("no_steps", member="steps"))
    if any(step.code not in allowed for step in answer.steps):
        against.append(Refusal("step_unknown", member="steps"))
    against += [Refusal("date_in_future", {"day": step.on}, member="steps") for step in answer.steps if step.on > today]
    if answer.measure not in MEASURES:
        against.append(Refusal("measure_missing", member="measure"))
    elif kind != INFORMATION:
        against += _why_not_measure(answer, today)
    if not answer.reason.strip():
        against.append(Refusal("answer_without_reason", member="reason"))
    return against + _why_not_money(answer.returned_amount, answer.returned_currency, "returned_amount")


def _why_not_measure(answer: Answer, today: dt.date) -> list[Refusal]:
    if answer.measure == "none":
        return [] if answer.evidence_asked else [Refusal("bare_denial", member="measure")]
    if answer.measure_on is None:
        return [Refusal("measure_day_missing", member="measure_on")]
    return [Refusal("date_in_future", {"day": answer.measure_on}, member="measure_on")] if answer.measure_on > today else []


def why_not_recall(*, state: str, own: bool, reason: str) -> list[Refusal]:
    """Why a notice cannot be taken back: only who raised it may, with a reason of the closed list."""
    against = [] if own else [Refusal("raised_from_there")]
    against += why_not_move(NOTICE_MOVES, state, "recalled")
    return against + ([] if reason in RECALL_REASONS else [Refusal("reason_missing", member="reason")])


def why_not_follow(state: str | None, to: str) -> list[Refusal]:
    """Why what the partner says of a notice cannot be taken up: it is not known here, or it has moved on."""
    return [Refusal("notice_not_known", member="of")] if state is None else why_not_move(NOTICE_MOVES, state, to)


def why_not_update(state: str | None, *, accepts: bool) -> list[Refusal]:
    """Why word of what goes on with a notice cannot be taken up; one that says it was accepted moves it."""
    if accepts or state is None:
        return why_not_follow(state, "accepted")
    return [Refusal("wrong_state", {"now": state})] if state in ("drafted", "recalled") else []


def why_not_mirror(marking: Marking, contact_point: str) -> list[Refusal]:
    """A notice goes to the contact point: one whose marking closes it to the receiving one cannot be taken up."""
    named = marking.level != "named_bodies" or contact_point in marking.bodies
    return [] if named else [Refusal("contact_point_not_addressed")]


def number_of(home: str, raised: str, on: dt.date) -> str:
    """What people of both states call a notice by: made of the id of its statement, so that it is the same on both nodes."""
    return f"{home.upper()}-N-{on.year}-{raised[-6:].upper()}"
