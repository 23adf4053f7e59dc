"""The law of exams: opening seats, booking, results."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rahdari.base.reference import shipped_book
from rahdari.domain.exams.rules.booking import Asking, why_not_book_seat, why_not_mirror_booking, why_not_person, years_old
from rahdari.domain.exams.rules.results import (
    ResultLine,
    SectionScore,
    all_recorded,
    why_not_check,
    why_not_mirror_results,
    why_not_record_results,
)
from rahdari.domain.exams.rules.sittings import exam_row, levels_of, why_not_open_seats

BOOK = shipped_book()
TODAY = dt.date(2026, 11, 25)
AT = dt.datetime(2026, 11, 25, 3, 0, tzinfo=dt.UTC)
SAT_ON = dt.date(2026, 12, 10)
STARTS_AT = dt.datetime(2026, 12, 10, 1, 0, tzinfo=dt.UTC)


def codes(refusals):
    return [one.code for one in refusals]


def opening(**changed):
    told = {
        "exam": exam_row(BOOK, "NURSING_CARE_SKILL", SAT_ON), "field": "NURSING_CARE", "field_state": "open", "level": "",
        "levels": (), "seats": 30, "starts_at": STARTS_AT, "at": AT, "booking_until": dt.date(2026, 12, 3),
        "sat_on": SAT_ON, "today": TODAY,
    }  # fmt: skip
    return codes(why_not_open_seats(**told | changed))


class TestOpeningSeats:
    def test_is_allowed_for_a_test_of_an_open_field(self):
        assert opening() == []

    @pytest.mark.parametrize(
        ("changed", "code"),
        [
            ({"exam": None}, "exam_unknown"),
            ({"field": "CONSTRUCTION"}, "field_not_open"),
            ({"field_state": "suspended"}, "field_not_open"),
            ({"field_state": "ended"}, "field_not_open"),
            ({"seats": 0}, "seats_missing"),
            ({"starts_at": AT}, "sitting_too_soon"),
            ({"booking_until": dt.date(2026, 11, 24)}, "booking_outside"),
            ({"booking_until": dt.date(2026, 12, 11)}, "booking_outside"),
        ],
    )
    def test_says_why_not(self, changed, code):
        assert opening(**changed) == [code]

    def test_a_field_that_is_announced_to_stop_still_tests(self):
        assert opening(field_state="stop_announced") == []

    def test_a_language_test_needs_one_of_its_levels(self):
        exam, levels = exam_row(BOOK, "JFT_BASIC", SAT_ON), levels_of(BOOK, "JFT_BASIC", SAT_ON)
        told = {"exam": exam, "field": "", "field_state": "", "levels": levels}
        assert "JFT_A2" in levels
        assert opening(**told, level="JFT_A2") == []
        assert opening(**told, level="N1") == ["level_missing"]

    def test_a_waiver_is_no_test(self):
        assert exam_row(BOOK, "TITP2_GOOD", SAT_ON) is None


def booking(**changed):
    told = {
        "state": "seats_open", "booked": 3, "seats": 30, "booking_until": dt.date(2026, 12, 3), "today": TODAY,
        "starts_at": STARTS_AT, "at": STARTS_AT - dt.timedelta(days=7),
    }  # fmt: skip
    person = {"born": dt.date(2001, 3, 14), "min_age": 17, "booked_elsewhere": False, "barred_until": None} | changed
    asking = Asking(person["born"], person["barred_until"], person["booked_elsewhere"])
    told["against_person"] = why_not_person(asking, sat_on=SAT_ON, min_age=person["min_age"])
    return codes(why_not_book_seat(**told | {name: value for name, value in changed.items() if name in told}))


class TestBookingASeat:
    def test_is_allowed_until_the_last_day(self):
        assert booking() == []
        assert booking(today=dt.date(2026, 12, 3)) == []

    @pytest.mark.parametrize(
        ("changed", "code"),
        [
            ({"state": "sitting_recorded"}, "wrong_state"),
            ({"today": dt.date(2026, 12, 4)}, "booking_closed"),
            ({"booked": 30}, "full"),
            ({"booked_elsewhere": True}, "booked_elsewhere"),
            ({"born": dt.date(2009, 12, 11)}, "under_test_age"),
            ({"barred_until": dt.date(2026, 12, 11)}, "barred_until"),
        ],
    )
    def test_says_why_not(self, changed, code):
        assert booking(**changed) == [code]

    @pytest.mark.parametrize(("seconds", "against"), [(-1, []), (0, ["sitting_begun"]), (3600, ["sitting_begun"])])
    def test_on_the_last_day_the_begin_of_the_sitting_ends_it(self, seconds, against):
        told = {"booking_until": SAT_ON, "today": SAT_ON}
        assert booking(**told, at=STARTS_AT + dt.timedelta(seconds=seconds)) == against

    def test_after_the_last_day_that_alone_is_the_reason(self):
        assert booking(today=dt.date(2026, 12, 11), at=STARTS_AT + dt.timedelta(days=1)) == ["booking_closed"]

    def test_the_birthday_on_the_day_of_the_test_is_old_enough(self):
        assert booking(born=dt.date(2009, 12, 10)) == []

    def test_a_bar_ends_on_its_day(self):
        assert booking(barred_until=SAT_ON) == []

    def test_a_test_without_an_age_asks_none(self):
        assert booking(born=dt.date(2020, 1, 1), min_age=None) == []

    @given(st.dates(dt.date(1950, 1, 1), dt.date(2020, 1, 1)), st.integers(0, 90))
    def test_a_year_is_complete_on_the_birthday(self, born, years):
        if born.month == 2 and born.day == 29:
            return
        birthday = born.replace(year=born.year + years)
        assert years_old(born, birthday) == years
        assert years_old(born, birthday - dt.timedelta(days=1)) == years - 1

    def test_what_the_partner_tells_is_held_to_the_same_seats(self):
        told = {
            "state": "seats_open", "booked": 1, "seats": 1, "booking_until": TODAY, "on": TODAY, "known": False,
            "starts_at": STARTS_AT, "at": STARTS_AT - dt.timedelta(seconds=1),
        }  # fmt: skip
        assert codes(why_not_mirror_booking(**told)) == ["full"]
        assert codes(why_not_mirror_booking(**told | {"booked": 0, "at": STARTS_AT})) == ["sitting_begun"]
        late = {"booked": 0, "on": TODAY + dt.timedelta(days=1), "known": True}
        assert codes(why_not_mirror_booking(**told | late)) == ["already_known", "booking_closed"]


ROSTER = {"PK-1": "seat_booked", "PK-2": "seat_booked", "PK-3": "seat_recorded"}
PASS = ResultLine("PK-1", "pass", True, "C-1", (SectionScore("reading", 40, 60),))


def recording(*lines, at=STARTS_AT):
    return codes(why_not_record_results(starts_at=STARTS_AT, at=at, lines=lines, roster=ROSTER))


class TestRecordingResults:
    def test_is_allowed_from_the_begin_of_the_sitting(self):
        assert recording(PASS, ResultLine("PK-2", "no_show")) == []

    @pytest.mark.parametrize(
        ("line", "code"),
        [
            (ResultLine("PK-9", "pass", True, "C-9"), "not_on_roster"),
            (ResultLine("PK-3", "fail", True), "already_recorded"),
            (ResultLine("PK-1", "fail", False), "identity_not_checked"),
            (ResultLine("PK-1", "pass", True), "number_missing"),
            (ResultLine("PK-1", "perhaps", True), "outcome_missing"),
            (ResultLine("PK-1", "fail", True, "", (SectionScore("reading", 61, 60),)), "score_out_of_range"),
        ],
    )
    def test_says_why_not(self, line, code):
        assert recording(line) == [code]

    def test_not_before_the_sitting_and_not_nothing(self):
        assert recording(PASS, at=STARTS_AT - dt.timedelta(minutes=1)) == ["before_sitting"]
        assert recording() == ["results_missing"]

    def test_the_same_number_twice_is_refused_both_times(self):
        assert recording(PASS, PASS) == ["already_recorded", "already_recorded"]

    def test_knows_when_nobody_waits(self):
        assert all_recorded(["seat_recorded"])
        assert not all_recorded(ROSTER.values())

    def test_what_the_partner_tells_is_held_to_the_roster(self):
        lines = [ResultLine("PK-9", "pass"), ResultLine("PK-3", "pass"), ResultLine("PK-1", "pass")]
        assert codes(why_not_mirror_results(lines, ROSTER)) == ["not_on_roster", "already_recorded"]

    @pytest.mark.parametrize(
        ("changed", "code"),
        [
            ({"state": "result_stands"}, "wrong_state"),
            ({"same_person": True}, "four_eyes"),
            ({"number_agrees": False}, "certificate_differs"),
        ],
    )
    def test_a_certificate_is_checked_by_another_person_with_the_same_number(self, changed, code):
        told = {"state": "result_to_check", "same_person": False, "number_agrees": True}
        assert why_not_check(**told) == []
        assert codes(why_not_check(**told | changed)) == [code]
