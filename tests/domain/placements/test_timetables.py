"""Timetables of interviews on Japan's node: drafted, looked at, sent to all or to none, and never to two at once."""

from __future__ import annotations

import datetime as dt
import html
import re
from uuid import uuid4

import pytest
from django.db import OperationalError, connection

from rahdari.base.actor import Actor, machine, stranger
from rahdari.base.models import AuditEntry, OutboxEntry, Waiting
from rahdari.base.refusal import Refused
from rahdari.base.work import Missing
from rahdari.domain.jobs.models import Demand
from rahdari.domain.placements import actions
from rahdari.domain.placements.models import Case, Interview, Timetable
from tests.make import jobs
from tests.make import timetables as make
from tests.make.people import sign_in
from tests.make.two_nodes import two_nodes

pytestmark = pytest.mark.django_db
AT = make.AT
LATER = AT + dt.timedelta(hours=1)


def refused_codes(act, **arguments):
    with pytest.raises(Refused) as refused:
        act(**arguments)
    return [one.code for one in refused.value.refusals]


def text_of(answer):
    return html.unescape(re.sub(r"<[^>]+>", " ", answer.content.decode()))


@pytest.fixture
def corridor(settings):
    return make.named(two_nodes(settings), 3)


def send(who, timetable, at=LATER):
    return actions.send_timetable(actor=who, timetable_id=timetable.pk, at=at)


class TestSending:
    def test_invites_everybody_of_the_timetable_in_one_action(self, corridor):
        with corridor.on("jp"):
            employer = jobs.employer()
            timetable = make.draft(employer)
            assert (timetable.state, len(timetable.meetings), timetable.left_out) == ("drafted", 3, {})
            assert not Interview.objects.exists()
            send(employer, timetable)
            assert AuditEntry.objects.filter(verb="placements.send_timetable").count() == 1
            assert {one.state for one in Case.objects.all()} == {"interview_set"}
            starts = sorted(Interview.objects.values_list("starts_at", flat=True))
            assert [f"{one.astimezone(dt.timezone(dt.timedelta(hours=9))):%H:%M}" for one in starts] == [
                "13:00",
                "13:40",
                "14:20",
            ]
            told = OutboxEntry.objects.filter(type="placement.interview_set/1")
            assert {one.marking["level"] for one in told} == {"named_bodies"} and told.count() == 3
            assert not any("Sato" in str(one.content) for one in told if "link of" not in one.content["place"])
        corridor.exchange(at=LATER)
        with corridor.on("pk"):
            assert Interview.objects.count() == 3
            assert Waiting.objects.filter(task="placements.answer_interview", closed_at=None).count() == 3

    def test_is_all_or_none_when_somebody_got_a_time_meanwhile(self, corridor):
        with corridor.on("jp"):
            employer = jobs.employer()
            timetable = make.draft(employer)
            case = Case.objects.first()
            at = dt.datetime(2026, 12, 10, 6, 0, tzinfo=dt.UTC)
            actions.set_interview(actor=employer, case_id=case.pk, starts_at=at, place="elsewhere", at=AT)
            before = Interview.objects.count()
            assert refused_codes(send, who=employer, timetable=timetable) == ["timetable_outdated"]
            assert (Interview.objects.count(), Timetable.objects.get().state) == (before, "drafted")

    def test_promises_no_interviewer_twice(self, corridor):
        """Two officers drafted at once, each a part of the candidates at the very same hours; one of them is too late."""
        with corridor.on("jp"):
            employer, other = jobs.employer(), jobs.employer()
            first, *rest = [str(one.pk) for one in Case.objects.all()]
            one, two = make.draft(employer, cases=[first]), make.draft(other, cases=rest)
            send(employer, one)
            assert refused_codes(send, who=other, timetable=two) == ["timetable_outdated"]
            anew = make.draft(other, cases=rest)
            begins = [at for _, _, _, at in anew.meetings]
            assert one.meetings[0][3] not in begins
            assert send(other, anew).state == "sent"

    def test_waits_for_another_one_of_the_same_employer_that_is_being_sent(self, corridor):
        beside = connection.copy()
        try:
            with corridor.on("jp"), beside.cursor() as other, connection.cursor() as mine:
                employer = jobs.employer()
                timetable = make.draft(employer)
                beside.set_autocommit(False)
                name = f"placements.timetable {jobs.EMPLOYER}"
                other.execute("select pg_advisory_xact_lock(hashtextextended(%s, 0))", [name])
                mine.execute("set local lock_timeout = 100")
                with pytest.raises(OperationalError, match="lock timeout"):
                    send(employer, timetable)
                beside.rollback()
                assert send(employer, timetable).state == "sent"
        finally:
            beside.close()

    def test_refuses_the_last_moment_twice_and_what_changed(self, corridor):
        with corridor.on("jp"):
            employer = jobs.employer()
            timetable = make.draft(employer)
            late = dt.datetime(2026, 12, 6, 5, 0, tzinfo=dt.UTC)  # 47 hours before the first
            assert refused_codes(send, who=employer, timetable=timetable, at=late) == ["timetable_outdated"]
            told = {"actor": employer, "timetable_id": timetable.pk, "at": LATER}
            assert refused_codes(actions.send_timetable, seen=9, **told) == ["stale"]
            send(employer, timetable)
            assert refused_codes(send, who=employer, timetable=timetable) == ["wrong_state"]
            assert refused_codes(actions.withdraw_timetable, **told) == ["wrong_state"]

    def test_a_draft_is_put_aside(self, corridor):
        with corridor.on("jp"):
            employer = jobs.employer()
            timetable = make.draft(employer)
            told = {"actor": employer, "timetable_id": timetable.pk, "at": LATER}
            assert actions.withdraw_timetable(**told).state == "withdrawn"
            assert refused_codes(actions.send_timetable, **told) == ["wrong_state"]
            assert not Interview.objects.exists()


