"""A demand entered from paper that the partner tells later: a person links the two, or says that they are two."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils.translation import override

from rahdari.base.ids import new_id
from rahdari.base.models import AuditEntry, Waiting
from rahdari.base.refusal import Refused
from rahdari.base.work import Missing
from rahdari.domain.jobs import actions
from rahdari.domain.jobs.models import Demand, DemandStep, DemandTwin
from rahdari.domain.jobs.queries.twins import pairs_of
from rahdari.domain.jobs.rules.twins import COMPARED, differences, why_not_compare
from tests.make import jobs as make
from tests.make.nodes import Nodes, Outcome
from tests.make.people import actor, sign_in

pytestmark = pytest.mark.django_db
AT = make.AT


@pytest.fixture
def nodes(settings):
    return Nodes(settings, make.RECEIVERS)


def told_by_japan(nodes, **changed):
    """A demand as Pakistan's node knows it from the partner."""
    with nodes.at("jp"):
        filed = make.demand(**changed)
    assert nodes.carry(at=AT) == [Outcome("demand.published/1")] * 2
    return Demand.objects.get(pk=filed.pk)


def from_paper(**changed):
    return make.demand(paper_only=True, **changed)


def waiting(told):
    return Waiting.objects.filter(task="jobs.compare_demand", subject_id=str(told.pk), closed_at=None)


def say(verdict, told, entered, **more):
    return actions.compare_demand(
        actor=actor("attache"), demand_id=told.pk, entered_id=entered.pk, verdict=verdict, at=AT, **more
    )


def refused(*words, **more):
    with pytest.raises(Refused) as wrong:
        say(*words, **more)
    return [one.code for one in wrong.value.refusals]


def paper_step(entered):
    return DemandStep.objects.get(demand=entered, step="demand_filed")


class TestRules:
    def test_says_where_two_differ(self):
        one = dict.fromkeys(COMPARED, "x")
        assert differences(one, one) == []
        assert differences(one, one | {"places": 3, "duty": "y"}) == ["duty", "places"]

    @pytest.mark.parametrize(
        ("told", "against"),
        [
            ({}, []),
            ({"verdict": "another"}, []),
            ({"before": "same"}, ["said_before"]),
            ({"before": "another"}, ["reason_missing"]),
            ({"before": "another", "reason": " "}, ["reason_missing"]),
            ({"before": "another", "reason": "read again"}, []),
            ({"linked_elsewhere": True}, ["linked_elsewhere"]),
            ({"linked_elsewhere": True, "verdict": "another"}, []),
        ],
    )
    def test_a_word_is_given_once_and_taken_back_with_a_reason(self, told, against):
        asked = {"verdict": "same", "before": "", "reason": "", "linked_elsewhere": False} | told
        assert [one.code for one in why_not_compare(**asked)] == against


class TestWhatMayBeTheSame:
    def test_asks_the_mission_once_for_a_demand_that_is_told(self, nodes):
        entered = from_paper()
        told = told_by_japan(nodes)
        assert waiting(told).get().holder_body == "CWA"
        assert [(one.entered, one.told, one.word) for one in pairs_of(actor("attache"), told)] == [(entered, told, "")]
        assert [one.other for one in pairs_of(actor("attache"), entered)] == [told]

    def test_asks_too_where_the_paper_comes_after_what_was_told(self, nodes):
        told = told_by_japan(nodes)
        assert not waiting(told).exists()
        from_paper(employer="jp:org:written-otherwise", employer_name=told.employer_name.upper())
        assert waiting(told).count() == 1
        from_paper(places=3)
        assert waiting(told).count() == 1

    @pytest.mark.parametrize(
        "other", [{"employer": "jp:org:other", "employer_name": "Other (invented)"}, {"field": "AGRICULTURE"}]
    )
    def test_does_not_ask_for_another_employer_or_field(self, nodes, other):
        from_paper(**other)
        assert not waiting(told_by_japan(nodes)).exists()


