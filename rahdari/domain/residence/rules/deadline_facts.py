"""The shape of a question about deadlines: five kinds of question in one shape, of which exactly one may be asked.

The leading member says which: `duty`, `window`, `windows`, `renewal` or `support`. Members of another question are
refused like unknown ones. Pure: no Django, no clock.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, ValidationError, ValidationInfo, model_validator
from pydantic_core import InitErrorDetails, PydanticCustomError

from rahdari.base.facts import Day, Facts, code_of, own_fault
from rahdari.base.reference import Book

from .due_days import NEXT_OPEN_DAY, PERIOD_KINDS

FIRST_REACHABLE, LAST_REACHABLE = dt.date(1900, 1, 1), dt.date(2199, 12, 31)
LONGEST_PERIOD_YEARS = 10
MOST_WINDOWS = 50
MOST_DAYS = 1_000


def _reachable(day: dt.date) -> dt.date:
    if not FIRST_REACHABLE <= day <= LAST_REACHABLE:
        raise own_fault("deadline_day_out_of_reach", first=FIRST_REACHABLE.isoformat(), last=LAST_REACHABLE.isoformat())
    return day


ReachableDay = Annotated[Day, AfterValidator(_reachable)]


@dataclass(frozen=True, slots=True)
class Question:
    """The members of one kind of question; `needs` must be given and be days, `may_be_none` may be null (known to be none)."""

    leading: str
    needs: frozenset[str] = frozenset()
    takes: frozenset[str] = frozenset()
    may_be_none: frozenset[str] = frozenset()

    @property
    def members(self) -> frozenset[str]:
        return self.needs | self.takes | self.may_be_none | {self.leading, "holiday_rule"}


EVENT = Question("duty", needs=frozenset({"event_on"}), may_be_none=frozenset({"done_on"}))
PERIOD = Question("duty", needs=frozenset({"period_from", "period_until"}), may_be_none=frozenset({"done_on"}))
QUESTIONS = {
    "duty": EVENT,
    "window": Question("window", needs=frozenset({"dated"}), may_be_none=frozenset({"used_on"})),
    "windows": Question("windows", may_be_none=frozenset({"windows", "departure_planned", "protector_registered_on"})),
    "renewal": Question("renewal", needs=frozenset({"expires_on"})),
    "support": Question("support", takes=frozenset({"as_of"}), may_be_none=frozenset({"arrived_on", "done"})),
}


class GivenWindow(Facts):
    """A window somebody holds; `dated` null says that there is none."""

    window: Annotated[str, code_of("windows")]
    dated: ReachableDay | None


class DeadlinesFacts(Facts):
    """One question about deadlines, see `QUESTIONS`; `holiday_rule` goes with each.

    Refuses two questions at once, a member of another question, a period that is reversed or longer than ten years,
    a window given twice, and days that contradict each other. Periodic duties take a period, all others the day of the event.
    """

    duty: Annotated[str, code_of("duties")] = ""
    event_on: ReachableDay | None = None
    period_from: ReachableDay | None = None
    period_until: ReachableDay | None = None
    done_on: ReachableDay | None = None

    window: Annotated[str, code_of("windows")] = ""
    dated: ReachableDay | None = None
    used_on: ReachableDay | None = None

    windows: Annotated[list[GivenWindow], Field(max_length=MOST_WINDOWS)] | None = None
    departure_planned: ReachableDay | None = None
    protector_registered_on: ReachableDay | None = None

    renewal: Annotated[str, code_of("renewals", "renewal")] = ""
    expires_on: ReachableDay | None = None

    support: Annotated[str, code_of("support_items")] = ""
    arrived_on: ReachableDay | None = None
    done: Annotated[list[ReachableDay], Field(max_length=MOST_DAYS)] | None = None
    as_of: ReachableDay | None = None

    holiday_rule: Literal["none", "next_open_day"] = NEXT_OPEN_DAY

    @property
    def asked(self) -> str:
        """The leading member of the question."""
        return next(leading for leading in QUESTIONS if self.said(leading))

    @model_validator(mode="after")
    def _one_question(self, info: ValidationInfo) -> Self:
        leading = [name for name in QUESTIONS if self.said(name)]
        if len(leading) != 1:
            _refuse([(leading[1:2], own_fault("ask_one_question"))])
        book: Book = (info.context or {})["book"]
        _refuse([*_wrong_members(self, _question(self, book)), *_contradictions(self, book)])
        return self


WrongMember = tuple[Sequence[str | int], PydanticCustomError | str]


def _refuse(faults: list[WrongMember]) -> None:
    if faults:
        details = [InitErrorDetails(type=error, loc=tuple(path), input=None) for path, error in faults]
        raise ValidationError.from_exception_data("deadlines", details)


def _question(facts: DeadlinesFacts, book: Book) -> Question:
    duty = book.one("duties", code=facts.duty) if facts.duty else None
    return PERIOD if duty is not None and duty["deadline_kind"] in PERIOD_KINDS else QUESTIONS[facts.asked]


def _wrong_members(facts: DeadlinesFacts, question: Question) -> Iterator[WrongMember]:
    given = facts.model_fields_set
    yield from (([name], "extra_forbidden") for name in sorted(given - question.members))
    yield from (([name], "missing") for name in sorted(question.needs - given))
    for name in sorted((question.needs | question.takes) & given):
        if getattr(facts, name) is None:
            yield [name], PydanticCustomError("not_a_date", "not an ISO date")


def _contradictions(facts: DeadlinesFacts, book: Book) -> Iterator[WrongMember]:
    first, last = facts.period_from, facts.period_until
    if first and last and last < first:
        yield ["period_until"], own_fault("period_reversed")
    elif first and last and last.year - first.year > LONGEST_PERIOD_YEARS:
        yield ["period_until"], own_fault("period_too_long", years=LONGEST_PERIOD_YEARS)
    codes = [given.window for given in facts.windows or ()]
    for place, code in enumerate(codes):
        if code in codes[:place]:
            yield ["windows", place, "window"], own_fault("window_given_twice")
    if facts.said("protector_registered_on") and _registered_elsewhere(facts, book):
        yield ["protector_registered_on"], own_fault("registered_on_two_days")
    for place, day in enumerate(facts.done or ()):
        if facts.as_of is not None and day > facts.as_of:
            yield ["done", place], own_fault("done_after_as_of")


def _registered_elsewhere(facts: DeadlinesFacts, book: Book) -> bool:
    registrations = {row["window"] for row in book.rows("departure_windows", in_force_on="departure")}
    return any(given.window in registrations and given.dated != facts.protector_registered_on for given in facts.windows or ())
