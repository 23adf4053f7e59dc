"""A case over the real statements, from the application to the decision, seen on both nodes."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from uuid import uuid4

import pytest

from rahdari.base.models import Waiting
from rahdari.base.work import unit_of_work
from rahdari.domain.jobs import actions as jobs_actions
from rahdari.domain.jobs.models import Demand
from rahdari.domain.jobs.rules.terms import with_hash
from rahdari.domain.placements import actions
from rahdari.domain.placements.messages import decided
from rahdari.domain.placements.models import Case, Decision, Interview, StationEvent
from rahdari.domain.placements.queries import line_of, passed_stations
from tests.make import jobs as make_jobs
from tests.make import placements as make
from tests.make.nodes import Nodes, Outcome
from tests.make.organisations import long_licensed
from tests.make.people import actor

pytestmark = pytest.mark.django_db
AT, AFTER = make.AT, make.AFTER


@pytest.fixture
def nodes(settings):
    both = Nodes(settings, make.RECEIVERS)
    long_licensed()
    return both


@pytest.fixture
def employer(nodes):
    """The employer that filed the demand, on Japan's node."""
    with nodes.at("jp"):
        who = make_jobs.employer()
        jobs_actions.file_demand(
            actor=who, asked=make_jobs.asked(), letter=make_jobs.scan(), attorney=make_jobs.scan("poa.pdf"),
            power=make_jobs.power(), at=AT,
        )  # fmt: skip
    return who


@pytest.fixture
def nominated(nodes, employer):
    """A candidate named on both nodes, over the statements; gives the worker."""
    nodes.carry(at=AT)
    demand = Demand.objects.get()
    jobs_actions.attest_demand(actor=actor("attache"), demand_id=demand.pk, at=AT)
    jobs_actions.permit_demand(actor=make_jobs.protector(), demand_id=demand.pk, at=AT)
    worker, case = make.applied(make_jobs.vacancy(of=demand))
    make.nominate(case)
    assert [one.kind for one in nodes.carry(at=AT)][-1] == "placement.nominated/1"
    return worker


def states(line):
    return {one.no: one.state for one in line}


def stated(line, state):
    return [one.no for one in line if one.state == state]


class TestTheWholeWay:
    def test_the_employer_knows_what_was_told_and_no_more(self, nodes, employer, nominated):
        here = Case.objects.get()
        with nodes.at("jp"):
            there = Case.objects.get()
            assert (there.pk, there.person, there.state, there.name) == (here.pk, here.person, "nominated", "ZARGHUNA KHAN")
            assert (there.home, there.worker, there.file_id, there.number) == ("pk", None, None, "")
            assert there.bodies == ["CONTACT_JP", make_jobs.EMPLOYER]
            assert "17301" not in str(there.profile) and "ZZ0" not in str(there.profile)
            assert Waiting.objects.get(task="placements.set_interview").holder_body == make_jobs.EMPLOYER
            assert stated(line_of(employer, there), "passed") == [1, 2, 3, 4, 5, 6, 7]
            assert stated(line_of(employer, there), "current") == [8]

    def test_interview_answer_and_decision(self, nodes, employer, nominated):
        case = Case.objects.get()
        with nodes.at("jp"):
            make.set_interview(case, employer)
        assert nodes.carry(at=AT) == [Outcome("placement.interview_set/1")]
        assert Interview.objects.get().starts_at == make.INTERVIEW_AT
        actions.answer_interview(actor=nominated, case_id=case.pk, answer="yes", at=AT)
        assert nodes.carry(at=AT) == [Outcome("interview_answered")]
        with nodes.at("jp"):
            assert Interview.objects.get().answer == "yes"
            actions.record_decision(actor=employer, case_id=case.pk, outcome="not_selected", reason="language_below", at=AFTER)
        assert nodes.carry(at=AFTER) == [Outcome("placement.decided/1")]
        here = Case.objects.get()
        assert (here.state, here.station) == ("not_selected", 8)
        assert Decision.objects.get().reason == "language_below"
        line = line_of(nominated, here)
        assert stated(line, "passed") == [1, 2, 3, 4, 5, 6, 7, 8]
        assert not any(one.hatched for one in line)
        assert all(step.open for one in line for step in one.steps)
        with nodes.at("jp"):
            assert states(line_of(employer, Case.objects.get())) == states(line)

    def test_selected_with_the_terms_the_employer_signed(self, nodes, employer, nominated):
        case = Case.objects.get()
        terms = with_hash(make_jobs.TERMS)
        with nodes.at("jp"):
            make.set_interview(case, employer)
            with unit_of_work("contracts.offer_employment", actor=employer, at=AFTER) as unit:
                actions.record_decision(
                    actor=employer, case_id=case.pk, outcome="selected", terms=terms,
                    employer_signed_on=dt.date(2026, 12, 8), at=AFTER,
                )  # fmt: skip
                unit.about(case)
        assert [one.refused for one in nodes.carry(at=AFTER)] == [(), ()]
        decision = Decision.objects.get()
        assert (decision.outcome, decision.terms, decision.terms_hash) == ("selected", terms, terms["terms_hash"])
        assert passed_stations(Case.objects.get()) == set(range(1, 10))


