"""The five-year counter: every sentence of its specification, shown by examples and by properties."""

from __future__ import annotations

import ast
import datetime as dt
import re
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from rahdari.base.days import last_day
from rahdari.base.facts import Answer, WrongFacts, read_facts
from rahdari.base.reference import Book, Row, shipped_book
from rahdari.domain.residence.rules.stay import StayFacts, check_stay
from rahdari.domain.residence.rules.stay_counter import Piece
from rahdari.domain.residence.rules.stay_spans import Span, days_in, joined, shared, without

TODAY = dt.date(2026, 6, 1)
ROOT = Path(__file__).resolve().parents[3]
PACKAGE = ROOT / "rahdari" / "domain" / "residence"


def asked(book: Book | None = None, **facts: object) -> Answer:
    book = book or shipped_book()
    return check_stay(read_facts(StayFacts, {"status": "ssw1", **facts}, book), book, TODAY)


def stay(since: str, until: str | None = None, **more: object) -> dict[str, object]:
    return {"from": since, "to": until, "field": "AGRICULTURE", "employer": "Invented Farm", **more}


def leave(kind: str, since: str, until: str, proof: bool | None = True) -> dict[str, object]:
    return {"kind": kind, "from": since, "to": until, "proof": proof}


def away(since: str, until: str, permit: str = "re_entry", **more: object) -> dict[str, object]:
    return {"from": since, "to": until, "permit": permit, **more}


def codes(answer: Answer) -> list[str]:
    return [reason.code for reason in answer.reasons]


def reason(answer: Answer, code: str) -> object:
    return next(one for one in answer.reasons if one.code == code)


def last(answer: Answer) -> str:
    return answer.answer["last_day"].isoformat()


class TestLimit:
    def test_is_sixty_months_for_ssw1(self) -> None:
        answer = asked(stays=[stay("2024-04-01")], as_of="2025-04-01")
        assert answer.answer["limit_months"] == 60
        assert reason(answer, "stay_total_limit").rule == "SSW1_TOTAL"

    def test_is_null_for_ssw2_and_so_is_what_is_left(self) -> None:
        answer = asked(status="ssw2", stays=[stay("2024-04-01")], as_of="2025-03-31")
        assert dict(answer.answer) == {
            "limit_months": None, "months_used": 12, "days_left": None, "last_day": None, "excluded_days": 0,
            "exception": None, "max_period_months": 36,
        }  # fmt: skip
        assert reason(answer, "stay_no_limit").rule == "SSW2_TOTAL"

    def test_is_not_known_before_the_status_existed(self) -> None:
        answer = asked(stays=[], as_of="2019-03-31")
        assert answer.answer["known"] is False and answer.answer["limit_months"] is None and answer.answer["last_day"] is None
        assert "stay_limit_unknown" in codes(answer)

    def test_has_exactly_the_members_of_the_specification_when_all_is_known(self) -> None:
        members = ["limit_months", "months_used", "days_left", "last_day", "excluded_days", "exception", "max_period_months"]
        assert list(asked(stays=[stay("2024-04-01")]).answer) == members


class TestMonthsUsed:
    @pytest.mark.parametrize(
        ("since", "as_of", "months"),
        [
            ("2025-01-01", "2025-01-30", 0),
            ("2025-01-01", "2025-01-31", 1),
            ("2025-01-31", "2025-02-27", 0),
            ("2025-01-31", "2025-02-28", 1),
            ("2024-02-29", "2025-02-28", 12),
            ("2024-02-29", "2025-02-27", 11),
            ("2023-06-15", "2026-06-14", 36),
            ("2023-06-15", "2026-06-13", 35),
            ("2020-04-01", "2025-03-31", 60),
            ("2020-04-01", "2026-03-31", 72),
            ("2025-05-01", "2025-05-01", 0),
            ("2025-05-01", "2025-04-30", 0),
        ],
    )
    def test_are_whole_months_with_the_first_day_counted(self, since: str, as_of: str, months: int) -> None:
        assert asked(stays=[stay(since)], as_of=as_of).answer["months_used"] == months

    def test_count_up_to_today_when_no_day_is_given(self) -> None:
        answer = asked(stays=[stay("2025-06-02")])
        assert answer.as_of == TODAY and answer.answer["months_used"] == 12

    def test_stop_at_the_end_of_a_closed_stay(self) -> None:
        assert asked(stays=[stay("2022-01-01", "2022-06-30")], as_of="2025-01-01").answer["months_used"] == 6

    def test_do_not_run_ahead_to_a_stay_that_ends_later(self) -> None:
        assert asked(stays=[stay("2025-01-01", "2027-12-31")], as_of="2025-06-30").answer["months_used"] == 6

    def test_of_overlapping_stays_count_a_day_once(self) -> None:
        answer = asked(stays=[stay("2023-01-01", "2023-12-31"), stay("2023-06-01", "2024-06-30")], as_of="2024-06-30")
        assert answer.answer["months_used"] == 18

    def test_run_on_over_a_change_of_field_and_employer(self) -> None:
        stays = [
            stay("2023-01-15", "2023-08-09"),
            stay("2023-08-10", "2023-09-20", employer=None),
            stay("2023-09-21", field="FOOD_SERVICE", employer="Invented Kitchen"),
        ]
        answer = asked(stays=stays, as_of="2025-01-14")
        assert answer.answer["months_used"] == 24 and last(answer) == "2028-01-14"
        assert {"stay_all_fields_count", "stay_not_working_counts"} <= set(codes(answer))
        assert "stay_earlier_stays_count" not in codes(answer)

    def test_add_earlier_stays_that_ended_with_departure(self) -> None:
        answer = asked(stays=[stay("2020-04-01", "2022-03-31"), stay("2024-04-01")], as_of="2025-03-31")
        assert answer.answer["months_used"] == 36 and last(answer) == "2027-03-31"
        assert reason(answer, "stay_earlier_stays_count").rule == "COUNT_EARLIER_STAY"

    @pytest.mark.parametrize(
        ("as_of", "months"), [("2024-08-14", 11), ("2024-08-19", 11), ("2024-08-20", 12), ("2024-09-18", 12), ("2024-09-19", 13)]
    )
    def test_carry_the_days_that_made_no_whole_month(self, as_of: str, months: int) -> None:
        # 6 months and 25 days, then a stay from 15 March: its sixth month ends on 14 September, the twelfth in all 25 days before.
        answer = asked(stays=[stay("2022-01-01", "2022-07-25"), stay("2024-03-15")], as_of=as_of)
        assert answer.answer["months_used"] == months

    def test_of_an_empty_list_are_none(self) -> None:
        answer = asked(stays=[], as_of="2025-10-01")
        assert answer.answer["months_used"] == 0 and "stay_not_in_status" in codes(answer)

    def test_are_not_known_when_the_stays_were_left_out(self) -> None:
        answer = asked(as_of="2025-10-01")
        assert answer.answer["known"] is False and answer.answer["months_used"] is None
        assert "stay_stays_missing" in codes(answer)


