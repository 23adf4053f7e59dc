"""Searches a worker keeps: kept, looked through, let go; and the message that something new answers."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.conf import settings
from django.urls import reverse_lazy
from django.utils.text import format_lazy

from rahdari.base.actor import Actor
from rahdari.base.letters import write_letter
from rahdari.base.work import Missing, Unit, unit_of_work
from rahdari.domain.accounts.models import Person
from rahdari.domain.accounts.queries.letters import letter_to

from ..access import PERMITS
from ..models import KeptSearch
from ..queries.kept import is_due, new_in
from ..rules.keeping import why_not_keep


def keep_search(*, actor: Actor, asked: Mapping[str, Any], at: dt.datetime) -> KeptSearch:
    """Keeps what a worker looks for; what is listed from now on is new to them.

    Refuses `search_empty`, `search_kept_already`, `too_many_searches`. What was asked is closed at rest, and no entry of
    the audit repeats it.
    """
    with unit_of_work("jobs.keep_search", actor=actor, at=at) as unit:
        unit.permit(PERMITS["keep_search"])
        unit.alone(f"jobs.keep_search {actor.person}")
        text = json.dumps(dict(asked), sort_keys=True, ensure_ascii=False)
        person = actor.person or UUID(int=0)  # who is signed in is somebody
        kept = [one.asked for one in KeptSearch.objects.filter(person=person)]
        unit.refuse(why_not_keep(asked=bool(asked), known=text in kept, kept=len(kept)))
        row = unit.add(KeptSearch(person=person, asked=text, kept_at=at, seen_at=at, told_at=at))
        unit.about(row)
    return row


def look_through(*, actor: Actor, search_id: UUID, at: dt.datetime) -> KeptSearch:
    """The worker looked through what is new: it is new no more. `Missing` for a search of somebody else."""
    with unit_of_work("jobs.look_through", actor=actor, at=at) as unit:
        unit.permit(PERMITS["look_through"])
        row = _own(unit, search_id)
        row.seen_at = max(row.seen_at, at)
        unit.save(row)
        unit.about(row)
    return row


def drop_search(*, actor: Actor, search_id: UUID, at: dt.datetime) -> None:
    """Lets a kept search go; nothing of it stays. `Missing` for a search of somebody else."""
    with unit_of_work("jobs.drop_search", actor=actor, at=at) as unit:
        unit.permit(PERMITS["drop_search"])
        row = _own(unit, search_id)
        unit.about(row)
        row.delete()


def tell_of_new(*, actor: Actor, search_id: UUID, at: dt.datetime) -> int:
    """Tells a worker by message how many vacancies are new in a search since they looked or were told; says how many.

    At most one message a day for one search, and none where nothing is new; the message does not say what was searched for.
    `Missing` for a search that was let go.
    """
    with unit_of_work("jobs.tell_of_new", actor=actor, at=at) as unit:
        unit.permit(PERMITS["tell_of_new"])
        row = unit.lock(KeptSearch, search_id)
        due = is_due(row, at)
        count = new_in(row, at) if due else 0
        if due:
            row.told_at = at
            unit.save(row)
        person = Person.objects.filter(pk=row.person, is_active=True).first() if count else None
        if person is not None:
            address = format_lazy("{}{}", settings.RAHDARI_ADDRESS, reverse_lazy("jobs.see_kept_searches"))
            told = letter_to(person, {"count": count, "address": address})
            write_letter(unit, **told, template="jobs/letters/new_vacancies")
        unit.about(row, new=count)
    return count


def _own(unit: Unit, search_id: UUID) -> KeptSearch:
    row = unit.lock(KeptSearch, search_id)
    if row.person != unit.actor.person:
        raise Missing(f"KeptSearch {search_id}")
    return row
