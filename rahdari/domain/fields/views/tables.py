"""Pages of the reference data: its editions, and every table."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from rahdari.base.editions import current_book
from rahdari.web.downloads import csv_answer

from ..queries.tables import columns_of, editions_seen, table_seen, tables_seen

ROWS = 100
MOST_COLUMNS = 7


def see_reference(request: HttpRequest) -> HttpResponse:
    """The edition in force, its tables, and what each edition changed."""
    book = current_book()
    context = {"book": book, "tables": tables_seen(request.actor, book), "editions": editions_seen(request.actor)}
    return render(request, "fields/reference.html", context)


def see_table(request: HttpRequest, table: str) -> HttpResponse:
    """One table with its rows, sources and confidence; one with many columns is shown row by row."""
    book = current_book()
    rows = table_seen(request.actor, book, table)
    columns = columns_of(rows)
    page = Paginator(rows, ROWS).get_page(request.GET.get("page"))
    shown = [[_cell(column, cell) for column, cell in row.items()] for row in page.object_list]
    context = {"table": table, "columns": columns, "page": page, "rows": shown, "book": book, "wide": len(columns) > MOST_COLUMNS}
    return render(request, "fields/table.html", context)


def _cell(column: str, cell: str) -> dict[str, object]:
    """A cell for the page: its language where it is not English, and whether it is one word that may have to break."""
    language = {"_ur": "ur", "_ja": "ja"}.get(column[-3:], "ur" if column == "urdu" else "")
    return {"column": column, "cell": cell, "language": language, "solid": " " not in cell}


def take_table(request: HttpRequest, table: str) -> HttpResponse:
    """One table as CSV."""
    rows = table_seen(request.actor, current_book(), table)
    return csv_answer(table, columns_of(rows), (row.values() for row in rows))
