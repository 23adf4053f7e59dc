"""Registers as other offices keep them, invented: `csv_of(rows)`, `xlsx_of(rows)`, and a large messy one with its faults known.

drafted()        a small good register of the present node, handed in by a fresh officer
messy(5_000)     a register of promoters in mixed scripts, 12 % of its rows wrong in ten ways; gives lines and the faults by line
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import random
import zipfile
from collections.abc import Iterable, Sequence
from typing import Any
from xml.sax.saxutils import escape

from django.conf import settings

from rahdari.domain.organisations.actions import draft_import
from tests.make import organisations

HEAD = ("S.No", "Licence No", "Old Licence No", "Name of OEP", "نام", "Address", "City", "Phone", "Status", "Issue date",
        "Expiry date", "Proprietor", "CNIC", "NTN", "Remarks")  # fmt: skip
CITIES = {"LHR": ("Lahore", "042"), "RWP": ("Rawalpindi", "051"), "PWR": ("Peshawar", "091"), "KAR": ("Karachi", "021")}
BRANDS = (
    ("Sitara", "ستارہ"),
    ("Karwan", "کاروان"),
    ("Shaheen", "شاہین"),
    ("Mehran", "مہران"),
    ("Noor", "نور"),
    ("Safeer", "سفیر"),
)
PEOPLE = ("Bilal Sheikh", "Nasreen Gul", "Waqas Tariq", "Javed Anjum", "Saima Bibi", "Imran Qadir")
STATES = ("Valid", "ACTIVE", "valid ", "فعال", "Suspended", "معطل", "Cancelled", "Expired", "منسوخ", "有効")
FAULTS = (
    "register_number_wrong", "register_number_missing", "number_twice", "register_name_missing", "day_ambiguous", "day_unknown",
    "ends_before_it_begins", "state_word_unknown", "register_phone_wrong", "officer_card_wrong", "cell_formula",
    "number_shortened",
)  # fmt: skip
SPOILT = {
    "register_number_wrong": {1: "OP-HRD 12"},
    "register_number_missing": {1: ""},
    "register_name_missing": {3: "", 4: "—"},
    "day_ambiguous": {9: "03/04/2019"},
    "day_unknown": {9: "31/02/2019"},
    "ends_before_it_begins": {10: "01-Jan-2001"},
    "state_word_unknown": {8: "under process"},
    "register_phone_wrong": {7: "042-12"},
    "officer_card_wrong": {12: "3520-1"},
    "cell_formula": {5: '=HYPERLINK("http://example.invalid","x")'},
    "number_shortened": {7: "9.24236E+11"},
}
Row = list[str]


JAPANESE = ("登録番号", "名称", "住所", "電話番号", "状態", "登録年月日", "法人番号")
SUPPORT = ["22登-007304", "株式会社サンプル(架空)", "東京都港区1-2-3", "03-1234-5678", "有効", "令和4年4月1日", "1180301018771"]


def good(count: int = 3) -> list[Row]:
    """Valid promoters, nothing wrong with any."""
    rows = messy(count, share=0)[0]
    return [[*one[:8], "Valid", one[9], "28/01/2030", *one[11:]] for one in rows]


def drafted(rows: list[Row] | None = None, *, by: Any = None, at: dt.datetime = organisations.AT, **told: Any) -> Any:
    """A register handed in, with the rows told or some good ones."""
    japan = settings.RAHDARI_NODE == "jp"
    content = csv_of([SUPPORT], JAPANESE) if japan else csv_of(good() if rows is None else rows)
    told = {"kind": "RSO" if japan else "OEP", "name": "register.csv", "content": content} | told
    return draft_import(actor=by or organisations.officer(), **told, at=at)


def messy(count: int, seed: int = 7, share: float = 0.12) -> tuple[list[Row], dict[int, str]]:
    """Rows without their head, and which fault each wrong one has, by its place from 0."""
    draw = random.Random(seed)
    rows = [_row(draw, number) for number in range(count)]
    return rows, spoil(rows, draw, share) if share else {}


def spoil(rows: list[Row], draw: random.Random | None = None, share: float = 0.12) -> dict[int, str]:
    """Makes some rows wrong in twelve ways by turns; gives which fault each has, by its place from 0."""
    draw, wrong = draw or random.Random(7), {}
    for turn, place in enumerate(sorted(draw.sample(range(1, len(rows)), int(len(rows) * share)))):
        fault = FAULTS[turn % len(FAULTS)]
        if fault == "number_twice" and place - 1 not in wrong:
            # Of two firms with one number both are wrong.
            rows[place][1] = rows[place - 1][1]
            wrong[place - 1] = wrong[place] = fault
            continue
        fault = "register_number_missing" if fault == "number_twice" else fault
        for column, cell in SPOILT[fault].items():
            rows[place][column] = cell
        wrong[place] = fault
    return wrong


def _row(draw: random.Random, number: int) -> Row:
    code, (city, area) = list(CITIES.items())[number % 4]
    latin, urdu = BRANDS[number % len(BRANDS)]
    year = 2010 + number % 15
    day, month = 13 + number % 15, 1 + number % 12
    began = draw.choice(
        (f"{day}/{month:02}/{year}", f"{year}-{month:02}-{day}", f"{day}-{_MONTH[month]}-{year}", f"{day}.{month}.{year}")
    )
    state = draw.choice(STATES)
    ends = year + 1 if state == "Expired" else 2030
    return [
        str(number + 1),
        draw.choice(("OP&HRD/{:04}/{}/{}", "op&hrd / {:04} / {} / {}")).format(number % 10_000, code, year),
        f"MPD/{number % 10_000:04}/{code}" if number % 5 == 0 else "",
        f"{latin} {number} {draw.choice(('Overseas Employment Promoters', 'Recruiting Agency (Pvt) Ltd'))} (invented)",
        f"{urdu} {number} اوورسیز (فرضی)" if number % 2 else "",
        f"Office {number}, Mall Road",
        city,
        f"{area}-3{number % 10_000_000:07}" if code in ("LHR", "KAR") else f"{area} 5{number % 1_000_000:06}",
        state,
        began,
        f"{28}/{month:02}/{ends}",
        f"{draw.choice(PEOPLE)} (invented)",
        f"35201-{number:07}-{1 + number % 9}",
        f"{number:07}-{number % 10}",
        draw.choice(("", "seen", "فائل مکمل")),
    ]


_MONTH = ("", "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def text_of(rows: Iterable[Sequence[str]], head: Sequence[str] = HEAD, separator: str = ",") -> str:
    """A CSV as text, the head first."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=separator, lineterminator="\r\n")
    writer.writerow(head)
    writer.writerows(rows)
    return out.getvalue()


