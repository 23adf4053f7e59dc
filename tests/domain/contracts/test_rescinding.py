"""A signed contract taken back: by the worker or the employer, told to the other side, free, and the end of all that waits."""

from __future__ import annotations

import pytest

from rahdari.base.models import Waiting
from rahdari.base.refusal import Refused
from rahdari.domain.contracts import actions
from rahdari.domain.departures.actions import file_coe
from rahdari.domain.jobs.models import PlaceTaken
from rahdari.domain.placements.actions import release_selected
from tests.make import jobs
from tests.make.thread import at, both, cost
from tests.make.two_nodes import two_nodes

pytestmark = pytest.mark.django_db
AFTER = at("guidance_given")


def codes(wrong):
    return [one.code for one in wrong.value.refusals]


@pytest.fixture
def story(settings):
    return both(two_nodes(settings)).go("guidance_given")


def nothing_waits(story):
    return not Waiting.objects.filter(subject_id=str(story.case_id), closed_at=None).exists()


def ended(story, case_state):
    for node in ("pk", "jp"):
        with story.on(node):
            assert (story.offer().state, story.case().state) == ("rescinded", case_state)
            assert nothing_waits(story)
            assert PlaceTaken.objects.get(case=story.case_id).freed_on is not None
    assert story.corridor.refused == []


def test_by_the_worker_is_told_and_frees_the_place(story):
    with story.on("pk"):
        worker = story.people["worker"]
        with pytest.raises(Refused) as wrong:
            actions.rescind_contract(actor=worker, case_id=story.case_id, reason="work_fell_away", at=AFTER)
        assert codes(wrong) == ["reason_unlawful"]
        actions.rescind_contract(actor=worker, case_id=story.case_id, reason="family_matter", at=AFTER)
    story.corridor.exchange(at=AFTER)
    ended(story, "withdrawn")
    with story.on("jp"):
        employer = story.who("employer", jobs.EMPLOYER, "jp")
        with pytest.raises(Refused) as wrong:
            file_coe(actor=employer, case_id=story.case_id, bureau="TOKYO", receipt_no="1", at=at("coe_filed"))
        assert codes(wrong) == ["wrong_state"]


def test_by_the_employer_is_told_with_its_reason_and_nothing_can_be_asked_for_it(story):
    with story.on("jp"):
        employer = story.who("employer", jobs.EMPLOYER, "jp")
        with pytest.raises(Refused) as wrong:
            release_selected(actor=employer, case_id=story.case_id, reason="work_fell_away", at=AFTER)
        assert codes(wrong) == ["not_permitted"]
        actions.rescind_contract(actor=employer, case_id=story.case_id, reason="work_fell_away", at=AFTER)
    story.corridor.exchange(at=AFTER)
    ended(story, "rescinded")
    with story.on("pk"):
        promoter = story.who("promoter_manager", jobs.PROMOTER)
        with pytest.raises(Refused) as wrong:
            actions.declare_costs(actor=promoter, case_id=story.case_id, lines=[cost()], at=AFTER)
        assert codes(wrong) == ["penalty_forbidden"]
        with pytest.raises(Refused) as wrong:
            actions.rescind_contract(actor=story.people["worker"], case_id=story.case_id, reason="own_wish", at=AFTER)
        assert "wrong_state" in codes(wrong)


def test_by_both_at_once_ends_alike_on_both_nodes(story):
    with story.on("pk"):
        actions.rescind_contract(actor=story.people["worker"], case_id=story.case_id, reason="own_wish", at=AFTER)
    with story.on("jp"):
        employer = story.who("employer", jobs.EMPLOYER, "jp")
        actions.rescind_contract(actor=employer, case_id=story.case_id, reason="work_fell_away", at=AFTER)
    story.corridor.exchange(at=AFTER)
    ended(story, "withdrawn")
