"""A counter: the person's phone is sent a code, the code opens their file for half an hour."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from rahdari.base.clock import now
from rahdari.base.refusal import Refused
from rahdari.domain.accounts.actions import ask_code
from rahdari.domain.accounts.rules.codes import plain_code
from rahdari.domain.accounts.rules.phones import normal_phone
from rahdari.web.errors import status_of
from rahdari.web.rates import Rate, address_of, limit
from rahdari.web.words import say

from .. import actions
from ..forms.visits import CodeForm, PhoneForm

ASK, ENTER = (
    Rate("visit-ask", minutes=30, by_address=120, by_account=4),
    Rate("visit-code", minutes=15, by_address=120, by_account=10),
)


def begin_visit(request: HttpRequest) -> HttpResponse:
    """Asks for the phone of the person who stands here, then for the code it was sent."""
    form = (CodeForm if "code" in request.POST else PhoneForm)(request.POST or None)
    status, refusals = 200, []
    if request.method == "POST":
        status = 422
        if form.is_valid():
            number = normal_phone(form.cleaned_data["phone"], request.actor.node) or ""
            try:
                if isinstance(form, CodeForm):
                    limit(ENTER, at=now(), address=address_of(request), account=number)
                    code = plain_code(form.cleaned_data["code"])
                    if actions.begin_visit(actor=request.actor, phone=number, code=code, at=now()) is not None:
                        return redirect("candidates.see_file")
                    form.add_error("code", _("This code is not right, or no longer valid. Ask for a new one."))
                else:
                    limit(ASK, at=now(), address=address_of(request), account=number)
                    ask_code(actor=request.actor, phone=form.cleaned_data["phone"], language=get_language() or "en", at=now())
                    form, status = CodeForm(initial={"phone": form.cleaned_data["phone"]}), 200
            except Refused as wrong:
                refusals, status = [say(one) for one in wrong.refusals], status_of(wrong.refusals)
    return render(request, "candidates/visit.html", {"form": form, "refusals": refusals}, status=status)


def end_visit(request: HttpRequest, file_id: UUID) -> HttpResponse:
    """Closes the file in front of this counter."""
    actions.end_visit(actor=request.actor, file_id=file_id, at=now())
    messages.success(request, _("Closed. The file is no longer open at this counter."), extra_tags="ok")
    return redirect("candidates.begin_visit")
