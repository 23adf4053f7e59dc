"""Page: the last step of an account opened alone, after the code: name and card, then on to one's own file."""

from __future__ import annotations

import datetime as dt
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from rahdari.base.clock import now
from rahdari.base.refusal import Refused
from rahdari.base.work import Missing
from rahdari.web.onward import onward
from rahdari.web.rates import address_of, limit

from .. import actions
from ..forms import CardForm, OpenAccountForm
from ..rules.phones import IDENTITY_KINDS
from . import asking, entering, rates
from .told import page, told

FILE = "candidates.guide_file"  # a page of the storey above, by its name


def open_account(request: HttpRequest) -> HttpResponse:
    """Asks whoever showed that they hold a phone for their name and card, and lets them in."""
    held, at = entering.phone_held(request), now()
    if held is None:
        return redirect("accounts.ask_code")
    form, status = OpenAccountForm(request.POST or None, IDENTITY_KINDS[request.actor.node]), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                limit(rates.OPEN_ACCOUNT, at=at, address=address_of(request), account=held["phone"])
                return _let_in(request, form, held, at)
            except Refused as refused:
                status = told(form, refused)
    return page(request, "open_account", {"form": form, "phone": held["phone"]}, status)


def _let_in(request: HttpRequest, form: OpenAccountForm, held: dict[str, str], at: dt.datetime) -> HttpResponse:
    language = get_language() or settings.LANGUAGE_CODE
    told_so = {"code_id": held["code"], "phone": held["phone"], "language": language}
    try:
        person = actions.open_account(actor=request.actor, **told_so, **form.cleaned_data, at=at)
    except Missing:
        return redirect("accounts.ask_code")
    new = person.created_at == at
    entering.come_in(request, person, at, second_factor=False)
    if new:
        messages.success(request, _("Your account is open. Now a few questions for your file."), extra_tags="ok")
        onward = f"?{urlencode({'next': held['onward']})}" if held["onward"] else ""
        return asking.remember(request, redirect(reverse(FILE) + onward), held["phone"])
    return asking.remember(request, redirect(held["onward"] or "accounts.see_account"), held["phone"])


def add_card(request: HttpRequest) -> HttpResponse:
    """Asks somebody who only watched so far for their card, on the way to a file of their own."""
    at, form, status = now(), CardForm(request.POST or None, IDENTITY_KINDS[request.actor.node]), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                limit(rates.OPEN_ACCOUNT, at=at, address=address_of(request), account=str(request.actor.person))
                actions.add_card(actor=request.actor, identity=form.cleaned_data["identity"], at=at)
            except Refused as refused:
                status = told(form, refused)
            else:
                return redirect(onward(request, FILE))
    return page(request, "add_card", {"form": form, "next": onward(request, "")}, status)
