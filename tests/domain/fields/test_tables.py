"""What is wrong with the tables of the reference data: each kind of fault is found, with file and line."""

from __future__ import annotations

import json
import shutil

import pytest

from rahdari.base.actor import Actor, machine, stranger
from rahdari.base.clock import now
from rahdari.base.editions import current_book
from rahdari.base.models import AuditEntry, Edition
from rahdari.base.reference import SHIPPED, Book, Row, shipped_book
from rahdari.base.refusal import Refused
from rahdari.domain.fields.actions import load_reference
from rahdari.domain.fields.rules.shapes import SHAPES, STATE_COLUMNS
from rahdari.domain.fields.rules.tables import faults_of

OPERATOR = machine("jp", "command")


@pytest.fixture
def folder(tmp_path):
    copy = tmp_path / "reference"
    shutil.copytree(SHIPPED, copy)
    return copy


def replace(folder, table, old, new):
    path = folder / f"{table}.csv"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


class TestShippedTables:
    def test_have_no_fault(self):
        assert faults_of(SHIPPED) == []

    def test_have_no_fault_as_a_book(self):
        assert faults_of(shipped_book()) == []

    def test_are_all_declared(self):
        assert {path.stem for path in SHIPPED.glob("*.csv")} == set(SHAPES)

    def test_joins_and_states_name_columns_that_are_there(self):
        places = [column.kind.removeprefix("many:").removeprefix("@").split("+")[0]
                  for shape in SHAPES.values() for column in shape.columns if "@" in column.kind]  # fmt: skip
        for place in [*places, *STATE_COLUMNS]:
            table, _, column = place.partition(".")
            assert column in {one.name for one in SHAPES[table].columns}

    def test_keys_name_columns_that_are_there(self):
        for shape in SHAPES.values():
            assert set(shape.key) <= {column.name for column in shape.columns}


class TestFaultsOf:
    @pytest.mark.parametrize(("table", "old", "new", "fault"), [
        ("fields", "2019-04-01", "2019-13-01", "fields.csv:2: valid_from: '2019-13-01' is not a day (year-month-day)"),
        ("fields", "2019-04-01", "2019-02-29", "fields.csv:2: valid_from: '2019-02-29' is not a day (year-month-day)"),
        ("fields", "2019-04-01", "01.04.2019", "fields.csv:2: valid_from: '01.04.2019' is not a day (year-month-day)"),
        ("fields", "MHLW", "MHLV", "fields.csv:2: ministry: MHLV does not stand in authorities.code"),
        ("fields", ",open,", ",ajar,", "fields.csv:2: status: 'ajar' is not one of open, suspended, suspended_in_part, "
                                       "decided_not_open, merged"),
        ("fields", "J4;J5;J23", "J4;JX", "fields.csv:2: source: source 'JX' does not stand in sources.tag"),
        ("fields", ",high,", ",sure,", "fields.csv:2: confidence: 'sure' is not one of high, medium, low"),
        ("fields", "نرسنگ کیئر", "نرسنگ كيئر", "Arabic letters in"),
        ("fields", "介護", "介護 ", "fields.csv:2: name_ja: stray blank around '介護 '"),
        ("fields", "介護", "介\u200b護", "hidden or broken letter"),
        ("fields", "Nursing care,", ",", "fields.csv:2: name_en: may not be blank"),
        ("fields", "BUILDING_CLEANING,B", "NURSING_CARE,B", "fields.csv:3: code stands in line 2 already: NURSING_CARE"),
        ("fields", "valid_until", "valid_til", "fields.csv:1: the columns are"),
        ("field_requirements", "JFT_A2|JLPT_N4", "JFT_A2|", "field_requirements.csv:2: language_min: an empty part"),
        ("field_requirements", "JFT_A2|JLPT_N4", "JFT_A9", "JFT_A9 does not stand in language_levels.satisfies"),
        ("field_ceilings", ",60000,", ',"60,000",', "field_ceilings.csv:2: ceiling: '60,000' is not a whole number"),
        ("field_ceilings", "2019-04-01,2024-03-31", "2024-04-01,2024-03-31", "lies after period_until"),
        ("field_residents", ",TOTAL,", ",ALL,", "field: ALL does not stand in fields.code"),
        ("office_days", "12-29", "12-32", "closed_from: '12-32' is not a day of the year (month-day)"),
        ("clause_words", "safe-? ?keeping", "(safe-? ?keeping", "is not a regular expression"),
        ("clause_words", "safe-? ?keeping", "safe[Aنہیں] keeping", "no Urdu word in brackets"),
    ])  # fmt: skip
    def test_finds_a_wrong_cell(self, folder, table, old, new, fault):
        replace(folder, table, old, new)
        assert any(fault in found for found in faults_of(folder)), faults_of(folder)

    @pytest.mark.parametrize(("table", "old", "new", "fault"), [
        ("field_ceilings", ",60000,", ",60001,", "ceiling_totals.csv: 2018-12-25 ssw1: the fields add up to 345151, not 345150"),
        ("ceiling_totals", "2026-01-23,esd,426200,J5;J6;J7;J8,high\n", "", "no total stands in ceiling_totals for 2026-01-23 esd"),
        ("field_counts", "2024-03-29,16", "2024-03-29,17", "field_counts.csv: 2024-03-29: 16 fields stand in fields.csv, not 17"),
        ("fee_subtotals_pk", ",7200,", ",7300,", "fee_subtotals_pk.csv: oep government items: the items add up to 7200, not 7300"),
        ("language_levels", "145,174", "146,174", "the scale of JFT_BASIC from 2026-08-01 has a hole"),
        ("support_items", "\n10,", "\n11,", "support_items.csv: the rows must be numbered 1 to 10"),
        ("suspension_effects", "filed,any,,,J9", "filed,any,2026-04-13,,J9", "a reference_date belongs to"),
    ])  # fmt: skip
    def test_finds_what_does_not_add_up(self, folder, table, old, new, fault):
        replace(folder, table, old, new)
        assert any(fault in found for found in faults_of(folder)), faults_of(folder)

    def test_finds_a_table_nobody_declared(self, folder):
        (folder / "moons.csv").write_text("code\nA\n")
        assert faults_of(folder) == ["moons.csv: no shape is declared for this table"]

    def test_finds_a_missing_table(self, folder):
        (folder / "windows.csv").unlink()
        assert "windows.csv: missing" in faults_of(folder)

    def test_finds_an_emptied_table(self, folder):
        (folder / "sources.csv").write_text("tag,reference\n")
        assert "sources.csv: no rows" in faults_of(folder)

    def test_finds_a_line_of_another_length(self, folder):
        with (folder / "sources.csv").open("a") as lines:
            lines.write("X1,one,two\n")
        assert any("3 cells, 2 expected" in fault for fault in faults_of(folder))

    @pytest.mark.parametrize("raw", [b"", b"\xff\xfe\x00", b'code,"open\n', b"\x00\x01"])
    def test_says_so_when_a_file_cannot_be_read(self, folder, raw):
        (folder / "fields.csv").write_bytes(raw)
        assert any(fault.startswith("fields.csv") for fault in faults_of(folder))

    def test_says_so_when_there_is_no_folder(self, tmp_path):
        assert faults_of(tmp_path / "nowhere") == [f"{tmp_path / 'nowhere'}: there is no such folder"]

    @pytest.mark.parametrize("raw", ["", "[]", "{}", '{"identifiers": [1]}', '{"identifiers": [{"name": "x"}]}'])
    def test_finds_a_broken_list_of_numbers(self, folder, raw):
        (folder / "identifiers.json").write_text(raw)
        assert any(fault.startswith("identifiers.json") for fault in faults_of(folder))

    @pytest.mark.parametrize(("member", "value", "fault"), [
        ("valid", ["nonsense"], "a valid example fails"), ("invalid_format", ["35201-1234567-1"], "an example of a wrong form passes"),
        ("regex", "(", "the form is not a regular expression"), ("check", "magic", "wrong or missing: check"), ("valid", [], "examples missing"),
    ])  # fmt: skip
    def test_holds_a_number_to_its_own_examples(self, folder, member, value, fault):
        told = json.loads((folder / "identifiers.json").read_text(encoding="utf-8"))
        told["identifiers"][0][member] = value
        (folder / "identifiers.json").write_text(json.dumps(told), encoding="utf-8")
        assert any(fault in found for found in faults_of(folder))

    def test_reads_a_book_as_it_reads_a_folder(self):
        rows = [Row({**BOOK_ROW, "confidence": "sure"}), *shipped_book().tables["fields"][1:]]
        book = Book({**shipped_book().tables, "fields": rows}, shipped_book().identifiers, "x")
        assert faults_of(book) == ["fields.csv:2: confidence: 'sure' is not one of high, medium, low"]


