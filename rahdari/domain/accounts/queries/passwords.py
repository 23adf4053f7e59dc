"""Links by which staff choose a password: signed, for three days, void once the password has changed."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.urls import reverse
from django.utils.translation import override

from ..models import Person


def link_for(person: Person, language: str) -> str:
    """The whole address under which a person chooses a password."""
    with override(language):
        path = reverse("accounts.choose_password", args=[person.pk, default_token_generator.make_token(person)])
    return f"{settings.RAHDARI_ADDRESS}{path}"


def person_by_link(person_id: UUID, token: str) -> Person | None:
    """The active member of staff whose link this is, None when it is spent, too old or made up."""
    person = Person.objects.filter(pk=person_id, staff=True, is_active=True).first()
    return person if person is not None and default_token_generator.check_token(person, token) else None
