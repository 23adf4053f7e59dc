"""Organisations with a name like another one, in any script: found in the database by keys, ranked by the workshop of names.

First those that bear a sound of every word, with the words and the trade they share before the others; where none of them
is surely meant, those with one consonant changed or one word of several left out; where none is likely then, those that
bear a sound of any word. The best few of each are compared in full.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from operator import and_
from uuid import UUID

from django.db.models import Case, F, FloatField, Max, Q, QuerySet, Value, When
from django.db.models.expressions import Combinable

from rahdari.names.doors import Sought, score, sought

from ..models import Organisation, OrganisationName
from ..rules.names import FIRM, TOO_SIMILAR

COMPARED = 16  # entries compared in full at each step
SURE = 0.9  # a score from which names that share less are not looked for
LIKELY = 0.5  # a score under which a name found is no answer
TEXT_WORTH, TRADE_WORTH = 0.5, 0.7  # beside 1 for each word that sounds alike
NOTHING = Q(pk__in=[])
Rows = QuerySet[OrganisationName]


@dataclass(frozen=True, slots=True)
class Alike:
    """An organisation with a name like the one asked for: the name that fits best, and the score from 0 to 1."""

    organisation: UUID
    name: str
    score: float


def alike(name: str, most: int, *, least: float = LIKELY, without: UUID | None = None, told: bool = True) -> list[Alike]:
    """The organisations whose names score at least so much, the likest first; only those told to the public where `told`."""
    asked = sought(name, FIRM)
    if not asked.words:
        return []
    rows = OrganisationName.objects.filter(organisation__published_at__isnull=False) if told else OrganisationName.objects.all()
    if without is not None:
        rows = rows.exclude(organisation=without)
    found: dict[UUID, Alike] = {}
    for bearing, enough in ((_every(asked), SURE), (_nearly(asked), SURE), (_some(asked), LIKELY)):
        if any(one.score >= enough for one in found.values()):
            break
        found |= _compared(name, [pk for pk in _best(rows.filter(bearing), asked) if pk not in found])
    likely = [one for one in found.values() if one.score >= least]
    return sorted(likely, key=lambda one: (-one.score, one.organisation))[:most]


def _every(asked: Sought) -> Q:
    return _all_of(asked.words) | (_bear(asked.together) if asked.together else NOTHING)


def _nearly(asked: Sought) -> Q:
    """With a consonant of one word changed, or, of three words and more, without one."""
    bearing = NOTHING
    for place, (keys, near) in enumerate(zip(asked.words, asked.near, strict=True)):
        others = [*asked.words[:place], *asked.words[place + 1 :]]
        bearing |= _all_of([*others, keys | near])
        if len(others) > 1:
            bearing |= _all_of(others)
    return bearing


def _some(asked: Sought) -> Q:
    return _bear(frozenset().union(*asked.words))


def _all_of(words: Iterable[frozenset[str]]) -> Q:
    return reduce(and_, (_bear(keys) for keys in words))


def _bear(keys: Iterable[str]) -> Q:
    return Q(search_keys__overlap=sorted(keys))


def _best(rows: Rows, asked: Sought) -> list[UUID]:
    """The organisations that share most with what is asked for."""
    worth: Combinable = _worth(asked.texts, TEXT_WORTH)
    for keys in asked.words:
        worth = worth + _worth(keys, 1.0)
    if asked.trades:
        worth = worth + _worth(asked.trades, TRADE_WORTH)
    best = rows.order_by().values("organisation").annotate(worth=Max(worth)).order_by("-worth", "organisation")
    return [one["organisation"] for one in best[:COMPARED]]


def _worth(keys: Iterable[str], worth: float) -> Case:
    return Case(When(_bear(keys), then=Value(worth)), default=Value(0.0), output_field=FloatField())


def _compared(name: str, ids: Iterable[UUID]) -> dict[UUID, Alike]:
    borne: dict[UUID, list[str]] = defaultdict(list)
    rows = OrganisationName.objects.filter(organisation__in=list(ids)).order_by("id")
    for pk, value in rows.values_list(F("organisation"), "value"):
        borne[pk].append(value)
    scored = ((pk, score(name, tuple(names), FIRM)) for pk, names in borne.items())
    return {pk: Alike(pk, text, value) for pk, (value, text) in scored}


def too_similar(organisation: Organisation) -> str:
    """The name of another organisation of the register that one could take this one for; empty where there is none."""
    for name in organisation.names.all():
        for one in alike(name.value, 1, least=TOO_SIMILAR, without=organisation.pk):
            return one.name
    return ""
