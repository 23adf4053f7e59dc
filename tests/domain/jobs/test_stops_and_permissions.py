"""What a correction, a refusal or an end leaves of a permission: its places, its way back, and what waits; on both nodes."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.db.models import QuerySet

from rahdari.base.actor import machine
from rahdari.base.models import Waiting
from rahdari.base.refusal import Refused
from rahdari.domain.jobs import actions
from rahdari.domain.jobs.models import Demand, DemandRefusal
from rahdari.domain.jobs.rules.demands import why_not_permit, why_not_publish
from rahdari.domain.jobs.rules.stops import Point, why_not_propose, why_not_refuse
from tests.make import jobs as make
from tests.make.nodes import Nodes, Outcome
from tests.make.organisations import long_licensed
from tests.make.people import actor

AT = make.AT
POINT = (Point("terms", "pay_unclear", "Which nights are paid?"),)
HEARD = {"grounds": ["papers_false"], "heard_on": make.days(0)}


@pytest.fixture
def nodes(settings):
    both = Nodes(settings, make.RECEIVERS)
    long_licensed()
    return both


@pytest.fixture
def told(nodes):
    """A demand filed in Japan that both nodes know."""
    with nodes.at("jp"):
        filed = make.demand()
    nodes.carry(at=AT)
    return filed


def codes(refusals):
    return [one.code for one in refusals]


def refused(act, **arguments):
    with pytest.raises(Refused) as wrong:
        act(**arguments)
    return codes(wrong.value.refusals)


def here():
    return Demand.objects.get()


def waits():
    return sorted(Waiting.objects.filter(closed_at=None, task__startswith="jobs.").values_list("task", flat=True))


def attest(demand):
    return actions.attest_demand(actor=actor("attache"), demand_id=demand.pk, at=AT)


def permit(demand, **told):
    return actions.permit_demand(actor=make.protector(), demand_id=demand.pk, at=AT, **told)


def correct(reason="need_changed", **changed):
    asked = make.corrected(here(), **changed)
    return actions.correct_demand(actor=make.employer(), demand_id=here().pk, asked=asked, reason=reason, at=AT)


def publish(demand, places):
    told = {"closes_on": make.days(30), "costs": [make.cost()], "at": AT}
    return actions.publish_vacancy(actor=make.promoter(), demand_id=demand.pk, places=places, **told)


def publishing(**changed):
    until = make.days(90)
    told = {"route": "professional", "state": "filed", "permitted_until": until, "permitted_places": 5, "published_places": 0}
    return why_not_publish(**told | {"places": 1, "costs": 1, "closes_on": make.days(30), "today": make.days(0)} | changed)


class TestRules:
    @pytest.mark.parametrize("state", ["objected", "lapsed", "turned_down", "called_off"])
    @pytest.mark.parametrize("route", ["professional", "oec", "oep"])
    def test_nothing_is_published_of_a_demand_that_is_stopped(self, route, state):
        assert codes(publishing(route=route, state=state)) == ["no_permission"]

    def test_where_no_permission_is_needed_none_is_asked(self):
        assert publishing(state="filed") == publishing(state="attested") == publishing(state="permitted") == []

    @pytest.mark.parametrize("state", ["attested", "objected", "lapsed", "filed"])
    def test_what_was_never_attested_is_not_permitted(self, state):
        told = {"route": "oep", "attested": False, "protectorate": "PEL", "protectorates": ["PEL"], "twin": False}
        assert codes(why_not_permit(state=state, **told)) == ["not_attested"]

    def test_what_was_never_attested_is_not_refused_by_the_protector(self):
        told = {"grounds": ["papers_false"], "heard_on": make.days(0), "today": make.days(0), "open_one": False}
        assert codes(why_not_propose(state="objected", attested=False, **told)) == ["not_attested"]
        assert codes(why_not_refuse(state="objected", attested=False, proposed=True, same_person=False)) == ["not_attested"]


@pytest.mark.django_db
class TestPlaces:
    def test_a_lower_number_lowers_the_permission_on_both_sides(self, nodes, told):
        attest(told)
        permit(told)
        nodes.carry(at=AT)
        with nodes.at("jp"):
            corrected = correct(places=8)
            assert (corrected.state, corrected.permitted_places) == ("permitted", 8)
        assert nodes.carry(at=AT) == [Outcome("demand.changed/1")]
        assert (here().state, here().permitted_places) == ("permitted", 8)
        assert refused(publish, demand=here(), places=9) == ["over_permitted_places"]
        assert publish(here(), 8).places == 8

    def test_a_permission_for_fewer_stays_as_it_is(self, nodes, told):
        attest(told)
        permit(told, places=5)
        nodes.carry(at=AT)
        with nodes.at("jp"):
            assert correct(places=8).permitted_places == 5
        nodes.carry(at=AT)
        assert here().permitted_places == 5

    def test_a_lower_number_that_crosses_the_permission_is_taken_up(self, nodes, told):
        attest(told)
        nodes.carry(at=AT)
        with nodes.at("jp"):
            correct(places=8)
        permit(told)  # before the change arrives
        assert {one.refused for one in nodes.carry(at=AT)} == {()}
        assert (here().state, here().permitted_places) == ("permitted", 8)
        with nodes.at("jp"):
            assert (here().state, here().permitted_places) == ("permitted", 8)

    def test_a_permission_for_more_than_was_ever_asked_is_not_taken_up(self, nodes, told):
        attest(told)
        permit(told)
        nodes.carry(at=AT)
        statement = nodes.said("pk", "journey.stage/1")
        with nodes.at("jp"):
            QuerySet(Demand).filter(pk=told.pk).update(state="attested")
        details = statement.data["details"] | {"places": 13}
        assert nodes.hear(replace(statement, data=statement.data | {"details": details}), at=AT).refused == ("over_places",)


@pytest.mark.django_db
class TestStopped:
    @pytest.mark.parametrize("state", ["objected", "lapsed", "turned_down", "called_off"])
    def test_a_demand_for_professionals_is_not_published(self, state):
        made = make.demand("attested")
        QuerySet(Demand).filter(pk=made.pk).update(state=state, route="professional")
        assert refused(publish, demand=made, places=1) == ["no_permission"]

    def test_what_the_mission_objected_to_goes_to_the_mission_again(self, told):
        actions.refuse_attestation(actor=actor("attache"), demand_id=told.pk, points=POINT, at=AT)
        found = refused(actions.propose_refusal, actor=make.protector(), demand_id=told.pk, at=AT, **HEARD)
        assert found == ["not_attested"] and not DemandRefusal.objects.exists()
        QuerySet(Demand).update(state="attested")  # as a reopened review left it
        assert refused(permit, demand=told) == ["not_attested"]

    @pytest.mark.parametrize("again", ["objected", "refused"])
    def test_what_a_review_reopened_may_be_stopped_again_on_both_sides(self, nodes, told, again):
        attest(told)
        self.refuse(told)
        review = {"demand_id": told.pk, "outcome": "reopened", "reasons": "The papers were found genuine.", "at": AT}
        actions.review_refusal(actor=actor("bureau_officer"), **review)
        nodes.carry(at=AT)
        with nodes.at("jp"):
            assert here().state == "turned_down"
        if again == "objected":
            actions.object_to_demand(actor=make.protector(), demand_id=told.pk, points=POINT, at=AT)
            assert nodes.carry(at=AT) == [Outcome("demand_objected")]
            with nodes.at("jp"):
                assert here().state == "objected" and waits() == ["jobs.correct_demand"]
                assert correct("answers_objection", places=11).state == "attested"
            assert nodes.carry(at=AT) == [Outcome("demand.changed/1")] and here().state == "attested"
        else:
            self.refuse(told)
            assert nodes.carry(at=AT) == [Outcome("demand_refused")]
            with nodes.at("jp"):
                assert here().state == "turned_down"

    def refuse(self, demand):
        actions.propose_refusal(actor=make.protector(), demand_id=demand.pk, at=AT, **HEARD)
        actions.refuse_permission(actor=make.protector(), demand_id=demand.pk, at=AT)


@pytest.mark.django_db
class TestWhatWaits:
    def warned(self, nodes, told):
        attest(told)
        permit(told)
        nodes.carry(at=AT)
        actions.warn_of_permission(actor=machine("pk", "timetable"), demand_id=told.pk, at=AT)
        assert waits() == ["jobs.extend_permission", "jobs.publish_vacancy"]

    def test_nobody_is_asked_to_extend_a_permission_that_fell(self, nodes, told):
        self.warned(nodes, told)
        with nodes.at("jp"):
            correct(places=20)
        nodes.carry(at=AT)
        assert waits() == ["jobs.permit_demand"]

    def test_nobody_is_asked_to_extend_the_permission_of_a_withdrawn_demand(self, nodes, told):
        self.warned(nodes, told)
        with nodes.at("jp"):
            actions.withdraw_demand(actor=make.employer(), demand_id=told.pk, reason="filled", at=AT)
        nodes.carry(at=AT)
        assert waits() == []

    def test_a_new_permission_begins_without_the_warning_of_the_old_one(self, nodes, told):
        self.warned(nodes, told)
        publish(here(), 1)
        QuerySet(Demand).filter(pk=told.pk).update(state="lapsed")
        permit(told)
        assert waits() == ["jobs.publish_vacancy"]

    def test_an_attestation_answers_the_objection_too(self, nodes, told):
        actions.refuse_attestation(actor=actor("attache"), demand_id=told.pk, points=POINT, at=AT)
        nodes.carry(at=AT)
        with nodes.at("jp"):
            assert waits() == ["jobs.correct_demand"]
        attest(told)
        assert nodes.carry(at=AT) == [Outcome("demand_attested")]
        with nodes.at("jp"):
            assert waits() == []


@pytest.mark.django_db
def test_a_correction_is_taken_up_without_the_member_that_may_be_left_out(nodes, told):
    with nodes.at("jp"):
        correct(places=11)
    statement = nodes.said("jp", "demand.changed/1")
    data = {name: value for name, value in statement.data.items() if name != "terms"}
    assert nodes.hear(replace(statement, data=data), at=AT) == Outcome("demand.changed/1")
    assert here().places == 11
