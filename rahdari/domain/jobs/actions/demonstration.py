"""The invented vacancies of the demonstration: entered from paper, attested, permitted and published by its invented people."""

from __future__ import annotations

import datetime as dt

from django.conf import settings

from rahdari.base.actor import Actor
from rahdari.base.clock import day_at
from rahdari.base.editions import current_book
from rahdari.base.facts import read_facts
from rahdari.base.refusal import Refusal
from rahdari.base.work import unit_of_work
from rahdari.domain.accounts.models import Grant
from rahdari.domain.accounts.queries import actor_for
from rahdari.domain.organisations.models import Organisation

from ..access import PERMITS
from ..models import Demand
from ..rules.demands import PowerOfAttorney
from ..rules.demonstration import EXAMPLES, Example
from ..rules.papers import Paper, Scan
from ..rules.terms_facts import CostFacts, DemandFacts
from .demands import file_demand
from .permitting import attest_demand, permit_demand
from .publishing import publish_vacancy

MARK = "(invented)"
PAPER = b"%PDF-1.4\n% an invented paper of the demonstration\n"
DAY = dt.timedelta(days=1)
WHO = ("attache", "protector", "promoter_manager")


def seed_vacancies(*, actor: Actor, at: dt.datetime) -> int:
    """Publishes the invented vacancies of the demonstration that are not there yet; says how many.

    Can be done again. Needs the invented people and a promoter whose licence holds; without them nothing is done. Refuses
    `not_permitted` in production.
    """
    with unit_of_work("jobs.seed_vacancies", actor=actor, at=at) as unit:
        unit.permit(PERMITS["seed_vacancies"])
        unit.refuse([] if settings.DEMO or settings.TEST else [Refusal("not_permitted")])
        people = {role: found for role in WHO if (found := _invented(role)) is not None}
        promoter = (
            Organisation.objects.filter(registry_id=people["promoter_manager"].body).first() if len(people) == len(WHO) else None
        )
        held = set(Demand.objects.values_list("employer", flat=True))
        new = [one for one in EXAMPLES if _body(one) not in held] if promoter is not None and promoter.state == "valid" else []
        for one in new:
            _publish(one, people, promoter.number, at)  # type: ignore[union-attr]  # none without a promoter
        unit.about(Demand(), made=len(new))
    return len(new)


def _invented(role: str) -> Actor | None:
    grant = Grant.objects.filter(role=role, ends_at=None, person__invented=True).order_by("id").first()
    return actor_for(grant.person, grant) if grant is not None else None


def _body(one: Example) -> str:
    return "jp:org:demo-" + "-".join(one.employer.lower().split())


def _publish(one: Example, people: dict[str, Actor], licence: str, at: dt.datetime) -> None:
    today, promoter = day_at(at, "pk"), people["promoter_manager"]
    closes, letter = today + one.days * DAY, Scan("letter.pdf", PAPER)
    demand = file_demand(
        actor=people["attache"],
        asked=_asked(one, promoter.body, licence, today, closes),
        attorney=Scan("attorney.pdf", PAPER),
        power=PowerOfAttorney(today - 30 * DAY, today + 300 * DAY, f"Invented Person {MARK}"),
        on=today,
        paper=Paper(scan=letter, received_on=today, issuer=f"{one.employer} {MARK}", number="1"),
        at=at,
    )
    attest_demand(actor=people["attache"], demand_id=demand.pk, at=at)
    permit_demand(actor=people["protector"], demand_id=demand.pk, at=at)
    free = CostFacts.model_validate(
        {"code": "OEP_SERVICE_PLACEMENT", "money": {"amount": 0, "currency": "PKR"}, "payer": "employer"}
    )
    publish_vacancy(actor=promoter, demand_id=demand.pk, places=one.places, closes_on=closes, costs=[free], at=at)


def _asked(one: Example, promoter: str, licence: str, today: dt.date, closes: dt.date) -> DemandFacts:
    pay = {"amount": one.pay, "currency": "JPY"}
    terms = {
        "pay_basic": pay | {"per": "month"}, "comparable_pay": pay, "hours_week": 40, "days_year": 250, "leave": 10,
        "deductions": [{"code": "tax", "money": {"amount": one.pay // 5, "currency": "JPY"}, "basis": "as the law asks"}],
        "overtime": "paid_by_law", "length_months": 36, "work_place": "fixed", "return_travel": "employer", "language": "en",
        "housing": {"code": "employer_charged", "money": {"amount": 22_000, "currency": "JPY"}, "m2": "16"},
    }  # fmt: skip
    told = {
        "employer": _body(one), "employer_name": f"{one.employer} {MARK}", "route": "oep", "kind": "ssw1", "promoter": promoter,
        "promoter_licence": licence, "field": one.field, "duty": one.duty, "places": one.places, "prefecture": one.prefecture,
        "municipality": one.municipality, "tests": list(one.tests), "opens_on": today, "closes_on": closes, "terms": terms,
    }  # fmt: skip
    return read_facts(DemandFacts, told, current_book())
