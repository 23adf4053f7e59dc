"""Registers handed in as files: those of the own side, their rows, what the own register holds of what they name."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from rahdari.base.actor import Actor
from rahdari.base.refusal import Refusal
from rahdari.base.work import Missing
from rahdari.domain.accounts.models import Grant
from rahdari.web.words import Fact, say, spoken

from ..access import PERMITS
from ..models import ImportedRow, ImportedSheet, LicenceChange, LicenceCheck, Organisation, PowerOfAttorney, RegisterImport
from ..rules.importing.checking import FATES, NEW, WRONG, Entry, Held
from ..rules.importing.columns import folded
from ..rules.importing.moves import IMPORT_MOVES
from ..rules.importing.rows import RowRead, fold
from .standing import standing_of

FIRST_ROWS = 8
SAMPLED, SAMPLES = 40, 3
NOBODYS = ("withdrawn", "refused")
# In the order of the page: the second officer's part first.
STEPS: Mapping[str, tuple[str, ...]] = {
    "drafted": ("submit_import", "map_import", "withdraw_import"),
    "waiting": ("decide_import", "map_import", "withdraw_import"),
    "taken": ("ask_undo_import",),
    "undo_waiting": ("undo_import", "withdraw_import"),
}
assert set(STEPS) == {state for state, moves in IMPORT_MOVES.items() if moves}


@dataclass(frozen=True, slots=True)
class RowSeen:
    """A row as it is shown: its line, its fate, what it would be, and every fault as a sentence."""

    line: int
    fate: str
    organisation: UUID | None
    told: Mapping[str, Any] = field(default_factory=dict)
    faults: Sequence[tuple[str, str]] = ()  # column and sentence
    differs: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class ImportSeen:
    """An import with its counts, its first rows, and what the actor may do."""

    row: RegisterImport
    facts: Sequence[Fact]
    fates: Sequence[tuple[str, int]]
    faults: Sequence[tuple[str, int]]
    first: Sequence[RowSeen]
    columns: Sequence[tuple[str, str]]
    next: Sequence[str]


def imports_visible_to(actor: Actor) -> QuerySet[RegisterImport]:
    """The imports of the own side's register, the newest first."""
    return RegisterImport.objects.filter(home=actor.node).order_by("-entered_at", "-id")


def import_for(actor: Actor, import_id: UUID) -> RegisterImport:
    """One import; `Missing` when there is none or not for this actor."""
    found = imports_visible_to(actor).filter(pk=import_id).first()
    if found is None:
        raise Missing(f"RegisterImport {import_id}")
    return found


def import_seen(actor: Actor, import_id: UUID) -> ImportSeen:
    """One import as its page shows it."""
    row = import_for(actor, import_id)
    fates = row.counts.get("fates", {})
    rows = rows_of(row)
    return ImportSeen(
        row=row,
        facts=import_facts(row),
        fates=[(fate, fates.get(fate, 0)) for fate in FATES],
        faults=list(row.counts.get("faults", {}).items()),
        first=[row_seen(one) for one in rows[:FIRST_ROWS]],
        columns=list(zip(row.head, row.targets, strict=False)),
        next=[f"organisations.{name}" for name in STEPS.get(row.state, ()) if not PERMITS[name].why_not(actor, row)],
    )


def rows_of(row: RegisterImport, *, fate: str = "", fault: str = "") -> QuerySet[ImportedRow]:
    """The rows of an import in their order, of a fate or with a fault where one is asked for."""
    rows = row.rows.select_related("organisation").prefetch_related("organisation__names")
    if fate in FATES:
        rows = rows.filter(fate=fate)
    return rows.filter(faults__contains=[fault]) if fault in row.counts.get("faults", {}) else rows


def row_seen(one: ImportedRow) -> RowSeen:
    """One row in words."""
    told = json.loads(one.told) if one.told else {"row": _as_it_stands(one.organisation)}
    faults = [(fault["column"], say(Refusal(fault["code"], days_again(fault["about"])))) for fault in told.get("faults", ())]
    return RowSeen(one.line, one.fate, one.organisation_id, told.get("row", {}), faults, told.get("differs", ()))


def _as_it_stands(organisation: Organisation | None) -> dict[str, Any]:
    """Of a row that was taken in, what its entry says now."""
    if organisation is None:
        return {}
    names = [name.value for name in organisation.names.all()]
    return {"number": organisation.number, "names": names, "state": organisation.state, "address": organisation.address}


def days_again(about: Mapping[str, Any]) -> dict[str, Any]:
    """The values of a sentence, days as days again."""
    return {name: _as_day(value) for name, value in about.items()}


def _as_day(value: Any) -> Any:
    try:
        return dt.date.fromisoformat(value) if isinstance(value, str) and len(value) == 10 else value
    except ValueError:
        return value


