"""Pages: whom a worker lets watch their way, and the way as a watcher sees it."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from rahdari.base.clock import now
from rahdari.base.refusal import Refused
from rahdari.web.panels import fill
from rahdari.web.rates import address_of, limit

from .. import actions
from ..forms import BothCodesForm, ProxyForm
from ..queries import proxies
from ..queries.account import own_person
from ..rules.phones import normal_phone, phone_hint
from ..rules.proxies import COSTS, LINE, PASS
from . import asking, rates
from .told import page, told


def ask_proxy(request: HttpRequest) -> HttpResponse:
    """Who may watch, and asking one more."""
    at = now()
    form, status = ProxyForm(request.POST or None, initial={"sees": [LINE, COSTS, PASS]}), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                _hold_back(request, form.cleaned_data["phone"], at)
                proxy = actions.ask_proxy(actor=request.actor, **form.cleaned_data, at=at)
            except Refused as refused:
                status = told(form, refused)
            else:
                return redirect("accounts.allow_proxy", proxy.pk)
    return page(request, "proxies", {"form": form, "watchers": proxies.own_watchers(request.actor, at)}, status)


def _hold_back(request: HttpRequest, phone: str, at: dt.datetime) -> None:
    """Bounds the messages: by the worker, the phone that rings, its block and the node, as for every code."""
    limit(rates.ASK_PROXY, at=at, address=address_of(request), account=str(request.actor.person))
    number = normal_phone(phone, request.actor.node)
    if number is not None:
        limit(rates.ASK_CODE_DAY, at=at, account=number)
        asking.hold_back_messages(number, at)


def allow_proxy(request: HttpRequest, proxy_id: UUID) -> HttpResponse:
    """Takes both codes."""
    at, proxy = now(), proxies.proxy_asked(request.actor, proxy_id)
    form, status = BothCodesForm(request.POST or None), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                limit(rates.ENTER_CODE, at=at, address=address_of(request), account=str(request.actor.person))
                done = actions.allow_proxy(actor=request.actor, proxy_id=proxy_id, **form.cleaned_data, at=at)
            except Refused as refused:
                status = told(form, refused)
            else:
                if done is not None:
                    messages.success(request, _("They may watch now. They sign in with their own phone."), extra_tags="ok")
                    return redirect("accounts.ask_proxy")
                form.add_error(None, _("The two codes are not both right, or do not count any more. Look at them, or ask again."))
    own = own_person(request.actor).phone
    context = {"form": form, "proxy": proxy, "own": phone_hint(own or ""), "their": phone_hint(proxy.phone or "")}
    return page(request, "allow_proxy", context | {"demo": settings.DEMO}, status)


def end_proxy(request: HttpRequest, proxy_id: UUID) -> HttpResponse:
    """Ends a watch."""
    proxy = actions.end_proxy(actor=request.actor, proxy_id=proxy_id, at=now())
    messages.success(request, _("Ended. Nothing of it can be seen any more."), extra_tags="ok")
    return redirect("accounts.ask_proxy" if proxy.worker_id == request.actor.person else "accounts.see_watches")


def see_watches(request: HttpRequest) -> HttpResponse:
    """Whom the reader may watch."""
    return page(request, "watches", {"watches": proxies.own_watches(request.actor)})


def see_watched(request: HttpRequest, proxy_id: UUID) -> HttpResponse:
    """The way of a member of the family, as far as it was ticked."""
    watched = proxies.watched_by(request.actor, proxy_id, now())
    panels = fill("accounts.watched", watched.actor, watched)
    return page(request, "watched", {"watched": watched, "proxy": watched.proxy, "panels": panels})
