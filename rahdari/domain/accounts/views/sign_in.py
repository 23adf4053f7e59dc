"""Pages: the ways in and out."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from rahdari.base.clock import now
from rahdari.base.refusal import Refusal, Refused
from rahdari.web.onward import onward
from rahdari.web.rates import address_of, limit

from .. import actions
from ..access import alone
from ..forms import OneTimeCodeForm, PhoneForm, SecondFactorForm, SignInForm
from ..models import Person
from ..queries.factors import has_main_factor, passkey_question, passkeys_possible
from . import asking, entering, rates
from .told import page, told


def sign_in(request: HttpRequest) -> HttpResponse:
    """The ways in for staff and workers; takes address and password of staff."""
    if request.actor.known and request.method == "GET":
        return redirect("accounts.see_account")
    form, status = SignInForm(request.POST or None), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            typed, at = form.cleaned_data, now()
            limit(rates.PASSWORD, at=at, address=address_of(request), account=typed["email"])
            try:
                person = actions.sign_in(actor=request.actor, email=typed["email"], password=typed["password"], at=at)
            except Refused as refused:
                status = told(form, refused)
            else:
                return _after_password(request, person)
    context = {"form": form, "phone_form": PhoneForm(), "passkeys": passkeys_possible(request.get_host())}
    return page(request, "sign_in", context | {"next": onward(request, ""), "alone": _alone(request)}, status)


def _after_password(request: HttpRequest, person: Person) -> HttpResponse:
    at, wanted = now(), onward(request, "")
    if has_main_factor(person.pk):
        entering.come_half_in(request, person, wanted, at)
        return redirect("accounts.enter_second_factor")
    entering.come_in(request, person, at, second_factor=False)
    return redirect("accounts.see_factors")


def enter_second_factor(request: HttpRequest) -> HttpResponse:
    """The second step of staff: the code of the app, a recovery code or a passkey."""
    at = now()
    half = entering.half_in(request, at)
    if half is None:
        return redirect("accounts.sign_in")
    form, status = SecondFactorForm(request.POST or None), 200
    if request.method == "POST":
        limit(rates.SECOND, at=at, address=address_of(request), account=half[0])
        try:
            person = _second_factor_of(request, form, half[0])
        except Refused as refused:
            status = told(form, refused)
        else:
            entering.come_in(request, person, at, second_factor=True)
            return redirect(half[1] or "web.worklist")
    person_half = Person(pk=half[0])
    possible = passkeys_possible(request.get_host())
    question = passkey_question(person_half) if possible else None
    return page(request, "second_factor", {"form": form, "question": question}, status)


def _second_factor_of(request: HttpRequest, form: SecondFactorForm, person_id: str) -> Person:
    credential = request.POST.get("credential", "")
    if not credential and not form.is_valid():
        raise Refused([])
    code = "" if credential else form.cleaned_data["code"]
    return actions.enter_second_factor(actor=request.actor, person_id=person_id, code=code, credential=credential, at=now())


def sign_in_by_passkey(request: HttpRequest) -> HttpResponse:
    """The question for a passkey (asked by the page's script), and its answer: a whole sign-in."""
    at = now()
    if request.method != "POST":
        limit(rates.PASSKEY, at=at, address=address_of(request))
        return JsonResponse({"request_options": passkey_question(None)}, headers={"Cache-Control": "no-store"})
    limit(rates.PASSKEY, at=at, address=address_of(request))
    try:
        person = actions.sign_in_by_passkey(actor=request.actor, credential=request.POST.get("credential", ""), at=at)
    except Refused:
        messages.error(request, _("This passkey was not accepted. Try again, or use another way."), extra_tags="bad")
        return redirect("accounts.sign_in")
    wanted = onward(request, "")
    entering.come_in(request, person, at, second_factor=True)
    return redirect(wanted or "web.worklist")


def ask_code(request: HttpRequest) -> HttpResponse:
    """Sends a code to a phone; goes on to the same page whether or not somebody has the phone."""
    if request.actor.known and request.method == "GET":
        return redirect("accounts.see_account")
    form, status = PhoneForm(request.POST or None), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            phone, at, language = form.cleaned_data["phone"], now(), get_language() or settings.LANGUAGE_CODE
            try:
                asking.hold_back(request, phone, at)
                number = actions.ask_code(actor=request.actor, phone=phone, language=language, at=at)
            except Refused as refused:
                status = told(form, refused)
            else:
                entering.asked_for(request, number, onward(request, ""))
                return redirect("accounts.enter_code")
    return page(request, "ask_code", {"form": form, "next": onward(request, ""), "alone": _alone(request)}, status)


def enter_code(request: HttpRequest) -> HttpResponse:
    """Takes the code: lets a worker in, or goes on to the account that is opened alone."""
    asked, at = entering.phone_asked(request), now()
    if not asked:
        return redirect("accounts.ask_code")
    form, status = OneTimeCodeForm(request.POST or None), 200
    if request.method == "POST":
        account = asking.counted_as(request, asked["phone"])
        limit(rates.ENTER_CODE, at=at, address=address_of(request), account=account)
        status = 422
        if form.is_valid():
            code = form.cleaned_data["code"]
            found = actions.enter_code(actor=request.actor, phone=asked["phone"], code=code, at=at)
            if isinstance(found, actions.Held):
                entering.hold(request, found.code_id, asked)
                return redirect("accounts.open_account")
            if found is not None:
                entering.come_in(request, found, at, second_factor=False)
                return asking.remember(request, redirect(asked["onward"] or "accounts.see_account"), asked["phone"])
            status = told(form, Refused([Refusal("code_not_valid", member="code")]))
    context = {"form": form, "demo": settings.DEMO, "phone": asked["phone"], "alone": _alone(request)}
    return page(request, "enter_code", context, status)


def _alone(request: HttpRequest) -> bool:
    """Whether an account can be opened here by whoever asks."""
    return alone.holds(request.actor, None)


def sign_out(request: HttpRequest) -> HttpResponse:
    """Ends this session."""
    actions.sign_out(actor=request.actor, at=now())
    entering.go_out(request)
    messages.success(request, _("You are signed out."))
    return redirect(reverse("accounts.sign_in"))
