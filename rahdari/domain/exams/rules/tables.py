"""A table as an examiner's own system writes it: CSV, read into rows by the titles of its columns. Pure."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from rahdari.base.refusal import Refusal, Refused

CsvRow = dict[str, str]


def rows_of_csv(content: bytes, columns: Sequence[str], *, least: int, unread: str, mistitled: str) -> list[CsvRow | None]:
    """The rows by title, both without spaces around them; None for a row of another length.

    Refuses with `unread` what is no CSV, with `mistitled` where the first `least` columns do not stand first, another one is
    there, or one twice. What stood in a cell is in no refusal.
    """
    try:
        table = [row for row in csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), strict=True) if row]
    except (UnicodeDecodeError, csv.Error):
        raise Refused([Refusal(unread, member="file")]) from None
    titles = [title.strip() for title in table[0]] if table else []
    known, twice = set(titles) <= set(columns), len(set(titles)) != len(titles)
    if titles[:least] != list(columns[:least]) or not known or twice:
        raise Refused([Refusal(mistitled, {"columns": tuple(columns)}, member="file")])
    return [_row(titles, cells) for cells in table[1:]]


def _row(titles: Sequence[str], cells: Sequence[str]) -> CsvRow | None:
    return {title: cell.strip() for title, cell in zip(titles, cells, strict=True)} if len(cells) == len(titles) else None
