"""A service from home, from a firm's enquiry to the end: no permission, no visa, no flight; a contract, milestones, payment."""

from __future__ import annotations

import pytest

from rahdari.base.models import Waiting
from rahdari.domain.placements.models import Turn
from rahdari.domain.placements.queries import case_for
from rahdari.domain.placements.queries.line import line_of
from tests.make.services import Remote, remote

pytestmark = pytest.mark.django_db


@pytest.fixture
def story(settings) -> Remote:
    return remote(settings)


def test_goes_from_the_enquiry_to_its_end_and_is_never_shown_a_visa_or_a_flight(story):
    story.go("service_ended")
    for node, reader in (("pk", story.worker), ("jp", story.client)):
        with story.on(node):
            line = {one.no: one.state for one in line_of(reader, case_for(reader, story.case_id))}
            assert list(line) == [1, 4, 5, 7, 8, 9, 10, 11, 17, 18, 19]
            assert {no for no, state in line.items() if state == "passed"} == {1, 5, 7, 8, 9, 10, 11, 17, 19}
            assert story.case().station == 19
            assert [story.milestone(number).state for number in (1, 2)] == ["milestone_paid"] * 2
            assert not Waiting.objects.filter(closed_at=None, subject_kind__startswith="contracts").exists()
            assert Turn.objects.get().closed
