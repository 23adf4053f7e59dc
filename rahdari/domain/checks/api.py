"""The checkers as JSON: one set of facts, or an array of many."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest
from ninja import Router, Schema

from rahdari.base.clock import day_at, now
from rahdari.base.editions import current_book
from rahdari.web.api import body_of, language_of, operation

from .access import PERMITS
from .queries import CHECKERS, answer_to, answers_to

router = Router(tags=["checks"])


class Why(Schema):
    """One reason of an answer."""

    code: str
    message: str
    rule: str
    source: str
    confidence: str


class CheckAnswer(Schema):
    """What a checker says."""

    answer: dict[str, Any]
    reasons: list[Why]
    as_of: str
    reference_version: str


@operation(
    router, "POST", "/{name}", PERMITS["ask_check"], answers=CheckAnswer | list[dict[str, Any]], problems=(400, 404, 413, 422)
)
def ask_check(request: HttpRequest, name: str) -> Any:
    """Asks a checker. The body is one object of facts, or an array of such objects (one answer each)."""
    if name not in CHECKERS:
        raise Http404
    given = body_of(request)
    asked = {"book": current_book(), "today": day_at(now(), request.actor.node), "language": language_of(request)}
    ask = answers_to if isinstance(given, list) else answer_to
    return ask(request.actor, name, given, **asked)
