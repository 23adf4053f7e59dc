"""A workbook holds texts, numbers and days, runs nothing, and is the same bytes each time."""

from __future__ import annotations

import datetime as dt
import io
import zipfile

import pytest

from rahdari.base.sheets.workbook import first_sheet
from rahdari.base.sheets.writing import LONGEST, Table, workbook

DAY = dt.date(2026, 11, 28)
ODD = [
    "=1+1",
    "+81 3 1234",
    "-2",
    "@SUM(A1)",
    "\t=1",
    '=HYPERLINK("http://x.invalid","x")',
    "<b>&\"'</b>",
    "محمد علی",
    "雇用条件書",
]


def read(content):
    return [cells for _number, cells in first_sheet(content, most_rows=99, most_columns=9)[1]]


def part(content, name="xl/worksheets/sheet1.xml"):
    return zipfile.ZipFile(io.BytesIO(content)).read(name).decode()


class TestWorkbook:
    def test_holds_what_was_given(self):
        rows = [["No.", "Label"], [1, "one"], [DAY, ""], [None, "x"], ["a" * (LONGEST + 9)]]
        assert read(workbook([Table("form", (9, 30), rows)])) == [
            ("No.", "Label"), ("1", "one"), ("2026-11-28",), ("", "x"), ("a" * LONGEST,),
        ]  # fmt: skip

    @pytest.mark.parametrize("text", ODD)
    def test_runs_nothing_it_holds(self, text):
        content = workbook([Table("form", (9,), [[text]])])
        assert read(content) == [(text,)]
        assert "<f" not in part(content)
        assert ('s="1"' in part(content)) is text.startswith(("=", "+", "-", "@", "\t"))

    def test_leaves_out_what_xml_has_no_letter_for(self):
        assert read(workbook([Table("form", (9,), [["a\x00b\x1f\ud800"]])])) == [("a\ufffdb\ufffd\ufffd",)]

    def test_is_the_same_bytes_each_time(self):
        tables = [Table("form", (9,), [["x", DAY]]), Table("sources", (9,), [[3]])]
        assert workbook(tables) == workbook(list(tables))

    def test_parts_sheets_of_one_name_and_cleans_names(self):
        content = workbook(
            [Table("a/b:c*" + "x" * 40, (9,), [[1]]), Table("A B C " + "x" * 40, (9,), [[2]]), Table("[]", (9,), [[3]])]
        )
        named = part(content, "xl/workbook.xml")
        assert 'name="a b c xxxxxxxxxxxxxxxxxxxxxxxxx"' in named
        assert 'name="A B C xxxxxxxxxxxxxxxxxxxx (2)"' in named
        assert 'name="3"' in named

    def test_turns_a_sheet_for_urdu(self):
        assert 'rightToLeft="1"' in part(workbook([Table("x", (9,), [["الف"]], right_to_left=True)]))

    def test_takes_no_truth_for_a_number(self):
        with pytest.raises(TypeError):
            workbook([Table("x", (9,), [[True]])])
