"""Taking up what the partner tells of its register: the entry stands here too, read-only, with its history as it was told."""

from __future__ import annotations

import datetime as dt

from rahdari.base.actor import Actor
from rahdari.base.refusal import Refusal, Refused
from rahdari.base.statements import Statement
from rahdari.base.work import Missing, Unit, unit_of_work

from ..access import PERMITS
from ..messages import PUBLIC, EntryTold, read_registry_entry
from ..models import LicenceChange, Officer, Organisation
from ..rules.licences import KINDS
from .keying import _keyed
from .parts import _add_names, _add_phones, _name_body


def mirror_registry(*, actor: Actor, statement: Statement, at: dt.datetime) -> Organisation:
    """Keeps an entry of the partner's register, or the officers of one; of what was told, the newest counts.

    Refuses `other_register` for an organisation that the partner does not register, `not_a_day`; `Missing` for officers of an
    entry that was not told. Leaves the entry as its newest statement says, its history, and the event
    `organisations.licence_changed`; a statement that was taken up before leaves nothing new.
    """
    with unit_of_work("organisations.mirror_registry", actor=actor, at=at) as unit:
        unit.permit(PERMITS["mirror_registry"])
        registry_id = statement.data["organisation"]
        unit.refuse([] if registry_id.startswith(f"{statement.sender}:org:") else [Refusal("other_register")])
        unit.alone(f"organisations.entry {registry_id}")
        organisation = Organisation.objects.select_for_update().filter(registry_id=registry_id).first()
        unit.refuse([Refusal("other_register")] if organisation is not None and organisation.home != statement.sender else [])
        if statement.data["part"] == PUBLIC:
            organisation = _mirror_entry(unit, organisation, statement)
        elif organisation is None:
            raise Missing(f"organisation {registry_id}")
        else:
            _mirror_officers(unit, organisation, statement)
        unit.about(organisation, part=statement.data["part"], statement=statement.id, state=organisation.state)
    return organisation


def _mirror_entry(unit: Unit, organisation: Organisation | None, statement: Statement) -> Organisation:
    told = _read(statement)
    unit.refuse([] if KINDS[told.kind].side == statement.sender else [Refusal("other_register")])
    new = organisation is None
    organisation = organisation or Organisation(
        registry_id=told.organisation, home=statement.sender, kind=told.kind, entered_at=unit.at
    )
    if not new and organisation.changes.filter(statement=statement.id).exists():
        return organisation
    if new or organisation.issued_at is None or statement.issued_at >= organisation.issued_at:
        _take(organisation, told, statement)
        organisation.published_at = organisation.published_at or unit.at
        if new:
            unit.add(organisation)
        else:
            unit.save(organisation)
        _add_names(unit, organisation, [name for _, name in told.names], [script for script, _ in told.names])
        _add_phones(unit, organisation, told.phones)
        _name_body(unit.actor, organisation, unit.at)
        unit.tell("organisations.licence_changed", organisation=told.organisation, state=told.state, from_on=told.from_on)
    _add_change(unit, organisation, told, statement)
    return organisation


def _read(statement: Statement) -> EntryTold:
    try:
        return read_registry_entry(statement.data)
    except ValueError:
        raise Refused([Refusal("not_a_day")]) from None


def _take(organisation: Organisation, told: EntryTold, statement: Statement) -> None:
    """Puts onto the entry what its newest statement says."""
    organisation.kind, organisation.state, organisation.address = told.kind, told.state, told.address
    organisation.number, organisation.old_numbers = told.number, list(told.old_numbers)
    if told.state in ("valid", "restored"):
        organisation.valid_until = told.until
    organisation.statement, organisation.issued_at = statement.id, statement.issued_at


def _add_change(unit: Unit, organisation: Organisation, told: EntryTold, statement: Statement) -> None:
    """One row of history; told again of the same change (an appeal was made), it is the same row."""
    same = organisation.changes.filter(state=told.state, from_on=told.from_on, ground=told.ground).order_by("-decided_at").first()
    row = same or LicenceChange(organisation=organisation, state=told.state, from_on=told.from_on, ground=told.ground)
    if same is not None and same.decided_at is not None and same.decided_at > statement.issued_at:
        return
    row.until, row.appeal, row.number, row.statement = told.until, told.appeal, told.number, statement.id
    row.entered_at = row.entered_at or statement.issued_at
    row.decided_at = statement.issued_at
    if same is None:
        unit.add(row)
    else:
        unit.save(row)


def _mirror_officers(unit: Unit, organisation: Organisation, statement: Statement) -> None:
    if statement.issued_at < (organisation.issued_at or statement.issued_at):
        return
    organisation.officers.all().delete()
    for one in statement.data["officers"]:
        row = Officer(
            organisation=organisation,
            role=one["role"],
            name=one["name"],
            statement=statement.id,
        )
        unit.add(_keyed(row))
    unit.tell("organisations.entry_kept", organisation=organisation.registry_id)
