"""Writes a workbook (XLSX) without a library: texts, whole numbers and days, in sheets. The same rows give the same bytes. Pure.

A text is written as a text in its cell, never as a formula; one that begins like a formula is marked as typed text besides
(the apostrophe of spreadsheets), so that editing the cell does not run it. What stands in the cell is what was given.
"""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

Cell = str | int | dt.date | None
FORMULA = ("=", "+", "-", "@", "\t", "\r")
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml"
FIRST_DAY = dt.date(1899, 12, 30)
LONGEST = 32_000  # letters a cell of a spreadsheet holds
WITHOUT_DATE = (1980, 1, 1, 0, 0, 0)
# XML 1.0 has no letters for these.
NO_LETTER = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
TEXT, TYPED, DAY, BOLD = 0, 1, 2, 3
# One font plain and one bold; texts wrap; style 1 is typed text, 2 a day, 3 a head.
STYLES = (
    f'<styleSheet xmlns="{MAIN}"><fonts count="2"><font><sz val="10"/><name val="Arial"/></font>'
    '<font><b/><sz val="10"/><name val="Arial"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="4">'
    '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0" applyAlignment="1">'
    '<alignment vertical="top" wrapText="1"/></xf>'
    '<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" quotePrefix="1" applyAlignment="1">'
    '<alignment vertical="top" wrapText="1"/></xf>'
    '<xf numFmtId="14" fontId="0" fillId="0" borderId="0" xfId="0" applyAlignment="1"><alignment vertical="top"/></xf>'
    '<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyAlignment="1">'
    '<alignment vertical="top" wrapText="1"/></xf>'
    "</cellXfs></styleSheet>"
)


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet: its name, the widths of its columns in letters, its rows; `heads` are the rows in bold, counted from 0."""

    name: str
    widths: Sequence[int]
    rows: Sequence[Sequence[Cell]]
    heads: frozenset[int] = frozenset()
    right_to_left: bool = False


def workbook(tables: Sequence[Table]) -> bytes:
    """The workbook; at least one table is needed."""
    if not tables:
        raise ValueError("a workbook has at least one sheet")
    parts = {
        "[Content_Types].xml": _content_types(len(tables)),
        "_rels/.rels": _relations([("officeDocument", "xl/workbook.xml")]),
        "xl/workbook.xml": _sheets(tables),
        "xl/_rels/workbook.xml.rels": _relations(
            [*(("worksheet", f"worksheets/sheet{number}.xml") for number, _ in enumerate(tables, 1)), ("styles", "styles.xml")]
        ),
        "xl/styles.xml": STYLES,
    }
    parts |= {f"xl/worksheets/sheet{number}.xml": _sheet(table) for number, table in enumerate(tables, 1)}
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            told = zipfile.ZipInfo(name, WITHOUT_DATE)
            told.compress_type, told.external_attr, told.create_system = zipfile.ZIP_DEFLATED, 0o600 << 16, 3
            archive.writestr(told, (HEAD + text).encode("utf-8"))
    return content.getvalue()


def _content_types(sheets: int) -> str:
    kinds = {"/xl/workbook.xml": f"{SHEET}.sheet.main+xml", "/xl/styles.xml": f"{SHEET}.styles+xml"}
    kinds |= {f"/xl/worksheets/sheet{number}.xml": f"{SHEET}.worksheet+xml" for number in range(1, sheets + 1)}
    named = "".join(f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in kinds.items())
    return (
        f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" '
        f'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>{named}</Types>'
    )


def _relations(targets: Iterable[tuple[str, str]]) -> str:
    told = "".join(
        f'<Relationship Id="rId{number}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, 1)
    )
    return f'<Relationships xmlns="{PACKAGE}/relationships">{told}</Relationships>'


def _sheets(tables: Sequence[Table]) -> str:
    names: list[str] = []
    for number, table in enumerate(tables, 1):
        name = NOT_IN_NAMES.sub(" ", table.name)[:31].strip("' ") or f"{number}"
        names.append(name if name.lower() not in {one.lower() for one in names} else f"{name[:26]} ({number})")
    told = "".join(
        f'<sheet name={quoteattr(name)} sheetId="{number}" r:id="rId{number}"/>' for number, name in enumerate(names, 1)
    )
    return f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{told}</sheets></workbook>'


def _sheet(table: Table) -> str:
    widths = "".join(
        f'<col min="{number}" max="{number}" width="{width}" customWidth="1"/>' for number, width in enumerate(table.widths, 1)
    )
    view = ' rightToLeft="1"' if table.right_to_left else ""
    rows = "".join(
        f'<row r="{number}">{"".join(_cells(row, number, number - 1 in table.heads))}</row>'
        for number, row in enumerate(table.rows, 1)
    )
    return (
        f'<worksheet xmlns="{MAIN}"><sheetViews><sheetView workbookViewId="0"{view}/></sheetViews>'
        f"<cols>{widths}</cols><sheetData>{rows}</sheetData></worksheet>"
    )


def _cells(row: Sequence[Cell], number: int, head: bool) -> Iterable[str]:
    for column, value in enumerate(row):
        place = f"{_letters(column)}{number}"
        if isinstance(value, bool):
            raise TypeError("a cell holds a text, a whole number or a day")
        if isinstance(value, int):
            yield f'<c r="{place}" s="{BOLD if head else TEXT}"><v>{value}</v></c>'
        elif isinstance(value, dt.date):
            yield f'<c r="{place}" s="{DAY}"><v>{(value - FIRST_DAY).days}</v></c>'
        elif value:
            style = TYPED if value.startswith(FORMULA) else BOLD if head else TEXT
            text = escape(NO_LETTER.sub("\ufffd", value[:LONGEST]))
            yield f'<c r="{place}" s="{style}" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'


def _letters(column: int) -> str:
    text, left = "", column + 1
    while left:
        left, last = divmod(left - 1, 26)
        text = chr(65 + last) + text
    return text
