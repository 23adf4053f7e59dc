"""Pages of requests: the list, asking, one request with its next step."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from rahdari.base.clock import day_at, now
from rahdari.base.editions import current_book
from rahdari.base.refusal import Refused
from rahdari.base.work import Missing
from rahdari.domain.fields.forms import DeskForm
from rahdari.web.errors import status_of

from .. import actions
from ..forms.requests import AcceptForm, AnswerForm, AskForm, RateForm
from ..queries.enquiries import enquiry_of
from ..queries.requests import likely_day, lines_of, request_page, requests_visible_to
from ..rules.enquiries import KIND as ENQUIRY
from ..rules.enquiries import is_naming
from ..rules.requests import Question

ROWS = 30


def see_requests(request: HttpRequest) -> HttpResponse:
    """The requests of both contact points, the newest first, with who must act and what is late."""
    book, at = current_book(), now()
    page = Paginator(requests_visible_to(request.actor), ROWS).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "lines": lines_of(request.actor, list(page.object_list), book, at),
        "kinds": book.in_force("request_kinds", day_at(at, request.actor.node)),
    }
    return render(request, "cooperation/requests.html", context)


def _done(request: HttpRequest, form: DeskForm, act: Callable[[], Any], said: str) -> HttpResponse | int:
    """Acts, says that it was done and shows the request; what the law refuses goes into the form, and its status back."""
    try:
        result = act()
    except Refused as wrong:
        if any("permission" in one.about for one in wrong.refusals):
            raise
        form.show(wrong.refusals)
        return status_of(wrong.refusals)
    messages.success(request, said, extra_tags="ok")
    return redirect("cooperation.see_request", result.pk)


def send_request(request: HttpRequest, kind: str) -> HttpResponse:
    """The contact point asks the other one."""
    if kind == ENQUIRY:
        return redirect("cooperation.see_enquiries")
    book = current_book()
    row = book.one("request_kinds", code=kind)
    if row is None:
        raise Missing(f"request kind {kind}")
    form = AskForm(kind, book, request.POST or None)
    status: HttpResponse | int = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            told = form.cleaned_data
            status = _done(
                request,
                form,
                lambda: actions.send_request(
                    actor=request.actor,
                    kind=kind,
                    questions=told["questions"],
                    facts=form.facts(),
                    urgency=told["urgency"],
                    due_on=told["due_on"],
                    language=get_language() or "en",
                    at=now(),
                ),
                _("The request is sent. The other contact point accepts it and agrees to a day."),
            )
    if isinstance(status, HttpResponse):
        return status
    return render(request, "cooperation/send_request.html", {"form": form, "kind": row}, status=status)


def _page(request: HttpRequest, request_id: UUID, status: int = 200, **forms: DeskForm) -> HttpResponse:
    book, at = current_book(), now()
    seen = request_page(request.actor, request_id, book, at)
    row = seen.line.row
    side = request.actor.node
    context: dict[str, Any] = {
        "seen": seen,
        "row": row,
        "marked": seen.band,
        "by_own_door": row.kind == ENQUIRY,
        "naming": is_naming(Question(one.code, {}) for one in seen.questions),
        "enquiry": enquiry_of(request.actor, row) if row.kind == ENQUIRY else None,
        "accept": AcceptForm(initial={"agreed_on": row.due_on or likely_day(book, row.kind, side, day_at(at, side))}),
        "answer": AnswerForm(seen.questions, book),
        "rate": RateForm(),
    }
    return render(request, "cooperation/request.html", context | forms, status=status)


def see_request(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """One request: what was asked, what was answered, and the next step."""
    return _page(request, request_id)


def _step(
    request: HttpRequest, request_id: UUID, place: str, form: DeskForm, act: Callable[[dict[str, Any]], Any], said: str
) -> HttpResponse:
    """One step from the page of a request: acts, or shows the page again with what was refused."""
    if request.method != "POST":
        return _page(request, request_id)
    status: HttpResponse | int = 422
    if form.is_valid():
        status = _done(request, form, lambda: act(form.cleaned_data), said)
    return status if isinstance(status, HttpResponse) else _page(request, request_id, status, **{place: form})


def accept_request(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """The contact point that was asked agrees to a day."""
    return _step(
        request,
        request_id,
        "accept",
        AcceptForm(request.POST or None),
        lambda told: actions.accept_request(
            actor=request.actor, request_id=request_id, agreed_on=told["agreed_on"], seen=told["seen"], at=now()
        ),
        _("Accepted. The other contact point is told the day."),
    )


def answer_request(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """The contact point that was asked answers."""
    seen = request_page(request.actor, request_id, current_book(), now())
    form = AnswerForm(seen.questions, current_book(), request.POST or None)
    return _step(
        request,
        request_id,
        "answer",
        form,
        lambda told: actions.answer_request(
            actor=request.actor,
            request_id=request_id,
            answers=form.answers(),
            language=get_language() or "en",
            seen=told["seen"],
            at=now(),
        ),
        _("The answer is sent."),
    )


def rate_answer(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """The contact point that asked says what the answer was worth."""
    return _step(
        request,
        request_id,
        "rate",
        RateForm(request.POST or None),
        lambda told: actions.rate_answer(
            actor=request.actor,
            request_id=request_id,
            timeliness=told["timeliness"],
            effort=told["effort"],
            seen=told["seen"],
            at=now(),
        ),
        _("The marks are sent."),
    )
