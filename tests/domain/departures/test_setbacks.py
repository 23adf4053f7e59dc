"""What goes wrong on the way: who may say it, what is left behind, what the other node takes up, how it is put right."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.urls import reverse

from rahdari.base.models import AuditEntry, OutboxEntry, Waiting
from rahdari.base.refusal import Refused
from rahdari.base.work import Missing
from rahdari.domain.departures import actions
from rahdari.domain.departures.models import Departure, Passenger
from rahdari.domain.departures.rules.setbacks import MISSED_BECAUSE, why_not_miss_flight, why_not_report_no_arrival
from rahdari.domain.placements.models import StationEvent
from rahdari.project import timetable
from tests.journeys.test_thread_pages import signed_in
from tests.make import jobs
from tests.make.people import actor
from tests.make.statements import SCHEMAS
from tests.make.thread import AIRPORT, HANEDA, alone, at, both, on
from tests.make.two_nodes import two_nodes

DAY = dt.timedelta(days=1)


@pytest.fixture
def story(settings):
    return both(two_nodes(settings))


def codes(wrong):
    return [one.code for one in wrong.value.refusals]


def state(story, node):
    with story.on(node):
        return Departure.objects.get().state


def waits(story, node):
    """What waits on a node: task and holder."""
    with story.on(node):
        return dict(Waiting.objects.filter(closed_at=None).values_list("task", "holder_body"))


def said(story, node, step):
    """The statement of a step, as its node wrote it."""
    with story.on(node):
        entry = OutboxEntry.objects.filter(type="journey.stage/1", content__step=step).latest("id")
    SCHEMAS[entry.type].validate(entry.content)
    return entry


def page(story, node, role, body=None, *, moment):
    """The page of the departure in the reader's hands."""
    with time_machine.travel(moment, tick=False), story.on(node):
        return signed_in(story, role, body, node).get(reverse("departures.see_departure", args=[story.case_id])).content.decode()


class TestWhyNoFlightWasMissed:
    today = on("departed")

    @pytest.mark.parametrize(
        ("changed", "code"),
        [
            ({"listed": False}, "not_on_manifest"),
            ({"state": "departed"}, "wrong_state"),
            ({"state": "flight_missed"}, "wrong_state"),
            ({"code": "tired"}, "reason_missing"),
            ({"next_on": today - DAY}, "next_flight_before"),
        ],
    )
    def test_says_what_is_wrong(self, changed, code):
        told = {"state": "flight_booked", "listed": True, "code": "ill", "on": self.today, "next_on": self.today}
        assert why_not_miss_flight(**told) == []
        assert [one.code for one in why_not_miss_flight(**told | changed)] == [code]


@pytest.mark.django_db
class TestAMissedFlight:
    def miss(self, story, **changed):
        with story.on("pk"):
            told = {"case_id": story.case_id, "code": "ill", "at": at("departed")} | changed
            actor = told.pop("actor", None) or story.who("promoter_clerk", jobs.PROMOTER)
            return actions.record_flight_missed(actor=actor, **told)

    @pytest.mark.sure
    def test_is_told_and_the_person_flies_with_another(self, story):
        story.go("flight_booked")
        self.miss(story, next_on=on("departed") + 2 * DAY)
        story.corridor.exchange(at=at("departed"))
        assert (state(story, "pk"), state(story, "jp")) == ("flight_missed", "flight_missed")
        assert waits(story, "pk") == {"departures.build_manifest": jobs.PROMOTER}
        entry = said(story, "pk", "flight_missed")
        assert entry.content["details"] == {"code": "ill", "next": "2027-03-22"}
        assert set(entry.marking["bodies"]) == {"CONTACT_JP", jobs.EMPLOYER}
        for node, role, body in (("pk", "worker", None), ("jp", "employer", jobs.EMPLOYER)):
            assert "fell ill" in page(story, node, role, body, moment=at("departed")), node
            with story.on(node):
                passenger = Passenger.objects.get()
                assert (passenger.missed_because, passenger.missed_on) == ("ill", on("departed"))
        with story.on("pk"):
            assert AuditEntry.objects.filter(verb="departures.record_flight_missed").count() == 1
            leaves = at("departed") + 2 * DAY
            told = {"flight": "PK852", "leaves_from": AIRPORT, "airport": HANEDA, "leaves_at": leaves}
            clerk = story.who("promoter_clerk", jobs.PROMOTER)
            eta = leaves + dt.timedelta(hours=14)
            actions.build_manifest(actor=clerk, case_ids=[story.case_id], **told, eta=eta, at=at("departed"))
        story.corridor.exchange(at=at("departed"))
        for node in ("pk", "jp"):
            with story.on(node):
                assert Passenger.objects.count() == 2
                assert Passenger.objects.get(missed_because="").manifest.flight == "PK852"
            assert "fell ill" not in page(
                story, node, *(("worker",) if node == "pk" else ("employer", jobs.EMPLOYER)), moment=leaves
            )
        with story.on("pk"):
            actions.record_departure(actor=story.who("protector", office="PEW"), case_id=story.case_id, at=leaves)
        story.corridor.exchange(at=leaves)
        with story.on("jp"):
            assert Passenger.objects.get(missed_because="").departed_on == leaves.date()
            assert Passenger.objects.exclude(missed_because="").get().departed_on is None

    def test_is_for_the_airport_desk_and_the_own_clerk_once(self, story):
        story.go("flight_booked")
        with pytest.raises(Missing):
            self.miss(story, actor=actor("promoter_clerk", "pk:org:other"))
        for other in (
            actor("promoter_manager", jobs.PROMOTER),
            story.people["worker"],
            story.who("employer", jobs.EMPLOYER, "jp"),
        ):
            with pytest.raises((Refused, Missing)):
                self.miss(story, actor=other)
        with story.on("pk"):
            assert not StationEvent.objects.filter(step="flight_missed").exists()
            seen = Departure.objects.get().version
        self.miss(story, seen=seen, actor=story.who("protector", office="PEW"))
        with pytest.raises(Refused) as wrong:
            self.miss(story, seen=seen)
        assert codes(wrong) == ["stale"]

    def test_leaves_a_revoked_and_renewed_clearance_to_be_booked_again(self, settings):
        """Whoever was booked before the clearance was revoked is put on another flight after a new one."""
        story = alone().go("flight_booked")
        first, second = (actor("protector", office="PEW") for _ in range(2))
        told = {"case_id": story.case_id, "at": at("flight_booked")}
        actions.propose_revocation(actor=first, **told, code="terms_differ", heard_on=on("flight_booked"))
        actions.revoke_clearance(actor=second, **told)
        for step in ("registration_applied", "registered", "flight_booked"):
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr("tests.make.thread.at", lambda _step: at("flight_booked") if _step != "departed" else at(_step))
                story.take(step)
        assert [one.missed_because for one in Passenger.objects.order_by("id")] == ["rebooked", ""]

    @pytest.mark.parametrize("code", MISSED_BECAUSE)
    def test_every_reason_fits_into_its_column(self, code):
        assert len(code) <= Passenger._meta.get_field("missed_because").max_length


