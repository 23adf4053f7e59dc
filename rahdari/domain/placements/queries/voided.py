"""A test a case rests on that was made void: the steps from nomination to the visa stop, until it is passed anew."""

from __future__ import annotations

from rahdari.base.refusal import Refusal
from rahdari.domain.candidates.models import Qualification
from rahdari.domain.candidates.queries import still_missing
from rahdari.domain.jobs.rules.line import STATION_OF

from ..models import Case
from ..rules.steps import NEEDS_LICENCE

FIRST, LAST = 7, 13


def why_test_void(case: Case, step: str) -> list[Refusal]:
    """`qualification_void` for a step of stations 7 to 13 that takes a case further while a test it needs is void."""
    if case.file is None or step not in NEEDS_LICENCE or not FIRST <= STATION_OF[step] <= LAST:
        return []
    missing = still_missing(case.file, case.demand.tests, case.demand.field)
    void = Qualification.objects.filter(file=case.file, exam__in=missing).exclude(void_from=None)
    tests = sorted(set(void.values_list("exam", flat=True)))
    return [Refusal("qualification_void", {"tests": tuple(tests)})] if tests else []
