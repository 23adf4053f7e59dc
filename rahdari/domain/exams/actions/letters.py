"""What a person is told of their test: a seat that came free, a result, one made void."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from rahdari.base.letters import write_letter
from rahdari.base.work import Unit
from rahdari.domain.accounts.queries.letters import letter_to
from rahdari.domain.candidates.models import File

from ..models import Bar, Booking, Result, Voiding


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


def _write_result(unit: Unit, result: Result) -> None:
    """Tells a person that their result is there, not what it is; a result is told once."""
    if result.file is not None:
        _write(unit, result.file, "exams/letters/results", {"exam": result.exam}, result.pk)


def _write(unit: Unit, file: File, template: str, told: dict[str, Any], about: UUID | None = None) -> None:
    write_letter(unit, **letter_to(file.person, told), template=template, letter_id=about)
