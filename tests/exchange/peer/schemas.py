"""Statement data: a table from section 4 of the actions as JSON Schema; a small check; a small sampler."""

from __future__ import annotations

import re
from typing import Any

from tests.exchange.peer.forms import now, stamp, uuid7

DRAFT = "https://json-schema.org/draft/2020-12/schema"
KINDS: dict[str, dict[str, Any]] = {
    "id": {"type": "string", "pattern": "^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$"},
    "code": {"type": "string", "minLength": 1},
    "day": {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"},
    "at": {"type": "string", "pattern": r"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{3}Z$"},
    "int": {"type": "integer", "minimum": 0},
    "text": {"type": "object", "required": ["language", "value"]},
    "hash": {"type": "string", "pattern": "^[A-Za-z0-9_-]{43}$"},
    "object": {"type": "object"},
    "list": {"type": "array"},
    "token": {"type": "string"},
    "blobs": {
        "type": "array",
        "x-rahdari": "blobs",
        "items": {"type": "object", "required": ["name", "media_type", "size", "sha256", "sealed"]},
    },
}
# One line a type: `!` required, `?` may be null, `a,b,c` a closed list.
TABLE = {
    "request.asked/1": "kind!:case_status,exam_help,exam_data,document_check,complaint_referral,emergency,return_assistance,"
    "tracing,firm_enquiry,visit,stop_effects,other questions!:list urgency!:code due?:day",
    "request.accepted/1": "of!:id statement!:hash agreed_on!:day",
    "request.answered/1": "of!:id statement!:hash answers!:list blobs:blobs",
    "request.rated/1": "of!:id statement!:hash timeliness!:int effort!:int",
    "notice.raised/1": "kind!:act,exam,intermediary,information category?:MOC_A,MOC_B,MOC_C,MOC_D,MOC_E,EXAM_FRAUD known_on!:day "
    "about!:list what!:text evidence:blobs asked!:investigate,measure,know",
    "notice.updated/1": "of!:id statement!:hash state!:accepted,investigating,more_known,reply_of_party text:text",
    "notice.closed/1": "of!:id statement!:hash outcome!:code agreed!:day",
    "notice.recalled/1": "of!:id statement!:hash reason!:code stubs!:list",
    "accord.proposed/1": "kind!:contact_points,consultation,amendment,review,settlement article:code text!:text in_force_from?:day",
    "accord.signed/1": "of!:id statement!:hash text_hash!:hash signed_on!:day",
    "exchange.outcome/1": "of!:id statement?:hash envelope!:hash outcome!:taken_up,refused reasons!:list",
    "exchange.key_rolled/1": "keys_token!:token at!:at reason!:planned,lost,compromised retire!:list",
    "exchange.journal_restarted/1": "old_origin!:code size!:int root!:hash new_origin!:code reason!:code",
}


def _schema(name: str, line: str) -> dict[str, Any]:
    properties: dict[str, Any] = {}
    required = []
    for member in line.split():
        told, kind = member.split(":", 1)
        bare = told.rstrip("!?")
        rule = KINDS[kind] if kind in KINDS else {"enum": kind.split(",")}
        properties[bare] = {"anyOf": [rule, {"type": "null"}]} if told.endswith("?") else rule
        if told.endswith("!"):
            required.append(bare)
    return {"$schema": DRAFT, "$id": file_of(name), "type": "object", "required": required, "properties": properties}


def file_of(name: str) -> str:
    """The address of a type's schema: FAMILY.VERB.VERSION.json."""
    return f"/exchange/v1/schemas/{name.replace('/', '.')}.json"


SCHEMAS = {name: _schema(name, line) for name, line in TABLE.items()}
CHECKS = {
    "string": lambda value: isinstance(value, str),
    "integer": lambda value: type(value) is int,
    "object": lambda value: isinstance(value, dict),
    "array": lambda value: isinstance(value, list),
    "null": lambda value: value is None,
    "boolean": lambda value: isinstance(value, bool),
    "number": lambda value: type(value) is int,
}


def _resolved(rule: Any, top: dict[str, Any]) -> dict[str, Any]:
    while isinstance(rule, dict) and "$ref" in rule:
        found: Any = top
        for step in rule["$ref"].removeprefix("#/").split("/"):
            found = found[step]
        rule = found | {name: value for name, value in rule.items() if name != "$ref"}
    return rule if isinstance(rule, dict) else {}


def faults(rule: Any, value: Any, top: dict[str, Any] | None = None, path: str = "") -> list[str]:
    """The paths at which a value breaks a schema; knows the words our schemas and the partner's need."""
    top = top if top is not None else rule
    rule = _resolved(rule, top)
    found = [] if _plain(rule, value) else [path]
    for choice in ("anyOf", "oneOf"):
        if choice in rule and all(faults(one, value, top, path) for one in rule[choice]):
            found.append(path)
    for one in rule.get("allOf", []):
        found += faults(one, value, top, path)
    if isinstance(value, dict):
        found += [f"{path}/{name}" for name in rule.get("required", []) if name not in value]
        for name, one in rule.get("properties", {}).items():
            if name in value:
                found += faults(one, value[name], top, f"{path}/{name}")
    if isinstance(value, list):
        for index, one in enumerate(value):
            found += faults(rule.get("items", {}), one, top, f"{path}/{index}")
    return found


def _plain(rule: dict[str, Any], value: Any) -> bool:
    kinds = rule.get("type", [])
    kinds = [kinds] if isinstance(kinds, str) else kinds
    if kinds and not any(CHECKS[kind](value) for kind in kinds):
        return False
    if "const" in rule and value != rule["const"]:
        return False
    if "enum" in rule and value not in rule["enum"]:
        return False
    if isinstance(value, str):
        return len(value) >= rule.get("minLength", 0) and ("pattern" not in rule or bool(re.search(rule["pattern"], value)))
    if type(value) is int:
        return rule.get("minimum", value) <= value <= rule.get("maximum", value)
    return not isinstance(value, list) or rule.get("minItems", 0) <= len(value) <= rule.get("maxItems", len(value))


def _samples() -> list[str]:
    return ["invented", uuid7(), f"{now():%Y-%m-%d}", stamp(), "A" * 43, "a" * 64, "JPY", "en", "XX", "1", "A1", "10:00", "pk"]


def fit(rule: Any, given: Any = None, top: dict[str, Any] | None = None) -> Any:
    """A value the schema accepts, as near to what is given as it allows; raises where it knows none."""
    top = top if top is not None else rule
    rule = _resolved(rule, top)
    if given is not None and not faults(rule, given, top):
        return given
    if "const" in rule or "enum" in rule:
        return rule.get("const", rule.get("enum", [None])[0])
    for choice in ("anyOf", "oneOf"):
        if choice in rule:
            return fit(next((one for one in rule[choice] if not faults(one, given, top)), rule[choice][0]), given, top)
    for one in rule.get("allOf", []):
        rule = rule | _resolved(one, top)
    return _of_kind(rule, given, top)


def _of_kind(rule: dict[str, Any], given: Any, top: dict[str, Any]) -> Any:
    kinds = rule.get("type", "object")
    kind = kinds if isinstance(kinds, str) else kinds[0]
    if kind == "object":
        have = dict(given) if isinstance(given, dict) else {}
        for name in {*rule.get("required", []), *(set(have) & set(rule.get("properties", {})))}:
            have[name] = fit(rule.get("properties", {}).get(name, {"type": "string"}), have.get(name), top)
        return have
    if kind == "array":
        items = list(given) if isinstance(given, list) else []
        items = [fit(rule.get("items", {}), one, top) for one in items]
        return items + [fit(rule.get("items", {}), None, top) for _ in range(rule.get("minItems", 0) - len(items))]
    if kind == "integer":
        return max(rule.get("minimum", 1), min(1, rule.get("maximum", 1)))
    if kind in ("boolean", "null"):
        return False if kind == "boolean" else None
    return next(one for one in [*_samples(), "x" * rule.get("minLength", 1)] if not faults(rule, one, top))


TODAY = f"{now():%Y-%m-%d}"
TEXT = {"language": "en", "value": "Invented for a test of the exchange"}
GIVEN: dict[str, dict[str, Any]] = {
    "request.asked/1": {
        "kind": "other",
        "questions": [{"code": "other", "facts": {"text": "Invented for a test"}}],
        "urgency": "normal",
        "due": None,
    },
    "notice.raised/1": {
        "kind": "information",
        "category": None,
        "known_on": TODAY,
        "about": [],
        "what": TEXT,
        "asked": "know",
    },
    "accord.proposed/1": {"kind": "consultation", "article": "8", "text": TEXT, "in_force_from": None},
}


def example(name: str, schema: dict[str, Any] | None = None, **more: Any) -> dict[str, Any]:
    """Data of a type that its schema accepts: by hand as the text describes it, completed where the partner's schema asks more.

    What a case gives itself stays as it is, right or wrong.
    """
    return {**fit(schema or SCHEMAS[name], {**GIVEN.get(name, {}), **more}), **more}
