"""Seats for demand, waiting for one, giving one back: on both nodes, and two people at once."""

from __future__ import annotations

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from django.db import connection, connections

from rahdari.base.actor import Actor
from rahdari.base.editions import current_book
from rahdari.base.models import Letter, OutboxEntry, Waiting
from rahdari.base.refusal import Refused
from rahdari.base.work import Missing, unit_of_work
from rahdari.domain.candidates.actions import bar_file
from rahdari.domain.exams import actions, inbox
from rahdari.domain.exams.models import Booking, Sitting
from rahdari.domain.exams.queries.demand import need_for, needs_now
from rahdari.domain.exams.queries.sittings import bookings_visible_to, roster_for, sittings_visible_to
from tests.make import candidates, jobs
from tests.make import exams as make
from tests.make.people import actor, bodies
from tests.make.statements import mailroom, told
from tests.make.two_nodes import two_nodes

pytestmark = pytest.mark.django_db
AT, STARTS_AT = make.AT, make.STARTS_AT
SKILL = "NURSING_CARE_SKILL"


@pytest.fixture
def corridor(settings):
    return two_nodes(settings)


def codes(wrong):
    return [one.code for one in wrong.value.refusals]


def seats(corridor, **told):
    with corridor.on("jp"):
        sitting = make.sitting(SKILL, **told)
    corridor.exchange(at=AT)
    return sitting


def person(corridor):
    with corridor.on("pk"):
        return candidates.file(tests=())


def bar(file, until):
    node = Actor("pk", "node", "pk", channel="mailroom")
    with unit_of_work("exams.mirror_voided", actor=node, at=AT) as unit:
        bar_file(actor=node, file_id=file.pk, until=until, at=AT)
        unit.about(file)


class TestDemand:
    def test_counts_attested_places_that_ask_for_the_test_and_no_others(self):
        book, today = current_book(), AT.date()
        jobs.demand(state="permitted")
        jobs.demand(state="filed", places=99)
        assert need_for(SKILL, "NURSING_CARE", book, today, AT).places == 12
        assert need_for("JLPT", "", book, today, AT).places == 0
        assert need_for(SKILL, "CONSTRUCTION", book, today, AT).places == 0

    def test_of_all_tests_is_the_same_as_of_each_and_costs_no_more_for_many(self, django_assert_num_queries):
        book, today = current_book(), AT.date()
        for made in ({"state": "permitted"}, {"state": "attested", "places": 7}, {"state": "filed", "places": 99}):
            jobs.demand(**made)
        make.sitting(SKILL)
        with django_assert_num_queries(2):
            needs = needs_now(book, today, AT)
        assert len(needs) > 1 and [(exam, field) for exam, field, _need in needs] == sorted(one[:2] for one in needs)
        for exam, field, need in needs:
            assert need == need_for(exam, field, book, today, AT)
        assert {exam: need.open_seats for exam, _field, need in needs}[SKILL] == 2

    def test_more_seats_than_it_needs_want_a_figure_with_its_source(self, settings):
        settings.RAHDARI_NODE, settings.RAHDARI_PARTNER = "jp", "pk"
        told = {"exam": SKILL, "field": "NURSING_CARE", "venue": "Lahore (invented)", "seats": 1, "starts_at": STARTS_AT}
        with pytest.raises(Refused) as wrong:
            actions.open_seats(actor=make.examiner(), **told, at=AT)
        assert codes(wrong) == ["over_demand"]
        sitting = actions.open_seats(actor=make.examiner(), **told, basis="Own survey (invented)", at=AT)
        assert (sitting.places, sitting.per_100, sitting.booking_until) == (0, 250, dt.date(2026, 12, 3))
        assert "survey" not in str(OutboxEntry.objects.get(type="exam.seats/1").content)


