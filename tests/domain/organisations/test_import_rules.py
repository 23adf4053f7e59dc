"""Cells, columns and rows of registers: read in three languages, never guessed where two things could be meant."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rahdari.base.reference import shipped_book
from rahdari.domain.organisations.rules.importing import values
from rahdari.domain.organisations.rules.importing.checking import Entry, Held, compare, counts_of
from rahdari.domain.organisations.rules.importing.columns import TARGETS, folded, guessed, key_of, target_of, why_not_columns
from rahdari.domain.organisations.rules.importing.rows import Reader, Terms
from rahdari.domain.organisations.rules.licences import KINDS
from rahdari.domain.organisations.rules.names import fold
from tests.make.registers import HEAD, messy

TODAY = dt.date(2026, 11, 25)
DAY = dt.date(2021, 3, 25)


class TestDays:
    @pytest.mark.parametrize(
        "text",
        ["2021-03-25", "2021/3/25", "2021.03.25", "20210325", "25/03/2021", "3/25/2021", "25-3-2021", "25.03.2021", "25-Mar-2021",
         "25 March 2021", "March 25, 2021", "25th March, 2021", "2021年3月25日", "令和3年3月25日", "R3.3.25", "H33.3.25",
         "۲۵/۰۳/۲۰۲۱", "25 مارچ 2021", "２０２１年３月２５日", "2021-03-25 00:00:00", "2021-03-25T00:00:00"],
    )  # fmt: skip
    def test_of_many_writings_are_read(self, text):
        assert values.day_of(values.plain(text)).day == DAY

    @pytest.mark.parametrize(
        ("text", "wrong"),
        [("03/04/2021", "day_ambiguous"), ("3-4-2021", "day_ambiguous"), ("25/03/21", "day_without_century"),
         ("31/02/2021", "day_unknown"), ("44280", "day_unknown"), ("soon", "day_unknown"), ("2021", "day_unknown"),
         ("25 Muharram 1442", "day_unknown"), ("0021-03-25", "day_unknown"), ("9999-12-31", "day_unknown"), ("13/13/2021", "day_unknown")],
    )  # fmt: skip
    def test_that_are_none_or_could_be_two_are_refused(self, text, wrong):
        read = values.day_of(text)
        assert (read.day, read.wrong) == (None, wrong)

    def test_of_two_meanings_the_named_order_counts(self):
        assert values.day_of("03/04/2021", "day_first").day == dt.date(2021, 4, 3)
        assert values.day_of("03/04/2021", "month_first").day == dt.date(2021, 3, 4)
        assert values.day_of("05/05/2021").day == dt.date(2021, 5, 5)
        assert values.day_of("25/03/2021", "month_first").day == DAY

    @given(st.text(max_size=40))
    def test_any_text_is_a_day_or_none(self, text):
        read = values.day_of(values.plain(text))
        assert (read.day is None) == bool(read.wrong)


class TestWords:
    @pytest.mark.parametrize(
        ("text", "state"),
        [("VALID", "valid"), (" Active ", "valid"), ("فعال", "valid"), ("有効", "valid"), ("susp.", "suspended"), ("معطل", "suspended"),
         ("停止中", "suspended"), ("Expired", "expired"), ("失効", "expired"), ("CANCELLED", "cancelled"), ("منسوخ", "cancelled"),
         ("取消", "cancelled"), ("Surrendered", "surrendered"), ("廃止", "surrendered"), ("نااہل", "disqualified"), ("欠格", "disqualified"),
         ("s", ""), ("under process", ""), ("Valid?? no", "")],
    )  # fmt: skip
    def test_of_states_in_three_languages(self, text, state):
        assert values.state_of(values.plain(text)) == state

    def test_every_kind_is_known_by_its_code(self):
        assert {values.kind_of(code.replace("_", " ")) for code in KINDS} == set(KINDS)

    @pytest.mark.parametrize(
        ("text", "wrong"),
        [("=1+1", "cell_formula"), ("@SUM(A1)", "cell_formula"), ('+HYPERLINK("x")', "cell_formula"), ("-1+cmd|'/C calc'!A0", "cell_formula"),
         ("＝1+1", "cell_formula"), ("#N/A", "cell_error"), ("+92 42 35761234", ""), ("Sitara", "")],
    )  # fmt: skip
    def test_formulas_and_errors_are_no_values(self, text, wrong):
        assert values.why_not_cell(values.plain(text)) == wrong

    @pytest.mark.parametrize("text", ["", " ", "-", "—", "N/A", "nil", "なし", "\u200b"])
    def test_what_says_nothing_is_empty(self, text):
        assert values.plain(text) == ""


class TestColumns:
    @pytest.mark.parametrize(
        ("title", "target"),
        [("Licence No.", "number"), ("LICENSE  NUMBER", "number"), ("لائسنس نمبر", "number"), ("登録番号", "number"),
         ("Old Licence No", "old_number"), ("Name of the OEP", "name"), ("Company Name (English)", "name"), ("فرم کا نام", "name"),
         ("名称", "name"), ("Issue Date", "from_on"), ("登録年月日", "from_on"), ("Valid upto", "last_on"), ("有効期間の満了日", "last_on"),
         ("Office Address", "address"), ("Tel. No", "phone"), ("電話番号", "phone"), ("CNIC", "officer_identity"), ("法人番号", "jp_corporate_number"),
         ("代表者氏名", "director"), ("نمبر شمار", "left_out"), ("Date of suspension", "state_on"), ("xyz", "")],
    )  # fmt: skip
    def test_are_guessed_by_their_titles(self, title, target):
        assert target_of(title) == target

    def test_of_two_for_one_thing_the_first_counts(self):
        assert guessed(["Licence No", "License Number", "Name", "نام"], {}) == ["number", "left_out", "name", "name"]

    def test_are_remembered_whatever_their_order_and_case(self):
        assert key_of(["A b", "C"]) == key_of(["c", "a  B"]) != key_of(["a b"])
        assert guessed(["C", "A b"], {folded("a B"): "number", "c": "name"}) == ["name", "number"]

    def test_name_and_number_must_be_there(self):
        assert [one.code for one in why_not_columns("OEP", ["left_out"], 1)] == ["import_column_missing"] * 2
        assert why_not_columns("EXAM_BODY", ["name"], 1) == []
        assert [one.code for one in why_not_columns("OEP", ["name", "number", "until", "last_on"], 4)] == ["import_two_ends"]


def read(rows, head=HEAD, kind="OEP", targets=None, **told):
    reader = Reader(head, targets or guessed(head, {}), Terms(KINDS[kind].side, kind, TODAY, **told), shipped_book())
    return [reader.read(line, cells) for line, cells in enumerate(rows, 2)]


def faults(row):
    return [(one.code, one.column) for one in row.faults]


GOOD = messy(1, share=0)[0][0]


def changed(**cells):
    row = [*GOOD]
    row[8], row[9], row[10] = "Valid", "13/01/2010", "28/01/2030"
    for place, cell in cells.items():
        row[int(place[1:])] = cell
    return row


class TestRows:
    def test_a_good_one_is_read_whole(self):
        row = read([changed(c7="042-35761234 / 0300-1234567", c11="Bilal Sheikh (invented); Nasreen Gul (invented)")])[0]
        assert row.faults == []
        assert (row.number, row.old_numbers, row.until) == ("OP&HRD/0000/LHR/2010", ("MPD/0000/LHR",), dt.date(2030, 1, 29))
        assert row.phones == ("+924235761234", "+923001234567")
        assert [(one.name, one.identity) for one in row.officers] == [
            ("Bilal Sheikh (invented)", "35201-0000000-1"), ("Nasreen Gul (invented)", ""),
        ]  # fmt: skip

    @pytest.mark.parametrize(
        ("cells", "told"),
        [
            ({"c1": "42"}, [("register_number_wrong", "Licence No")]),
            ({"c1": ""}, [("register_number_missing", "")]),
            ({"c3": "", "c4": ""}, [("register_name_missing", "")]),
            ({"c3": "?????"}, [("register_name_broken", "Name of OEP")]),
            ({"c3": "x" * 201}, [("cell_too_long", "Name of OEP")]),
            ({"c7": "9.24236E+11"}, [("number_shortened", "Phone")]),
            ({"c7": "12"}, [("register_phone_wrong", "Phone")]),
            ({"c8": ""}, [("state_missing", "Status")]),
            ({"c8": "??"}, [("state_word_unknown", "Status")]),
            ({"c10": "28/01/2020"}, [("state_against_days", "Status")]),
            ({"c8": "Expired"}, [("expired_too_early", "Status")]),
            ({"c9": "03/04/2019"}, [("day_ambiguous", "Issue date")]),
            ({"c9": "13/01/2027"}, [("day_in_future", "Issue date")]),
            ({"c8": "Cancelled", "c10": "13/01/2010", "c9": "14/01/2010"}, [("ends_before_it_begins", "Expiry date")]),
            ({"c12": "1"}, [("officer_card_wrong", "CNIC")]),
            ({"c11": ""}, [("more_cards_than_people", "CNIC")]),
            ({"c5": "=1+1"}, [("cell_formula", "Address")]),
            ({"c13": "#REF!"}, [("cell_error", "NTN")]),
        ],
    )
    def test_every_fault_is_said_with_its_column(self, cells, told):
        assert faults(read([changed(**cells)])[0]) == told

    def test_all_faults_are_said_at_once(self):
        assert len(read([changed(c1="1", c7="2", c8="3", c9="4", c12="5")])[0].faults) == 5

    def test_numbers_of_japan_are_checked(self):
        head = ("許可番号", "名称", "法人番号")
        rows = [["13-ユ-311955", "見本", "1180301018771"], ["13-ユ-311956", "見本二", "2180301018771"]]
        good, wrong = read(rows, head, "JP_PLACEMENT")
        assert good.faults == [] and good.identifiers == (("jp_corporate_number", "1180301018771"),)
        assert faults(wrong) == [("corporate_check_differs", "法人番号")]

    def test_a_kind_of_the_other_side_is_said(self):
        row = read([["RSO", "X", "OP&HRD/0001/LHR"]], ("Kind", "Name", "Licence No"))[0]
        assert faults(row)[0] == ("kind_of_other_state", "Kind")

    @given(st.lists(st.text(max_size=30), min_size=len(HEAD), max_size=len(HEAD)))
    def test_any_cells_are_read(self, cells):
        assert read([cells])[0].line == 2


def entry(**told):
    row = read([changed()])[0]
    base = {
        "key": "k", "kind": "OEP", "number": row.number, "old_numbers": ("MPD/0000/LHR",), "names": frozenset(map(fold, row.names)),
        "office": fold(row.office), "phones": frozenset(row.phones), "state": "valid", "until": row.until,
    }  # fmt: skip
    return Entry(**(base | told))


def held(*entries):
    found = Held()
    for one in entries:
        found.add(one)
    return found


def fate(rows, entries=(), **told):
    return [(one.fate, [fault.code for fault in one.faults], one.differs) for one in compare(read(rows, **told), held(*entries))]


class TestComparing:
    def test_new_known_different(self):
        assert fate([changed()]) == [("new", [], ())]
        assert fate([changed()], [entry()]) == [("known", [], ())]
        assert fate([changed()], [entry(state="suspended", until=None)]) == [("differs", [], ("state", "last_on"))]
        assert fate([changed()], [entry(state="restored")]) == [("known", [], ())]

    def test_the_same_row_again_is_wrong_and_the_first_stands(self):
        assert fate([changed(), changed()]) == [("new", [], ()), ("wrong", ["row_repeated"], ())]

    def test_one_number_for_two_firms_makes_both_wrong(self):
        other = changed(c3="Shaheen (invented)", c5="Elsewhere", c7="042-35000001")
        assert [one[:2] for one in fate([changed(), other])] == [("wrong", ["number_twice"])] * 2

    def test_one_firm_under_two_numbers_is_told(self):
        assert fate([changed(), changed(c1="OP&HRD/9999/LHR/2010")])[1] == ("wrong", ["same_firm_twice"], ())
        elsewhere = changed(c1="OP&HRD/9999/LHR/2010", c5="Other", c6="Quetta", c7="081-2820001")
        assert fate([changed(), elsewhere])[1][0] == "new"

    def test_kinds_without_numbers_are_known_by_name_and_office(self):
        head, row = ("Name", "Address"), ["Sitara School (invented)", "Mall Road"]
        there = entry(kind="TRAINING_BODY", number="", old_numbers=(), names=frozenset({fold(row[0])}), office=fold(row[1]),
                      phones=frozenset(), until=None)  # fmt: skip
        assert fate([row], [there], head=head, kind="TRAINING_BODY") == [("known", [], ())]
        assert fate([row, row], head=head, kind="TRAINING_BODY")[1][1] == ["same_firm_twice"]

    def test_counts_say_nothing_of_anybody(self):
        told = counts_of(compare(read([changed(), changed(c1="1")]), held()))
        assert told["fates"] == {"new": 1, "known": 0, "differs": 0, "wrong": 1}
        assert told["faults"]["register_number_wrong"] == 1
        assert set(told) == {"fates", "faults", "day_forms", "without"}


def test_every_target_and_fault_has_words():
    from rahdari.web.words import shelf

    assert [one for one in TARGETS if f"column_{one}" not in shelf("CODES")] == []
    rows, _ = messy(500)
    codes = {fault.code for row in read(rows) for fault in row.faults}
    assert [one for one in codes if one not in shelf("REFUSALS") or f"fault_{one}" not in shelf("CODES")] == []
