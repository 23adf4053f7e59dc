"""Whom the registers know by the names in a notice: for the officer who decides what follows, never by itself a reason."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rahdari.base.actor import Actor
from rahdari.domain.organisations.queries.finding import Found, named_like, numbered
from rahdari.domain.organisations.queries.people_known import KnownPerson, people_known

from ..rules.notices import Party


@dataclass(frozen=True, slots=True)
class PartyKnown:
    """One party of a notice: organisations of the public register with a like name, and people for who may see them."""

    party: Party
    firms: Sequence[Found]
    people: Sequence[KnownPerson]


MOST = 5  # organisations told of for each name or number


def parties_known(actor: Actor, parties: Iterable[Party], *, today: dt.date) -> list[PartyKnown]:
    """For each party whom it may be, in any script: an organisation by its licence first, then by its name."""
    return [_known(actor, party, today) for party in parties]


def _known(actor: Actor, party: Party, today: dt.date) -> PartyKnown:
    found = numbered(party.licence, MOST, today)
    if party.what == "person":
        return PartyKnown(party, found, people_known(actor, party.name, today))
    found += numbered(party.name, MOST, today) or named_like(party.name, MOST, today)
    return PartyKnown(party, list({one.row.pk: one for one in found}.values()), [])
