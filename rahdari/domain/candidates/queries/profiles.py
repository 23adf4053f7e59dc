"""Talent profiles: one's own, and those that hold, as a desk that answers firms sees them: without whose they are."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from django.db.models import QuerySet
from django.utils.translation import get_language

from rahdari.base.actor import Actor
from rahdari.base.clock import day_at
from rahdari.base.reference import Book

from ..access import PERMITS
from ..models import TalentProfile
from .files import file_of
from .seen import _work


@lru_cache(maxsize=4)
def towns(book: Book) -> tuple[str, ...]:
    """Names of towns in both scripts, those of whole districts left out."""
    large = {row[column] for row in book.rows("pakistan_districts_en_ur") for column in ("district", "urdu")}
    found = {row[column] for row in book.rows("pakistan_towns_en_ur") for column in ("latin", "urdu")}
    return tuple(sorted(name for name in found - large if name))


def districts(book: Book) -> dict[str, str]:
    """The districts by their code, named in the language of the reader."""
    column = "urdu" if get_language() == "ur" else "district"
    return {row["district_pcode"]: row[column] or row["district"] for row in book.rows("pakistan_districts_en_ur")}


def own_profile(actor: Actor, at: dt.datetime) -> TalentProfile | None:
    """The profile of the person who asks, while it holds."""
    file = file_of(actor.person)
    return _that_hold(at).filter(file=file).first() if file is not None else None


def _that_hold(at: dt.datetime) -> QuerySet[TalentProfile]:
    """Profiles that are not hidden, within their term, of files that go on."""
    rows = TalentProfile.objects.filter(hidden_at=None, until__gt=day_at(at, "pk"))
    return rows.filter(file__erased_at=None, file__merged_into=None)


@dataclass(frozen=True, slots=True)
class ProfileSeen:
    """A profile without whose it is."""

    number: str
    text: str
    work: str
    years: int
    district: str
    skills: Sequence[str]
    languages: Sequence[dict[str, str]]
    until: dt.date


def profiles_visible_to(actor: Actor, at: dt.datetime, book: Book, work: str = "") -> list[ProfileSeen]:
    """The profiles that hold, the newest first, for a group of work and those below it where one is asked for."""
    if PERMITS["see_profiles"].why_not(actor):
        return []
    rows = _that_hold(at).order_by("-published_at")
    named = districts(book)
    return [
        ProfileSeen(
            one.number, one.text, _work(one.isco), one.years, named.get(one.district, ""), one.skills, one.languages, one.until
        )
        for one in rows.filter(isco__startswith=work)[:500]
    ]


def profiles_numbered(numbers: Sequence[str], at: dt.datetime) -> dict[str, TalentProfile]:
    """Those of the profiles named that hold, by their numbers."""
    return {one.number: one for one in _that_hold(at).filter(number__in=numbers)}


def profile_stands(profile: TalentProfile, at: dt.datetime) -> bool:
    """Whether a profile holds at a moment."""
    return _that_hold(at).filter(pk=profile.pk).exists()