class TestDrafting:
    def test_says_who_found_no_time_and_why(self, corridor):
        with corridor.on("jp"):
            timetable = make.draft(jobs.employer(), make.hours(ends="14:00"))
            assert (len(timetable.meetings), sorted(timetable.left_out.values())) == (1, ["hours_full", "hours_full"])

    def test_leaves_out_closed_days_and_takes_either_clock(self, corridor):
        with corridor.on("jp"):
            sunday = {"first_on": "2026-12-13", "last_on": "2026-12-13"}
            assert make.draft(jobs.employer(), make.hours(**sunday)).meetings == []
            by_pakistan = make.hours(**sunday, closed_days=True, zone="Asia/Karachi", begins="09:00", ends="11:00", kind="expo")
            begins = [at for _, _, _, at in make.draft(jobs.employer(), by_pakistan).meetings]
            assert begins[0] == "2026-12-13T09:00:00+05:00"

    def test_refuses_hours_and_candidates_that_cannot_be(self, corridor):
        with corridor.on("jp"):
            employer = jobs.employer()
            told = {"actor": employer, "maker": "greedy", "meetings": (), "at": AT, "demand_id": Demand.objects.get().pk}
            assert refused_codes(make.draft, who=employer, cases=[]) == ["nobody_chosen"]
            assert refused_codes(make.draft, who=employer, cases=[str(uuid4())]) == ["not_waiting"]
            with pytest.raises(Refused, match="ends_before_begin"):
                make.draft(employer, make.hours(ends="12:00"))
            assert told and not Timetable.objects.exists()

    @pytest.mark.parametrize("hand_made", [True, False])
    def test_holds_a_timetable_made_elsewhere_to_the_same_rules(self, corridor, hand_made):
        from rahdari.domain.placements.forms.timetables import InterviewerHours, asked_of
        from rahdari.domain.placements.rules.timetable import Meeting

        with corridor.on("jp"):
            case = str(Case.objects.first().pk)
            asked = asked_of([case], [InterviewerHours.model_validate(make.hours())])
            at = dt.datetime(2026, 12, 8, 4 if hand_made else 1, 0, tzinfo=dt.UTC)  # ten o'clock is before the hours begin
            who = "Sato Kenji (invented)"
            meeting = Meeting(at, f"video link of {who}", who, case)
            told = {"demand_id": Demand.objects.get().pk, "asked": asked, "meetings": [meeting], "maker": "hand", "at": AT}
            if hand_made:
                assert actions.draft_timetable(actor=jobs.employer(), **told).meetings[0][0] == case
            else:
                assert refused_codes(actions.draft_timetable, actor=jobs.employer(), **told) == ["timetable_outdated"]


