"""The statements of cooperation: a request, its acceptance with the agreed day, its answer, and what that was worth.

All go from contact point to contact point. What is personal in a request stands in its facts; which may, and why, is
said by the table `request_facts`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypedDict
from uuid import UUID

from rahdari.base.reference import shipped_book

from .rules.requests import Question, Value

ASKED, ACCEPTED, ANSWERED, RATED = "request.asked/1", "request.accepted/1", "request.answered/1", "request.rated/1"
MARKING: dict[str, Any] = {"level": "contact_point", "bodies": []}
PERSONAL = (
    *(
        (f"questions/facts/{row['code']}", row["reason"])
        for row in shipped_book().rows("request_facts")
        if row["personal"] == "yes"
    ),
    ("person/name", "The person said yes to this one firm: it learns who they are"),
    ("person/cv", "The person said yes to this one firm: it judges what they can do"),
    ("person/contact", "The person said yes to this one firm: it may reach them"),
)


class QuestionTold(TypedDict):
    """One question with its facts."""

    code: str
    facts: dict[str, Value]


class RequestAsked(TypedDict):
    """The content of `request.asked/1`."""

    kind: str
    questions: list[QuestionTold]
    urgency: str
    due: str | None


class RequestAccepted(TypedDict):
    """The content of `request.accepted/1`; `statement` is the hash of the token that asked."""

    of: str
    statement: str
    agreed_on: str


class AnswerTold(TypedDict):
    """The answer to one question; null says that it is not known."""

    code: str
    value: Value


class RequestAnswered(TypedDict):
    """The content of `request.answered/1`."""

    of: str
    statement: str
    answers: list[AnswerTold]


class ProfileTold(TypedDict):
    """A profile without a name, as the answer to a firm's enquiry shows it; `id` stands for this one showing."""

    id: str
    text: str
    isco: str
    years: int
    district: str
    skills: list[str]
    languages: list[dict[str, str]]
    until: str


class RequestRated(TypedDict):
    """The content of `request.rated/1`, about an answer and its token; from 1 to 5."""

    of: str
    statement: str
    timeliness: int
    effort: int


def request_asked(*, kind: str, questions: Iterable[Question], urgency: str, due_on: dt.date | None) -> RequestAsked:
    """The content of the statement that asks."""
    told = [QuestionTold(code=one.code, facts=dict(one.facts)) for one in questions]
    return RequestAsked(kind=kind, questions=told, urgency=urgency, due=due_on.isoformat() if due_on else None)


def request_accepted(*, of: UUID, statement: str, agreed_on: dt.date) -> RequestAccepted:
    """The content of the statement that accepts."""
    return RequestAccepted(of=str(of), statement=statement, agreed_on=agreed_on.isoformat())


def request_answered(*, of: UUID, statement: str, answers: Mapping[str, Value]) -> RequestAnswered:
    """The content of the statement that answers."""
    told = [AnswerTold(code=code, value=value) for code, value in answers.items()]
    return RequestAnswered(of=str(of), statement=statement, answers=told)


def profile_told(*, id: UUID, told: Mapping[str, Any], until: dt.date) -> ProfileTold:
    """One profile as an answer shows it."""
    return ProfileTold(
        id=str(id),
        text=told["text"],
        isco=told["isco"],
        years=told["years"],
        district=told["district"],
        skills=list(told["skills"]),
        languages=[{"language": one["language"], "level": one["level"]} for one in told["languages"]],
        until=until.isoformat(),
    )


def request_rated(*, of: UUID, statement: str, timeliness: int, effort: int) -> RequestRated:
    """The content of the statement that rates an answer."""
    return RequestRated(of=str(of), statement=statement, timeliness=timeliness, effort=effort)


@dataclass(frozen=True, slots=True)
class AskedTold:
    """What a partner asked."""

    kind: str
    questions: tuple[Question, ...]
    urgency: str
    due_on: dt.date | None


def read_request_asked(data: Mapping[str, Any]) -> AskedTold:
    """Reads a request in the shape of its schema; raises ValueError for a day that does not exist."""
    due = data.get("due")
    return AskedTold(
        kind=data["kind"],
        questions=tuple(Question(one["code"], dict(one["facts"])) for one in data["questions"]),
        urgency=data["urgency"],
        due_on=dt.date.fromisoformat(due) if due else None,
    )


def read_profiles(data: Mapping[str, Any]) -> list[tuple[UUID, dt.date, Mapping[str, Any]]]:
    """The profiles an answer shows: id, first day on which it no longer stands, and what is told; ValueError for no day."""
    return [(UUID(one["id"]), dt.date.fromisoformat(one["until"]), one) for one in data.get("profiles") or ()]


