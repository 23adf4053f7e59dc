"""Pages: tokens of programs."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from rahdari.base.clock import now
from rahdari.base.refusal import Refused
from rahdari.web.words import shelf

from .. import actions
from ..forms import TokenForm
from ..queries.account import scopes_for, tokens_of
from .factors import with_fresh_factor
from .told import page, told


def see_tokens(request: HttpRequest) -> HttpResponse:
    """One's own tokens, and the form for a new one."""
    return _tokens(request, _form(request, None), 200)


def _form(request: HttpRequest, typed: object) -> TokenForm:
    return TokenForm(typed, scopes_for(request.actor), shelf("PERMISSIONS"))


def _tokens(request: HttpRequest, form: TokenForm, status: int, secret: str = "") -> HttpResponse:
    context = {"form": form, "tokens": tokens_of(request.actor), "secret": secret, "at": now()}
    return page(request, "tokens", context, status)


@with_fresh_factor
def make_token(request: HttpRequest) -> HttpResponse:
    """Makes a token and shows it this once."""
    form, at = _form(request, request.POST), now()
    if not form.is_valid():
        return _tokens(request, form, 422)
    typed = form.cleaned_data
    asked = {"name": typed["name"], "scopes": typed["scopes"], "expires_at": at + dt.timedelta(days=typed["days"])}
    try:
        _token, secret = actions.make_token(actor=request.actor, **asked, at=at)
    except Refused as refused:
        return _tokens(request, form, told(form, refused))
    return _tokens(request, _form(request, None), 200, secret)


def revoke_token(request: HttpRequest, token_id: UUID) -> HttpResponse:
    """Ends a token."""
    actions.revoke_token(actor=request.actor, token_id=token_id, at=now())
    messages.success(request, _("The token counts no more."))
    return redirect("accounts.see_tokens")
