"""Pages of enquiries: the list, one enquiry with its history and next steps, the answer with profiles to choose."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from rahdari.base.clock import now
from rahdari.base.editions import current_book
from rahdari.base.refusal import Refused
from rahdari.domain.candidates.queries.profiles import profiles_visible_to
from rahdari.domain.jobs.queries.demands import demands_visible_to
from rahdari.web.errors import status_of

from .. import actions
from ..access import PERMITS
from ..forms.enquiries import AnswerEnquiryForm
from ..models import Enquiry
from ..queries.enquiries import OPEN, enquiries_visible_to, enquiry_for, enquiry_lines, enquiry_page
from ..rules.enquiries import ENQUIRY_MOVES, SYSTEM

ROWS, MOST = 30, 100
STANDINGS = {"open": OPEN, "over": tuple(state for state in ENQUIRY_MOVES if state not in OPEN)}
NEXT = {
    "enquiry_filed": ("forward_enquiry", "return_enquiry", "close_enquiry"),
    "enquiry_waiting": ("assign_enquiry",),
    "enquiry_taken": ("answer_enquiry", "assign_enquiry", "close_enquiry"),
    "enquiry_answered": ("link_demand", "close_enquiry"),
}


def see_enquiries(request: HttpRequest) -> HttpResponse:
    """The enquiries the actor may see, the newest first, with who answers and until when."""
    standing = request.GET.get("standing", "")
    rows = enquiries_visible_to(request.actor)
    if standing in STANDINGS:
        rows = rows.filter(state__in=STANDINGS[standing])
    page = Paginator(rows, ROWS).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "lines": enquiry_lines(list(page.object_list), current_book(), now()),
        "standing": standing,
        "may_enquire": not PERMITS["enquire_firm"].why_not(request.actor),
    }
    return render(request, "cooperation/enquiries.html", context)


def see_enquiry(request: HttpRequest, enquiry_id: UUID) -> HttpResponse:
    """One enquiry: what the firm looks for, the answer, the profiles shown, what comes next, and the history."""
    seen = enquiry_page(request.actor, enquiry_id, current_book(), now())
    context = {
        "seen": seen,
        "row": seen.row,
        "next": list(_next_steps(request, seen.row)),
        "reads_shown": request.actor.node == "jp",
        "opens_demand": _opens_demand(request, seen.row),
    }
    return render(request, "cooperation/enquiry.html", context)


def _opens_demand(request: HttpRequest, row: Enquiry) -> bool:
    """Whether the demand an enquiry led to has a page for this actor."""
    return row.demand_id is not None and demands_visible_to(request.actor).filter(pk=row.demand_id).exists()


def _next_steps(request: HttpRequest, row: Enquiry) -> Iterator[str]:
    for name in NEXT.get(row.state, ()):
        if name == "close_enquiry" and row.state == "enquiry_taken" and row.source == SYSTEM:
            continue
        if name == "answer_enquiry" and row.owner != request.actor.person:
            continue
        if not PERMITS[name].why_not(request.actor, row):
            yield f"cooperation.{name}"


def answer_enquiry(request: HttpRequest, enquiry_id: UUID) -> HttpResponse:
    """The officer who owns an enquiry answers it, with profiles without names to tick."""
    actor, at, book = request.actor, now(), current_book()
    row = enquiry_for(actor, enquiry_id)
    work = request.GET.get("work", row.occupation)
    work = work[:4] if work.isascii() and work.isdecimal() else ""
    profiles = profiles_visible_to(actor, at, book, work)[:MOST]
    typed = request.POST if request.method == "POST" else None
    numbers = [*(one.number for one in profiles), *(typed.getlist("profiles") if typed is not None else ())]
    form = AnswerEnquiryForm(numbers, typed, initial={"seen": row.version})
    status = 200
    if typed is not None:
        done = _answered(request, row, form)
        if isinstance(done, HttpResponse):
            return done
        status = done
    context: dict[str, Any] = {
        "row": row,
        "form": form,
        "profiles": profiles,
        "work": work,
        "ticked": typed.getlist("profiles") if typed is not None else [],
    }
    return render(request, "cooperation/answer_enquiry.html", context, status=status)


def _answered(request: HttpRequest, row: Enquiry, form: AnswerEnquiryForm) -> HttpResponse | int:
    if not form.is_valid():
        return 422
    told = form.cleaned_data
    try:
        actions.answer_enquiry(
            actor=request.actor,
            enquiry_id=row.pk,
            profiles=told["profiles"],
            fitting=told["fitting"],
            next_step=told["next_step"],
            language=get_language() or "en",
            seen=told["seen"],
            at=now(),
        )
    except Refused as wrong:
        if any("permission" in one.about for one in wrong.refusals):
            raise
        form.show(wrong.refusals)
        return status_of(wrong.refusals)
    messages.success(request, _("The answer is given."), extra_tags="ok")
    return redirect("cooperation.see_enquiry", row.pk)
