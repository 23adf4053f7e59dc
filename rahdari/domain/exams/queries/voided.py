"""Tests that a person passed and that were made void, as packages above ask for them: by the pseudonym both nodes know."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q

from rahdari.base.actor import Actor
from rahdari.base.clock import day_at
from rahdari.base.refusal import Refusal
from rahdari.web.panels import Panel

from ..models import Result, VoidedResult, Voiding
from ..rules.voids import APPEAL_GRANTED
from .bars import days_barred, days_barred_of_file


def void_tests(person: UUID, asked: Iterable[str], field: str) -> list[str]:
    """Those of the tests asked, in a field or in none, that `void_exams` names."""
    void = {exam for exam, of in void_exams(person) if of in ("", field)}
    return [exam for exam in asked if exam in void]


def void_exams(person: UUID) -> frozenset[tuple[str, str]]:
    """The tests of a person, each with its field, that were made void and that they have not passed otherwise, also on paper."""
    passed = Result.objects.filter(outcome="pass")
    void = set(passed.filter(booking__person=person, state="result_void").values_list("exam", "field"))
    own = Q(booking__person=person) | Q(file__pseudonym=person)
    stands = set(passed.filter(own, state="result_stands").values_list("exam", "field"))
    return frozenset((exam, field) for exam, field in void if not stands & {(exam, field), (exam, "")})


def why_test_void(person: UUID, asked: Iterable[str], field: str) -> list[Refusal]:
    """Why a step that rests on tests cannot be taken: one of them was made void (`qualification_void`)."""
    void = void_tests(person, asked, field)
    return [Refusal("qualification_void", {"tests": tuple(void)})] if void else []


def why_barred(person: UUID, sat_on: dt.date) -> list[Refusal]:
    """`barred_until` for somebody barred on a day, by a voiding (unless an appeal against it was granted) or without one."""
    rows = VoidedResult.objects.filter(result__booking__person=person, voiding__state="void_decided")
    days = rows.filter(voiding__barred_until__gt=sat_on).exclude(appeal=APPEAL_GRANTED)
    others = [day for day in days_barred(person) if day > sat_on]
    until = max([*days.values_list("voiding__barred_until", flat=True), *others], default=None)
    return [] if until is None else [Refusal("barred_until", {"day": until})]


def voiding_of(result: UUID) -> VoidedResult | None:
    """How a result was made void, with the proposal behind it; None for one that never was."""
    return VoidedResult.objects.select_related("voiding").filter(result=result).order_by("id").last()


def bar_of(file: UUID) -> dt.date | None:
    """The last of the bars on a file: on its void results, unless an appeal lifted them, and those without a void result."""
    rows = VoidedResult.objects.filter(result__file=file, voiding__barred_until__isnull=False)
    days = rows.exclude(appeal=APPEAL_GRANTED).values_list("voiding__barred_until", flat=True)
    return max([*days, *days_barred_of_file(file)], default=None)


def void_panel(actor: Actor, case: Any) -> Panel | None:
    """On a case: that a test it rests on was made void, so that its next steps stop."""
    void = void_tests(case.person, case.demand.tests, case.demand.field)
    return Panel("exams/_void_panel.html", {"tests": void}) if void else None


@dataclass(frozen=True, slots=True)
class VoidEvidence:
    """What a notice of exam fraud rests on: which sitting, why, whom it is about, the evidence as it was written down."""

    code: str
    exam: str
    venue: str
    body: str
    sat_on: str
    names: tuple[str, ...]
    evidence: str
    numbers: tuple[str, ...]
    decided_by: UUID | None


def void_evidence(voiding_id: UUID | str) -> VoidEvidence:
    """The evidence of a decided voiding, for the one action that drafts the notice; not for a page."""
    voiding = Voiding.objects.select_related("sitting").get(pk=voiding_id, state="void_decided")
    rows = voiding.results.select_related("result__booking").order_by("result__booking__number")
    bookings = [row.result.booking for row in rows if row.result.booking is not None]
    return VoidEvidence(
        code=voiding.code,
        exam=voiding.sitting.exam,
        venue=voiding.sitting.venue,
        body=voiding.sitting.body,
        sat_on=day_at(voiding.sitting.starts_at, voiding.sitting.home).isoformat(),
        names=tuple(name for one in bookings if (name := one.name or (one.file.name if one.file else ""))),
        evidence=voiding.evidence or "",
        numbers=tuple(one.number for one in bookings),
        decided_by=voiding.decided_by,
    )
