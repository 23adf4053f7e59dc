"""Pages at a counter: registering a worker, a new phone for an account."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from rahdari.base.clock import now
from rahdari.base.refusal import Refused
from rahdari.web.rates import address_of, limit

from .. import actions
from ..forms import CounterForm, RegisterForm
from ..queries.counter import recoveries_of_office, recovery_for
from ..rules.phones import IDENTITY_KINDS, phone_hint
from . import rates
from .told import page, told


def register_at_counter(request: HttpRequest) -> HttpResponse:
    """Registers a worker who stands at the counter."""
    form, status = RegisterForm(request.POST or None), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                actions.register_at_counter(actor=request.actor, **form.cleaned_data, at=now())
            except Refused as refused:
                status = told(form, refused)
            else:
                messages.success(request, _("The account is made."))
                return redirect("accounts.register_at_counter")
    return page(request, "register_at_counter", {"form": form, "card": IDENTITY_KINDS[request.actor.node]}, status)


def begin_recovery(request: HttpRequest) -> HttpResponse:
    """Begins giving an account a new phone, and lists what waits at this office."""
    form, status = CounterForm(request.POST or None), 200
    if request.method == "POST":
        limit(rates.COUNTER, at=now(), address=address_of(request), account=str(request.actor.person))
        status = 422
        if form.is_valid():
            try:
                actions.begin_recovery(actor=request.actor, **form.cleaned_data, at=now())
            except Refused as refused:
                status = told(form, refused)
            else:
                messages.success(request, _("Begun. A colleague confirms it after one day."))
                return redirect("accounts.begin_recovery")
    context = {"form": form, "open": recoveries_of_office(request.actor), "card": IDENTITY_KINDS[request.actor.node]}
    return page(request, "begin_recovery", context, status)


def confirm_recovery(request: HttpRequest, recovery_id: UUID) -> HttpResponse:
    """One recovery, for the second officer."""
    at = now()
    if request.method == "POST":
        actions.confirm_recovery(actor=request.actor, recovery_id=recovery_id, at=at)
        messages.success(request, _("The account has its new phone. Every session was ended."))
        return redirect("accounts.begin_recovery")
    recovery = recovery_for(request.actor, recovery_id, at)
    own, ready = recovery.begun_by == request.actor.person, recovery.ready_at <= at
    context = {"recovery": recovery, "phone": phone_hint(recovery.phone), "own": own, "ready": ready}
    return page(request, "confirm_recovery", context)


def cancel_recovery(request: HttpRequest, recovery_id: UUID) -> HttpResponse:
    """Stops a recovery."""
    actions.cancel_recovery(actor=request.actor, recovery_id=recovery_id, at=now())
    messages.success(request, _("The recovery is cancelled; the phone stays as it was."))
    return redirect("accounts.see_account" if request.actor.role == "worker" else "accounts.begin_recovery")
