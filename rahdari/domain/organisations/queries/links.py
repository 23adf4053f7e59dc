"""What an organisation shares with others over two steps, as far as it is open to the reader.

Where the people behind an organisation are closed to the reader, nothing personal of it is drawn or counted.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from uuid import UUID

from django.db.models import Q, QuerySet

from rahdari.base.actor import Actor

from ..models import Organisation, PowerOfAttorney
from ..rules.links import Net, Thing, net_from
from ..rules.matching import Side
from ..rules.names import fold
from .comparing import holders_of, side_of, with_parts
from .desk import organisations_visible_to, persons_open

MOST = 40  # organisations of one net, the start included
SHORTEST_ADDRESS = 12  # letters: a town alone is no address


def net_of(actor: Actor, row: Organisation) -> Net:
    """The net around one organisation that the actor may see."""
    found: dict[UUID, Organisation] = {}
    frontier = [row.pk]
    for _step in range(3):
        fresh = [pk for pk in frontier if pk not in found][: MOST - len(found)]
        rows = list(_parts(organisations_visible_to(actor).filter(pk__in=fresh)))
        found |= {one.pk: one for one in rows}
        frontier = sorted(_neighbours(actor, rows))
    names = {str(pk): next((one.value for one in row.names.all()), row.registry_id) for pk, row in found.items()}
    return net_from(str(row.pk), names, {str(pk): list(_things(actor, one)) for pk, one in found.items()})


def _parts(rows: QuerySet[Organisation]) -> QuerySet[Organisation]:
    return with_parts(rows).prefetch_related("powers")


def _neighbours(actor: Actor, rows: Sequence[Organisation]) -> set[UUID]:
    """Organisations that share something with one of these; what they share is looked at again when they are loaded."""
    principals = {one.principal for row in rows for one in row.powers.all()}
    own = {row.registry_id for row in rows}
    same = Q(registry_id__in=principals)
    same |= Q(pk__in=PowerOfAttorney.objects.filter(principal__in=principals | own).values("organisation"))
    for row in rows:
        if len(fold(row.address)) >= SHORTEST_ADDRESS:
            same |= Q(address__iexact=row.address)
    found = set(Organisation.objects.filter(same).values_list("pk", flat=True)[:MOST])
    shown = {one.shown for row in rows for one in row.phones.all() if one.shown}
    sides = [side_of(row) for row in rows if persons_open(actor, row)]
    return found | holders_of(
        Side(
            names=(),
            accounts=frozenset().union(*(one.accounts for one in sides)),
            phones=frozenset(shown).union(*(one.phones for one in sides)),
            people=tuple(someone for one in sides for someone in one.people),
        )
    )


def _things(actor: Actor, row: Organisation) -> Iterator[Thing]:
    yield from (Thing("phone", f"phone {one.shown}", one.shown) for one in row.phones.all() if one.shown)
    if len(fold(row.address)) >= SHORTEST_ADDRESS:
        yield Thing("address", f"address {fold(row.address)}", row.address)
    yield from _principals(row)
    if persons_open(actor, row):
        yield from _personal(row)


def _principals(row: Organisation) -> Iterable[Thing]:
    """The principals it acts for; an employer of the register stands for itself."""
    own = [Thing("principal", f"principal {row.registry_id}", name.value) for name in row.names.all()[:1]]
    return own + [Thing("principal", f"principal {one.principal}", one.principal_name) for one in row.powers.all()]


def _personal(row: Organisation) -> Iterator[Thing]:
    for phone in row.phones.all():
        if phone.number:
            yield Thing("phone", f"phone {phone.number}", phone.number)
    for account in row.accounts.all():
        yield Thing("account", f"account {account.number}", f"{account.bank} {account.number}")
    for officer in row.officers.all():
        # By the card where it is known; a name alone ties nobody here, that is for the matches.
        if officer.identity:
            yield Thing("person", f"person {officer.identity}", officer.name)
