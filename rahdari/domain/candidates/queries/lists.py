"""Lists of people handed in as files: those of one's own body, their rows, and what is held already of the numbers in them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Exists, Model, OuterRef, Q, QuerySet

from rahdari.base.actor import Actor
from rahdari.base.refusal import Refusal
from rahdari.base.secrets import blinds
from rahdari.base.work import Missing
from rahdari.domain.accounts.models import IDENTITY, PHONE, Person
from rahdari.domain.organisations.queries.imports import days_again, first_cells
from rahdari.domain.organisations.rules.importing.columns import folded
from rahdari.web.words import say, spoken

from ..access import PERMITS
from ..models import CNIC, PASSPORT, File, ListRow, ListSheet, PeopleList
from ..rules.listing.rows import FATES, WRONG, RowRead

FIRST_ROWS, AT_ONCE = 8, 5_000
STEPS: Mapping[str, tuple[str, ...]] = {
    "list_drafted": ("take_list", "map_list", "withdraw_list"),
    "list_taken": ("undo_list",),
}


@dataclass(frozen=True, slots=True)
class HeldNumbers:
    """What is held of the numbers of a list: cards that have a file, passports and phones of anybody."""

    cards: frozenset[str]
    passports: frozenset[str]
    phones: frozenset[str]


def lists_visible_to(actor: Actor) -> QuerySet[PeopleList]:
    """The lists of the actor's own body, the newest first."""
    lists = PeopleList.objects.order_by("-handed_in_at", "-id")
    return lists.filter(body=actor.body) if actor.body and not PERMITS["see_lists"].why_not(actor) else lists.none()


def list_for(actor: Actor, list_id: UUID) -> PeopleList:
    """One list; `Missing` when there is none or it is another body's."""
    found = lists_visible_to(actor).filter(pk=list_id).first()
    if found is None:
        raise Missing(f"PeopleList {list_id}")
    return found


def held_numbers(rows: Sequence[RowRead]) -> HeldNumbers:
    """What is held of the numbers of these rows, by blind indexes; whose they are is not asked."""
    cards = {row.cnic for row in rows if row.cnic}
    return HeldNumbers(
        cards=_held(cards, CNIC, File, "cnic_index") | _held(cards, IDENTITY, Person, "identity_index"),
        passports=_held({row.passport_no for row in rows if row.passport_no}, PASSPORT, File, "passport_index"),
        phones=_held({row.phone for row in rows if row.phone}, PHONE, Person, "phone_index"),
    )


def _held(values: Iterable[str], purpose: str, model: type[Model], column: str) -> frozenset[str]:
    by_index = {index: value for value in values for index in blinds(value, purpose)}
    indexes = sorted(by_index)
    found: set[str] = set()
    for begin in range(0, len(indexes), AT_ONCE):
        some = indexes[begin : begin + AT_ONCE]
        held = model._default_manager.filter(**{f"{column}__in": some}).values_list(column, flat=True)
        found |= {by_index[index] for index in held}
    return frozenset(found)


def remembered(body: str, head_key: str) -> dict[str, str]:
    """What each title meant the last time these titles stood together at this body."""
    known = PeopleList.objects.filter(body=body, head_key=head_key).order_by("-handed_in_at", "-id").first()
    return dict(zip(map(folded, known.head), known.targets, strict=False)) if known is not None else {}


def rows_of(row: PeopleList, *, fate: str = "") -> QuerySet[ListRow]:
    """The rows of a list in their order, of a fate where one is asked for."""
    return row.rows.filter(fate=fate) if fate in FATES else row.rows.all()


@dataclass(frozen=True, slots=True)
class RowSeen:
    """A row as it is shown: every fault and note as a sentence."""

    line: int
    fate: str
    told: Mapping[str, Any]
    faults: Sequence[tuple[str, str]]
    notes: Sequence[str]


def row_seen(one: ListRow) -> RowSeen:
    """One row in words; of one that was taken in nothing is shown any more, its file is the person's."""
    told = json.loads(one.told) if one.told else {}
    faults = [(fault["column"], say(Refusal(fault["code"], days_again(fault["about"])))) for fault in told.get("faults", ())]
    return RowSeen(one.line, one.fate, told, faults, [spoken(f"listnote_{note}") for note in told.get("notes", ())])


@dataclass(frozen=True, slots=True)
class ListSeen:
    """A list with its counts, its first rows, its columns, and what the actor may do."""

    row: PeopleList
    fates: Sequence[tuple[str, int]]
    faults: Sequence[tuple[str, int]]
    notes: Sequence[tuple[str, int]]
    first: Sequence[RowSeen]
    columns: Sequence[tuple[str, str]]
    next: Sequence[str]


def list_seen(actor: Actor, list_id: UUID) -> ListSeen:
    """One list as its page shows it."""
    row = list_for(actor, list_id)
    counts = row.counts
    return ListSeen(
        row=row,
        fates=[(fate, counts.get("fates", {}).get(fate, 0)) for fate in FATES],
        faults=list(counts.get("faults", {}).items()),
        notes=list(counts.get("notes", {}).items()),
        first=[row_seen(one) for one in rows_of(row)[:FIRST_ROWS]],
        columns=list(zip(row.head, row.targets, strict=False)),
        next=[f"candidates.{name}" for name in STEPS.get(row.state, ()) if not PERMITS[name].why_not(actor, row)],
    )


def samples_of(row: PeopleList) -> list[list[str]]:
    """Of each column the first cells in which something stands; none once the cells are gone."""
    sheet = ListSheet.objects.filter(of=row).first()
    return first_cells([told for _line, told in json.loads(sheet.cells)] if sheet is not None else [], len(row.head))


def report_of(row: PeopleList) -> Iterator[list[object]]:
    """The lines of the report: every row that is not taken in, a line for each fault."""
    for one in row.rows.exclude(fate="new").iterator(chunk_size=1_000):
        seen = row_seen(one)
        start: list[object] = [seen.line, spoken(f"listfate_{seen.fate}"), seen.told.get("name", ""), seen.told.get("cnic", "")]
        if seen.fate == WRONG:
            for column, sentence in seen.faults:
                yield [*start, column, sentence]
        else:
            yield [*start, "", ""]


def files_in_use(row: PeopleList) -> int:
    """How many files of a list their owners looked over, or on which something rests by now, in whatever storey."""
    files = File.objects.filter(listed__of=row)
    return files.count() - unused(files).filter(confirmed_at=None, version=1).count()


def pointing_here() -> list[Any]:
    """Every key of every table that points to a file, also from storeys above, whose keys give no name back."""
    fields = File._meta.get_fields(include_hidden=True)
    return [one for one in fields if one.auto_created and not one.concrete and (one.one_to_many or one.one_to_one)]


def unused(files: QuerySet[File]) -> QuerySet[File]:
    """Those of the files on which no row rests that stands for something done: read off the keys that point here.

    Storeys above may not be brought in here; their tables are known by the keys alone, so none is forgotten. A place in a
    cohort rests on a file once there is attendance or a completion.
    """
    for relation in pointing_here():
        label = relation.related_model._meta.label
        if label not in KEPT_ASIDE:
            rows = relation.related_model._default_manager.filter(**{relation.field.name: OuterRef("pk")})
            files = files.filter(~Exists(rows.filter(TAUGHT) if label == TRAINEE else rows))
    return files


KEPT_ASIDE = frozenset({"candidates.ListRow", "candidates.Likeness", "candidates.CounterVisit"})
TRAINEE, TAUGHT = "candidates.Trainee", Q(minutes__gt=0) | Q(completed_on__isnull=False)
