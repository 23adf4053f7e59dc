"""A time for the interview that the worker proposed: it needs neither the notice nor the hours that protect the worker."""

from __future__ import annotations

import datetime as dt

import pytest

from rahdari.base.refusal import Refused
from rahdari.domain.placements import actions
from rahdari.domain.placements.models import Interview
from tests.make import jobs
from tests.make.thread import at, both
from tests.make.two_nodes import two_nodes

pytestmark = pytest.mark.django_db
SOON = at("interview_answered") + dt.timedelta(hours=2)
AT_NIGHT = dt.datetime(2026, 12, 15, 22, 30, tzinfo=dt.UTC)  # half past three in Pakistan


@pytest.fixture
def story(settings):
    story = both(two_nodes(settings)).go("interview_set")
    with story.on("pk"):
        actions.answer_interview(
            actor=story.people["worker"], case_id=story.case_id, answer="no", other_times=[SOON, AT_NIGHT],
            at=at("interview_answered"),
        )  # fmt: skip
    story.corridor.exchange(at=at("interview_answered"))
    return story


@pytest.mark.parametrize("starts_at", [SOON, AT_NIGHT])
def test_may_be_set_at_once_and_at_any_hour(story, starts_at):
    with story.on("jp"):
        employer = story.who("employer", jobs.EMPLOYER, "jp")
        told = {"starts_at": starts_at, "place": "video link"}
        actions.set_interview(actor=employer, case_id=story.case_id, **told, at=at("interview_answered"))
    story.corridor.exchange(at=at("interview_answered"))
    with story.on("pk"):
        assert Interview.objects.get(superseded_by=None).starts_at == starts_at


@pytest.mark.parametrize(
    ("starts_at", "codes"),
    [
        (SOON + dt.timedelta(minutes=1), ["less_than_48_h"]),
        (AT_NIGHT + dt.timedelta(minutes=1), ["less_than_48_h", "outside_worker_hours"]),
    ],
)
def test_another_time_still_needs_both(story, starts_at, codes):
    with story.on("jp"), pytest.raises(Refused) as wrong:
        employer = story.who("employer", jobs.EMPLOYER, "jp")
        told = {"starts_at": starts_at, "place": "video link"}
        actions.set_interview(actor=employer, case_id=story.case_id, **told, at=at("interview_answered"))
    assert [one.code for one in wrong.value.refusals] == codes
