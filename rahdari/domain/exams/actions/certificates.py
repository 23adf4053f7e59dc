"""A result from a certificate, where the examiner's node is not there to tell it: entered by one office, checked by another."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from rahdari.base.actor import Actor
from rahdari.base.clock import day_at
from rahdari.base.editions import current_book
from rahdari.base.refusal import Refusal
from rahdari.base.work import Unit, unit_of_work
from rahdari.domain.candidates.actions import record_qualification, void_qualification
from rahdari.domain.candidates.models import File
from rahdari.domain.jobs.actions import keep_paper
from rahdari.domain.jobs.queries import due_after
from rahdari.domain.jobs.rules.papers import PAPER, Paper

from ..access import PERMITS
from ..models import Result, VoidedResult
from ..queries.sittings import file_to_book
from ..rules.results import certificate_key, why_not_check
from ..rules.sittings import exam_row, levels_of
from .letters import _write_result

CHECK = "exams.check_certificate"


def record_certificate(
    *, actor: Actor, file_id: UUID, exam: str, field: str = "", level: str = "", on: dt.date, certificate_no: str,
    paper: Paper | None = None, at: dt.datetime,
) -> Result:  # fmt: skip
    """A training desk enters a test passed from its certificate, with the scan; the Protector must check its number.

    Refuses `exam_unknown`, `field_not_open`, `level_missing`, `number_missing`, `date_in_future`, and what `jobs.keep_paper`
    refuses of the paper. Leaves a result that does not count yet, and the clock of the Protector.
    """
    with unit_of_work("exams.record_certificate", actor=actor, at=at) as unit:
        unit.permit(PERMITS["record_certificate"])
        file = file_to_book(actor, file_id, at)
        unit.refuse(_why_not_certificate(exam, field, level, on, certificate_no, day_at(at, actor.node)))
        kept = keep_paper(actor=actor, paper=paper, on=on, own_side=False, numbered=False, at=at)
        result = unit.add(
            Result(
                home=actor.node,
                file=file,
                exam=exam,
                field=field,
                test_level=level,
                sat_on=on,
                outcome="pass",
                certificate_no=certificate_no.strip(),
                certificate_key=certificate_key(certificate_no),
                source=PAPER,
                paper=kept,
                state="result_to_check",
                recorded_at=at,
                entered_by=actor.person,
            )
        )
        unit.wait(
            CHECK,
            result,
            holder_body="PROTECTOR",
            holder_role="protector",
            holder_side=actor.node,
            matter={"exam": exam, "number": result.certificate_no},
            url_name=CHECK,
            url_args=[str(result.pk)],
            due_at=due_after(CHECK, at, current_book(), actor.node),
        )
        unit.about(result, exam=exam, certificate_no=result.certificate_no)
    return result


def _why_not_certificate(exam: str, field: str, level: str, on: dt.date, number: str, today: dt.date) -> list[Refusal]:
    book = current_book()
    row = exam_row(book, exam, on)
    if row is None:
        return [Refusal("exam_unknown", member="exam")]
    against = []
    if row["field"] not in ("", field) or (row["kind"].startswith("skill") and book.one("fields", code=field) is None):
        against.append(Refusal("field_not_open", {"field": field}, member="field"))
    levels = levels_of(book, exam, on)
    if row["kind"] == "language" and levels and level not in levels:
        against.append(Refusal("level_missing", {"levels": levels}, member="level"))
    if not number.strip():
        against.append(Refusal("number_missing", {"what": "certificate_no"}, member="certificate_no"))
    if on > today:
        against.append(Refusal("date_in_future", {"day": on}, member="on"))
    return against


def check_certificate(*, actor: Actor, result_id: UUID, certificate_no: str, seen: int | None = None, at: dt.datetime) -> Result:
    """The Protector types the number as the examiner confirms it; equal numbers let the result stand.

    Refuses `certificate_differs`, `four_eyes` to whoever entered it, `wrong_state`, `stale`. Leaves the qualification in the
    person's file, marked as from paper.
    """
    with unit_of_work("exams.check_certificate", actor=actor, at=at) as unit:
        unit.permit(PERMITS["check_certificate"])
        result = unit.lock(Result, result_id, seen=seen)
        unit.refuse(
            why_not_check(
                state=result.state,
                same_person=actor.person is None or result.entered_by == actor.person,
                number_agrees=certificate_key(certificate_no) == result.certificate_key,
            )
        )
        result.state, result.checked_by = "result_stands", actor.person
        unit.save(result)
        unit.settle(CHECK, result)
        _qualify(unit, result)
        _write_result(unit, result)
        unit.about(result, exam=result.exam, certificate_no=result.certificate_no)
    return result


def _qualify(unit: Unit, result: Result) -> None:
    """Puts a passed test into the file of the person, where placements find it."""
    file: File | None = result.file
    if file is None or result.outcome != "pass":
        return
    record_qualification(
        actor=unit.actor,
        file_id=file.pk,
        exam=result.exam,
        field=result.field,
        level=result.test_level,
        passed_on=result.sat_on,
        result=result.pk,
        certificate_no=result.certificate_no,
        source=result.source,
        at=unit.at,
    )
    if VoidedResult.objects.filter(result__file=file).exists():
        unit.tell("exams.tests_stand", person=file.pseudonym)


def _void_proof(unit: Unit, result: Result) -> None:
    """Takes what a result proved out of the file of the person; where they passed the test another time, that counts instead."""
    if result.file_id is None or result.outcome != "pass":
        return
    void_qualification(actor=unit.actor, result=result.pk, on=day_at(unit.at, unit.actor.node), at=unit.at)
    passed = Result.objects.filter(file=result.file_id, exam=result.exam, field=result.field, outcome="pass")
    other = passed.filter(state="result_stands").exclude(pk=result.pk).select_related("file").order_by("sat_on").last()
    if other is not None:
        _qualify(unit, other)
