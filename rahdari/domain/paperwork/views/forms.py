"""The pages of the official forms: which there are, one filled with where each value comes from, and the same as a file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from rahdari.base.actor import Actor
from rahdari.base.clock import now
from rahdari.base.seen import note_look
from rahdari.base.work import Missing
from rahdari.web.rates import address_of, limit
from rahdari.web.steps import layout_for

from ..access import PRINTING
from ..queries.forms import FormSeen, form_for, forms_for
from ..queries.gathered import Gathered
from ..queries.printed import pdf_for, workbook_for
from ..queries.seen import lines_shown

MEDIA = {
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def see_forms(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The forms of a case, each with how much of it is entered."""
    return _list(request, Gathered.of_case(request.actor, case_id, now()), "paperwork.see_forms")


def see_demand_forms(request: HttpRequest, demand_id: UUID) -> HttpResponse:
    """The forms of a demand, each with how much of it is entered."""
    return _list(request, Gathered.of_demand(request.actor, demand_id, now()), "paperwork.see_demand_forms")


def see_form(request: HttpRequest, case_id: UUID, form: str) -> HttpResponse:
    """One form of a case: every field with its value, its row, who entered it, and what is missing."""
    return _page(request, _of_case(request.actor, case_id, form, "see_form", now()))


def see_demand_form(request: HttpRequest, demand_id: UUID, form: str) -> HttpResponse:
    """One form of a demand, as `see_form`."""
    return _page(request, _of_demand(request.actor, demand_id, form, "see_demand_form", now()))


def print_form(request: HttpRequest, case_id: UUID, form: str, medium: str) -> HttpResponse:
    """One form of a case as PDF or XLSX."""
    at = now()
    return _file(request, _of_case(request.actor, case_id, form, "print_form", at), medium, at)


def print_demand_form(request: HttpRequest, demand_id: UUID, form: str, medium: str) -> HttpResponse:
    """One form of a demand as PDF or XLSX."""
    at = now()
    return _file(request, _of_demand(request.actor, demand_id, form, "print_demand_form", at), medium, at)


def _of_case(actor: Actor, case_id: UUID, form: str, use_case: str, at: dt.datetime) -> FormSeen:
    seen = form_for(actor, Gathered.of_case(actor, case_id, at), form, use_case)
    note(seen, f"paperwork.{use_case}", at)
    return seen


def _of_demand(actor: Actor, demand_id: UUID, form: str, use_case: str, at: dt.datetime) -> FormSeen:
    return form_for(actor, Gathered.of_demand(actor, demand_id, at), form, use_case)


def note(seen: FormSeen, purpose: str, at: dt.datetime) -> None:
    """Writes the look into the person's own log."""
    case = seen.got.case
    if case is not None and case.worker is not None:
        note_look(actor=seen.got.actor, about=case.worker, purpose=purpose, at=at)


def _list(request: HttpRequest, got: Gathered, purpose: str) -> HttpResponse:
    if got.case is not None and got.case.worker is not None:
        note_look(actor=request.actor, about=got.case.worker, purpose=purpose, at=got.at)
    forms = forms_for(request.actor, got)
    return _shown(request, "paperwork/forms.html", {**_about(got), "forms": forms, "marked": got.marked[-1]})


def _page(request: HttpRequest, seen: FormSeen) -> HttpResponse:
    language = get_language() or "en"
    context = {**_about(seen.got), "seen": seen, "form": seen.form, "lines": lines_shown(seen, language), "marked": seen.marked}
    return _shown(request, "paperwork/form.html", context | {"title": seen.form.title(language)})


def _about(got: Gathered) -> dict[str, Any]:
    return {"case": got.case, "demand": got.demand, "worker": got.actor.role == "worker"}


def _shown(request: HttpRequest, template: str, context: Mapping[str, Any]) -> HttpResponse:
    return render(request, template, {**context, "layout": layout_for(request, context)})


def _file(request: HttpRequest, seen: FormSeen, medium: str, at: dt.datetime) -> HttpResponse:
    if medium not in MEDIA:
        raise Missing(f"medium {medium}")
    limit(PRINTING, at=at, address=address_of(request), account=str(request.actor.person))
    language = get_language() or "en"
    content = pdf_for(seen, language, at) if medium == "pdf" else workbook_for(seen, language, at)
    answer = HttpResponse(content, content_type=MEDIA[medium])
    answer["Content-Disposition"] = f'attachment; filename="{seen.form.code}.{medium}"'
    answer["Cache-Control"] = "no-store"
    return answer
