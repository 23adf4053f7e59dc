"""The checkers as JSON: one set of facts, or an array of many."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest
from ninja import Router, Schema
from pydantic.json_schema import GenerateJsonSchema, models_json_schema

from rahdari.base.clock import day_at, now
from rahdari.domain.exchange.queries.papers import paper_keys
from rahdari.web.api import body_of, language_of, operation

from .access import PERMITS
from .queries import CHECKERS, MOST_AT_ONCE, answer_to, answers_to, book_in_force
from .queries.papers import paper_told, read_here

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


class PaperGiven(Schema):
    """What stands in the code of a paper: the token, or the whole address."""

    paper: str


class PaperAnswer(Schema):
    """Whether a state signed a paper, and what it says; `paper` is null unless the outcome is `genuine`."""

    outcome: str
    paper: dict[str, Any] | None


class PaperKeyTold(Schema):
    """A key that signs a state's papers: Ed25519, `x` in base64url; papers count from `nbf` on, before `exp`."""

    node: str
    kid: str
    x: str
    nbf: int
    exp: int


class PaperKeys(Schema):
    """The keys by which anyone can check papers without a network."""

    keys: list[PaperKeyTold]


FACTS_AT = "#/components/schemas/"


class _WithoutInnerDefaults(GenerateJsonSchema):
    """A default that stands for "not said" is no part of the description."""

    ignored_warning_kinds = frozenset({"skipped-choice", "non-serializable-default"})  # type: ignore[assignment]


def facts_schemas() -> dict[str, Any]:
    """The shapes of all facts as JSON Schema, by name, for the description of the API."""
    shapes = [(checker.facts, "validation") for checker in CHECKERS.values()]
    _, told = models_json_schema(shapes, ref_template=FACTS_AT + "{model}", schema_generator=_WithoutInnerDefaults)
    return dict(told["$defs"])


def _facts_or_many() -> dict[str, Any]:
    one = [{"$ref": FACTS_AT + checker.facts.__name__} for checker in CHECKERS.values()]
    many = {"type": "array", "maxItems": MOST_AT_ONCE, "items": {"anyOf": one}}
    return {"required": True, "content": {"application/json": {"schema": {"anyOf": [*one, many]}}}}


@operation(
    router, "POST", "/papers", PERMITS["check_paper"], answers=PaperAnswer, problems=(400, 413, 422),
    url_name="checks.check_paper",
)  # fmt: skip
def check_paper(request: HttpRequest, given: PaperGiven) -> Any:
    """Checks a paper by the keys this node knows: genuine, malformed, key_unknown, signature or key_out_of_validity."""
    read = read_here(given.paper)
    return {"outcome": read.outcome, "paper": paper_told(read)}


@operation(router, "GET", "/paper-keys", PERMITS["see_paper_keys"], answers=PaperKeys, url_name="checks.see_paper_keys")
def see_paper_keys(request: HttpRequest) -> Any:
    """The keys of both states by which papers are checked; `rahdari check-paper` reads this list from a file."""
    return {"keys": [one.told() for one in paper_keys()]}


@operation(
    router,
    "POST",
    "/{name}",
    PERMITS["ask_check"],
    answers=CheckAnswer | list[dict[str, Any]],
    problems=(400, 404, 413, 422),
    openapi_extra={"requestBody": _facts_or_many()},
)
def ask_check(request: HttpRequest, name: str) -> Any:
    """Asks a checker. The body is one object of facts, or an array of such objects (one answer each)."""
    if name not in CHECKERS:
        raise Http404
    given = body_of(request)
    asked = {
        "book": book_in_force(request.actor, name),
        "today": day_at(now(), request.actor.node),
        "language": language_of(request),
    }
    ask = answers_to if isinstance(given, list) else answer_to
    return ask(request.actor, name, given, **asked)
