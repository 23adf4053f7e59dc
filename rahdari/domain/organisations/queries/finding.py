"""Looking organisations up: by number, by name in any script, by the phone of an office; and who stands behind several."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db.models import QuerySet

from rahdari.base.reference import Book
from rahdari.base.secrets import blinds
from rahdari.domain.accounts.rules.phones import REGIONS, normal_phone
from rahdari.names.doors import VERSION

from ..models import IDENTITY, PHONE, Identifier, Individual, Officer, Organisation, OrganisationName
from ..rules.identifiers import normalise
from ..rules.individuals import STANDING
from ..rules.licences import KINDS
from ..rules.standing import BANNED, Standing
from .alike import alike
from .standing import standing_of

MOST, SHORTEST, LONGEST = 30, 2, 200
NUL = "\x00"  # the one letter the database cannot look for
BY_NUMBER, BY_PHONE, BY_NAME = "number", "phone", "name"


@dataclass(frozen=True, slots=True)
class Found:
    """One organisation of the register with how it stands, its names in their scripts, and the phones of its office."""

    row: Organisation
    standing: Standing
    names: tuple[str, ...]
    phones: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Search:
    """What was looked for, by what it was found, what was found; since when a warning stands against who has this phone."""

    asked: str
    by: str = ""
    found: Sequence[Found] = field(default_factory=tuple)
    too_short: bool = False
    warned_since: dt.date | None = None


def published() -> QuerySet[Organisation]:
    """The register as anyone may read it: what was told to the public, own and mirrored."""
    return Organisation.objects.filter(published_at__isnull=False)


def search(asked: str, *, day: dt.date, book: Book) -> Search:
    """Looks an organisation up for anyone: a number first, then the phone of an office, then a name.

    Of a person's phone nothing is answered but that a warning stands. At most thirty are given, the likest name first.
    """
    text = " ".join(asked.replace(NUL, "").split())[:LONGEST]
    if len(text) < SHORTEST:
        return Search(text, too_short=bool(text))
    warned = _warned_since(text)
    for by, rows in ((BY_NUMBER, by_number(text)), (BY_PHONE, _by_phone(text))):
        if found := list(_with_parts(rows)[:MOST]):
            return Search(text, by, seen(found, day), warned_since=warned)
    return Search(text, BY_NAME, named_like(text, MOST, day), warned_since=warned)


def named_like(name: str, most: int, day: dt.date) -> list[Found]:
    """The organisations of the public register that a name may be, the likest first."""
    ids = [one.organisation for one in alike(name, most)]
    rows_by_id = {one.pk: one for one in _with_parts(published().filter(pk__in=ids))}
    return seen([rows_by_id[pk] for pk in ids if pk in rows_by_id], day)


def numbered(number: str, most: int, day: dt.date) -> list[Found]:
    """The organisations of the public register that bear a number, now or before; of a text that is none, none."""
    return seen(list(_with_parts(by_number(number))[:most]), day)


def seen(rows: Sequence[Organisation], day: dt.date) -> list[Found]:
    """Organisations with their standing, names and office phones; costs no query of its own where the parts are prefetched."""
    return [
        Found(
            one,
            standing_of(one, day),
            tuple(name.value for name in one.names.all()),
            tuple(phone.shown for phone in one.phones.all() if phone.office),
        )
        for one in rows
    ]


def _with_parts(rows: QuerySet[Organisation]) -> QuerySet[Organisation]:
    return rows.prefetch_related("names", "phones", "changes", "branches")


def by_number(text: str) -> QuerySet[Organisation]:
    """Those of both registers that bear a number, now or before; a text with a digit is one, written as each kind is written."""
    if not any(letter.isdigit() for letter in text):
        return published().none()
    forms = {form for kind in KINDS.values() for form in kind.numbers}
    written = sorted({value for form in forms if (value := normalise(form, text))})
    ids = set(Organisation.objects.filter(number__in=written).values_list("pk", flat=True))
    ids |= set(Identifier.objects.filter(value__in=written).values_list("organisation", flat=True))
    for value in written:
        ids |= set(Organisation.objects.filter(old_numbers__contains=[value]).values_list("pk", flat=True))
    return published().filter(pk__in=ids).order_by("registry_id")


def _by_phone(text: str) -> QuerySet[Organisation]:
    rows = published().filter(phones__office=True, phones__number_index__in=_phone_indexes(text))
    return rows.distinct().order_by("registry_id")


def _warned_since(text: str) -> dt.date | None:
    """Since when a warning stands against somebody reached by this phone: the one thing anyone may learn, without a name."""
    rows = Individual.objects.filter(state=STANDING, phones__number_index__in=_phone_indexes(text))
    return rows.order_by("stands_from").values_list("stands_from", flat=True).first()


def _phone_indexes(text: str) -> list[str]:
    """The blind indexes of a text as a telephone number of either side; none where it is no number."""
    phones = {phone for side in REGIONS if (phone := normal_phone(text, side))}
    return [index for phone in phones for index in blinds(phone, PHONE)]


def names_to_key() -> bool:
    """Whether names stand in the register under keys that another version of the workshop of names made."""
    return any(model.objects.filter(keyed_by__lt=VERSION).exists() for model in (OrganisationName, Officer, Individual))


def banned_officers(organisation: Organisation) -> int:
    """How many of its officers, by the number of their card, stood behind a licence taken away, or stand under a warning."""
    own = [set(blinds(one.identity, IDENTITY)) for one in organisation.officers.filter(until=None) if one.identity]
    asked = {index for indexes in own for index in indexes}
    behind = Officer.objects.filter(identity_index__in=asked, organisation__state__in=BANNED).exclude(organisation=organisation)
    warned = Individual.objects.filter(identity_index__in=asked, state=STANDING)
    found = {index for rows in (behind, warned) for index in rows.values_list("identity_index", flat=True)}
    return sum(bool(indexes & found) for indexes in own)
