"""Doors: every address has exactly one permission, named where the address is.

`door("stop/", views.ask_stop, PERMITS["ask_stop"])` makes the route, asks the clauses that
need no subject before the view runs, and gives the route the name of the permission.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.urls import URLPattern, path

from rahdari.base.access import Permit
from rahdari.base.refusal import Refused

View = Callable[..., HttpResponse]


def door(route: str, view: View, permit: Permit, *, name: str = "", methods: Collection[str] = ("GET", "POST")) -> URLPattern:
    """A route that opens only to whom the permission allows; `name` only where one permission has several routes."""
    allowed = {*methods, "HEAD"} if "GET" in methods else set(methods)

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method not in allowed:
            return HttpResponseNotAllowed(sorted(allowed))
        refusals = permit.why_not(request.actor)
        if refusals:
            raise Refused(refusals)
        return view(request, *args, **kwargs)

    guarded.permit = permit  # type: ignore[attr-defined]
    guarded.methods = frozenset(allowed)  # type: ignore[attr-defined]
    return path(route, guarded, name=name or permit.name)
