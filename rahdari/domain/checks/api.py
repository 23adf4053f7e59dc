"""The checkers as JSON: one set of facts, or an array of many."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.http import Http404, HttpRequest
from ninja import Router, Schema
from pydantic.json_schema import GenerateJsonSchema, models_json_schema

from rahdari.base.clock import day_at, now
from rahdari.base.facts import Fault, WrongFacts
from rahdari.domain.departures.queries.passes import lists_at_hand, pass_lists
from rahdari.domain.departures.rules.passes import Shown
from rahdari.domain.departures.rules.passes import check_pass as verdict_of
from rahdari.domain.exchange.queries.papers import paper_keys
from rahdari.web.api import body_of, language_of, operation
from rahdari.web.rates import address_of, limit

from .access import PERMITS, SIGNING_LISTS
from .queries import CHECKERS, MOST_AT_ONCE, answer_to, answers_to, book_in_force
from .queries.papers import paper_told, read_here, verdict_told

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


class PassGiven(Schema):
    """What stands in the code of a pass, and what the person shows: passport number (its end is enough), birth date (ISO)."""

    paper: str
    passport: str = ""
    born: str = ""


class PassAnswer(Schema):
    """What a pass is worth: the outcome, all that was found, what was compared and differs, and how old the list is."""

    outcome: str
    findings: list[str]
    compared: list[str]
    differ: list[str]
    revoked_on: str | None
    list_issued_at: str | None
    list_next_update: str | None
    paper: dict[str, Any] | None


class PassKit(Schema):
    """All that is needed to check passes without a network: keys, and the newest signed list of revoked passes of each state."""

    keys: list[PaperKeyTold]
    lists: list[str]


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
    router, "POST", "/passes", PERMITS["check_pass"], answers=PassAnswer, problems=(400, 413, 422), url_name="checks.check_pass"
)  # fmt: skip
def check_pass(request: HttpRequest, given: PassGiven) -> Any:
    """Checks a clearance pass by the keys and lists this node has: signature, days, revocation, and whose it is."""
    try:
        born = dt.date.fromisoformat(given.born) if given.born else None
    except ValueError:
        raise WrongFacts([Fault("/born", "not_a_day")]) from None
    at = now()
    return verdict_told(verdict_of(given.paper, paper_keys(), lists=lists_at_hand(at), shown=Shown(given.passport, born), at=at))


@operation(router, "GET", "/pass-kit", PERMITS["see_pass_kit"], answers=PassKit, problems=(429,), url_name="checks.see_pass_kit")
def see_pass_kit(request: HttpRequest) -> Any:
    """Keys and lists of revoked passes in one, for `rahdari pass verify` and the offline page; the list is signed as of now."""
    at = now()
    limit(SIGNING_LISTS, at=at, address=address_of(request))
    return {"keys": [one.told() for one in paper_keys()], "lists": pass_lists(at)}


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
