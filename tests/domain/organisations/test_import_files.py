"""Files of registers: encodings found and said, tables out of CSV and XLSX, and everything that is no register refused."""

from __future__ import annotations

import io
import struct
import time
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rahdari.base.refusal import Refused
from rahdari.base.sheets import decoding
from rahdari.base.sheets.decoding import LARGEST_FILE, decoded
from rahdari.base.sheets.sheet import MOST_COLUMNS, MOST_ROWS, read_sheet
from rahdari.domain.organisations.rules.importing.columns import is_known
from tests.make.registers import HEAD, MAIN, csv_of, messy, text_of, xlsx_of

URDU = "نمبر,نام,شہر\r\nOP&HRD/4325/LHR/2018,ستارہ پروموٹرز پرائیویٹ لمیٹڈ,لاہور\r\n" * 3
JAPANESE = "登録番号,名称,住所\r\n22登-007304,株式会社サンプル建設,東京都港区\r\n" * 3


def code(content, encoding=""):
    with pytest.raises(Refused) as refused:
        read_sheet(content, is_known, encoding)
    return [one.code for one in refused.value.refusals]


def sheet(content, encoding=""):
    return read_sheet(content, is_known, encoding)


class TestEncodings:
    @pytest.mark.parametrize(
        ("text", "codec", "found"),
        [
            (URDU, "utf-8", "utf-8"),
            (URDU, "utf-8-sig", "utf-8"),
            (URDU, "utf-16", "utf-16"),
            (URDU, "utf-16-be", "utf-16"),
            ("number,name\r\nabc,Sitara\r\n", "utf-16-le", "utf-16-le"),
            ("number,name\r\nabc,Sitara\r\n", "utf-16-be", "utf-16-be"),
            (JAPANESE, "cp932", "shift_jis"),
            (JAPANESE, "utf-16", "utf-16"),
        ],
    )
    def test_are_found_and_said(self, text, codec, found):
        raw = text.encode(codec)
        raw = b"\xfe\xff" + raw if codec == "utf-16-be" and found == "utf-16" else raw
        assert decoded(raw) == (text, found)

    def test_windows_1256_is_found_where_its_letters_fit(self):
        text = "نمبر,نام\r\n12,کاروان پروموٹرز لاہور\r\n".translate(str.maketrans("ی", "ي")) * 3
        assert decoded(text.encode("cp1256")) == (text, "windows-1256")

    def test_english_with_the_quotes_and_dashes_of_windows_is_read(self):
        text = "number,name\r\n1,Ali\u2019s Promoters \u2013 \u201cBest\u201d of Lahore\r\n"
        assert decoded(text.encode("cp1252")) == (text, "windows-1256")

    def test_one_that_fits_nothing_is_not_guessed(self):
        rubbish = b"name,city\r\n" + bytes(range(0x80, 0x100)) * 4 + b"\r\n"
        assert code(rubbish) in (["import_encoding_unknown"], ["import_no_table"])

    @pytest.mark.parametrize("codec", ["euc_jp", "koi8_r", "gb18030"])
    def test_another_encoding_is_refused_and_not_read_as_rubbish(self, codec):
        text = "番号,名称\r\n1,東京建設工業協会と申します\r\n" if codec != "koi8_r" else "номер,имя\r\n1,Ситара Промоутерс\r\n"
        assert code((text * 5).encode(codec)) == ["import_encoding_unknown"]

    def test_the_one_a_person_names_must_fit(self):
        assert code("نام,شہر\r\nا,ب\r\n".encode()[:-3] + b"\xff\xff", "utf-8") == ["import_encoding_wrong"]
        assert decoded(JAPANESE.encode("cp932"), "shift_jis") == (JAPANESE, "shift_jis")

    @given(st.binary(min_size=1, max_size=400))
    def test_any_bytes_are_read_or_refused(self, content):
        try:
            read_sheet(content, is_known)
        except Refused as refused:
            assert all(one.code.startswith("import_") for one in refused.refusals)


