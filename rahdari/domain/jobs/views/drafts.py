"""Drafts of demands: the list of one's body, keeping what was typed, throwing one away."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from rahdari.base.clock import now
from rahdari.base.refusal import Refused
from rahdari.web.errors import status_of
from rahdari.web.step_forms import StepForm
from rahdari.web.steps import layout_for
from rahdari.web.words import say

from .. import actions
from ..forms.drafts import FILE_DRAFT, missing_in
from ..forms.steps import FILE_DEMAND
from ..queries.drafts import drafts_of
from ..rules.drafts import kept

ROWS = 20


def see_drafts(request: HttpRequest) -> HttpResponse:
    """The drafts of one's own body, each with how much is missing."""
    page = Paginator(drafts_of(request.actor), ROWS).get_page(request.GET.get("page"))
    page.object_list = [
        {"row": one, "missing": missing_in(one, request.actor), "asked": _said(one.content)} for one in page.object_list
    ]
    return render(request, "jobs/drafts.html", {"page": page})


def _said(content: dict[str, str]) -> dict[str, str]:
    named = ("field", "places", "prefecture", "employer_name")
    return {name: content.get(f"asked.{name}", "") for name in named}


def save_draft(request: HttpRequest, draft_id: UUID | None = None) -> HttpResponse:
    """Keeps what stands in the form, finished or not, and goes to the list; refused, the form is shown again as it was typed."""
    seen: Any = request.POST.get("seen", "")
    told = {"seen": int(seen)} if draft_id is not None and str(seen).isdecimal() and len(seen) < 10 else {}
    try:
        actions.save_draft(actor=request.actor, typed=request.POST.dict(), draft_id=draft_id, **told, at=now())
    except Refused as refused:
        if any("permission" in one.about for one in refused.refusals):
            raise
        for one in refused.refusals:
            messages.error(request, say(one), extra_tags="bad")
        return _form_again(request, draft_id, status_of(refused.refusals))
    messages.success(request, _("Kept as a draft. Files are chosen again when you file it."), extra_tags="ok")
    return redirect("jobs.see_drafts")


def _form_again(request: HttpRequest, draft_id: UUID | None, status: int) -> HttpResponse:
    """The form of a demand, or of a draft, with what was typed; from here it is filed at its own address."""
    step, place = (FILE_DEMAND, {}) if draft_id is None else (FILE_DRAFT, {"draft_id": draft_id})
    context = dict(step.page(request.actor, **place))
    typed = {**kept(request.POST.dict()), "seen": request.POST.get("seen", "")}
    context["form"] = StepForm(
        step.shape, step.package, initial=typed, leave_out=context["leave_out"], codes=dict(step.codes)
    )  # fmt: skip
    name = f"{step.package}.{step.name}"
    frame = {"step": name, "layout": layout_for(request, context), "act_url": reverse(name, kwargs=place)}
    return render(request, step.template, context | frame, status=status)


def drop_draft(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """Throws a draft away."""
    actions.drop_draft(actor=request.actor, draft_id=draft_id, at=now())
    messages.success(request, _("The draft is gone."), extra_tags="ok")
    return redirect("jobs.see_drafts")