class TestPaperMeetsTheStatement:
    def test_equal_is_confirmed_and_the_hatching_goes(self, nodes, employer, nominated):
        case = Case.objects.get()
        make.set_interview(case, make_jobs.promoter(), paper=make_jobs.paper(number=""))
        assert StationEvent.objects.get(step="interview_set").source == "paper"
        with nodes.at("jp"):
            make.set_interview(case, employer)
        assert nodes.carry(at=AT)[-1] == Outcome("placement.interview_set/1")
        paper, told = StationEvent.objects.filter(step="interview_set").order_by("at", "id")
        assert (paper.confirmed_by, paper.contested_by) == (told.statement, None)
        assert (told.home, told.source) == ("jp", "system")

    def test_another_time_contests_the_paper_and_both_stay(self, nodes, employer, nominated):
        case = Case.objects.get()
        make.set_interview(case, make_jobs.promoter(), paper=make_jobs.paper(number=""))
        other = make.INTERVIEW_AT + dt.timedelta(hours=1)
        with nodes.at("jp"):
            make.set_interview(case, employer, starts_at=other)
        nodes.carry(at=AT)
        paper = StationEvent.objects.get(step="interview_set", source="paper")
        assert paper.confirmed_by is None and paper.contested_by is not None
        eight = line_of(nominated, Case.objects.get())[7]
        assert eight.contested
        assert [one.row.details["starts_at"] for one in eight.steps] == ["2026-12-07T05:00:00.000Z", "2026-12-07T06:00:00.000Z"]
        assert Interview.objects.get(superseded_by=None).starts_at == other

    def test_another_outcome_contests_the_paper_and_the_employers_word_counts(self, nodes, employer, nominated):
        case = Case.objects.get()
        make.set_interview(case, make_jobs.promoter(), paper=make_jobs.paper(number=""))
        actions.record_decision(
            actor=make_jobs.promoter(), case_id=case.pk, outcome="reserve", rank=2, paper=make_jobs.paper(AFTER, ""), at=AFTER
        )
        assert line_of(nominated, Case.objects.get())[7].hatched
        with nodes.at("jp"):
            make.set_interview(case, employer)
            actions.record_decision(actor=employer, case_id=case.pk, outcome="not_selected", reason="places_filled", at=AFTER)
        assert [one.refused for one in nodes.carry(at=AFTER)] == [(), ()]
        assert Case.objects.get().state == "not_selected"
        assert StationEvent.objects.get(step="reserve").contested_by is not None
        assert StationEvent.objects.get(step="interviewed", source="paper").confirmed_by is not None


class TestRefusedStatements:
    def test_what_was_taken_up_once_is_not_taken_up_again(self, nodes, employer, nominated):
        told = nodes.said("pk", "placement.nominated/1")
        assert nodes.hear(told, at=AT) == Outcome("placement.nominated/1", ("already_known",))

    def test_a_candidate_for_a_vacancy_nobody_told_of_waits(self, nodes, employer, nominated):
        told = nodes.said("pk", "placement.nominated/1")
        elsewhere = replace(told, data={**told.data, "vacancy": str(uuid4()), "case": str(uuid4())})
        assert nodes.hear(elsewhere, at=AT) == Outcome("placement.nominated/1", ("missing",))

    def test_a_decision_before_any_interview(self, nodes, employer, nominated):
        case = Case.objects.get()
        with nodes.at("jp"):
            make.set_interview(case, employer)
            actions.record_decision(actor=employer, case_id=case.pk, outcome="reserve", rank=1, at=AFTER)
        told = nodes.said("jp", "placement.decided/1")
        assert nodes.hear(told, at=AFTER) == Outcome("placement.decided/1", ("wrong_state",))
        assert not Decision.objects.exists() and not StationEvent.objects.filter(station=9).exists()

    def test_terms_that_are_not_those_of_their_hash(self, nodes, employer, nominated):
        case = Case.objects.get()
        make.set_interview(case, make_jobs.promoter(), paper=make_jobs.paper(number=""))
        terms = with_hash(make_jobs.TERMS) | {"hours_week": 60}
        data = decided(case=str(case.pk), outcome="selected", on=AFTER.date(), terms=terms, employer_signed_on=AFTER.date())
        with nodes.at("jp"):
            make.set_interview(case, employer)
        told = replace(nodes.said("jp", "placement.interview_set/1"), type="placement.decided/1", data=data)
        assert nodes.hear(told, at=AFTER) == Outcome("placement.decided/1", ("hash_differs",))
