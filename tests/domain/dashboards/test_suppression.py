"""Small numbers that are not told: no sum and no difference of what is told gives one away."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from rahdari.domain.dashboards.rules.funnel import ALL, ENDED, HERE, OF_CASES, OWN, PAPER, PASSED, WHY, WHYS, Counts, sums_of
from rahdari.domain.dashboards.rules.suppression import following, hidden_numbers
from rahdari.domain.organisations.rules.figures import FEWEST_TOLD

STATIONS = OF_CASES["pk"]


def table(rows):
    """A table with its totals: cells, and the sums over rows, columns and all."""
    cells = {(r, c): number for r, row in enumerate(rows) for c, number in enumerate(row)}
    wide, high = range(len(rows[0])), range(len(rows))
    for r in high:
        cells[r, "all"] = sum(rows[r])
    for c in wide:
        cells["all", c] = sum(row[c] for row in rows)
    cells["all", "all"] = sum(map(sum, rows))
    sums = [((r, "all"), [(r, c) for c in wide]) for r in (*high, "all")]
    sums += [(("all", c), [(r, c) for r in high]) for c in (*wide, "all")]
    return cells, sums


class TestATable:
    def test_hides_what_is_smaller_than_five_and_tells_noughts(self):
        assert hidden_numbers({"a": 4, "b": 5, "c": 0}, []) == {"a"}

    def test_hides_a_second_one_so_that_the_total_does_not_tell_the_first(self):
        cells, sums = {"all": 23, "a": 12, "b": 8, "c": 3}, [("all", ["a", "b", "c"])]
        assert hidden_numbers(cells, sums) == {"c", "b"}

    def test_hides_the_total_where_all_its_parts_are_small(self):
        assert hidden_numbers({"all": 3, "a": 3, "b": 0}, [("all", ["a", "b"])]) == {"all", "a"}

    def test_hides_a_third_one_where_two_together_are_small(self):
        cells, sums = {"all": 33, "a": 2, "b": 1, "c": 10, "d": 20}, [("all", ["a", "b", "c", "d"])]
        assert hidden_numbers(cells, sums) == {"a", "b", "c"}

    def test_hides_nothing_where_nothing_is_small(self):
        cells, sums = table([[5, 9], [0, 30]])
        assert hidden_numbers(cells, sums) == frozenset()

    def test_sees_what_follows_from_several_sums_together(self):
        # Two tables of one total: what one of them tells, the other one may not hide alone.
        cells = {"all": 40, "x": 36, "y": 4, "p": 30, "q": 6, "r": 4}
        hidden = hidden_numbers(cells, [("all", ["x", "y"]), ("all", ["p", "q", "r"])])
        assert {"y", "r"} <= hidden and not following(hidden, [("all", ["x", "y"]), ("all", ["p", "q", "r"])]) & {"y", "r"}


def test_the_attacker_works_out_what_is_determined():
    assert following({"a"}, [("all", ["a", "b"])]) == {"a"}
    assert following({"a", "b"}, [("all", ["a", "b"])]) == set()
    assert following({"a", "b"}, [("s", ["a", "b"]), ("d", ["a", "b"]), ("e", ["b"])]) == {"a", "b"}


numbers = st.one_of(st.just(0), st.integers(1, 6), st.integers(5, 60))


@given(st.lists(st.lists(numbers, min_size=4, max_size=4), min_size=2, max_size=5))
def test_in_no_table_a_small_number_follows_from_what_is_told(rows):
    cells, sums = table(rows)
    hidden = hidden_numbers(cells, sums)
    small = {key for key, number in cells.items() if 0 < number < FEWEST_TOLD}
    assert small <= hidden
    assert not following(hidden, sums) & small
    for total, parts in sums:
        gone = [one for one in (total, *parts) if one in hidden]
        assert len(gone) != 1


def possible(cells, sums, hidden, most=12):
    """Every filling of the hidden numbers (at least 1) that fits all sums, by trying; for tables with few of them."""
    keys = sorted(hidden, key=str)
    for guess in itertools.product(range(1, most), repeat=len(keys)):
        told = cells | dict(zip(keys, guess, strict=True))
        if all(told[total] == sum(told[one] for one in parts) for total, parts in sums):
            yield told


@pytest.mark.parametrize("rows", [[[3, 9], [7, 8]], [[1, 6], [6, 6]], [[4, 5], [9, 4]]])
def test_several_tables_fit_what_is_told(rows):
    cells, sums = table(rows)
    hidden = hidden_numbers(cells, sums)
    of_cells = {key for key in hidden if "all" not in key}
    found = list(possible(cells, sums, of_cells)) if of_cells == hidden else []
    small = {key for key, number in cells.items() if 0 < number < FEWEST_TOLD}
    assert all(len({one[key] for one in found}) > 1 for key in small)


def funnel(draws):
    """Cases that walk the line: of each field some wait and some end at each station."""
    counts = Counts()
    for of_field, (begins, steps) in draws.items():
        left = begins
        for no, (waits, ends, why, paper) in zip(STATIONS, steps, strict=False):
            waits, ends = min(waits, left), min(ends, max(0, left - waits))
            left -= waits + ends
            for measure, number in (
                (HERE, waits),
                (ENDED, ends),
                (PASSED, left),
                (PAPER, min(paper, left)),
                (OWN, left - min(paper, left)),
            ):
                if number:
                    counts.add(of_field, measure, no, number)
            if ends:
                counts.add(of_field, WHY, WHYS[why], ends)
    return counts


step = st.tuples(st.integers(0, 6), st.integers(0, 9), st.integers(0, 5), st.sampled_from([0, 0, 2, 7]))


@given(
    st.dictionaries(
        st.sampled_from(["CARE", "FOOD", "FARM"]),
        st.tuples(st.integers(0, 90), st.lists(step, min_size=5, max_size=11)),
        min_size=1,
    )
)
@example(
    {  # what is shown and would hide the small one stands three sums away from it
        "CARE": (5, [(0, 4, 0, 0), (0, 0, 0, 0), (0, 1, 0, 0), (0, 0, 0, 0), (0, 0, 0, 0)]),
        "FOOD": (6, [(0, 1, 0, 0), (0, 0, 0, 0), (0, 0, 0, 0), (0, 0, 0, 0), (0, 4, 0, 0)]),
        "FARM": (10, [(0, 0, 0, 0), (0, 0, 0, 0), (0, 0, 0, 0), (0, 4, 0, 0), (0, 1, 0, 0)]),
    }
)
def test_of_a_funnel_no_small_number_follows_not_even_from_one_station_to_the_next(draws):
    counts = funnel(draws)
    sums = sums_of(counts, STATIONS)
    assert all(counts.cells[total] == sum(counts.cells[one] for one in parts) for total, parts in sums)
    hidden = hidden_numbers(counts.cells, sums)
    small = {key for key, number in counts.cells.items() if 0 < number < FEWEST_TOLD}
    assert small <= hidden and not following(hidden, sums) & small


def test_the_difference_of_two_stations_does_not_tell_who_ended_between_them():
    counts = Counts()
    for no, passed, ended in ((8, 20, 0), (9, 18, 2)):
        counts.add("CARE", PASSED, no, passed)
        counts.add("CARE", OWN, no, passed)
        if ended:
            counts.add("CARE", ENDED, no, ended)
            counts.add("CARE", WHY, "not_selected", ended)
    hidden = hidden_numbers(counts.cells, sums_of(counts, STATIONS))
    for of_field in ("CARE", ALL):
        told = [(of_field, PASSED, no) for no in (8, 9) if (of_field, PASSED, no) not in hidden]
        assert len(told) < 2 and (of_field, ENDED, 9) in hidden