class TestLastDay:
    @pytest.mark.parametrize(
        ("since", "end"),
        [("2021-10-01", "2026-09-30"), ("2024-02-29", "2029-02-28"), ("2023-03-31", "2028-03-30"), ("2022-05-16", "2027-05-15")],
    )
    def test_is_the_day_before_the_fifth_anniversary(self, since: str, end: str) -> None:
        answer = asked(stays=[stay(since)], as_of="2025-10-01")
        assert last(answer) == end
        assert answer.answer["days_left"] == (dt.date.fromisoformat(end) - dt.date(2025, 10, 1)).days

    def test_says_that_the_card_shows_the_next_day(self) -> None:
        shown = reason(asked(stays=[stay("2021-10-01")]), "stay_first_day_counted")
        assert shown.about["card_day"] == dt.date(2026, 10, 1)
        assert (shown.rule, shown.confidence) == ("COUNT_CONVENTION", "medium")

    def test_leaves_no_day_once_reached_and_never_less(self) -> None:
        for as_of, left in (("2025-03-30", 1), ("2025-03-31", 0), ("2025-04-01", 0), ("2026-01-01", 0)):
            answer = asked(stays=[stay("2020-04-01")], as_of=as_of)
            assert (last(answer), answer.answer["days_left"]) == ("2025-03-31", left)
            assert ("stay_limit_reached" in codes(answer)) is (left == 0)
        assert reason(answer, "stay_limit_reached").rule == "SSW1_TOTAL"

    def test_is_that_of_an_earlier_stay_which_filled_the_limit(self) -> None:
        answer = asked(stays=[stay("2019-05-01", "2024-06-30"), stay("2025-01-01")], as_of="2025-06-01")
        assert last(answer) == "2024-04-30" and answer.answer["days_left"] == 0

    def test_of_somebody_abroad_is_that_of_a_stay_begun_the_next_day(self) -> None:
        answer = asked(stays=[stay("2020-01-01", "2022-12-31")], as_of="2025-06-01")
        assert last(answer) == "2027-06-01" and answer.answer["days_left"] == 730
        assert "stay_not_in_status" in codes(answer)

    def test_of_a_stay_still_to_come_begins_with_it(self) -> None:
        answer = asked(stays=[stay("2026-10-01")], as_of="2026-06-01")
        assert last(answer) == "2031-09-30" and answer.answer["days_left"] == 1826 and answer.answer["months_used"] == 0

    @given(
        since=st.dates(dt.date(2019, 4, 1), dt.date(2023, 1, 1)),
        first=st.integers(30, 800),
        gap=st.integers(1, 400),
        leaves=st.lists(st.tuples(st.integers(0, 2500), st.integers(1, 300)), max_size=3),
    )
    @settings(max_examples=150, deadline=None)
    def test_is_the_day_on_which_the_last_month_is_full(
        self, since: dt.date, first: int, gap: int, leaves: list[tuple[int, int]]
    ) -> None:
        day = lambda n: (since + dt.timedelta(days=n)).isoformat()  # noqa: E731
        facts = {
            "stays": [stay(day(0), day(first)), stay(day(first + gap))],
            "leaves": [leave("childcare", day(begin), day(begin + length)) for begin, length in leaves],
        }
        far = asked(**facts, as_of=day(4000))
        end = far.answer["last_day"]
        assume(end > since + dt.timedelta(days=first + gap))
        before, on = (asked(**facts, as_of=(end - dt.timedelta(days=back)).isoformat()).answer for back in (1, 0))
        assert (before["months_used"], on["months_used"]) == (59, 60)
        assert (before["days_left"], on["days_left"]) == (1, 0) and on["last_day"] == end


class TestAbsence:
    @pytest.mark.parametrize("permit", ["re_entry", "special_re_entry"])
    def test_with_a_permit_to_come_back_counts(self, permit: str) -> None:
        answer = asked(stays=[stay("2023-01-01")], absences=[away("2024-02-01", "2024-03-31", permit)], as_of="2024-12-31")
        assert answer.answer["months_used"] == 24 and answer.answer["excluded_days"] == 0
        assert reason(answer, "stay_absence_counts").about["days"] == 60

    def test_with_a_permit_counts_also_where_the_stays_leave_it_out(self) -> None:
        stays = [stay("2023-01-01", "2023-12-31"), stay("2024-04-01")]
        assert asked(stays=stays, absences=[away("2024-01-01", "2024-03-31")], as_of="2024-12-31").answer["months_used"] == 24

    def test_with_a_permit_of_another_status_does_not_count(self) -> None:
        answer = asked(
            stays=[stay("2023-01-01")],
            absences=[away("2021-01-01", "2021-03-31")],
            earlier_status=[{"status": "student", "from": "2020-04-01", "to": "2022-12-31"}],
            as_of="2023-12-31",
        )
        assert answer.answer["months_used"] == 12

    def test_without_a_permit_is_outside_the_status(self) -> None:
        answer = asked(stays=[stay("2023-01-01")], absences=[away("2024-01-01", "2024-06-30", "none")], as_of="2024-12-31")
        assert answer.answer["months_used"] == 18 and answer.answer["excluded_days"] == 0 and last(answer) == "2028-06-30"
        assert "stay_left_without_permit" in codes(answer)

    def test_without_a_permit_leaves_the_days_of_leaving_and_landing_in_the_stays(self) -> None:
        stays = [stay("2022-01-01", "2022-12-31"), stay("2024-01-01")]
        answer = asked(stays=stays, absences=[away("2022-12-31", "2024-01-01", "none")], as_of="2024-12-31")
        assert answer.answer["months_used"] == 24


