"""A centre's list of people handed in as a file: read, its columns named, taken in whole or taken back."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from rahdari.base.access import Permit
from rahdari.base.actor import Actor
from rahdari.base.clock import day_at
from rahdari.base.editions import current_book
from rahdari.base.refusal import Refusal
from rahdari.base.sheets.sheet import read_sheet
from rahdari.base.states import why_not_move
from rahdari.base.work import Unit, unit_of_work
from rahdari.domain.organisations.rules.importing.columns import key_of
from rahdari.domain.organisations.rules.importing.values import ORDERS

from ..access import PERMITS
from ..models import ListRow, ListSheet, PeopleList
from ..queries.lists import held_numbers, remembered
from ..rules.listing.columns import guessed, is_known, why_not_columns
from ..rules.listing.moves import LIST_MOVES
from ..rules.listing.rows import Checked, Reader, compare_rows, counts_of

MOST_ROWS = 60_000
AT_ONCE = 2_000  # rows written with one statement
Cells = list[tuple[int, list[str]]]


def draft_list(
    *, actor: Actor, name: str, content: bytes, encoding: str = "", day_order: str = "", at: dt.datetime
) -> PeopleList:
    """A training desk hands in the list of the people it trains, as CSV or XLSX; it is read and every row checked.

    The columns are those named the last time the same titles stood together. Refuses whatever keeps the file from being read
    (`import_…`), `day_order_unknown`. Leaves the draft alone: nobody is registered.
    """
    with unit_of_work("candidates.draft_list", actor=actor, at=at) as unit:
        unit.permit(PERMITS["draft_list"])
        unit.refuse(_why_not_order(day_order))
        sheet = read_sheet(content, is_known, encoding, most_rows=MOST_ROWS)
        bare = name.replace("\\", "/").rpartition("/")[2]
        row = PeopleList(
            body=actor.body,
            file_name="".join(letter for letter in bare if letter.isprintable())[:200] or "file",
            file_hash=hashlib.sha256(content).hexdigest(),
            form=sheet.form,
            encoding=sheet.encoding,
            head=list(sheet.head),
            head_key=key_of(sheet.head),
            day_order=day_order,
            handed_in_at=at,
            handed_in_by=actor.person,  # type: ignore[misc]  # signed in, or refused above
        )
        row.targets = guessed(sheet.head, remembered(actor.body, row.head_key))
        cells = [(line, list(told)) for line, told in sheet.lines]
        checked = _checked(unit, row, cells)
        row.counts = counts_of(checked)
        unit.add(row)
        unit.add(ListSheet(of=row, cells=json.dumps(cells, ensure_ascii=False)))
        _keep_rows(row, checked)
        unit.about(row, sha256=row.file_hash, **row.counts["fates"])
    return row


def _why_not_order(day_order: str) -> list[Refusal]:
    return [] if day_order in ("", *ORDERS) else [Refusal("day_order_unknown", member="day_order")]


def _checked(unit: Unit, row: PeopleList, cells: Cells) -> list[Checked]:
    """Every row read by the columns as they are named, compared with the others and with the files there are."""
    reader = Reader(row.head, row.targets, day_at(unit.at, "pk"), row.day_order, current_book())
    rows = [reader.read(line, told) for line, told in cells]
    held = held_numbers(rows)
    return compare_rows(rows, held.cards, held.passports, held.phones)


def _cells_of(row: PeopleList) -> Cells:
    return [(line, told) for line, told in json.loads(row.sheet.cells)]


def _keep_rows(row: PeopleList, checked: Sequence[Checked], files: dict[int, UUID] | None = None) -> None:
    """Writes what becomes of each row, instead of what was thought of it before; of one that became a file, the file alone."""
    ListRow.objects.filter(of=row).delete()
    made = files or {}
    ListRow.objects.bulk_create(
        [
            ListRow(
                of=row,
                line=one.row.line,
                fate=one.fate,
                faults=sorted({fault.code for fault in one.row.faults}),
                told=None if one.row.line in made else json.dumps(one.row.told(), ensure_ascii=False, default=_plain),
                file_id=made.get(one.row.line),
            )
            for one in checked
        ],
        batch_size=AT_ONCE,
    )


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, dt.date) else str(value)


def _list(unit: Unit, permit: Permit, list_id: UUID, seen: int | None) -> PeopleList:
    """The list, locked, if the actor may do this to it."""
    unit.permit(permit)
    row = unit.lock(PeopleList, list_id, seen=seen)
    unit.permit(permit, row)
    return row


def map_list(
    *, actor: Actor, list_id: UUID, targets: Sequence[str], day_order: str = "", seen: int | None = None, at: dt.datetime
) -> PeopleList:
    """A training desk says what each column holds, in their order; every row is checked anew. It is remembered for these titles.

    Refuses `import_columns_differ`, `import_column_twice`, `import_column_missing`, `import_target_unknown`,
    `day_order_unknown`, `wrong_state`, `stale`.
    """
    with unit_of_work("candidates.map_list", actor=actor, at=at) as unit:
        row = _list(unit, PERMITS["map_list"], list_id, seen)
        unit.refuse(
            [
                *why_not_move(LIST_MOVES, row.state, "list_drafted"),
                *_why_not_order(day_order),
                *why_not_columns(list(targets), len(row.head)),
            ]
        )
        row.targets, row.day_order = list(targets), day_order
        checked = _checked(unit, row, _cells_of(row))
        row.counts = counts_of(checked)
        unit.save(row)
        _keep_rows(row, checked)
        unit.about(row, sha256=row.file_hash, **row.counts["fates"])
    return row


def withdraw_list(*, actor: Actor, list_id: UUID, seen: int | None = None, at: dt.datetime) -> PeopleList:
    """A training desk takes back a list nobody took in. Its cells and rows are gone. Refuses `wrong_state`, `stale`."""
    with unit_of_work("candidates.withdraw_list", actor=actor, at=at) as unit:
        row = _list(unit, PERMITS["withdraw_list"], list_id, seen)
        unit.refuse(why_not_move(LIST_MOVES, row.state, "list_withdrawn"))
        _let_go(unit, row)
        unit.about(row, sha256=row.file_hash)
    return row


def _let_go(unit: Unit, row: PeopleList) -> None:
    """Takes a list back that nobody took in, with its cells and rows."""
    row.state = "list_withdrawn"
    ListSheet.objects.filter(of=row).delete()
    ListRow.objects.filter(of=row).delete()
    unit.save(row)
