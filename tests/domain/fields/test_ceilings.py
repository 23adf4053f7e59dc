"""Ceilings, their use, the forecast and the state of a field on a day."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rahdari.base.reference import Row, shipped_book
from rahdari.domain.fields.queries.charts import END, FLOOR, START, TOP, ceiling_chart
from rahdari.domain.fields.rules.ceilings import (
    OrderSeen,
    ceiling_on,
    ceilings_of,
    counts_of,
    forecast,
    least_sure,
    order_of_row,
    state_on,
    use_on,
)

BOOK = shipped_book()
DAYS = st.dates(dt.date(2019, 1, 1), dt.date(2029, 12, 31))
PEOPLE = st.integers(0, 200_000)
ORDERS = [order_of_row(row, BOOK.rows("suspension_effects")) for row in BOOK.rows("suspensions")]


def day(text):
    return dt.date.fromisoformat(text)


def count(as_of, people, scope="ssw1", approximate="no", confidence="high"):
    return Row(
        {
            "as_of": str(as_of), "scope": scope, "field": "F", "people": str(people), "approximate": approximate,
            "source": "J1", "confidence": confidence,
        }
    )  # fmt: skip


def limit(ceiling, until="2029-03-31"):
    return Row(
        {
            "field": "F", "decided_on": "2024-03-29", "period_from": "2024-04-01", "period_until": until,
            "scheme": "ssw1", "ceiling": str(ceiling), "source": "J4", "confidence": "high",
        }
    )  # fmt: skip


class TestCeilingOn:
    @pytest.mark.parametrize(("on", "ceiling"), [
        ("2019-03-31", None), ("2019-04-01", 53_000), ("2022-08-29", 53_000), ("2022-08-30", 30_500), ("2024-03-31", 30_500),
        ("2024-04-01", 53_000), ("2026-01-22", 53_000), ("2026-01-23", 50_000), ("2029-03-31", 50_000), ("2029-04-01", None),
    ])  # fmt: skip
    def test_is_the_newest_decided_by_then_whose_period_holds_the_day(self, on, ceiling):
        row = ceiling_on(BOOK, "FOOD_SERVICE", day(on))
        assert (row.number("ceiling") if row else None) == ceiling

    def test_of_training_begins_later(self):
        assert ceiling_on(BOOK, "CONSTRUCTION", day("2026-11-25"), "esd") is None
        assert ceiling_on(BOOK, "CONSTRUCTION", day("2027-04-01"), "esd").number("ceiling") == 123_500

    def test_of_an_unknown_field_is_none(self):
        assert ceiling_on(BOOK, "MOON", day("2026-11-25")) is None


class TestUseOn:
    def test_sets_the_newest_count_against_the_ceiling(self):
        use = use_on(BOOK, "FOOD_SERVICE", day("2026-11-25"))
        assert (use.people, use.ceiling, use.percent, use.mark, use.approximate) == (46_000, 50_000, 92, "nearing", True)

    def test_takes_no_count_of_a_later_day(self):
        assert use_on(BOOK, "FOOD_SERVICE", day("2026-02-27")).people == 28_995

    def test_is_not_known_without_a_count_or_a_ceiling(self):
        assert use_on(BOOK, "FORESTRY", day("2026-11-25")) is None
        assert use_on(BOOK, "FOOD_SERVICE", day("2029-04-01")) is None

    @given(DAYS)
    def test_never_shows_a_hundred_before_the_ceiling_is_reached(self, on):
        for row in BOOK.rows("fields"):
            use = use_on(BOOK, row["code"], on)
            if use is not None:
                assert (use.percent >= 100) == (use.people >= use.ceiling)
                assert use.as_of <= on


class TestForecast:
    def test_lengthens_the_line(self):
        guess = forecast([count("2026-01-01", 100), count("2026-01-11", 200)], limit(300))
        assert (guess.day, guess.reason.code, guess.a_day) == (day("2026-01-21"), "forecast_day", 10.0)

    def test_rounds_up_to_a_whole_day(self):
        assert forecast([count("2026-01-01", 0), count("2026-01-04", 10)], limit(11)).day == day("2026-01-05")

    @pytest.mark.parametrize(("counts", "ceiling", "code"), [
        ([], 300, "forecast_no_count"),
        ([count("2026-01-01", 100)], 300, "forecast_one_count"),
        ([count("2026-01-01", 100), count("2026-01-11", 100)], 300, "forecast_not_rising"),
        ([count("2026-01-01", 200), count("2026-01-11", 100)], 300, "forecast_not_rising"),
        ([count("2026-01-01", 100), count("2026-01-11", 101)], 9_000, "forecast_after_period"),
    ])  # fmt: skip
    def test_says_why_there_is_none(self, counts, ceiling, code):
        guess = forecast(counts, limit(ceiling))
        assert (guess.day, guess.reason.code) == (None, code)

    def test_says_that_no_ceiling_is_known(self):
        assert forecast([count("2026-01-01", 100)], None).reason.code == "forecast_no_ceiling"

    def test_says_that_the_ceiling_was_reached(self):
        guess = forecast([count("2026-01-01", 300)], limit(300))
        assert (guess.day, guess.reason.code) == (day("2026-01-01"), "forecast_reached")

    def test_prefers_counts_that_count_the_same_people(self):
        counts = [count("2026-01-01", 100), count("2026-01-05", 500, "ssw_all"), count("2026-01-11", 200)]
        assert forecast(counts, limit(300)).first["as_of"] == "2026-01-01"

    def test_of_unlike_counts_is_weak_and_says_so(self):
        guess = forecast([count("2026-01-01", 100, "ssw_all"), count("2026-01-11", 200)], limit(300))
        assert (guess.reason.code, guess.reason.confidence) == ("forecast_day_mixed", "low")

    def test_of_an_approximate_count_is_not_sure(self):
        guess = forecast([count("2026-01-01", 100), count("2026-01-11", 200, approximate="yes")], limit(300))
        assert guess.reason.confidence == "medium"

    @given(DAYS, DAYS, PEOPLE, PEOPLE, st.integers(1, 200_000))
    def test_lies_after_the_last_count_and_within_the_period(self, one, other, before, people, ceiling):
        first, last = sorted((one, other))
        guess = forecast([count(first, before), count(last, people)], limit(ceiling))
        if guess.day is not None:
            assert guess.day >= last
            assert guess.day == last or guess.day <= day("2029-03-31")
            assert people >= ceiling or people > before

    @given(DAYS, st.integers(1, 400), st.integers(0, 1000), st.integers(1, 1000), st.integers(1, 5000))
    def test_a_higher_ceiling_is_never_reached_earlier(self, first, days, before, risen, ceiling):
        counts = [count(first, before), count(first + dt.timedelta(days=days), before + risen)]
        lower, higher = (forecast(counts, limit(top, "9999-12-31")).day for top in (ceiling, ceiling + 1))
        assert lower is not None and higher is not None and lower <= higher

    def test_the_least_sure_counts(self):
        assert least_sure(["high", "low", "medium"]) == "low"
        assert least_sure([]) == ""


class TestStateOn:
    @pytest.mark.parametrize(("field", "on", "state"), [
        ("FOOD_SERVICE", "2026-03-26", "open"), ("FOOD_SERVICE", "2026-04-12", "stop_announced"),
        ("FOOD_SERVICE", "2026-04-13", "suspended_in_part"), ("INDUSTRIAL_MACHINERY", "2022-03-31", "open"),
        ("INDUSTRIAL_MACHINERY", "2022-04-01", "suspended_in_part"), ("INDUSTRIAL_MACHINERY", "2022-05-25", "merged"),
        ("RAILWAY", "2024-03-28", "not_begun"), ("RAILWAY", "2024-03-29", "open"), ("LINEN_SUPPLY", "2026-11-25", "decided_not_open"),
    ])  # fmt: skip
    def test_follows_the_tables(self, field, on, state):
        assert state_on(BOOK.one("fields", code=field), ORDERS, day(on)) == state

    @pytest.mark.parametrize(("state", "on", "found"), [
        ("announced", "2026-12-10", "stop_announced"), ("decided", "2026-12-04", "stop_announced"),
        ("decided", "2026-12-05", "suspended"), ("changed", "2026-12-05", "suspended"), ("lifted", "2026-12-30", "suspended"),
        ("lifted", "2026-12-31", "open"), ("withdrawn", "2026-12-10", "open"),
    ])  # fmt: skip
    def test_follows_the_records(self, state, on, found):
        ended = "2026-12-31" if state == "lifted" else ""
        order = Row({"order_id": "O", "field": "CONSTRUCTION", "effective_from": "2026-12-05", "lifted_on": ended})
        effects = (Row({"effect": "refused"}),)
        seen = OrderSeen(order, effects, state, day("2026-11-25"))
        assert state_on(BOOK.one("fields", code="CONSTRUCTION"), [seen], day(on)) == found

    def test_an_order_on_another_field_changes_nothing(self):
        assert state_on(BOOK.one("fields", code="FOOD_MFG"), ORDERS, day("2026-11-25")) == "open"


class TestCeilingChart:
    @pytest.mark.parametrize("field", [row["code"] for row in BOOK.rows("fields")])
    def test_stays_inside_its_frame(self, field):
        counts, ceilings = counts_of(BOOK, field), ceilings_of(BOOK, field)
        guess = forecast(counts, ceiling_on(BOOK, field, day("2026-11-25")))
        chart = ceiling_chart(ceilings, counts, guess.day, day("2026-11-25"))
        for point in (*chart.points, *chart.steps):
            assert START <= point.x <= END
            assert TOP <= point.y <= FLOOR
        assert 3 <= len(chart.people) <= 7

    def test_is_not_drawn_without_a_ceiling(self):
        assert ceiling_chart((), [count("2026-01-01", 5)], None, day("2026-11-25")) is None

    def test_cuts_a_ceiling_where_the_next_one_begins(self):
        chart = ceiling_chart(ceilings_of(BOOK, "FOOD_SERVICE"), (), None, day("2026-11-25"))
        assert [step.label for step in chart.steps] == ["53,000", "30,500", "53,000", "50,000"]