class TestBarredReEntry:
    BARRED = {"reason": "border closed", "barred_from": "2020-04-03", "barred_to": "2020-10-01"}

    def test_is_left_out_with_proof_whatever_the_year(self) -> None:
        answer = asked(
            stays=[stay("2019-10-01")], absences=[away("2020-03-15", "2020-10-10", **self.BARRED, proof=True)], as_of="2021-01-01"
        )
        assert answer.answer["excluded_days"] == 182 and last(answer) == "2025-03-31"
        assert reason(answer, "stay_left_out_barred").rule == "EXCL_REENTRY_BARRED" and "known" not in answer.answer

    def test_is_left_out_only_as_far_as_the_absence_goes(self) -> None:
        barred = {"barred_from": "2020-01-01", "barred_to": "2020-12-31", "proof": True}
        answer = asked(stays=[stay("2019-10-01")], absences=[away("2020-04-01", "2020-04-30", **barred)], as_of="2021-01-01")
        assert answer.answer["excluded_days"] == 30

    @pytest.mark.parametrize("proof", [False, None])
    def test_counts_without_proof(self, proof: bool | None) -> None:
        answer = asked(stays=[stay("2019-10-01")], absences=[away("2020-03-15", "2020-10-10", **self.BARRED, proof=proof)])
        assert answer.answer["excluded_days"] == 0 and "stay_proof_missing" in codes(answer)

    def test_counts_when_only_one_end_is_named(self) -> None:
        absence = away("2020-03-15", "2020-10-10", barred_from="2020-04-03", proof=True)
        answer = asked(stays=[stay("2019-10-01")], absences=[absence])
        assert answer.answer["excluded_days"] == 0 and "stay_barred_days_missing" in codes(answer)

    def test_without_a_permit_is_not_an_exclusion(self) -> None:
        absence = away("2020-03-15", "2020-10-10", "none", **self.BARRED, proof=True)
        assert asked(stays=[stay("2019-10-01")], absences=[absence]).answer["excluded_days"] == 0


