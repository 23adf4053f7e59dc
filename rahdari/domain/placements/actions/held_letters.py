"""What a worker is told of a case that is held by a fallen licence, and of the answer of the one they chose."""

from __future__ import annotations

import datetime as dt
from typing import Any

from rahdari.base.letters import write_letter
from rahdari.base.work import Unit
from rahdari.domain.accounts.queries.letters import letter_to

from ..models import Case, CaseMove


def _write_held(unit: Unit, case: Case, until: dt.date) -> None:
    """The case is held; until when the worker may choose how it goes on."""
    _write(unit, case, "placements/letters/held", {"number": case.number, "until": until})


def _write_answer(unit: Unit, case: Case, move: CaseMove) -> None:
    """Whether the one they chose takes the case over."""
    _write(unit, case, f"placements/letters/{move.state}", {"number": case.number})


def _write(unit: Unit, case: Case, template: str, told: dict[str, Any]) -> None:
    if case.file is not None:
        write_letter(unit, **letter_to(case.file.person, told), template=template)
