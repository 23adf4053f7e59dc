"""Organisations at a desk: the list, one with everything known of it as far as it is open to the actor, what comes next."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from rahdari.base.actor import Actor
from rahdari.base.days import ONE_DAY
from rahdari.base.editions import current_book
from rahdari.base.money import Money
from rahdari.base.work import Missing
from rahdari.web.words import Fact, sentence, spoken

from ..access import PERMITS, SEES_PERSONS
from ..models import LicenceChange, Officer, Organisation, PowerOfAttorney
from ..rules.licences import KINDS, LICENCE_MOVES, ONLY, STATE_OF
from ..rules.standing import Standing
from .standing import standing_of

HOLDERS = ("promoter_manager",)
# In the order of the page: the second officer's part first.
NEXT = (
    "decide_order", "withdraw_order", "grant_licence", "refuse_licence", "decide_appeal", "appeal_licence_order", "renew_licence",
    "restore_licence", "suspend_licence", "cancel_licence", "surrender_licence", "disqualify_employer", "restore_employer",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class OrganisationSeen:
    """Everything known of an organisation; `persons` is None where they are not open to the reader."""

    row: Organisation
    names: Sequence[str]
    standing: Standing
    facts: Sequence[Fact]
    powers: Sequence[PowerOfAttorney]
    changes: Sequence[LicenceChange]
    waiting: LicenceChange | None
    waiting_facts: Sequence[Fact]
    persons: dict[str, list[Any]] | None
    next: Sequence[str]


def organisations_visible_to(actor: Actor) -> QuerySet[Organisation]:
    """The organisations at a desk, the newest first: own entries and what the partner told; to a promoter its own alone."""
    rows = Organisation.objects.order_by("-entered_at", "-id")
    if actor.role in HOLDERS:
        return rows.filter(registry_id=actor.body) if actor.body else rows.none()
    return rows.filter(Q(home=actor.node) | Q(published_at__isnull=False))


def organisations_seen(actor: Actor, *, state: str = "", kind: str = "") -> QuerySet[Organisation]:
    """The list of the desk with its parts, for a state or a kind where one is asked for."""
    rows = organisations_visible_to(actor).prefetch_related("names", "changes")
    if state in LICENCE_MOVES:
        rows = rows.filter(state=state)
    return rows.filter(kind=kind) if kind in KINDS else rows


def organisation_for(actor: Actor, organisation_id: UUID) -> Organisation:
    """One organisation at a desk; `Missing` when there is none or not for this actor."""
    found = organisations_visible_to(actor).filter(pk=organisation_id).first()
    if found is None:
        raise Missing(f"Organisation {organisation_id}")
    return found


def open_order(organisation: Organisation) -> LicenceChange | None:
    """The order that waits for a second officer."""
    return organisation.changes.filter(decided_at=None, withdrawn_at=None).first()


def organisation_seen(actor: Actor, organisation_id: UUID, today: dt.date) -> OrganisationSeen:
    """One organisation with its history, its people where they are open, and what the actor may do."""
    row = organisation_for(actor, organisation_id)
    waiting = open_order(row)
    return OrganisationSeen(
        row=row,
        names=[one.value for one in row.names.all()],
        standing=standing_of(row, today),
        facts=facts_of(row),
        powers=list(row.powers.all()),
        changes=[one for one in row.changes.all() if one.decided_at is not None or one.withdrawn_at is not None],
        waiting=waiting,
        waiting_facts=change_facts(waiting) if waiting is not None else (),
        persons=_persons(actor, row),
        next=_next(actor, row, waiting),
    )


def persons_open(actor: Actor, row: Organisation) -> bool:
    """Whether the people behind it are open: to the register's own offices; mirrored ones to authorities of the Memorandum."""
    return actor.role in SEES_PERSONS and (row.home == actor.node or _is_named(actor))


