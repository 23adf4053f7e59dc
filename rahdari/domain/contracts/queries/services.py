"""A service from home: who the client is by the register, its milestones as an actor may see them, and its terms in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rahdari.base.actor import Actor
from rahdari.base.money import Money
from rahdari.base.reference import Book
from rahdari.base.work import Missing
from rahdari.domain.organisations.queries.standing import licence_on
from rahdari.domain.placements.models import Case
from rahdari.domain.placements.queries.cases import cases_visible_to
from rahdari.web.words import Fact, spoken

from ..access import PERMITS
from ..models import Milestone, Offer, Service
from ..rules.remote import END_REASONS, MILESTONE_MOVES, OWED_IN, late_interest, percent
from .papers import offer_of

CLIENT = "ACCEPTING_ORG"
AT_ONCE = 200


def client_of(case: Case, node: str, day: dt.date, book: Book, *, number: str = "") -> tuple[dict[str, str], bool]:
    """Who the client of a case is, as the terms name it, and whether the register of its state knows it on a day.

    A node that was told nothing of that register goes by the form of the `number` the terms name.
    """
    answer = licence_on(organisation=case.employer, number=number, kind=CLIENT, day=day, node=node, book=book)
    held = answer.organisation.number if answer.organisation is not None else number
    client = {"name": case.demand.employer_name, "number": held, "checked": "form" if answer.by_form else "register"}
    return client, answer.is_valid and bool(held)


def service_of(case: Case) -> Service | None:
    """The service of a case, None before it was signed: for actions and rules, not for a page."""
    return Service.objects.filter(case=case).first()


def milestones_of(case: Case) -> list[Milestone]:
    """The milestones of a case in their order."""
    return list(Milestone.objects.filter(case=case))


def milestone_for(actor: Actor, milestone_id: UUID) -> Milestone:
    """One milestone of a case the actor may see; `Missing` when there is none, or it is somebody else's."""
    rows = Milestone.objects.select_related("case", "case__demand", "case__file", "case__file__person")
    found = rows.filter(pk=milestone_id, case__in=cases_visible_to(actor).order_by()).first()
    if found is None or PERMITS["see_milestone"].why_not(actor):
        raise Missing(f"Milestone {milestone_id}")
    return found


def milestones_overdue(today: dt.date) -> list[UUID]:
    """Milestones that were delivered and not paid in time, and of which nobody was told yet."""
    rows = Milestone.objects.filter(state__in=OWED_IN, pay_by__lt=today, overdue_on=None)
    return list(rows.order_by("pay_by", "id").values_list("pk", flat=True)[:AT_ONCE])


@dataclass(frozen=True, slots=True)
class MilestoneSeen:
    """A milestone as a page shows it: the money, by how many days it is late, the interest owed, and what the reader can do."""

    row: Milestone
    money: Money
    late: int
    interest: Money
    steps: list[str]


def milestones_seen(actor: Actor, case: Case, offer: Offer | None, today: dt.date) -> list[MilestoneSeen]:
    """Every milestone of a case the actor may see; empty where the terms are not open to them."""
    if offer is None:
        return []
    service = service_of(case)
    return [_seen(actor, case, offer, service, one, today) for one in milestones_of(case)]


def milestone_seen(actor: Actor, milestone: Milestone, today: dt.date) -> MilestoneSeen:
    """One milestone the actor may see (`milestone_for`)."""
    offer = offer_of(milestone.case)
    assert offer is not None  # a milestone is made of the terms
    return _seen(actor, milestone.case, offer, service_of(milestone.case), milestone, today)


def _seen(actor: Actor, case: Case, offer: Offer, service: Service | None, milestone: Milestone, today: dt.date) -> MilestoneSeen:
    until = milestone.paid_on or today
    late = max(0, (until - milestone.pay_by).days) if milestone.pay_by is not None else 0
    rate = offer.terms["payment"]["late_interest"]
    owed = late_interest(milestone.amount, rate, milestone.pay_by, until) if milestone.pay_by is not None else 0
    money = Money(milestone.currency, milestone.amount)
    steps = [name for name in _open(milestone, service, today) if not PERMITS[name].why_not(actor, case)]
    return MilestoneSeen(milestone, money, late, Money(milestone.currency, owed), [f"contracts.{name}" for name in steps])


STEP_TO = {
    "milestone_delivered": "deliver_milestone",
    "milestone_returned": "return_milestone",
    "milestone_accepted": "accept_milestone",
    "milestone_paid": "pay_milestone",
}


def _open(milestone: Milestone, service: Service | None, today: dt.date) -> list[str]:
    steps = [name for state, name in STEP_TO.items() if state in MILESTONE_MOVES[milestone.state]]
    over = service is None or today < service.begins_on or (service.last_on is not None and today > service.last_on)
    steps = [one for one in steps if not (over and one == "deliver_milestone")]
    return [*steps, *(["take_up_overdue"] if milestone.overdue_on is not None and not milestone.outcome else [])]


