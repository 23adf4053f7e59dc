"""Drafts of demands: the list of one's body, keeping what was typed, throwing one away."""

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
from rahdari.web.words import say

from .. import actions
from ..forms.drafts import missing_in
from ..queries.drafts import drafts_of

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
    """Keeps what stands in the form, finished or not, and goes to the list."""
    seen: Any = request.POST.get("seen", "")
    told = {"seen": int(seen)} if draft_id is not None and str(seen).isdecimal() and len(seen) < 10 else {}
    try:
        actions.save_draft(actor=request.actor, typed=request.POST.dict(), draft_id=draft_id, **told, at=now())
    except Refused as refused:
        if any("permission" in one.about for one in refused.refusals):
            raise
        for one in refused.refusals:
            messages.error(request, say(one), extra_tags="bad")
        return redirect("jobs.see_drafts")
    messages.success(request, _("Kept as a draft. Files are chosen again when you file it."), extra_tags="ok")
    return redirect("jobs.see_drafts")


def drop_draft(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """Throws a draft away."""
    actions.drop_draft(actor=request.actor, draft_id=draft_id, at=now())
    messages.success(request, _("The draft is gone."), extra_tags="ok")
    return redirect("jobs.see_drafts")
