"""Whom the registers know by the names in a notice: for the officer who decides what follows, never by itself a reason."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rahdari.base.actor import Actor
from rahdari.base.work import Missing
from rahdari.domain.organisations.queries.finding import Found, named_like, numbered
from rahdari.domain.organisations.queries.people_known import KnownPerson, people_known
from rahdari.domain.organisations.rules.names import fold

from ..models import NameDecision
from ..rules.names import OUTCOMES
from ..rules.notices import Draft, Party
from .notices import notices_visible_to


@dataclass(frozen=True, slots=True)
class Known:
    """Somebody of the registers, a `firm` or a `person`, and what was decided of them and this name, the newest first."""

    subject: str
    firm: Found | None = None
    person: KnownPerson | None = None
    decisions: tuple[NameDecision, ...] = ()

    @property
    def name(self) -> str:
        """As the register writes it first."""
        if self.firm is not None:
            return next(iter(self.firm.names), self.firm.row.registry_id)
        return self.person.name if self.person is not None else ""

    @property
    def number(self) -> str:
        """The licence; of a person that of the organisation they stand behind."""
        row = self.firm.row if self.firm is not None else self.person and self.person.organisation
        return row.number if row else ""

    @property
    def behind(self) -> str:
        """The organisation a person stands behind, as the register writes it."""
        return self.person.firm if self.person is not None else ""

    @property
    def what(self) -> str:
        """`organisation` or `person`."""
        return "person" if self.firm is None else "organisation"

    @property
    def outcome(self) -> str:
        """What was decided last: `same_one`, `another`, `unsure`; empty before."""
        return self.decisions[0].outcome if self.decisions else ""


@dataclass(frozen=True, slots=True)
class PartyKnown:
    """One party of a notice with those of a like name: organisations of the public register, people for who may see them."""

    party: Party
    known: Sequence[Known]


MOST = 5  # organisations told of for each name or number
LAST = {outcome: place for place, outcome in enumerate(("same_one", "", "unsure", "another"))}
assert set(LAST) == {"", *OUTCOMES}


def parties_known(actor: Actor, parties: Iterable[Party], *, today: dt.date) -> list[PartyKnown]:
    """For each party whom it may be, in any script: an organisation by its licence first, then by its name.

    With each stands what was decided of this very name before, in any notice that the actor may see; who was found to be
    another one stands last.
    """
    found = [(party, _known(actor, party, today)) for party in parties]
    decided = _decided(actor, {one.subject for _, known in found for one in known})
    return [PartyKnown(party, _with_decisions(party, known, decided)) for party, known in found]


def party_known(actor: Actor, draft: Draft | None, party: int, subject: str, *, today: dt.date) -> tuple[Party, Known]:
    """A party of a notice, counted from 0, and one of a like name in the registers; `Missing` where the actor sees none."""
    named = draft.about[party : party + 1] if draft is not None and party >= 0 else ()
    for one in parties_known(actor, named, today=today):
        for known in one.known:
            if known.subject == subject:
                return one.party, known
    raise Missing(f"{subject}, of a name like that of party {party}")


def _known(actor: Actor, party: Party, today: dt.date) -> list[Known]:
    found = numbered(party.licence, MOST, today)
    if party.what != "person":
        found += numbered(party.name, MOST, today) or named_like(party.name, MOST, today)
    firms = {one.row.pk: Known(f"organisation:{one.row.pk}", firm=one) for one in found}
    people = people_known(actor, party.name, today) if party.what == "person" else []
    return [*firms.values(), *(Known(_subject(one), person=one) for one in people)]


def _subject(person: KnownPerson) -> str:
    return f"individual:{person.individual.pk}" if person.individual is not None else f"officer:{person.officer}"


def _decided(actor: Actor, subjects: set[str]) -> list[NameDecision]:
    """What was decided of them, in notices that the actor may see and that still say something; the newest first."""
    if not subjects:
        return []
    rows = NameDecision.objects.filter(subject__in=subjects, notice__in=notices_visible_to(actor).order_by().values("pk"))
    return list(rows.exclude(name=None).select_related("notice").defer("notice__content", "notice__answer").order_by("-id"))


def _with_decisions(party: Party, known: Iterable[Known], decided: Sequence[NameDecision]) -> list[Known]:
    name = fold(party.name)
    whole = [
        Known(
            one.subject,
            one.firm,
            one.person,
            tuple(row for row in decided if row.subject == one.subject and fold(row.name) == name),
        )
        for one in known
    ]
    return sorted(whole, key=lambda one: LAST[one.outcome])
