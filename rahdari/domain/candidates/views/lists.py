"""Pages of a centre's lists: the lists, one with its counts and first rows, its columns, its rows, its report."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from rahdari.base.clock import now
from rahdari.base.refusal import Refused
from rahdari.domain.organisations.rules.importing.values import ORDERS
from rahdari.web.downloads import csv_answer
from rahdari.web.errors import status_of
from rahdari.web.words import say

from .. import actions
from ..forms.lists import MAP_LIST, crumbs_of
from ..queries.lists import list_for, list_seen, lists_visible_to, report_of, row_seen, rows_of, samples_of
from ..rules.listing.columns import LEFT_OUT, TARGETS
from ..rules.listing.rows import FATES

ROWS, MANY_ROWS = 30, 100


def see_lists(request: HttpRequest) -> HttpResponse:
    """The lists handed in, the newest first."""
    page = Paginator(lists_visible_to(request.actor), ROWS).get_page(request.GET.get("page"))
    return render(request, "candidates/lists.html", {"page": page})


def see_list(request: HttpRequest, list_id: UUID) -> HttpResponse:
    """One list: what was read, how many rows stand how, the first as they would stand, what comes next."""
    seen = list_seen(request.actor, list_id)
    return render(request, "candidates/list.html", {"seen": seen, "row": seen.row})


def see_list_rows(request: HttpRequest, list_id: UUID) -> HttpResponse:
    """The rows of a list, of a fate where one is chosen."""
    row = list_for(request.actor, list_id)
    fate = request.GET.get("fate", "")
    page = Paginator(rows_of(row, fate=fate), MANY_ROWS).get_page(request.GET.get("page"))
    rows = [row_seen(one) for one in page.object_list]
    return render(
        request,
        "candidates/list_rows.html",
        {"row": row, "page": page, "rows": rows, "fate": fate, "fates": FATES, "asked": f"fate={fate}&"},
    )


def see_list_report(request: HttpRequest, list_id: UUID) -> HttpResponse:
    """The report as CSV: every row that is not taken in, and why."""
    row = list_for(request.actor, list_id)
    head = (_("Line"), _("Result"), _("Name"), _("Identity card"), _("Column"), _("What to do"))
    return csv_answer(f"list-{row.file_hash[:8]}", head, report_of(row))


def map_list(request: HttpRequest, list_id: UUID) -> HttpResponse:
    """What each column holds, as guessed; every row is checked anew."""
    row = list_for(request.actor, list_id)
    targets, order, status = list(row.targets), row.day_order, 200
    refusals: list[str] = []
    if request.method == "POST":
        targets = [request.POST.get(f"holds.{place}") or LEFT_OUT for place in range(len(row.head))]
        order, seen = request.POST.get("day_order", ""), request.POST.get("seen", "")
        told: dict[str, Any] = {"targets": targets, "day_order": order, "seen": int(seen) if seen.isdecimal() else None}
        try:
            actions.map_list(actor=request.actor, list_id=row.pk, **told, at=now())
        except Refused as wrong:
            refusals, status = [say(one) for one in wrong.refusals], status_of(wrong.refusals)
        else:
            messages.success(request, MAP_LIST.said, extra_tags="ok")
            return redirect("candidates.see_list", row.pk)
    columns = list(zip(row.head, samples_of(row), targets, strict=True))
    context = {"row": row, "columns": columns, "targets": TARGETS, "orders": ORDERS, "order": order, "refusals": refusals}
    return render(request, "candidates/list_columns.html", context | {"crumbs": crumbs_of(row)}, status=status)
