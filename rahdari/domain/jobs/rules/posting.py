"""A vacancy as search engines read it: `JobPosting` of schema.org, as JSON-LD. Facts in, a dictionary out; pure."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

UNITS = {"month": "MONTH", "hour": "HOUR"}
# Signs that could end the element the text stands in, or that script engines read as ends of lines.
_ESCAPES = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}
DAY_ENDS = "T23:59:59+05:00"  # one applies until the end of the day in Pakistan


@dataclass(frozen=True, slots=True)
class PostingFacts:
    """What of a vacancy is told to search engines; names are in the language of the page, `pay` in whole units."""

    vacancy: str
    address: str
    language: str
    title: str
    description: str
    field: str
    employer: str
    prefecture: str
    municipality: str
    pay: int | float
    currency: str
    per: str
    hours_week: int
    places: int | None
    published_on: dt.date
    closes_on: dt.date
    tests: tuple[str, ...] = ()
    benefits: tuple[str, ...] = ()


def posting(facts: PostingFacts) -> dict[str, Any]:
    """The members of schema.org's `JobPosting`; those of which nothing is known are left out."""
    place = {"addressCountry": "JP", "addressRegion": facts.prefecture, "addressLocality": facts.municipality}
    told = {
        "@context": "https://schema.org",
        "@type": "JobPosting",
        "identifier": {"@type": "PropertyValue", "name": "Rahdari", "value": facts.vacancy},
        "url": facts.address,
        "inLanguage": facts.language,
        "title": facts.title,
        "description": facts.description,
        "industry": facts.field,
        "datePosted": facts.published_on.isoformat(),
        "validThrough": facts.closes_on.isoformat() + DAY_ENDS,
        "employmentType": "FULL_TIME",
        "hiringOrganization": {"@type": "Organization", "name": facts.employer},
        "jobLocation": {"@type": "Place", "address": {"@type": "PostalAddress", **_said(place)}},
        "baseSalary": {
            "@type": "MonetaryAmount",
            "currency": facts.currency,
            "value": {"@type": "QuantitativeValue", "value": facts.pay, "unitText": UNITS[facts.per]},
        },
        "workHours": str(facts.hours_week),
        "totalJobOpenings": facts.places,
        "qualifications": _joined(facts.tests),
        "jobBenefits": _joined(facts.benefits),
        "directApply": True,
    }
    return _said(told)


def _said(members: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in members.items() if value not in (None, "")}


def _joined(texts: Iterable[str]) -> str:
    return "; ".join(texts)


def as_json(told: Mapping[str, Any]) -> str:
    """The JSON-LD as it may stand inside an element of a page: no sign of it can end the element."""
    return json.dumps(told, ensure_ascii=False, allow_nan=False).translate(_ESCAPES)
