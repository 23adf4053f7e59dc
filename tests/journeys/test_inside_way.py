"""Work for somebody who lives in Japan already, from the demand to work: the status is changed there, and nobody travels."""

from __future__ import annotations

import pytest

from rahdari.base.models import Waiting
from rahdari.domain.placements.queries.line import line_of
from tests.make.people import actor
from tests.make.thread import Story, both
from tests.make.two_nodes import two_nodes


@pytest.fixture
def story(db, settings) -> Story:
    return both(two_nodes(settings), route="inside")


def codes(refused) -> list[str]:
    return [one.code for one in refused.value.refusals]


def test_goes_from_the_demand_to_work_and_passes_through_what_the_route_does_not_have(story):
    story.go("work_begun")
    for node in ("pk", "jp"):
        with story.on(node):
            reader = actor(f"contact_point_{node}", node=node)
            line = {one.no: one.state for one in line_of(reader, story.case())}
            assert [line[no] for no in (2, 3, 4, 13, 14, 15, 16)] == ["not_on_route"] * 7
            assert {line[no] for no in (1, *range(5, 13), 17)} == {"passed"}
            assert story.case().promoter == "" and story.case().station == 17
            assert not Waiting.objects.filter(closed_at=None).exists()