class TestWhyNobodyIsSaidToBeMissing:
    eta = at("arrived")

    @pytest.mark.parametrize(
        ("changed", "code"),
        [
            ({"state": "flight_booked"}, "not_departed"),
            ({"state": "arrived"}, "wrong_state"),
            ({"state": "not_arrived"}, "wrong_state"),
            ({"at": eta - dt.timedelta(seconds=1)}, "eta_not_passed"),
            ({"eta": None}, "eta_not_passed"),
            ({"last_known": "moon"}, "reason_missing"),
        ],
    )
    def test_says_what_is_wrong(self, changed, code):
        told = {"state": "departed", "last_known": "landed", "eta": self.eta, "at": self.eta}
        assert why_not_report_no_arrival(**told) == []
        assert [one.code for one in why_not_report_no_arrival(**told | changed)] == [code]


@pytest.mark.django_db
class TestNobodyArrives:
    landed = at("departed") + dt.timedelta(hours=14)

    def report(self, story, who, *, moment):
        with story.on("jp"):
            return actions.report_no_arrival(actor=who, case_id=story.case_id, last_known="landed", at=moment)

    @pytest.mark.sure
    def test_the_employer_says_so_and_both_contact_points_look_until_the_person_is_there(self, story):
        story.go("departed")
        employer = story.who("employer", jobs.EMPLOYER, "jp")
        with pytest.raises(Refused) as wrong:
            self.report(story, employer, moment=self.landed - dt.timedelta(minutes=1))
        assert codes(wrong) == ["eta_not_passed"]
        for other in (actor("employer", "jp:org:other", node="jp"), story.who("support_org", "jp:org:rso", "jp")):
            with pytest.raises((Refused, Missing)):
                self.report(story, other, moment=self.landed)
        self.report(story, employer, moment=self.landed)
        story.corridor.exchange(at=self.landed)
        assert (state(story, "pk"), state(story, "jp")) == ("not_arrived", "not_arrived")
        entry = said(story, "jp", "not_arrived")
        assert entry.content["details"] == {"last_known": "landed"}
        assert set(entry.marking["bodies"]) == {"CONTACT_PK", jobs.PROMOTER, "PROTECTOR", "CWA"}
        assert waits(story, "jp") == {"departures.confirm_arrival": jobs.EMPLOYER, "departures.trace_person": "CONTACT_JP"}
        assert waits(story, "pk") == {"departures.trace_person": "CONTACT_PK"}
        for node, role in (("pk", "contact_point_pk"), ("jp", "contact_point_jp")):
            assert "landed, but not met" in page(story, node, role, moment=self.landed), node
        story.take("arrived")
        for node in ("pk", "jp"):
            assert state(story, node) == "arrived"
            assert "departures.trace_person" not in waits(story, node)

    def test_the_node_says_so_when_nobody_confirmed_in_time(self, story):
        story.go("departed")
        last = dt.datetime(2027, 3, 24, 14, 59, 59, tzinfo=dt.UTC)  # three days after the landing, by Japan's calendar
        with story.on("pk"):
            assert timetable.watch_arrivals(at=last + 2 * DAY) == 0
        with story.on("jp"):
            assert timetable.watch_arrivals(at=last - dt.timedelta(minutes=1)) == 0
            assert timetable.watch_arrivals(at=last + dt.timedelta(seconds=2)) == 1
            assert timetable.watch_arrivals(at=last + dt.timedelta(seconds=3)) == 0
        story.corridor.exchange(at=last + DAY)
        assert state(story, "pk") == "not_arrived"
        entry = said(story, "jp", "not_arrived")
        assert (entry.content["details"], entry.content["acting"]) == ({"last_known": "boarded"}, "CONTACT_JP")

    def test_is_contested_where_pakistan_holds_a_paper_of_the_arrival(self, story):
        story.go("departed")
        with story.on("pk"):
            told = {"case_id": story.case_id, "airport": HANEDA, "paper": jobs.paper(self.landed, number="")}
            actions.confirm_arrival(actor=story.who("attache", "CWA"), **told, at=self.landed)
        self.report(story, story.who("employer", jobs.EMPLOYER, "jp"), moment=self.landed)
        story.corridor.exchange(at=self.landed)
        with story.on("pk"):
            assert Departure.objects.get().state == "arrived"
            assert StationEvent.objects.get(step="arrived").contested_by is not None