BOOK_ROW = dict(shipped_book().tables["fields"][0])


@pytest.mark.django_db
class TestLoadReference:
    def test_makes_the_edition_the_one_in_force(self):
        edition = load_reference(actor=OPERATOR, folder=SHIPPED, at=now())
        assert current_book().version == edition.content_version
        entry = AuditEntry.objects.get()
        assert (entry.verb, len(entry.also)) == ("fields.load_reference", 1)

    def test_refuses_every_fault_and_loads_nothing(self, folder):
        replace(folder, "fields", "MHLW", "MHLV")
        replace(folder, "fields", ",high,", ",sure,")
        with pytest.raises(Refused) as refused:
            load_reference(actor=OPERATOR, folder=folder, at=now())
        assert [one.code for one in refused.value.refusals] == ["edition_broken"] * 2
        assert not Edition.objects.exists()

    def test_refuses_edited_history_and_allows_a_new_row(self, folder):
        load_reference(actor=OPERATOR, folder=SHIPPED, at=now())
        replace(folder, "windows", "Certificate of eligibility", "Certificate of eligibillity")
        with pytest.raises(Refused, match="history_edited"):
            load_reference(actor=OPERATOR, folder=folder, at=now())
        replace(folder, "windows", "Certificate of eligibillity", "Certificate of eligibility")
        with (folder / "sources.csv").open("a", encoding="utf-8") as lines:
            lines.write("Z1,an invented source\n")
        assert load_reference(actor=OPERATOR, folder=folder, at=now()).changes == ["sources: 1 new"]

    def test_allows_how_a_field_stands_to_change(self, folder):
        load_reference(actor=OPERATOR, folder=SHIPPED, at=now())
        replace(folder, "fields", "decided_not_open", "open")
        assert load_reference(actor=OPERATOR, folder=folder, at=now()).changes == ["fields: 1 corrected"]

    @pytest.mark.parametrize(
        "actor", [stranger("jp"), Actor("jp", "contact_point_jp", "CONTACT_JP"), Actor("pk", "auditor", "MOP_HRD")]
    )
    def test_refuses_who_may_not(self, actor):
        with pytest.raises(Refused, match="not_permitted"):
            load_reference(actor=actor, folder=SHIPPED, at=now())
        assert not Edition.objects.exists()
