"""The rules of agreements and of their figures: days, reasons, months, and how small numbers are told."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rahdari.domain.organisations.rules import figures
from rahdari.domain.organisations.rules.agreements import (
    PartnerNamed,
    comes_up_on,
    standing_of_agreement,
    why_not_end,
    why_not_review,
    why_not_terms,
)
from rahdari.domain.organisations.rules.figures import Amount, Month
from tests.make.agreements import terms

TODAY = dt.date(2026, 11, 25)
D = dt.date
DAYS = st.dates(D(2020, 1, 1), D(2030, 12, 31))


def codes(refusals):
    return [one.code for one in refusals]


class TestStanding:
    @pytest.mark.parametrize(
        ("day", "until", "ended_on", "expected"),
        [
            (D(2025, 12, 31), D(2029, 1, 1), None, "not_yet"),
            (D(2026, 1, 1), D(2029, 1, 1), None, "in_force"),
            (D(2028, 12, 31), D(2029, 1, 1), None, "in_force"),
            (D(2029, 1, 1), D(2029, 1, 1), None, "term_over"),
            (D(2040, 1, 1), None, None, "in_force"),
            (D(2026, 5, 31), None, D(2026, 6, 1), "in_force"),
            (D(2026, 6, 1), None, D(2026, 6, 1), "ended"),
            (D(2029, 1, 1), D(2029, 1, 1), D(2026, 6, 1), "ended"),
        ],
    )
    def test_is_read_off_its_days(self, day, until, ended_on, expected):
        assert standing_of_agreement(from_on=D(2026, 1, 1), until=until, ended_on=ended_on, day=day) == expected


class TestTerms:
    def test_are_whole(self):
        assert why_not_terms(terms(), country_known=True, has_text=False, today=TODAY) == []
        assert why_not_terms(terms(reference=""), country_known=True, has_text=True, today=TODAY) == []

    @pytest.mark.parametrize(
        ("changed", "code"),
        [
            ({"number": "  "}, "agreement_number_missing"),
            ({"partners": ()}, "partner_missing"),
            ({"partners": (PartnerNamed("agency"),)}, "partner_missing"),
            ({"partners": (PartnerNamed("friend", ("X",)),)}, "partner_missing"),
            ({"subject": ""}, "subject_missing"),
            ({"reference": " "}, "agreement_text_missing"),
            ({"signed_on": D(2026, 11, 26), "from_on": D(2026, 12, 1)}, "date_in_future"),
            ({"from_on": D(2025, 12, 14)}, "before_signature"),
            ({"until": D(2026, 1, 1)}, "until_before_from"),
            ({"review_on": D(2026, 1, 1)}, "review_too_early"),
        ],
    )
    def test_are_refused_where_something_is_missing_or_in_a_wrong_order(self, changed, code):
        assert codes(why_not_terms(terms(**changed), country_known=True, has_text=False, today=TODAY)) == [code]

    def test_all_reasons_are_told_at_once(self):
        told = why_not_terms(terms(number="", subject="", reference=""), country_known=False, has_text=False, today=TODAY)
        assert codes(told) == ["agreement_number_missing", "country_unknown", "subject_missing", "agreement_text_missing"]


class TestReviewAndEnd:
    def review(self, **changed):
        told = {
            "ended": False, "outcome": "goes_on", "on": TODAY, "from_on": D(2026, 1, 1), "until": D(2027, 1, 1), "new_until": None,
            "next_review_on": None, "today": TODAY,
        }  # fmt: skip
        return codes(why_not_review(**(told | changed)))

    def test_a_review_goes_on_or_prolongs(self):
        assert self.review() == []
        assert self.review(outcome="prolonged", new_until=D(2028, 1, 1), next_review_on=D(2027, 6, 1)) == []

    @pytest.mark.parametrize(
        ("changed", "code"),
        [
            ({"ended": True}, "agreement_ended"),
            ({"outcome": "fine"}, "reason_missing"),
            ({"on": D(2026, 11, 26)}, "date_in_future"),
            ({"on": D(2025, 12, 31)}, "review_too_early"),
            ({"outcome": "prolonged"}, "until_before_from"),
            ({"outcome": "prolonged", "new_until": D(2027, 1, 1)}, "until_before_from"),
            ({"new_until": D(2028, 1, 1)}, "not_prolonged"),
            ({"next_review_on": TODAY}, "review_too_early"),
        ],
    )
    def test_a_review_is_refused(self, changed, code):
        assert self.review(**changed) == [code]

    @pytest.mark.parametrize(
        ("changed", "code"),
        [
            ({"ended": True}, "agreement_ended"),
            ({"ground": "because"}, "reason_missing"),
            ({"ended_on": D(2025, 12, 31)}, "ends_before_it_began"),
            ({"ended_on": D(2027, 1, 1)}, "ends_by_itself"),
        ],
    )
    def test_an_end_is_refused(self, changed, code):
        told = {
            "ended": False,
            "ended_on": D(2026, 12, 31),
            "from_on": D(2026, 1, 1),
            "until": D(2027, 1, 1),
            "ground": "replaced",
        }
        assert codes(why_not_end(**told)) == []
        assert codes(why_not_end(**(told | changed))) == [code]

    def test_what_comes_up_is_the_review_or_the_last_day(self):
        assert comes_up_on(review_on=None, until=None, ended_on=None) is None
        assert comes_up_on(review_on=D(2027, 1, 1), until=None, ended_on=None) == D(2027, 1, 1)
        assert comes_up_on(review_on=D(2027, 1, 1), until=D(2027, 1, 1), ended_on=None) == D(2026, 12, 31)
        assert comes_up_on(review_on=D(2027, 1, 1), until=None, ended_on=TODAY) is None


class TestFigures:
    def why_not(self, **changed):
        told = {
            "month": D(2026, 10, 1), "numbers": (3, 2, 1), "source": "Report", "signed_on": D(2026, 1, 15), "counted": False,
            "held": False, "today": TODAY,
        }  # fmt: skip
        return codes(figures.why_not_figures(**(told | changed)))

    def test_of_a_month_that_is_over_are_recorded(self):
        assert self.why_not() == []
        assert self.why_not(month=D(2026, 1, 1)) == []

    @pytest.mark.parametrize(
        ("changed", "code"),
        [
            ({"counted": True, "source": ""}, "counted_here"),
            ({"month": None}, "month_unreadable"),
            ({"month": D(2026, 11, 1)}, "month_not_over"),
            ({"month": D(2025, 12, 1)}, "before_signature"),
            ({"held": True}, "figures_recorded"),
            ({"numbers": (1, -1, 0)}, "figure_negative"),
            ({"source": " "}, "figures_source_missing"),
        ],
    )
    def test_are_refused(self, changed, code):
        assert self.why_not(**changed) == [code]

    @pytest.mark.parametrize(
        ("changed", "expected"),
        [
            ({}, []),
            ({"held": False}, ["no_figures_of_month"]),
            ({"month": None, "held": False}, ["month_unreadable"]),
            ({"ground": ""}, ["reason_missing"]),
            ({"counted": True}, ["counted_here"]),
        ],
    )
    def test_are_corrected_with_a_reason(self, changed, expected):
        told = {
            "month": D(2026, 10, 1), "numbers": (1, 1, 1), "source": "R", "counted": False, "held": True, "ground": "counted_again"
        }  # fmt: skip
        assert codes(figures.why_not_correct_figures(**(told | changed))) == expected

    @pytest.mark.parametrize("text", ["2026-13", "26-10", "2026-1", "2026-10-01", "", "October", "1800-01", "2026/10"])
    def test_what_is_no_month_is_not_read(self, text):
        assert figures.read_month(text) is None
        assert figures.read_month("2026-10") == D(2026, 10, 1)

    @given(DAYS, st.none() | DAYS, DAYS)
    def test_months_over_follow_one_another_and_lie_inside(self, from_on, until, today):
        months = figures.months_over(from_on=from_on, until=until, today=today)
        assert all(figures.month_after(one) == two for one, two in pairwise(months))
        assert all(one.day == 1 and figures.month_before(figures.month_after(one)) == one for one in months)
        assert all(one >= figures.first_of_month(from_on) and one < figures.first_of_month(today) for one in months)
        assert until is None or all(one < until for one in months)


class TestTellingNumbers:
    def test_small_ones_are_told_as_such_to_anyone_and_exactly_to_the_keepers(self):
        assert [figures.told(n, exactly=False) for n in (0, 1, 4, 5)] == [Amount(0, 0), Amount(1, 4), Amount(1, 4), Amount(5, 5)]
        assert figures.told(3, exactly=True) == Amount(3, 3)

    @given(st.lists(st.integers(0, 40), max_size=12))
    def test_a_sum_holds_the_true_one_and_says_nothing_more_than_its_months(self, numbers):
        months = [Month(D(2026, 1, 1), one) for one in numbers]
        told = figures.sums(months, exactly=False)["interviews"]
        assert told.low <= sum(numbers) <= told.high
        others = [Month(D(2026, 1, 1), 1 if 0 < one < figures.FEWEST_TOLD else one) for one in numbers]
        assert told == figures.sums(others, exactly=False)["interviews"]
        assert figures.sums(months, exactly=True)["interviews"] == Amount(sum(numbers), sum(numbers))
