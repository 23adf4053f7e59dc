"""Persons who recruit without a licence, as the desk sees them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from rahdari.base.actor import Actor
from rahdari.base.days import ONE_DAY
from rahdari.base.work import Missing
from rahdari.web.words import Fact

from ..access import PERMITS
from ..models import Individual, Organisation
from ..rules.individuals import INDIVIDUAL_MOVES, STANDING

NEXT = ("decide_individual", "record_individual_reply", "lift_individual")
POSSIBLE = {
    "decide_individual": ("entered",),
    "record_individual_reply": ("entered", STANDING),
    "lift_individual": (STANDING,),
}


@dataclass(frozen=True, slots=True)
class IndividualSeen:
    """One person at a desk with everything known, and what the actor may do."""

    row: Individual
    facts: Sequence[Fact]
    next: Sequence[str]


def individuals_visible_to(actor: Actor) -> QuerySet[Individual]:
    """The entries of the own register, the newest first; nobody else has a desk for them."""
    rows = Individual.objects.filter(home=actor.node).prefetch_related("phones")
    return rows if not PERMITS["see_individuals"].why_not(actor) else rows.none()


def individuals_seen(actor: Actor, *, state: str = "") -> QuerySet[Individual]:
    """The list of the desk, of one state where it is asked for."""
    rows = individuals_visible_to(actor)
    return rows.filter(state=state) if state in INDIVIDUAL_MOVES else rows


def individual_for(actor: Actor, individual_id: UUID) -> Individual:
    """One entry at a desk; `Missing` when there is none or not for this actor."""
    found = individuals_visible_to(actor).filter(pk=individual_id).first()
    if found is None:
        raise Missing(f"Individual {individual_id}")
    return found


def individual_seen(actor: Actor, individual_id: UUID) -> IndividualSeen:
    """One entry with its facts and next steps."""
    row = individual_for(actor, individual_id)
    possible = [name for name in NEXT if row.state in POSSIBLE[name] and not PERMITS[name].why_not(actor, row)]
    return IndividualSeen(row, individual_facts(row), [f"organisations.{name}" for name in possible])


def individual_facts(row: Individual) -> list[Fact]:
    """What was entered of a person, for the offices that keep the register."""
    shown = row.licence_shown
    name = shown.names.first() if shown is not None else None
    told = [
        (_("Father's name"), row.father),
        (_("Number of the identity card"), row.identity),
        (_("Phones"), [one.number for one in row.phones.all()]),
        (_("Works in"), row.works_in),
        (_("Ground"), f"individual_{row.ground}"),
        (_("Law"), row.law),
        (_("Licence shown"), (name.value if name else shown.registry_id) if shown is not None else ""),
        (_("Asked to answer on"), row.asked_on),
        (_("May answer up to and including"), row.reply_until - ONE_DAY),
        (_("Answered on"), row.replied_on),
        (_("Warning stands since"), row.stands_from),
        (_("Lifted on"), row.lifted_on),
    ]
    return [Fact(label, value) for label, value in told if value]


def shown_by(actor: Actor, organisation: Organisation) -> Sequence[Individual]:
    """The persons who showed the licence of this organisation, for whoever may see them."""
    return list(individuals_visible_to(actor).filter(licence_shown=organisation))
