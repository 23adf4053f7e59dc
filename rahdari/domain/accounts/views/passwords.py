"""Pages: asking for and choosing a password, changing one's own."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from rahdari.base.clock import now
from rahdari.base.refusal import Refused
from rahdari.web.rates import address_of, limit

from ..actions.passwords import ask_new_password as ask
from ..actions.passwords import change_password as change
from ..actions.passwords import choose_password as choose
from ..forms import ChangePasswordForm, EmailForm, NewPasswordForm
from . import rates
from .told import page, told


def ask_new_password(request: HttpRequest) -> HttpResponse:
    """Asks for a link; the answer is the same whether or not somebody has the address."""
    form = EmailForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        email = form.cleaned_data["email"]
        limit(rates.ASK_PASSWORD, at=now(), address=address_of(request), account=email)
        ask(actor=request.actor, email=email, language=get_language() or settings.LANGUAGE_CODE, at=now())
        return page(request, "password_asked", {})
    return page(request, "ask_password", {"form": form}, 422 if form.errors else 200)


def choose_password(request: HttpRequest, person_id: UUID, token: str) -> HttpResponse:
    """Chooses a password by the link of a letter."""
    form, status = NewPasswordForm(request.POST or None), 200
    if request.method == "POST":
        limit(rates.LINK, at=now(), address=address_of(request), account=str(person_id))
        status = 422
        if form.is_valid():
            try:
                choose(actor=request.actor, person_id=person_id, token=token, password=form.cleaned_data["password"], at=now())
            except Refused as refused:
                status = told(form, refused)
            else:
                messages.success(request, _("Your password is set. Sign in with it now."))
                return redirect("accounts.sign_in")
    answer = page(request, "choose_password", {"form": form}, status)
    answer.headers["Referrer-Policy"] = "no-referrer"
    return answer


def change_password(request: HttpRequest) -> HttpResponse:
    """Changes one's own password."""
    form, status = ChangePasswordForm(request.POST or None), 200
    if request.method == "POST":
        limit(rates.PASSWORD, at=now(), address=address_of(request), account=str(request.actor.person))
        status = 422
        if form.is_valid():
            old, new = form.cleaned_data["old"], form.cleaned_data["password"]
            try:
                person = change(actor=request.actor, old=old, new=new, at=now())
            except Refused as refused:
                status = told(form, refused)
            else:
                update_session_auth_hash(request, person)
                messages.success(request, _("Your password is changed. Every other session was ended."))
                return redirect("accounts.see_account")
    return page(request, "change_password", {"form": form}, status)
