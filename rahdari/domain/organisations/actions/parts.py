"""What belongs to an organisation is written here, inside the unit of whoever enters, applies or takes up."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import Any
from uuid import UUID

from rahdari.base.actor import Actor, machine
from rahdari.base.clock import day_at
from rahdari.base.editions import current_book
from rahdari.base.files import take_in
from rahdari.base.ids import new_id
from rahdari.base.refusal import Refusal
from rahdari.base.work import Unit
from rahdari.domain.accounts.actions import name_body
from rahdari.domain.accounts.models import Body
from rahdari.domain.accounts.rules.phones import normal_phone

from ..models import Account, Branch, Deposit, Identifier, Officer, Organisation, OrganisationName, Phone
from ..rules.entries import OFFICER_IDENTITY, Entry, OfficerEntered, Paper, SecurityEntered
from ..rules.identifiers import entry_of, normalise, why_not
from ..rules.names import fold, script_of
from .keying import _keyed

CORPORATE = "jp_corporate_number"
LANGUAGE_OF = {"Latn": "name_en", "Arab": "name_ur", "Jpan": "name_ja"}


def _why_not_entry(entry: Entry, node: str) -> list[Refusal]:
    """Numbers of an entry that are none: phones, identity cards, the corporate number."""
    book, against = current_book(), []
    against += [
        Refusal("office_phone_wrong", {"phone": one}, member="phones") for one in entry.phones if not normal_phone(one, node)
    ]
    for officer in entry.officers:
        if officer.identity and _identity(officer.identity, node) is None:
            against.append(Refusal("officer_identity_wrong", {"name": officer.name}, member="officers"))
        if officer.phone and not normal_phone(officer.phone, node):
            against.append(Refusal("office_phone_wrong", {"phone": officer.phone}, member="officers"))
    form = entry_of(CORPORATE, book)
    if entry.corporate_number and form is not None and why_not(form, normalise(CORPORATE, entry.corporate_number), book):
        against.append(Refusal("corporate_number_wrong", member="corporate_number"))
    return against


def _identity(number: str, node: str) -> str | None:
    """The number of a person as it is kept; None for one that has not the form of the side."""
    kind = OFFICER_IDENTITY.get(node, "")
    form, value = entry_of(kind, current_book()), normalise(kind, number)
    return None if not value or (form is not None and why_not(form, value, current_book())) else value.upper()


def _add_parts(unit: Unit, organisation: Organisation, entry: Entry) -> None:
    """Writes names, phones, officers, accounts, branches; what was there before ends or gives way."""
    node, today = unit.actor.node, day_at(unit.at, unit.actor.node)
    _add_names(unit, organisation, entry.names)
    _add_phones(unit, organisation, [normal_phone(one, node) or "" for one in entry.phones])
    for former in organisation.officers.filter(until=None):
        former.until = today
        unit.save(former)
    for officer in entry.officers:
        _add_officer(unit, organisation, officer, today)
    organisation.accounts.all().delete()
    for account in entry.accounts:
        number = "".join(account.number.split()).upper()
        unit.add(Account(organisation=organisation, bank=account.bank, number=number))
    for branch in entry.branches:
        unit.add(Branch(organisation=organisation, city=branch.city, address=branch.address, from_on=today))
    if entry.corporate_number:
        organisation.identifiers.filter(kind=CORPORATE).delete()
        value = normalise(CORPORATE, entry.corporate_number) or ""
        unit.add(Identifier(organisation=organisation, kind=CORPORATE, value=value))
    unit.tell("organisations.entry_kept", organisation=organisation.registry_id)


def _add_names(unit: Unit, organisation: Organisation, names: Iterable[str], scripts: Sequence[str] = ()) -> None:
    organisation.names.all().delete()
    for place, name in enumerate(names):
        script = scripts[place] if scripts else script_of(name)
        row = OrganisationName(organisation=organisation, script=script, value=name.strip(), folded=fold(name))
        unit.add(_keyed(row))


def _add_phones(unit: Unit, organisation: Organisation, phones: Iterable[str]) -> None:
    organisation.phones.filter(office=True).delete()
    for phone in phones:
        unit.add(Phone(organisation=organisation, office=True, shown=phone))


def _add_officer(unit: Unit, organisation: Organisation, officer: OfficerEntered, today: dt.date) -> None:
    number = _identity(officer.identity, unit.actor.node) if officer.identity else None
    row = Officer(
        organisation=organisation,
        role=officer.role,
        name=officer.name.strip(),
        identity=number,
        from_on=today,
    )
    unit.add(_keyed(row))
    if officer.phone:
        phone = normal_phone(officer.phone, unit.actor.node) or ""
        unit.add(Phone(organisation=organisation, office=False, number=phone))


def _add_security(unit: Unit, organisation: Organisation, security: SecurityEntered) -> None:
    unit.add(
        Deposit(
            organisation=organisation,
            amount=security.amount,
            currency=security.currency,
            reference=security.reference,
            lodged_on=security.lodged_on,
        )
    )


def _kept(unit: Unit, papers: Iterable[Paper]) -> list[dict[str, Any]]:
    """The documents handed in, taken in and named as everywhere: name, kind, size, hash."""
    files = [take_in(unit, BytesIO(one.content), name=one.name) for one in papers]
    return [{"name": one.name, "media_type": one.kind, "size": one.size, "sha256": one.hash} for one in files]


def _new_registry_id(node: str) -> tuple[UUID, str]:
    """A fresh row id and the registry id made of its end."""
    pk = new_id()
    return pk, f"{node}:org:{pk.hex[-12:]}"


def _name_body(actor: Actor, organisation: Organisation, at: dt.datetime) -> None:
    """Makes the organisation a body one can act for; one that is a body already keeps its names."""
    if Body.objects.filter(pk=organisation.registry_id).exists():
        return
    names = {LANGUAGE_OF[one.script]: one.value for one in organisation.names.all()}
    first = next(iter(names.values()))
    told = {name: names.get(name, first) for name in LANGUAGE_OF.values()}
    by = machine(actor.node, actor.channel)
    name_body(actor=by, body_id=organisation.registry_id, side=organisation.home, kind=organisation.kind, **told, at=at)
