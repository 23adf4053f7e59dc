"""Demands and vacancies for tests, made by the acts of those who may.

demand()                         a demand filed on the present node: on Japan's by an employer, on Pakistan's from paper
demand(state="permitted")        filed, attested, permitted (Pakistan's node)
vacancy()                        a published vacancy of a permitted demand (Pakistan's node)
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.conf import settings
from django.db.models import QuerySet

from rahdari.base.clock import day_at
from rahdari.base.facts import read_facts
from rahdari.base.reference import shipped_book
from rahdari.domain.jobs import actions, inbox
from rahdari.domain.jobs.models import Demand, Vacancy
from rahdari.domain.jobs.rules.changes import CHANGEABLE
from rahdari.domain.jobs.rules.demands import PowerOfAttorney
from rahdari.domain.jobs.rules.papers import Paper, Scan
from rahdari.domain.jobs.rules.terms_facts import CorrectionFacts, CostFacts, DemandFacts
from tests.make.organisations import long_licensed
from tests.make.people import actor, organisation

AT = dt.datetime(2026, 11, 25, 3, 0, tzinfo=dt.UTC)  # a Wednesday: 8 o'clock in Pakistan, noon in Japan
PROMOTER, EMPLOYER = "pk:org:oep", "jp:org:accepting-org"
LICENCE = "OP&HRD/4325/LHR/2018"
PDF = b"%PDF-1.4\n% invented\n"
RECEIVERS = {
    "demand.published/1": inbox.demand_published,
    "demand_attested": inbox.demand_attested,
    "demand_permitted": inbox.demand_permitted,
    "vacancy_published": inbox.vacancy_published,
    "vacancy_closed": inbox.vacancy_closed,
    "demand.changed/1": inbox.demand_changed,
    "demand.closed/1": inbox.demand_closed,
    "demand_objected": inbox.demand_objected,
    "demand_refused": inbox.demand_refused,
    "permission_extended": inbox.permission_extended,
    "permission_expired": inbox.permission_expired,
}
TERMS: dict[str, Any] = {
    "pay_basic": {"amount": 198_000, "currency": "JPY", "per": "month"},
    "comparable_pay": {"amount": 198_000, "currency": "JPY"},
    "allowances": [{"code": "night", "money": {"amount": 20_000, "currency": "JPY"}, "basis": "four nights a month"}],
    "deductions": [{"code": "tax", "money": {"amount": 46_800, "currency": "JPY"}, "basis": "by law"}],
    "hours_week": 40,
    "days_year": 250,
    "overtime": "paid_by_law",
    "leave": 10,
    "length_months": 36,
    "housing": {"code": "employer_charged", "money": {"amount": 24_000, "currency": "JPY"}, "m2": "18"},
    "work_place": "fixed",
    "return_travel": "employer",
    "language": "en",
}
ASKED: dict[str, Any] = {
    "route": "oep",
    "kind": "ssw1",
    "promoter": PROMOTER,
    "promoter_licence": LICENCE,
    "field": "NURSING_CARE",
    "places": 12,
    "prefecture": "15",
    "tests": ["NURSING_CARE_SKILL", "JFT_BASIC"],
    "terms": TERMS,
}


PROFESSIONAL: dict[str, Any] = {  # what another way of the same offer changes
    "kind": "professional",
    "field": "WORK_ICT",
    "tests": [],
    "professional": {"employer_category": 3, "faces_people": False, "working_language": "ja"},
}


def days(number: int, at: dt.datetime = AT) -> dt.date:
    """A day so many days after a moment, by Pakistan's calendar."""
    return day_at(at, "pk") + dt.timedelta(days=number)


def scan(name: str = "paper.pdf") -> Scan:
    """An invented paper."""
    return Scan(name, PDF + name.encode())


def paper(at: dt.datetime = AT, number: str = "17/2026", issuer: str = "Hinata Care (invented)") -> Paper:
    """A paper of the other side, with everything an officer enters of it."""
    return Paper(scan=scan("letter.pdf"), received_on=day_at(at, settings.RAHDARI_NODE), issuer=issuer, number=number)


def asked(at: dt.datetime = AT, **changed: Any) -> DemandFacts:
    """What is asked for, from a week after the moment on."""
    period = {"opens_on": days(6, at), "closes_on": days(67, at)}
    return read_facts(DemandFacts, ASKED | period | changed, shipped_book())


def corrected(of: Demand, **changed: Any) -> CorrectionFacts:
    """A demand as it is, but for what changed; a day as ISO text."""
    terms = {name: value for name, value in of.terms.items() if name != "terms_hash"}
    told = {name: getattr(of, name) for name in CHANGEABLE} | {"terms": terms}
    told |= {name: told[name].isoformat() for name in ("opens_on", "closes_on")}
    return read_facts(CorrectionFacts, told | changed, shipped_book())


def power(until: dt.date | None = None, at: dt.datetime = AT) -> PowerOfAttorney:
    """A power of attorney in force."""
    return PowerOfAttorney(days(-177, at), until or days(217, at), "Sato Kenji (invented)")


def cost(amount: int = 0, code: str = "OEP_SERVICE_PLACEMENT", payer: str = "employer") -> CostFacts:
    """A line of cost."""
    return CostFacts.model_validate({"code": code, "money": {"amount": amount, "currency": "PKR"}, "payer": payer})


def employer(**told: Any) -> Any:
    """Staff of the employer."""
    organisation("ACCEPTING_ORG", EMPLOYER)
    return actor("employer", EMPLOYER, node="jp", **told)


def promoter() -> Any:
    """The manager of the promoter."""
    return actor("promoter_manager", PROMOTER, node="pk")


def protector(office: str = "PEW") -> Any:
    """An officer of a Protectorate."""
    return actor("protector", office=office, node="pk")


def demand(
    state: str = "filed", *, at: dt.datetime = AT, until: dt.date | None = None, paper_only: bool = False, **changed: Any
) -> Demand:
    """A demand in a state, on the present node; on Pakistan's the partner knows it too, unless `paper_only` says not."""
    told = {"attorney": scan("poa.pdf"), "power": power(until, at), "at": at}
    if settings.RAHDARI_NODE == "jp":
        return actions.file_demand(actor=employer(), asked=asked(at, **changed), letter=scan("letter.pdf"), **told)
    long_licensed(PROMOTER, LICENCE, at=at)
    whose = {"employer": EMPLOYER, "employer_name": "Hinata Care (invented)"}
    made = actions.file_demand(
        actor=actor("attache"), asked=asked(at, **(whose | changed)), paper=paper(at), on=day_at(at, "pk"), **told
    )
    if not paper_only:  # as the mailroom leaves it
        QuerySet(Demand).filter(pk=made.pk).update(source="system")
        made.refresh_from_db()
    if state == "filed":
        return made
    made = actions.attest_demand(actor=actor("attache"), demand_id=made.pk, at=at)
    return made if state == "attested" else actions.permit_demand(actor=protector(), demand_id=made.pk, at=at)


def vacancy(*, at: dt.datetime = AT, places: int = 12, of: Demand | None = None, **changed: Any) -> Vacancy:
    """A published vacancy, on Pakistan's node."""
    of = of or demand("permitted", at=at, **changed)
    return actions.publish_vacancy(
        actor=promoter(), demand_id=of.pk, places=places, closes_on=days(51, at), costs=[cost()], at=at
    )
