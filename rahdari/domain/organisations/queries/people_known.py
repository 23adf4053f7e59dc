"""People of a like name in the registers: who stands behind an organisation, and who is said to recruit without a licence.

Found by blind indexes of the sounds of two words each, opened and compared in full, and told to those who may see them alone.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from rahdari.base.actor import Actor
from rahdari.base.secrets import blinds
from rahdari.names import compare

from ..access import SEES_PERSONS
from ..models import NAME_KEY, Individual, Organisation
from ..rules.matching import LIKE_SOMEONE
from ..rules.names import SOMEONE, keys_of_person
from ..rules.standing import LICENSED, Standing
from .desk import officers_open
from .individuals import individuals_visible_to
from .standing import standing_of

MOST_OPENED, MOST_TOLD = 60, 10  # names opened and compared, and people told of


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """Somebody of a like name: an officer of an organisation with how that stands, or a person without a licence."""

    name: str
    likeness: float
    organisation: Organisation | None = None
    firm: str = ""
    standing: Standing | None = None
    individual: Individual | None = None
    officer: UUID | None = None  # the row of the officer, where there is an organisation

    @property
    def is_known_good(self) -> bool:
        """Whether they stand behind an organisation that may act today."""
        return self.standing is not None and self.standing.state in LICENSED


def people_known(actor: Actor, name: str, today: dt.date, *, without: UUID | None = None) -> Sequence[KnownPerson]:
    """The likest whom the actor may see, among these known-good namesakes first; empty for a name without words.

    A name is no proof: whoever reads compares cards and papers. `without` is the organisation or person looked from.
    """
    keys = sorted({blinded for key in keys_of_person(name) for blinded in blinds(key, NAME_KEY)})
    if actor.role not in SEES_PERSONS or not keys:
        return []
    like = Q(name_keys__overlap=keys)
    officers = (
        officers_open(actor).filter(like).exclude(organisation__in=[without] if without else []).select_related("organisation")
    )
    officers = officers.prefetch_related("organisation__names", "organisation__changes")
    individuals = individuals_visible_to(actor).filter(like).exclude(pk__in=[without] if without else [])
    found = [
        KnownPerson(
            one.name, score, one.organisation, _name_of(one.organisation), standing_of(one.organisation, today), officer=one.pk
        )
        for one in officers.order_by("-id")[:MOST_OPENED]
        if (score := _likeness(name, one.name)) >= LIKE_SOMEONE
    ]
    found += [
        KnownPerson(one.name, score, individual=one)
        for one in individuals[:MOST_OPENED]
        if (score := _likeness(name, one.name)) >= LIKE_SOMEONE
    ]
    likest = sorted(found, key=lambda one: (-one.likeness, one.is_known_good))[:MOST_TOLD]
    return sorted(likest, key=lambda one: (not one.is_known_good, -one.likeness))


def _likeness(one: str, other: str) -> float:
    return compare(one, other, SOMEONE).score


def _name_of(organisation: Organisation) -> str:
    return next((one.value for one in organisation.names.all()), organisation.registry_id)
