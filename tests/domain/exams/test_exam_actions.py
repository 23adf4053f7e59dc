"""Seats, bookings, results: who may, on which node, what is left behind, and what the other node takes up."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from django.db import connection

from rahdari.base.clock import ZONES
from rahdari.base.models import AuditEntry, OutboxEntry, Waiting
from rahdari.base.refusal import Refused
from rahdari.base.work import Missing
from rahdari.domain.candidates.actions import give_consent
from rahdari.domain.candidates.models import Qualification
from rahdari.domain.exams import actions
from rahdari.domain.exams.models import Booking, Result, Sitting
from rahdari.domain.exams.queries import bookings_visible_to, result_for, roster_for, sittings_visible_to
from rahdari.domain.exams.rules.results import ResultLine
from rahdari.domain.jobs.rules.papers import Paper
from tests.make import candidates, jobs
from tests.make import exams as make
from tests.make.people import actor, organisation
from tests.make.statements import SCHEMAS
from tests.make.two_nodes import two_nodes

pytestmark = pytest.mark.django_db
AT, STARTS_AT = make.AT, make.STARTS_AT
AFTER = STARTS_AT + dt.timedelta(hours=2)


@pytest.fixture
def jp(settings):
    settings.RAHDARI_NODE, settings.RAHDARI_PARTNER = "jp", "pk"


@pytest.fixture
def corridor(settings):
    return two_nodes(settings)


def codes(wrong):
    return [one.code for one in wrong.value.refusals]


def seats(corridor, **told):
    """Seats known on both nodes."""
    with corridor.on("jp"):
        sitting = make.sitting("NURSING_CARE_SKILL", **told)
    corridor.exchange(at=AT)
    return sitting


def booked(corridor, sitting, **told):
    """A worker with a seat known on both nodes."""
    with corridor.on("pk"):
        worker, file = candidates.file(tests=(), **told)
        booking = actions.book_seat(actor=worker, sitting_id=sitting.pk, at=AT)
    corridor.exchange(at=AT)
    return worker, file, booking


class TestOpenSeats:
    def test_leaves_the_sitting_and_a_public_statement(self, jp):
        sitting = make.sitting("NURSING_CARE_SKILL")
        entry = OutboxEntry.objects.get(kind="statement")
        SCHEMAS["exam.seats/1"].validate(entry.content)
        assert (entry.marking["level"], entry.thread, sitting.home) == ("public", sitting.pk, "jp")
        assert AuditEntry.objects.filter(verb="exams.open_seats").count() == 1

    def test_refuses_the_other_node_and_another_role(self):
        with pytest.raises(Refused) as wrong:
            make.sitting(by=make.examiner(node="pk"))
        assert codes(wrong) == ["wrong_node"]
        with pytest.raises(Refused) as wrong:
            make.sitting(by=replace(make.examiner(), role="employer"))
        assert codes(wrong) == ["not_permitted"]

    def test_refuses_a_field_that_is_stopped(self, jp):
        with pytest.raises(Refused) as wrong:
            make.sitting("SSW1_SKILL", "FOOD_SERVICE")
        assert codes(wrong) == ["field_not_open"]


class TestBookSeat:
    def test_tells_the_exam_body_alone_who_will_come_and_nothing_of_a_case(self, corridor):
        sitting = seats(corridor)
        worker, file, booking = booked(corridor, sitting)
        with corridor.on("pk"):
            entry = OutboxEntry.objects.get(type="journey.stage/1")
            assert set(entry.marking["bodies"]) == {"CONTACT_JP", make.BODY}
            assert set(entry.content["details"]) == {"sitting", "booking", "name", "birth_date", "passport_no"}
            assert entry.content["id"] == str(file.pseudonym)
            assert file.cnic not in str(entry.content)
            assert list(bookings_visible_to(worker)) == [booking]
        with corridor.on("jp"):
            mirror = Booking.objects.get()
            assert (mirror.name, mirror.birth_date, mirror.passport_no) == (file.name, "2001-03-14", file.passport_no)
            waiting = Waiting.objects.get(task="exams.record_results")
            assert (waiting.holder_body, waiting.due_at is not None) == (make.BODY, True)

    def test_keeps_the_identity_for_the_door_closed_at_rest(self, corridor):
        _worker, file, _booking = booked(corridor, seats(corridor))
        with corridor.on("jp"), connection.cursor() as cursor:
            cursor.execute("select name, birth_date, passport_no from exams_booking")
            assert all(file.name.encode() not in bytes(value) for value in cursor.fetchone())

    def test_refuses_a_second_seat_for_the_same_test_and_a_full_sitting(self, corridor):
        first, second = seats(corridor, seats=1), seats(corridor, starts_at=STARTS_AT + dt.timedelta(days=1))
        worker, _file, _booking = booked(corridor, first)
        with corridor.on("pk"):
            with pytest.raises(Refused) as wrong:
                actions.book_seat(actor=worker, sitting_id=second.pk, at=AT)
            assert codes(wrong) == ["booked_elsewhere"]
            other, _file = candidates.file(tests=())
            with pytest.raises(Refused) as wrong:
                actions.book_seat(actor=other, sitting_id=first.pk, at=AT)
            assert codes(wrong) == ["full"]

    def test_on_the_day_itself_is_open_until_the_sitting_begins(self, corridor):
        with corridor.on("jp"):
            told = {"exam": "NURSING_CARE_SKILL", "field": "NURSING_CARE", "venue": "Lahore (invented)", "seats": 2}
            told["basis"] = make.BASIS
            # 00:30 in Tokyo is 20:30 of the day before in Karachi, and 15:30 of it in UTC.
            begin = dt.datetime(2026, 12, 10, 0, 30, tzinfo=ZONES["jp"])
            last = dt.date(2026, 12, 10)
            sitting = actions.open_seats(actor=make.examiner(), **told, starts_at=begin, booking_until=last, at=AT)
        corridor.exchange(at=AT)
        before = begin - dt.timedelta(milliseconds=1)
        with corridor.on("pk"):
            early, late = candidates.file(tests=())[0], candidates.file(tests=())[0]
            for moment in (begin, begin + dt.timedelta(hours=1)):
                with pytest.raises(Refused) as wrong:
                    actions.book_seat(actor=late, sitting_id=sitting.pk, at=moment)
                assert codes(wrong) == ["sitting_begun"]
            booking = actions.book_seat(actor=early, sitting_id=sitting.pk, at=before)
            assert booking.booked_on == dt.date(2026, 12, 9)
        corridor.exchange(at=before)
        with corridor.on("jp"):
            assert Booking.objects.get().number == booking.number

    def test_refuses_who_is_too_young_for_the_test(self, corridor):
        sitting = seats(corridor)
        with corridor.on("pk"):
            young, _file = candidates.file(tests=(), birth_date="2010-01-01")
            with pytest.raises(Refused) as wrong:
                actions.book_seat(actor=young, sitting_id=sitting.pk, at=AT)
        assert codes(wrong) == ["under_test_age"]

    def test_an_office_books_only_for_a_file_it_may_see(self, corridor):
        sitting = seats(corridor)
        with corridor.on("pk"):
            worker, file = candidates.file(tests=())
            school = actor("training_desk", "pk:org:school")
            with pytest.raises(Missing):
                actions.book_seat(actor=school, sitting_id=sitting.pk, file_id=file.pk, at=AT)
            give_consent(actor=worker, purpose="show_file", body="pk:org:school", at=AT)
            booking = actions.book_seat(actor=school, sitting_id=sitting.pk, file_id=file.pk, at=AT)
            assert (booking.file, booking.booked_for) == (file, "pk:org:school")

    def test_refuses_japans_node(self, jp):
        sitting = make.sitting()
        with pytest.raises(Refused) as wrong:
            actions.book_seat(actor=make.examiner(), sitting_id=sitting.pk, at=AT)
        assert set(codes(wrong)) == {"wrong_node", "not_permitted"}


class TestRecordResults:
    def test_a_pass_is_written_into_the_file_of_the_person_on_the_other_node(self, corridor):
        sitting = seats(corridor)
        _worker, file, booking = booked(corridor, sitting)
        with corridor.on("jp"):
            done = actions.record_results(
                actor=make.examiner(), sitting_id=sitting.pk, results=[make.result_line(booking)], at=AFTER
            )
            assert done.state == "sitting_recorded"
            assert not Waiting.objects.filter(task="exams.record_results", closed_at=None).exists()
            entry = OutboxEntry.objects.get(type="exam.results/1")
            assert file.name not in str(entry.content)
        corridor.exchange(at=AFTER)
        with corridor.on("pk"):
            passed = Qualification.objects.get(file=file)
            assert (passed.exam, passed.source, passed.certificate_no) == ("NURSING_CARE_SKILL", "system", "C-1")
            assert Result.objects.get().pk == passed.result
            assert Sitting.objects.get().state == "sitting_recorded"

    def test_a_failure_is_told_and_leaves_no_qualification(self, corridor):
        sitting = seats(corridor)
        _worker, _file, booking = booked(corridor, sitting)
        with corridor.on("jp"):
            lines = [ResultLine(booking.number, "fail", True)]
            actions.record_results(actor=make.examiner(), sitting_id=sitting.pk, results=lines, at=AFTER)
        corridor.exchange(at=AFTER)
        with corridor.on("pk"):
            assert Result.objects.get().outcome == "fail"
            assert not Qualification.objects.exists()

    def test_results_are_seen_by_whoever_booked_and_by_the_contact_point(self, corridor):
        sitting = seats(corridor)
        with corridor.on("pk"):
            worker, file = candidates.file(tests=())
            give_consent(actor=worker, purpose="show_file", body="pk:org:school", at=AT)
            school = actor("training_desk", "pk:org:school")
            booking = actions.book_seat(actor=school, sitting_id=sitting.pk, file_id=file.pk, at=AT)
        corridor.exchange(at=AT)
        with corridor.on("jp"):
            actions.record_results(actor=make.examiner(), sitting_id=sitting.pk, results=[make.result_line(booking)], at=AFTER)
            entry = OutboxEntry.objects.get(type="exam.results/1")
            assert set(entry.marking["bodies"]) == {"CONTACT_PK", "pk:org:school"}

    def test_refuses_another_examiner_and_before_the_sitting(self, corridor):
        sitting = seats(corridor)
        _worker, _file, booking = booked(corridor, sitting)
        with corridor.on("jp"):
            lines = [make.result_line(booking)]
            with pytest.raises(Refused) as wrong:
                actions.record_results(actor=make.examiner("jp:org:other"), sitting_id=sitting.pk, results=lines, at=AFTER)
            assert codes(wrong) == ["not_own_sitting"]
            with pytest.raises(Refused) as wrong:
                actions.record_results(actor=make.examiner(), sitting_id=sitting.pk, results=lines, at=AT)
            assert codes(wrong) == ["before_sitting"]
            with pytest.raises(Refused) as wrong:
                actions.record_results(actor=make.examiner(), sitting_id=sitting.pk, results=lines, seen=7, at=AFTER)
            assert codes(wrong) == ["stale"]

    def test_the_same_results_told_again_are_refused(self, corridor):
        sitting = seats(corridor)
        _worker, _file, booking = booked(corridor, sitting)
        with corridor.on("jp"):
            actions.record_results(actor=make.examiner(), sitting_id=sitting.pk, results=[make.result_line(booking)], at=AFTER)
        corridor.exchange(at=AFTER)
        corridor.carried.clear()
        corridor.deliver("jp", at=AFTER)
        assert [one.refusals[0].code for _type, one in corridor.refused] == ["already_known", "already_recorded"]

    def test_a_roster_is_its_examiners_alone(self, corridor):
        sitting = seats(corridor)
        booked(corridor, sitting)
        with corridor.on("jp"):
            assert len(roster_for(make.examiner(), sitting.pk)) == 1
            for other in (make.examiner("jp:org:other"), actor("contact_point_jp", node="jp")):
                with pytest.raises(Missing):
                    roster_for(other, sitting.pk)


class TestSeats:
    def test_are_seen_by_anyone_on_both_nodes(self, corridor):
        sitting = seats(corridor)
        for node in ("pk", "jp"):
            with corridor.on(node):
                nobody = replace(make.examiner(node=node), role="public", body="", person=None)
                assert [one.pk for one in sittings_visible_to(nobody)] == [sitting.pk]


def certificate(**changed):
    """A test entered from its certificate, on Pakistan's node alone."""
    worker, file = candidates.file(tests=())
    organisation("TRAINING_BODY", "pk:org:school")
    give_consent(actor=worker, purpose="show_file", body="pk:org:school", at=AT)
    told = {
        "file_id": file.pk, "exam": "NURSING_CARE_SKILL", "field": "NURSING_CARE", "on": dt.date(2026, 11, 20),
        "certificate_no": "C-7", "paper": jobs.paper(AT),
    }  # fmt: skip
    school = actor("training_desk", "pk:org:school")
    return school, actions.record_certificate(actor=school, **told | changed, at=AT)