class TestCompareDemand:
    def test_the_same_in_every_value_confirms_the_paper(self, nodes):
        entered = from_paper()
        told = told_by_japan(nodes)
        say("same", told, entered)
        step = paper_step(entered)
        assert (step.confirmed_by, step.contested_by) == (told.statement, None)
        assert not waiting(told).exists()
        assert AuditEntry.objects.get(verb="jobs.compare_demand").facts["differ"] == []
        word = DemandTwin.objects.get()
        assert (word.verdict, word.said_role, word.said_by is not None) == ("same", "attache", True)

    def test_the_same_with_another_value_contests_it_and_only_one_of_them_is_permitted(self, nodes):
        entered = from_paper(state="permitted", places=3)
        told = told_by_japan(nodes)
        actions.attest_demand(actor=actor("attache"), demand_id=told.pk, at=AT)
        say("same", told, entered)
        assert (paper_step(entered).confirmed_by, paper_step(entered).contested_by) == (None, told.statement)
        Demand.objects.get(pk=entered.pk, state="permitted", places=3)
        with pytest.raises(Refused) as wrong:
            actions.permit_demand(actor=make.protector(), demand_id=told.pk, at=AT)
        assert [one.code for one in wrong.value.refusals] == ["duplicate_demand"]

    def test_another_demand_leaves_the_paper_as_it_was(self, nodes):
        entered = from_paper()
        told = told_by_japan(nodes)
        say("another", told, entered)
        assert (paper_step(entered).confirmed_by, paper_step(entered).contested_by) == (None, None)
        assert not waiting(told).exists()

    def test_a_word_is_taken_back_with_its_reason_and_both_stay(self, nodes):
        entered = from_paper(places=3)
        told = told_by_japan(nodes)
        say("same", told, entered)
        assert refused("same", told, entered) == ["said_before"]
        assert refused("another", told, entered) == ["reason_missing"]
        say("another", told, entered, reason="two letters of one firm")
        assert (paper_step(entered).confirmed_by, paper_step(entered).contested_by) == (None, None)
        assert list(DemandTwin.objects.order_by("id").values_list("verdict", flat=True)) == ["same", "another"]
        assert [one.word for one in pairs_of(actor("attache"), told)] == ["another"]

    def test_one_paper_is_one_demand(self, nodes):
        first, second = from_paper(), from_paper(places=3)
        told = told_by_japan(nodes)
        say("another", told, second)
        assert waiting(told).exists()
        say("same", told, first)
        assert refused("same", told, second, reason="read again") == ["linked_elsewhere"]

    def test_is_for_a_demand_told_and_one_from_paper_and_for_officers_who_see_both(self, nodes):
        entered = from_paper()
        told = told_by_japan(nodes)
        for wrong in ((entered, told), (told, told), (told, Demand(pk=new_id()))):
            with pytest.raises(Missing):
                say("same", *wrong)
        for role in ("contact_point_pk", "promoter_manager"):
            with pytest.raises(Refused) as refusal:
                actions.compare_demand(
                    actor=actor(role, make.PROMOTER if role == "promoter_manager" else None), demand_id=told.pk,
                    entered_id=entered.pk, verdict="same", at=AT,
                )  # fmt: skip
            assert refusal.value.refusals[0].code == "not_permitted"


@pytest.mark.parametrize(
    ("language", "word"), [("en", "perhaps the same demand"), ("ur", "شاید یہی طلب"), ("ja", "同じ求人の可能性あり")]
)
def test_the_pages_show_both_side_by_side(nodes, client, language, word):
    told = told_by_japan(nodes)
    entered = from_paper(places=3, employer_name=told.employer_name)
    sign_in(client, "attache")
    with override(language):
        place = reverse("jobs.compare_demand", args=[told.pk, entered.pk])
        for demand in (told, entered):
            page = client.get(reverse("jobs.see_demand", args=[demand.pk])).content.decode()
            assert word in page
            assert place in page
        shown = client.get(place).content.decode()
        assert shown.count('<span class="lz due">') == 1
        assert f'lang="{language}"' in shown
        assert 'name="reason"' not in shown
        answer = client.post(place, {"verdict": "same"})
        assert (answer.status_code, answer["Location"]) == (302, reverse("jobs.see_demand", args=[told.pk]))
        assert 'name="reason"' in client.get(place).content.decode()
    assert paper_step(entered).contested_by == told.statement
