"""The statements of notices: raised, updated, answered, recalled. Their content is also what is kept, closed at rest."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any, TypedDict
from uuid import UUID

from rahdari.base.reference import shipped_book

from .rules.notices import ASKS, MEASURES, MOST_PARTIES, UPDATES, Answer, Draft, Party, StepTaken

RAISED, UPDATED, ANSWERED, RECALLED = "notice.raised/1", "notice.updated/1", "notice.answered/1", "notice.recalled/1"
MARKING: dict[str, Any] = {"level": "contact_point", "bodies": []}
PERSONAL = (
    ("about/person", "The receiver must find whom the notice is about: name and licence"),
    ("worker", "Only with the worker's own consent: so that the receiver can hear them"),
)


class TextTold(TypedDict):
    """A text in the language it was written in."""

    language: str
    value: str


class MoneyTold(TypedDict):
    """An amount in the smallest unit of its currency."""

    amount: int
    currency: str


class NoticeRaised(TypedDict, total=False):
    """The content of `notice.raised/1`; `evidence` names files."""

    kind: str
    category: str | None
    known_on: str
    about: list[dict[str, dict[str, str]]]
    where: str
    when: str
    what: TextTold
    money: MoneyTold | None
    workers: int
    worker: dict[str, Any] | None
    asked: str
    evidence: list[dict[str, Any]]


def _money(amount: int | None, currency: str) -> MoneyTold | None:
    return None if amount is None else MoneyTold(amount=amount, currency=currency)


def notice_raised(draft: Draft) -> NoticeRaised:
    """The content of the statement that raises a notice; its day must be there."""
    return NoticeRaised(
        kind=draft.kind,
        category=draft.category or None,
        known_on=draft.known_on.isoformat() if draft.known_on else "",
        about=[{one.what: {"name": one.name} | ({"licence": one.licence} if one.licence else {})} for one in draft.about],
        where=draft.place,
        when=draft.happened,
        what=TextTold(language=draft.language, value=draft.what),
        money=_money(draft.amount, draft.currency),
        workers=draft.workers,
        worker={"name": draft.worker, "consent": True} if draft.worker else None,
        asked=draft.asked,
    )


def read_notice_raised(data: Mapping[str, Any]) -> Draft:
    """Reads a notice in the shape of its schema, without its marking; raises ValueError for a day that does not exist."""
    money, worker = data.get("money"), data.get("worker")
    return Draft(
        kind=data["kind"],
        category=data.get("category") or "",
        known_on=dt.date.fromisoformat(data["known_on"]),
        about=tuple(
            Party(what, told["name"], told.get("licence") or "")
            for one in data["about"]
            for what, told in one.items()
            if what in ("organisation", "person")
        ),
        place=data.get("where") or "",
        happened=data.get("when") or "",
        what=data["what"]["value"],
        language=data["what"]["language"],
        amount=money["amount"] if money else None,
        currency=money["currency"] if money else "",
        workers=data.get("workers") or 0,
        worker=worker["name"] if worker else "",
        worker_consents=bool(worker),
        asked=data["asked"],
    )


def notice_updated(*, of: UUID, statement: str, state: str, text: str = "", language: str = "en") -> dict[str, Any]:
    """The content of the statement that tells what goes on with a notice."""
    told: dict[str, Any] = {"of": str(of), "statement": statement, "state": state}
    return told | ({"text": TextTold(language=language, value=text)} if text else {})


def notice_answered(*, of: UUID, statement: str, answer: Answer) -> dict[str, Any]:
    """The content of the statement that answers a notice."""
    return {
        "of": str(of),
        "statement": statement,
        "steps": [{"on": step.on.isoformat(), "code": step.code} for step in answer.steps],
        "evidence_asked": answer.evidence_asked,
        "evidence_given": answer.evidence_given,
        "measure": answer.measure,
        "measure_on": answer.measure_on.isoformat() if answer.measure_on else None,
        "money_returned": _money(answer.returned_amount, answer.returned_currency),
        "reason": TextTold(language=answer.language, value=answer.reason),
    }


def read_notice_answered(data: Mapping[str, Any]) -> Answer:
    """Reads an answer in the shape of its schema; raises ValueError for a day that does not exist."""
    money = data.get("money_returned")
    return Answer(
        steps=tuple(StepTaken(dt.date.fromisoformat(one["on"]), one["code"]) for one in data["steps"]),
        evidence_asked=data["evidence_asked"],
        evidence_given=data["evidence_given"],
        measure=data["measure"],
        measure_on=dt.date.fromisoformat(data["measure_on"]) if data.get("measure_on") else None,
        returned_amount=money["amount"] if money else None,
        returned_currency=money["currency"] if money else "",
        reason=data["reason"]["value"],
        language=data["reason"]["language"],
    )


def notice_recalled(*, of: UUID, reason: str) -> dict[str, Any]:
    """The content of the statement that takes a notice back; the exchange fills hash and stubs when it seals it."""
    return {"of": str(of), "statement": None, "reason": reason, "stubs": []}


NO_NUL = "^[^\\u0000]*$"  # the one letter of JSON that the database cannot keep
# A pattern beside each format: programs that know no formats read the pattern.
ID_FORM, DAY_FORM = "^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$", "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
UUID_FORM = {"type": "string", "format": "uuid", "pattern": ID_FORM}
HASH = {"type": "string", "pattern": "^[A-Za-z0-9_-]{43}$"}
CODE = {"type": "string", "pattern": "^[a-z][a-z0-9_]{0,39}$"}
DAY = {"type": "string", "format": "date", "pattern": DAY_FORM}


def _string(most: int, least: int = 0) -> dict[str, Any]:
    return {"type": "string", "minLength": least, "maxLength": most, "pattern": NO_NUL}


def _object(required: Iterable[str], properties: Mapping[str, Any], *, or_none: bool = False) -> dict[str, Any]:
    kind: Any = ["object", "null"] if or_none else "object"
    return {"type": kind, "required": list(required), "properties": dict(properties)}


def _schema(type: str, title: str, required: Iterable[str], properties: Mapping[str, Any]) -> dict[str, Any]:
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": type, "title": title}
    return head | _object(required, properties)


TEXT = _object(["language", "value"], {"language": {"enum": ["en", "ur", "ja"]}, "value": _string(8000)})
AMOUNT = {"amount": {"type": "integer", "minimum": 0}, "currency": {"type": "string", "pattern": "^[A-Z]{3}$"}}
MONEY = _object(["amount", "currency"], AMOUNT, or_none=True)
PARTY = _object(["name"], {"name": _string(200, 1), "licence": _string(60)})
ABOUT = {
    "type": "array",
    "maxItems": MOST_PARTIES,
    "items": {
        "type": "object",
        "properties": {"organisation": PARTY, "person": PARTY},
        "anyOf": [{"required": ["organisation"]}, {"required": ["person"]}],
    },
}
FILE = _object(
    ["name", "media_type", "size", "sha256", "sealed"],
    {
        "name": _string(200, 1),
        "media_type": _string(100, 1),
        "size": {"type": "integer", "minimum": 0},
        "sha256": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
        "sealed": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
    },
)
EVIDENCE = {"type": "array", "maxItems": 20, "x-rahdari": "blobs", "items": FILE}
STUB = _object(
    ["id", "seq", "envelope", "prev", "stub"],
    {
        "id": UUID_FORM,
        "seq": {"type": "integer", "minimum": 1},
        "envelope": HASH,
        "prev": HASH,
        "stub": {"type": "string", "minLength": 1, "maxLength": 8000},
    },
)
ANSWERS_TO = {"of": UUID_FORM, "statement": HASH}
SCHEMAS: dict[str, dict[str, Any]] = {
    RAISED: _schema(
        RAISED,
        "A notice is raised",
        ["kind", "known_on", "about", "what", "asked"],
        {
            "kind": {"enum": sorted(shipped_book().codes("notice_kinds"))},
            "category": {"enum": [*sorted(shipped_book().codes("moc_categories")), None]},
            "known_on": DAY,
            "about": ABOUT,
            "where": _string(400),
            "when": _string(200),
            "what": TEXT,
            "money": MONEY,
            "workers": {"type": "integer", "minimum": 0, "maximum": 10_000_000},
            "worker": _object(["name"], {"name": _string(200, 1), "consent": {"const": True}}, or_none=True),
            "evidence": EVIDENCE,
            "asked": {"enum": list(ASKS)},
        },
    ),
    UPDATED: _schema(
        UPDATED,
        "What goes on with a notice",
        ["of", "statement", "state"],
        {**ANSWERS_TO, "state": {"enum": list(UPDATES)}, "text": TEXT},
    ),
    ANSWERED: _schema(
        ANSWERED,
        "A notice is answered",
        ["of", "statement", "steps", "evidence_asked", "evidence_given", "measure", "reason"],
        {
            **ANSWERS_TO,
            "steps": {"type": "array", "maxItems": 100, "items": _object(["on", "code"], {"on": DAY, "code": CODE})},
            "evidence_asked": {"type": "boolean"},
            "evidence_given": {"type": "boolean"},
            "measure": {"enum": list(MEASURES)},
            "measure_on": {"type": ["string", "null"], "format": "date", "pattern": DAY_FORM},
            "money_returned": MONEY,
            "reason": TEXT,
        },
    ),
    RECALLED: _schema(
        RECALLED,
        "A notice is taken back",
        ["of", "statement", "reason", "stubs"],
        {
            "of": UUID_FORM,
            "statement": {"type": ["string", "null"], "pattern": HASH["pattern"]},
            "reason": _string(400, 1),
            "stubs": {"type": "array", "maxItems": 1000, "items": STUB},
        },
    ),
}