class TestACertificateFromPaper:
    def test_counts_once_the_protector_typed_the_same_number(self):
        _school, result = certificate()
        assert not Qualification.objects.exists()
        assert Waiting.objects.get(task="exams.check_certificate").holder_body == "PROTECTOR"
        actions.check_certificate(actor=jobs.protector(), result_id=result.pk, certificate_no="C-7", at=AT)
        assert Qualification.objects.get().source == "paper"
        assert not Waiting.objects.filter(closed_at=None).exists()

    def test_does_not_count_with_another_number(self):
        _school, result = certificate()
        with pytest.raises(Refused) as wrong:
            actions.check_certificate(actor=jobs.protector(), result_id=result.pk, certificate_no="C-8", at=AT)
        assert codes(wrong) == ["certificate_differs"]
        assert not Qualification.objects.exists()

    @pytest.mark.parametrize(
        ("changed", "code"),
        [
            ({"exam": "NOPE"}, "exam_unknown"),
            ({"field": "CONSTRUCTION"}, "field_not_open"),
            ({"certificate_no": " "}, "number_missing"),
            ({"on": dt.date(2026, 11, 26)}, "date_in_future"),
            ({"paper": None}, "scan_missing"),
            ({"paper": Paper(None, dt.date(2026, 11, 25), "Invented")}, "scan_missing"),
        ],
    )
    def test_refuses_what_is_not_whole(self, changed, code):
        with pytest.raises(Refused) as wrong:
            certificate(**changed)
        assert codes(wrong) == [code]
        assert not Result.objects.exists()

    def test_is_entered_by_a_training_desk_and_checked_by_a_protector(self):
        school, result = certificate()
        with pytest.raises(Refused) as wrong:
            actions.check_certificate(actor=school, result_id=result.pk, certificate_no="C-7", at=AT)
        assert codes(wrong) == ["not_permitted"]
        assert result_for(school, result.pk) == result
        with pytest.raises(Missing):
            result_for(jobs.promoter(), result.pk)
