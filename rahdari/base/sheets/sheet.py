"""A table out of a file: its head, and its lines with the number a person sees beside them in the spreadsheet. Pure."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from .decoding import XLSX, decoded, kind_of, refuse
from .workbook import first_sheet

MOST_ROWS, MOST_COLUMNS, LONGEST_CELL = 20_000, 80, 2_000
MOST_LETTERS = 20_000_000  # a workbook may name one long text in a million cells
SEPARATORS = (",", ";", "\t", "|")
HEAD_WITHIN = 12  # lines of titles and notes that may stand above the head
PROBED = 60
# U+0085 and the like end no line of a table.
LINE = re.compile(r"\r\n|\r|\n")
Line = tuple[int, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table as it was found. `encoding` and `separator` are those of a CSV, `name` is that of the sheet of a workbook."""

    form: str
    head: tuple[str, ...]
    lines: tuple[Line, ...]
    encoding: str = ""
    separator: str = ""
    name: str = ""


def read_sheet(content: bytes, known: Callable[[str], bool], encoding: str = "", *, most_rows: int = MOST_ROWS) -> Sheet:
    """The table of a file; `known` says whether a title is one of a register, by which the line of the head is found.

    Refuses what `kind_of`, `decoded` and `first_sheet` refuse, `import_quotes_open`, `import_no_rows`,
    `import_too_many_rows`, `import_too_many_columns`, `import_cell_too_long`.
    """
    form = kind_of(content)
    if form == XLSX:
        name, lines = first_sheet(content, most_rows=most_rows + HEAD_WITHIN, most_columns=MOST_COLUMNS)
        found, separator, encoding = lines, "", ""
    else:
        text, encoding = decoded(content, encoding)
        separator = _separator(text)
        found, name = _csv_lines(text, separator, most_rows), ""
    filled = [(number, cells) for number, cells in found if any(cell.strip() for cell in cells)]
    _within_limits(filled, most_rows)
    at = _head_at(filled, known)
    if at is None or at + 1 >= len(filled):
        raise refuse("import_no_rows")
    head = _even(filled[at][1], len(filled[at][1]))
    while head and not head[-1].strip():
        head = head[:-1]
    width = max(len(head), max(_width(cells) for _, cells in filled[at + 1 :]))
    lines_below = tuple((number, _even(cells, width)) for number, cells in filled[at + 1 :])
    return Sheet(form, _even(head, width), lines_below, encoding, separator, name)


def _within_limits(lines: Sequence[Line], most_rows: int) -> None:
    if len(lines) > most_rows + HEAD_WITHIN:
        raise refuse("import_too_many_rows", most=most_rows)
    if sum(len(cell) for _, cells in lines for cell in cells) > MOST_LETTERS:
        raise refuse("import_zip_bomb", limit=MOST_LETTERS // 1_000_000)
    for number, cells in lines:
        if len(cells) > MOST_COLUMNS:
            raise refuse("import_too_many_columns", most=MOST_COLUMNS, line=number)
        if max(map(len, cells)) > LONGEST_CELL:
            raise refuse("import_cell_too_long", most=LONGEST_CELL, line=number)


def _width(cells: Sequence[str]) -> int:
    return max((place for place, cell in enumerate(cells, 1) if cell.strip()), default=0)


def _even(cells: Iterable[str], width: int) -> tuple[str, ...]:
    """As many cells as the table is wide, without the spaces around them."""
    told = [cell.strip() for cell in cells][:width]
    return (*told, *[""] * (width - len(told)))


def _head_at(lines: Sequence[Line], known: Callable[[str], bool]) -> int | None:
    """The place of the head: of the first lines, the one with most known titles; else the first with two cells."""
    first = lines[:HEAD_WITHIN]
    best = max(range(len(first)), key=lambda place: sum(map(known, first[place][1])), default=None)
    if best is not None and any(map(known, first[best][1])):
        return best
    return next((place for place, (_, cells) in enumerate(first) if sum(bool(cell.strip()) for cell in cells) > 1), None)


def _csv_lines(text: str, separator: str, most_rows: int) -> list[Line]:
    """The lines of a CSV; the number is that of the line in the file on which each ends."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    lines: list[Line] = []
    try:
        for cells in reader:
            lines.append((reader.line_num, tuple(cells)))
            if len(lines) > most_rows + 2 * HEAD_WITHIN:
                raise refuse("import_too_many_rows", most=most_rows)
    except csv.Error:
        raise refuse("import_quotes_open", line=reader.line_num) from None
    return lines


def _separator(text: str) -> str:
    """The sign between cells: the one that splits the first lines most evenly into most cells."""
    head = "\n".join(LINE.split(text, PROBED)[:PROBED])

    def fit(sign: str) -> tuple[int, int]:
        counts = [len(cells) for cells in csv.reader(io.StringIO(head), delimiter=sign) if cells]
        usual = max(set(counts), key=counts.count, default=1)
        return (counts.count(usual) if usual > 1 else 0, usual)

    try:
        return max(SEPARATORS, key=fit)
    except csv.Error:
        return ","