class TestBooking:
    def test_a_seat_out_of_a_file_merged_is_a_seat_for_the_test(self, corridor):
        ours = [seats(corridor, starts_at=STARTS_AT + dt.timedelta(days=day)) for day in (0, 1)]
        (worker, gone), (keeper, kept) = person(corridor), person(corridor)
        with corridor.on("pk"):
            actions.book_seat(actor=worker, sitting_id=ours[0].pk, at=AT)
            told = {"kept": kept.pk, "gone": gone.pk, "pseudonym": gone.pseudonym, "at": AT}
            actions.follow_booking(actor=Actor("pk", "node", "pk", channel="timetable"), **told)
            with pytest.raises(Refused) as wrong:
                actions.book_seat(actor=keeper, sitting_id=ours[1].pk, at=AT)
            assert codes(wrong) == ["booked_elsewhere"]


class TestWaitingForASeat:
    def test_the_first_who_waits_has_the_seat_that_is_given_back(self, corridor):
        sitting = seats(corridor, seats=1)
        (holder, _), (first, first_file), (second, _) = (person(corridor) for _ in range(3))
        with corridor.on("pk"):
            held = actions.book_seat(actor=holder, sitting_id=sitting.pk, at=AT)
            for number, one in enumerate((first, second)):
                actions.wait_for_seat(actor=one, sitting_id=sitting.pk, at=AT + dt.timedelta(minutes=number))
            assert sittings_visible_to(first).get().taken == 1
        corridor.exchange(at=AT)
        with corridor.on("jp"):
            assert Booking.objects.count() == 1  # of those who wait the examiner learns nothing
        with corridor.on("pk"):
            actions.cancel_seat(actor=holder, booking_id=held.pk, at=AT)
            states = {one.person: one.state for one in Booking.objects.all()}
            assert sorted(states.values()) == ["seat_booked", "seat_cancelled", "seat_waiting"]
            assert states[first_file.pseudonym] == "seat_booked"
            assert Letter.objects.get(template="exams/letters/moved_up").to_person == first.person
        corridor.exchange(at=AT)
        with corridor.on("jp"):
            (now_there,) = roster_for(make.examiner(), sitting.pk)
            assert (now_there.person, now_there.name) == (first_file.pseudonym, first_file.name)
            gone = Booking.objects.get(state="seat_cancelled")
            assert (gone.name, gone.birth_date, gone.passport_no) == (None, None, None)

    def test_whoever_may_not_sit_any_more_is_passed_over(self, corridor):
        sitting = seats(corridor, seats=1)
        (holder, _), (_barred, barred_file), (next_one, next_file) = (person(corridor) for _ in range(3))
        with corridor.on("pk"):
            held = actions.book_seat(actor=holder, sitting_id=sitting.pk, at=AT)
            actions.wait_for_seat(actor=_barred, sitting_id=sitting.pk, at=AT)
            actions.wait_for_seat(actor=next_one, sitting_id=sitting.pk, at=AT + dt.timedelta(minutes=1))
            bar(barred_file, dt.date(2027, 6, 1))
            actions.cancel_seat(actor=holder, booking_id=held.pk, at=AT)
            assert Booking.objects.get(person=next_file.pseudonym).state == "seat_booked"
            assert Booking.objects.get(person=barred_file.pseudonym).state == "seat_waiting"

    def test_nobody_waits_in_vain_behind_many_who_may_not_sit_any_more(self, corridor, monkeypatch):
        monkeypatch.setattr("rahdari.domain.exams.actions.booking.ASKED_AT_ONCE", 2)
        sitting = seats(corridor, seats=2)
        holders, waits = [person(corridor)[0] for _ in range(2)], [person(corridor) for _ in range(7)]
        may = {waits[5][1].pseudonym, waits[6][1].pseudonym}
        with corridor.on("pk"):
            held = [actions.book_seat(actor=one, sitting_id=sitting.pk, at=AT) for one in holders]
            for number, (one, _file) in enumerate(waits):
                actions.wait_for_seat(actor=one, sitting_id=sitting.pk, at=AT + dt.timedelta(minutes=number))
            for _one, file in waits[:5]:
                bar(file, dt.date(2027, 6, 1))
            for one, held_one in zip(holders, held, strict=True):
                actions.cancel_seat(actor=one, booking_id=held_one.pk, at=AT)
            assert set(Booking.objects.filter(state="seat_booked").values_list("person", flat=True)) == may
            assert Booking.objects.filter(state="seat_waiting").count() == 5

    def test_nobody_moves_up_after_booking_closed(self, corridor):
        sitting = seats(corridor, seats=1)
        (holder, _), (waits, _) = person(corridor), person(corridor)
        with corridor.on("pk"):
            held = actions.book_seat(actor=holder, sitting_id=sitting.pk, at=AT)
            actions.wait_for_seat(actor=waits, sitting_id=sitting.pk, at=AT)
            actions.cancel_seat(actor=holder, booking_id=held.pk, at=STARTS_AT - dt.timedelta(hours=1))
            assert Booking.objects.filter(state="seat_booked").count() == 0

    def test_is_refused_while_a_seat_is_free_and_twice(self, corridor):
        sitting = seats(corridor, seats=1)
        (holder, _), (waits, _) = person(corridor), person(corridor)
        with corridor.on("pk"):
            with pytest.raises(Refused) as wrong:
                actions.wait_for_seat(actor=waits, sitting_id=sitting.pk, at=AT)
            assert codes(wrong) == ["seats_free"]
            actions.book_seat(actor=holder, sitting_id=sitting.pk, at=AT)
            actions.wait_for_seat(actor=waits, sitting_id=sitting.pk, at=AT)
            with pytest.raises(Refused) as wrong:
                actions.wait_for_seat(actor=waits, sitting_id=sitting.pk, at=AT)
            assert codes(wrong) == ["waiting_already"]