NO_NUL = "^[^\u0000]*$"  # the one letter of JSON that the database cannot keep
CODE = {"type": "string", "pattern": "^[a-z][a-z0-9_]{0,39}$"}
# A pattern beside each format: programs that know no formats read the pattern.
ID_FORM, DAY_FORM = "^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$", "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
DAY = {"type": "string", "format": "date", "pattern": DAY_FORM}
MARK = {"type": "integer", "minimum": 1, "maximum": 5}
VALUE = {"type": ["string", "integer", "boolean", "null"], "maxLength": 4000, "pattern": NO_NUL}
ANSWERS_TO = {
    "of": {"type": "string", "format": "uuid", "pattern": ID_FORM},
    "statement": {"type": "string", "pattern": "^[A-Za-z0-9_-]{43}$"},
}


def _schema(type: str, title: str, required: Iterable[str], properties: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": type,
        "title": title,
        "type": "object",
        "required": list(required),
        "properties": dict(properties),
    }


def _list(required: Iterable[str], properties: Mapping[str, Any], most: int) -> dict[str, Any]:
    items = {"type": "object", "required": list(required), "properties": dict(properties)}
    return {"type": "array", "minItems": 1, "maxItems": most, "items": items}


def _text(most: int, least: int = 0) -> dict[str, Any]:
    return {"type": "string", "minLength": least, "maxLength": most, "pattern": NO_NUL}


LANGUAGE = {
    "type": "object",
    "required": ["language", "level"],
    "properties": {"language": {"type": "string", "pattern": "^[a-z]{2,3}$"}, "level": CODE},
}
PROFILE = {
    "id": {"type": "string", "format": "uuid", "pattern": ID_FORM},
    "text": _text(1000),
    "isco": {"type": "string", "pattern": "^[0-9]{1,4}$"},
    "years": {"type": "integer", "minimum": 0, "maximum": 60},
    "district": {"type": "string", "pattern": "^[A-Z0-9]{0,20}$"},
    "skills": {"type": "array", "maxItems": 30, "items": _text(120)},
    "languages": {"type": "array", "maxItems": 10, "items": LANGUAGE},
    "until": DAY,
}
ISCO = {"type": "string", "pattern": "^[0-9]{1,4}$"}


def _lines(most: int, items: Mapping[str, Any]) -> dict[str, Any]:
    return {"type": "array", "maxItems": most, "items": dict(items)}


def _object(properties: Mapping[str, Any]) -> dict[str, Any]:
    return {"type": "object", "required": list(properties), "properties": dict(properties)}


CV = {
    "skills": _lines(30, _text(120)),
    "languages": _lines(10, LANGUAGE),
    "education": _lines(10, _text(120)),
    "work": _lines(20, _object({"isco": ISCO, "months": {"type": "integer", "minimum": 0, "maximum": 600}})),
    "tests": _lines(40, _object({"exam": {"type": "string", "pattern": "^[A-Z0-9_]{1,40}$"}, "on": DAY})),
    "degrees": _lines(
        20,
        _object({"kind": CODE, "institution": _text(200), "subject": _text(200), "year": {"type": "integer", "minimum": 0}}),
    ),
    "practice": _lines(20, _object({"employer": _text(200), "isco": ISCO, "from": DAY})),
}
PERSON = _object(
    {
        "name": _text(120, 1),
        "cv": _object(CV),
        "contact": _object({"way": {"enum": ["phone", "email"]}, "value": _text(120, 3)}),
    }
)
FACTS = {"type": "object", "maxProperties": 40, "propertyNames": CODE, "additionalProperties": VALUE}
SCHEMAS: dict[str, dict[str, Any]] = {
    ASKED: _schema(
        ASKED,
        "A contact point asks",
        ["kind", "questions", "urgency"],
        {
            "kind": {"enum": sorted(shipped_book().codes("request_kinds"))},
            "questions": _list(["code", "facts"], {"code": CODE, "facts": FACTS}, 40),
            "urgency": CODE,
            "due": {"type": ["string", "null"], "format": "date", "pattern": DAY_FORM},
        },
    ),
    ACCEPTED: _schema(ACCEPTED, "A request is accepted", ["of", "statement", "agreed_on"], {**ANSWERS_TO, "agreed_on": DAY}),
    ANSWERED: _schema(
        ANSWERED,
        "A request is answered",
        ["of", "statement", "answers"],
        {
            **ANSWERS_TO,
            "answers": _list(["code", "value"], {"code": CODE, "value": VALUE}, 40),
            "profiles": _list(list(PROFILE), PROFILE, 20),
            "person": PERSON,
        },
    ),
    RATED: _schema(
        RATED,
        "An answer is rated",
        ["of", "statement", "timeliness", "effort"],
        {**ANSWERS_TO, "timeliness": MARK, "effort": MARK},
    ),
}
