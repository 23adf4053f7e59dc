"""The first sheet of an XLSX workbook as text, read with nothing but the standard library.

A workbook comes from anywhere: what it says of its own size is asked before anything is unpacked, what comes out is counted,
document types and entities are refused, formulas are never worked out and links never followed. Only the parts needed are
opened; nothing is written. Pure.
"""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, NoReturn
from xml.parsers import expat

from .decoding import refuse

LARGEST_UNPACKED, STEEPEST, MOST_PARTS = 80 * 1024 * 1024, 150, 2_000
STEEP_FROM = 1024 * 1024  # smaller parts may be packed as tightly as they like
CHUNK = 256 * 1024
PLACE = re.compile(r"([A-Z]{1,3})(\d{1,7})", re.ASCII)
DAY_FORMATS = {*range(14, 18), 22, *range(27, 37), *range(50, 59)}
NOT_A_LETTER = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.|_.|\*.')
FIRST_1900, FIRST_1904 = dt.datetime(1899, 12, 30), dt.datetime(1904, 1, 1)  # noqa: DTZ001  # days have no zone
Line = tuple[int, tuple[str, ...]]


def first_sheet(content: bytes, *, most_rows: int, most_columns: int) -> tuple[str, list[Line]]:
    """Name and lines of the first sheet that is shown; a formula stands as its text with `=` before it.

    Refuses `import_broken_workbook`, `import_locked_workbook`, `import_zip_bomb`, `import_no_table` for another kind of
    archive, `import_too_many_rows`, `import_too_many_columns`.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            book = _Archive(archive)
            return _read(book, most_rows, most_columns)
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        NotImplementedError,
        expat.ExpatError,
        ValueError,
        LookupError,
        RuntimeError,
    ):
        raise refuse("import_broken_workbook") from None


def _read(book: _Archive, most_rows: int, most_columns: int) -> tuple[str, list[Line]]:
    if "xl/workbook.xml" not in book.parts:
        raise refuse("import_no_table")
    plan = _Plan()
    book.parse("xl/workbook.xml", plan.begin)
    ways: dict[str, str] = {}
    book.parse("xl/_rels/workbook.xml.rels", lambda name, told: ways.update({told.get("Id", ""): told.get("Target", "")}))
    if not plan.sheets:
        raise refuse("import_no_rows")
    name, key = plan.sheets[0]
    way = ways[key]
    place = way.removeprefix("/") if way.startswith("/") else f"xl/{way}"
    texts, styles = _Texts(), _Styles()
    if "xl/sharedStrings.xml" in book.parts:
        book.parse("xl/sharedStrings.xml", texts.begin, texts.end, texts.letters)
    if "xl/styles.xml" in book.parts:
        book.parse("xl/styles.xml", styles.begin, styles.end)
    cells = _Cells(texts.found, styles.days, plan.first_day, most_rows, most_columns)
    book.parse(place, cells.begin, cells.end, cells.letters)
    return name, cells.lines


class _Archive:
    """A zip whose parts are counted while they are unpacked."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self.archive, self.unpacked = archive, 0
        infos = archive.infolist()
        self.parts = {one.filename for one in infos}
        if any(one.flag_bits & 1 for one in infos) or "EncryptedPackage" in self.parts:
            raise refuse("import_locked_workbook")
        steep = any(one.file_size > STEEP_FROM and one.file_size > STEEPEST * max(1, one.compress_size) for one in infos)
        if steep or len(infos) > MOST_PARTS or sum(one.file_size for one in infos) > LARGEST_UNPACKED:
            raise refuse("import_zip_bomb", limit=LARGEST_UNPACKED // 1024 // 1024)

    def chunks(self, part: str) -> Iterator[bytes]:
        with self.archive.open(part) as stream:
            while chunk := stream.read(CHUNK):
                self.unpacked += len(chunk)
                if self.unpacked > LARGEST_UNPACKED:
                    raise refuse("import_zip_bomb", limit=LARGEST_UNPACKED // 1024 // 1024)
                yield chunk

    def parse(
        self, part: str, begin: Callable[[str, dict[str, str]], Any], end: Callable[[str], Any] | None = None,
        letters: Callable[[str], Any] | None = None,
    ) -> None:  # fmt: skip
        """Reads a part as XML and calls for each element by its bare name; document types are refused."""
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartElementHandler = lambda name, told: begin(_bare(name), {_bare(key): value for key, value in told.items()})
        if end is not None:
            parser.EndElementHandler = lambda name: end(_bare(name))
        if letters is not None:
            parser.CharacterDataHandler = letters
        parser.StartDoctypeDeclHandler = _refuse_doctype
        for chunk in self.chunks(part):
            parser.Parse(chunk, False)
        parser.Parse(b"", True)


def _refuse_doctype(*_told: object) -> NoReturn:
    raise refuse("import_broken_workbook")


def _bare(name: str) -> str:
    return name.rpartition(" ")[2]


@dataclass
class _Plan:
    """Which sheets are shown, in their order, and from which day days are counted."""

    sheets: list[tuple[str, str]] = field(default_factory=list)
    first_day: dt.datetime = FIRST_1900

    def begin(self, name: str, told: dict[str, str]) -> None:
        if name == "sheet" and told.get("state", "visible") == "visible":
            self.sheets.append((told.get("name", "")[:100], told["id"]))
        if name == "workbookPr" and told.get("date1904") in ("1", "true"):
            self.first_day = FIRST_1904


class _Texts:
    """The shared texts; readings of kanji (`rPh`) are no part of them."""

    def __init__(self) -> None:
        self.found: list[str] = []
        self.parts: list[str] = []
        self.reading = self.inside = False

    def begin(self, name: str, told: dict[str, str]) -> None:
        if name == "si":
            self.parts = []
        self.reading = self.reading or name == "rPh"
        self.inside = name == "t" and not self.reading

    def end(self, name: str) -> None:
        if name == "si":
            self.found.append("".join(self.parts))
        if name == "rPh":
            self.reading = False
        self.inside = False

    def letters(self, text: str) -> None:
        if self.inside:
            self.parts.append(text)


class _Styles:
    """Which styles write a number as a day."""

    def __init__(self) -> None:
        self.formats: dict[int, bool] = {}
        self.days: list[bool] = []
        self.inside = False

    def begin(self, name: str, told: dict[str, str]) -> None:
        if name == "numFmt":
            code = NOT_A_LETTER.sub("", told.get("formatCode", "")).lower()
            self.formats[int(told["numFmtId"])] = any(one in code for one in "yd") or "ge" in code
        if name == "cellXfs":
            self.inside = True
        if name == "xf" and self.inside:
            number = int(told.get("numFmtId", "0"))
            self.days.append(self.formats.get(number, number in DAY_FORMATS))

    def end(self, name: str) -> None:
        if name == "cellXfs":
            self.inside = False


class _Cells:
    """The lines of a sheet, cell by cell."""

    def __init__(self, texts: list[str], days: list[bool], first: dt.datetime, most_rows: int, most_columns: int) -> None:
        self.texts, self.days, self.first = texts, days, first
        self.most_rows, self.most_columns = most_rows, most_columns
        self.lines: list[Line] = []
        self.row: dict[int, str] = {}
        self.number = self.column = 0
        self.kind, self.is_day = "n", False
        self.parts: dict[str, list[str]] = {}
        self.part, self.reading = "", False

    def begin(self, name: str, told: dict[str, str]) -> None:
        if name == "row":
            self.row = {}
            self.number = int(told.get("r", self.number + 1))
            self.column = 0
        elif name == "c":
            self._cell(told)
        elif name == "rPh":
            self.reading = True
        elif name in ("v", "f", "t") and not self.reading:
            self.part = name
            self.parts.setdefault(name, [])

    def _cell(self, told: dict[str, str]) -> None:
        place = PLACE.fullmatch(told.get("r", ""))
        self.column = _column(place[1]) if place else self.column + 1
        if self.column > self.most_columns:
            # Far to the right stand forgotten formats; only something written there is too much.
            self.column = self.most_columns + 1
        self.kind, self.parts = told.get("t", "n"), {}
        style = int(told.get("s", "0"))
        self.is_day = style < len(self.days) and self.days[style]

    def letters(self, text: str) -> None:
        if self.part:
            self.parts[self.part].append(text)

    def end(self, name: str) -> None:
        if name == "rPh":
            self.reading = False
        elif name == self.part:
            self.part = ""
        elif name == "c":
            told = self._told()
            if told and self.column > self.most_columns:
                raise refuse("import_too_many_columns", most=self.most_columns, line=self.number)
            if told:
                self.row[self.column] = told
        elif name == "row" and self.row:
            cells = tuple(self.row.get(place, "") for place in range(1, max(self.row) + 1))
            self.lines.append((self.number, cells))
            if len(self.lines) > self.most_rows:
                raise refuse("import_too_many_rows", most=self.most_rows)

    def _told(self) -> str:
        """A cell as text: a formula as `=…`, a day as ISO text, a whole number without point."""
        if "f" in self.parts:
            return "=" + "".join(self.parts["f"])[:200]
        text = "".join(self.parts.get("v", self.parts.get("t", [])))
        if self.kind == "s":
            return self.texts[int(text)] if text else ""
        if self.kind == "n" and text:
            return _number(text, self.first if self.is_day else None)
        return text


def _column(letters: str) -> int:
    found = 0
    for one in letters:
        found = found * 26 + ord(one) - 64
    return found


def _number(text: str, first: dt.datetime | None) -> str:
    value = float(text)
    if first is not None:
        try:
            day = first + dt.timedelta(days=value)
        except OverflowError:
            return text
        return day.date().isoformat()
    return str(int(value)) if value.is_integer() and abs(value) < 2**53 else text
