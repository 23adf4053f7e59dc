"""An engineer for an employer's own offer, from the demand to work: a degree or practice, no test, no support plan."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse

from rahdari.base.models import Waiting
from rahdari.base.refusal import Refused
from rahdari.domain.accounts.models import Person
from rahdari.domain.candidates import actions as candidates
from rahdari.domain.jobs.models import Demand, Listing
from rahdari.domain.placements import actions as placements
from rahdari.domain.placements.queries.line import line_of
from rahdari.domain.residence import actions as residence
from tests.make import candidates as make
from tests.make import jobs
from tests.make.people import actor, sign_in_as
from tests.make.thread import Story, at, both
from tests.make.two_nodes import two_nodes


@pytest.fixture
def story(db, settings) -> Story:
    return both(two_nodes(settings), route="professional")


def codes(refused) -> list[str]:
    return [one.code for one in refused.value.refusals]


def test_goes_from_the_demand_to_work_without_a_test_and_without_guidance(story):
    story.go("work_begun")
    for node in ("pk", "jp"):
        with story.on(node):
            reader = actor(f"contact_point_{node}", node=node)
            line = {one.no: one.state for one in line_of(reader, story.case())}
            assert (line[6], line[3], line[4]) == ("not_on_route", "through", "through")
            assert {line[no] for no in (1, 2, 5, *range(7, 18))} == {"passed"}
            assert story.case().profile["degrees"][0]["subject"] == "Software"
            assert story.case().promoter == "" and Demand.objects.get().professional["employer_category"] == 3
            assert not Listing.objects.exists() and not Waiting.objects.filter(closed_at=None).exists()


class TestFiling:
    @pytest.mark.parametrize(
        ("changed", "code"),
        [
            ({"kind": "ssw1"}, "kind_not_on_route"),
            ({"field": "NURSING_CARE"}, "work_not_on_route"),
            ({"tests": ["JLPT"]}, "tests_not_on_route"),
            ({"professional": None}, "professional_missing"),
            ({"route": "direct"}, "work_not_on_route"),
        ],
    )
    def test_keeps_professional_work_and_the_fields_of_ssw_apart(self, db, settings, changed, code):
        with both(two_nodes(settings)).on("jp"), pytest.raises(Refused) as refused:
            told = {"route": "professional", "promoter": "", "promoter_licence": ""} | jobs.PROFESSIONAL | changed
            jobs.demand(at=at("demand_filed"), **told)
        assert code in codes(refused)


class TestNaming:
    def named(self, story):
        with story.on("pk"):
            told = {"case_id": story.case_id, "rule": "by_the_employer", "rank": 1, "at": at("candidate_nominated")}
            return placements.nominate_candidate(actor=story.people["worker"], **told)

    def applied(self, story, **asked):
        """A case of a worker who has nothing in the file yet, for an offer that asks what is told."""
        with story.on("jp"):
            told = {"route": "professional", "promoter": "", "promoter_licence": ""} | jobs.PROFESSIONAL
            told["professional"] = told["professional"] | asked
            story.demand_id = jobs.demand(at=at("demand_filed"), **told).pk
        story.corridor.exchange(at=at("demand_filed"))
        with story.on("pk"):
            worker, story.file = make.file(at=at("application_filed"), tests=(), birth_date="1985-03-14", languages=[])
            story.people["worker"] = worker
            moment = at("application_filed")
            made = placements.file_application(actor=worker, vacancy_id=story.demand_id, show_file=True, at=moment)
            story.case_id = made.pk
        return story

    def practised(self, story, isco, years, *, proven=True):
        worker, moment = story.people["worker"], at("test_booked")
        with story.on("pk"):
            paper = candidates.put_in_paper(actor=worker, kind="work_proof", name="w.pdf", content=b"%PDF-1.4 w", at=moment)
            told = {"employer": "Firm (invented)", "isco": isco, "from_on": dt.date(2026 - years, 12, 1)}
            candidates.record_practice(actor=worker, **told, paper_id=paper.pk if proven else None, at=moment)

    def test_needs_a_degree_or_ten_years_in_the_work_with_proof(self, story):
        self.applied(story)
        with pytest.raises(Refused) as refused:
            self.named(story)
        assert codes(refused) == ["degree_or_practice_missing"]
        for isco, years, proven in (("2512", 12, False), ("5322", 12, True), ("2512", 9, True)):
            self.practised(story, isco, years, proven=proven)
            with pytest.raises(Refused):
                self.named(story)
        self.practised(story, "2512", 11)
        self.named(story)
        story.corridor.exchange(at=at("candidate_nominated"))
        with story.on("jp"):
            assert {one["isco"] for one in story.case().profile["practice"]} == {"2512"}

    @pytest.mark.parametrize(
        ("asked", "held", "code"),
        [
            ({"faces_people": True, "employer_category": 3}, "", "working_language_missing"),
            ({"faces_people": True, "employer_category": 4}, "N3", "working_language_missing"),
            ({"faces_people": True, "employer_category": 3}, "N2", ""),
            ({"faces_people": True, "employer_category": 2}, "", ""),
            ({"faces_people": False, "employer_category": 4}, "", ""),
        ],
    )
    def test_needs_b2_in_the_language_of_work_that_faces_people_at_small_employers(self, story, asked, held, code):
        self.applied(story, **asked)
        with story.on("pk"):
            candidates.record_degree(actor=story.people["worker"], **make.DEGREE, at=at("test_booked"))
            if held:
                make.pass_tests(story.file, (), at=at("test_booked"))
                make.pass_language(story.file, "JLPT", held, at=at("test_booked"))
        if not code:
            self.named(story)
            return
        with pytest.raises(Refused) as refused:
            self.named(story)
        assert codes(refused) == [code]


def test_has_no_guidance(story):
    story.go("contract_signed")
    with story.on("jp"):
        assert not Waiting.objects.filter(task="residence.record_guidance").exists()
        with pytest.raises(Refused) as refused:
            employer = story.who("employer", jobs.EMPLOYER, "jp")
            residence.record_guidance(actor=employer, case_id=story.case_id, minutes=180, confirmed=True, at=at("guidance_given"))
    assert codes(refused) == ["guidance_not_on_route"]


class TestPages:
    def test_offer_the_work_apart_from_the_fields(self, story, client):
        story.go("demand_filed")
        with story.on("jp"):
            sign_in_as(client, Person.objects.get(pk=story.who("employer", jobs.EMPLOYER, "jp").person))
            form = client.get(reverse("jobs.file_demand")).content.decode()
            assert 'value="WORK_ICT"' in form and 'name="asked.professional.employer_category"' in form
            page = client.get(reverse("jobs.see_demand", args=[story.demand_id])).content.decode()
            assert "Information and communications technology professionals" in page and "Category of the employer" in page

    def test_tell_the_worker_what_is_needed_in_the_place_of_a_test(self, story, client):
        story.go("application_filed")
        with story.on("pk"):
            sign_in_as(client, Person.objects.get(pk=story.people["worker"].person))
            page = client.get(reverse("jobs.see_vacancy", args=[story.demand_id])).content.decode()
            assert "a degree, or 10 years of practice" in page and "years on the day" not in page
            assert client.get(reverse("dashboards.see_line_figures")).status_code == 200
