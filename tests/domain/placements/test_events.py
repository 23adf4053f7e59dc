"""Expo and interview days: the rules of their times, and the way from the announcement to the list of the day, over both nodes."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import OperationalError, connection

from rahdari.base.actor import machine
from rahdari.base.clock import now
from rahdari.base.models import OutboxEntry, Waiting
from rahdari.base.refusal import Refused
from rahdari.base.work import Missing
from rahdari.domain.accounts.actions import seed_demonstration
from rahdari.domain.accounts.models import Person
from rahdari.domain.jobs.actions import seed_vacancies
from rahdari.domain.organisations.actions import seed_organisations
from rahdari.domain.placements import actions
from rahdari.domain.placements.forms.events import PLAN_EVENT
from rahdari.domain.placements.models import Case, Event, Interview, StationEvent, Turn
from rahdari.domain.placements.queries.events import held_for
from rahdari.domain.placements.rules.events import left_of, slots_of, why_not_call_off, why_not_plan, why_not_slot, why_not_take
from tests.make import jobs
from tests.make import timetables as make
from tests.make.people import actor, actor_as, sign_in, sign_in_as
from tests.make.two_nodes import two_nodes

AT = make.AT
ANSWER = "placements.answer_interview"
DAY = dt.datetime(2026, 12, 21, 5, 0, tzinfo=dt.UTC)  # ten in Pakistan, two in Japan
NEXT = DAY + dt.timedelta(minutes=40)


def refused_codes(act, **arguments):
    with pytest.raises(Refused) as refused:
        act(**arguments)
    return [one.code for one in refused.value.refusals]


def codes(refusals):
    return [one.code for one in refusals]


def hours(number):
    return dt.timedelta(hours=number)


class TestTheTimesOfADay:
    def test_follow_each_other_with_a_pause_and_end_in_time(self):
        found = slots_of(DAY, DAY + hours(2), minutes=30, pause=10)
        assert [(one - DAY) // dt.timedelta(minutes=1) for one in found] == [0, 40, 80]

    def test_leave_out_the_night_of_pakistan(self):
        by_japan = dt.datetime(2026, 12, 21, 0, 0, tzinfo=dt.UTC)  # nine in Japan, five in Pakistan
        found = slots_of(by_japan, by_japan + hours(4), minutes=60, pause=0)
        assert [one.hour for one in found] == [2, 3]

    @pytest.mark.parametrize(("taken", "left"), [([], 2), ([0], 1), ([0, 0], 0), ([0, 40], 1), ([-20, 20], 1), ([-40, 40], 2)])
    def test_have_as_many_places_as_tables(self, taken, left):
        begins = [DAY + dt.timedelta(minutes=one) for one in taken]
        assert left_of(DAY, minutes=30, tables=2, taken=begins) == left


class TestTheRules:
    @pytest.mark.parametrize(
        ("changed", "refused"),
        [
            ({}, []),
            ({"place": " "}, ["place_missing"]),
            ({"ends_at": DAY}, ["ends_before_begin"]),
            ({"ends_at": DAY + dt.timedelta(minutes=20)}, ["day_without_times"]),
            ({"at": DAY - hours(47)}, ["less_than_48_h"]),
            ({"firms": []}, ["firms_missing"]),
            ({"firms": ["a", "b"]}, ["firm_without_demand"]),
            ({"firms": ["a"] * 61}, ["too_many_firms"]),
        ],
    )
    def test_of_announcing(self, changed, refused):
        told = {"place": "Islamabad", "begins_at": DAY, "ends_at": DAY + hours(3), "minutes": 30, "pause": 0, "firms": ["a"]}
        assert codes(why_not_plan(**told | {"known": ["a"], "at": AT} | changed)) == refused

    @pytest.mark.parametrize(
        ("changed", "refused"),
        [
            ({}, []),
            ({"event": "called_off"}, ["event_called_off"]),
            ({"employer": "b"}, ["firm_not_there"]),
            ({"starts_at": DAY + hours(1)}, ["not_a_slot"]),
            ({"taken": [DAY]}, ["slot_taken"]),
        ],
    )
    def test_of_a_time(self, changed, refused):
        told = {"event": "planned", "slots": [DAY], "firms": ["a"], "employer": "a", "starts_at": DAY, "taken": []}
        assert codes(why_not_slot(**told | {"minutes": 30, "tables": 1} | changed)) == refused

    @pytest.mark.parametrize(
        ("changed", "refused"),
        [
            ({}, []),
            ({"state": "interview_set"}, ["wrong_state"]),
            ({"others": [(DAY - dt.timedelta(minutes=10), 30)]}, ["clash"]),
            ({"at": DAY - hours(3)}, []),  # a worker who chooses it needs no notice
            ({"at": DAY - hours(3), "own_choice": False}, ["less_than_48_h"]),
            ({"at": DAY + hours(1)}, ["too_late"]),
        ],
    )
    def test_of_taking_one(self, changed, refused):
        told = {"state": "nominated", "starts_at": DAY, "minutes": 30, "at": AT, "others": [], "own_choice": True}
        assert codes(why_not_take(**told | changed)) == refused

    def test_of_calling_off(self):
        assert codes(why_not_call_off(state="planned", reason="danger", taken=0)) == []
        assert codes(why_not_call_off(state="called_off", reason="", taken=2)) == ["wrong_state", "reason_missing", "slots_held"]


def plan(who, at=AT, **changed):
    told = {
        "kind": "interview_day", "place": "Islamabad, hall 1 (invented)", "on": "2026-12-21", "begins": "10:00", "ends": "11:20",
        "minutes": 30, "pause": 10,
    }  # fmt: skip
    return PLAN_EVENT.act(actor=who, at=at, **PLAN_EVENT.members(told | changed))


def oec():
    return actor("oec_officer", "OEC")


@pytest.fixture
def corridor(settings):
    return make.named(two_nodes(settings), 2)


@pytest.fixture
def day(corridor):
    """A day of the employer with one table, told to Pakistan."""
    with corridor.on("jp"):
        plan(jobs.employer())
    corridor.exchange(at=AT)
    return corridor


def workers():
    return [(actor_as(Person.objects.get(pk=one.worker)), one) for one in Case.objects.order_by("number")]


def take(who, case, starts_at=DAY, at=AT):
    return actions.book_slot(actor=who, case_id=case.pk, event_id=Event.objects.get().pk, starts_at=starts_at, at=at)


@pytest.mark.django_db
class TestTheDay:
    def test_is_told_to_anyone_on_both_nodes_and_names_nobody(self, day, client):
        told = []
        for code in ("pk", "jp"):
            with day.on(code):
                event = Event.objects.get()
                told.append((event.home, event.level, event.firms, event.begins_at, event.short_notice, event.state))
                page = client.get("/en/cases/days/").content.decode()
                assert "Islamabad, hall 1 (invented)" in page and "10:00 PKT" in page and "14:00 JST" in page
                one = client.get(f"/en/cases/days/{event.pk}/").content.decode()
                assert "How to take part" in one and "ZARGHUNA" not in one
                answer = client.get("/api/events").json()["events"]
                assert [(row["id"], row["home"]) for row in answer] == [(str(event.pk), "jp")]
        assert told[0] == told[1] == ("jp", "public", [jobs.EMPLOYER], DAY, False, "planned")
        with day.on("jp"):
            own = plan(jobs.employer(), firms=[{"firm": "jp:org:other"}])
            assert own.firms == [jobs.EMPLOYER]  # an employer announces for itself alone
            assert refused_codes(plan, who=actor("placement_business", "jp:org:agent", node="jp")) == ["not_permitted"]
        with day.on("pk"):
            assert plan(oec(), firms=[{"firm": jobs.EMPLOYER}], on="2026-12-02").short_notice
            assert refused_codes(plan, who=oec(), firms=[{"firm": "jp:org:nobody"}]) == ["firm_without_demand"]
            assert refused_codes(plan, who=jobs.promoter(), firms=[{"firm": jobs.EMPLOYER}]) == ["not_permitted"]

    def test_is_called_off_by_whoever_announced_it_and_by_nobody_while_times_are_held(self, day):
        with day.on("pk"):
            event = Event.objects.get()
            told = {"event_id": event.pk, "reason": "danger", "at": AT}
            assert refused_codes(actions.call_off_event, actor=oec(), **told) == ["not_own_event"]
            who, case = workers()[0]
            take(who, case)
        day.exchange(at=AT)
        with day.on("jp"):
            employer = jobs.employer()
            assert refused_codes(actions.call_off_event, actor=employer, **told) == ["slots_held"]
            other = Interview.objects.get().starts_at + dt.timedelta(days=1)
            actions.set_interview(actor=employer, case_id=case.pk, starts_at=other, place="video link", at=AT)
            assert refused_codes(actions.call_off_event, actor=employer, seen=9, **told) == ["stale"]
            actions.call_off_event(actor=employer, **told)
            assert refused_codes(actions.call_off_event, actor=employer, **told) == ["wrong_state"]
        day.exchange(at=AT)
        with day.on("pk"):
            event.refresh_from_db()
            assert (event.state, event.reason) == ("called_off", "danger")
            who, case = workers()[1]
            assert refused_codes(take, who=who, case=case) == ["event_called_off"]


@pytest.mark.django_db
class TestATime:
    def test_is_taken_by_the_worker_and_stands_on_the_employers_list(self, day, client):
        with day.on("pk"):
            (who, case), (other, second) = workers()
            with pytest.raises(Missing):
                take(other, case)
            taken = take(who, case)
            assert (taken.answer, taken.place, taken.minutes) == ("yes", "Islamabad, hall 1 (invented)", 30)
            assert not Waiting.objects.filter(task="placements.answer_interview", closed_at=None).exists()
            assert Turn.objects.get(case=case).task == "placements.record_decision"
            told = OutboxEntry.objects.filter(type="placement.interview_set/1").get()
            assert told.marking == {"level": "named_bodies", "bodies": ["CONTACT_JP", jobs.EMPLOYER]}
            assert refused_codes(take, who=other, case=second) == ["slot_taken"]
            assert refused_codes(take, who=who, case=case, starts_at=NEXT) == ["wrong_state"]
            actions.hold_cases(actor=machine("pk", "timetable"), cause="licence", of=jobs.PROMOTER, at=AT)
            assert refused_codes(take, who=other, case=second, starts_at=NEXT) == ["case_held"]
        day.exchange(at=AT)
        with day.on("jp"):
            there = Case.objects.get(pk=case.pk)
            assert (there.state, Turn.objects.get(case=there).task) == ("interview_set", "placements.record_decision")
            assert "slot_taken" in StationEvent.objects.filter(case=there).values_list("step", flat=True)
            event = Event.objects.get()
            assert [(one.interview.case_id, one.crowded) for one in held_for(event, jobs.employer())] == [(case.pk, False)]
            sign_in(client, "employer", "jp:org:other", node="jp")
            assert there.name not in client.get(f"/en/cases/days/{event.pk}/list/").content.decode()

    def test_waits_for_another_one_of_the_day_that_is_being_taken(self, day):
        beside = connection.copy()
        try:
            with day.on("pk"), beside.cursor() as other, connection.cursor() as mine:
                who, case = workers()[0]
                beside.set_autocommit(False)
                name = f"placements.event {Event.objects.get().pk}"
                other.execute("select pg_advisory_xact_lock(hashtextextended(%s, 0))", [name])
                mine.execute("set local lock_timeout = 100")
                with pytest.raises(OperationalError, match="lock timeout"):
                    take(who, case)
                beside.rollback()
                assert take(who, case)
        finally:
            beside.close()

    def test_that_crossed_another_stands_on_both_nodes_and_one_given_is_asked_of_the_worker(self, day):
        with day.on("pk"):
            (who, case), (_, second) = workers()
            take(who, case)
        with day.on("jp"):
            other = DAY + dt.timedelta(days=1)
            actions.set_interview(actor=jobs.employer(), case_id=case.pk, starts_at=other, place="video link", at=AT)
            take(jobs.employer(), second, NEXT)
            with pytest.raises(Missing):
                take(actor("employer", "jp:org:other", node="jp"), second)
        day.exchange(at=AT)
        for code in ("pk", "jp"):
            with day.on(code):
                standing = Interview.objects.get(case_id=case.pk, superseded_by=None)
                assert (standing.starts_at, standing.supersedes.starts_at) == (DAY, other)
                assert Turn.objects.get(case_id=case.pk).task == "placements.record_decision"
                assert Interview.objects.get(case_id=second.pk).event_id == Event.objects.get().pk
        with day.on("pk"):
            assert [one.subject_id for one in Waiting.objects.filter(task=ANSWER, closed_at=None)] == [str(second.pk)]

    @pytest.mark.sure
    def test_is_chosen_on_the_workers_own_pages(self, day, client):
        with day.on("pk"):
            who, case = workers()[0]
            event = Event.objects.get()
            sign_in_as(client, Person.objects.get(pk=who.person))
            place = f"/en/cases/{case.pk}/days/{event.pk}/"
            assert place in client.get(f"/en/cases/{case.pk}/line/").content.decode()
            assert "10:00 PKT" in client.get(place).content.decode()
            for typed in ("'; drop table --", "\x00", "2026-13-45T99:99", "東" * 500, "", "2026-12-21T05:01:00Z"):
                assert client.post(place, {"slot": typed}).status_code in (400, 409, 422), typed
            answer = client.post(place, {"slot": "2026-12-21T05:00:00Z"}, follow=True)
            assert answer.redirect_chain[-1][0].endswith(f"/en/cases/{case.pk}/line/")
            assert Interview.objects.get(case=case).answer == "yes"
            assert "Your time" in client.get(f"/en/cases/days/{event.pk}/").content.decode()


@pytest.mark.django_db
class TestTheDemonstration:
    @pytest.mark.sure
    def test_shows_invented_days_once(self):
        operator = machine("pk", "command")
        seed_demonstration(actor=operator, at=now())
        assert actions.seed_events(actor=operator, at=now()) == 0  # no firm has work yet
        seed_organisations(actor=operator, at=now())
        seed_vacancies(actor=operator, at=now())
        assert (actions.seed_events(actor=operator, at=now()), actions.seed_events(actor=operator, at=now())) == (2, 0)
        assert all("(invented)" in one.place and one.firms for one in Event.objects.all())

    def test_is_refused_in_production(self, settings):
        settings.TEST = settings.DEMO = False
        assert refused_codes(actions.seed_events, actor=machine("pk", "command"), at=AT) == ["not_permitted"]
