"""Tests passed: pushed down by exams, which hears them from the examiner or reads them off a certificate."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from rahdari.base.actor import Actor
from rahdari.base.refusal import Refusal
from rahdari.base.work import unit_of_work

from ..access import PERMITS
from ..models import File, Qualification


def record_qualification(
    *, actor: Actor, file_id: UUID, exam: str, passed_on: dt.date, field: str = "", level: str = "", result: UUID | None = None,
    certificate_no: str = "", source: str = "system", at: dt.datetime,
) -> Qualification:  # fmt: skip
    """Records a test a person passed; called only inside the action that learned of it. `source` is `system` or `paper`.

    The same result told again leaves what is there: a paper one becomes the examiner's own word.
    """
    with unit_of_work("candidates.record_qualification", actor=actor, at=at) as unit:
        unit.permit(PERMITS["record_qualification"])
        unit.refuse([] if unit.within else [Refusal("not_permitted")])
        file = unit.lock(File, file_id)
        held = Qualification.objects.select_for_update().filter(file=file, exam=exam, field=field, void_from=None).first()
        if held is None:
            held = unit.add(
                Qualification(
                    file=file,
                    exam=exam,
                    field=field,
                    level=level,
                    passed_on=passed_on,
                    result=result,
                    certificate_no=certificate_no,
                    source=source,
                )
            )
        elif held.source == "paper" and source == "system":
            held.source, held.passed_on, held.result = source, passed_on, result
            held.level, held.certificate_no = level or held.level, certificate_no or held.certificate_no
            unit.save(held)
        unit.about(held, exam=exam, source=held.source)
    return held
