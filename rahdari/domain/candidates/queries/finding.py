"""Files found by what stands in them, through blind indexes: a card, a passport, the person, the sounds of a name."""

from __future__ import annotations

from uuid import UUID

from rahdari.base.secrets import blinds
from rahdari.domain.accounts.models import Person

from ..models import CNIC, PASSPORT, File


def file_known(person: Person | None, card: str, passport: str, without: UUID | None = None) -> bool:
    """Whether some file has this card, this passport or this person already; whose it is, is not said."""
    held = File.objects.filter(cnic_index__in=blinds(card, CNIC))
    if passport:
        held |= File.objects.filter(passport_index__in=blinds(passport, PASSPORT))
    if person is not None:
        held |= File.objects.filter(person=person)
    return held.exclude(pk=without).exists()
