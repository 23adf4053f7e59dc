"""Files laid beside each other: which are worth comparing with one, what stands on the desk of whoever judges."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet

from rahdari.base.actor import Actor
from rahdari.base.secrets import blinds
from rahdari.base.seen import note_look
from rahdari.base.work import Missing
from rahdari.domain.organisations.rules.names import keys_of_person
from rahdari.names import Comparison, compare
from rahdari.names.parsing import PERSON
from rahdari.web.words import Fact

from ..access import PERMITS
from ..models import CNIC, NAME_KEY, File, Likeness, Merge
from ..rules.likeness import Side, slips_of
from .seen import file_facts

MOST_COMPARED = 60  # files laid beside one
YEARS = 10
STATES = ("to_judge", "unsure_person", "same_person", "other_person", "unlike")


def side_of(file: File) -> Side:
    """What a file is compared by; opened here for the node's own screening."""
    phone = file.person.phone
    return Side(
        names=tuple(filter(None, (file.name, file.name_urdu, *file.spellings))),
        father=file.father_name,
        born=file.birth_date,
        card=file.cnic.replace("-", ""),
        passport=file.passport_no or "",
        phones=frozenset([phone] if phone else []),
    )


def worth_comparing(file: File) -> list[File]:
    """Files whose card is a slip away; then those whose name sounds alike, born on the same day or, after them, a slip away."""
    names = filter(None, (file.name, file.name_urdu, *file.spellings))
    keys = sorted({key for name in names for plain in keys_of_person(name) for key in blinds(plain, NAME_KEY)})
    there = File.objects.filter(erased_at=None, merged_into=None).exclude(pk=file.pk).select_related("person").order_by("id")
    cards = [index for card in slips_of(file.cnic) for index in blinds(card, CNIC)]
    found = list(there.filter(cnic_index__in=cards)[:MOST_COMPARED])
    like = there.filter(name_keys__overlap=keys)
    near = like.filter(_nearly_born(file.birth_date)).exclude(birth_date=file.birth_date)
    for rows in (like.filter(birth_date=file.birth_date), near):
        found += rows.exclude(pk__in=[one.pk for one in found])[: MOST_COMPARED - len(found)]
    return found


def _nearly_born(born: dt.date) -> Q:
    """One slip away: as `rules.likeness.nearly_born`, for the database."""
    days = [_day(born.year + years, born.month, born.day) for years in range(-YEARS, YEARS + 1) if years]
    days += [_day(born.year, month, born.day) for month in range(1, 13) if month != born.month]
    days += [_day(born.year, born.month, day) for day in range(1, 32) if day != born.day]
    days.append(_day(born.year, born.day, born.month))
    return Q(birth_date__in=[day for day in days if day is not None])


def _day(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def likenesses_visible_to(actor: Actor) -> QuerySet[Likeness]:
    """Every pair that may be one person, for those who judge; none to others."""
    if PERMITS["see_likenesses"].why_not(actor):
        return Likeness.objects.none()
    return Likeness.objects.select_related("file", "other").order_by("-found_at", "-id")


def likeness_for(actor: Actor, likeness_id: UUID) -> Likeness:
    """One pair; `Missing` when there is none or not for this actor."""
    found = likenesses_visible_to(actor).filter(pk=likeness_id).first()
    if found is None:
        raise Missing(f"Likeness {likeness_id}")
    return found


@dataclass(frozen=True, slots=True)
class LikenessSeen:
    """Two files side by side, their names word by word, the merge that was asked for or done, and what the actor may do."""

    row: Likeness
    sides: Sequence[tuple[File, Sequence[Fact]]]
    names: Comparison
    merge: Merge | None
    next: Sequence[str]


def likeness_seen(actor: Actor, likeness_id: UUID, at: dt.datetime) -> LikenessSeen:
    """One pair as its page shows it; both people can read that it was looked at."""
    row = likeness_for(actor, likeness_id)
    for file in (row.file, row.other):
        note_look(actor=actor, about=file.person_id, purpose="candidates.see_likeness", at=at)
    merge = row.merges.order_by("-asked_at", "-id").first()
    merge = merge if merge is not None and merge.state in ("merge_asked", "merged") else None
    return LikenessSeen(
        row=row,
        sides=[(file, file_facts(file, whole=True)) for file in (row.file, row.other)],
        names=compare(row.file.name, row.other.name, PERSON),
        merge=merge,
        next=_next(actor, row, merge),
    )


def _next(actor: Actor, row: Likeness, merge: Merge | None) -> list[str]:
    if merge is not None:
        names = (
            ["part_files"]
            if merge.state == "merged"
            else ["refuse_merge"]
            if merge.asked_by == actor.person
            else ["merge_files", "refuse_merge"]
        )
    else:
        names = ["ask_merge", "judge_likeness"] if row.state == "same_person" else ["judge_likeness"]
    return [f"candidates.{name}" for name in names if not PERMITS[name].why_not(actor, row)]
