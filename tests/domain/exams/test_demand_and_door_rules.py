"""The law of exams: seats for demand, the door, corrections, signed files."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rahdari.base.reference import shipped_book
from rahdari.base.refusal import Refused
from rahdari.domain.exams.rules.demand import Need, why_not_for_demand
from rahdari.domain.exams.rules.door import why_not_check_identity
from rahdari.domain.exams.rules.figures import figure
from rahdari.domain.exams.rules.levels import least_score, why_not_level
from rahdari.domain.exams.rules.result_files import key_typed, lines_of, signed_file, why_not_signed
from rahdari.domain.exams.rules.results import (
    ResultLine,
    SectionScore,
    certificate_key,
    seen_at_door,
    why_not_correct,
    why_not_record_results,
)
from rahdari.domain.exams.rules.sittings import last_day_of_booking
from rahdari.seals.forms import encode
from tests.make.exams import signed_csv, signed_json, signing_key

BOOK, DAY = shipped_book(), dt.date(2026, 11, 25)
STARTS_AT = dt.datetime(2026, 12, 10, 1, 0, tzinfo=dt.UTC)
SITTING = "0198c0de-0000-7000-8000-000000000001"


def codes(refusals):
    return [one.code for one in refusals]


class TestSeatsForDemand:
    def test_are_the_places_times_the_figure_less_what_is_open(self):
        need = Need(places=12, per_100=250, open_seats=10)
        assert (need.wanted, need.left) == (30, 20)
        assert why_not_for_demand(20, need, "") == []
        assert codes(why_not_for_demand(21, need, " ")) == ["over_demand"]
        assert why_not_for_demand(500, need, "Pass rate one in ten, Hoshi Tests (invented), 2026") == []

    @given(st.integers(0, 10**6), st.integers(1, 1000), st.integers(0, 10**7))
    def test_never_fall_short_by_rounding_and_never_below_none(self, places, per_100, open_seats):
        need = Need(places, per_100, open_seats)
        assert need.wanted * 100 >= places * per_100 > (need.wanted - 1) * 100 or places == 0
        assert need.left >= 0

    def test_the_figure_of_a_test_goes_before_the_general_one(self):
        assert figure(BOOK, "seats_per_100_places", DAY, "JFT_BASIC") != figure(BOOK, "seats_per_100_places", DAY)
        assert figure(BOOK, "seats_per_100_places", DAY, "SSW1_SKILL") == figure(BOOK, "seats_per_100_places", DAY)
        with pytest.raises(LookupError):
            figure(BOOK, "no_such_figure", DAY)

    def test_booking_ends_a_week_before_but_not_before_today(self):
        assert last_day_of_booking(dt.date(2026, 12, 10), DAY, 7) == dt.date(2026, 12, 3)
        assert last_day_of_booking(dt.date(2026, 11, 27), DAY, 7) == DAY


def door(**changed):
    told = {
        "state": "seat_booked",
        "starts_at": STARTS_AT,
        "at": STARTS_AT,
        "hours_before": 3,
        "door": "door_checked",
        "reason": "",
    }
    return codes(why_not_check_identity(**told | changed))


class TestTheDoor:
    def test_opens_some_hours_before_and_stays_open_until_the_result(self):
        assert door(at=STARTS_AT - dt.timedelta(hours=3)) == []
        assert door(at=STARTS_AT - dt.timedelta(hours=3, seconds=1)) == ["door_not_open"]
        assert door(state="seat_recorded") == ["door_closed"]

    def test_turns_nobody_away_without_a_reason(self):
        assert door(door="door_turned_away") == ["reason_missing"]
        assert door(door="door_turned_away", reason="because") == ["reason_missing"]
        assert door(door="door_turned_away", reason="another_face") == []
        assert door(door="") == ["door_missing"]

    def test_is_the_word_that_counts_in_the_results(self):
        told = {"starts_at": STARTS_AT, "at": STARTS_AT, "roster": {"PK-1": "seat_booked"}}
        passed = ResultLine("PK-1", "pass", True, "C-1")
        assert codes(why_not_record_results(**told, lines=[passed], door={"PK-1": "door_turned_away"})) == ["turned_away"]
        assert seen_at_door(ResultLine("PK-1", "fail"), "door_checked").identity_checked
        assert not seen_at_door(passed, "door_turned_away").identity_checked
        assert seen_at_door(passed, "") == passed


def correcting(**changed):
    told = {"state": "result_stands", "line": ResultLine("PK-1", "pass", True, "C-2"), "reason": "typed_wrongly", "same": False}
    told["granted"] = False
    return codes(why_not_correct(**told | changed))


class TestTheLevel:
    def test_needs_the_score_of_the_scale_that_held_on_the_day(self):
        before, after = dt.date(2026, 7, 31), dt.date(2026, 8, 1)
        assert least_score(BOOK, "JFT_BASIC", "JFT_A2", before) == least_score(BOOK, "JFT_BASIC", "JFT_A2", after) == 200
        assert least_score(BOOK, "JFT_BASIC", "JFT_A1", before) is None  # no such level before the scale changed
        assert least_score(BOOK, "JFT_BASIC", "JFT_A1", after) == 145
        assert least_score(BOOK, "SSW1_SKILL", "", after) is None

    def test_is_not_proved_by_a_lower_score(self):
        def line(score, outcome="pass", code="TOTAL"):
            return ResultLine("PK-1", outcome, True, "C-1", (SectionScore(code, score, 250),))

        assert codes(why_not_level([line(199)], 200)) == ["score_below_level"]
        for fine in (line(200), line(10, "fail"), line(10, code="READING")):
            assert why_not_level([fine], 200) == []
        assert why_not_level([line(1)], None) == []


class TestACorrection:
    def test_needs_a_change_and_a_reason_of_the_list(self):
        assert correcting() == []
        assert correcting(same=True) == ["result_unchanged"]
        assert correcting(reason="so") == ["reason_missing"]
        assert correcting(state="result_replaced") == ["wrong_state"]
        assert correcting(line=ResultLine("PK-1", "pass", True)) == ["number_missing"]

    def test_brings_a_void_result_back_only_after_an_appeal(self):
        assert correcting(state="result_void") == ["reason_missing"]
        assert correcting(state="result_void", granted=True) == ["reason_missing"]
        assert correcting(state="result_void", reason="appeal_granted", same=True) == ["reason_missing"]
        assert correcting(state="result_void", reason="appeal_granted", same=True, granted=True) == []
        assert correcting(reason="appeal_granted") == correcting(reason="appeal_granted", granted=True) == ["reason_missing"]


@pytest.mark.parametrize("typed", ["c-12 34", "C1234", "Ｃ－１２３４", "c.12/34"])
def test_a_certificate_number_is_compared_without_its_dress(typed):
    assert certificate_key(typed) == "C1234"


ROWS = [{"number": "PK-1", "outcome": "pass", "identity_checked": True, "certificate_no": "C-1", "sections": []}]


def refused(call, *args):
    with pytest.raises(Refused) as wrong:
        call(*args)
    return codes(wrong.value.refusals)


class TestASignedFile:
    def test_is_read_as_jose_and_as_csv_alike(self):
        key = signing_key()
        jose = signed_file(signed_json(key, SITTING, ROWS))
        content, mark = signed_csv(
            key, "number,outcome,identity_checked,certificate_no,sections\nPK-1,pass,yes,C-1,READING=4/5\n"
        )
        table = signed_file(content, mark)
        for file in (jose, table):
            assert why_not_signed(file, key.public, in_use=True, valid=True) == []
        assert lines_of(jose, SITTING) == [ResultLine("PK-1", "pass", True, "C-1")]
        (line,) = lines_of(table, SITTING)
        assert (line.number, line.sections[0].score, line.sections[0].max) == ("PK-1", 4, 5)

    @pytest.mark.parametrize("titles", ["number, outcome, identity_checked", " number ,outcome\t,identity_checked , sections"])
    def test_may_have_spaces_around_its_titles(self, titles):
        more = ", READING=4/5" if "sections" in titles else ""
        content, mark = signed_csv(signing_key(), f"{titles}\n PK-1, fail , yes {more}\n")
        (line,) = lines_of(signed_file(content, mark), SITTING)
        assert (line.number, line.outcome, line.identity_checked, len(line.sections)) == ("PK-1", "fail", True, bool(more))

    def test_counts_with_the_key_of_the_examiner_alone_and_while_it_is_in_use(self):
        key, other = signing_key(), signing_key()
        file = signed_file(signed_json(key, SITTING, ROWS))
        assert codes(why_not_signed(file, None, in_use=False, valid=False)) == ["examiner_key_unknown"]
        assert codes(why_not_signed(file, other.public, in_use=True, valid=True)) == ["signature_wrong"]
        assert codes(why_not_signed(file, key.public, in_use=False, valid=True)) == ["examiner_key_ended"]
        assert codes(why_not_signed(file, key.public, in_use=True, valid=False)) == ["examiner_key_ended"]

    def test_of_which_one_byte_was_changed_is_told_apart(self):
        key = signing_key()
        content, mark = signed_csv(key, "number,outcome,identity_checked\nPK-1,fail,yes\n")
        forged = signed_file(content.replace(b"fail", b"pass"), mark)
        assert codes(why_not_signed(forged, key.public, in_use=True, valid=True)) == ["signature_wrong"]

    @pytest.mark.parametrize(
        ("content", "mark"),
        [(b"number,outcome\n", ""), (b"\xff\xfe", ""), (b"a,b", "x"), (b"a,b", "x.y.z"), (b"a,b", "..."), (b"", "")],
    )
    def test_that_is_not_signed_is_refused(self, content, mark):
        assert refused(signed_file, content, mark) == ["results_not_signed"]

    @pytest.mark.parametrize(
        ("text", "code"),
        [
            ("number,outcome\nPK-1,pass\n", "results_columns"),
            ("number,outcome,identity_checked, identity_checked\nPK-1,pass,yes,yes\n", "results_columns"),
            ("number,outcome,identity_checked\n", "results_missing"),
            ("number,outcome,identity_checked\nPK-1,won,yes\n", "results_row_wrong"),
            ("number,outcome,identity_checked\nPK-1,pass,perhaps\n", "results_row_wrong"),
            ("number,outcome,identity_checked\nPK-1,pass\n", "results_row_wrong"),
            ("number,outcome,identity_checked\nPK-1,pass,yes,more\n", "results_row_wrong"),
            ("number,outcome,identity_checked,sections\nPK-1,fail,yes,READING=9\n", "results_row_wrong"),
            ("number,outcome,identity_checked\n" + "PK-1,fail,yes\n" * 1001, "too_many_results"),
        ],
    )
    def test_that_is_not_whole_is_refused_by_its_line(self, text, code):
        content, mark = signed_csv(signing_key(), text)
        assert refused(lines_of, signed_file(content, mark), SITTING) == [code]

    @pytest.mark.parametrize(
        ("rows", "code"),
        [
            ([], "results_missing"),
            ("all passed", "results_not_read"),
            ([1], "results_not_read"),
            ([ROWS[0] | {"sections": [{"code": "READING", "score": True, "max": 5}]}], "results_row_wrong"),
            ([ROWS[0] | {"identity_checked": "yes"}], "results_row_wrong"),
        ],
    )
    def test_in_jose_is_held_to_the_same(self, rows, code):
        assert refused(lines_of, signed_file(signed_json(signing_key(), SITTING, rows)), SITTING) == [code]

    def test_is_of_its_own_sitting_alone(self):
        assert refused(lines_of, signed_file(signed_json(signing_key(), "another", ROWS)), SITTING) == ["other_sitting"]

    @pytest.mark.parametrize("x", ["", "short", encode(bytes(32)), encode(b"\x01" + bytes(31)), "*" * 43])
    def test_is_not_signed_with_a_weak_key_or_none(self, x):
        assert refused(key_typed, x) == ["key_wrong"]