class TestLeave:
    @pytest.mark.parametrize("kind", ["maternity", "childcare"])
    def test_of_mothers_and_parents_is_left_out_without_a_cap(self, kind: str) -> None:
        answer = asked(stays=[stay("2023-04-01")], leaves=[leave(kind, "2026-01-01", "2028-02-29")], as_of="2028-06-01")
        assert answer.answer["excluded_days"] == 790
        assert answer.answer["last_day"] == dt.date(2028, 3, 31) + dt.timedelta(days=790)
        assert reason(answer, "stay_left_out_family_leave").rule == "EXCL_MATERNITY_CHILDCARE"

    def test_of_a_parent_may_be_short(self) -> None:
        answer = asked(stays=[stay("2023-04-01")], leaves=[leave("childcare", "2026-01-05", "2026-01-09")])
        assert answer.answer["excluded_days"] == 5 and last(answer) == "2028-04-05"

    @pytest.mark.parametrize("kind", ["illness", "work_accident"])
    @pytest.mark.parametrize(
        ("until", "days"),
        [("2026-02-09", 0), ("2026-02-08", 0), ("2026-02-10", 32), ("2026-02-28", 50)],
    )
    def test_of_the_sick_must_last_more_than_a_month(self, kind: str, until: str, days: int) -> None:
        answer = asked(stays=[stay("2023-04-01")], leaves=[leave(kind, "2026-01-10", until)])
        assert answer.answer["excluded_days"] == days
        assert ("stay_leave_too_short" in codes(answer)) is (days == 0)

    def test_in_two_papers_without_a_gap_is_one(self) -> None:
        leaves = [leave("illness", "2026-01-10", "2026-01-31"), leave("illness", "2026-02-01", "2026-02-20")]
        assert asked(stays=[stay("2023-04-01")], leaves=leaves).answer["excluded_days"] == 42

    def test_interrupted_by_work_is_not_one(self) -> None:
        leaves = [leave("illness", "2026-01-10", "2026-01-31"), leave("illness", "2026-02-02", "2026-02-20")]
        assert asked(stays=[stay("2023-04-01")], leaves=leaves).answer["excluded_days"] == 0

    @pytest.mark.parametrize(
        ("kind", "first_counted", "rule"),
        [("illness", "2026-12-31", "EXCL_ILLNESS"), ("work_accident", "2028-12-31", "EXCL_WORK_ACCIDENT")],
    )
    def test_of_the_sick_is_left_out_as_far_as_its_cap(self, kind: str, first_counted: str, rule: str) -> None:
        answer = asked(stays=[stay("2025-04-01")], leaves=[leave(kind, "2026-01-01", "2029-12-31")], as_of="2030-01-01")
        until = dt.date.fromisoformat(first_counted)
        assert answer.answer["excluded_days"] == (until - dt.date(2026, 1, 1)).days + 1
        assert reason(answer, "stay_cap_reached").rule == rule

    def test_uses_one_cap_for_all_leaves_of_its_ground(self) -> None:
        leaves = [leave("illness", "2026-01-01", "2026-08-31"), leave("illness", "2027-01-01", "2027-08-31")]
        assert asked(stays=[stay("2025-04-01")], leaves=leaves, as_of="2028-01-01").answer["excluded_days"] == 365

    def test_that_overlaps_another_is_counted_once_and_spares_the_cap(self) -> None:
        leaves = [
            leave("illness", "2026-01-01", "2026-12-31"),
            leave("maternity", "2026-03-01", "2026-05-31"),
            leave("illness", "2027-02-01", "2027-04-30"),
        ]
        answer = asked(stays=[stay("2025-04-01")], leaves=leaves, as_of="2027-06-01")
        assert answer.answer["excluded_days"] == 365 + 89

    def test_during_a_barred_absence_is_counted_once(self) -> None:
        absence = away("2026-01-01", "2026-03-31", barred_from="2026-01-01", barred_to="2026-03-31", proof=True)
        answer = asked(stays=[stay("2025-04-01")], absences=[absence], leaves=[leave("childcare", "2026-03-01", "2026-04-10")])
        assert answer.answer["excluded_days"] == 100

    def test_without_proof_counts(self) -> None:
        answer = asked(stays=[stay("2023-04-01")], leaves=[leave("maternity", "2026-01-01", "2026-03-31", proof=None)])
        assert answer.answer["excluded_days"] == 0 and "stay_proof_missing" in codes(answer)

    def test_of_the_ordinary_kind_counts(self) -> None:
        answer = asked(stays=[stay("2023-04-01")], leaves=[leave("ordinary", "2026-01-01", "2026-03-31")])
        assert answer.answer["excluded_days"] == 0
        assert reason(answer, "stay_not_working_counts").rule == "COUNT_NOT_WORKING"

    def test_outside_the_status_leaves_nothing_out(self) -> None:
        answer = asked(stays=[stay("2023-04-01", "2025-12-31")], leaves=[leave("childcare", "2026-01-01", "2026-03-31")])
        assert answer.answer["excluded_days"] == 0 and "stay_leave_outside_status" in codes(answer)

    def test_is_left_out_only_up_to_the_day_asked_about(self) -> None:
        answer = asked(stays=[stay("2023-04-01")], leaves=[leave("childcare", "2026-01-01", "2026-12-31")], as_of="2026-01-31")
        assert answer.answer["excluded_days"] == 31

    def test_taken_after_the_limit_was_full_does_not_lengthen_it(self) -> None:
        answer = asked(stays=[stay("2020-04-01")], leaves=[leave("childcare", "2025-11-01", "2025-12-31")], as_of="2026-01-01")
        assert last(answer) == "2025-03-31"

    def test_before_the_rule_counts_and_is_said_to_be_unknown(self) -> None:
        answer = asked(stays=[stay("2023-04-01")], leaves=[leave("maternity", "2025-07-01", "2025-09-29")])
        assert (answer.answer["known"], answer.answer["excluded_days"], last(answer)) == (False, 0, "2028-03-31")
        why = reason(answer, "stay_leave_before_rule")
        assert (why.rule, why.confidence, why.about["days"]) == ("EXCL_MATERNITY_CHILDCARE", "low", 91)

    def test_across_the_first_day_of_the_rule_is_left_out_from_it(self) -> None:
        answer = asked(stays=[stay("2023-04-01")], leaves=[leave("illness", "2025-09-01", "2025-10-10")])
        assert answer.answer["excluded_days"] == 11 and answer.answer["known"] is False

    def test_too_short_before_the_rule_leaves_nothing_unknown(self) -> None:
        assert "known" not in asked(stays=[stay("2023-04-01")], leaves=[leave("illness", "2025-07-01", "2025-07-20")]).answer

    def test_left_out_says_when_to_apply(self) -> None:
        answer = asked(stays=[stay("2023-04-01")], leaves=[leave("childcare", "2026-01-01", "2026-01-10")])
        why = reason(answer, "stay_apply_before")
        assert (why.rule, why.confidence, why.about["about"]) == ("APPLY_BEFORE", "medium", dt.date(2027, 12, 31))

    @given(
        since=st.dates(dt.date(2022, 1, 1), dt.date(2025, 12, 1)),
        begin=st.dates(dt.date(2026, 1, 1), dt.date(2026, 12, 1)),
        length=st.integers(1, 60),
    )
    @settings(max_examples=100, deadline=None)
    def test_moves_the_last_day_by_as_many_days(self, since: dt.date, begin: dt.date, length: int) -> None:
        assume(begin <= last_day(since, 60))
        until = begin + dt.timedelta(days=length - 1)
        taken = [leave("childcare", begin.isoformat(), until.isoformat())]
        answer = asked(stays=[stay(since.isoformat())], leaves=taken, as_of="2027-06-01").answer
        assert answer["excluded_days"] == length
        assert answer["last_day"] == last_day(since, 60) + dt.timedelta(days=length)


class TestEarlierStatus:
    def test_of_preparation_counts(self) -> None:
        bridge = {"status": "bridge", "from": "2022-10-01", "to": "2023-03-31"}
        answer = asked(stays=[stay("2023-04-01")], earlier_status=[bridge], as_of="2024-03-31")
        assert answer.answer["months_used"] == 18 and last(answer) == "2027-09-30"
        why = reason(answer, "stay_bridge_counts")
        assert (why.rule, why.confidence, why.about["days"]) == ("COUNT_BRIDGE", "medium", 182)

    @pytest.mark.parametrize("status", ["titp", "student", "ssw2", "other"])
    def test_of_another_kind_does_not_count(self, status: str) -> None:
        earlier = {"status": status, "from": "2018-10-01", "to": "2023-03-31"}
        answer = asked(stays=[stay("2023-04-01")], earlier_status=[earlier], as_of="2024-03-31")
        assert answer.answer["months_used"] == 12
        assert reason(answer, "stay_other_status_not_counted").rule == "NOT_COUNT_OTHER_STATUS"

    def test_of_preparation_is_not_on_the_counter_of_ssw2(self) -> None:
        bridge = {"status": "bridge", "from": "2022-10-01", "to": "2023-03-31"}
        answer = asked(status="ssw2", stays=[stay("2023-04-01")], earlier_status=[bridge], as_of="2024-03-31")
        assert answer.answer["months_used"] == 12


