"""Demands from paper and demands told that may be the same, and what officers said of them."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet

from rahdari.base.actor import Actor
from rahdari.base.work import Missing

from ..models import Demand, DemandTwin
from ..rules.papers import PAPER
from ..rules.twins import SAME
from .demands import demand_for, demands_visible_to


@dataclass(frozen=True, slots=True)
class Pair:
    """Two demands that may be the same as one of them sees the other; `word` is what counts, empty where nobody said."""

    entered: Demand
    told: Demand
    other: Demand
    word: str


def words_on(demand: Demand) -> dict[tuple[UUID, UUID], str]:
    """What counts of a demand from paper and one told, by their ids: the newest word of an officer."""
    words = DemandTwin.objects.filter(Q(entered=demand) | Q(told=demand)).order_by("said_at", "id")
    return {(one.entered_id, one.told_id): one.verdict for one in words}


def linked_to(demand: Demand) -> UUID | None:
    """The demand that an officer said is the same as this one."""
    for (entered, told), verdict in words_on(demand).items():
        if verdict == SAME:
            return told if entered == demand.pk else entered
    return None


def possible_twins(demand: Demand) -> QuerySet[Demand]:
    """From paper for one that was told, told for one from paper: of the same employer, for the same field and kind of work.

    An employer is known by its id or its name; whether they are the same is for an officer to say.
    """
    alike = Demand.objects.filter(field=demand.field, kind=demand.kind)
    alike = alike.filter(Q(employer=demand.employer) | Q(employer_name__iexact=demand.employer_name))
    return alike.exclude(home=demand.home).filter(~Q(source=PAPER) if demand.source == PAPER else Q(source=PAPER))


def pairs_of(actor: Actor, demand: Demand) -> list[Pair]:
    """What may be the same as a demand, or was said to be or not to be, as far as the actor may see it."""
    words = words_on(demand)
    named = {one for pair in words for one in pair} - {demand.pk}
    others = demands_visible_to(actor).filter(Q(pk__in=named) | Q(pk__in=possible_twins(demand).values("pk")))
    pairs = []
    for other in others:
        entered, told = (demand, other) if demand.source == PAPER else (other, demand)
        pairs.append(Pair(entered, told, other, words.get((entered.pk, told.pk), "")))
    return pairs


def pair_for(actor: Actor, demand_id: UUID, entered_id: UUID) -> Pair:
    """A demand that was told and one entered here from paper; `Missing` for two others, or where one is not for the actor."""
    told, entered = demand_for(actor, demand_id), demand_for(actor, entered_id)
    if told.home == actor.node or entered.home != actor.node or entered.source != PAPER:
        raise Missing(f"Demands {demand_id}, {entered_id}")
    return Pair(entered, told, entered, words_on(told).get((entered.pk, told.pk), ""))
