"""Pages of a ministry: asking to stop its field or to open it again; and of the contact point: declining."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from rahdari.base.access import Permit
from rahdari.base.clock import day_at, now
from rahdari.base.editions import current_book
from rahdari.base.refusal import Refusal, Refused
from rahdari.web.errors import status_of

from .. import actions
from ..access import PERMITS
from ..forms import AskForm, DeskForm, decline_form
from ..queries.fields import field_seen
from ..queries.orders import request_for

SIDE = "jp"


def must(request: HttpRequest, permit: Permit, subject: Any) -> None:
    """Refuses before a form is shown what its action would refuse to this actor."""
    refusals = permit.why_not(request.actor, subject)
    if refusals:
        raise Refused(refusals)


def done(request: HttpRequest, form: DeskForm, act: Callable[[], Any], said: str, onward: Callable[[Any], HttpResponse]) -> Any:
    """Acts, says that it was done and goes on; what the law refuses is put into the form and its status given back."""
    try:
        result = act()
    except Refused as wrong:
        if _of_access(wrong.refusals):
            raise
        form.show(wrong.refusals)
        return status_of(wrong.refusals)
    messages.success(request, said, extra_tags="ok")
    return onward(result)


def _of_access(refusals: Iterable[Refusal]) -> bool:
    return any("permission" in one.about for one in refusals)


def ask_stop(request: HttpRequest, code: str) -> HttpResponse:
    """A ministry asks to stop its own field."""
    return _ask(request, code, "stop")


def ask_lift(request: HttpRequest, code: str) -> HttpResponse:
    """A ministry asks to open its own field again."""
    return _ask(request, code, "lift")


def _ask(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    page = field_seen(request.actor, current_book(), code, day_at(now(), SIDE))
    must(request, PERMITS[f"ask_{kind}"], page.line.row)
    form = AskForm(kind, request.POST or None, initial=_known(page))
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            told = form.cleaned_data
            about = {"field": code, "reason": told["reason"], "text": told["text"], "figures": form.figures(), "at": now()}
            act = actions.ask_stop if kind == "stop" else actions.ask_lift
            result = done(
                request,
                form,
                lambda: act(actor=request.actor, **about),
                _("The request is with the contact point."),
                lambda asked: redirect("fields.see_request", asked.pk),
            )
            if isinstance(result, HttpResponse):
                return result
            status = result
    return render(request, "fields/ask.html", {"form": form, "page": page, "kind": kind}, status=status)


def _known(page: Any) -> dict[str, Any]:
    """The figures of the tables, to begin with; the ministry has newer ones."""
    use, known = page.line.use, {"forecast_on": page.forecast.day}
    if use is not None:
        known |= {"residents": use.people, "residents_as_of": use.as_of}
    if page.line.ceiling is not None:
        known["ceiling"] = page.line.ceiling.number("ceiling")
    return known


def see_request(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """One request of a ministry, with what may be done about it."""
    asked = request_for(request.actor, request_id)
    return _request_page(request, asked, decline_form(), 200)


def _request_page(request: HttpRequest, asked: Any, form: DeskForm, status: int) -> HttpResponse:
    page = field_seen(request.actor, current_book(), asked.field, day_at(now(), SIDE))
    open_order = next((one for one in page.orders if one.told.record is not None and one.told.seen.state != "lifted"), None)
    context = {"asked": asked, "page": page, "form": form, "open_order": open_order}
    return render(request, "fields/request.html", context, status=status)


def decline_request(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """The contact point declines a request, with its reason."""
    asked = request_for(request.actor, request_id)
    form = decline_form(request.POST or None)
    if request.method != "POST":
        return _request_page(request, asked, form, 200)
    status: Any = 422
    if form.is_valid():
        told = form.cleaned_data
        status = done(
            request,
            form,
            lambda: actions.decline_request(
                actor=request.actor, request_id=request_id, reason=told["reason"], text=told["text"], seen=told["seen"], at=now()
            ),
            _("The request was declined. The ministry sees the reason."),
            lambda answered: redirect("fields.see_request", answered.pk),
        )
    return status if isinstance(status, HttpResponse) else _request_page(request, asked, form, status)


def withdraw_request(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """A ministry takes back its request."""
    asked = request_for(request.actor, request_id)
    must(request, PERMITS["withdraw_request"], {"ministry": asked.body})
    form = DeskForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return _request_page(request, asked, decline_form(), 200)
    status = done(
        request,
        form,
        lambda: actions.withdraw_request(actor=request.actor, request_id=request_id, seen=form.cleaned_data["seen"], at=now()),
        _("The request was taken back."),
        lambda answered: redirect("fields.see_request", answered.pk),
    )
    return status if isinstance(status, HttpResponse) else _request_page(request, asked, form, status)