class TestSixthYear:
    ASKED = {
        "applied_on": "2026-02-01",
        "tests": [{"score": 52, "pass_mark": 65, "passed": False}],
        "pledge_to_retry": True,
        "employer_keeps": True,
        "employer_trains": True,
    }

    def answer(self, since: str = "2021-05-01", **changed: object) -> Answer:
        return asked(stays=[stay(since)], six_year={**self.ASKED, **changed}, as_of="2026-02-01")

    def test_is_null_when_not_asked(self) -> None:
        assert asked(stays=[stay("2021-05-01")]).answer["exception"] is None
        assert asked(stays=[stay("2021-05-01")], six_year=None).answer["exception"] is None

    def test_lengthens_the_limit_to_seventy_two_months(self) -> None:
        answer = self.answer()
        assert answer.answer["exception"] is True and answer.answer["limit_months"] == 72 and last(answer) == "2027-04-30"
        assert reason(answer, "stay_six_years_granted").rule == "EXTEND_SIX_YEARS"
        assert reason(answer, "stay_apply_before").about["about"] == dt.date(2026, 1, 30)
        ended = asked(stays=[stay("2021-05-01")], six_year=self.ASKED, as_of="2027-04-30")
        assert reason(ended, "stay_limit_reached").rule == "EXTEND_SIX_YEARS"

    @pytest.mark.parametrize(
        ("score", "mark", "holds"),
        [(52, 65, True), (51, 65, False), (80, 100, True), (79, 100, False), (49, 61, True), (48, 61, False), (0, 1, False)],
    )
    def test_needs_eighty_percent_of_the_pass_mark(self, score: int, mark: int, holds: bool) -> None:
        answer = self.answer(tests=[{"score": score, "pass_mark": mark, "passed": False}])
        assert answer.answer["exception"] is holds
        assert ("score_below" in codes(answer)) is not holds

    @given(score=st.integers(0, 10**15), mark=st.integers(1, 10**15))
    @settings(max_examples=60, deadline=None)
    def test_compares_in_whole_numbers(self, score: int, mark: int) -> None:
        answer = self.answer(tests=[{"score": score, "pass_mark": mark, "passed": False}])
        assert answer.answer["exception"] is (5 * score >= 4 * mark)

    def test_needs_the_share_in_every_test(self) -> None:
        near, far = {"score": 60, "pass_mark": 65, "passed": False}, {"score": 40, "pass_mark": 65, "passed": False}
        assert self.answer(tests=[near, far]).answer["exception"] is False

    def test_takes_a_passed_test_beside_a_failed_one(self) -> None:
        answer = self.answer(tests=[{"passed": True}, {"score": 60, "pass_mark": 65, "passed": False}])
        assert answer.answer["exception"] is True

    @pytest.mark.parametrize("test", [{"score": 70, "pass_mark": 65, "passed": True}, {"score": 65, "pass_mark": 65}])
    def test_is_not_for_who_passed_all(self, test: dict[str, object]) -> None:
        answer = self.answer(tests=[test])
        assert answer.answer["exception"] is False and answer.answer["limit_months"] == 60
        assert "stay_all_tests_passed" in codes(answer)

    @pytest.mark.parametrize(
        ("changed", "code"),
        [
            ({"tests": []}, "stay_no_test_shown"),
            ({"tests": None}, "stay_no_test_shown"),
            ({"tests": [{"pass_mark": 65, "passed": False}]}, "stay_score_not_shown"),
            ({"pledge_to_retry": False}, "no_pledge"),
            ({"pledge_to_retry": None}, "no_pledge"),
            ({"employer_keeps": False}, "stay_employer_not_keeping"),
            ({"employer_trains": False}, "stay_employer_not_training"),
            ({"applied_on": "2025-09-29"}, "stay_six_years_not_yet"),
            ({"applied_on": "2026-05-01"}, "stay_six_years_too_late"),
        ],
    )
    def test_fails_with_each_condition_not_shown(self, changed: dict[str, object], code: str) -> None:
        answer = self.answer(**changed)
        assert answer.answer["exception"] is False and answer.answer["limit_months"] == 60 and code in codes(answer)

    @pytest.mark.parametrize("applied_on", ["2025-09-30", "2026-04-30"])
    def test_may_be_asked_from_its_first_day_to_the_last_of_the_five_years(self, applied_on: str) -> None:
        assert self.answer(applied_on=applied_on).answer["exception"] is True

    def test_gives_every_reason_against_it(self) -> None:
        answer = asked(stays=[stay("2021-05-01")], six_year={"tests": []}, as_of="2026-02-01")
        against = {"stay_no_test_shown", "no_pledge", "stay_employer_not_keeping", "stay_employer_not_training"}
        assert against <= set(codes(answer))

    def test_is_judged_also_when_the_stays_are_not_given(self) -> None:
        answer = asked(six_year=self.ASKED).answer
        assert (answer["exception"], answer["limit_months"], answer["known"]) == (True, 72, False)

    def test_is_not_needed_in_ssw2(self) -> None:
        answer = asked(status="ssw2", stays=[stay("2021-05-01")], six_year=self.ASKED)
        assert answer.answer["exception"] is False and answer.answer["limit_months"] is None
        assert "stay_six_years_not_here" in codes(answer)

    def test_warns_where_the_field_has_no_ssw2(self) -> None:
        answer = asked(stays=[stay("2021-05-01", field="NURSING_CARE")], six_year=self.ASKED, as_of="2026-02-01")
        assert "stay_field_without_ssw2" in codes(answer)
        assert "stay_field_without_ssw2" not in codes(self.answer())

    def test_shortens_the_next_permission_to_its_year(self) -> None:
        answer = asked(
            stays=[stay("2021-05-01")],
            six_year=self.ASKED,
            permission={"kind": "extension", "decided_on": "2026-04-10", "period_ends": "2026-04-30"},
            as_of="2026-02-01",
        )
        assert answer.answer["max_period_months"] == 12


