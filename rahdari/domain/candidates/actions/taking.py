"""A centre's list taken in whole, accounts and files; and taken back while nothing rests on it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from uuid import UUID

from rahdari.base.actor import Actor
from rahdari.base.clock import day_at
from rahdari.base.refusal import Refusal
from rahdari.base.states import why_not_move
from rahdari.base.work import Unit, unit_of_work
from rahdari.domain.accounts.actions import forget_people, register_listed
from rahdari.domain.accounts.models import Person

from ..access import PERMITS
from ..models import File, ListRow, ListSheet, PeopleList
from ..queries.lists import files_in_use
from ..rules.doubts import doubts_of
from ..rules.listing.columns import why_not_columns
from ..rules.listing.moves import LIST_MOVES, why_not_take, why_not_undo
from ..rules.listing.rows import NEW, RowRead, counts_of
from .emptying import _empty, _leave_training
from .keeping import _put
from .listing import AT_ONCE, _cells_of, _checked, _keep_rows, _list

LANGUAGE = "ur"  # of messages to people nobody has asked yet


def take_list(
    *, actor: Actor, list_id: UUID, agreed: bool = False, leave_out: bool = False, seen: int | None = None, at: dt.datetime
) -> PeopleList:
    """A training desk takes its list in: every new row becomes an account and a file that its owner looks over. All or nothing.

    `agreed` says that the people signed that they want to be registered; `leave_out` that wrong rows stay out. Every row is
    checked once more. Refuses `agreement_missing`, `import_rows_wrong`, `list_nothing_new`, `list_moved_on`,
    `import_column_missing`, `wrong_state`, `stale`. Leaves no consent: the centre sees nothing of a file until its owner allows
    it. The cells are gone, rows that were left out are kept; each file is compared with the others.
    """
    with unit_of_work("candidates.take_list", actor=actor, at=at) as unit:
        row = _list(unit, PERMITS["take_list"], list_id, seen)
        unit.alone("candidates.file")
        unit.refuse(why_not_move(LIST_MOVES, row.state, "list_taken"))
        unit.refuse(why_not_columns(row.targets, len(row.head)))
        checked = _checked(unit, row, _cells_of(row))
        found = counts_of(checked)["fates"]
        unit.refuse(why_not_take(row.state, row.counts["fates"], found, agreed=agreed, leave_out=leave_out))
        files = _files(unit, row, [one.row for one in checked if one.fate == NEW])
        _keep_rows(row, checked, files)
        row.state, row.taken_at, row.taken_by = "list_taken", at, actor.person
        unit.save(row)
        ListSheet.objects.filter(of=row).delete()
        unit.about(row, sha256=row.file_hash, **row.counts["fates"])
    return row


def _files(unit: Unit, row: PeopleList, told: Sequence[RowRead]) -> dict[int, UUID]:
    """Accounts and files of the new rows, a few statements of the database a table; the files by their line."""
    people = [(one.name, one.cnic, one.phone) for one in told]
    accounts = register_listed(actor=unit.actor, people=people, language=LANGUAGE, at=unit.at)
    made = [_file(unit, row, one, person) for one, person in zip(told, accounts, strict=True)]
    File.objects.bulk_create(made, batch_size=AT_ONCE)
    unit.tell_all("candidates.file_kept", ({"file": file.pk} for file in made))
    return {one.line: file.pk for one, file in zip(told, made, strict=True)}


def _file(unit: Unit, row: PeopleList, told: RowRead, person: Person) -> File:
    born = told.birth_date or dt.date.min  # a row without it is wrong and not taken
    file = File(
        person=person, cnic=told.cnic, opened_at=unit.at,
        opened_by=unit.actor.person, opened_for=row.body, source="list",  # type: ignore[misc]
    )  # fmt: skip
    doubts = doubts_of(
        card=told.cnic, sex=told.sex, birth_date=born, has_passport=bool(told.passport_no), zone_agrees=False,
        today=day_at(unit.at, "pk"),
    )  # fmt: skip
    members = {
        "name": told.name,
        "name_urdu": told.name_urdu,
        "father_name": told.father_name,
        "birth_date": born,
        "sex": told.sex,
        "birthplace": told.birthplace,
        "passport_no": told.passport_no or None,
        "passport_until": told.passport_until if told.passport_no else None,
        "doubts": doubts,
    }
    _put(file, members)
    return file


def undo_list(*, actor: Actor, list_id: UUID, text: str, seen: int | None = None, at: dt.datetime) -> PeopleList:
    """A training desk takes a list back whole: its accounts and files are emptied. Possible while nobody used any of them.

    Places in cohorts nobody attended are given up. Refuses `reason_missing`, `list_in_use` (how many owners looked theirs over,
    or on how many something rests), `wrong_state`, `stale`. Leaves the list with the day and the reason.
    """
    with unit_of_work("candidates.undo_list", actor=actor, at=at) as unit:
        row = _list(unit, PERMITS["undo_list"], list_id, seen)
        unit.alone("candidates.file")
        unit.refuse([] if text.strip() else [Refusal("reason_missing", member="text")])
        unit.refuse(why_not_undo(row.state, files_in_use(row)))
        files = File.objects.filter(listed__of=row)
        people = list(files.values_list("person", flat=True))
        _leave_training(files)
        _empty(unit, files)
        forget_people(actor=actor, people=people, at=at)
        ListRow.objects.filter(of=row).exclude(fate=NEW).delete()
        row.state, row.undone_at, row.undone_by, row.undone_why = "list_undone", at, actor.person, text.strip()
        unit.save(row)
        unit.about(row, files=len(people))
    return row
