"""A person's own wish to be forgotten, and what the timetable empties once its term is over."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from django.db import transaction

from rahdari.base.actor import Actor
from rahdari.base.clock import day_at
from rahdari.base.editions import current_book
from rahdari.base.files import place_of
from rahdari.base.models import StoredFile
from rahdari.base.refusal import Refusal
from rahdari.base.secrets import blinds
from rahdari.base.work import Unit, unit_of_work
from rahdari.domain.accounts.actions import forget_people

from ..access import PERMITS
from ..models import (
    CNIC,
    Consent,
    Degree,
    Dependant,
    File,
    FileDraft,
    FilePaper,
    Internship,
    ListRow,
    PeopleList,
    Practice,
    Reveal,
    ShownProfile,
    TalentProfile,
)
from ..queries.files import file_of, with_merged
from ..queries.keeping import drafts_over, files_over, held_above, lists_over
from .emptying import _empty, _leave_training
from .listing import _let_go
from .revealing import _take_back

BATCH = 200
ROW_EMPTIED: dict[str, Any] = {"told": None, "cnic_index": None}


def erase_file(*, actor: Actor, at: dt.datetime) -> File:
    """A person erases their own file and account, at once and for good, with what was merged into it.

    What law and open matters keep is said: refuses `held_by_case` with what holds it and why; `file_missing` without a file.
    Leaves a row without a name, and the tests passed under a pseudonym, so that certificates others hold can still be checked.
    """
    with unit_of_work("candidates.erase_file", actor=actor, at=at) as unit:
        unit.permit(PERMITS["erase_file"])
        unit.alone("candidates.file")
        found = file_of(actor.person)
        unit.refuse([] if found is not None else [Refusal("file_missing")])
        file = unit.lock(File, found.pk)  # type: ignore[union-attr]  # refused above
        ids = with_merged(file)
        held = held_above(ids)
        unit.refuse([Refusal("held_by_case", {"what": sorted(held), "count": sum(held.values())})] if held else [])
        _forget(unit, ids)
        unit.about(file)
    return file


def _forget(unit: Unit, ids: list[UUID]) -> None:
    """Empties files with everything below them, and rows of lists that name their people.

    Bytes of papers that nobody else holds leave the disk after the commit.
    """
    people = list(File.objects.filter(pk__in=ids).values_list("person", flat=True))
    hashes = list(FilePaper.objects.filter(file__in=ids).values_list("stored__hash", flat=True))
    stored = list(FilePaper.objects.filter(file__in=ids).values_list("stored", flat=True))
    Degree.objects.filter(file__in=ids).delete()
    Dependant.objects.filter(file__in=ids).delete()
    Internship.objects.filter(file__in=ids).delete()
    Practice.objects.filter(file__in=ids).delete()
    FilePaper.objects.filter(file__in=ids).delete()
    StoredFile.objects.filter(pk__in=stored).delete()
    _take_back(unit, Reveal.objects.select_for_update(of=("self",)).filter(consent__file__in=ids, state="revealed"))
    ShownProfile.objects.filter(profile__file__in=ids).update(told={})
    TalentProfile.objects.filter(file__in=ids).delete()
    files = File.objects.filter(pk__in=ids)
    _leave_training(files)
    for card in files.exclude(cnic="").values_list("cnic", flat=True):
        ListRow.objects.filter(cnic_index__in=blinds(card, CNIC)).update(**ROW_EMPTIED)
    Consent.objects.filter(file__in=ids, withdrawn_at=None).update(withdrawn_at=unit.at)
    _empty(unit, files)
    forget_people(actor=unit.actor, people=people, at=unit.at)
    transaction.on_commit(lambda: _remove(hashes))


def _remove(hashes: list[str]) -> None:
    held = set(StoredFile.objects.filter(hash__in=hashes).values_list("hash", flat=True))
    for digest in set(hashes) - held:
        place_of(digest).unlink(missing_ok=True)


def end_terms(*, actor: Actor, at: dt.datetime) -> int:
    """The node empties what was kept as long as its purpose asks: forgotten drafts, lists, listed files nobody looked over.

    A list nobody took in is taken back, of one that was taken in the rows left out are emptied. At most two hundred of each at
    a time; says how many. What something rests on stays. Leaves no names anywhere.
    """
    with unit_of_work("candidates.end_terms", actor=actor, at=at) as unit:
        unit.permit(PERMITS["end_terms"])
        unit.alone("candidates.file")
        book, today = current_book(), day_at(at, "pk")
        drafts = list(drafts_over(book, today)[:BATCH])
        files = list(files_over(book, today).values_list("pk", flat=True)[:BATCH])
        FileDraft.objects.filter(pk__in=[one.pk for one in drafts]).delete()
        lists = _end_lists(unit, list(lists_over(book, today).values_list("pk", flat=True)[:BATCH]))
        if files:
            _forget(unit, files)
        unit.about(File(), drafts=len(drafts), lists=lists, files=len(files))
    return len(drafts) + lists + len(files)


def _end_lists(unit: Unit, ids: list[UUID]) -> int:
    """Takes back lists that wait still, and empties the rows that were left out of the others; gives how many lists."""
    rows = list(PeopleList.objects.select_for_update().filter(pk__in=ids).order_by("pk"))
    for row in rows:
        if row.state == "list_drafted":
            _let_go(unit, row)
    ListRow.objects.filter(of__in=rows).update(**ROW_EMPTIED)
    return len(rows)