class TestNextPermission:
    @pytest.mark.parametrize(
        ("kind", "decided_on", "months", "rule", "confidence"),
        [
            ("landing", "2019-04-01", 12, "PERIOD_2019", "medium"),
            ("extension", "2023-03-31", 12, "PERIOD_2019", "medium"),
            ("change", "2023-04-01", 12, "PERIOD_2023", "low"),
            ("extension", "2025-09-29", 12, "PERIOD_2023", "low"),
            ("landing", "2025-09-29", 12, "PERIOD_2023", "low"),
            ("extension", "2025-09-30", 36, "PERIOD_2025_CHANGE", "high"),
            ("change", "2025-09-30", 36, "PERIOD_2025_CHANGE", "high"),
            ("landing", "2025-09-30", 12, "PERIOD_2025_COE", "low"),
        ],
    )
    def test_is_as_long_as_its_kind_and_day_allow(
        self, kind: str, decided_on: str, months: int, rule: str, confidence: str
    ) -> None:
        answer = asked(stays=[], permission={"kind": kind, "decided_on": decided_on}, as_of=decided_on)
        assert answer.answer["max_period_months"] == months
        assert (rule, confidence) in {(one.rule, one.confidence) for one in answer.reasons}

    def test_of_ssw2_is_at_most_three_years(self) -> None:
        for kind in ("landing", "extension", "change"):
            answer = asked(status="ssw2", stays=[stay("2015-01-01")], permission={"kind": kind}).answer
            assert answer["max_period_months"] == 36

    @pytest.mark.parametrize(
        ("period_ends", "months"),
        [
            ("2026-03-31", 24), ("2026-04-01", 24), ("2026-04-02", 23), ("2028-01-31", 2), ("2028-02-29", 1), ("2028-03-01", 1),
            ("2028-03-02", 0), ("2028-03-31", 0), ("2028-04-01", 0), ("2029-01-01", 0),
        ],
    )  # fmt: skip
    def test_never_goes_beyond_the_total(self, period_ends: str, months: int) -> None:
        permission = {"kind": "extension", "decided_on": "2026-03-01", "period_ends": period_ends}
        answer = asked(stays=[stay("2023-04-01")], permission=permission, as_of="2026-02-01")
        assert answer.answer["max_period_months"] == months and "stay_period_cut" in codes(answer)

    @pytest.mark.parametrize(
        ("as_of", "months"), [("2025-12-01", 10), ("2025-11-30", 10), ("2025-12-02", 9), ("2026-09-30", 0), ("2026-08-31", 1)]
    )
    def test_without_the_end_of_the_period_counts_from_the_day_of_the_decision(self, as_of: str, months: int) -> None:
        answer = asked(stays=[stay("2021-10-01")], permission={"kind": "extension", "decided_on": as_of}, as_of=as_of)
        assert answer.answer["max_period_months"] == months

    @pytest.mark.parametrize(("as_of", "months"), [("2022-08-31", 12), ("2023-03-01", 12)])
    def test_follows_the_listed_lengths_of_the_first_years(self, as_of: str, months: int) -> None:
        answer = asked(stays=[stay("2019-04-01")], permission={"kind": "extension", "decided_on": as_of}, as_of=as_of)
        assert answer.answer["max_period_months"] == months

    @pytest.mark.parametrize(
        ("period_ends", "months"), [("2023-07-31", 6), ("2023-09-30", 6), ("2023-10-31", 4), ("2024-01-31", 0)]
    )
    def test_takes_the_longest_listed_length_that_fits(self, period_ends: str, months: int) -> None:
        permission = {"kind": "extension", "decided_on": "2023-03-31", "period_ends": period_ends}
        answer = asked(stays=[stay("2019-04-01")], permission=permission, as_of="2023-03-31")
        assert answer.answer["max_period_months"] == months

    def test_of_somebody_in_the_status_is_an_extension_or_change_when_no_kind_is_given(self) -> None:
        assert asked(stays=[stay("2025-10-01")], as_of="2025-12-01").answer["max_period_months"] == 36

    def test_of_somebody_abroad_depends_on_its_kind(self) -> None:
        answer = asked(stays=[], as_of="2025-12-01")
        assert answer.answer["max_period_months"] is None and "known" not in answer.answer
        assert "stay_permission_kind_missing" in codes(answer)
        assert asked(stays=[], as_of="2024-12-01").answer["max_period_months"] == 12

    def test_before_the_first_row_is_not_known(self) -> None:
        answer = asked(stays=[], permission={"kind": "landing", "decided_on": "2019-03-31"}, as_of="2019-04-01")
        assert answer.answer["max_period_months"] is None and answer.answer["known"] is False
        assert "stay_period_unknown" in codes(answer)

    def test_says_when_the_present_period_is_longer_than_the_total(self) -> None:
        permission = {"kind": "extension", "period_ends": "2026-12-31"}
        answer = asked(stays=[stay("2021-10-01")], permission=permission, as_of="2026-02-01")
        assert "stay_period_beyond_limit" in codes(answer) and answer.answer["max_period_months"] == 0

    def test_pending_after_the_end_of_the_period_counts(self) -> None:
        permission = {"kind": "extension", "period_ends": "2025-12-31"}
        answer = asked(stays=[stay("2023-01-01")], permission=permission, as_of="2026-01-31")
        why = reason(answer, "stay_pending_counts")
        assert answer.answer["months_used"] == 37 and (why.rule, why.confidence) == ("COUNT_PENDING", "medium")


