"""Tables to take along: CSV that a spreadsheet opens without running anything in it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from django.http import HttpResponse

# A cell that begins like a formula is run by some spreadsheets (CSV injection); a leading apostrophe makes it text.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def harmless(cell: object) -> str:
    """A cell as text that no spreadsheet takes for a formula; plain numbers stay as they are."""
    text = "" if cell is None else str(cell)
    if text.startswith(FORMULA) and not text.lstrip("+-").replace(".", "", 1).isdecimal():
        return "'" + text
    return text


def csv_bytes(head: Sequence[str], rows: Iterable[Iterable[object]]) -> bytes:
    """The rows as CSV: UTF-8 with its mark, so that Excel reads Urdu and Japanese."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(head)
    writer.writerows([harmless(cell) for cell in row] for row in rows)
    return ("\ufeff" + text.getvalue()).encode()


def csv_answer(name: str, head: Sequence[str], rows: Iterable[Iterable[object]]) -> HttpResponse:
    """A download of the rows as CSV."""
    answer = HttpResponse(csv_bytes(head, rows), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return answer
