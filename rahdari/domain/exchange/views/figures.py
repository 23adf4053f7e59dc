"""`/metrics`: figures for the programs of operators, at the machine itself or with a token (docs/security.md)."""

from __future__ import annotations

import ipaddress

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from rahdari.base.actor import Actor, machine
from rahdari.base.clock import now

from ..queries.metrics import as_text, metrics_for

TEXT = "text/plain; version=0.0.4; charset=utf-8"
# What a proxy adds to what it hands on: a request that bears one of these did not begin at this machine.
HANDED_ON = ("Forwarded", "Via", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-Ip")


def see_metrics(request: HttpRequest) -> HttpResponse:
    """The figures in Prometheus' text format; refused to whoever is neither at the machine nor an operator's program."""
    answer = HttpResponse(as_text(metrics_for(_asker(request), now())), content_type=TEXT)
    answer["Cache-Control"] = "no-store"
    return answer


def _asker(request: HttpRequest) -> Actor:
    """The program of a token; else the node itself, when the request began at this machine."""
    actor: Actor = request.actor  # type: ignore[attr-defined]  # set by the doorman
    return machine(settings.RAHDARI_NODE, "command") if not actor.known and began_here(request) else actor


def began_here(request: HttpRequest) -> bool:
    """Whether a request came over loopback and through no proxy.

    A proxy on the same machine comes over loopback too; every production set-up makes it send X-Forwarded-Proto
    (docs/guides/operator.md), without which no page would open.
    """
    if any(name in request.headers for name in HANDED_ON):
        return False
    try:
        return ipaddress.ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False
