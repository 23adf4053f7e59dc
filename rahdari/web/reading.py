"""How many pages may be opened in a minute: by a person, by a program, and by an address where nobody signed in.

A person who signed in is counted alone, wherever they are: whoever shares an address with thousands is not kept out by them.
Strangers can be told apart by their address alone, so that bound is high: it stops a program, not a village behind one network.
The bounds are settings (`RAHDARI_PAGES_BY_PERSON`, `RAHDARI_CALLS_BY_PROGRAM`, `RAHDARI_PAGES_BY_ADDRESS`); 0 counts nothing.
"""

from __future__ import annotations

import datetime as dt
import ipaddress
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from rahdari.base.clock import now
from rahdari.base.refusal import Refusal, Refused

from .errors import refused
from .rates import UNKNOWN, Rate, address_of, limit

MINUTE = dt.timedelta(minutes=1)
FOR_PROGRAMS, BY_PARTNER = "/api/", "/exchange/"


class ReadingMiddleware:
    """Answers 429, with the moment from which pages open again, to who opened more than all can be served."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_: Any) -> HttpResponse | None:
        """Counts the page before its view does any work."""
        name = request.resolver_match.url_name if request.resolver_match is not None else ""
        if name in settings.RAHDARI_ALWAYS_OPEN or request.path.startswith(BY_PARTNER):
            return None
        at = now()
        try:
            _count(request, at)
        except Refused:
            again = at.replace(second=0, microsecond=0) + MINUTE
            wait = (again - at).total_seconds()
            answer = refused(request, Refused([Refusal("too_many_pages", {"again": again})]))
            answer.headers["Retry-After"] = str(max(1, round(wait)))
            return answer
        return None


def _count(request: HttpRequest, at: dt.datetime) -> None:
    """Counts by who acts, or by address where nobody does; raises `Refused` when there were too many."""
    actor = request.actor  # type: ignore[attr-defined]  # the doorman stands before
    if actor.known:
        program = actor.scopes is not None
        most = settings.RAHDARI_CALLS_BY_PROGRAM if program else settings.RAHDARI_PAGES_BY_PERSON
        if most:
            limit(Rate("calls" if program else "pages", minutes=1, by_account=most), at=at, account=str(actor.person))
        return
    address = address_of(request)
    if settings.RAHDARI_PAGES_BY_ADDRESS and not _own(address):
        limit(Rate("pages", minutes=1, by_address=settings.RAHDARI_PAGES_BY_ADDRESS), at=at, address=address)


def _own(address: str) -> bool:
    """Whether an address is of this machine: a proxy of ours that `RAHDARI_PROXIES` does not name stands for everybody."""
    return address == UNKNOWN or ipaddress.ip_network(address).is_loopback