def milestone_facts(seen: MilestoneSeen, actor: Actor) -> list[Fact]:
    """What is known of a milestone, line by line."""
    row = seen.row
    told: list[tuple[str, object]] = [
        (_("Amount"), seen.money),
        (_("To be delivered by"), row.due_on),
        (_("State"), row.state),
        (_("Delivered on"), row.delivered_on),
        (_("Given back on"), row.returned_on if row.state == "milestone_returned" else None),
        (_("Reason"), row.reason),
        (_("Accepted on"), row.accepted_on),
        (_("To be paid by"), row.pay_by),
        (_("Paid on"), row.paid_on),
        (_("Paid"), Money(row.currency, row.paid_amount) if row.paid_amount is not None else None),
        (_("Days late"), seen.late or None),
        (_("Interest for being late"), seen.interest if seen.interest.amount else None),
        (_("What the officer did"), row.outcome),
        (_("Note of the officer"), row.note if actor.role == "contact_point_pk" else None),
    ]
    return [Fact(label, value) for label, value in told if value not in (None, "")]


def service_facts(service: Service) -> list[Fact]:
    """How far a signed service is."""
    told: list[tuple[str, object]] = [
        (_("Work begins on"), service.begins_on),
        (_("Work begun"), service.begun_on),
        (_("Ended"), service.ended_on),
        (_("Last day"), service.last_on),
        (_("Ended by"), {"worker": _("the worker"), "client": _("the client")}.get(service.ended_by)),
        (_("Reason"), service.reason),
    ]
    return [Fact(label, value) for label, value in told if value not in (None, "")]


def service_steps(offer: Offer, service: Service | None) -> list[str]:
    """The use cases of a service that may come next, whoever may take them."""
    if offer.state == "offered":
        return ["agree_service", "decline_offer"]
    if service is None or service.ended_on is not None:
        return []
    return [*(["begin_service"] if service.begun_on is None else []), "end_service"]


def end_reasons(*, by_worker: bool) -> tuple[str, ...]:
    """Why this side may end a service."""
    return END_REASONS[by_worker]


def service_lines(terms: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    """The terms of a service in the language of the moment: label, value, and what somebody wrote in their own words."""
    pay, rights, secrecy = terms["payment"], terms["rights"], terms["secrecy"]
    day = dt.date.fromisoformat
    return [
        (_("Client"), terms["client"]["name"], ""),
        (_("Number of the client"), terms["client"]["number"], spoken(f"checked_{terms['client']['checked']}")),
        (_("Scope of the work"), "", terms["scope"]),
        (_("Work begins on"), spoken(day(terms["begins_on"])), ""),
        *(
            (
                _("Milestone %(n)s") % {"n": spoken(number)},
                _("%(money)s, to be delivered by %(day)s")
                % {"money": spoken(Money(one["money"]["currency"], one["money"]["amount"])), "day": spoken(day(one["due_on"]))},
                one["title"],
            )
            for number, one in enumerate(terms["milestones"], start=1)
        ),
        (_("Each milestone is paid"), _days(pay["days"]), ""),
        (_("Paid through"), pay["bank"], ""),
        (_("Charges of the banks"), spoken(f"charges_{pay['charges']}"), ""),
        (_("Rate of exchange"), spoken(f"rate_{terms['rate_day']}"), ""),
        (_("Interest when the payment is late"), _("%(n)s %% a year") % {"n": percent(pay["late_interest"])}, ""),
        (_("Rights in the work belong to"), spoken(f"owner_{rights['owner']}"), ""),
        (_("The rights pass"), spoken(f"passes_{rights['passes']}"), ""),
        (_("Until it is paid they belong to"), spoken(f"owner_{rights['until_paid']}"), ""),
        (_("Confidentiality"), spoken(f"secrecy_{secrecy['who']}"), ""),
        (
            _("Confidential for"),
            ngettext("%(n)s month", "%(n)s months", secrecy["months"]) % {"n": spoken(secrecy["months"])},
            "",
        ),
        (_("Trial work"), spoken(f"trial_{terms['trial']}"), ""),
        (_("Tax in Japan"), spoken(f"tax_{terms['tax']['japan']}"), ""),
        (_("Tax in Pakistan"), spoken(f"tax_{terms['tax']['pakistan']}"), ""),
        (_("Law of the contract"), spoken(terms["law"]), ""),
        (_("A dispute goes to"), spoken(f"dispute_{terms['dispute']['way']}"), terms["dispute"]["place"]),
        (_("Either side may end it with notice of"), _plain_days(terms["ending"]["notice_days"]), ""),
        (_("When it ends"), spoken(f"ending_{terms['ending']['pays']}"), ""),
    ]


def _days(number: int) -> str:
    said = ngettext("within %(n)s day of its delivery", "within %(n)s days of its delivery", number)
    return said % {"n": spoken(number)}


def _plain_days(number: int) -> str:
    return ngettext("%(n)s day", "%(n)s days", number) % {"n": spoken(number)}