def csv_of(rows: Iterable[Sequence[str]], head: Sequence[str] = HEAD, *, separator: str = ",", codec: str = "utf-8") -> bytes:
    """A CSV in an encoding."""
    return text_of(rows, head, separator).encode(codec)


MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PLAN = (
    f'<workbook {MAIN} xmlns:r="{RELATIONS}"><sheets><sheet name="hidden" sheetId="1" state="hidden" r:id="r9"/>'
    '<sheet name="List" sheetId="2" r:id="r1"/></sheets></workbook>'
)
WAYS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Target="worksheets/sheet1.xml"/><Relationship Id="r9" Target="worksheets/none.xml"/></Relationships>'
)
STYLES = f'<styleSheet {MAIN}><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>'


def xlsx_of(rows: Iterable[Sequence[str]], head: Sequence[str] = HEAD, **parts: str) -> bytes:
    """A workbook with the rows on its first visible sheet; `parts` replaces parts: `sheet`, `texts`, `plan`."""
    lines = [_line(number, cells) for number, cells in enumerate([head, *rows], 1)]
    told = {
        "xl/workbook.xml": parts.get("plan", PLAN),
        "xl/_rels/workbook.xml.rels": WAYS,
        "xl/styles.xml": STYLES,
        "xl/sharedStrings.xml": parts.get("texts", f"<sst {MAIN}></sst>"),
        "xl/worksheets/sheet1.xml": parts.get("sheet", f"<worksheet {MAIN}><sheetData>{''.join(lines)}</sheetData></worksheet>"),
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in told.items():
            archive.writestr(name, text)
    return out.getvalue()


def _line(number: int, cells: Sequence[str]) -> str:
    told = "".join(_cell(f"{_letters(place)}{number}", cell) for place, cell in enumerate(cells, 1) if cell)
    return f'<row r="{number}">{told}</row>'


def _cell(place: str, cell: str) -> str:
    if cell.startswith("="):
        return f'<c r="{place}"><f>{escape(cell[1:])}</f><v>0</v></c>'
    return f'<c r="{place}" t="inlineStr"><is><t>{escape(cell)}</t></is></c>'


def _letters(number: int) -> str:
    found = ""
    while number:
        number, rest = divmod(number - 1, 26)
        found = chr(65 + rest) + found
    return found