class TestTables:
    def test_decide_the_limit_the_cap_and_the_share(self) -> None:
        shipped = shipped_book()
        changes = {"SSW1_TOTAL": "48", "EXCL_ILLNESS": "2", "SIX_YEARS_SCORE": "90", "ILLNESS_LENGTH": "3"}
        tables = {
            name: [Row({**row, ("number" if "number" in row else "value"): changes[row["code"]]}) if row.get("code") in changes else row
                   for row in rows]
            for name, rows in shipped.tables.items()
        }  # fmt: skip
        book = Book(tables, shipped.identifiers, "changed")
        leaves = [leave("illness", "2026-01-01", "2026-03-31"), leave("illness", "2026-05-01", "2026-08-31")]
        answer = asked(book, stays=[stay("2023-04-01")], leaves=leaves, as_of="2026-10-01")
        assert (answer.answer["limit_months"], answer.answer["excluded_days"]) == (48, 61)
        six = asked(book, stays=[stay("2023-04-01")], six_year=TestSixthYear.ASKED, as_of="2026-02-01")
        assert six.answer["exception"] is False

    def test_give_every_reason_of_law_its_row_source_and_confidence(self) -> None:
        answer = asked(
            stays=[stay("2021-05-01", employer=None)], leaves=[leave("illness", "2026-01-01", "2026-03-31")],
            six_year=TestSixthYear.ASKED, permission={"kind": "change", "decided_on": "2026-02-01"}, as_of="2026-04-01",
        )  # fmt: skip
        rows = {row["code"]: row for row in shipped_book().rows("stay_rules")}
        ruled = [one for one in answer.reasons if one.rule]
        assert len(ruled) >= 6
        assert all((one.source, one.confidence) == (rows[one.rule]["source"], rows[one.rule]["confidence"]) for one in ruled)


class TestShape:
    @pytest.mark.parametrize(
        ("facts", "path", "code"),
        [
            ({"colour": 1}, "/colour", "unknown_member"),
            ({"status": "titp"}, "/status", "unknown_code"),
            ({"status": None}, "/status", "not_text"),
            ({"stays": [stay("2023-02-30")]}, "/stays/0/from", "not_a_day"),
            ({"stays": [stay("2023-05-01", "2023-04-30")]}, "/stays/0/to", "from_after_to"),
            ({"stays": [stay("2023-05-01", field="FLOWERS")]}, "/stays/0/field", "unknown_code"),
            ({"stays": [stay("0001-01-01")]}, "/stays/0/from", "day_out_of_reach"),
            ({"stays": [stay("2023-05-01", until_now=True)]}, "/stays/0/until_now", "unknown_member"),
            ({"stays": [{"first": "2023-05-01", "from": "2023-05-01"}]}, "/stays/0/first", "unknown_member"),
            ({"absences": [away("2023-05-01", "2023-05-02", "visa")]}, "/absences/0/permit", "not_in_list"),
            ({"absences": [away("2023-05-02", "2023-05-01")]}, "/absences/0/to", "from_after_to"),
            (
                {"absences": [away("2023-05-01", "2023-05-09", barred_from="2023-05-05", barred_to="2023-05-04")]},
                "/absences/0/barred_to",
                "from_after_to",
            ),
            ({"leaves": [leave("holiday", "2023-05-01", "2023-05-02")]}, "/leaves/0/kind", "not_in_list"),
            ({"leaves": [leave("illness", "2023-05-03", "2023-05-02")]}, "/leaves/0/to", "from_after_to"),
            ({"leaves": [{"kind": "illness", "from": "2023-05-03"}]}, "/leaves/0/to", "member_missing"),
            ({"leaves": [leave("illness", "2023-05-01", "2023-05-02", proof="yes")]}, "/leaves/0/proof", "not_yes_or_no"),
            ({"earlier_status": [{"status": "ssw1", "from": "2020-01-01", "to": "2020-02-01"}]}, "/earlier_status/0/status", "not_in_list"),
            ({"six_year": {"tests": [{"score": -1}]}}, "/six_year/tests/0/score", "too_small"),
            ({"six_year": {"tests": [{"pass_mark": 0}]}}, "/six_year/tests/0/pass_mark", "too_small"),
            ({"six_year": {"tests": [{"score": True}]}}, "/six_year/tests/0/score", "not_a_number"),
            ({"permission": {"kind": "visa"}}, "/permission/kind", "not_in_list"),
            ({"permission": {"decided_on": "1.5.2025"}}, "/permission/decided_on", "not_a_date"),
            ({"as_of": "9999-12-31"}, "/as_of", "day_out_of_reach"),
            ({"stays": "all"}, "/stays", "not_a_list"),
        ],
    )  # fmt: skip
    def test_refuses_what_is_not_of_the_form_with_its_path(self, facts: dict[str, object], path: str, code: str) -> None:
        with pytest.raises(WrongFacts) as refused:
            asked(**facts)
        assert (path, code) in {(fault.path, fault.code) for fault in refused.value.faults}

    def test_needs_the_status(self) -> None:
        with pytest.raises(WrongFacts) as refused:
            read_facts(StayFacts, {}, shipped_book())
        assert [(fault.path, fault.code) for fault in refused.value.faults] == [("/status", "member_missing")]

    def test_takes_null_for_every_list(self) -> None:
        nothing = {"stays": None, "absences": None, "leaves": None, "earlier_status": None, "six_year": None, "permission": None}
        assert asked(**nothing, as_of=None).answer["months_used"] == 0

    def test_takes_an_end_in_the_far_future(self) -> None:
        assert asked(stays=[stay("2025-06-02", "9999-12-31")]).answer["months_used"] == 12


