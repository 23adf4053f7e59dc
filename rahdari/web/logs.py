"""Structured logs without personal values: one JSON line a request, and what went wrong.

A line holds the route (never the address with its values), method, status, milliseconds,
role and a request id. No names, numbers, query strings, bodies or addresses of people.
"""

from __future__ import annotations

import logging
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import structlog
from django.http import HttpRequest, HttpResponse

from rahdari.base.ids import new_id

log = structlog.get_logger("rahdari")
QUIET = ("/healthz", "/readyz", "/static/")


def configure(_: Mapping[str, Any]) -> None:
    """Sets up the log of the process: JSON lines on standard error."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _only_where,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        # The stream of the moment: a command tried inside a test has its own, which ends with it.
        logger_factory=lambda *_: structlog.WriteLogger(sys.stderr),
    )
    quiet = logging.StreamHandler()
    quiet.setFormatter(logging.Formatter('{"level":"%(levelname)s","logger":"%(name)s","event":"%(message)s"}'))
    logging.basicConfig(level=logging.WARNING, handlers=[quiet], force=True)
    # Django's own lines carry the address with its values; ours replace them.
    logging.getLogger("django.request").setLevel(logging.CRITICAL)
    logging.getLogger("django.security").setLevel(logging.CRITICAL)


def _only_where(_: Any, __: str, event: dict[str, Any]) -> dict[str, Any]:
    """Of an exception only its kind and the places it passed: its text may hold what a person typed."""
    error = event.pop("exc", None)
    if error is not None:
        places, trace = [], error.__traceback__
        while trace is not None:
            places.append(f"{'/'.join(Path(trace.tb_frame.f_code.co_filename).parts[-3:])}:{trace.tb_lineno}")
            trace = trace.tb_next
        event["error"], event["places"] = type(error).__name__, places[-12:]
    return event


class LogMiddleware:
    """Writes one line a request, and gives the request its id (header `X-Request-Id` of the answer)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        began = time.perf_counter()
        request.request_id = str(new_id())
        response = self.get_response(request)
        response["X-Request-Id"] = request.request_id
        if not request.path.startswith(QUIET):
            match = getattr(request, "resolver_match", None)
            actor = getattr(request, "actor", None)
            log.info(
                "request",
                id=request.request_id,
                method=request.method,
                route=match.route if match else "",
                status=response.status_code,
                ms=round((time.perf_counter() - began) * 1000, 1),
                role=actor.role if actor else "",
            )
        return response
