"""What a person is told of their test by telephone: a seat that came free, a result that was made void."""

from __future__ import annotations

from typing import Any

from django.utils.translation import override

from rahdari.base.letters import write_letter
from rahdari.base.work import Unit
from rahdari.domain.candidates.models import File
from rahdari.web.words import spoken

from ..models import Bar, Booking, Voiding


def _write_moved_up(unit: Unit, booking: Booking, file: File) -> None:
    """Tells somebody who waited that they have a seat."""
    sitting = booking.sitting
    told = {"exam": sitting.exam, "venue": sitting.venue, "starts_at": sitting.starts_at, "number": booking.number}
    _write(unit, file, "exams/letters/moved_up", told)


def _write_void(unit: Unit, voiding: Voiding, file: File) -> None:
    """Tells a person that their result was made void, and until when they may appeal."""
    told = {"exam": voiding.sitting.exam, "appeal_until": voiding.appeal_until}
    _write(unit, file, "exams/letters/void", told)


def _write_bar(unit: Unit, bar: Bar, file: File) -> None:
    """Tells a person that they are barred from tests, or free again."""
    told = {"exam": bar.booking.sitting.exam, "until": bar.barred_until}
    _write(unit, file, f"exams/letters/{bar.state}", told)


def _write(unit: Unit, file: File, template: str, told: dict[str, Any]) -> None:
    person = file.person
    with override(person.language):
        values = {name: spoken(value) for name, value in told.items()}
    address, language = person.phone or "", person.language
    write_letter(unit, to=person.pk, way="sms", address=address, language=language, template=template, values=values)
