"""The doorman: finds out who acts in a request, hands it on as `request.actor`, and shows the way to who must sign in first."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from rahdari.base.access import Permit
from rahdari.base.actor import Actor, stranger
from rahdari.base.clock import day_at, now
from rahdari.base.refusal import Refused
from rahdari.domain.accounts.access import NEWCOMER, SETTING_UP
from rahdari.domain.accounts.actions import note_token_use
from rahdari.domain.accounts.queries import actor_by_token, actor_of
from rahdari.web.errors import problem, refused, wants_json
from rahdari.web.onward import to_sign_in
from rahdari.web.rates import Rate, address_of, limit

WRONG_TOKENS = Rate("wrong-token", minutes=5, by_address=20, by_account=0)
FOR_PROGRAMS = ("/api/", "/metrics")
BEARER = "Bearer "


class DoormanMiddleware:
    """Sets `request.actor`: the person signed in, in the role they act in; the program of a token; or a stranger.

    Programs come by token alone: a session counts for nothing under `/api/` and at `/metrics`, so that no other site can use it.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path.startswith(FOR_PROGRAMS):
            request.actor = actor_of(request)
            return self.get_response(request)
        request.actor = stranger(settings.RAHDARI_NODE, "api")
        header = request.headers.get("Authorization", "")
        if header:
            try:
                program = _program(request, header)
            except Refused as too_many:
                return refused(request, too_many)
            if program is None:
                answer = problem(request, 401)
                answer.headers["WWW-Authenticate"] = "Bearer"
                return answer
            request.actor = program
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, *_: Any) -> HttpResponse | None:
        """Shows who must first sign in, or first set up a second factor, the page where to do it."""
        permit = getattr(view, "permit", None)
        if not isinstance(permit, Permit) or wants_json(request):
            return None
        if request.actor.role == NEWCOMER and permit.name not in SETTING_UP:
            return redirect("accounts.see_factors")
        asks = request.method in ("GET", "HEAD") and any(one.code == "sign_in_first" for one in permit.why_not(request.actor))
        return to_sign_in(request) if asks else None


def _program(request: HttpRequest, header: str) -> Actor | None:
    """The actor of a token; raises `Refused` (429) after too many wrong ones from one address."""
    at = now()
    found = actor_by_token(header.removeprefix(BEARER).strip(), at) if header.startswith(BEARER) else None
    if found is None:
        limit(WRONG_TOKENS, at=at, address=address_of(request))
        return None
    actor, token = found
    if token.last_used_on != day_at(at, actor.node):
        note_token_use(actor=actor, token_id=token.pk, at=at)
    return actor
