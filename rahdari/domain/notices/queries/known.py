"""Whom the registers know by the names in a notice: for the officer who decides what follows, never by itself a reason."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rahdari.base.actor import Actor
from rahdari.base.reference import Book
from rahdari.domain.organisations.queries.finding import Found, search
from rahdari.domain.organisations.queries.people_known import KnownPerson, people_known

from ..rules.notices import Party


@dataclass(frozen=True, slots=True)
class PartyKnown:
    """One party of a notice: organisations of the public register with a like name, and people for who may see them."""

    party: Party
    firms: Sequence[Found]
    people: Sequence[KnownPerson]


MOST = 5  # organisations told of for each name or number


def parties_known(actor: Actor, parties: Iterable[Party], *, today: dt.date, book: Book) -> list[PartyKnown]:
    """For each party whom it may be, in any script: an organisation by its licence first, then by its name."""
    return [_known(actor, party, today, book) for party in parties]


def _known(actor: Actor, party: Party, today: dt.date, book: Book) -> PartyKnown:
    asked = [party.licence] if party.what == "person" else [party.licence, party.name]
    found = {one.row.pk: one for text in asked if text for one in search(text, day=today, book=book).found[:MOST]}
    people = people_known(actor, party.name, today) if party.what == "person" else []
    return PartyKnown(party, list(found.values()), people)
