"""What is wrong with the tables of the reference data: file, line and fault, for whoever keeps them.

`faults_of` takes a folder or a book. The shapes stand in `shapes.py`, what the numbers must add up to in
`sums.py`. A table without a declared shape is a fault, and so is a declared one that is not there.
No Django, no database may be brought in here.
"""

from __future__ import annotations

import csv
import datetime as dt
import json
import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from rahdari.base.reference import Book, Row

from .shapes import SHAPES, Column, Shape
from .sums import faults_of_identifiers, faults_of_sums

ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
MONTH_DAY = re.compile(r"\d{2}-\d{2}", re.ASCII)
CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_+-]*", re.ASCII)
NUMBER = re.compile(r"-?\d+", re.ASCII)
DECIMAL = re.compile(r"-?\d+(\.\d+)?", re.ASCII)
URDU = re.compile("[\u0600-\u06ff]")
NOT_URDU = re.compile("[\u064a\u0643\u0649\u0647]")
HIDDEN = re.compile("[\u0000-\u0008\u000b-\u001f\u007f\u200b-\u200f\u202a-\u202e\ufeff\ufffd]")
# Expressions are folded to small letters, and Urdu words in them are given their beginning.
UNFOLDABLE = re.compile(r"\\[A-Z]|\[[^\]]*[\u0620-\u06d3]{3}")
LARGEST_FILE = 20_000_000


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table as it was written: its head, and each line with its number."""

    name: str
    head: tuple[str, ...]
    lines: tuple[tuple[int, tuple[str, ...]], ...]

    def rows(self) -> Iterator[tuple[int, dict[str, str]]]:
        """The lines that have as many cells as the head, each as column → cell."""
        for number, cells in self.lines:
            if len(cells) == len(self.head):
                yield number, dict(zip(self.head, cells, strict=True))


def faults_of(tables: Path | Book) -> list[str]:
    """Everything wrong with a folder of tables, or with a book; an empty list when all is well."""
    if isinstance(tables, Book):
        sheets = {name: _sheet_of(name, rows) for name, rows in tables.tables.items()}
        faults = _faults(sheets)
        return [*faults, *faults_of_identifiers(tables.identifiers, None if faults else tables)]
    if not tables.is_dir():
        return [f"{tables}: there is no such folder"]
    sheets, unread = {}, []
    for path in sorted(tables.glob("*.csv")):
        sheet, wrong = _read(path)
        unread += wrong
        if sheet is not None:
            sheets[sheet.name] = sheet
    faults = [*unread, *_faults(sheets, {fault.split(".csv")[0] for fault in unread})]
    return [*faults, *_identifiers(tables, None if faults else _bare_book(sheets))]


def _sheet_of(name: str, rows: tuple[Row, ...]) -> Sheet:
    head = tuple(rows[0]) if rows else ()
    return Sheet(name, head, tuple((number, tuple(row.values())) for number, row in enumerate(rows, 2)))


def _bare_book(sheets: Mapping[str, Sheet]) -> Book:
    return Book({name: [Row(cells) for _, cells in sheet.rows()] for name, sheet in sheets.items()}, [], "being checked")


def _read(path: Path) -> tuple[Sheet | None, list[str]]:
    if path.stat().st_size > LARGEST_FILE:
        return None, [f"{path.name}: larger than {LARGEST_FILE} bytes"]
    try:
        text = path.read_bytes().decode("utf-8")
    except UnicodeDecodeError as wrong:
        return None, [f"{path.name}: not UTF-8 at byte {wrong.start}"]
    lines: list[tuple[int, tuple[str, ...]]] = []
    reader = csv.reader(text.splitlines(keepends=True), strict=True)
    try:
        lines.extend((reader.line_num, tuple(cells)) for cells in reader)
    except csv.Error as wrong:
        return None, [f"{path.name}:{reader.line_num}: not CSV: {wrong}"]
    if not lines:
        return None, [f"{path.name}: empty"]
    return Sheet(path.stem, lines[0][1], tuple(lines[1:])), []


def _identifiers(folder: Path, book: Book | None) -> list[str]:
    try:
        told = json.loads((folder / "identifiers.json").read_bytes().decode("utf-8"))
        kinds = [*told["identifiers"], *told.get("free_text", ())]
        if not all(isinstance(kind, dict) for kind in kinds):
            return ["identifiers.json: every kind of number must be an object"]
    except FileNotFoundError:
        return ["identifiers.json: missing"]
    except (ValueError, KeyError, TypeError) as wrong:
        return [f"identifiers.json: cannot be read ({type(wrong).__name__})"]
    return faults_of_identifiers(kinds, book)


def _faults(sheets: Mapping[str, Sheet], unread: Collection[str] = ()) -> list[str]:
    faults = [f"{name}.csv: no shape is declared for this table" for name in sheets if name not in SHAPES]
    faults += [f"{name}.csv: missing" for name in SHAPES if name not in sheets and name not in unread]
    for name, sheet in sheets.items():
        if name in SHAPES:
            faults += _of_sheet(sheet, SHAPES[name], sheets)
    # Sums are asked only of tables that can be read as numbers and days.
    return faults or faults_of_sums(_bare_book(sheets))


def _of_sheet(sheet: Sheet, shape: Shape, sheets: Mapping[str, Sheet]) -> Iterator[str]:
    expected = tuple(column.name for column in shape.columns)
    if not sheet.lines:
        yield f"{sheet.name}.csv: no rows"
        return
    if sheet.head != expected:
        yield f"{sheet.name}.csv:1: the columns are {', '.join(sheet.head)}; expected {', '.join(expected)}"
        return
    for number, cells in sheet.lines:
        if len(cells) != len(expected):
            yield f"{sheet.name}.csv:{number}: {len(cells)} cells, {len(expected)} expected"
    checks = [(column, _check(column, sheets)) for column in shape.columns]
    for number, named in sheet.rows():
        for fault in _of_row(named, checks):
            yield f"{sheet.name}.csv:{number}: {fault}"
    yield from _of_key(sheet, shape.key)


Check = Callable[[str], str]


def _of_row(cells: Mapping[str, str], checks: list[tuple[Column, Check]]) -> Iterator[str]:
    for column, check in checks:
        cell = cells[column.name]
        if cell != cell.strip():
            yield f"{column.name}: stray blank around {cell!r}"
        elif HIDDEN.search(cell):
            yield f"{column.name}: a hidden or broken letter in {cell!r}"
        elif not cell:
            if not column.blank:
                yield f"{column.name}: may not be blank"
        else:
            fault = check(cell)
            if fault:
                yield f"{column.name}: {fault}"
    for first, last in (("valid_from", "valid_until"), ("period_from", "period_until"), ("effective_from", "lifted_on")):
        if cells.get(first) and cells.get(last) and cells[first] > cells[last]:
            yield f"{first} {cells[first]} lies after {last} {cells[last]}"


def _of_key(sheet: Sheet, key: tuple[str, ...]) -> Iterator[str]:
    seen: dict[tuple[str, ...], int] = {}
    for number, cells in sheet.rows():
        named = tuple(cells[column] for column in key)
        if key and named in seen:
            yield f"{sheet.name}.csv:{number}: {' '.join(key)} stands in line {seen[named]} already: {' '.join(named)}"
        seen.setdefault(named, number)


def _check(column: Column, sheets: Mapping[str, Sheet]) -> Check:
    """What a cell of this column must be; gives the fault in words, empty when there is none."""
    kind = column.kind
    if kind.startswith("many:"):
        one = _check(Column(column.name, kind.removeprefix("many:"), False), sheets)
        return lambda cell: next((fault for part in cell.split("|") if (fault := one(part) if part else "an empty part")), "")
    if kind == "sources":
        tags = _values("sources", "tag", sheets)
        return lambda cell: _of_source(cell, tags)
    if kind.startswith("@"):
        place, *others = kind[1:].split("+")
        table, _, target = place.partition(".")
        known = _values(table, target, sheets) | set(others)
        return lambda cell: "" if cell in known else f"{cell} does not stand in {table}.{target}"
    if kind in FORMS:
        form, told = FORMS[kind]
        return lambda cell: "" if form(cell) else f"{cell!r} is not {told}"
    if kind == "text":
        return _of_urdu if column.name.endswith("_ur") else lambda cell: ""
    allowed = kind.split("/")
    return lambda cell: "" if cell in allowed else f"{cell!r} is not one of {', '.join(allowed)}"


def _values(table: str, column: str, sheets: Mapping[str, Sheet]) -> set[str]:
    sheet = sheets.get(table)
    return {part for _, cells in sheet.rows() for part in cells.get(column, "").split("|")} - {""} if sheet else set()


def _of_source(cell: str, tags: set[str]) -> str:
    wrong = [tag for tag in cell.split(";") if tag not in tags and not tag.startswith(("https://", "http://"))]
    return f"source {wrong[0]!r} does not stand in sources.tag" if wrong else ""


def _of_urdu(cell: str) -> str:
    if not URDU.search(cell):
        return f"{cell!r} is not Urdu"
    return f"Arabic letters in {cell!r}; Urdu has its own" if NOT_URDU.search(cell) else ""


def _is_day(cell: str) -> bool:
    try:
        return bool(ISO_DAY.fullmatch(cell) and dt.date.fromisoformat(cell))
    except ValueError:
        return False


def _is_month_day(cell: str) -> bool:
    return bool(MONTH_DAY.fullmatch(cell)) and _is_day(f"2000-{cell}")


def _is_expression(cell: str) -> bool:
    try:
        return bool(re.compile(cell)) and not UNFOLDABLE.search(cell)
    except (re.error, OverflowError, RecursionError):
        return False


FORMS: Mapping[str, tuple[Callable[[str], bool], str]] = {
    "day": (_is_day, "a day (year-month-day)"),
    "month_day": (_is_month_day, "a day of the year (month-day)"),
    "number": (lambda cell: bool(NUMBER.fullmatch(cell)), "a whole number"),
    "decimal": (lambda cell: bool(DECIMAL.fullmatch(cell)), "a number"),
    "numbers": (lambda cell: all(NUMBER.fullmatch(part) for part in cell.split("|")), "whole numbers joined by |"),
    "expression": (_is_expression, "a regular expression in small letters (no \\B, no Urdu word in brackets)"),
    "code": (lambda cell: bool(CODE.fullmatch(cell)), "a code"),
}
