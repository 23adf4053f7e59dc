"""Counting days and months as the offices do."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rahdari.base.days import end_after, last_day, last_of_month, months_on, offices_of
from rahdari.base.reference import shipped_book

JP, PK = offices_of("JP", shipped_book()), offices_of("PK", shipped_book())
D = dt.date
DAYS = st.dates(D(2019, 1, 1), D(2030, 12, 31))


class TestMonths:
    @pytest.mark.parametrize(
        ("day", "months", "expected"),
        [(D(2026, 1, 31), 1, None), (D(2026, 1, 28), 1, D(2026, 2, 28)), (D(2026, 3, 15), -3, D(2025, 12, 15))],
    )
    def test_finds_the_corresponding_day_or_none(self, day, months, expected):
        assert months_on(day, months) == expected

    @pytest.mark.parametrize(
        ("event", "number", "unit", "end"),
        [
            (D(2026, 1, 15), 3, "months", D(2026, 4, 15)),
            (D(2026, 1, 30), 1, "months", D(2026, 2, 28)),
            (D(2026, 1, 31), 1, "months", D(2026, 2, 28)),
            (D(2025, 11, 30), 3, "months", D(2026, 2, 28)),
            (D(2024, 2, 28), 1, "years", D(2025, 2, 28)),
            (D(2026, 4, 1), 14, "days", D(2026, 4, 15)),
            (D(2026, 4, 1), 120, "days", D(2026, 7, 30)),
        ],
    )
    def test_does_not_count_the_day_of_the_event(self, event, number, unit, end):
        assert end_after(event, number, unit) == end

    def test_knows_no_other_unit(self):
        with pytest.raises(ValueError, match="weeks"):
            end_after(D(2026, 1, 1), 1, "weeks")

    @given(DAYS, st.integers(1, 72))
    def test_a_longer_period_never_ends_earlier(self, first, months):
        assert last_day(first, months) <= last_day(first, months + 1)

    @given(DAYS)
    def test_the_last_of_a_month_is_followed_by_a_first(self, day):
        assert (last_of_month(day) + dt.timedelta(days=1)).day == 1


class TestOffices:
    @pytest.mark.parametrize(
        ("day", "open_"),
        [
            (D(2026, 11, 25), True),
            (D(2026, 11, 22), False),
            (D(2026, 11, 23), False),
            (D(2026, 12, 28), True),
            (D(2026, 12, 29), False),
            (D(2027, 1, 3), False),
            (D(2027, 1, 4), True),
        ],
    )
    def test_of_japan_close_on_weekends_holidays_and_over_the_new_year(self, day, open_):
        assert JP.open_on(day) is open_

    def test_of_pakistan_close_on_pakistan_day(self):
        assert not PK.open_on(D(2026, 3, 23))
        assert PK.open_on(D(2026, 12, 29))

    def test_move_a_day_to_the_next_open_one(self):
        assert JP.next_open(D(2026, 5, 31)) == D(2026, 6, 1)
        assert JP.next_open(D(2026, 12, 29)) == D(2027, 1, 4)

    def test_count_working_days(self):
        assert JP.working_days_after(D(2026, 11, 20), 1) == D(2026, 11, 24)
        assert JP.working_days_after(D(2026, 11, 22), 0) == D(2026, 11, 24)
        assert JP.working_days_between(D(2026, 11, 20), D(2026, 11, 24)) == 1
        assert JP.working_days_between(D(2026, 11, 24), D(2026, 11, 20)) == -1

    @given(DAYS.filter(lambda d: d.year < 2030), st.integers(1, 20))
    def test_counting_there_and_back_agrees(self, day, number):
        assert JP.working_days_between(day, JP.working_days_after(day, number)) == number
