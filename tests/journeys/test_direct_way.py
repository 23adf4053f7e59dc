"""An employer's own offer, from the demand to work: no permission, no vacancy anybody publishes, nobody who recruits."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.db.models import QuerySet
from django.urls import reverse

from rahdari.base.actor import stranger
from rahdari.base.models import Waiting
from rahdari.base.reference import shipped_book
from rahdari.base.refusal import Refused
from rahdari.base.work import Missing
from rahdari.domain.accounts.models import Person
from rahdari.domain.candidates.models import Qualification
from rahdari.domain.contracts.models import CostDeclaration
from rahdari.domain.contracts.queries import lines_of
from rahdari.domain.jobs import actions as jobs_actions
from rahdari.domain.jobs.models import Demand, Listing, Vacancy
from rahdari.domain.jobs.queries.demands import open_vacancies, vacancy_for
from rahdari.domain.placements import actions as placements
from rahdari.domain.placements.models import Case, Turn
from rahdari.domain.placements.queries.line import line_of
from rahdari.domain.placements.queries.panels import level_held, unmet
from tests.make import jobs
from tests.make.people import actor, actor_as, sign_in_as, worker
from tests.make.thread import Story, at, both, on
from tests.make.two_nodes import two_nodes


@pytest.fixture
def story(db, settings) -> Story:
    return both(two_nodes(settings), route="direct")


@pytest.fixture
def clock():
    with time_machine.travel(at("demand_filed"), tick=False) as moved:
        yield moved


def codes(refused) -> list[str]:
    return [one.code for one in refused.value.refusals]


def test_goes_from_the_demand_to_work_and_passes_through_what_the_route_does_not_have(story):
    story.go("work_begun")
    for node in ("pk", "jp"):
        with story.on(node):
            reader = actor(f"contact_point_{node}", node=node)
            line = {one.no: one.state for one in line_of(reader, story.case())}
            assert [line[no] for no in (3, 4)] == ["not_on_route"] * 2
            assert {line[no] for no in (1, *range(5, 18))} == {"passed"}
            assert story.case().promoter == "" and story.case().station == 17


def test_stands_on_no_list_and_is_opened_by_its_address(story):
    story.go("demand_filed")
    with story.on("pk"):
        demand = Demand.objects.get()
        assert (demand.promoter, demand.promoter_licence) == ("", "")
        offer = Vacancy.objects.get()
        assert (offer.pk, offer.places, offer.closes_on) == (demand.pk, demand.places, demand.closes_on)
        assert not Listing.objects.exists() and not open_vacancies(stranger("pk", "web"), on("demand_filed")).exists()
        assert vacancy_for(actor_as(worker()), offer.pk) == offer
        with pytest.raises(Refused) as asked:
            vacancy_for(stranger("pk", "web"), offer.pk)
        assert codes(asked) == ["sign_in_first"]
        with pytest.raises(Missing):
            vacancy_for(actor("promoter_manager", jobs.PROMOTER), offer.pk)
    with story.on("jp"), pytest.raises(Missing):
        vacancy_for(actor("employer", "jp:org:other", node="jp"), Vacancy.objects.get().pk)


def test_follows_its_demand_on_both_nodes_when_it_is_corrected_and_when_it_is_withdrawn(story):
    story.go("demand_filed")
    employer = {"actor": story.who("employer", jobs.EMPLOYER, "jp"), "demand_id": story.demand_id}
    with story.on("jp"):
        new = jobs.corrected(Demand.objects.get(), places=3)
        jobs_actions.correct_demand(**employer, asked=new, reason="mistake", at=at("demand_attested"))
    story.corridor.exchange(at=at("demand_attested"))
    for node in ("pk", "jp"):
        with story.on(node):
            assert Vacancy.objects.get().places == 3
    with story.on("jp"):
        jobs_actions.withdraw_demand(**employer, reason="withdrawn", at=at("demand_permitted"))
    story.corridor.exchange(at=at("demand_permitted"))
    for node in ("pk", "jp"):
        with story.on(node):
            assert Vacancy.objects.get().state == "closed"


def test_filed_before_its_places_were_kept_can_still_be_corrected_and_withdrawn(story):
    story.go("demand_filed")
    told = {"actor": story.who("employer", jobs.EMPLOYER, "jp"), "demand_id": story.demand_id, "at": at("demand_attested")}
    with story.on("jp"):
        QuerySet(Vacancy).all()._raw_delete(using="default")
        jobs_actions.correct_demand(**told, asked=jobs.corrected(Demand.objects.get(), places=3), reason="mistake")
        assert jobs_actions.withdraw_demand(**told, reason="withdrawn").state == "called_off"


def test_is_attested_and_waits_for_no_permission(story):
    story.go("demand_attested")
    with story.on("pk"):
        assert not Waiting.objects.filter(task="jobs.permit_demand", closed_at=None).exists()
        with pytest.raises(Refused) as refused:
            protector = story.who("protector", office="PEW")
            jobs_actions.permit_demand(actor=protector, demand_id=story.demand_id, at=at("demand_permitted"))
    assert codes(refused) == ["permission_not_on_route"]


@pytest.mark.parametrize(("rule", "rank"), [("test_score", 1), ("by_the_employer", 2)])
def test_is_no_ranking_by_anybody(story, rule, rank):
    story.go("results_recorded")
    own = {"actor": story.people["worker"], "case_id": story.case_id, "at": at("candidate_nominated")}
    with story.on("pk"), pytest.raises(Refused) as refused:
        placements.nominate_candidate(**own, rule=rule, rank=rank)
    assert codes(refused) == ["not_shortlisted"]


def test_lets_nobody_but_the_worker_send_the_file(story):
    story.go("results_recorded")
    told = {"case_id": story.case_id, "rule": "by_the_employer", "rank": 1, "at": at("candidate_nominated")}
    with story.on("pk"):
        for other in (actor_as(worker("0345 7654321", "61101-7654321-2")), story.who("promoter_manager", jobs.PROMOTER)):
            with pytest.raises((Refused, Missing)):
                placements.nominate_candidate(actor=other, **told)
    assert not story.alone


def test_is_no_door_past_a_recruiter_for_a_worker_who_has_one(db, settings):
    story = both(two_nodes(settings)).go("results_recorded")
    own = {"actor": story.people["worker"], "case_id": story.case_id, "rule": "by_the_employer", "rank": 1}
    with story.on("pk"), pytest.raises(Refused) as refused:
        placements.nominate_candidate(**own, at=at("candidate_nominated"))
    assert codes(refused) == ["not_own_case"]


def test_leaves_each_turn_to_the_worker_and_the_costs_to_the_employer(story):
    for step, holder, task in (
        ("application_filed", "worker", "placements.nominate_candidate"),
        ("terms_confirmed", "employer", "contracts.declare_costs"),
        ("coe_issued", "worker", "departures.record_visa_filed"),
        ("registered", "worker", "departures.build_manifest"),
    ):
        story.go(step)
        with story.on("pk"):
            turn = Turn.objects.get()
            assert (turn.holder, turn.task) == (holder, task)
    with story.on("jp"):
        assert Waiting.objects.filter(task="contracts.declare_costs", holder_body=jobs.EMPLOYER).exclude(closed_at=None).exists()
    with story.on("pk"):
        assert not Waiting.objects.filter(holder_body="").exists()
        assert {one.payer for lines in CostDeclaration.objects.all() for one in lines_of([lines])} == {"worker"}


class TestPages:
    def test_tell_the_employer_where_the_worker_applies(self, story, client, settings):
        settings.RAHDARI_PARTNER_URL = "https://workers.example"
        story.take("demand_filed")  # not where another test came: it had no such address
        with story.on("jp"):
            sign_in_as(client, Person.objects.get(pk=story.who("employer", jobs.EMPLOYER, "jp").person))
            page = client.get(reverse("jobs.see_demand", args=[story.demand_id])).content.decode()
        assert f"https://workers.example/en/jobs/{story.demand_id}/" in page
        assert "The page the worker sees" in page and "Published" not in page

    def test_ask_a_stranger_to_sign_in_and_open_to_a_worker(self, story, client):
        story.go("demand_filed")
        with story.on("pk"):
            page = reverse("jobs.see_vacancy", args=[story.demand_id])
            asked = client.get(page)
            assert asked.status_code == 302 and reverse("accounts.sign_in") in asked["Location"]
            assert client.get(f"/api/vacancies/{story.demand_id}").status_code == 403
            sign_in_as(client, worker())
            shown = client.get(page).content.decode()
            assert "Nobody stands between you and the employer." in shown
            assert "Registration fee (Protector)" in shown and "2,500" in shown
            assert jobs.EMPLOYER not in shown and Demand.objects.get().employer_name in shown

    def test_let_the_worker_send_the_file_and_follow_it(self, story, client, clock):
        story.go("results_recorded")
        with story.on("pk"):
            clock.move_to(at("candidate_nominated"))
            sign_in_as(client, Person.objects.get(pk=story.people["worker"].person))
            line = reverse("placements.see_line", args=[story.case_id])
            send = reverse("placements.nominate_candidate", args=[story.case_id])
            assert send in client.get(line).content.decode()
            form = client.get(send).content.decode()
            assert 'type="hidden" name="rule"' in form and 'type="hidden" name="rank"' in form
            seen = Case.objects.get().version
            done = client.post(send, {"rule": "by_the_employer", "rank": 1, "seen": seen}, follow=True)
            assert done.redirect_chain[-1][0] == line and Case.objects.get().state == "nominated"
            assert send not in done.content.decode()


def test_opens_to_a_worker_whose_tests_are_passed_and_asks_for_the_one_not_asked_by_the_vacancy(story, client, clock):
    story.go("results_recorded")
    clock.move_to(at("candidate_nominated"))
    with story.on("pk"):
        sign_in_as(client, Person.objects.get(pk=story.people["worker"].person))
        assert client.get(reverse("jobs.see_vacancy", args=[story.demand_id])).status_code == 200
        assert [one.code for one in unmet(story.file, Demand.objects.get())] == ["nursing_care_japanese"]


@pytest.mark.parametrize(
    ("exam", "level", "on", "held"),
    [
        ("JFT_BASIC", "JFT_A2", dt.date(2026, 9, 1), "A2_2"),
        ("JFT_BASIC", "JFT_A2", dt.date(2026, 7, 1), "A2"),
        ("JFT_BASIC", "JFT_A1", dt.date(2026, 9, 1), "A1"),
        ("JLPT", "N4", dt.date(2025, 12, 7), "N4"),
        ("JLPT", "anything typed", dt.date(2025, 12, 7), ""),
        ("JLPT", "", dt.date(2025, 12, 7), ""),
    ],
)
def test_reads_a_level_as_its_scale_names_it_on_the_day(exam, level, on, held):
    assert level_held(Qualification(exam=exam, level=level, passed_on=on), shipped_book()) == held
