"""The law as dated rows: reads the tables of `rahdari/reference/` and answers which row held on a day.

Rows are text as it stands in the file; a blank cell is the empty string, which
`day` and `number` give back as None. Nothing of Django may be brought in here:
the checkers read these tables without a database.
"""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

SHIPPED = Path(__file__).resolve().parent.parent / "reference"


class Row(Mapping[str, str]):
    """One line of a table, read-only."""

    __slots__ = ("_cells",)

    def __init__(self, cells: Mapping[str, str]) -> None:
        self._cells = dict(cells)

    def __getitem__(self, column: str) -> str:
        return self._cells[column]

    def __iter__(self) -> Iterator[str]:
        return iter(self._cells)

    def __len__(self) -> int:
        return len(self._cells)

    def __hash__(self) -> int:
        return hash(tuple(self._cells.items()))

    def __repr__(self) -> str:
        return f"Row({self._cells})"

    def day(self, column: str) -> dt.date | None:
        """The date in a column, None when it is blank."""
        return dt.date.fromisoformat(self[column]) if self[column] else None

    def number(self, column: str) -> int | None:
        """The whole number in a column, None when it is blank."""
        return int(self[column]) if self[column] else None

    def codes(self, column: str) -> tuple[str, ...]:
        """The codes in a column that holds several, separated by `|`."""
        return tuple(code for code in self[column].split("|") if code)

    def in_force(self, on: dt.date) -> bool:
        """Whether the row held on a day: both ends count, a blank end is open."""
        begin, end = self.day("valid_from"), self.day("valid_until") if "valid_until" in self else None
        return (begin is None or begin <= on) and (end is None or on <= end)


class Book:
    """All tables of one edition of the reference data; `version` names their exact content.

    `identifiers` are the kinds of numbers; one without a `regex` has no known form and is kept as text.
    """

    def __init__(self, tables: Mapping[str, Iterable[Row]], identifiers: Iterable[Mapping[str, object]], version: str) -> None:
        self._tables = {name: tuple(rows) for name, rows in tables.items()}
        self.identifiers = tuple(MappingProxyType(dict(one)) for one in identifiers)
        self.version = version

    @property
    def tables(self) -> Mapping[str, tuple[Row, ...]]:
        return MappingProxyType(self._tables)

    @lru_cache(maxsize=1 << 13)  # noqa: B019  (a book lives as long as the process)
    def rows(self, table: str, **cells: str) -> tuple[Row, ...]:
        """The rows of a table, in the order of the file, whose named cells are equal."""
        return tuple(row for row in self._tables[table] if all(row[column] == value for column, value in cells.items()))

    def in_force(self, table: str, on: dt.date, **cells: str) -> tuple[Row, ...]:
        """As `rows`, but only those that held on the day."""
        return tuple(row for row in self.rows(table, **cells) if row.in_force(on))

    def one(self, table: str, **cells: str) -> Row | None:
        """The first row whose named cells are equal, None when there is none."""
        return next(iter(self.rows(table, **cells)), None)

    @lru_cache(maxsize=256)  # noqa: B019  (a book lives as long as the process)
    def codes(self, table: str, column: str = "code") -> frozenset[str]:
        """Every value that stands in a column of a table."""
        return frozenset(row[column] for row in self._tables[table])

    def holidays(self, country: str) -> frozenset[dt.date]:
        """Public holidays of a country (`JP` or `PK`) as far as the table reaches."""
        return _holidays(self, country)


@lru_cache(maxsize=8)
def _holidays(book: Book, country: str) -> frozenset[dt.date]:
    rows = book.rows("public_holidays_jp_pk_2019_2030", country=country)
    return frozenset(day for row in rows if (day := row.day("date")) is not None)


def read_table(text: str) -> tuple[Row, ...]:
    """The rows of a table given as CSV text with a header line."""
    return tuple(Row(cells) for cells in csv.DictReader(text.splitlines(keepends=True), strict=True))


def read_book(folder: Path = SHIPPED) -> Book:
    """Reads every table of a folder; the version is taken from the bytes of the files, in the order of their names."""
    digest, tables = hashlib.sha256(), {}
    for path in sorted(folder.glob("*.csv")):
        raw = path.read_bytes()
        digest.update(path.name.encode() + b"\0" + hashlib.sha256(raw).digest())
        tables[path.stem] = read_table(raw.decode("utf-8"))
    raw = (folder / "identifiers.json").read_bytes()
    digest.update(b"identifiers.json\0" + hashlib.sha256(raw).digest())
    names = json.loads(raw)
    return Book(tables, [*names["identifiers"], *names.get("free_text", ())], digest.hexdigest()[:12])


@lru_cache(maxsize=1)
def shipped_book() -> Book:
    """The edition that comes with the program, read once."""
    return read_book()
