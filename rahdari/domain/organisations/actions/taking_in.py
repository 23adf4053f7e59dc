"""A register that another officer handed in is taken in whole: entries, histories, bodies and statements, in one unit of work."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from rahdari.base.actor import Actor, machine
from rahdari.base.models import OutboxEntry
from rahdari.base.refusal import Refusal
from rahdari.base.rows import Row
from rahdari.base.work import Unit, unit_of_work
from rahdari.domain.accounts.actions import name_bodies

from ..access import PERMITS
from ..messages import MARKING, OFFICERS_MARKING, TYPE, EntryTold, registry_entry, registry_officers
from ..models import (
    Identifier,
    ImportedRow,
    ImportedSheet,
    LicenceChange,
    Officer,
    Organisation,
    OrganisationName,
    Phone,
    RegisterImport,
)
from ..rules.entries import OfficerEntered
from ..rules.importing.checking import NEW, Checked, counts_of
from ..rules.importing.moves import why_not_take
from ..rules.importing.rows import RowRead, fold
from ..rules.licences import KINDS
from ..rules.names import script_of
from .importing import AT_ONCE, _cells_of, _checked, _import
from .keying import _keyed
from .parts import LANGUAGE_OF, _new_registry_id
from .telling import _today

GROUND, USE_CASE = "register", "decide_import"


def decide_import(*, actor: Actor, import_id: UUID, seen: int | None = None, at: dt.datetime) -> RegisterImport:
    """A second officer takes a register in: every new row becomes an entry anyone can read, and the other state is told.

    All of it or nothing. Every row is checked once more. Refuses `four_eyes` to whoever had a hand in it, `import_moved_on`
    where the register changed meanwhile so that other rows would be taken in than were shown, `wrong_state`, `stale`. Leaves
    the entries, their histories, a statement each, the events `organisations.licence_changed` and `organisations.entry_kept`;
    the file's cells are gone, rows that were left out are kept.
    """
    with unit_of_work("organisations.decide_import", actor=actor, at=at) as unit:
        row = _import(unit, PERMITS["decide_import"], import_id, seen)
        own = actor.person is None or str(actor.person) in row.touched_by
        unit.refuse([Refusal("four_eyes")] if own else [])
        unit.refuse(why_not_take(row.state, {}, {}))
        for kind in sorted(kind for kind in KINDS if KINDS[kind].side == row.home):
            unit.alone(f"organisations.number {kind}")
        checked = _checked(unit, row, _cells_of(row))
        unit.refuse(why_not_take(row.state, row.counts["fates"], counts_of(checked)["fates"]))
        taken = _take(unit, row, [one for one in checked if one.fate == NEW])
        row.state, row.decided_at, row.decided_by = "taken", at, actor.person
        unit.save(row)
        ImportedSheet.objects.filter(of=row).delete()
        unit.settle("organisations.decide_import", row)
        unit.about(row, sha256=row.file_hash, entries=len(taken), **row.counts["fates"])
    return row


def _take(unit: Unit, row: RegisterImport, checked: Sequence[Checked]) -> list[Organisation]:
    """Writes every new row with what belongs to it, a few statements of the database a table."""
    pairs = [(one.row, _organisation(unit, row, one.row)) for one in checked]
    organisations = [made for _, made in pairs]
    changes = [_changes(unit, row, told, made) for told, made in pairs]
    _write(organisations)
    _write(_names(told, made) for told, made in pairs)
    _write(_phones(told, made) for told, made in pairs)
    _write(_officers(unit, told, made) for told, made in pairs)
    _write([Identifier(organisation=made, kind=kind, value=value) for kind, value in told.identifiers] for told, made in pairs)
    _write(changes)
    by_line = {told.line: made for told, made in pairs}
    _link(row, by_line)
    bodies = [_body(told, made) for told, made in pairs]
    name_bodies(actor=machine(unit.actor.node, unit.actor.channel), bodies=bodies, at=unit.at)
    _tell(unit, [(told, made, told_changes[-1]) for (told, made), told_changes in zip(pairs, changes, strict=True)])
    return organisations


def _write(rows: Iterable[Any]) -> None:
    flat: list[Row] = []
    for one in rows:
        flat += one if isinstance(one, list) else [one]
    if flat:
        type(flat[0]).objects.bulk_create(flat, batch_size=AT_ONCE)


def _organisation(unit: Unit, row: RegisterImport, told: RowRead) -> Organisation:
    pk, registry_id = _new_registry_id(row.home)
    return Organisation(
        id=pk,
        registry_id=registry_id,
        home=row.home,
        kind=told.kind,
        state=told.state,
        number=told.number,
        old_numbers=list(told.old_numbers),
        address=told.office,
        valid_until=told.until,
        entered_at=unit.at,
        entered_by=row.entered_by,
        published_at=unit.at,
    )


def _changes(unit: Unit, row: RegisterImport, told: RowRead, made: Organisation) -> list[LicenceChange]:
    """The history as the register tells it: the licence from its first day on, and what it became.

    What a register dates no more precisely holds from the day of the decision.
    """
    today = _today(unit)
    since = told.from_on or (told.state_on if told.state != "valid" else None)
    ended = told.until if told.until is not None and told.until <= today else today
    days = {"valid": told.from_on or today, "expired": told.state_on or ended}
    rows = []
    if told.state != "valid" and told.from_on is not None:
        rows.append(_change(unit, row, told, made, "valid", told.from_on))
    day = days.get(told.state) or told.state_on or today
    rows.append(_change(unit, row, told, made, told.state, max(day, since) if since else day))
    return rows


def _change(unit: Unit, row: RegisterImport, told: RowRead, made: Organisation, state: str, from_on: dt.date) -> LicenceChange:
    return LicenceChange(
        organisation=made,
        use_case=USE_CASE,
        state=state,
        from_on=from_on,
        until=told.until if state == "valid" else None,
        number=told.number,
        ground=GROUND,
        law=row.law,
        entered_at=unit.at,
        entered_by=row.entered_by,
        decided_at=unit.at,
        decided_by=unit.actor.person,
    )


def _names(told: RowRead, made: Organisation) -> list[OrganisationName]:
    return [_keyed(OrganisationName(organisation=made, script=script_of(one), value=one, folded=fold(one))) for one in told.names]


def _phones(told: RowRead, made: Organisation) -> list[Phone]:
    return [Phone(organisation=made, office=True, shown=one) for one in told.phones]


def _officers(unit: Unit, told: RowRead, made: Organisation) -> list[Officer]:
    return [_keyed(_officer(unit, one, made)) for one in told.officers]


def _officer(unit: Unit, one: OfficerEntered, made: Organisation) -> Officer:
    return Officer(
        organisation=made,
        role=one.role,
        name=one.name,
        identity=one.identity or None,
        from_on=_today(unit),
    )


def _link(row: RegisterImport, by_line: dict[int, Organisation]) -> None:
    """Ties every row that was taken in to its entry; what it told stands there now."""
    taken = list(row.rows.filter(fate=NEW))
    for one in taken:
        one.organisation, one.told = by_line[one.line], None
    ImportedRow.objects.filter(of=row, fate=NEW).delete()
    ImportedRow.objects.bulk_create(taken, batch_size=AT_ONCE)


def _body(told: RowRead, made: Organisation) -> dict[str, str]:
    names = {LANGUAGE_OF[script_of(one)]: one for one in reversed(told.names)}
    named = {name: names.get(name, told.names[0]) for name in LANGUAGE_OF.values()}
    return {"id": made.registry_id, "side": made.home, "kind": made.kind, **named}


def _tell(unit: Unit, taken: Sequence[tuple[RowRead, Organisation, LicenceChange]]) -> None:
    """Says every entry to the other state, and its officers to authorities, as `_tell` of one entry says them."""
    drafts: list[OutboxEntry] = []
    for told, made, change in taken:
        drafts.append(unit.draft(TYPE, _entry(told, made, change), marking=MARKING, thread=made.pk))
        officers = [(one.name, one.role) for one in told.officers]
        if officers:
            content = registry_officers(made.registry_id, officers)
            drafts.append(unit.draft(TYPE, content, marking=OFFICERS_MARKING, thread=made.pk))
    unit.say_all(drafts)
    unit.tell_all("organisations.entry_kept", [{"organisation": made.registry_id} for _, made, _ in taken])
    unit.tell_all(
        "organisations.licence_changed",
        [{"organisation": made.registry_id, "state": made.state, "from_on": change.from_on} for _, made, change in taken],
    )


def _entry(told: RowRead, made: Organisation, change: LicenceChange) -> dict[str, Any]:
    assert change.from_on is not None
    return registry_entry(
        EntryTold(
            organisation=made.registry_id,
            kind=made.kind,
            names=tuple((script_of(one), one) for one in told.names),
            number=made.number,
            old_numbers=tuple(made.old_numbers),
            state=change.state,
            from_on=change.from_on,
            until=change.until,
            ground=change.ground,
            appeal="",
            address=made.address,
            phones=told.phones,
        )
    )
