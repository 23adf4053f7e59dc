"""The statements of this package: a candidate named to the employer, a time for an interview, what the employer decided. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from rahdari.domain.jobs.messages import SERVICE, TERMS
from rahdari.domain.jobs.messages.shapes import (
    BODY,
    CODE,
    COUNT,
    DAY,
    DAY_OR_NONE,
    HASH,
    ID,
    ID_OR_NONE,
    listing,
    one_of,
    shape,
    statement,
    text,
)
from rahdari.seals.forms import MOMENT, write_moment

from .rules.cases import INTERPRETERS
from .rules.events import CALL_OFF_REASONS, EVENT_KINDS, EVENT_MOVES, MOST_FIRMS, MOST_TABLES
from .rules.moves import WITHDRAWAL_REASONS

NOMINATED, INTERVIEW_SET, DECIDED = "placement.nominated/1", "placement.interview_set/1", "placement.decided/1"
WITHDRAWN = "placement.withdrawn/1"
DECISIONS = ("returned", "no_show", "selected", "reserve", "not_selected", "terms_changed", "rescinded")
CEFR = ("basic", "middle", "good", "native")

NOMINATION = statement(
    NOMINATED,
    "A candidate named to the employer",
    shape(
        {
            "case": ID,
            "person": ID,
            "vacancy": ID,
            "rank": {**COUNT, "minimum": 1},
            "rule": CODE,
            "name": text(120),
            "birth_year": {"type": "integer", "minimum": 1900, "maximum": 2200},
            "sex": {"enum": ["F", "M", "X", None]},
            "skills": listing(text(120), 30),
            "tests": listing(shape({"exam": CODE, "result": ID_OR_NONE, "on": DAY, "source": one_of(["system", "paper"])}), 20),
            "internships": listing(shape({"stage": one_of(["ii", "iii"]), "field": CODE, "months": COUNT, "on": DAY}), 5),
            "degrees": listing(
                shape({"kind": CODE, "institution": text(200), "subject": text(200), "year": COUNT, "recognition": CODE}), 10
            ),
            "practice": listing(shape({"isco": {"type": "string", "pattern": "^[0-9]{1,4}$"}, "months": COUNT}), 20),
            "education": listing(text(120), 10),
            "work": listing(shape({"isco": {"type": "string", "pattern": "^[0-9]{1,4}$"}, "months": COUNT}), 20),
            "languages": listing(shape({"language": {"type": "string", "pattern": "^[a-z]{2,3}$"}, "level": one_of(CEFR)}), 10),
            "available_from": DAY_OR_NONE,
            "consent": ID,
            "promoter": {"anyOf": [BODY, {"const": ""}]},
        },
        # a client of a service is not told when somebody was born
        optional=["promoter", "birth_year", "internships", "degrees", "practice"],
    ),
)
EVENT_DAY = shape(
    {
        "kind": one_of(EVENT_KINDS),
        "body": BODY,
        "ends": MOMENT,
        "pause": {"type": "integer", "minimum": 0, "maximum": 120},
        "tables": {"type": "integer", "minimum": 1, "maximum": MOST_TABLES},
        "firms": {**listing(BODY, MOST_FIRMS), "minItems": 1},
        "short_notice": {"type": "boolean"},
        "state": one_of(EVENT_MOVES),
        "reason": {"enum": [None, *CALL_OFF_REASONS]},
    }
)
INTERVIEW = statement(
    INTERVIEW_SET,
    "A time for an interview, a time taken on an announced day, or such a day",
    {
        **shape(
            {
                "case": ID,
                "event": ID,
                "at": MOMENT,
                "zone": text(40),
                "minutes": {"type": "integer", "minimum": 5, "maximum": 480},
                "place": text(300),
                "language": {"enum": ["en", "ur", "ja"]},
                "interpreter": one_of(INTERPRETERS),
                "supersedes": ID_OR_NONE,
                "answer": {"enum": ["yes", None]},
                "day": EVENT_DAY,
            },
            optional=["case", "event", "answer", "day"],
        ),
        "anyOf": [{"required": ["case"]}, {"required": ["event", "day"]}],
    },
)
DECISION = statement(
    DECIDED,
    "What the employer decided on a candidate",
    {
        **shape(
            {
                "case": ID,
                "outcome": one_of(DECISIONS),
                "on": DAY,
                "reason": {"type": ["string", "null"], "pattern": "^[a-z][a-z0-9_]{0,59}$"},
                "rank": {"type": ["integer", "null"], "minimum": 1},
                "from_reserve": {"type": "boolean"},
                "terms": {"anyOf": [TERMS, SERVICE, {"type": "null"}]},
                "employer_signed_on": DAY_OR_NONE,
                "old_terms_hash": {"anyOf": [HASH, {"type": "null"}]},
            }
        ),
        "allOf": [
            {
                "if": {"properties": {"outcome": {"enum": ["selected", "terms_changed"]}}},
                "then": {"properties": {"terms": {"anyOf": [TERMS, SERVICE]}, "employer_signed_on": DAY}},
            },
            {
                "if": {"properties": {"outcome": {"const": "terms_changed"}}},
                "then": {"properties": {"old_terms_hash": HASH}},
            },
        ],
    },
)
WITHDRAWAL = statement(
    WITHDRAWN, "An application taken back", shape({"case": ID, "reason": one_of(WITHDRAWAL_REASONS), "on": DAY})
)
SCHEMAS = {NOMINATED: NOMINATION, INTERVIEW_SET: INTERVIEW, DECIDED: DECISION, WITHDRAWN: WITHDRAWAL}
MARKINGS = {type: {"level": "named_bodies", "bodies": []} for type in SCHEMAS}
PERSONALS: dict[str, tuple[str, ...]] = {
    NOMINATED: (
        "name: the employer calls the person by it, and papers must match",
        "birth_year: the rule of age; not told to a client of a service",
        "sex: only where housing needs it",
        "tests, internships, degrees, practice: whether the person may do the work",
        "skills, education, work, languages, available_from: the employer chooses by them",
    ),
    INTERVIEW_SET: (),
    DECIDED: (),
    WITHDRAWN: (),
}


def nominated(*, case: str, person: str, vacancy: str, profile: Mapping[str, Any], consent: str, promoter: str) -> dict[str, Any]:
    """The content of `placement.nominated/1`; `profile` holds name, year of birth and what the employer chooses by."""
    return {**profile, "case": case, "person": person, "vacancy": vacancy, "consent": consent, "promoter": promoter}


def interview_set(
    *, case: str, at: dt.datetime, zone: str, minutes: int, place: str, language: str, interpreter: str, supersedes: str | None,
    event: str | None = None, answer: str | None = None,
) -> dict[str, Any]:  # fmt: skip
    """The content of `placement.interview_set/1`; `supersedes` is the statement of the time that no longer stands.

    `event` names the day on which the time was taken, `answer` is yes where the worker chose it.
    """
    of_a_day = {} if event is None else {"event": event, "answer": answer}
    return of_a_day | {
        "case": case,
        "at": write_moment(at),
        "zone": zone,
        "minutes": minutes,
        "place": place,
        "language": language,
        "interpreter": interpreter,
        "supersedes": supersedes,
    }


def decided(
    *, case: str, outcome: str, on: dt.date, reason: str = "", rank: int | None = None, from_reserve: bool = False,
    terms: Mapping[str, Any] | None = None, employer_signed_on: dt.date | None = None, old_terms_hash: str | None = None,
) -> dict[str, Any]:  # fmt: skip
    """The content of `placement.decided/1`; terms and the day the employer signed come with `selected` and `terms_changed`."""
    return {
        "case": case,
        "outcome": outcome,
        "on": on.isoformat(),
        "reason": reason or None,
        "rank": rank,
        "from_reserve": from_reserve,
        "terms": dict(terms) if terms is not None else None,
        "employer_signed_on": employer_signed_on.isoformat() if employer_signed_on else None,
        "old_terms_hash": old_terms_hash,
    }


def withdrawn(*, case: str, reason: str, on: dt.date) -> dict[str, Any]:
    """The content of `placement.withdrawn/1`; the reason is a code, never the worker's own words."""
    return {"case": case, "reason": reason, "on": on.isoformat()}


def event_told(
    *, event: str, at: dt.datetime, zone: str, minutes: int, place: str, language: str, interpreter: str, day: Mapping[str, Any]
) -> dict[str, Any]:
    """The content of `placement.interview_set/1` for an expo or interview day, which anyone may see."""
    told = {"event": event, "at": write_moment(at), "zone": zone, "minutes": minutes, "place": place, "language": language}
    return told | {"interpreter": interpreter, "supersedes": None, "day": dict(day)}
