"""What stands for a test in professional work, by the rows of `professional_routes`."""

from __future__ import annotations

import datetime as dt

import pytest

from rahdari.base.reference import shipped_book
from rahdari.domain.placements.rules.professional import counts, level_asked, reaches, why_not_qualified, work_row

BOOK = shipped_book()
DAY = dt.date(2026, 11, 30)
SMALL = {"employer_category": 3, "faces_people": True, "working_language": "ja"}


@pytest.mark.parametrize(
    ("told", "day", "level"),
    [
        (SMALL, DAY, "B2"),
        (SMALL | {"employer_category": 4}, DAY, "B2"),
        (SMALL | {"employer_category": 2}, DAY, ""),
        (SMALL | {"faces_people": False}, DAY, ""),
        (SMALL, dt.date(2026, 4, 15), "B2"),
        (SMALL, dt.date(2026, 4, 14), ""),
        ({}, DAY, ""),
    ],
)
def test_a_level_is_asked_of_work_that_faces_people_at_the_employers_the_row_names(told, day, level):
    assert level_asked(BOOK, told, day) == level


@pytest.mark.parametrize(
    ("changed", "codes"),
    [
        ({}, []),
        ({"degree": False, "months": 120}, []),
        ({"degree": False, "months": 119}, ["degree_or_practice_missing"]),
        ({"told": SMALL, "held": ["B2"]}, []),
        ({"told": SMALL, "held": ["A2", "C1"]}, []),
        ({"told": SMALL, "held": ["B1"]}, ["working_language_missing"]),
        ({"told": SMALL, "held": [], "degree": False}, ["degree_or_practice_missing", "working_language_missing"]),
    ],
)
def test_a_degree_or_ten_years_are_needed_and_the_language_where_it_is_asked(changed, codes):
    facts = {"degree": True, "months": 0, "held": [], "told": {}, "book": BOOK, "on": DAY} | changed
    assert [one.code for one in why_not_qualified(**facts)] == codes


def test_practice_counts_in_the_work_alone():
    ict = work_row(BOOK, "WORK_ICT", DAY)
    assert counts("2512", ict) and not counts("5322", ict) and not counts("2512", None)
    assert work_row(BOOK, "NURSING_CARE", DAY) is None


@pytest.mark.parametrize(("held", "reached"), [([], False), (["A2.2"], False), (["B1"], False), (["B2"], True), (["C1"], True)])
def test_a_higher_level_is_enough(held, reached):
    assert reaches(held, "B2") is reached
