"""JSON in and out: an operation of the API is a door too, with its one permission and its known answers."""

from __future__ import annotations

import inspect
import json
from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, RawPostDataException
from ninja import Router, Schema

from rahdari.base.access import Permit
from rahdari.base.facts import Fault, WrongFacts
from rahdari.base.refusal import Refused

DEEPEST = 64


class RefusalTold(Schema):
    """One refusal in a problem document."""

    code: str
    message: str
    member: str = ""


class FaultTold(Schema):
    """One wrong member in a problem document; `path` is a JSON Pointer."""

    path: str
    code: str
    message: str


class Problem(Schema):
    """What went wrong (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: str
    instance: str
    refusals: list[RefusalTold] = []
    errors: list[FaultTold] = []


STATUSES = (400, 403, 404, 405, 409, 413, 422, 429, 500, 503)


def operation(
    router: Router,
    method: str,
    path: str,
    permit: Permit,
    *,
    answers: Any,
    problems: Iterable[int] = (403, 404, 422),
    **ninja: Any,
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Opens an operation of the API under the name of its permission; refuses like a door does."""

    def open_to(view: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            refusals = permit.why_not(request.actor)
            if refusals:
                raise Refused(refusals)
            return view(request, *args, **kwargs)

        guarded.permit = permit  # type: ignore[attr-defined]
        # The names in the view's annotations are those of its own module, which the wrapper does not know.
        signature = inspect.signature(view, eval_str=True)
        guarded.__signature__ = signature  # type: ignore[attr-defined]
        no_id = {422} if any(one.annotation is UUID for one in signature.parameters.values()) else set()
        known = {200: answers} | {status: Problem for status in sorted({429, *problems, *no_id}) if status in STATUSES}
        named = {"operation_id": permit.name} | ninja
        router.api_operation([method], path, response=known, **named)(guarded)
        return guarded

    return open_to


def body_of(request: HttpRequest) -> Any:
    """The JSON a request brought; raises `WrongFacts` for what is not JSON, says a name twice or nests too deeply."""
    try:
        return strict_json(request.body)
    except RawPostDataException:
        raise WrongFacts([Fault("", "not_json")]) from None


def strict_json(raw: bytes | str) -> Any:
    """Decodes JSON strictly: UTF-8, no name twice, no NaN, no lone surrogates, at most 64 levels."""
    try:
        text = raw.decode("utf-8") if isinstance(raw, bytes) else raw
        if _depth(text) > DEEPEST:
            raise WrongFacts([Fault("", "too_deep")])
        found = json.loads(text, object_pairs_hook=_no_name_twice, parse_constant=_no_constant)
        json.dumps(found, ensure_ascii=False).encode("utf-8")
    except (ValueError, RecursionError):
        raise WrongFacts([Fault("", "not_json")]) from None
    return found


def _depth(text: str) -> int:
    """The deepest nesting, brackets inside strings left out."""
    deepest = now = 0
    inside = escaped = False
    for letter in text:
        if inside:
            inside = escaped or letter != '"'
            escaped = letter == "\\" and not escaped
        elif letter == '"':
            inside = True
        elif letter in "[{":
            now += 1
            deepest = max(deepest, now)
        elif letter in "]}":
            now -= 1
    return deepest


def _no_name_twice(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            raise WrongFacts([Fault("", "duplicate_key", {"name": name[:80]})])
        found[name] = value
    return found


def _no_constant(name: str) -> Any:
    raise ValueError(name)


def language_of(request: HttpRequest) -> str:
    """The language a program asked for (`?language=` or Accept-Language), English else."""
    known = dict(settings.LANGUAGES)
    asked = request.GET.get("language", "")
    return asked if asked in known else request.LANGUAGE_CODE
