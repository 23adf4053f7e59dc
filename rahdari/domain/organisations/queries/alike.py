"""Organisations with a name like another one, in any script: found in the database by keys, ranked by the workshop of names.

First those that bear a sound of every word; where none of them is surely meant, those with one consonant changed or one word
of several left out; where none is likely then, those that bear a sound of any word. Of each step the names that share most
words, and the trade, are compared in full.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from operator import and_, or_
from uuid import UUID

from django.db.models import F, FloatField, Q, QuerySet
from django.db.models.expressions import RawSQL

from rahdari.base.clock import now
from rahdari.names.doors import Sought, score, sought

from ..models import Organisation, OrganisationName
from ..rules.asking import Alternatives, bearing_a_word, bearing_every_word, bearing_nearly_every_word
from ..rules.names import FIRM, TOO_SIMILAR
from .key_counts import key_counts

COMPARED = 16  # entries compared in full at each step
NAMES_SEEN = 3 * COMPARED  # names among which these are looked for: an entry has several
SURE = 0.9  # a score from which names that share less are not looked for
LIKELY = 0.5  # a score under which a name found is no answer
STEPS = ((bearing_every_word, SURE), (bearing_nearly_every_word, SURE), (bearing_a_word, LIKELY))
WORD_WORTH, TEXT_WORTH, TRADE_WORTH = 1.0, 0.5, 0.7
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
    counted = key_counts(now())
    found: dict[UUID, Alike] = {}
    for step, enough in STEPS:
        if any(one.score >= enough for one in found.values()):
            break
        known = found.keys() | ({without} if without else set())
        found |= _compared(name, rows, _best(step(asked, counted), asked, known))
    likely = [one for one in found.values() if one.score >= least]
    return sorted(likely, key=lambda one: (-one.score, one.organisation))[:most]


def _best(step: Alternatives, asked: Sought, known: set[UUID]) -> list[UUID]:
    """The organisations that share most with what is asked for, without those that are known."""
    if not step:
        return []
    rows = OrganisationName.objects.filter(reduce(or_, (_bears(groups) for groups in dict.fromkeys(step))))
    best = rows.annotate(worth=_worth(asked)).order_by("-worth", "organisation").values_list("organisation", flat=True)
    return [pk for pk in dict.fromkeys(best[:NAMES_SEEN]) if pk not in known][:COMPARED]


def _bears(groups: Iterable[frozenset[str]]) -> Q:
    return reduce(and_, (Q(search_keys__overlap=sorted(keys)) for keys in groups))


def _worth(asked: Sought) -> RawSQL:
    """What a name shares, weighed. In plain SQL: as expressions of the ORM it takes as long to write as to answer."""
    shared = [(WORD_WORTH, keys) for keys in asked.words] + [(TEXT_WORTH, asked.texts)]
    if asked.trades:
        shared.append((TRADE_WORTH, asked.trades))
    sums = " + ".join(["%s * (search_keys && %s::varchar[])::int"] * len(shared))
    values = [value for worth, keys in shared for value in (worth, sorted(keys))]
    return RawSQL(sums, values, output_field=FloatField())  # noqa: S611  (fixed text; what was typed goes in beside it)


def _compared(name: str, rows: Rows, ids: list[UUID]) -> dict[UUID, Alike]:
    borne: dict[UUID, list[str]] = defaultdict(list)
    for pk, value in rows.filter(organisation__in=ids).order_by("id").values_list(F("organisation"), "value"):
        borne[pk].append(value)
    scored = ((pk, score(name, tuple(names), FIRM)) for pk, names in borne.items())
    return {pk: Alike(pk, text, value) for pk, (value, text) in scored}


def too_similar(organisation: Organisation) -> str:
    """The name of another organisation of the register that one could take this one for; empty where there is none."""
    for name in organisation.names.all():
        for one in alike(name.value, 1, least=TOO_SIMILAR, without=organisation.pk):
            return one.name
    return ""