def officers_open(actor: Actor) -> QuerySet[Officer]:
    """The people behind all organisations whose people are open to the actor."""
    rows = Officer.objects.all() if actor.role in SEES_PERSONS else Officer.objects.none()
    return rows if _is_named(actor) else rows.filter(organisation__home=actor.node)


def _is_named(actor: Actor) -> bool:
    """Whether the actor's body is an authority of the Memorandum."""
    body = current_book().one("authorities", code=actor.body, side=actor.node)
    return body is not None and body["named_in_moc"] == "yes"


def _persons(actor: Actor, row: Organisation) -> dict[str, list[Any]] | None:
    """Officers, accounts and personal phones, where they are open to the actor."""
    if not persons_open(actor, row):
        return None
    return {
        "officers": list(row.officers.all()),
        "accounts": list(row.accounts.all()),
        "phones": list(row.phones.filter(office=False)),
    }


def _next(actor: Actor, row: Organisation, waiting: LicenceChange | None) -> list[str]:
    possible = [name for name in NEXT if not PERMITS[name].why_not(actor, row) and _is_possible(name, row, waiting)]
    return [f"organisations.{name}" for name in possible]


def _is_possible(name: str, row: Organisation, waiting: LicenceChange | None) -> bool:
    if name in ("decide_order", "withdraw_order"):
        return waiting is not None
    newest = row.changes.filter(state=row.state, decided_at__isnull=False).order_by("-decided_at", "-id").first()
    if name == "decide_appeal":
        return newest is not None and newest.appeal == "open"
    if name == "appeal_licence_order":
        return newest is not None and newest.appeal_until is not None and not newest.appeal
    if waiting is not None or row.kind not in ONLY.get(name, (row.kind,)):
        return False
    by_application = ("grant_licence", "refuse_licence")
    if row.state == "applied" or name in by_application:
        return row.state == "applied" and name in by_application
    return STATE_OF[name] in LICENCE_MOVES[row.state]


def facts_of(row: Organisation) -> list[Fact]:
    """What anyone at a desk may know of an organisation."""
    facts = [Fact(_("Kind"), row.kind), Fact(_("Registered by"), spoken(f"register_{row.home}"))]
    if row.number:
        facts.append(Fact(_("Licence number"), row.number))
    if row.old_numbers:
        facts.append(Fact(_("Earlier numbers"), row.old_numbers))
    if row.valid_until is not None:
        facts.append(Fact(_("Last day of validity"), row.valid_until - ONE_DAY))
    if row.address:
        facts.append(Fact(_("Office"), row.address))
    phones = [one.shown for one in row.phones.all() if one.office]
    facts += [Fact(_("Phones of the office"), phones)] if phones else []
    facts += [Fact(_("Branch"), " · ".join(filter(None, (one.city, one.address)))) for one in row.branches.all()]
    facts += [Fact(sentence(one.kind, {}, ("CODES",)), one.value) for one in row.identifiers.all()]
    for one in row.deposits.all():
        told = (spoken(Money(one.currency, one.amount)), one.reference, spoken(one.lodged_on))
        facts.append(Fact(_("Security deposit"), " · ".join(told)))
    facts.append(Fact(_("Registry id"), row.registry_id))
    return facts


def change_facts(one: LicenceChange) -> list[Fact]:
    """What was entered of a change: ground, law, days, hearing, appeal."""
    told = [
        (_("Order"), f"organisations.{one.use_case}" if one.use_case else ""),
        (_("Ground"), f"ground_{one.ground}"),
        (_("Law"), one.law),
        (_("From"), one.from_on),
        (_("First day without validity"), one.until),
        (_("Licence number"), one.number),
        (_("Known to be this one by"), f"known_by_{one.known_by}" if one.known_by else ""),
        (_("Called to show cause"), one.shown_cause_on),
        (_("Hearing"), one.hearing_on),
        (_("Appeal possible before"), one.appeal_until),
        (_("Reasons"), one.text),
        (_("Appeal"), one.appeal_text),
    ]
    return [Fact(label, value) for label, value in told if value]