class TestGivingASeatBack:
    def test_frees_it_on_both_nodes_and_it_can_be_booked_anew(self, corridor):
        sitting = seats(corridor, seats=1)
        worker, file = person(corridor)
        with corridor.on("pk"):
            held = actions.book_seat(actor=worker, sitting_id=sitting.pk, at=AT)
        corridor.exchange(at=AT)
        with corridor.on("pk"):
            actions.cancel_seat(actor=worker, booking_id=held.pk, at=AT)
            entry = OutboxEntry.objects.filter(type="journey.stage/1").order_by("id").last()
            assert (entry.content["step"], entry.content["details"]) == ("test_cancelled", {"booking": held.number})
            assert file.name not in str(entry.content)
        corridor.exchange(at=AT)
        with corridor.on("jp"):
            assert not Waiting.objects.filter(task="exams.record_results", closed_at=None).exists()
        with corridor.on("pk"):
            again = actions.book_seat(actor=worker, sitting_id=sitting.pk, at=AT)
            assert again.number != held.number
        corridor.exchange(at=AT)
        with corridor.on("jp"):
            assert [one.number for one in roster_for(make.examiner(), sitting.pk)] == [again.number]

    def test_of_another_is_refused_and_after_the_begin_too(self, corridor):
        sitting = seats(corridor)
        (worker, _), (other, _) = person(corridor), person(corridor)
        with corridor.on("pk"):
            held = actions.book_seat(actor=worker, sitting_id=sitting.pk, at=AT)
            for stranger in (other, actor("training_desk", "pk:org:school")):
                with pytest.raises(Refused) as wrong:
                    actions.cancel_seat(actor=stranger, booking_id=held.pk, at=AT)
                assert codes(wrong) == ["not_own_booking"]
                assert not bookings_visible_to(stranger).exists()
            with pytest.raises(Refused) as wrong:
                actions.cancel_seat(actor=worker, booking_id=held.pk, at=STARTS_AT)
            assert codes(wrong) == ["sitting_begun"]
            with pytest.raises(Refused) as wrong:
                actions.cancel_seat(actor=worker, booking_id=held.pk, seen=9, at=AT)
            assert codes(wrong) == ["stale"]

    def test_is_taken_up_from_whoever_told_the_booking_and_no_other(self, corridor):
        sitting = seats(corridor)
        worker, _file = person(corridor)
        with corridor.on("pk"):
            held = actions.book_seat(actor=worker, sitting_id=sitting.pk, at=AT)
            actions.cancel_seat(actor=worker, booking_id=held.pk, at=AT)
        said = corridor.said("pk")
        corridor.deliver("pk", at=AT)
        with corridor.on("pk"):
            statement = told(next(one for one in said if one.content["step"] == "test_cancelled"), "pk", "jp")
        other = replace(statement, data=statement.data | {"id": "0198c0de-0000-7000-8000-000000000000"})
        with corridor.on("jp"):
            for wrong in (other, replace(statement, sender="xx")):
                with pytest.raises(Missing):
                    inbox.test_cancelled(actor=mailroom("jp"), statement=wrong, at=AT)
            with pytest.raises(Refused) as refused:
                inbox.test_cancelled(actor=mailroom("jp"), statement=statement, at=AT)
            assert codes(refused) == ["wrong_state"]


