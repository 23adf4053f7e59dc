"""Applying, naming, interviewing, answering, deciding: whom each refuses, in which state, and what each leaves behind."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from uuid import uuid4

import jsonschema_rs
import pytest
from django.db.models import QuerySet

from rahdari.base.actor import Actor, machine, stranger
from rahdari.base.clock import day_at
from rahdari.base.models import AuditEntry, OutboxEntry, Waiting
from rahdari.base.refusal import Refused
from rahdari.base.work import Missing, unit_of_work
from rahdari.domain.accounts.queries import actor_for
from rahdari.domain.candidates import actions as candidates_actions
from rahdari.domain.candidates.models import Consent
from rahdari.domain.jobs import actions as jobs_actions
from rahdari.domain.jobs.messages import SCHEMAS as JOURNEY
from rahdari.domain.jobs.models import Vacancy
from rahdari.domain.jobs.rules.terms import with_hash
from rahdari.domain.placements import actions
from rahdari.domain.placements.messages import SCHEMAS
from rahdari.domain.placements.models import Case, Decision, Interview, Nomination, StationEvent
from rahdari.domain.placements.queries import case_for, cases_visible_to, line_of, open_before, passed_stations
from tests.make import candidates
from tests.make import jobs as make_jobs
from tests.make import placements as make
from tests.make.people import actor, worker

pytestmark = pytest.mark.django_db
AT, AFTER = make.AT, make.AFTER
OTHER = "pk:org:other"


def refused_codes(act, **arguments):
    with pytest.raises(Refused) as refused:
        act(**arguments)
    return [one.code for one in refused.value.refusals]


def said(type):
    entries = OutboxEntry.objects.filter(kind="statement", type=type).order_by("id")
    for one in entries:
        jsonschema_rs.validator_for((SCHEMAS | JOURNEY)[type], validate_formats=True).validate(one.content)
    return list(entries)


def nobody_but(*roles):
    others = {
        "employer": "jp",
        "promoter_manager": "pk",
        "oec_officer": "pk",
        "protector": "pk",
        "worker": "pk",
        "exam_body": "jp",
    }
    told = [
        Actor(node, role, "" if role == "worker" else f"{node}:org:x", uuid4())
        for role, node in others.items()
        if role not in roles
    ]
    return [*told, stranger("pk"), machine("pk", "timetable")]


def named(who):
    return f"{who.node} {who.role}"


class TestFileApplication:
    def test_numbers_go_on_after_a_year_of_a_million(self):
        someone, first = make.applied()
        QuerySet(Case).filter(pk=first.pk).update(number="A-2026-999999")
        for number in (1_000_000, 1_000_001):
            vacancy = make_jobs.vacancy(opens_on=make_jobs.days(number % 10 + 8).isoformat())
            made = actions.file_application(actor=someone, vacancy_id=vacancy.pk, show_file=True, at=make.AT)
            assert made.number == f"A-2026-{number}"

    def test_leaves_the_case_its_number_the_consents_and_the_recruiters_task(self):
        who, case = make.applied()
        assert (case.state, case.station, case.number, case.promoter) == ("applied", 5, "A-2026-000001", make_jobs.PROMOTER)
        assert (case.worker, case.home, case.name, case.birth_year) == (who.person, "pk", "ZARGHUNA KHAN", 2001)
        assert set(Consent.objects.values_list("purpose", "body")) == {
            ("show_file", make_jobs.PROMOTER), ("nominate", make_jobs.EMPLOYER),
        }  # fmt: skip
        assert Vacancy.objects.get().applicants == 1
        waiting = Waiting.objects.get(task="placements.nominate_candidate")
        assert (waiting.holder_body, waiting.holder_role) == (make_jobs.PROMOTER, "promoter_manager")
        assert day_at(waiting.due_at, "pk") == dt.date(2027, 1, 29)  # ten working days of Pakistan after 15 January
        entry = AuditEntry.objects.get(verb="placements.file_application")
        assert "ZARGHUNA" not in str(entry.facts)
        assert len(entry.also) == 6

    def test_nothing_crosses_before_the_nomination(self):
        before = {one.pk for one in OutboxEntry.objects.all()}
        make.applied()
        said = OutboxEntry.objects.exclude(pk__in=before).filter(kind="statement")
        assert not [one for one in said if "placement" in one.type]
        assert "ZARGHUNA" not in str([one.content for one in OutboxEntry.objects.all()])

    @pytest.mark.parametrize("who", nobody_but("worker"), ids=named)
    def test_refuses_everybody_else(self, who):
        vacancy = make_jobs.vacancy()
        found = refused_codes(actions.file_application, actor=who, vacancy_id=vacancy.pk, show_file=True, at=AT)
        assert set(found) <= {"not_permitted", "wrong_node", "sign_in_first"}
        assert not Case.objects.exists()

    def test_refuses_without_a_file_and_without_the_consent(self):
        vacancy = make_jobs.vacancy()
        nobody = actor_for(worker(), None)
        assert refused_codes(actions.file_application, actor=nobody, vacancy_id=vacancy.pk, show_file=True, at=AT) == [
            "file_missing"
        ]
        who, _file = candidates.file()
        assert refused_codes(actions.file_application, actor=who, vacancy_id=vacancy.pk, at=AT) == ["consent_missing"]
        assert not Consent.objects.exists()

    def test_refuses_under_age_closed_and_a_second_time(self):
        vacancy = make_jobs.vacancy()
        young, _file = candidates.file(birth_date="2008-11-26")
        told = {"vacancy_id": vacancy.pk, "show_file": True}
        assert refused_codes(actions.file_application, actor=young, at=AT, **told) == ["under_age"]
        assert actions.file_application(actor=young, at=AT + dt.timedelta(days=1), **told)
        assert refused_codes(actions.file_application, actor=young, at=AFTER, **told) == ["already_applied"]
        who, _file = candidates.file()
        late = dt.datetime(2027, 1, 16, 1, 0, tzinfo=dt.UTC)
        assert refused_codes(actions.file_application, actor=who, at=late, **told) == ["vacancy_closed"]
        jobs_actions.close_vacancy(actor=make_jobs.promoter(), vacancy_id=vacancy.pk, at=AT)
        assert refused_codes(actions.file_application, actor=who, at=AT, **told) == ["vacancy_closed"]

    def test_unmet_eligibility_is_shown_not_refused(self):
        who, _file = candidates.file(tests=())
        vacancy = make_jobs.vacancy()
        assert actions.file_application(actor=who, vacancy_id=vacancy.pk, show_file=True, at=AT).state == "applied"

    def test_the_last_day_counts_whole(self):
        who, _file = candidates.file()
        vacancy = make_jobs.vacancy()
        last = dt.datetime(2027, 1, 15, 18, 0, tzinfo=dt.UTC)  # eleven at night in Pakistan
        assert actions.file_application(actor=who, vacancy_id=vacancy.pk, show_file=True, at=last)


class TestNominateCandidate:
    def test_tells_the_profile_to_the_employer_alone(self):
        _who, case = make.case("nominated")
        told = said("placement.nominated/1")[0]
        assert told.marking == {"level": "named_bodies", "bodies": ["CONTACT_JP", make_jobs.EMPLOYER]}
        assert told.thread == case.pk
        assert (told.content["person"], told.content["vacancy"]) == (str(case.person), str(case.vacancy_id))
        assert (told.content["birth_year"], told.content["sex"], told.content["rank"]) == (2001, None, 1)
        assert {one["exam"] for one in told.content["tests"]} == set(candidates.TESTS)
        text = str(told.content)
        assert "17301" not in text and "KARIM" not in text and "Peshawar" not in text and "2001-03" not in text
        assert Nomination.objects.get().statement == told.pk
        assert not Waiting.objects.filter(task="placements.nominate_candidate", closed_at=None).exists()
        assert passed_stations(case) == set(range(1, 8))

    # A worker may where nobody recruits: tests/journeys/test_direct_way.py.
    @pytest.mark.parametrize("who", nobody_but("promoter_manager", "oec_officer", "worker"), ids=named)
    def test_refuses_everybody_else(self, who):
        _who, case = make.case()
        found = refused_codes(actions.nominate_candidate, actor=who, case_id=case.pk, rank=1, rule="test_score", at=AT)
        assert set(found) <= {"not_permitted", "wrong_node", "sign_in_first"}

    def test_another_recruiter_does_not_even_see_the_case(self):
        _who, case = make.case()
        for other in (actor("promoter_manager", OTHER), actor("oec_officer")):
            with pytest.raises(Missing):
                actions.nominate_candidate(actor=other, case_id=case.pk, rank=1, rule="test_score", at=AT)

    def test_refuses_without_the_tests(self):
        _who, case = make.applied(tests=("JFT_BASIC",))
        told = {"case_id": case.pk, "rank": 1, "rule": "test_score", "at": AT}
        assert refused_codes(actions.nominate_candidate, actor=make_jobs.promoter(), **told) == ["tests_missing"]

    def test_refuses_once_the_consent_for_this_employer_was_taken_back(self):
        who, case = make.applied()
        consent = Consent.objects.get(purpose="nominate")
        candidates_actions.withdraw_consent(actor=who, consent_id=consent.pk, at=AT)
        told = {"case_id": case.pk, "rank": 1, "rule": "test_score", "at": AT}
        assert refused_codes(actions.nominate_candidate, actor=make_jobs.promoter(), **told) == ["consent_missing"]

    def test_refuses_a_barred_person_and_an_undeclared_rule(self):
        _who, case = make.applied()
        with unit_of_work("tests.bar", actor=make_jobs.promoter(), at=AT) as unit:
            case.file.barred_until = dt.date(2026, 11, 26)
            unit.save(case.file)
            unit.about(case)
        told = {"case_id": case.pk, "at": AT}
        assert refused_codes(actions.nominate_candidate, actor=make_jobs.promoter(), rank=1, rule="test_score", **told) == [
            "barred_person"
        ]
        later = told | {"at": AT + dt.timedelta(days=1)}
        assert refused_codes(actions.nominate_candidate, actor=make_jobs.promoter(), rank=1, rule="by_face", **later) == [
            "not_shortlisted"
        ]

    def test_refuses_twice_and_what_changed_meanwhile(self):
        _who, case = make.case("nominated")
        told = {"case_id": case.pk, "rank": 1, "rule": "test_score", "at": AT}
        assert refused_codes(actions.nominate_candidate, actor=make_jobs.promoter(), **told) == ["wrong_state"]
        assert refused_codes(actions.nominate_candidate, actor=make_jobs.promoter(), seen=1, **told) == ["stale"]


class TestSetInterviewFromPaper:
    def test_is_hatched_not_told_and_asks_the_worker(self):
        who, case = make.case("interview_set")
        interview = Interview.objects.get()
        assert (interview.source, interview.paper.issuer, case.state) == ("paper", "Hinata Care (invented)", "interview_set")
        assert said("placement.interview_set/1") == []
        step = StationEvent.objects.get(step="interview_set")
        assert (step.source, step.stands_for, step.home) == ("paper", "jp", "pk")
        waiting = Waiting.objects.get(task="placements.answer_interview", closed_at=None)
        assert (waiting.holder_body, waiting.due_at) == ("WORKER", AT + dt.timedelta(hours=48))
        assert line_of(who, case)[7].state == "current"

    @pytest.mark.parametrize("who", nobody_but("promoter_manager", "oec_officer", "employer"), ids=named)
    def test_refuses_everybody_else(self, who):
        _who, case = make.case("nominated")
        told = {"case_id": case.pk, "starts_at": make.INTERVIEW_AT, "place": "video", "paper": make_jobs.paper(), "at": AT}
        assert set(refused_codes(actions.set_interview, actor=who, **told)) <= {"not_permitted", "wrong_node", "sign_in_first"}

    def test_refuses_without_a_paper_and_without_a_place(self):
        _who, case = make.case("nominated")
        told = {"case_id": case.pk, "starts_at": make.INTERVIEW_AT, "at": AT}
        assert refused_codes(actions.set_interview, actor=make_jobs.promoter(), place="video", **told) == ["scan_missing"]
        found = refused_codes(actions.set_interview, actor=make_jobs.promoter(), place=" ", paper=make_jobs.paper(), **told)
        assert found == ["place_missing"]

    @pytest.mark.parametrize(
        ("hours", "minutes", "code"),
        [(30, 30, "less_than_48_h"), (12 * 24 - 3, 30, "outside_worker_hours"), (12 * 24 + 13, 30, "outside_worker_hours"),
         (12 * 24 + 12, 120, "outside_worker_hours")],
    )  # fmt: skip
    def test_refuses_times_that_do_the_worker_wrong(self, hours, minutes, code):
        _who, case = make.case("nominated")
        told = {"case_id": case.pk, "starts_at": AT + dt.timedelta(hours=hours), "minutes": minutes, "place": "video", "at": AT}
        paper = {"paper": make_jobs.paper(), "on": dt.date(2026, 11, 25)}
        assert code in refused_codes(actions.set_interview, actor=make_jobs.promoter(), **told, **paper)

    def test_runs_by_the_date_on_the_paper(self):
        _who, case = make.case("nominated")
        late = make.INTERVIEW_AT - dt.timedelta(hours=5)
        told = {"case_id": case.pk, "starts_at": make.INTERVIEW_AT, "place": "video", "on": dt.date(2026, 11, 26)}
        paper = replace(make_jobs.paper(), received_on=dt.date(2026, 12, 1))
        assert actions.set_interview(actor=make_jobs.promoter(), paper=paper, at=late, **told).source == "paper"

    def test_refuses_a_paper_from_before_the_nomination(self):
        _who, case = make.case("nominated")
        told = {"case_id": case.pk, "starts_at": make.INTERVIEW_AT, "place": "video", "on": dt.date(2026, 11, 23), "at": AT}
        found = refused_codes(actions.set_interview, actor=make_jobs.promoter(), paper=make_jobs.paper(), **told)
        assert found == ["before_previous_step"]

    def test_refuses_before_the_nomination_and_a_clash(self):
        who, case = make.case()
        told = {"starts_at": make.INTERVIEW_AT, "place": "video", "paper": make_jobs.paper(), "at": AT}
        assert refused_codes(actions.set_interview, actor=make_jobs.promoter(), case_id=case.pk, **told) == ["wrong_state"]
        make.set_interview(make.nominate(case), make_jobs.promoter(), paper=make_jobs.paper())
        second = actions.file_application(
            actor=who, vacancy_id=make_jobs.vacancy(opens_on=make_jobs.days(8)).pk, show_file=True, at=AT
        )
        make.nominate(second)
        told["starts_at"] += dt.timedelta(minutes=29)
        assert refused_codes(actions.set_interview, actor=make_jobs.promoter(), case_id=second.pk, **told) == ["clash"]
        told["starts_at"] += dt.timedelta(minutes=1)
        assert actions.set_interview(actor=make_jobs.promoter(), case_id=second.pk, **told)

    def test_an_interview_that_was_decided_on_keeps_no_other_away(self):
        who, _case = make.case("reserve")
        vacancy = make_jobs.vacancy(opens_on=make_jobs.days(8))
        second = make.nominate(actions.file_application(actor=who, vacancy_id=vacancy.pk, show_file=True, at=AT))
        told = {"starts_at": make.INTERVIEW_AT, "place": "video", "paper": make_jobs.paper(), "at": AT}
        assert actions.set_interview(actor=make_jobs.promoter(), case_id=second.pk, **told)

    def test_moving_keeps_the_trail(self):
        who, case = make.case("interview_set")
        make.set_interview(
            case, make_jobs.promoter(), paper=make_jobs.paper(), starts_at=make.INTERVIEW_AT + dt.timedelta(days=1)
        )
        old, new = Interview.objects.order_by("set_at", "id")
        assert new.supersedes == old
        assert Waiting.objects.filter(task="placements.answer_interview", closed_at=None).count() == 1
        assert len([one for one in line_of(who, case)[7].steps if one.row.step == "interview_set"]) == 2


class TestAnswerInterview:
    def test_is_told_to_the_employer(self):
        who, case = make.case("interview_set")
        other = make.INTERVIEW_AT + dt.timedelta(days=1)
        actions.answer_interview(actor=who, case_id=case.pk, answer="no", other_times=[other], at=AT)
        told = said("journey.stage/1")[-1]
        assert told.content["details"] == {"answer": "no", "other_times": ["2026-12-08T05:00:00.000Z"]}
        assert (told.content["acting"], told.marking["bodies"]) == ("WORKER", ["CONTACT_JP", make_jobs.EMPLOYER])
        assert not Waiting.objects.filter(task="placements.answer_interview", closed_at=None).exists()

    def test_refuses_late_twice_and_neither_yes_nor_no(self):
        who, case = make.case("interview_set")
        told = {"actor": who, "case_id": case.pk}
        late = AT + dt.timedelta(hours=48, minutes=1)
        assert refused_codes(actions.answer_interview, answer="yes", at=late, **told) == ["too_late"]
        assert refused_codes(actions.answer_interview, answer="perhaps", at=AT, **told) == ["yes_or_no_missing"]
        actions.answer_interview(answer="yes", at=AT, **told)
        assert refused_codes(actions.answer_interview, answer="no", at=AT, **told) == ["already_answered"]

    def test_refuses_others_and_before_there_is_one(self):
        who, case = make.case("nominated")
        assert refused_codes(actions.answer_interview, actor=who, case_id=case.pk, answer="yes", at=AT) == ["no_interview"]
        other, _file = candidates.file()
        with pytest.raises(Missing):
            actions.answer_interview(actor=other, case_id=case.pk, answer="yes", at=AT)
        found = refused_codes(actions.answer_interview, actor=make_jobs.promoter(), case_id=case.pk, answer="yes", at=AT)
        assert found == ["not_permitted"]


class TestRecordDecisionFromPaper:
    def test_reserve_is_hatched_and_not_told(self):
        who, case = make.case("reserve")
        decision = Decision.objects.get()
        assert (case.state, decision.source, decision.rank) == ("reserve", "paper", 1)
        assert said("placement.decided/1") == []
        eight, nine = line_of(who, case)[7:9]
        assert (eight.state, eight.hatched, nine.state) == ("passed", True, "current")
        assert not Waiting.objects.filter(subject_id=str(case.pk), closed_at=None).exists()

    @pytest.mark.parametrize(
        ("changed", "code"),
        [
            ({"outcome": "not_selected"}, "reason_missing"),
            ({"outcome": "not_selected", "reason": "religion"}, "reason_missing"),
            ({"outcome": "reserve", "rank": None}, "rank_missing"),
            ({"outcome": "selected"}, "terms_missing"),
            ({"outcome": "hired"}, "reason_missing"),
            ({"on": dt.date(2026, 12, 6)}, "no_interview"),
        ],
    )
    def test_refuses_what_the_law_forbids(self, changed, code):
        _who, case = make.case("interview_set")
        told = {"outcome": "reserve", "rank": 1, "on": dt.date(2026, 12, 8), "paper": make_jobs.paper(AFTER), "at": AFTER}
        found = refused_codes(actions.record_decision, actor=make_jobs.promoter(), case_id=case.pk, **(told | changed))
        assert found == [code]

    def test_selected_comes_from_the_offer_alone(self):
        _who, case = make.case("interview_set")
        terms = with_hash(make_jobs.TERMS)
        told = {
            "actor": make_jobs.promoter(), "case_id": case.pk, "outcome": "selected", "terms": terms,
            "employer_signed_on": dt.date(2026, 12, 8), "paper": make_jobs.paper(AFTER), "at": AFTER,
        }  # fmt: skip
        assert refused_codes(actions.record_decision, **told) == ["terms_missing"]
        with unit_of_work("contracts.offer_employment", actor=told["actor"], at=AFTER) as unit:
            decision = actions.record_decision(**told)
            unit.about(case)
        assert (decision.outcome, decision.terms_hash) == ("selected", terms["terms_hash"])
        case.refresh_from_db()
        assert (case.station, open_before(case, 10)) == (9, [])

    def test_no_more_are_selected_than_permitted(self):
        made = []
        for _ in range(2):
            _who, case = make.applied(Vacancy.objects.first() or make_jobs.vacancy(places=1, of=_permitted_for(1)))
            make.set_interview(make.nominate(case), make_jobs.promoter(), paper=make_jobs.paper())
            made.append(case)
        told = {"outcome": "selected", "terms": with_hash(make_jobs.TERMS), "employer_signed_on": dt.date(2026, 12, 8)}
        for case, codes in zip(made, ([], ["over_places"]), strict=True):
            with unit_of_work("contracts.offer_employment", actor=make_jobs.promoter(), at=AFTER) as unit:
                act = {"actor": make_jobs.promoter(), "case_id": case.pk, "paper": make_jobs.paper(AFTER), "at": AFTER} | told
                if codes:
                    assert refused_codes(actions.record_decision, **act) == codes
                else:
                    actions.record_decision(**act)
                unit.about(case)

    @pytest.mark.parametrize("who", nobody_but("promoter_manager", "oec_officer", "employer"), ids=named)
    def test_refuses_everybody_else(self, who):
        _who, case = make.case("interview_set")
        told = {"case_id": case.pk, "outcome": "reserve", "rank": 1, "paper": make_jobs.paper(AFTER), "at": AFTER}
        assert set(refused_codes(actions.record_decision, actor=who, **told)) <= {"not_permitted", "wrong_node", "sign_in_first"}


def _permitted_for(places):
    demand = make_jobs.demand("attested")
    return jobs_actions.permit_demand(actor=make_jobs.protector(), demand_id=demand.pk, places=places, at=AT)


class TestRecordStep:
    def test_is_no_use_case_of_its_own(self):
        _who, case = make.case()
        told = {"case_id": case.pk, "step": "contract_signed", "on": AT.date(), "at": AT}
        assert refused_codes(actions.record_step, actor=make_jobs.promoter(), **told) == ["not_permitted"]
        assert refused_codes(actions.record_step, actor=stranger("pk"), **told) == ["sign_in_first"]

    def inside(self, case, step, on=None, at=AFTER, **told):
        with unit_of_work("contracts.act", actor=make_jobs.promoter(), at=at) as unit:
            on = on or day_at(at, "pk")
            event = actions.record_step(actor=make_jobs.promoter(), case_id=case.pk, step=step, on=on, at=at, **told)
            unit.about(case)
        return event

    def test_tells_the_default_bodies_and_moves_the_case(self):
        _who, case = make.case("nominated")
        details = {"terms_hash": "0" * 64, "birth_date": "2001-03-14", "sex": "F", "birthplace": "Peshawar", "health_fit": True}
        self.inside(case, "contract_signed", details={"terms_hash": "0" * 64}, also_told=details)
        told = said("journey.stage/1")[-1]
        assert told.marking["bodies"] == ["CONTACT_JP", make_jobs.EMPLOYER, "ISA"]
        assert told.content["details"]["birthplace"] == "Peshawar"
        event = StationEvent.objects.get(step="contract_signed")
        assert event.details == {"terms_hash": "0" * 64}
        case.refresh_from_db()
        assert case.station == 11

    def test_refuses_a_step_of_the_other_side_without_its_paper(self):
        _who, case = make.case("nominated")
        with pytest.raises(Refused) as refused:
            self.inside(case, "coe_issued", details={"coe_number": "1", "until": "2027-03-01"})
        assert [one.code for one in refused.value.refusals] == ["wrong_node"]

    def test_refuses_a_paper_for_a_step_of_its_own_side(self):
        _who, case = make.case("nominated")
        with pytest.raises(Refused) as refused:
            self.inside(case, "departed", paper=make_jobs.paper(AFTER))
        assert [one.code for one in refused.value.refusals] == ["own_side_step"]

    def test_tells_of_a_step_entered_from_paper_as_such(self):
        _who, case = make.case("nominated")
        details = {"coe_number": "1", "until": "2027-03-01"}
        self.inside(case, "coe_issued", details=details, paper=make_jobs.paper(AFTER))
        told = said("journey.stage/1")[-1]
        assert (told.content["step"], told.content["source"]) == ("coe_issued", "paper")

    @pytest.mark.parametrize(("day", "code"), [(24, "before_previous_step"), (9, None), (10, "date_in_future")])
    def test_holds_days_to_their_order(self, day, code):
        _who, case = make.case("nominated")
        on = dt.date(2026, 11, day) if day > 20 else dt.date(2026, 12, day)
        act = {"case": case, "step": "visa_filed", "on": on}
        if code is None:  # today in Japan, where it is later than in Pakistan
            late = dt.datetime(2026, 12, 8, 20, 0, tzinfo=dt.UTC)
            assert self.inside(at=late, **act)
            return
        with pytest.raises(Refused) as refused:
            self.inside(**act)
        assert [one.code for one in refused.value.refusals] == [code]


class TestOneStateAlone:
    def test_a_case_runs_to_the_selection_with_no_partner(self):
        who, case = make.case("interview_set")
        told = {"outcome": "selected", "terms": with_hash(make_jobs.TERMS), "employer_signed_on": dt.date(2026, 12, 8)}
        with unit_of_work("contracts.offer_employment", actor=make_jobs.promoter(), at=AFTER) as unit:
            actions.record_decision(actor=make_jobs.promoter(), case_id=case.pk, paper=make_jobs.paper(AFTER), at=AFTER, **told)
            unit.about(case)
        case.refresh_from_db()
        line = line_of(who, case)
        assert [one.no for one in line if one.state == "passed"] == list(range(1, 10))
        assert [one.no for one in line if one.hatched] == [1, 8, 9]
        entered = {step.row.step: step.row.paper.entered_role for one in line for step in one.steps if step.row.paper}
        assert entered == {
            "demand_filed": "attache", "interview_set": "promoter_manager", "interviewed": "promoter_manager",
            "selected": "promoter_manager",
        }  # fmt: skip
        assert not [one.type for one in OutboxEntry.objects.filter(type__in=["placement.interview_set/1", "placement.decided/1"])]

    def test_a_test_known_from_its_certificate_is_hatched_too(self):
        who, case = make.applied(tests=())
        candidates.pass_tests(case.file, source="paper")
        six = line_of(who, case)[5]
        assert (six.state, six.hatched, six.on) == ("passed", True, dt.date(2026, 10, 25))
        candidates.pass_tests(case.file)
        assert not line_of(who, case)[5].hatched


class TestWhatThePartnerTells:
    @pytest.mark.parametrize("who", [make_jobs.promoter, make_jobs.protector, lambda: machine("pk", "timetable"), lambda: machine("pk", "web"),
                                     lambda: stranger("pk"), lambda: Actor("jp", "employer", make_jobs.EMPLOYER, uuid4())])  # fmt: skip
    def test_is_taken_up_by_the_mailroom_alone(self, who):
        acts = [
            actions.mirror_interview, actions.mirror_decision, actions.mirror_nomination, actions.mirror_answer,
            jobs_actions.mirror_demand, jobs_actions.mirror_attestation, jobs_actions.mirror_permission, jobs_actions.mirror_vacancy,
            jobs_actions.mirror_closing,
        ]  # fmt: skip
        for act in acts:
            assert "not_permitted" in refused_codes(act, actor=who(), statement=None, at=AT)

    def test_is_taken_up_on_the_receiving_node_alone(self):
        for act in (
            actions.mirror_nomination,
            actions.mirror_answer,
            jobs_actions.mirror_permission,
            jobs_actions.mirror_closing,
        ):
            assert refused_codes(act, actor=machine("pk", "mailroom"), statement=None, at=AT) == ["wrong_node"]
        for act in (actions.mirror_interview, actions.mirror_decision, jobs_actions.mirror_demand):
            assert refused_codes(act, actor=machine("jp", "mailroom"), statement=None, at=AT) == ["wrong_node"]


class TestWhoSees:
    def test_the_worker_the_recruiter_and_the_offices(self):
        who, case = make.case("nominated")
        other, _file = candidates.file()
        seen = [who, make_jobs.promoter(), make_jobs.protector(), actor("bureau_officer"), actor("contact_point_pk")]
        assert [case_for(one, case.pk) for one in seen] == [case] * len(seen)
        hidden = [
            other,
            actor("promoter_manager", OTHER),
            actor("oec_officer"),
            actor("attache"),
            actor("training_desk"),
            stranger("pk"),
        ]
        assert [list(cases_visible_to(one)) for one in hidden] == [[]] * len(hidden)

    def test_the_protector_sees_that_a_step_was_taken_and_not_what_it_says(self):
        who, case = make.case("not_selected")
        with unit_of_work("tests.mark", actor=who, at=AT) as unit:
            for event in StationEvent.objects.filter(station=9):
                event.home, event.level, event.bodies = "jp", "named_bodies", [make_jobs.PROMOTER]
                unit.save(event)
            unit.about(case)
        nine = {name: line_of(one, case)[8] for name, one in {
            "worker": who, "recruiter": make_jobs.promoter(), "protector": make_jobs.protector(),
        }.items()}  # fmt: skip
        assert {name: [step.open for step in one.steps] for name, one in nine.items()} == {
            "worker": [True], "recruiter": [True], "protector": [False],
        }  # fmt: skip