class TestWhoMay:
    OTHERS = [
        Actor("jp", "support_org", jobs.EMPLOYER, uuid4()), Actor("jp", "isa_regional", "ISA", uuid4()),
        Actor("pk", "promoter_manager", jobs.PROMOTER, uuid4()), machine("jp", "timetable"), stranger("jp"),
    ]  # fmt: skip

    def test_only_the_employer_and_its_placement_business(self, corridor):
        with corridor.on("jp"):
            timetable = make.draft(jobs.employer())
            for who in self.OTHERS:
                found = refused_codes(actions.send_timetable, actor=who, timetable_id=timetable.pk, at=AT)
                assert set(found) <= {"not_permitted", "wrong_node", "sign_in_first"}

    def test_another_employer_does_not_even_see_it(self, corridor):
        with corridor.on("jp"):
            timetable, demand = make.draft(jobs.employer()), Demand.objects.get()
            other = Actor("jp", "employer", "jp:org:other", uuid4())
            for act in (actions.send_timetable, actions.withdraw_timetable):
                with pytest.raises(Missing):
                    act(actor=other, timetable_id=timetable.pk, at=AT)
            with pytest.raises(Missing):
                actions.draft_timetable(actor=other, demand_id=demand.pk, asked=None, meetings=(), maker="greedy", at=AT)


@pytest.mark.parametrize("language", ["en", "ur", "ja"])
def test_the_pages_from_the_demand_to_the_invitations(client, settings, language):
    from rahdari.base.clock import now

    corridor = make.named(two_nodes(settings), 2, at=now())
    with corridor.on("jp"):
        sign_in(client, "employer", jobs.EMPLOYER, node="jp")
        listed = client.get(f"/{language}/cases/timetables/")
        demand = Demand.objects.get()
        place = f"/{language}/cases/timetables/new/{demand.pk}/"
        assert place in listed.content.decode() and "/cases/timetables/" in client.get(f"/{language}/cases/").content.decode()
        page = client.get(place)
        assert page.content.decode().count('name="cases"') == 2 and "ZARGHUNA" in text_of(page)
        day = (now() + dt.timedelta(days=9)).date()
        line = make.hours(first_on=day.isoformat(), last_on=day.isoformat(), closed_days="on")
        given = {f"hours.0.{name}": value for name, value in line.items()} | {"minutes": "۳۰", "pause": "10", "most_a_day": "12"}
        given |= {"language": "ja", "interpreter": "none", "cases": [str(one.pk) for one in Case.objects.all()]}
        wrong = client.post(place, given | {"hours.0.begins": "noon"})
        assert wrong.status_code == 422 and "noon" in wrong.content.decode() and not Timetable.objects.exists()
        assert client.post(place, given | {"cases": []}).status_code == 422
        made = client.post(place, given, follow=True)
        timetable = Timetable.objects.get()
        assert made.redirect_chain[-1][0] == f"/{language}/cases/timetables/{timetable.pk}/"
        assert "13:00 JST" in text_of(made) and "09:00 PKT" in text_of(made) and "13:40 JST" in text_of(made)
        table = client.get(f"/{language}/cases/timetables/{timetable.pk}/csv/")
        assert table.content.decode("utf-8-sig").count("ZARGHUNA KHAN") == 2
        sending = f"/{language}/cases/timetables/{timetable.pk}/send/"
        assert client.get(sending).status_code == 200
        done = client.post(sending, {"seen": timetable.version}, follow=True)
        assert done.status_code == 200 and Interview.objects.count() == 2
        sign_in(client, "employer", "jp:org:other", node="jp")
        for path in ("", "csv/", "send/", "withdraw/"):
            assert client.get(f"/{language}/cases/timetables/{timetable.pk}/{path}").status_code == 404
        assert client.get(place).status_code == 404