def import_facts(row: RegisterImport) -> list[Fact]:
    """What is known of the file and of who did what; nothing of what stands in it."""
    how = [spoken(row.form), row.encoding, spoken(f"separator_{ord(row.separator)}") if row.separator else "", row.sheet_name]
    told: list[tuple[str, Any]] = [
        (_("Kind"), row.kind),
        (_("File"), f"\u2068{row.file_name}\u2069"),
        (_("Read as"), " · ".join(filter(None, how))),
        (_("Fingerprint of the file"), row.file_hash[:16]),
        (_("Rows"), sum(row.counts.get("fates", {}).values())),
        (_("Days written as"), [spoken(f"day_form_{one}") for one in row.counts.get("day_forms", {})]),
        (_("Rows without a first day, which hold from the day of the decision"), row.counts.get("without", {}).get("from_on", 0)),
        (_("Wrong rows"), "left_out_rows" if row.leave_out else ""),
        (_("Law and article"), row.law),
        (_("Entered"), row.entered_at),
        (_("Decided"), row.decided_at),
        (_("Why it is to be taken back"), row.undo_text),
        (_("Taken back"), row.undone_at),
    ]
    return [Fact(label, value) for label, value in told if value]


def remembered(side: str, kind: str, head_key: str) -> dict[str, str]:
    """What each title meant the last time these titles stood together; empty for new ones."""
    known = RegisterImport.objects.filter(home=side, kind=kind, head_key=head_key).order_by("-entered_at", "-id").first()
    return dict(zip(map(folded, known.head), known.targets, strict=False)) if known is not None else {}


def held_for(side: str, rows: Iterable[RowRead], today: dt.date) -> Held:
    """What the own register holds of the numbers and names of these rows; always the same number of queries."""
    rows = list(rows)
    kinds = {row.kind for row in rows}
    numbers = sorted({row.number for row in rows if row.number})
    names = sorted({fold(name) for row in rows for name in row.names})
    mine = Organisation.objects.filter(home=side, kind__in=kinds).exclude(state__in=NOBODYS)
    ids = set(mine.filter(number__in=numbers).values_list("pk", flat=True))
    ids |= set(mine.filter(names__folded__in=names).values_list("pk", flat=True))
    ids |= set(mine.filter(old_numbers__has_any_keys=numbers).values_list("pk", flat=True)) if numbers else set()
    held = Held()
    for one in Organisation.objects.filter(pk__in=ids).prefetch_related("names", "phones", "changes"):
        held.add(_entry(one, today))
    waiting = LicenceChange.objects.filter(decided_at=None, withdrawn_at=None, number__in=numbers, organisation__home=side)
    held.waiting = set(waiting.values_list("organisation__kind", "number"))
    return held


def _entry(one: Organisation, today: dt.date) -> Entry:
    return Entry(
        key=str(one.pk),
        kind=one.kind,
        number=one.number,
        old_numbers=tuple(one.old_numbers),
        names=frozenset(name.folded for name in one.names.all()),
        office=fold(one.address),
        phones=frozenset(phone.shown for phone in one.phones.all() if phone.office),
        state=standing_of(one, today).state,
        until=one.valid_until,
    )


def resting_on(row: RegisterImport) -> dict[str, int]:
    """On how many entries of an import something rests by now: a later change, a step of a case, a power, a person's role."""
    taken = Organisation.objects.filter(imported__of=row, imported__fate=NEW)
    later = LicenceChange.objects.filter(organisation__in=taken).exclude(use_case="decide_import")
    return {
        "changes": later.values("organisation").distinct().count(),
        "checks": LicenceCheck.objects.filter(organisation__in=taken).values("organisation").distinct().count(),
        "powers": PowerOfAttorney.objects.filter(organisation__in=taken).values("organisation").distinct().count(),
        "roles": Grant.objects.filter(body__in=taken.values("registry_id")).values("body").distinct().count(),
    }


def report_of(row: RegisterImport) -> Iterable[list[object]]:
    """The lines of the report: every row that is not taken in, a line for each fault."""
    for one in row.rows.exclude(fate="new").iterator(chunk_size=500):
        seen = row_seen(one)
        names = " / ".join(seen.told.get("names", ()))
        start: list[object] = [seen.line, spoken(f"fate_{seen.fate}"), seen.told.get("number", ""), names]
        if seen.fate == WRONG:
            for column, sentence in seen.faults:
                yield [*start, column, sentence]
        else:
            yield [*start, "", spoken([f"column_{name}" for name in seen.differs])]


def samples_of(row: RegisterImport) -> list[list[str]]:
    """Of each column the first cells in which something stands; none once the cells are gone."""
    sheet = ImportedSheet.objects.filter(of=row).first()
    cells = [told for _line, told in json.loads(sheet.cells)] if sheet is not None else []
    return first_cells(cells, len(row.head))


def first_cells(cells: Sequence[Sequence[str]], width: int) -> list[list[str]]:
    """Of each column of a sheet the first cells in which something stands."""
    columns = [[line[place] for line in cells[:SAMPLED] if line[place]] for place in range(width)]
    return [[cell[:60] for cell in column[:SAMPLES]] for column in columns]
