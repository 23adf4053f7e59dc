"""Pages of registers handed in as files: the list, one import with its counts and first rows, its columns, its report."""

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
from rahdari.web.downloads import csv_answer
from rahdari.web.errors import status_of
from rahdari.web.words import say

from .. import actions
from ..access import PERMITS
from ..forms.imports import MAP_IMPORT, crumbs_of
from ..models import RegisterImport
from ..queries.imports import import_for, import_seen, imports_visible_to, report_of, row_seen, rows_of, samples_of
from ..rules.importing.checking import FATES
from ..rules.importing.columns import LEFT_OUT, TARGETS
from ..rules.importing.values import ORDERS

ROWS = 30
MANY_ROWS = 100


def see_imports(request: HttpRequest) -> HttpResponse:
    """The registers handed in, the newest first."""
    page = Paginator(imports_visible_to(request.actor), ROWS).get_page(request.GET.get("page"))
    return render(request, "organisations/imports.html", {"page": page})


def see_import(request: HttpRequest, import_id: UUID) -> HttpResponse:
    """One import: what was read, how many rows stand how, the first as they would stand, what comes next."""
    row = _own(request, import_id)
    return render(request, "organisations/import.html", {"seen": import_seen(request.actor, row.pk), "row": row})


def see_import_rows(request: HttpRequest, import_id: UUID) -> HttpResponse:
    """The rows of an import, of a fate or with a fault where one is chosen."""
    row = _own(request, import_id)
    fate, fault = request.GET.get("fate", ""), request.GET.get("fault", "")
    page = Paginator(rows_of(row, fate=fate, fault=fault), MANY_ROWS).get_page(request.GET.get("page"))
    page.object_list = [row_seen(one) for one in page.object_list]
    faults = list(row.counts.get("faults", {}))
    context = {"row": row, "page": page, "fate": fate, "fault": fault, "fates": FATES, "faults": faults}
    return render(request, "organisations/import_rows.html", context | {"asked": f"fate={fate}&fault={fault}&"})


def see_import_report(request: HttpRequest, import_id: UUID) -> HttpResponse:
    """The report as CSV: every row that is not taken in, and why."""
    row = _own(request, import_id)
    head = (_("Line"), _("Result"), _("Licence number"), _("Name of the organisation"), _("Column"), _("What to do"))
    return csv_answer(f"import-{row.file_hash[:8]}", head, report_of(row))


def map_import(request: HttpRequest, import_id: UUID) -> HttpResponse:
    """What each column holds: the titles with their first cells, and what was guessed; every row is checked anew."""
    row = _own(request, import_id, "map_import")
    targets, order, refusals, status = list(row.targets), row.day_order, [], 200
    if request.method == "POST":
        targets = [request.POST.get(f"holds.{place}") or LEFT_OUT for place in range(len(row.head))]
        order = request.POST.get("day_order", "")
        seen = request.POST.get("seen", "")
        told = {"targets": targets, "day_order": order, "seen": int(seen) if seen.isdecimal() else None}
        try:
            actions.map_import(actor=request.actor, import_id=row.pk, **told, at=now())
        except Refused as wrong:
            refusals, status = [say(one) for one in wrong.refusals], status_of(wrong.refusals)
        else:
            messages.success(request, MAP_IMPORT.said, extra_tags="ok")
            return redirect("organisations.see_import", row.pk)
    columns = zip(row.head, samples_of(row), targets, strict=True)
    context = {"row": row, "columns": list(columns), "targets": TARGETS, "orders": ORDERS, "order": order, "refusals": refusals}
    return render(request, "organisations/import_columns.html", context | {"crumbs": crumbs_of(row)}, status=status)


def _own(request: HttpRequest, import_id: UUID, use_case: str = "see_import") -> RegisterImport:
    row = import_for(request.actor, import_id)
    refusals: Any = PERMITS[use_case].why_not(request.actor, row)
    if refusals:
        raise Refused(refusals)
    return row
