"""Files found by what stands in them, through blind indexes: a card, a passport, the person, the sounds of a name."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Q, QuerySet

from rahdari.base.secrets import blinds, keyring
from rahdari.domain.accounts.models import Person
from rahdari.names.doors import VERSION

from ..models import CNIC, PASSPORT, File


def files_to_key() -> QuerySet[File]:
    """Files whose names older tables keyed, or whose numbers are indexed under a key that is not the present one."""
    old = Q(keyed_by__lt=VERSION) | ~Q(cnic_index__startswith=keyring().index[0].id)
    return File.objects.filter(old, erased_at=None).order_by("keyed_by", "id")


def file_known(person: Person | None, card: str, passport: str, without: UUID | None = None) -> bool:
    """Whether some file has this card, this passport or this person already; whose it is, is not said."""
    held = File.objects.filter(cnic_index__in=blinds(card, CNIC))
    if passport:
        held |= File.objects.filter(passport_index__in=blinds(passport, PASSPORT))
    if person is not None:
        held |= File.objects.filter(person=person)
    return held.exclude(pk=without).exists()
