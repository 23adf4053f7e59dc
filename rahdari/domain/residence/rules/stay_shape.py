"""The shape of the facts about one person's stay in a status.

Nothing is judged here but the form. No Django, no database.
"""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, ValidationInfo, field_validator

from rahdari.base.facts import Amount, Day, Facts, code_of, own_fault

MOST_ENTRIES = 500
EARLIEST, LATEST = dt.date(1950, 1, 1), dt.date(2999, 12, 31)


def _countable(day: dt.date) -> dt.date:
    if not EARLIEST <= day <= LATEST:
        raise own_fault("day_out_of_reach")
    return day


def _in_order(last: dt.date | None, first: dt.date | None) -> dt.date | None:
    if first is not None and last is not None and last < first:
        raise own_fault("from_after_to")
    return last


CountedDay = Annotated[Day, AfterValidator(_countable)]
FieldCode = Annotated[str, code_of("fields")]
Status = Annotated[str, code_of("stay_rules", "status")]


class Spell(Facts):
    """Days from the one to the other, both included; `to` null means still going on."""

    first: CountedDay = Field(alias="from")
    until: Day | None = Field(alias="to")

    @field_validator("until")
    @classmethod
    def _ends_after_it_begins(cls, until: dt.date | None, info: ValidationInfo) -> dt.date | None:
        return _in_order(until, info.data.get("first"))


class Stay(Spell):
    """A stay in the status; without an employer: in the status, not working."""

    until: Day | None = Field(default=None, alias="to")
    field: FieldCode | None = None
    employer: str | None = None


class Absence(Spell):
    """Days outside the country, the permit to come back, and the days on which coming back was impossible."""

    permit: Literal["re_entry", "special_re_entry", "none"]
    reason: str | None = None
    barred_from: CountedDay | None = None
    barred_to: Day | None = None
    proof: bool | None = None

    @field_validator("barred_to")
    @classmethod
    def _bar_ends_after_it_begins(cls, barred_to: dt.date | None, info: ValidationInfo) -> dt.date | None:
        return _in_order(barred_to, info.data.get("barred_from"))


class Leave(Spell):
    """Days off work; `proof` is whether the papers of the rule's `evidence` were shown."""

    kind: Literal["maternity", "childcare", "illness", "work_accident", "ordinary"]
    proof: bool | None = None


class EarlierStatus(Spell):
    """A status held before; `bridge` is Designated Activities to prepare SSW(i)."""

    status: Literal["titp", "student", "bridge", "ssw2", "other"]


class Test(Facts):
    """The result of one test needed for SSW(ii), in points."""

    __test__ = False

    score: Amount | None = None
    pass_mark: Annotated[int, Field(ge=1, le=2**53 - 1)] | None = None
    passed: bool | None = None


class SixYear(Facts):
    """The request to stay a sixth year."""

    applied_on: CountedDay | None = None
    tests: Annotated[list[Test], Field(max_length=MOST_ENTRIES)] | None = None
    pledge_to_retry: bool | None = None
    employer_keeps: bool | None = None
    employer_trains: bool | None = None


class Permission(Facts):
    """The permission asked about: its kind, the day it is decided, the day the present period ends."""

    kind: Literal["landing", "extension", "change"] | None = None
    decided_on: CountedDay | None = None
    period_ends: CountedDay | None = None


class StayFacts(Facts):
    """Everything the counter of one person is worked out from."""

    status: Status
    stays: Annotated[list[Stay], Field(max_length=MOST_ENTRIES)] | None = None
    absences: Annotated[list[Absence], Field(max_length=MOST_ENTRIES)] | None = None
    leaves: Annotated[list[Leave], Field(max_length=MOST_ENTRIES)] | None = None
    earlier_status: Annotated[list[EarlierStatus], Field(max_length=MOST_ENTRIES)] | None = None
    six_year: SixYear | None = None
    permission: Permission | None = None
    as_of: CountedDay | None = None