@pytest.mark.django_db(transaction=True)
class TestTwoAtOnce:
    def both(self, *calls):
        """What two connections did at the same moment: `done`, or the codes of the refusal."""

        def one(call):
            try:
                call()
                return "done"
            except Refused as wrong:
                return wrong.refusals[0].code
            finally:
                connections.close_all()

        with ThreadPoolExecutor(len(calls)) as pool:
            return sorted(pool.map(one, calls))

    def sitting(self, settings, **told):
        settings.RAHDARI_NODE, settings.RAHDARI_PARTNER = "jp", "pk"
        made = make.sitting(SKILL, **told)
        settings.RAHDARI_NODE, settings.RAHDARI_PARTNER = "pk", "jp"
        return made

    def test_two_people_never_have_the_last_seat(self, settings):
        bodies("pk")
        sitting = self.sitting(settings, seats=1)
        people = [candidates.file(tests=())[0] for _ in range(2)]
        calls = [lambda who=who: actions.book_seat(actor=who, sitting_id=sitting.pk, at=AT) for who in people]
        assert self.both(*calls) == ["done", "full"]
        assert Booking.objects.filter(state="seat_booked").count() == 1

    def test_one_person_never_has_two_seats_of_a_test(self, settings):
        bodies("pk")
        ours = [self.sitting(settings, starts_at=STARTS_AT + dt.timedelta(days=day)) for day in (0, 1)]
        who, _file = candidates.file(tests=())
        calls = [lambda of=of: actions.book_seat(actor=who, sitting_id=of.pk, at=AT) for of in ours]
        assert self.both(*calls) == ["booked_elsewhere", "done"]
        assert Sitting.objects.filter(bookings__state="seat_booked").count() == 1
        assert connection.is_usable()

    def test_two_officers_never_record_one_result_twice(self, settings):
        settings.RAHDARI_NODE, settings.RAHDARI_PARTNER = "jp", "pk"
        opened = make.sitting(SKILL)
        booking = make.told_booking(opened)
        after = STARTS_AT + dt.timedelta(hours=2)
        line = make.result_line(booking)
        calls = [
            lambda who=who: actions.record_results(actor=who, sitting_id=opened.pk, results=[line], at=after)
            for who in (make.examiner(), make.examiner())
        ]
        assert self.both(*calls) == ["already_recorded", "done"]
        assert booking.results.count() == 1

    def test_two_officers_never_decide_one_proposal_twice(self, settings):
        settings.RAHDARI_NODE, settings.RAHDARI_PARTNER = "jp", "pk"
        voiding = make.voiding()
        number, late = voiding.results.get().result.booking.number, STARTS_AT + dt.timedelta(days=60)
        told = {"voiding_id": voiding.pk, "number": number, "heard": "said", "said": "No.", "on": late.date()}
        actions.record_hearing(actor=make.examiner(), **told, at=late)
        calls = [
            lambda who=who: actions.void_results(actor=who, voiding_id=voiding.pk, at=late)
            for who in (make.examiner(), make.examiner())
        ]
        assert self.both(*calls) == ["done", "wrong_state"]
        assert OutboxEntry.objects.filter(type="exam.voided/1").count() == 1
