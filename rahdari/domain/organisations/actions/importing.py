"""A register handed in as a file: read, its columns named by a person, handed to a second officer, or taken back."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any
from uuid import UUID

from rahdari.base.access import Permit
from rahdari.base.actor import Actor
from rahdari.base.editions import current_book
from rahdari.base.refusal import Refusal
from rahdari.base.sheets.sheet import Sheet, read_sheet
from rahdari.base.states import why_not_move
from rahdari.base.work import Unit, unit_of_work

from ..access import PERMITS, REGISTRARS
from ..models import ImportedRow, ImportedSheet, RegisterImport
from ..queries.imports import held_for, remembered
from ..queries.standing import due_after
from ..rules.importing.checking import NEW, Checked, compare, counts_of
from ..rules.importing.columns import TARGETS, guessed, is_known, key_of, why_not_columns
from ..rules.importing.moves import IMPORT_MOVES, why_not_submit
from ..rules.importing.rows import Reader, Terms
from ..rules.importing.values import ORDERS
from ..rules.licences import KINDS
from .applying import BUREAU
from .telling import _today

AT_ONCE = 1_000  # rows written with one statement
# Of a row, what its page shows.
SHOWN = ("kind", "number", "old_numbers", "names", "address", "city", "phones", "state", "from_on", "until", "identifiers")
Cells = list[tuple[int, list[str]]]


def draft_import(
    *, actor: Actor, kind: str, name: str, content: bytes, encoding: str = "", day_order: str = "", at: dt.datetime
) -> RegisterImport:
    """A registrar hands in a register as CSV or XLSX; it is read, its columns guessed, and every row checked.

    The columns are those named the last time the same titles stood together. Refuses `wrong_node` for a kind the other state
    registers, `organisation_kind_unknown`, and whatever keeps the file from being read (`import_…`). Leaves the draft alone:
    nothing of it stands in the register.
    """
    with unit_of_work("organisations.draft_import", actor=actor, at=at) as unit:
        unit.permit(PERMITS["draft_import"])
        unit.refuse([] if kind in KINDS else [Refusal("organisation_kind_unknown", member="kind")])
        unit.refuse([] if KINDS[kind].side == actor.node else [Refusal("wrong_node")])
        unit.refuse(_why_not_order(day_order))
        sheet = read_sheet(content, is_known, encoding)
        row = _row_of(unit, kind, name, content, sheet)
        row.day_order, row.touched_by = day_order, [str(actor.person)]
        row.targets = guessed(sheet.head, remembered(actor.node, kind, row.head_key))
        cells = [(line, list(told)) for line, told in sheet.lines]
        checked = _checked(unit, row, cells)
        row.counts = counts_of(checked)
        unit.add(row)
        unit.add(ImportedSheet(of=row, cells=json.dumps(cells, ensure_ascii=False)))
        _keep_rows(row, checked)
        unit.about(row, kind=kind, sha256=row.file_hash, **row.counts["fates"])
    return row


def _row_of(unit: Unit, kind: str, name: str, content: bytes, sheet: Sheet) -> RegisterImport:
    bare = name.replace("\\", "/").rpartition("/")[2]
    return RegisterImport(
        home=unit.actor.node,
        kind=kind,
        file_name="".join(letter for letter in bare if letter.isprintable())[:200] or "file",
        file_hash=hashlib.sha256(content).hexdigest(),
        file_size=len(content),
        form=sheet.form,
        encoding=sheet.encoding,
        separator=sheet.separator,
        sheet_name=sheet.name,
        head=list(sheet.head),
        head_key=key_of(sheet.head),
        entered_at=unit.at,
        entered_by=unit.actor.person,
    )


def _why_not_order(day_order: str) -> list[Refusal]:
    return [] if day_order in ("", *ORDERS) else [Refusal("day_order_unknown", member="day_order")]


def _checked(unit: Unit, row: RegisterImport, cells: Cells) -> list[Checked]:
    """Every row read by the columns as they are named, compared with the others and with the register; none without columns."""
    today = _today(unit)
    reader = Reader(row.head, row.targets, Terms(row.home, row.kind, today, row.day_order), current_book())
    rows = [reader.read(line, told) for line, told in cells]
    return compare(rows, held_for(row.home, rows, today))


def _cells_of(row: RegisterImport) -> Cells:
    """The cells of a file that waits."""
    return [(line, told) for line, told in json.loads(row.sheet.cells)]


def _keep_rows(row: RegisterImport, checked: Sequence[Checked]) -> None:
    """Writes what becomes of each row, instead of what was thought of it before."""
    ImportedRow.objects.filter(of=row).delete()
    kept = [
        ImportedRow(
            of=row,
            line=one.row.line,
            fate=one.fate,
            faults=sorted({fault.code for fault in one.faults}),
            told=_told(one),
            organisation_id=one.entry or None,
        )
        for one in checked
    ]
    ImportedRow.objects.bulk_create(kept, batch_size=AT_ONCE)


def _told(one: Checked) -> str:
    row = {name: getattr(one.row, name) for name in SHOWN} | {"officers": [asdict(person) for person in one.row.officers]}
    faults = [{"code": fault.code, "column": fault.column, "about": dict(fault.about)} for fault in one.faults]
    return json.dumps({"row": row, "faults": faults, "differs": one.differs}, ensure_ascii=False, default=_plain)


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, dt.date) else str(value)


def _import(unit: Unit, permit: Permit, import_id: UUID, seen: int | None) -> RegisterImport:
    """The import, locked, if the actor may do this to it."""
    unit.permit(permit)
    row = unit.lock(RegisterImport, import_id, seen=seen)
    unit.permit(permit, row)
    return row


def _touch(unit: Unit, row: RegisterImport) -> None:
    """Notes who had a hand in it: none of them is the second officer."""
    row.entered_by, row.entered_at = unit.actor.person, unit.at
    row.touched_by = sorted({*row.touched_by, str(unit.actor.person)})


def map_import(
    *, actor: Actor, import_id: UUID, targets: Sequence[str], day_order: str = "", seen: int | None = None, at: dt.datetime
) -> RegisterImport:
    """A registrar says what each column holds, in their order; every row is checked anew. It is remembered for these titles.

    Refuses `import_columns_differ`, `import_column_twice`, `import_column_missing`, `import_target_unknown`,
    `day_order_unknown`, `wrong_state`, `stale`. One that waited for a second officer is a draft again.
    """
    with unit_of_work("organisations.map_import", actor=actor, at=at) as unit:
        row = _import(unit, PERMITS["map_import"], import_id, seen)
        unknown = [Refusal("import_target_unknown", member="rows")] if set(targets) - set(TARGETS) else []
        against = [*why_not_move(IMPORT_MOVES, row.state, "drafted"), *_why_not_order(day_order), *unknown]
        unit.refuse([*against, *([] if unknown else why_not_columns(row.kind, list(targets), len(row.head)))])
        row.targets, row.day_order = list(targets), day_order
        checked = _checked(unit, row, _cells_of(row))
        row.counts, row.state, row.leave_out = counts_of(checked), "drafted", False
        _touch(unit, row)
        unit.save(row)
        _keep_rows(row, checked)
        unit.settle("organisations.decide_import", row, "changed")
        unit.about(row, sha256=row.file_hash, **row.counts["fates"])
    return row


def submit_import(
    *, actor: Actor, import_id: UUID, leave_out: bool = False, law: str = "", seen: int | None = None, at: dt.datetime
) -> RegisterImport:
    """A registrar hands the import to a second officer; `leave_out` says that the wrong rows stay out and are kept with it.

    Refuses `import_rows_wrong` while a row is wrong and not left out, `import_nothing_new`, `import_column_missing`,
    `wrong_state`, `stale`. Leaves the task of the second officer; nothing stands in the register.
    """
    with unit_of_work("organisations.submit_import", actor=actor, at=at) as unit:
        row = _import(unit, PERMITS["submit_import"], import_id, seen)
        unit.refuse(why_not_columns(row.kind, row.targets, len(row.head)))
        unit.refuse(why_not_submit(row.state, row.counts["fates"], leave_out=leave_out))
        row.state, row.leave_out, row.law = "waiting", leave_out, law.strip()
        _touch(unit, row)
        unit.save(row)
        _wait(unit, "organisations.decide_import", row)
        unit.about(row, sha256=row.file_hash, leave_out=leave_out, **row.counts["fates"])
    return row


def _wait(unit: Unit, task: str, row: RegisterImport) -> None:
    """Opens the task of the second officer, with the clock of every second officer of the register."""
    unit.wait(
        task,
        row,
        holder_body=BUREAU[row.home],
        holder_role=REGISTRARS[row.home],
        holder_side=row.home,
        matter={"kind": row.kind, "file": row.file_name, "rows": f"{row.counts['fates'][NEW]}"},
        url_name="organisations.see_import",
        url_args=[str(row.pk)],
        due_at=due_after("organisations.decide_order", unit.at, current_book(), row.home),
    )


def withdraw_import(*, actor: Actor, import_id: UUID, seen: int | None = None, at: dt.datetime) -> RegisterImport:
    """A registrar takes back what waits: the import itself, or the wish to undo one that was taken in.

    Refuses `wrong_state`, `stale`. The cells and rows of an import that was never taken in are gone; of an undoing the import
    stays as it was.
    """
    with unit_of_work("organisations.withdraw_import", actor=actor, at=at) as unit:
        row = _import(unit, PERMITS["withdraw_import"], import_id, seen)
        undoing = row.state == "undo_waiting"
        unit.refuse(why_not_move(IMPORT_MOVES, row.state, "taken" if undoing else "withdrawn"))
        row.state = "taken" if undoing else "withdrawn"
        if undoing:
            row.undo_text, row.undo_asked_by = "", None
        else:
            ImportedSheet.objects.filter(of=row).delete()
            ImportedRow.objects.filter(of=row).delete()
        unit.save(row)
        unit.settle("organisations.undo_import" if undoing else "organisations.decide_import", row, "withdrawn")
        unit.about(row, sha256=row.file_hash, undoing=undoing)
    return row
