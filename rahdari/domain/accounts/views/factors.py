"""Pages: second factors, and showing one again before a change."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

import segno
from allauth.mfa.adapter import get_adapter
from allauth.mfa.totp.internal.auth import clear_totp_secret, get_totp_secret
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from rahdari.base.clock import now
from rahdari.base.refusal import Refused
from rahdari.web.onward import onward
from rahdari.web.rates import address_of, limit

from .. import actions
from ..access import NEWCOMER
from ..forms import FactorCodeForm, PasskeyForm, SecondFactorForm
from ..queries.account import own_person
from ..queries.factors import MAIN_KINDS, factors_of, new_passkey_question, passkey_question, passkeys_possible
from . import entering, rates
from .told import page, told

View = Callable[..., HttpResponse]


def with_fresh_factor(view: View) -> View:
    """Sends staff to show a second factor again when the last time is too long ago; newcomers have none to show."""

    @wraps(view)
    def asked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.actor.role == NEWCOMER or entering.fresh(request, now()):
            return view(request, *args, **kwargs)
        back = request.path if request.method == "GET" else reverse("accounts.see_factors")
        return redirect(f"{reverse('accounts.prove_again')}?{urlencode({'next': back})}")

    return asked


def see_factors(request: HttpRequest) -> HttpResponse:
    """One's own second factors, and the set-up for who has none."""
    found = factors_of(request.actor)
    newcomer = request.actor.role == NEWCOMER
    context = {"factors": found, "newcomer": newcomer, "main": sum(one.kind in MAIN_KINDS for one in found)}
    return page(request, "factors", context | {"passkeys": passkeys_possible(request.get_host())})


@with_fresh_factor
def add_totp(request: HttpRequest) -> HttpResponse:
    """Adds an authenticator app: a secret as a picture and as text, then its first code."""
    form, status, secret = FactorCodeForm(request.POST or None), 200, get_totp_secret()
    if request.method == "POST":
        limit(rates.SECOND, at=now(), address=address_of(request), account=str(request.actor.person))
        status = 422
        if form.is_valid():
            try:
                actions.add_totp(actor=request.actor, secret=secret, code=form.cleaned_data["code"], at=now())
            except Refused as refused:
                status = told(form, refused)
            else:
                clear_totp_secret(request)
                return _added(request)
    address = get_adapter().build_totp_url(own_person(request.actor), secret)
    picture = mark_safe(segno.make(address, error="m").svg_inline(scale=5, border=2, omitsize=True, svgclass="qr"))  # noqa: S308
    spaced = " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))
    return page(request, "add_totp", {"form": form, "picture": picture, "secret": spaced}, status)


@with_fresh_factor
def add_passkey(request: HttpRequest) -> HttpResponse:
    """Adds a passkey."""
    form, status = PasskeyForm(request.POST or None), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            credential, name = request.POST.get("credential", ""), form.cleaned_data["name"]
            try:
                actions.add_passkey(actor=request.actor, credential=credential, name=name, at=now())
            except Refused as refused:
                status = told(form, refused)
            else:
                return _added(request)
    question = new_passkey_question(own_person(request.actor)) if passkeys_possible(request.get_host()) else None
    return page(request, "add_passkey", {"form": form, "question": question}, status)


def _added(request: HttpRequest) -> HttpResponse:
    newcomer = request.actor.role == NEWCOMER
    entering.come_in(request, own_person(request.actor), now(), second_factor=True) if newcomer else entering.refresh(
        request, now()
    )
    messages.success(request, _("The second factor is set up. Keep recovery codes for the day you lose it."))
    return redirect("accounts.see_factors")


@with_fresh_factor
def remove_factor(request: HttpRequest, factor_id: int) -> HttpResponse:
    """Removes a second factor."""
    actions.remove_factor(actor=request.actor, factor_id=factor_id, at=now())
    messages.success(request, _("The second factor is removed."))
    return redirect("accounts.see_factors")


@with_fresh_factor
def renew_recovery_codes(request: HttpRequest) -> HttpResponse:
    """Makes recovery codes and shows them this once."""
    codes = actions.renew_recovery_codes(actor=request.actor, at=now())
    return page(request, "recovery_codes", {"codes": codes})


def prove_again(request: HttpRequest) -> HttpResponse:
    """Asks for a second factor once more, then goes on."""
    form, status, at = SecondFactorForm(request.POST or None), 200, now()
    wanted = onward(request, reverse("accounts.see_factors"))
    if request.method == "POST":
        limit(rates.SECOND, at=at, address=address_of(request), account=str(request.actor.person))
        status, credential = 422, request.POST.get("credential", "")
        if credential or form.is_valid():
            code = "" if credential else form.cleaned_data["code"]
            try:
                actions.prove_again(actor=request.actor, code=code, credential=credential, at=at)
            except Refused as refused:
                status = told(form, refused)
            else:
                entering.refresh(request, at)
                return redirect(wanted)
    question = passkey_question(own_person(request.actor)) if passkeys_possible(request.get_host()) else None
    return page(request, "prove_again", {"form": form, "question": question, "next": wanted}, status)
