"""One case from the demand to the first day of work, over both nodes and on Pakistan's node alone."""

from __future__ import annotations

import pytest

from rahdari.base.models import OutboxEntry
from rahdari.domain.placements.models import StationEvent
from rahdari.domain.placements.queries import case_for, line_of
from tests.make.thread import Story, alone, both
from tests.make.two_nodes import two_nodes

pytestmark = pytest.mark.django_db


def passed(story: Story, node: str, role: str, body: str | None = None) -> dict[int, str]:
    """The stations an actor sees on a node, by number."""
    with story.on(node):
        who = story.people["worker"] if role == "worker" else story.who(role, body, node)
        return {one.no: one.state for one in line_of(who, case_for(who, story.case_id))}


def test_a_case_goes_from_demand_to_work_on_both_nodes(settings):
    story = both(two_nodes(settings)).go("work_begun")
    for node, role in (("pk", "worker"), ("pk", "protector"), ("jp", "contact_point_jp")):
        line = passed(story, node, role)
        assert {no for no, state in line.items() if state == "passed"} == set(range(1, 18)), (node, role)


def test_the_same_case_goes_on_one_node_alone_from_paper(settings):
    story = alone().go("work_begun")
    line = passed(story, "pk", "worker")
    assert {no for no, state in line.items() if state == "passed"} == set(range(1, 18))
    papers = set(StationEvent.objects.filter(source="paper").values_list("step", flat=True))
    assert papers >= {"selected", "coe_filed", "coe_issued", "visa_issued", "arrived", "work_begun"}
    assert not OutboxEntry.objects.filter(kind="statement").exists()  # the other state has never heard of this demand
