"""What becomes of cases when their demand stops: withdrawn, they are let go; without permission they wait; places are counted."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine

from rahdari.base.models import Waiting
from rahdari.base.refusal import Refused
from rahdari.base.work import unit_of_work
from rahdari.domain.accounts.models import Person
from rahdari.domain.contracts.actions import confirm_terms, decline_offer, sign_contract
from rahdari.domain.contracts.models import Offer
from rahdari.domain.jobs import actions as jobs_actions
from rahdari.domain.jobs.models import Demand, PlaceTaken
from rahdari.domain.placements import actions
from rahdari.domain.placements.actions import record_step
from rahdari.domain.placements.models import Case, Hold, StationEvent, Turn
from rahdari.project.reactions import react
from rahdari.project.timetable import watch_permissions
from tests.make import jobs, thread
from tests.make import placements as make
from tests.make.people import sign_in_as
from tests.make.two_nodes import two_nodes

AT = make.AT
pytestmark = pytest.mark.django_db


def refused_codes(act, **arguments):
    with pytest.raises(Refused) as refused:
        act(**arguments)
    return [one.code for one in refused.value.refusals]


def within(**given):
    """A step as the action of a package above records it."""
    with unit_of_work("contracts.confirm_terms", actor=given["actor"], at=given["at"]) as unit:
        unit.about(record_step(**given))


class TestPlaces:
    def test_are_taken_by_a_selection_and_signed_for_by_the_contract_on_both_nodes(self, settings):
        story = thread.both(two_nodes(settings)).go("selected")
        for node in ("pk", "jp"):
            with story.on(node):
                place = PlaceTaken.objects.get()
                assert (place.case, place.signed_on, place.freed_on) == (Case.objects.get().pk, None, None)
        story.go("contract_signed", start="selected")
        for node in ("pk", "jp"):
            with story.on(node):
                assert PlaceTaken.objects.get().signed_on is not None

    def test_are_free_again_when_the_worker_declines(self, settings):
        story = thread.both(two_nodes(settings)).go("selected")
        with story.on("pk"):
            case = Case.objects.get()
            worker = story.people["worker"]
            decline_offer(actor=worker, case_id=case.pk, at=thread.at("selected") + dt.timedelta(hours=1))
            assert PlaceTaken.objects.get().freed_on is not None


class TestWithdrawnDemand:
    def withdraw(self, story, after="selected", **told):
        with story.on("jp"):
            demand = Demand.objects.get()
            at = thread.at(after) + dt.timedelta(days=1)
            jobs_actions.withdraw_demand(actor=jobs.employer(), demand_id=demand.pk, reason="bankrupt", at=at, **told)
            react()
        story.corridor.exchange(at=at)
        with story.on("pk"):
            react()

    def test_lets_open_cases_go_on_both_nodes_with_the_reason(self, settings):
        story = thread.both(two_nodes(settings)).go("selected")
        self.withdraw(story)
        for node in ("pk", "jp"):
            with story.on(node):
                case, step = Case.objects.get(), StationEvent.objects.get(step="case_let_go")
                assert (case.state, step.reason, PlaceTaken.objects.get().freed_on is not None) == ("let_go", "bankrupt", True)
        with story.on("pk"):
            given = {
                "actor": story.people["worker"],
                "case_id": Case.objects.get().pk,
                "at": thread.at("selected") + dt.timedelta(days=2),
            }
            assert refused_codes(actions.withdraw_application, **given) == ["wrong_state"]

    @pytest.mark.parametrize("until", ["selected", "terms_confirmed"])
    def test_ends_their_offers_and_leaves_nobody_waiting_and_no_turn(self, settings, client, until):
        story = thread.both(two_nodes(settings)).go(until)
        self.withdraw(story, after=until)
        for node in ("pk", "jp"):
            with story.on(node):
                case = Case.objects.get()
                assert Offer.objects.get().state == "let_go" and Turn.objects.get().closed
                assert not Waiting.objects.filter(subject_id=str(case.pk), closed_at=None).exists()
        with story.on("pk"):
            worker, at = story.people["worker"], thread.at(until) + dt.timedelta(days=2)
            terms = {"terms_hash": story.offer().terms_hash}
            for act, told in ((confirm_terms, terms), (sign_contract, terms | {"lands_on": at.date(), "health_fit": True})):
                assert "wrong_state" in refused_codes(act, actor=worker, case_id=case.pk, **told, at=at)
            with time_machine.travel(at, tick=False):
                sign_in_as(client, Person.objects.get(pk=worker.person))
                page = client.get(f"/en/cases/{case.pk}/line/").content.decode()
            assert "The employer withdrew this work" in page and "turn now" not in page

    def test_a_case_that_has_ended_goes_no_further(self, settings):
        story = thread.both(two_nodes(settings)).go("selected")
        self.withdraw(story)
        with story.on("pk"):
            given = {"actor": story.people["worker"], "case_id": Case.objects.get().pk, "step": "terms_confirmed"}
            found = refused_codes(within, **given, on=thread.on("selected"), at=thread.at("selected") + dt.timedelta(days=2))
            assert found == ["wrong_state"]

    def test_leaves_who_has_a_contract(self, settings):
        story = thread.both(two_nodes(settings)).go("contract_signed")
        with story.on("jp"):
            given = {"actor": jobs.employer(), "demand_id": Demand.objects.get().pk, "reason": "filled"}
            at = thread.at("contract_signed") + dt.timedelta(days=1)
            assert refused_codes(jobs_actions.withdraw_demand, **given, at=at) == ["contracts_signed"]
            jobs_actions.withdraw_demand(**given, signed_go_on=True, at=at)
            react()
            assert Case.objects.get().state == "selected" and not StationEvent.objects.filter(step="case_let_go").exists()

    def test_is_the_nodes_own_doing(self):
        _worker, case = make.case("nominated")
        given = {"demand_id": case.demand_id, "reason": "filled", "at": AT}
        assert refused_codes(actions.end_cases, actor=jobs.promoter(), **given) == ["not_permitted"]


class TestPermission:
    def test_that_ended_holds_cases_and_a_new_one_lets_them_go_on(self):
        _worker, case = make.case("applied")
        demand = case.demand
        later = dt.datetime.combine(demand.permitted_until, dt.time(6), dt.UTC)
        watch_permissions(at=later)
        react()
        assert Hold.objects.get().cause == "permission"
        given = {"case_id": case.pk, "rank": 1, "rule": "test_score", "at": later}
        assert "case_held" in refused_codes(actions.nominate_candidate, actor=jobs.promoter(), **given)
        jobs_actions.permit_demand(actor=jobs.protector(), demand_id=demand.pk, at=later)
        react()
        assert Hold.objects.get().released_at is not None
