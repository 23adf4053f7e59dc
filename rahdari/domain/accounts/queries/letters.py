"""How a letter to a person goes: by which way, to which address, in which language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import override

from rahdari.web.words import spoken

from ..models import Person


def letter_to(person: Person, told: Mapping[str, object]) -> dict[str, Any]:
    """What `write_letter` takes of a person and of what they are told, but for the template.

    It goes to the phone, by mail where there is none, and where there is neither it is only noted. What is told is said in
    the language of the person, lazy words and addresses of pages too; a number stays a number, for its plural.
    """
    way, address = ("email", person.email) if person.email and not person.phone else ("sms", person.phone)
    with override(person.language):
        values = {name: value if isinstance(value, int) else spoken(value) for name, value in told.items()}
    return {"to": person.pk, "way": way, "address": address or "", "language": person.language, "values": values}
