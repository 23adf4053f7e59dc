"""The doorman: finds out who acts in a request and hands it on as `request.actor`."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from rahdari.domain.accounts.queries import actor_of


class DoormanMiddleware:
    """Sets `request.actor`: the person signed in, in the role they act in, or a stranger."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.actor = actor_of(request)
        return self.get_response(request)
