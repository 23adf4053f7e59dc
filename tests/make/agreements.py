"""Agreements for tests, recorded by the contact point as real ones are.

agreement()                      with an invented agency in Korea, in force since January 2026
figures(of, "2026-09", 40, 12, 7)   the figures of a month
"""

from __future__ import annotations

import datetime as dt
from itertools import count
from typing import Any

from rahdari.base.actor import Actor
from rahdari.domain.organisations import actions
from rahdari.domain.organisations.models import Agreement, AgreementFigures
from rahdari.domain.organisations.rules.agreements import PartnerNamed, Terms
from tests.make.people import actor

AT = dt.datetime(2026, 11, 25, 3, 0, tzinfo=dt.UTC)
PARTNER = PartnerNamed("agency", ("Hanbit Work Agency (invented)", "ہانبت ورک ایجنسی (فرضی)"))
_number = count(1)


def contact_point() -> Actor:
    """A fresh contact point of Pakistan."""
    return actor("contact_point_pk", node="pk")


def officer() -> Actor:
    """A fresh officer of the Overseas Employment Corporation."""
    return actor("oec_officer", node="pk")


def terms(**changed: Any) -> Terms:
    """An agreement as its text says it."""
    told: dict[str, Any] = {
        "number": f"MOU-{next(_number):03}/2026",
        "country": "KR",
        "partners": (PARTNER,),
        "subject": "Workers for factories (invented)",
        "signed_on": dt.date(2025, 12, 15),
        "from_on": dt.date(2026, 1, 1),
        "until": dt.date(2029, 1, 1),
        "review_on": dt.date(2027, 12, 1),
        "reference": "File 12 (invented)",
    }
    return Terms(**(told | changed))


def agreement(*, at: dt.datetime = AT, papers: Any = (), **changed: Any) -> Agreement:
    """An agreement in the register."""
    return actions.record_agreement(actor=contact_point(), terms=terms(**changed), papers=papers, at=at)


def figures(
    of: Agreement, month: str, *numbers: int, at: dt.datetime = AT, source: str = "Report 7 (invented)"
) -> AgreementFigures:
    """The figures of a month: interviews, selections, departures."""
    told = dict(zip(("interviews", "selections", "departures"), numbers, strict=True))
    return actions.record_figures(actor=officer(), agreement_id=of.pk, month=month, **told, source=source, at=at)


def with_figures() -> Agreement:
    """An agreement in the register with the figures of one month."""
    row = agreement()
    figures(row, "2026-09", 40, 12, 7)
    return row
