"""The licence of whoever recruits is asked at each step of a case, and the answer kept; without it a case stops, or goes on watched."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.db import transaction

from rahdari.base.refusal import Refused
from rahdari.domain.organisations.models import LicenceCheck, Organisation
from rahdari.domain.placements.rules.steps import GOES_ON_WITHOUT, NEEDS_LICENCE
from tests.make import jobs, organisations
from tests.make.thread import CHANGED, STEPS, TAKE, alone, at

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


class Undone(Exception):
    """What was tried is taken back."""


def suspended(step):
    promoter = Organisation.objects.get(registry_id=jobs.PROMOTER)
    return organisations.made("suspend_licence", promoter, at=at(step) - DAY)


def codes_without(story, step):
    """What taking a step refuses when the licence was suspended the day before; nothing stays of it."""
    people, codes = dict(story.people), None
    with pytest.raises(Undone), transaction.atomic():
        suspended(step)
        with pytest.raises(Refused) as refused:
            TAKE[step](story)
        codes = [one.code for one in refused.value.refusals]
        raise Undone
    story.people = people
    return codes


def test_without_it_no_step_is_taken_until_the_departure_and_then_only_the_answer_is_kept():
    story, asked = alone(), set()
    for step in (one for one in STEPS[: STEPS.index("departed") + 1] if one not in CHANGED):
        with time_machine.travel(at(step), tick=False):
            if step in NEEDS_LICENCE:
                asked.add(step)
                assert codes_without(story, step) == ["licence_not_valid"], step
            if step == "registration_applied":
                suspended(step)
            story.take(step)
    # A time of an announced day stands in the place of the one the employer sets: tests/domain/placements/test_events.py.
    # Nobody recruits for a change of status and for a service; their own ways are walked beside this one.
    assert asked == NEEDS_LICENCE - {"slot_taken", "change_filed", "service_terms_confirmed", "service_signed"}
    kept = LicenceCheck.objects.filter(subject_kind="placements.case", subject_id=str(story.case_id))
    assert kept.filter(valid=True).count() == len(asked)
    assert kept.filter(valid=False, state="suspended").count() == 1 + len(GOES_ON_WITHOUT)
