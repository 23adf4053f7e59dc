"""Organisations laid beside each other: which of the registers are worth comparing with one, and what ties two of them.

Personal numbers and names are opened here to be compared. What leaves is for the node's own screening, or for a page
that shows each reader what is open to them (`queries/matches.py`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from uuid import UUID

from django.db.models import Q, QuerySet

from rahdari.base.secrets import blind, blinds

from ..models import ACCOUNT, IDENTITY, NAME_KEY, PHONE, Account, Identifier, Officer, Organisation, Phone
from ..rules.matching import LIKE_BANNED_FIRM, PERSONAL, Side, Someone, Tie, ties_between
from ..rules.names import keys_of_person
from ..rules.standing import BANNED
from .alike import alike

TIE = "organisations.tie"
MOST_COMPARED = 60  # organisations laid beside one in one screening, those with a number in common first
MOST_ALIKE = 20
PARTS = ("names", "identifiers", "officers", "accounts", "phones")


def with_parts(rows: QuerySet[Organisation]) -> QuerySet[Organisation]:
    """Organisations with everything they are compared by, in a fixed number of queries."""
    return rows.prefetch_related(*PARTS)


def side_of(row: Organisation) -> Side:
    """What an organisation is compared by; present and former officers alike, since people are what stays."""
    return Side(
        names=tuple(one.value for one in row.names.all()),
        numbers=frozenset(filter(None, (row.number, *row.old_numbers))),
        identifiers=frozenset((one.kind, one.value) for one in row.identifiers.all()),
        accounts=frozenset(one.number for one in row.accounts.all()),
        phones=frozenset(phone for one in row.phones.all() if (phone := one.shown or one.number or "")),
        people=tuple(Someone(one.name, one.identity or "") for one in row.officers.all()),
        address=row.address,
        banned=row.state in BANNED,
    )


def ties_of(one: Organisation, other: Organisation) -> list[Tie]:
    """What ties two organisations, the strongest first."""
    return ties_between(side_of(one), side_of(other))


def mark_of(tie: Tie) -> str:
    """The mark of a tie as it is kept: what is personal as a blind index."""
    return f"{tie.code} {blind(tie.mark, TIE)}" if tie.code in PERSONAL else tie.mark


def is_new(tie: Tie, judged: Iterable[str]) -> bool:
    """Whether nobody judged this tie yet, under whichever key it was blinded."""
    marks = {f"{tie.code} {one}" for one in blinds(tie.mark, TIE)} if tie.code in PERSONAL else {tie.mark}
    return not marks & set(judged)


def worth_comparing(row: Organisation) -> list[Organisation]:
    """Organisations of both registers that share a number, a person or a like name with this one, also such as are no more."""
    side = side_of(row)
    by_number = _by_numbers(side) | holders_of(side)
    people = {key for one in side.people for plain in keys_of_person(one.name) for key in blinds(plain, NAME_KEY)}
    by_name = [one.organisation for name in side.names for one in alike(name, MOST_ALIKE, least=LIKE_BANNED_FIRM, told=False)]
    by_person = set(
        Officer.objects.filter(name_keys__overlap=sorted(people)).values_list("organisation", flat=True)[:MOST_COMPARED]
    )
    ids = list(dict.fromkeys([*sorted(by_number), *by_name, *sorted(by_person)]))
    ids = [pk for pk in ids if pk != row.pk][:MOST_COMPARED]
    return list(with_parts(Organisation.objects.filter(pk__in=ids)))


def _by_numbers(side: Side) -> set[UUID]:
    numbers = Q(number__in=side.numbers)
    for one in side.numbers:
        numbers |= Q(old_numbers__contains=[one])
    found = set(Organisation.objects.filter(numbers).values_list("pk", flat=True)) if side.numbers else set()
    values = [value for _, value in side.identifiers]
    return found | set(Identifier.objects.filter(value__in=values).values_list("organisation", flat=True))


def holders_of(side: Side) -> set[UUID]:
    """Organisations that have a phone, an account or a person's card of this one."""
    cards = [one.identity for one in side.people if one.identity]
    asked: Sequence[tuple[type, str, Iterable[str], str]] = (
        (Phone, "number_index", side.phones, PHONE),
        (Account, "number_index", side.accounts, ACCOUNT),
        (Officer, "identity_index", cards, IDENTITY),
    )
    found: set[UUID] = set()
    for model, column, values, purpose in asked:
        indexes = [index for value in values for index in blinds(value, purpose)]
        rows = model.objects.filter(**{f"{column}__in": indexes})  # type: ignore[attr-defined]  # the tables named above
        found |= set(rows.values_list("organisation", flat=True)[: 2 * MOST_COMPARED]) if indexes else set()
    return found
