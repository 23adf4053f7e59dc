"""Where the value of a field comes from: the name in the table → the row of ours and how it is read from it."""

from __future__ import annotations

from rahdari.domain.jobs.queries.seen import money_of

from ..rules.filling import Code
from .pakistan import PAKISTAN
from .reading import (
    Source,
    by_employer_to_promoter,
    by_worker,
    by_worker_to_promoter,
    comparable_per,
    contract_in,
    costs_that,
    country_of,
    from_terms,
    guidance_in,
    hours_of,
    member_of,
    money_lines,
    named,
    of_body,
    of_costs,
    of_worker,
    offer_in,
    paid,
    paid_lines,
    passenger_in,
    pay_per,
    phone_shown,
    place_of_work,
    sex_of,
    work_of,
    yes_or_no,
)  # fmt: skip

SOURCES: dict[str, Source] = {
    "worker.name": Source("case", lambda got: got.case.name if got.case else None),
    "worker.birth_date": Source("file", of_worker("birth_date"), identity=True),
    "worker.sex": Source("file", sex_of, identity=True),
    "demand.field": Source("demand", lambda got: Code(got.demand.field)),
    "demand.duty": Source("demand", lambda got: Code(got.demand.duty) if got.demand.duty else None),
    "demand.work": Source("demand", work_of),
    "demand.place": Source("demand", place_of_work),
    "demand.employment": Source("demand", lambda got: Code("dispatch" if got.demand.dispatch else "direct")),
    "terms.length_months": Source("offer", from_terms(lambda terms: terms["length_months"])),
    "terms.pay_monthly": Source("offer", from_terms(pay_per("month"))),
    "terms.pay_hourly": Source("offer", from_terms(pay_per("hour"))),
    "terms.comparable_monthly": Source("offer", from_terms(comparable_per("month"))),
    "terms.comparable_hourly": Source("offer", from_terms(comparable_per("hour"))),
    "terms.allowances": Source("offer", from_terms(money_lines("allowances"))),
    "terms.deductions": Source("offer", from_terms(money_lines("deductions"))),
    "terms.deducted": Source("offer", from_terms(lambda terms: yes_or_no(bool(terms["deductions"])))),
    "terms.hours_week": Source("offer", from_terms(lambda terms: terms["hours_week"])),
    "terms.days_year": Source("offer", from_terms(lambda terms: terms["days_year"])),
    "terms.overtime": Source("offer", from_terms(lambda terms: yes_or_no(terms["overtime"] != "none"))),
    "terms.leave": Source("offer", from_terms(lambda terms: terms["leave"])),
    "terms.place_change": Source(
        "offer", from_terms(lambda terms: Code("no_change" if terms["work_place"] == "fixed" else "may_change"))
    ),
    "terms.return_travel": Source("offer", from_terms(lambda terms: Code(terms["return_travel"]))),
    "terms.housing": Source("offer", from_terms(lambda terms: Code(terms["housing"]["code"]))),
    "terms.housing_m2": Source("offer", from_terms(lambda terms: terms["housing"]["m2"])),
    "terms.housing_cost": Source("offer", from_terms(lambda terms: money_of(terms["housing"]["money"]))),
    "offer.employer_signed_on": Source("offer", member_of(offer_in, "employer_signed_on")),
    "offer.costs_confirmed_on": Source("terms_confirmed", member_of(offer_in, "costs_confirmed_on")),
    "contract.signed_on": Source("contract", member_of(contract_in, "signed_on")),
    "contract.lands_on": Source("contract", member_of(contract_in, "lands_on")),
    "costs.worker_paid": Source("costs", of_costs(paid_lines)),
    "costs.worker_total": Source("costs", paid(by_worker)),
    "costs.worker_to_promoter": Source("costs", paid(by_worker_to_promoter)),
    "costs.worker_to_promoter_for": Source(
        "costs", of_costs(lambda got: [Code(one.code) for one in costs_that(got, by_worker_to_promoter)])
    ),
    "costs.employer_to_promoter": Source("costs", paid(by_employer_to_promoter)),
    "guidance.given": Source(
        "guidance", lambda got: yes_or_no(bool(held.confirmed)) if (held := guidance_in(got)) is not None else None
    ),
    "guidance.given_on": Source("guidance", member_of(guidance_in, "given_on")),
    "guidance.hours": Source("guidance", hours_of),
    "guidance.language": Source("guidance", lambda got: Code(held.language) if (held := guidance_in(got)) else None),
    "flight.airport": Source("flight", lambda got: held.manifest.airport if (held := passenger_in(got)) is not None else None),
    "employer.name": Source("demand", named("employer")),
    "employer.address": Source("employer", of_body("employer", lambda row: row.address)),
    "employer.phone": Source("employer", of_body("employer", phone_shown)),
    "placement.used": Source("demand", lambda got: yes_or_no(bool(got.demand.placement_business))),
    "placement.name": Source("demand", named("placement_business")),
    "placement.number": Source("placement", of_body("placement_business", lambda row: row.number)),
    "promoter.used": Source("demand", lambda got: yes_or_no(bool(got.demand.promoter))),
    "promoter.name": Source("demand", named("promoter")),
    "promoter.country": Source("demand", country_of("promoter")),
    "promoter.address": Source("promoter", of_body("promoter", lambda row: row.address)),
    "support.name": Source("case", named("support_org")),
    "support.number": Source("support", of_body("support_org", lambda row: row.number)),
    "support.address": Source("support", of_body("support_org", lambda row: row.address)),
    **PAKISTAN,
}
