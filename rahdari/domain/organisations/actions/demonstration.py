"""The invented registers of the demonstration: entered by one invented officer, decided by another, as the law asks."""

from __future__ import annotations

import datetime as dt

from django.conf import settings

from rahdari.base.actor import Actor
from rahdari.base.refusal import Refusal
from rahdari.base.work import Unit, unit_of_work
from rahdari.domain.accounts.models import Grant, Person
from rahdari.domain.accounts.queries import actor_for

from ..access import PERMITS, REGISTRARS
from ..models import Individual, Organisation, OrganisationName
from ..rules.demonstration import APPLICATIONS, EXAMPLES, INDIVIDUALS, LAW, PAPER, Example, Heard
from ..rules.entries import Entry, SecurityEntered
from ..rules.individuals import IndividualEntered
from ..rules.licences import Order
from .applying import apply_licence, enter_organisation
from .individuals import decide_individual, record_individual, record_individual_reply
from .ordering import cancel_licence, decide_order, suspend_licence
from .telling import _today

DAY = dt.timedelta(days=1)
BECAME = {"suspended": suspend_licence, "cancelled": cancel_licence}


def seed_organisations(*, actor: Actor, at: dt.datetime) -> int:
    """Enters the invented organisations of this node into its register; says how many were new.

    Can be done again: what is there stays. Needs the invented people, two of them registrars. Refuses `not_permitted` in
    production.
    """
    with unit_of_work("organisations.seed_organisations", actor=actor, at=at) as unit:
        unit.permit(PERMITS["seed_organisations"])
        unit.refuse([] if settings.DEMO or settings.TEST else [Refusal("not_permitted")])
        held = set(Organisation.objects.values_list("registry_id", flat=True))
        new = [one for one in EXAMPLES[actor.node] if one.registry_id not in held]
        applying = [one for one in APPLICATIONS[actor.node] if not OrganisationName.objects.filter(value=one.names[0]).exists()]
        heard = INDIVIDUALS[actor.node] if not Individual.objects.exists() else ()
        if new or applying or heard:
            first, second = _registrars(actor.node)
            for one in new:
                _seed(unit, one, first, second)
            for entry in applying:
                _apply(unit, entry, first)
            for person in heard:
                _hear(unit, person, first, second)
        unit.about(Organisation(registry_id=f"{actor.node}:org:demo"), made=len(new) + len(applying))
    return len(new) + len(applying)


def _registrars(node: str) -> tuple[Actor, Actor]:
    """Two invented officers of the register."""
    people = Person.objects.filter(invented=True, grants__role=REGISTRARS[node], grants__ends_at=None).order_by(
        "created_at", "id"
    )
    actors = [actor_for(one, Grant.objects.filter(person=one, role=REGISTRARS[node]).first()) for one in people.distinct()[:2]]
    return actors[0], actors[1]


def _seed(unit: Unit, one: Example, first: Actor, second: Actor) -> None:
    today = _today(unit)
    from_on = today - 200 * DAY
    made = enter_organisation(
        actor=first,
        kind=one.kind,
        entry=one.entry,
        number=one.number,
        from_on=from_on,
        until=from_on.replace(year=from_on.year + one.years, day=1) if one.years else None,
        law=LAW,
        registry_id=one.registry_id,
        at=unit.at,
    )
    decide_order(actor=second, organisation_id=made.pk, at=unit.at)
    if one.became in BECAME:
        order = Order(
            ground="fee_without_basis" if one.became == "suspended" else "false_documents",
            text=LAW,
            law=LAW,
            known_by="number",
            shown_cause_on=today - 30 * DAY,
            hearing_on=today - 2 * DAY,
            appeal_until=today + 30 * DAY,
        )
        BECAME[one.became](actor=first, organisation_id=made.pk, order=order, at=unit.at)
        decide_order(actor=second, organisation_id=made.pk, at=unit.at)


def _apply(unit: Unit, entry: Entry, officer: Actor) -> None:
    security = SecurityEntered(300_000_00, "PKR", "DEMO-1", _today(unit) - 3 * DAY)
    apply_licence(actor=officer, entry=entry, papers=(PAPER,), security=security, at=unit.at)


def _hear(unit: Unit, one: Heard, first: Actor, second: Actor) -> None:
    today = _today(unit)
    entered = IndividualEntered(
        name=one.name,
        ground=one.ground,
        law=LAW,
        text=one.text,
        asked_on=today,
        reply_until=today + 14 * DAY,
        phones=(one.phone,),
        works_in=one.works_in,
    )
    row = record_individual(actor=first, entered=entered, papers=(PAPER,), licence_shown=one.licence_shown, at=unit.at)
    if one.reply:
        record_individual_reply(actor=first, individual_id=row.pk, reply=one.reply, replied_on=today, at=unit.at)
        decide_individual(actor=second, individual_id=row.pk, outcome="standing", reasons=LAW, at=unit.at)
