"""A demand and a vacancy as pages show them: labelled facts, pay, costs, steps."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from rahdari.base.actor import Actor
from rahdari.base.editions import current_book
from rahdari.base.money import Money
from rahdari.base.reference import Book
from rahdari.domain.accounts.queries.bodies import names_of
from rahdari.web.words import Fact, spoken

from ..models import Demand, DemandPapers, DemandRefusal, DemandStep, Vacancy
from ..rules.twins import COMPARED
from .line import steps_visible_to
from .portal import place_of

ONE_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class MoneyLine:
    """One line of pay or cost: what for, how much, a note."""

    code: str
    money: Money
    note: str = ""


def works_offered() -> list[str]:
    """What a demand may be for: the fields of the tables, and the kinds of professional work, which are no fields."""
    book = current_book()
    return [
        *(row["code"] for row in book.rows("fields")),
        *(row["code"] for row in book.rows("professional_routes", kind="work")),
    ]


def professional_facts(demand: Demand) -> list[Fact]:
    """What professional work asks: the employer's category, whether it faces people, its language."""
    told = demand.professional
    if not told:
        return []
    return [
        Fact(_("Category of the employer at the immigration agency"), told["employer_category"]),
        Fact(_("The work faces people"), "yes" if told["faces_people"] else "no"),
        Fact(_("Language of the work"), told["working_language"]),
    ]


def years_of_practice(book: Book, demand: Demand, on: dt.date) -> int | None:
    """The years of practice that stand for a degree in professional work; None for other work."""
    rows = book.in_force("professional_routes", on, kind="qualification", unit="years") if demand.professional else ()
    return rows[0].number("value") if rows else None


def facts_of(demand: Demand, papers: DemandPapers | None = None) -> list[Fact]:
    """What a demand asks for and how far it has come."""
    facts = [
        Fact(_("Employer"), demand.employer_name),
        Fact(_("Field"), demand.field),
        *([Fact(_("Kind of work in the field"), demand.duty)] if demand.duty else []),
        Fact(_("Way of recruiting"), demand.route),
        *([Fact(_("Promoter"), body_name(demand.promoter))] if demand.promoter else []),
        *([Fact(_("Licence of the promoter"), demand.promoter_licence)] if demand.promoter_licence else []),
        *professional_facts(demand),
        Fact(_("Places"), demand.places),
        Fact(_("Where"), place_name(demand)),
        Fact(_("Open from"), demand.opens_on),
        Fact(_("Until"), demand.closes_on),
        Fact(_("Filed"), demand.filed_on),
    ]
    if papers is not None and papers.poa_until is not None:
        facts.append(Fact(_("Power of attorney holds until"), papers.poa_until - ONE_DAY))
    if demand.attestation_no:
        facts.append(Fact(_("Attestation"), demand.attestation_no))
    if demand.permission_no:
        facts.append(Fact(_("Permission"), demand.permission_no))
        facts.append(Fact(_("Permitted places"), demand.permitted_places))
    if demand.permitted_until is not None:
        facts.append(Fact(_("Last day of the permission"), demand.permitted_until - ONE_DAY))
    return facts


def refusal_facts(row: DemandRefusal) -> list[Fact]:
    """A refusal from proposal to review, for the offices that decide it."""
    told = [
        (_("Grounds"), [f"refused_{one}" for one in row.grounds]),
        (_("The employer's side was heard on"), row.heard_on),
        (_("What it said"), row.note),
        (_("Outcome of the review"), f"review_{row.review}" if row.review else ""),
        (_("Reasons of the review"), row.reasons),
    ]
    return [Fact(label, value) for label, value in told if value]


def compared_lines(entered: Demand, told: Demand) -> list[tuple[Fact, Fact, bool]]:
    """Two demands line by line: what the paper says, what the partner told, whether they differ."""
    labels = {
        "employer": _("Employer"),
        "route": _("Way of recruiting"),
        "promoter": _("Promoter"),
        "kind": _("Status of residence"),
        "field": _("Field"),
        "duty": _("Kind of work in the field"),
        "places": _("Places"),
        "prefecture": _("Prefecture"),
        "municipality": _("Municipality"),
        "terms_hash": _("Terms (their hash)"),
        "opens_on": _("Open from"),
        "closes_on": _("Until"),
    }
    pairs = [(labels[name], getattr(entered, name), getattr(told, name)) for name in COMPARED]
    pairs[:0] = [
        (_("Name of the employer"), entered.employer_name, told.employer_name),
        (_("Filed"), entered.filed_on, told.filed_on),
        (_("Basic pay"), money_of(entered.terms["pay_basic"]), money_of(told.terms["pay_basic"])),
    ]
    return [(Fact(label, one), Fact(label, other), one != other) for label, one, other in pairs]


def body_name(body_id: str) -> str:
    """The name of a body in the reader's language; its id where no body of that id is known here."""
    return names_of([body_id], get_language() or "en").get(body_id, body_id)


def place_name(demand: Demand) -> str:
    """Prefecture and municipality in the reader's language."""
    return place_of(demand.prefecture, demand.municipality)


def money_of(told: Mapping[str, Any]) -> Money:
    """An amount as it stands in terms and costs."""
    return Money(told["currency"], told["amount"])


def pay_lines(terms: Mapping[str, Any]) -> tuple[list[MoneyLine], list[MoneyLine]]:
    """What is paid, and what is taken from it."""
    housing = terms["housing"]
    paid = [MoneyLine(one["code"], money_of(one["money"]), one["basis"]) for one in terms["allowances"]]
    taken = [MoneyLine(one["code"], money_of(one["money"]), one["basis"]) for one in terms["deductions"]]
    if housing["money"]["amount"]:
        taken.append(MoneyLine("housing", money_of(housing["money"]), f"{housing['m2']} m²"))
    return paid, taken


def work_lines(terms: Mapping[str, Any]) -> list[Fact]:
    """What the terms say of the work itself, beside the pay, in the reader's language."""
    leave, months = terms["leave"], terms["length_months"]
    return [
        Fact(_("Hours a week"), terms["hours_week"]),
        Fact(_("Days of work a year"), terms["days_year"]),
        Fact(_("Leave in the first year"), ngettext("%(n)s day", "%(n)s days", leave) % {"n": spoken(leave)}),
        Fact(_("Contract"), ngettext("%(n)s month", "%(n)s months", months) % {"n": spoken(months)}),
        Fact(_("Overtime"), terms["overtime"]),
        Fact(_("Housing"), terms["housing"]["code"]),
        Fact(_("Place of work"), terms["work_place"]),
        Fact(_("The journey home is paid by"), terms["return_travel"]),
    ]


def cost_lines(vacancy: Vacancy) -> list[MoneyLine]:
    """Every cost of a vacancy with who pays it."""
    return [MoneyLine(one["code"], money_of(one["money"]), one["payer"]) for one in vacancy.costs]


def steps_seen(actor: Actor, demand: Demand) -> list[DemandStep]:
    """The steps of a demand the actor may see, the newest last."""
    return list(steps_visible_to(actor, demand))
