"""`demand.published/1`: the vacancy part, which is public, and the papers part, for attaché, Protector and promoter. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from rahdari.base.statements import Marking

from ..rules.demands import KINDS
from ..rules.line import ROUTES
from .shapes import BLOBS, BODY, CODE, COUNT, DAY, DAY_OR_NONE, ID, TERMS, listing, one_of, shape, statement, text

DEMAND_PERSONAL = ("papers.signatory: the Protector compares the name with the signature of the principal",)
PAPERS_FOR = ("CWA", "EMB_PK_TOKYO", "PROTECTOR", "CONTACT_PK")
VACANCY_MEMBERS = {
    "part": {"const": "vacancy"},
    "demand": ID,
    "employer": BODY,
    "employer_name": text(200),
    "placement_business": {"anyOf": [BODY, {"const": ""}]},
    "route": one_of(ROUTES),
    "promoter": {"anyOf": [BODY, {"const": ""}]},
    "promoter_licence": {"type": ["string", "null"], "maxLength": 40},
    "field": CODE,
    "duty": {"type": "string", "pattern": "^[A-Z0-9_]{0,60}$"},
    "kind": one_of(KINDS),
    "places": COUNT,
    "prefecture": {"type": "string", "pattern": "^[0-9]{2}$"},
    "municipality": {"type": "string", "pattern": "^([0-9]{6})?$"},
    "terms": TERMS,
    "tests": listing(CODE, 20),
    "professional": shape(
        {
            "employer_category": {"type": "integer", "minimum": 1, "maximum": 4},
            "faces_people": {"type": "boolean"},
            "working_language": one_of(["ja", "en"]),
        }
    ),
    "opens": DAY,
    "closes": DAY,
}
# Beside the members every node tells: a receiver without a register of the other side's firms needs them for its pages.
NOT_ALWAYS = ("employer_name", "placement_business", "promoter", "professional")
PAPERS_MEMBERS = {
    "part": {"const": "papers"},
    "demand": ID,
    "demand_letter": BLOBS,
    "power_of_attorney": BLOBS,
    "poa_from": DAY_OR_NONE,
    "poa_until": DAY_OR_NONE,
    "signatory": text(120, 0),
}


def _part(name: str, members: Iterable[str]) -> dict[str, Any]:
    """What a part must hold: its members; those of the other part are passed over."""
    required = [one for one in members if one not in NOT_ALWAYS]
    allowed = dict.fromkeys(members, True)
    then = {"required": required, "properties": allowed}
    return {"if": {"properties": {"part": {"const": name}}}, "then": then}


DEMAND_PUBLISHED = statement(
    "demand.published/1",
    "A demand of an employer for workers",
    {
        "type": "object",
        "required": ["part", "demand"],
        "properties": {**VACANCY_MEMBERS, **PAPERS_MEMBERS, "part": {"enum": ["vacancy", "papers"]}},
        "allOf": [_part("vacancy", VACANCY_MEMBERS), _part("papers", PAPERS_MEMBERS)],
    },
)


def demand_vacancy(
    *, demand: str, employer: str, employer_name: str, placement_business: str, route: str, promoter: str, promoter_licence: str,
    field: str, duty: str, kind: str, places: int, prefecture: str, municipality: str, terms: Mapping[str, Any],
    tests: Iterable[str], opens: dt.date, closes: dt.date, professional: Mapping[str, Any] | None = None,
) -> dict[str, Any]:  # fmt: skip
    """The public part: what anybody may know of a demand."""
    return {
        "part": "vacancy",
        "demand": demand,
        "employer": employer,
        "employer_name": employer_name,
        "placement_business": placement_business,
        "route": route,
        "promoter": promoter,
        "promoter_licence": promoter_licence or None,
        "field": field,
        "duty": duty,
        "kind": kind,
        "places": places,
        "prefecture": prefecture,
        "municipality": municipality,
        "terms": dict(terms),
        "tests": list(tests),
        "opens": opens.isoformat(),
        "closes": closes.isoformat(),
        **({"professional": dict(professional)} if professional else {}),
    }


def demand_papers(
    *, demand: str, demand_letter: Iterable[Mapping[str, Any]], power_of_attorney: Iterable[Mapping[str, Any]],
    poa_from: dt.date | None, poa_until: dt.date | None, signatory: str,
) -> dict[str, Any]:  # fmt: skip
    """The papers behind a demand; `poa_until` is the first day on which the power of attorney no longer holds."""
    return {
        "part": "papers",
        "demand": demand,
        "demand_letter": [dict(one) for one in demand_letter],
        "power_of_attorney": [dict(one) for one in power_of_attorney],
        "poa_from": poa_from.isoformat() if poa_from else None,
        "poa_until": poa_until.isoformat() if poa_until else None,
        "signatory": signatory,
    }


def papers_marking(promoter: str) -> Marking:
    """Who may see the papers: attaché, embassy, Protector, contact point, and the appointed promoter or corporation."""
    return Marking("named_bodies", tuple(dict.fromkeys([*PAPERS_FOR, *([promoter] if promoter else [])])))
