"""An import of a register is taken back whole: one officer asks, another decides; what was told is told as given back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from uuid import UUID

from rahdari.base.actor import Actor
from rahdari.base.models import Waiting
from rahdari.base.refusal import Refusal
from rahdari.base.work import Unit, unit_of_work

from ..access import PERMITS
from ..messages import MARKING, OFFICERS_MARKING, TYPE, EntryTold, registry_entry, registry_officers
from ..models import LicenceChange, Officer, Organisation, RegisterImport
from ..queries.imports import resting_on
from ..rules.importing.checking import NEW
from ..rules.importing.moves import why_not_undo
from ..rules.standing import WITHDRAWN, as_told
from .importing import AT_ONCE, _import, _wait
from .telling import _today

GROUND = "entered_in_error"


def ask_undo_import(*, actor: Actor, import_id: UUID, text: str, seen: int | None = None, at: dt.datetime) -> RegisterImport:
    """A registrar asks that an import be taken back whole, with the reason; a second officer decides.

    Refuses `reason_missing`, `import_in_use` where something rests on its entries by now, `wrong_state`, `stale`.
    """
    with unit_of_work("organisations.ask_undo_import", actor=actor, at=at) as unit:
        row = _import(unit, PERMITS["ask_undo_import"], import_id, seen)
        unit.refuse([] if text.strip() else [Refusal("reason_missing", member="text")])
        unit.refuse(why_not_undo(row.state, resting_on(row), "undo_waiting"))
        row.state, row.undo_text, row.undo_asked_by = "undo_waiting", text.strip(), actor.person
        unit.save(row)
        _wait(unit, "organisations.undo_import", row)
        unit.about(row, sha256=row.file_hash)
    return row


def undo_import(*, actor: Actor, import_id: UUID, seen: int | None = None, at: dt.datetime) -> RegisterImport:
    """A second officer takes an import back whole: each of its entries is withdrawn from today on, and the other state is told.

    All of it or nothing; no row of history is erased. Refuses `four_eyes` to whoever asked for it, `import_in_use` where
    something rests on an entry by now, `wrong_state`, `stale`. Leaves the entries as withdrawn, their numbers free again.
    """
    with unit_of_work("organisations.undo_import", actor=actor, at=at) as unit:
        row = _import(unit, PERMITS["undo_import"], import_id, seen)
        same = actor.person is None or actor.person == row.undo_asked_by
        unit.refuse([Refusal("four_eyes")] if same else [])
        unit.alone(f"organisations.number {row.kind}")
        rows = Organisation.objects.filter(imported__of=row, imported__fate=NEW).select_for_update(of=("self",))
        taken = list(rows.order_by("pk").prefetch_related("names", "phones"))
        unit.refuse(why_not_undo(row.state, resting_on(row)))
        _withdraw(unit, row, taken)
        row.state, row.undone_at, row.undone_by = "undone", at, actor.person
        unit.save(row)
        unit.settle("organisations.undo_import", row)
        unit.about(row, sha256=row.file_hash, entries=len(taken))
    return row


def _withdraw(unit: Unit, row: RegisterImport, taken: Sequence[Organisation]) -> None:
    """A row of history for each entry, the entry without its number, and the statement."""
    today = _today(unit)
    changes = [
        LicenceChange(
            organisation=one,
            use_case="undo_import",
            state=WITHDRAWN,
            from_on=today,
            number=one.number,
            ground=GROUND,
            text=row.undo_text,
            entered_at=unit.at,
            entered_by=row.undo_asked_by,
            decided_at=unit.at,
            decided_by=unit.actor.person,
        )
        for one in taken
    ]
    LicenceChange.objects.bulk_create(changes, batch_size=AT_ONCE)
    people = Officer.objects.filter(organisation__in=[one.pk for one in taken], until=None)
    with_people = set(people.values_list("organisation", flat=True))
    people.update(until=today)
    for one in taken:
        one.state, one.number, one.old_numbers, one.valid_until, one.version = WITHDRAWN, "", [], None, one.version + 1
    Organisation.objects.bulk_update(taken, ["state", "number", "old_numbers", "valid_until", "version"], batch_size=AT_ONCE)
    open_ones = Waiting.objects.filter(subject_kind="organisations.organisation", closed_at=None)
    open_ones.filter(subject_id__in=[str(one.pk) for one in taken]).update(closed_at=unit.at, outcome=WITHDRAWN)
    drafts = [unit.draft(TYPE, _told(one, today), marking=MARKING, thread=one.pk) for one in taken]
    for one in taken:
        if one.pk in with_people:  # the other state keeps nobody's name for an entry that was an error
            content = registry_officers(one.registry_id, ())
            drafts.append(unit.draft(TYPE, content, marking=OFFICERS_MARKING, thread=one.pk))
    unit.say_all(drafts)
    told = [{"organisation": one.registry_id, "state": WITHDRAWN, "from_on": today} for one in taken]
    unit.tell_all("organisations.licence_changed", told)


def _told(one: Organisation, today: dt.date) -> dict[str, object]:
    return registry_entry(
        EntryTold(
            organisation=one.registry_id,
            kind=one.kind,
            names=tuple((name.script, name.value) for name in one.names.all()),
            number="",
            old_numbers=(),
            state=as_told(WITHDRAWN),
            from_on=today,
            until=None,
            ground=GROUND,
            appeal="",
            address=one.address,
            phones=tuple(phone.shown for phone in one.phones.all() if phone.office),
        )
    )
