"""Work for somebody who lives in Japan already, from the demand to work: the status is changed there, and nobody travels."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse

from rahdari.base.models import Waiting
from rahdari.base.reference import shipped_book
from rahdari.base.refusal import Refused
from rahdari.domain.accounts.models import Person
from rahdari.domain.candidates import actions as candidates
from rahdari.domain.contracts.queries.questions import cases_to_ask
from rahdari.domain.placements import actions as placements
from rahdari.domain.placements.queries.line import line_of
from tests.make import candidates as make
from tests.make import jobs
from tests.make.people import actor, sign_in_as, worker
from tests.make.thread import Story, at, both, on
from tests.make.two_nodes import two_nodes


@pytest.fixture
def story(db, settings) -> Story:
    return both(two_nodes(settings), route="inside")


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


def trained(story: Story) -> None:
    """The worker records training (ii) that went well, with its proof."""
    told = {"stage": "ii", "field": "NURSING_CARE", "months": 36, "ended_on": on("application_filed"), "completed_well": True}
    moment = at("test_booked")
    with story.on("pk"):
        worker = story.people["worker"]
        paper = candidates.put_in_paper(actor=worker, kind="training_proof", name="p.pdf", content=b"%PDF-1.4 x", at=moment)
        candidates.record_internship(actor=worker, **told, paper_id=paper.pk, at=moment)
    story.done += ["test_booked", "results_recorded"]


def test_takes_training_well_completed_in_the_place_of_tests(story):
    story.go("application_filed")
    own = {"case_id": story.case_id, "rule": "by_the_employer", "rank": 1, "at": at("candidate_nominated")}
    with story.on("pk"), pytest.raises(Refused) as refused:
        placements.nominate_candidate(actor=story.people["worker"], **own)
    assert [one.code for one in refused.value.refusals] == ["tests_missing"]
    trained(story)
    story.go("contract_signed")
    for node in ("pk", "jp"):
        with story.on(node):
            reader = actor(f"contact_point_{node}", node=node)
            tests = next(one for one in line_of(reader, story.case()) if one.no == 6)
            assert (tests.state, tests.hatched, tests.on) == ("passed", True, on("application_filed"))
            assert story.case().profile["internships"][0]["stage"] == "ii"


def test_opens_only_to_whoever_says_to_live_in_japan(story):
    story.go("demand_filed")
    with story.on("pk"):
        worker, _file = make.file(at=at("application_filed"), tests=())
        told = {"actor": worker, "vacancy_id": story.demand_id, "show_file": True, "at": at("application_filed")}
        with pytest.raises(Refused) as refused:
            placements.file_application(**told)
        assert [one.code for one in refused.value.refusals] == ["not_in_japan"]
        assert placements.file_application(**told, in_japan=True).route == "inside"


def test_asks_the_worker_in_private_from_the_change_of_status_on(story):
    story.go("status_changed")
    with story.on("pk"):
        due = on("status_changed") + dt.timedelta(days=30)
        assert cases_to_ask(due, shipped_book()) == [(story.case_id, "costs_first")]
        assert cases_to_ask(due - dt.timedelta(days=1), shipped_book()) == []


class TestPages:
    def test_tell_the_worker_that_nobody_travels(self, story, client):
        story.go("demand_filed")
        with story.on("pk"):
            sign_in_as(client, worker())
            page = client.get(reverse("jobs.see_vacancy", args=[story.demand_id])).content.decode()
            assert "for people who live in Japan already" in page and "on the day you sign" in page

    def test_call_station_12_by_its_own_name_on_both_nodes(self, story, client):
        story.go("contract_signed")
        with story.on("jp"):
            sign_in_as(client, Person.objects.get(pk=story.who("employer", jobs.EMPLOYER, "jp").person))
            page = client.get(reverse("placements.see_case", args=[story.case_id])).content.decode()
            assert "Change of status of residence" in page and "Certificate of eligibility" not in page
            assert reverse("residence.record_guidance", args=[story.case_id]) in page
            assert reverse("departures.file_coe", args=[story.case_id]) not in page

    def test_ask_the_employer_for_the_card_and_the_bureau_for_the_new_stay(self, story, client):
        story.go("guidance_given")
        with story.on("jp"):
            sign_in_as(client, Person.objects.get(pk=story.who("employer", jobs.EMPLOYER, "jp").person))
            page = client.get(reverse("residence.file_change", args=[story.case_id])).content.decode()
            assert 'name="stay_ends_on"' in page and 'name="paper.scan"' not in page
            other = client.get(reverse("residence.file_change", args=[story.demand_id]))
            assert other.status_code == 404
        story.go("change_filed")
        with story.on("jp"):
            sign_in_as(client, Person.objects.get(pk=story.who("isa_regional", "ISA", "jp", office="TOKYO").person))
            page = client.get(reverse("residence.decide_change", args=[story.case_id])).content.decode()
            assert 'name="last_on"' in page and "31 March 2027" in page and "31 May 2027" in page
            seen = client.get(reverse("departures.see_departure", args=[story.case_id])).content.decode()
            assert "Change of status in Japan" in seen and reverse("residence.refuse_change", args=[story.case_id]) in seen
