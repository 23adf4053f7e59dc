"""Pages: one's own account: settings, roles, standing in, sessions, who looked."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import override

from rahdari.base.clock import ZONES, now
from rahdari.base.refusal import Refused
from rahdari.base.work import Missing
from rahdari.web.onward import onward

from .. import actions
from ..access import COUNTER_ROLES, GRANTERS, PERMITS
from ..forms import DelegationForm, SettingsForm
from ..queries import account
from ..queries.actors import acting_grant
from ..queries.counter import own_recovery
from ..rules.phones import phone_hint
from . import entering
from .told import page, told

THEME, YEAR, ROWS = "theme", 365 * 24 * 60 * 60, 50


def see_account(request: HttpRequest) -> HttpResponse:
    """Everything about one's own account on one page."""
    return _account(request, None, None, 200)


def _account(
    request: HttpRequest, settings_form: SettingsForm | None, stand_in: DelegationForm | None, status: int
) -> HttpResponse:
    at, actor = now(), request.actor
    person = account.own_person(actor)
    told_now = {"name": person.name, "language": person.language, "theme": request.COOKIES.get(THEME, "")}
    context = {
        "person": person,
        "settings_form": settings_form or SettingsForm(initial=told_now),
        "grants": account.own_grants(actor, at),
        "stand_in": stand_in or DelegationForm(None, account.colleagues_of(actor, at)),
        "delegations": account.delegations_of(actor, at),
        "acting": acting_grant(request),
        "recovery": own_recovery(actor),
        "phone": phone_hint(person.phone) if person.phone else "",
        "may_grant": actor.role in GRANTERS,
        "at_counter": actor.role in COUNTER_ROLES,
        "watching": not PERMITS["see_watches"].why_not(actor),
        "sessions": account.sessions_of(actor, request.session.session_key),
    }
    return page(request, "account", context, status)


def change_settings(request: HttpRequest) -> HttpResponse:
    """Changes name, language and look; the page goes on in the language chosen."""
    form = SettingsForm(request.POST)
    if not form.is_valid():
        return _account(request, form, None, 422)
    language = form.cleaned_data["language"]
    actions.change_settings(actor=request.actor, name=form.cleaned_data["name"], language=language, at=now())
    with override(language):
        messages.success(request, _("Your settings are kept."))
        answer = redirect("accounts.see_account")
    theme = form.cleaned_data["theme"]
    if theme:
        answer.set_cookie(THEME, theme, max_age=YEAR, samesite="Lax", httponly=True, secure=request.is_secure())
    else:
        answer.delete_cookie(THEME)
    return answer


def act_as(request: HttpRequest) -> HttpResponse:
    """Chooses the role acted in; only this session knows it."""
    chosen = request.POST.get("grant", "")
    if chosen not in {str(one.pk) for one in account.own_grants(request.actor, now())}:
        raise Missing("grant")
    entering.act_under(request, chosen)
    return redirect(onward(request, "accounts.see_account"))


def delegate_role(request: HttpRequest) -> HttpResponse:
    """Lets a colleague stand in until the end of a day of this node."""
    at, actor = now(), request.actor
    form = DelegationForm(request.POST, account.colleagues_of(actor, at))
    if not form.is_valid():
        return _account(request, None, form, 422)
    after = form.cleaned_data["until"] + dt.timedelta(days=1)
    until = dt.datetime.combine(after, dt.time(), ZONES[actor.node])
    try:
        actions.delegate_role(actor=actor, to_person=form.cleaned_data["person"].pk, until=until, at=at)
    except Refused as refused:
        return _account(request, None, form, told(form, refused))
    messages.success(request, _("Your colleague stands in for you."))
    return redirect("accounts.see_account")


def end_delegation(request: HttpRequest, grant_id: UUID) -> HttpResponse:
    """Ends a standing in."""
    actions.end_delegation(actor=request.actor, grant_id=grant_id, at=now())
    return redirect("accounts.see_account")


def end_session(request: HttpRequest, session_id: int) -> HttpResponse:
    """Ends a session; one's own too."""
    actions.end_session(actor=request.actor, session_id=session_id, at=now())
    messages.success(request, _("The session is ended."))
    return redirect("accounts.see_account")


def see_looks(request: HttpRequest) -> HttpResponse:
    """Who looked at one's own file, when and on which page."""
    found = Paginator(account.open_looks(request.actor), ROWS).get_page(request.GET.get("page"))
    return page(request, "looks", {"page": found})


def see_letters(request: HttpRequest) -> HttpResponse:
    """The messages that were sent to oneself: when, what about, to which address, and whether they left."""
    found = Paginator(account.open_letters(request.actor), ROWS).get_page(request.GET.get("page"))
    return page(request, "letters", {"page": found})
