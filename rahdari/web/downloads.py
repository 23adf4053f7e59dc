"""What one takes along: tables as CSV that a spreadsheet opens without running anything in it, and documents as they came."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.http import FileResponse, HttpResponse

from rahdari.base.files import place_of
from rahdari.base.work import Missing

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


def document(papers: Iterable[Mapping[str, Any]], sha256: str) -> FileResponse:
    """One of these documents as an attachment, under the name it came with; `Missing` where it is none of them or not here."""
    named = next((one for one in papers if one["sha256"] == sha256), None)
    if named is None or not place_of(sha256).is_file():
        raise Missing(f"document {sha256}")
    return FileResponse(place_of(sha256).open("rb"), as_attachment=True, filename=named["name"], content_type=named["media_type"])