class TestSpans:
    DAYS = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 20)), max_size=5)

    @given(ours=DAYS, theirs=DAYS)
    def test_agree_with_sets_of_days(self, ours: list[tuple[int, int]], theirs: list[tuple[int, int]]) -> None:
        day = lambda n: dt.date(2026, 1, 1) + dt.timedelta(days=n)  # noqa: E731
        spans = lambda pairs: [Span(day(first), day(first + more)) for first, more in pairs]  # noqa: E731
        days = lambda found: {span.first + dt.timedelta(days=n) for span in found for n in range(span.days)}  # noqa: E731
        mine, other = spans(ours), spans(theirs)
        assert days(joined(mine)) == days(mine) and days_in(mine) == len(days(mine))
        assert days(shared(mine, other)) == days(mine) & days(other)
        assert days(without(mine, other)) == days(mine) - days(other)

    @given(first=st.dates(dt.date(2019, 1, 1), dt.date(2030, 1, 1)), length=st.integers(0, 2500), carried=st.integers(0, 30))
    @settings(max_examples=200)
    def test_of_a_piece_read_the_most_months_that_are_full(self, first: dt.date, length: int, carried: int) -> None:
        piece = Piece(first, first + dt.timedelta(days=length), (), 7, carried)
        months, days = piece.reading()
        full = lambda number: last_day(first, number - 7) - dt.timedelta(days=carried)  # noqa: E731
        assert full(months) <= piece.until < full(months + 1)
        assert days == (piece.until - full(months)).days


def _wording(name: str) -> dict[str, str]:
    tree = ast.parse((PACKAGE / "wording" / "stay.py").read_text())
    found = next(node for node in tree.body if isinstance(node, ast.AnnAssign) and node.target.id == name)  # type: ignore[attr-defined]
    return {key.value: value.args[0].value for key, value in zip(found.value.keys, found.value.values, strict=True)}  # type: ignore


def _catalogue(language: str) -> dict[str, str]:
    text = (ROOT / "locale" / language / "residence_stay.po").read_text(encoding="utf-8")
    entries = re.findall(r'^msgid "(.*)"\nmsgstr "(.*)"$', text, re.MULTILINE)
    return {ast.literal_eval(f'"{key}"'): ast.literal_eval(f'"{value}"') for key, value in entries if key}


class TestWording:
    def test_has_a_sentence_for_every_code_and_none_too_many(self) -> None:
        rules = "".join(path.read_text() for path in sorted((PACKAGE / "rules").glob("stay*.py")))
        said = set(re.findall(r'"(stay_[a-z0-9_]+)"', rules)) | set(re.findall(r'(?<!\.)said\("([a-z0-9_]+)"', rules))
        assert said - {"stay_rules", "stay_thresholds"} == set(_wording("REASONS"))
        assert set(re.findall(r'own_fault\("([a-z_]+)"', rules)) == set(_wording("FAULTS"))

    def test_names_only_values_that_the_reasons_carry(self) -> None:
        seen = {}
        for facts in self.every_reason():
            seen.update({one.code: set(one.about) for one in asked(**facts).reasons})
        for code, about in seen.items():
            assert set(re.findall(r"%\((\w+)\)s", _wording("REASONS")[code])) <= about, code
        assert set(_wording("REASONS")) - set(seen) == {"stay_share_unknown"}

    @pytest.mark.parametrize("language", ["ur", "ja"])
    def test_is_translated_with_the_same_placeholders(self, language: str) -> None:
        told = _catalogue(language)
        sentences = {*_wording("REASONS").values(), *_wording("FAULTS").values()}
        assert set(told) == sentences
        for sentence, translation in told.items():
            assert translation and sorted(re.findall(r"%\(\w+\)s|%%", sentence)) == sorted(
                re.findall(r"%\(\w+\)s|%%", translation)
            )

    def test_in_urdu_uses_urdu_letters(self) -> None:
        assert not re.search("[\u064a\u0643\u0647\u0649]", "".join(_catalogue("ur").values()))

    @staticmethod
    def every_reason() -> list[dict[str, object]]:
        """Facts that together bring out every reason but the one that needs a table without its row."""
        six, since = TestSixthYear.ASKED, [stay("2021-05-01")]
        barred = {"barred_from": "2022-01-02", "barred_to": "2022-01-05"}
        sick = [leave(kind, "2025-08-01", "2029-12-31") for kind in ("illness", "work_accident")]
        short = [leave("illness", "2026-01-01", "2026-01-09"), leave("maternity", "2026-01-01", "2026-01-09")]
        bridge, titp = ({"status": status, "from": "2020-01-01", "to": "2021-04-30"} for status in ("bridge", "titp"))
        moved = [stay("2021-05-01", "2023-01-01"), stay("2024-01-01", employer=None, field="FOOD_SERVICE")]
        gone, half = away("2023-01-01", "2023-01-09", "none"), away("2023-01-01", "2023-01-09", barred_to="2023-01-03")
        proven, bare = away("2022-01-01", "2022-01-09", **barred, proof=True), away("2022-01-01", "2022-01-09", **barred)
        later = [leave("childcare", "2030-01-01", "2030-02-01")]
        return [
            {"as_of": "2019-01-01", "permission": {"kind": "landing"}},
            {"stays": [], "as_of": "2026-01-01"},
            {"status": "ssw2", "stays": since, "six_year": six},
            {"stays": moved, "earlier_status": [bridge, titp]},
            {"stays": since, "absences": [proven, gone]},
            {"stays": since, "absences": [bare, half]},
            {"stays": since, "leaves": short},
            {"stays": since, "leaves": later, "six_year": {**six, "applied_on": "2026-04-01"}},
            {"stays": [stay("2024-05-01")], "leaves": sick[:1], "as_of": "2030-01-01"},
            {"stays": [stay("2024-05-01")], "leaves": sick[1:], "as_of": "2030-01-01"},
            {"stays": [stay("2021-05-01", field="NURSING_CARE")], "six_year": {"tests": [], "applied_on": "2027-01-01"}},
            {"stays": since, "six_year": {**six, "applied_on": "2025-01-01"}, "permission": {"period_ends": "2026-05-20"}},
            {"stays": since, "six_year": {**six, "tests": [{"passed": True}]}, "permission": {"period_ends": "2027-05-20"}},
            {"stays": since, "six_year": {**six, "tests": [{"passed": False}, {"score": 1, "pass_mark": 9}]}},
        ]
