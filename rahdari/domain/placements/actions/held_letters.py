"""What a worker is told by telephone of a case that is held by a fallen licence, and of the answer of the one they chose."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils.translation import override

from rahdari.base.letters import write_letter
from rahdari.base.work import Unit
from rahdari.web.words import spoken

from ..models import Case, CaseMove


def _write_held(unit: Unit, case: Case, until: dt.date) -> None:
    """The case is held; until when the worker may choose how it goes on."""
    _write(unit, case, "placements/letters/held", {"number": case.number, "until": until})


def _write_answer(unit: Unit, case: Case, move: CaseMove) -> None:
    """Whether the one they chose takes the case over."""
    _write(unit, case, f"placements/letters/{move.state}", {"number": case.number})


def _write(unit: Unit, case: Case, template: str, told: dict[str, Any]) -> None:
    if case.file is None:
        return
    person = case.file.person
    with override(person.language):
        values = {name: spoken(value) for name, value in told.items()}
    to = {"way": "sms", "address": person.phone or "", "language": person.language}
    write_letter(unit, to=person.pk, **to, template=template, values=values)
