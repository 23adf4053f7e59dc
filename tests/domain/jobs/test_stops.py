"""A demand that does not pass at once: objected to, corrected, refused and reviewed, withdrawn, lapsed; on both nodes."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from uuid import uuid4

import pytest
from django.urls import reverse

from rahdari.base.actor import machine
from rahdari.base.models import Waiting
from rahdari.base.refusal import Refused
from rahdari.base.work import Missing, unit_of_work
from rahdari.domain.jobs import actions
from rahdari.domain.jobs.models import Demand, DemandRefusal, DemandStep, Listing, PlaceTaken, Vacancy
from rahdari.domain.jobs.rules.stops import Point
from rahdari.project.timetable import watch_permissions
from tests.make import jobs as make
from tests.make.nodes import Nodes, Outcome
from tests.make.organisations import long_licensed
from tests.make.people import actor, sign_in

pytestmark = pytest.mark.django_db
AT = make.AT
POINT = (Point("terms", "pay_unclear", "Which nights are paid?"),)


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


def refused(act, **arguments):
    with pytest.raises(Refused) as wrong:
        act(**arguments)
    return [one.code for one in wrong.value.refusals]


def waits():
    return sorted(Waiting.objects.filter(closed_at=None, task__startswith="jobs.").values_list("task", flat=True))


def here():
    return Demand.objects.get()


def attested():
    return actions.attest_demand(actor=actor("attache"), demand_id=here().pk, at=AT)


def permitted():
    attested()
    return actions.permit_demand(actor=make.protector(), demand_id=here().pk, at=AT)


def correct(demand, *, reason="answers_objection", **changed):
    asked = make.corrected(demand, **changed)
    return actions.correct_demand(actor=make.employer(), demand_id=demand.pk, asked=asked, reason=reason, at=AT)


class TestObjection:
    def test_of_the_mission_is_told_answered_and_attested(self, nodes, told):
        actions.refuse_attestation(actor=actor("attache"), demand_id=told.pk, points=POINT, at=AT)
        assert nodes.carry(at=AT) == [Outcome("demand_objected")] and waits() == []
        with nodes.at("jp"):
            demand = here()
            assert demand.state == "objected" and waits() == ["jobs.correct_demand"]
            due = Waiting.objects.get(task="jobs.correct_demand", closed_at=None)
            assert (due.holder_body, due.due_at.date()) == (make.EMPLOYER, dt.date(2026, 12, 9))  # ten working days of Japan
            assert correct(demand, places=11).state == "filed" and waits() == []
        assert nodes.carry(at=AT) == [Outcome("demand.changed/1")]
        assert (here().state, here().places, waits()) == ("filed", 11, ["jobs.attest_demand"])
        assert attested().state == "attested"

    def test_of_the_protector_is_withdrawn_by_permitting(self, nodes, told):
        attested()
        actions.object_to_demand(actor=make.protector(), demand_id=told.pk, points=POINT, at=AT)
        assert [one.kind for one in nodes.carry(at=AT)] == ["demand_attested", "demand_objected"]
        with nodes.at("jp"):
            assert waits() == ["jobs.correct_demand"]
        assert actions.permit_demand(actor=make.protector(), demand_id=told.pk, at=AT).state == "permitted"
        assert nodes.carry(at=AT) == [Outcome("demand_permitted")]
        with nodes.at("jp"):
            assert here().state == "permitted" and waits() == []

    def test_is_raised_only_by_the_office_before_which_it_lies(self, told):
        assert refused(actions.object_to_demand, actor=make.protector(), demand_id=told.pk, points=POINT, at=AT) == [
            "wrong_state"
        ]
        assert refused(actions.object_to_demand, actor=actor("attache"), demand_id=told.pk, points=POINT, at=AT) == [
            "not_permitted"
        ]
        attested()
        assert refused(actions.refuse_attestation, actor=actor("attache"), demand_id=told.pk, points=POINT, at=AT) == [
            "wrong_state"
        ]

    def test_of_two_officers_at_once_the_second_is_told(self, told):
        attested()
        seen = here().version
        actions.object_to_demand(actor=make.protector(), demand_id=told.pk, points=POINT, seen=seen, at=AT)
        assert refused(actions.permit_demand, actor=make.protector(), demand_id=told.pk, seen=seen, at=AT) == ["stale"]


class TestCorrection:
    def test_of_a_permitted_demand_falls_back_where_it_weighs(self, nodes, told):
        first = permitted().permission_no
        make.vacancy(of=here())
        nodes.carry(at=AT)
        with nodes.at("jp"):
            assert correct(here(), reason="need_changed", places=20).state == "attested"
        assert nodes.carry(at=AT) == [Outcome("demand.changed/1"), Outcome("permission_expired"), Outcome("vacancy_closed")]
        assert Vacancy.objects.get().state == "closed" and not Listing.objects.exists()
        assert (here().state, here().places, waits()) == ("attested", 20, ["jobs.permit_demand"])
        again = actions.permit_demand(actor=make.protector(), demand_id=told.pk, at=AT)
        assert again.permission_no != first and again.permission_no.endswith("0002")
        nodes.carry(at=AT)
        with nodes.at("jp"):
            assert (here().state, here().permission_no, here().permitted_places) == ("permitted", again.permission_no, 20)
        assert make.vacancy(of=here(), places=20).places == 20  # those of the vacancy that was closed with it too

    def test_of_the_test_alone_leaves_the_permission(self, nodes, told):
        permitted()
        nodes.carry(at=AT)
        with nodes.at("jp"):
            assert correct(here(), reason="mistake", tests=["JFT_BASIC"]).state == "permitted"
        assert nodes.carry(at=AT) == [Outcome("demand.changed/1")]
        assert (here().state, here().tests) == ("permitted", ["JFT_BASIC"])

    def test_that_crosses_a_permission_on_the_way_ends_attested_on_both_sides(self, nodes, told):
        attested()
        nodes.carry(at=AT)
        with nodes.at("jp"):
            correct(here(), reason="place_moved", prefecture="13")
        permission = actions.permit_demand(actor=make.protector(), demand_id=told.pk, at=AT)  # before the change arrives
        assert permission.state == "permitted"
        kinds = [one.kind for one in nodes.carry(at=AT)]
        assert sorted(kinds) == ["demand.changed/1", "demand_permitted", "permission_expired"]
        assert here().state == "attested"
        with nodes.at("jp"):
            assert here().state == "attested"

    def test_keeps_its_trail_on_both_nodes(self, nodes, told):
        with nodes.at("jp"):
            terms = make.TERMS | {"leave": 12}
            changed = correct(here(), reason="terms_better", terms=terms)
        nodes.carry(at=AT)
        steps = []
        for _side in ("jp", "pk"):
            with nodes.at(_side):
                step = DemandStep.objects.get(step="demand_corrected")
                steps.append((step.reason, step.details, step.home))
                assert here().terms_hash == changed.terms_hash
        assert steps[0] == steps[1] == ("terms_better", step.details, "jp")
        assert step.details["changes"][0]["member"] == "terms"

    @pytest.mark.parametrize(
        ("changed", "codes"),
        [
            ({}, ["nothing_changed"]),
            ({"places": 1}, ["below_already_selected"]),
            ({"terms": make.TERMS | {"leave": 5}}, ["terms_worse_after_selection"]),
            ({"terms": make.TERMS | {"comparable_pay": {"amount": 999_999, "currency": "JPY"}}}, ["pay_below_comparable"]),
            ({"closes_on": "2026-11-26"}, ["closes_before_opens"]),
        ],
    )
    def test_is_refused_where_workers_would_lose_or_the_law_forbids(self, nodes, told, changed, codes):
        with nodes.at("jp"):
            with unit_of_work("contracts.offer_employment", actor=make.employer(), at=AT) as unit:
                for case in (uuid4(), uuid4()):
                    actions.record_place_taken(actor=unit.actor, demand_id=told.pk, case=case, at=AT)
                unit.about(told)
            asked = make.corrected(here(), **changed)
            given = {"actor": make.employer(), "demand_id": told.pk, "asked": asked, "reason": "mistake", "at": AT}
            assert refused(actions.correct_demand, **given) == codes
            assert here().version == told.version

    def test_is_nobody_elses(self, nodes, told):
        with nodes.at("jp"):
            asked = make.corrected(here(), places=5)
            given = {"demand_id": told.pk, "asked": asked, "reason": "mistake", "at": AT}
            with pytest.raises(Missing):
                actions.correct_demand(actor=actor("employer", "jp:org:another", node="jp"), **given)
            assert refused(actions.correct_demand, actor=actor("exam_body", node="jp"), **given) == ["not_permitted"]

    def test_is_not_taken_up_with_terms_that_are_not_those_of_their_hash(self, nodes, told):
        with nodes.at("jp"):
            correct(here(), reason="terms_better", terms=make.TERMS | {"leave": 12})
        statement = nodes.said("jp", "demand.changed/1")
        forged = statement.data["terms"] | {"leave": 1}
        assert nodes.hear(replace(statement, data=statement.data | {"terms": forged}), at=AT).refused == ("hash_differs",)
        assert nodes.hear(replace(statement, data=statement.data | {"terms": None}), at=AT).refused == ("hash_differs",)
        assert here().terms["leave"] == 10


class TestRefusal:
    def propose(self, who=None, **changed):
        told = {"grounds": ["papers_false"], "heard_on": make.days(0), "note": "They asked for a week (invented)."} | changed
        return actions.propose_refusal(actor=who or make.protector(), demand_id=here().pk, at=AT, **told)

    def test_takes_two_officers_and_is_told_and_reviewed_once(self, nodes, told):
        attested()
        nodes.carry(at=AT)
        first = make.protector()
        self.propose(first)
        assert waits() == ["jobs.permit_demand", "jobs.refuse_permission"] and nodes.carry(at=AT) == []
        assert refused(actions.refuse_permission, actor=first, demand_id=told.pk, at=AT) == ["four_eyes"]
        assert refused(self.propose) == ["refusal_waits"]
        assert actions.refuse_permission(actor=make.protector(), demand_id=told.pk, at=AT).state == "turned_down"
        assert nodes.carry(at=AT) == [Outcome("demand_refused")] and waits() == []
        with nodes.at("jp"):
            assert here().state == "turned_down"
            assert DemandStep.objects.get(step="demand_refused").details == {"codes": ["papers_false"]}
        assert refused(actions.permit_demand, actor=make.protector(), demand_id=told.pk, at=AT) == ["wrong_state"]
        review = {"demand_id": told.pk, "outcome": "reopened", "reasons": "The papers were found genuine.", "at": AT}
        assert refused(actions.review_refusal, actor=make.protector(), **review) == ["not_permitted"]
        assert actions.review_refusal(actor=actor("bureau_officer"), **review).state == "attested"
        assert waits() == ["jobs.permit_demand"]
        actions.permit_demand(actor=make.protector(), demand_id=told.pk, at=AT)
        assert nodes.carry(at=AT) == [Outcome("demand_permitted")]
        with nodes.at("jp"):
            assert here().state == "permitted"

    def test_that_is_upheld_stands_and_is_not_reviewed_again(self, told):
        attested()
        self.propose()
        actions.refuse_permission(actor=make.protector(), demand_id=told.pk, at=AT)
        review = {"actor": actor("bureau_officer"), "demand_id": told.pk, "reasons": "Nothing new.", "at": AT}
        assert actions.review_refusal(outcome="upheld", **review).state == "turned_down"
        assert refused(actions.review_refusal, outcome="reopened", **review) == ["reviewed_before"]

    def test_that_was_proposed_falls_when_the_demand_is_permitted(self, told):
        attested()
        self.propose()
        actions.permit_demand(actor=make.protector(), demand_id=told.pk, at=AT)
        assert DemandRefusal.objects.get().outcome == "dropped" and waits() == ["jobs.publish_vacancy"]

    def test_needs_a_hearing(self, told):
        attested()
        assert refused(self.propose, heard_on=None) == ["employer_not_heard"]


class TestWithdrawal:
    def test_closes_vacancies_and_lets_open_cases_go(self, nodes, told):
        make.vacancy(of=permitted())
        nodes.carry(at=AT)
        signed, open_one = uuid4(), uuid4()
        with nodes.at("jp"):
            with unit_of_work("contracts.offer_employment", actor=make.employer(), at=AT) as unit:
                for case in (signed, open_one):
                    actions.record_place_taken(actor=unit.actor, demand_id=told.pk, case=case, at=AT)
                actions.record_place_signed(actor=unit.actor, demand_id=told.pk, case=signed, at=AT)
                unit.about(told)
            given = {"actor": make.employer(), "demand_id": told.pk, "reason": "bankrupt", "at": AT}
            assert refused(actions.withdraw_demand, **given) == ["contracts_signed"]
            assert actions.withdraw_demand(signed_go_on=True, **given).state == "called_off"
        assert nodes.said("jp", "demand.closed/1").data["cases_released"] == [str(open_one)]
        assert nodes.carry(at=AT) == [Outcome("demand.closed/1"), Outcome("vacancy_closed")]
        assert (here().state, here().closed_reason, Vacancy.objects.get().state, waits()) == (
            "called_off",
            "bankrupt",
            "closed",
            [],
        )
        with nodes.at("jp"):
            assert Vacancy.objects.get().state == "closed"

    def test_is_not_undone(self, nodes, told):
        with nodes.at("jp"):
            given = {"actor": make.employer(), "demand_id": told.pk, "reason": "withdrawn", "at": AT}
            actions.withdraw_demand(**given)
            assert refused(actions.withdraw_demand, **given) == ["wrong_state"]
            assert refused(actions.correct_demand, asked=make.corrected(here(), places=2), **given | {"reason": "mistake"}) == [
                "wrong_state"
            ]

    def test_places_are_noted_only_inside_a_step(self, told):
        given = {"actor": make.employer(), "demand_id": told.pk, "case": uuid4(), "at": AT}
        assert refused(actions.record_place_taken, **given) == ["not_permitted"]
        assert not PlaceTaken.objects.exists()


class TestCalendar:
    def test_warns_once_then_ends_and_a_new_permission_goes_on(self, nodes, told):
        permission = permitted()
        make.vacancy(of=permission)
        nodes.carry(at=AT)
        near, over = make.days(91), permission.permitted_until
        for _twice in range(2):
            watch_permissions(at=dt.datetime.combine(near, dt.time(6), dt.UTC))
        warning = Waiting.objects.get(task="jobs.extend_permission", closed_at=None)
        assert (warning.holder_body, warning.due_at.date()) == (make.PROMOTER, over - dt.timedelta(days=1))
        later = dt.datetime.combine(over, dt.time(6), dt.UTC)
        assert watch_permissions(at=later) > 0 and watch_permissions(at=later) == 0
        assert (here().state, Vacancy.objects.get().state, waits()) == ("lapsed", "closed", [])
        assert sorted(one.kind for one in nodes.carry(at=later)) == ["permission_expired", "vacancy_closed"]
        with nodes.at("jp"):
            assert here().state == "lapsed"
        again = actions.permit_demand(actor=make.protector(), demand_id=told.pk, at=later)
        assert again.state == "permitted" and again.permitted_until > over
        assert make.vacancy(of=again, at=later).places == 12

    def test_an_extension_is_told(self, nodes, told):
        until = permitted().permitted_until + dt.timedelta(days=30)
        law = "Emigration Rules 1979, rule 20 (demonstration)"
        actions.extend_permission(actor=make.protector(), demand_id=told.pk, until=until, law=law, at=AT)
        nodes.carry(at=AT)
        with nodes.at("jp"):
            assert here().permitted_until == until

    def test_a_vacancy_ends_after_its_last_day_not_on_it(self, told):
        vacancy = make.vacancy(of=permitted())
        by = machine("pk", "timetable")
        last = dt.datetime.combine(vacancy.closes_on, dt.time(6), dt.UTC)
        assert refused(actions.end_vacancy, actor=by, vacancy_id=vacancy.pk, at=last) == ["vacancy_goes_on"]
        assert refused(actions.end_vacancy, actor=make.promoter(), vacancy_id=vacancy.pk, at=last) == ["not_permitted"]
        assert watch_permissions(at=last + dt.timedelta(days=1)) == 1
        assert Vacancy.objects.get().state == "closed"

    def test_a_vacancy_taken_down_gives_its_places_back(self, nodes, told):
        vacancy = make.vacancy(of=permitted())
        given = {"vacancy_id": vacancy.pk, "reason": "costs_wrong", "at": AT}
        another = actor("promoter_manager", "pk:org:another", node="pk")
        assert refused(actions.take_down_vacancy, actor=another, **given) == ["not_own_demand"]
        assert actions.take_down_vacancy(actor=make.promoter(), **given).state == "taken_down"
        assert make.vacancy(of=here()).places == 12
        nodes.carry(at=AT)
        with nodes.at("jp"):
            assert DemandStep.objects.get(step="vacancy_closed").reason == "costs_wrong"


class TestPages:
    def test_offer_what_the_office_may_do_and_show_the_points(self, client, nodes, told):
        sign_in(client, "attache")
        page = client.get(reverse("jobs.see_demand", args=[told.pk])).content.decode()
        assert "refuse-attestation/" in page and "/object/" not in page
        address = reverse("jobs.refuse_attestation", args=[told.pk])
        assert "Which" not in client.get(address).content.decode()
        given = {
            "points.0.code": "pay_unclear",
            "points.0.member": "terms",
            "points.0.text": "Which nights are paid?",
            "seen": here().version,
        }
        answer = client.post(address, given)
        assert answer.status_code == 302
        page = client.get(answer["Location"]).content.decode()
        assert "Which nights are paid?" in page and "Objection to the demand" in page
        assert client.post(address, {}).status_code == 422

    def test_a_correction_begins_with_what_was_filed(self, client, nodes, told, settings):
        with nodes.at("jp"):
            sign_in(client, "employer", make.EMPLOYER, node="jp")
            address = reverse("jobs.correct_demand", args=[told.pk])
            page = client.get(address).content.decode()
            assert 'value="198000"' in page and 'value="12"' in page and "NURSING_CARE_SKILL" in page
            assert "asked.employer" not in page and "asked.promoter" not in page
