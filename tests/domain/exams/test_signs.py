"""Signs of fraud on the examiner's node: run after a sitting, kept blind, seen by its officers alone; tests in figures."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from django.db import connection
from django.urls import reverse

from rahdari.base.actor import machine
from rahdari.base.clock import now
from rahdari.base.models import AuditEntry, OutboxEntry, Waiting
from rahdari.base.refusal import Refused
from rahdari.base.work import Missing
from rahdari.domain.exams import actions
from rahdari.domain.exams.models import Anomaly, Trace
from rahdari.domain.exams.queries.counts import venue_counts
from rahdari.domain.exams.queries.signs import rate_of, sign_for, signs_visible_to
from rahdari.domain.exams.rules.anomalies import Rate
from rahdari.project.reactions import run_rules_of_fraud
from tests.make import exams as make
from tests.make.people import actor, sign_in

pytestmark = pytest.mark.django_db
AT, STARTS_AT = make.AT, make.STARTS_AT
AFTER = STARTS_AT + dt.timedelta(hours=2)


def codes(wrong):
    return [one.code for one in wrong.value.refusals]


@pytest.fixture(autouse=True)
def jp(settings):
    settings.RAHDARI_NODE, settings.RAHDARI_PARTNER = "jp", "pk"


@pytest.fixture
def sat():
    """A sitting with three people, two of whom did it on one device."""
    sitting = make.sitting("NURSING_CARE_SKILL", seats=5)
    bookings = [make.told_booking(sitting, name=f"Invented Person {one}") for one in "ABC"]
    lines = [f"{one.number},{phone},tablet-7" for one, phone in zip(bookings[:2], ("03001234567", "03007654321"), strict=True)]
    table = "\n".join(["number,phone,device", *lines, f"{bookings[2].number},03009999999,tablet-8"]).encode()
    return sitting, bookings, table


def handed_in(sat):
    sitting, _bookings, table = sat
    actions.hand_in_traces(actor=make.examiner(), sitting_id=sitting.pk, content=table, at=AFTER)
    event = OutboxEntry.objects.get(kind="event", type="exams.traces_handed_in")
    return run_rules_of_fraud(actor=machine("jp", "timetable"), at=AFTER, **event.content)


class TestTraces:
    def test_are_kept_as_blind_marks_alone(self, sat):
        handed_in(sat)
        with connection.cursor() as cursor:
            cursor.execute("select marks::text from exams_trace")
            kept = " ".join(row[0] for row in cursor.fetchall())
        assert "tablet" not in kept and "1234567" not in kept
        assert "tablet" not in json.dumps(list(AuditEntry.objects.values_list("facts", flat=True)))
        assert "tablet" not in json.dumps(list(Anomaly.objects.values_list("measure", "about")))

    def test_handed_in_again_take_the_place_of_the_earlier_ones(self, sat):
        sitting, bookings, table = sat
        for content in (table, table.replace(b"tablet-8", b"tablet-9")):
            actions.hand_in_traces(actor=make.examiner(), sitting_id=sitting.pk, content=content, at=AFTER)
        assert Trace.objects.count() == len(bookings)

    def test_are_refused_from_another_before_the_sitting_and_for_strangers(self, sat):
        sitting, _bookings, table = sat
        told = {"sitting_id": sitting.pk, "content": table, "at": AFTER}
        for who, changed, code in (
            (make.examiner("jp:org:other"), {}, "not_own_sitting"),
            (make.examiner(), {"at": AT}, "before_sitting"),
            (make.examiner(), {"content": b"number,phone\nPK-NOBODY,1\n"}, "not_on_roster"),
        ):
            with pytest.raises(Refused) as wrong:
                actions.hand_in_traces(actor=who, **told | changed)
            assert codes(wrong) == [code]
        assert not Trace.objects.exists()


class TestASign:
    def test_is_found_once_and_put_before_the_examiner(self, sat):
        _sitting, bookings, _table = sat
        assert handed_in(sat) == 1
        sign = Anomaly.objects.get()
        assert (sign.rule, sign.numbers) == ("shared_device", sorted(one.number for one in bookings[:2]))
        waiting = Waiting.objects.get(task="exams.decide_anomaly")
        assert (waiting.holder_body, waiting.due_at is not None) == (make.BODY, True)
        assert actions.flag_anomaly(actor=machine("jp", "timetable"), sitting_id=sign.sitting_id, at=AFTER) == 0

    def test_that_is_open_follows_what_is_handed_in_later_and_a_decided_one_stays(self, sat):
        sitting, bookings, table = sat
        handed_in(sat)
        sign, three = Anomaly.objects.get(), table.replace(b"tablet-8", b"tablet-7")
        told = {"sitting_id": sitting.pk, "at": AFTER}
        for content, people in ((three, 3), (table, 2)):
            actions.hand_in_traces(actor=make.examiner(), content=content, **told)
            assert actions.flag_anomaly(actor=machine("jp", "timetable"), **told) == 0
            before, sign = sign.version, Anomaly.objects.get()
            assert (len(sign.numbers), sign.measure["people"], sign.version) == (people, people, before + 1)
        assert actions.flag_anomaly(actor=machine("jp", "timetable"), **told) == 0
        assert Anomaly.objects.get().version == sign.version  # nothing new, nothing written
        verdict = {"verdict": "anomaly_dismissed", "reason": "One hall, one tablet (invented)"}
        actions.decide_anomaly(actor=make.examiner(), anomaly_id=sign.pk, **verdict, at=AFTER)
        actions.hand_in_traces(actor=make.examiner(), content=three, **told)
        actions.flag_anomaly(actor=machine("jp", "timetable"), **told)
        assert len(Anomaly.objects.get().numbers) == 2

    def test_of_a_pass_rate_waits_for_the_last_result(self, monkeypatch):
        sitting = make.sitting("NURSING_CARE_SKILL", seats=50)
        bookings = [make.told_booking(sitting, name="Invented Person") for _ in range(20)]
        lines = [make.result_line(one, certificate_no=f"C-{at}") for at, one in enumerate(bookings)]
        monkeypatch.setattr("rahdari.domain.exams.actions.anomalies.rate_of", lambda _of: Rate(19, 20, 1, 1000))
        told = {"sitting_id": sitting.pk, "at": AFTER}
        for part, signs in ((lines[:19], 0), (lines[19:], 1)):
            actions.record_results(actor=make.examiner(), results=part, **told)
            assert actions.flag_anomaly(actor=machine("jp", "timetable"), **told) == signs

    def test_is_shown_before_those_that_are_decided(self):
        open_one = make.fraud_sign(at=AT - dt.timedelta(days=30))
        decided = {make.fraud_sign(at=AT - dt.timedelta(days=day)).pk: verdict
                   for day, verdict in ((20, "anomaly_upheld"), (10, "anomaly_dismissed"))}  # fmt: skip
        for pk, verdict in decided.items():
            actions.decide_anomaly(actor=make.examiner(), anomaly_id=pk, verdict=verdict, reason="So (invented)", at=AFTER)
        earlier, later = decided
        assert [one.pk for one in signs_visible_to(make.examiner())] == [open_one.pk, later, earlier]

    def test_is_looked_for_when_the_last_result_is_recorded(self, sat):
        sitting, bookings, _table = sat
        lines = [make.result_line(one, "fail") for one in bookings]
        actions.record_results(actor=make.examiner(), sitting_id=sitting.pk, results=lines, at=AFTER)
        assert OutboxEntry.objects.get(kind="event", type="exams.sitting_recorded").content == {"sitting": str(sitting.pk)}

    def test_is_seen_with_names_by_its_examiner_alone(self, sat):
        handed_in(sat)
        sign = Anomaly.objects.get()
        assert len(sign_for(make.examiner(), sign.pk).bookings) == 2
        for stranger in (make.examiner("jp:org:other"), actor("contact_point_jp", node="jp"), actor("field_ministry", node="jp")):
            assert not signs_visible_to(stranger).exists()
            with pytest.raises(Missing):
                sign_for(stranger, sign.pk)

    def test_is_decided_by_a_person_and_makes_no_result_void(self, sat):
        sitting, bookings, _table = sat
        lines = [make.result_line(one, certificate_no=f"C-{at}") for at, one in enumerate(bookings)]
        actions.record_results(actor=make.examiner(), sitting_id=sitting.pk, results=lines, at=AFTER)
        handed_in(sat)
        sign = Anomaly.objects.get()
        told = {"anomaly_id": sign.pk, "verdict": "anomaly_upheld", "reason": "Seen on the film (invented)"}
        with pytest.raises(Refused) as wrong:
            actions.decide_anomaly(actor=make.examiner("jp:org:other"), **told, at=AFTER)
        assert codes(wrong) == ["not_own_sitting"]
        with pytest.raises(Refused) as wrong:
            actions.decide_anomaly(actor=make.examiner(), **told, seen=9, at=AFTER)
        assert codes(wrong) == ["stale"]
        actions.decide_anomaly(actor=make.examiner(), **told, at=AFTER)
        assert not Waiting.objects.filter(task="exams.decide_anomaly", closed_at=None).exists()
        assert {one.result.state for one in bookings} == {"result_stands"}

    def test_the_history_is_of_the_same_test_and_place(self, sat):
        sitting, bookings, _table = sat
        lines = [make.result_line(bookings[0]), *(make.result_line(one, "fail") for one in bookings[1:])]
        actions.record_results(actor=make.examiner(), sitting_id=sitting.pk, results=lines, at=AFTER)
        later = make.sitting("NURSING_CARE_SKILL", starts_at=STARTS_AT + dt.timedelta(days=5))
        other = make.sitting("SSW1_SKILL", starts_at=STARTS_AT + dt.timedelta(days=5))
        assert rate_of(sitting) == Rate(1, 3, 0, 0)
        assert rate_of(later) == Rate(0, 0, 1, 3)
        assert rate_of(other) == Rate()

    @pytest.mark.parametrize("language", ["en", "ur", "ja"])
    def test_its_pages_open_in_every_language(self, client, sat, language):
        sitting, bookings, _table = sat
        lines = [make.result_line(one, certificate_no=f"C-{at}") for at, one in enumerate(bookings)]
        actions.record_results(actor=make.examiner(), sitting_id=sitting.pk, results=lines, at=AFTER)
        handed_in(sat)
        told = {"numbers": [bookings[0].number], "code": "proxy", "evidence": "Film (invented)", "invited_on": AFTER.date()}
        voiding = actions.ask_void(actor=make.examiner(), sitting_id=sitting.pk, **told, at=AFTER)
        sign_in(client, "exam_body", make.BODY, node="jp")
        for place in (
            reverse("exams.see_signs"), reverse("exams.see_anomaly", args=[Anomaly.objects.get().pk]),
            reverse("exams.decide_anomaly", args=[Anomaly.objects.get().pk]), reverse("exams.see_voiding", args=[voiding.pk]),
            reverse("exams.record_hearing", args=[voiding.pk]), reverse("exams.see_door", args=[sitting.pk]),
            reverse("exams.see_result", args=[bookings[0].result.pk]), reverse("exams.see_keys"),
            reverse("exams.ask_void", args=[sitting.pk]), reverse("exams.hand_in_traces", args=[sitting.pk]),
        ):  # fmt: skip
            page = client.get(place.replace("/en/", f"/{language}/"))
            assert page.status_code == 200, place
            assert f'lang="{language}"' in page.content.decode()


class TestFigures:
    def recorded(self, number):
        sitting = make.sitting("NURSING_CARE_SKILL", seats=9)
        bookings = [make.told_booking(sitting, name="Invented Person") for _ in range(number)]
        lines = [make.result_line(one, certificate_no=f"C-{at}") for at, one in enumerate(bookings)]
        actions.record_results(actor=make.examiner(), sitting_id=sitting.pk, results=lines, at=AFTER)

    def test_tell_no_result_of_a_few_people(self, settings):
        settings.RAHDARI_NODE = "jp"
        self.recorded(4)
        ministry = actor("test_ministry_pk", "TEST_MINISTRY_PK")
        (row,) = venue_counts(ministry, AT.date(), AFTER.date())
        assert (row.seats, row.taken, row.passed, row.void) == (9, 4, None, None)

    def test_of_enough_people_are_counted_and_within_the_days_alone(self):
        self.recorded(5)
        ministry = actor("test_ministry_pk", "TEST_MINISTRY_PK")
        (row,) = venue_counts(ministry, AT.date(), AFTER.date())
        assert (row.passed, row.failed, row.absent) == (5, 0, 0)
        assert venue_counts(ministry, AT.date(), AT.date()) == []

    def test_a_field_ministry_sees_its_own_fields_and_others_nothing(self):
        self.recorded(5)
        days = (AT.date(), AFTER.date())
        assert len(venue_counts(actor("field_ministry", "MHLW", node="jp"), *days)) == 1
        assert venue_counts(actor("field_ministry", "MLIT", node="jp"), *days) == []
        assert venue_counts(make.examiner(), *days) == []

    def test_leave_as_a_table_that_no_spreadsheet_runs(self, client):
        told = {"exam": "SSW1_SKILL", "field": "NURSING_CARE", "venue": "=1+1", "seats": 1, "basis": make.BASIS}
        actions.open_seats(actor=make.examiner(), **told, starts_at=now() + dt.timedelta(days=30), at=now())
        sign_in(client, "field_ministry", "MHLW", node="jp")
        answer = client.get(reverse("exams.see_exam_counts") + "?as=csv")
        assert b"'=1+1" in answer.content
        assert client.get(reverse("exams.see_exam_counts") + "?since=x&until=9999-99-99").status_code == 200