class TestWhatIsNoRegister:
    @pytest.mark.parametrize(
        ("content", "refused"),
        [
            (b"", "import_file_empty"),
            (b" \r\n \n", "import_file_empty"),
            (b"%PDF-1.7\n", "import_no_table"),
            (b"\x89PNG\r\n\x1a\n", "import_no_table"),
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512, "import_old_excel"),
            (b"number,name\r\n1,a\x07b\r\n", "import_no_table"),
            (b"PK\x03\x04 and nothing more", "import_broken_workbook"),
            (b"number,name\r\n", "import_no_rows"),
            (b"one word\r\n", "import_no_rows"),
            (b'number,name\r\n1,"never closed\r\n2,x\r\n', "import_quotes_open"),
            (("number,name\r\n" + "1,x\r\n" * (MOST_ROWS + 40)).encode(), "import_too_many_rows"),
            ((",".join(["number"] * (MOST_COLUMNS + 1)) + "\r\n" + "1," * MOST_COLUMNS + "1\r\n").encode(), "import_too_many_columns"),
            (("number,name\r\n1," + "x" * 3000 + "\r\n").encode(), "import_cell_too_long"),
        ],
    )  # fmt: skip
    def test_is_refused_in_its_own_words(self, content, refused):
        assert code(content) == [refused]

    def test_a_larger_file_is_not_looked_into(self, monkeypatch):
        monkeypatch.setattr(decoding, "decoded", None)
        assert code(b"a,b\n" * (LARGEST_FILE // 4 + 1)) == ["import_file_too_large"]


class TestCsv:
    @pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
    def test_the_separator_is_found(self, separator):
        rows, _ = messy(20)
        found = sheet(csv_of(rows, separator=separator))
        assert (found.separator, found.head, len(found.lines)) == (separator, HEAD, 20)
        assert found.lines[3][1] == tuple(cell.strip() for cell in rows[3])

    def test_titles_above_the_head_and_empty_lines_are_passed_over(self):
        text = "Bureau of Emigration\r\nList of promoters; as of 2026\r\n\r\n" + text_of(messy(3)[0]) + ",,,\r\n"
        found = sheet(text.encode())
        assert found.head == HEAD and [line for line, _ in found.lines] == [5, 6, 7]

    def test_a_cell_may_hold_several_lines(self):
        found = sheet(b'number,name\r\n1,"one\r\ntwo"\r\n2,x\r\n')
        assert [(line, cells[1]) for line, cells in found.lines] == [(3, "one\r\ntwo"), (4, "x")]

    def test_an_unknown_head_is_the_first_line_with_two_cells(self):
        assert sheet(b"note\r\nfoo,bar\r\n1,2\r\n").head == ("foo", "bar")


def part(content, name, text):
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for one in old.namelist():
            new.writestr(one, text if one == name else old.read(one))
    return out.getvalue()


class TestXlsx:
    def test_reads_the_first_sheet_that_is_shown(self):
        rows, _ = messy(20)
        found = sheet(xlsx_of(rows))
        assert (found.form, found.name, found.head, len(found.lines)) == ("xlsx", "List", HEAD, 20)
        assert found.lines[4] == (6, tuple(cell.strip() for cell in rows[4]))

    def test_shared_texts_are_read_without_the_readings_of_their_kanji(self):
        texts = f"<sst {MAIN}><si><t>名称</t></si><si><r><t>東京</t></r><r><t>建設</t></r><rPh><t>トウキョウ</t></rPh></si></sst>"
        cells = '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="str"><v>x</v></c></row><row r="2"><c r="A2" t="s"><v>1</v></c></row>'
        found = sheet(xlsx_of([], texts=texts, sheet=f"<worksheet {MAIN}><sheetData>{cells}</sheetData></worksheet>"))
        assert (found.head, found.lines) == (("名称", "x"), ((2, ("東京建設", "")),))

    def test_days_numbers_errors_and_formulas_stand_as_text(self):
        cells = (
            '<row r="1"><c r="A1" t="inlineStr"><is><t>number</t></is></c><c r="B1" t="inlineStr"><is><t>name</t></is></c></row>'
            '<row r="4"><c r="A4"><v>1180301018771</v></c><c r="B4" s="1"><v>43831</v></c><c r="C4"><f>1+1</f><v>2</v></c>'
            '<c r="D4" t="e"><v>#N/A</v></c><c r="E4"><v>9.25155512345678e17</v></c><c r="F4"><v>1.5</v></c></row>'
        )
        found = sheet(xlsx_of([], sheet=f"<worksheet {MAIN}><sheetData>{cells}</sheetData></worksheet>"))
        assert found.lines == ((4, ("1180301018771", "2020-01-01", "=1+1", "#N/A", "9.25155512345678e17", "1.5")),)

    def test_days_counted_from_1904(self):
        plan = (
            f'<workbook {MAIN} xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
            '<workbookPr date1904="1"/><sheets><sheet name="List" sheetId="1" r:id="r1"/></sheets></workbook>'
        )
        cells = '<row r="1"><c r="A1" t="str"><v>name</v></c><c r="B1" t="str"><v>x</v></c></row><row r="2"><c r="A2" s="1"><v>1</v></c></row>'
        found = sheet(xlsx_of([], plan=plan, sheet=f"<worksheet {MAIN}><sheetData>{cells}</sheetData></worksheet>"))
        assert found.lines[0][1][0] == "1904-01-02"

    def test_a_bomb_is_refused_by_what_it_says_of_itself(self):
        began = time.perf_counter()
        bomb = part(xlsx_of([]), "xl/worksheets/sheet1.xml", b"<a>" + b" " * (200 * 1024 * 1024))
        assert len(bomb) < 1024 * 1024
        packed = time.perf_counter()
        assert code(bomb) == ["import_zip_bomb"]
        assert time.perf_counter() - packed < max(1.0, packed - began)

    def test_a_bomb_that_lies_about_its_size_is_not_unpacked(self):
        bomb = bytearray(part(xlsx_of([]), "xl/worksheets/sheet1.xml", b"<a>" + b" " * (100 * 1024 * 1024)))
        size = struct.pack("<I", 100 * 1024 * 1024 + 3)
        assert bomb.count(size) == 2
        lying = bytes(bomb).replace(size, struct.pack("<I", 1000))
        assert code(lying) == ["import_broken_workbook"]

    def test_many_texts_that_grow_together_are_a_bomb_too(self):
        out = io.BytesIO(xlsx_of([]))
        with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as archive:
            for number in range(100):
                archive.writestr(f"xl/{number}", b"x" * (900 * 1024))
        assert code(out.getvalue()) == ["import_zip_bomb"]

    @pytest.mark.parametrize(
        "evil",
        [
            '<!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;&b;&b;">]><worksheet><sheetData/></worksheet>',
            '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/hostname">]><worksheet><sheetData><row><c><v>&b;</v></c></row></sheetData></worksheet>',
            "<worksheet><unclosed>",
            f'<worksheet {MAIN}><sheetData><row r="1"><c r="A1" t="s"><v>99999</v></c></row></sheetData></worksheet>',
        ],
    )
    def test_entities_and_broken_parts_are_refused(self, evil):
        assert code(xlsx_of([], sheet=evil)) == ["import_broken_workbook"]

    def test_another_archive_is_no_workbook(self):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            archive.writestr("../../etc/passwd", "x")
        assert code(out.getvalue()) == ["import_no_table"]

    def test_a_locked_one_is_said_to_be_locked(self):
        raw = bytearray(xlsx_of(messy(2)[0]))
        for sign, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
            at = -1
            while (at := raw.find(sign, at + 1)) >= 0:
                raw[at + place] |= 1
        assert code(bytes(raw)) == ["import_locked_workbook"]

    def test_a_cell_far_away_or_far_below_costs_nothing(self):
        cells = '<row r="1"><c r="A1" t="str"><v>name</v></c></row><row r="1048576"><c r="XFD1048576" s="1"/></row>'
        assert code(xlsx_of([], sheet=f"<worksheet {MAIN}><sheetData>{cells}</sheetData></worksheet>")) == ["import_no_rows"]
        cells = cells.replace('s="1"/>', 't="str"><v>x</v></c>')
        assert code(xlsx_of([], sheet=f"<worksheet {MAIN}><sheetData>{cells}</sheetData></worksheet>")) == [
            "import_too_many_columns"
        ]

    def test_one_long_text_in_a_million_cells_is_a_bomb_too(self):
        texts = f"<sst {MAIN}><si><t>name</t></si><si><t>{'x' * 1900}</t></si></sst>"
        row = "<row>" + '<c t="s"><v>1</v></c>' * 60 + "</row>"
        cells = '<row><c t="s"><v>0</v></c></row>' + row * 200
        assert code(xlsx_of([], texts=texts, sheet=f"<worksheet {MAIN}><sheetData>{cells}</sheetData></worksheet>")) == [
            "import_zip_bomb"
        ]
