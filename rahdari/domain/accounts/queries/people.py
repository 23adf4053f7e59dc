"""Finding the people who sign in. What is unknown takes as long as what is wrong."""

from __future__ import annotations

from functools import cache
from uuid import UUID

from django.contrib.auth.hashers import check_password, make_password

from rahdari.base.secrets import blinds

from ..models import IDENTITY, PHONE, Person


@cache
def _nobodys_password() -> str:
    return make_password("nobody has this password")


def person_by_password(email: str, password: str) -> Person | None:
    """The active staff member with this address and password; an unknown address costs the same time."""
    person = Person.objects.filter(email__iexact=email.strip(), staff=True).first()
    stored = person.password if person is not None and person.has_usable_password() else _nobodys_password()
    right = check_password(password, stored)
    return person if right and person is not None and person.is_active and person.has_usable_password() else None


def person_by_phone(phone: str) -> Person | None:
    """The active worker with a phone in E.164 form."""
    return Person.objects.filter(phone_index__in=blinds(phone, PHONE), staff=False, is_active=True).first()


def person_by_identity(identity: str) -> Person | None:
    """The worker with a card number in its normal form."""
    return Person.objects.filter(identity_index__in=blinds(identity, IDENTITY)).first()


def person_for_sign_in(person_id: UUID | str) -> Person | None:
    """An active person by id, for the second step of signing in."""
    return Person.objects.filter(pk=person_id, is_active=True).first()


def person_with_phone(phone: str) -> Person | None:
    """Whoever has a phone in E.164 form, active or not."""
    found: Person | None = Person.objects.filter(phone_index__in=blinds(phone, PHONE)).first()
    return found


def phone_taken(phone: str) -> bool:
    """Whether any account has a phone in E.164 form."""
    return Person.objects.filter(phone_index__in=blinds(phone, PHONE)).exists()


def invented_people_exist() -> bool:
    """Whether anybody of a demonstration is in the database: production does not start with them."""
    return Person.objects.filter(invented=True).exists()
