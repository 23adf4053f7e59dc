"""Degrees, practice and training in Japan recorded in a file, for work that takes them instead of a test."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from rahdari.base.actor import Actor
from rahdari.base.clock import day_at
from rahdari.base.refusal import Refusal
from rahdari.base.work import unit_of_work

from ..access import PERMITS
from ..models import Degree, File, FilePaper, Internship, Practice
from ..queries.files import file_at_hand
from ..rules.learnt import why_not_degree, why_not_internship, why_not_practice


def record_degree(
    *, actor: Actor, kind: str, institution: str, subject: str, year: int, recognition: str, recognition_no: str = "",
    paper_id: UUID | None = None, file_id: UUID | None = None, at: dt.datetime,
) -> Degree:  # fmt: skip
    """Records a degree or diploma in a file: where, in what, in which year, whether it is recognised.

    Refuses `degree_kind_unknown`, `year_cannot_be`, `recognition_unknown`, `recognition_no_missing`, `paper_not_in_file`.
    """
    with unit_of_work("candidates.record_degree", actor=actor, at=at) as unit:
        unit.permit(PERMITS["record_degree"])
        file = unit.lock(File, file_at_hand(actor, file_id, at).pk)
        told = {"kind": kind, "year": year, "recognition": recognition, "recognition_no": recognition_no}
        unit.refuse(why_not_degree(**told, born=file.birth_date, today=day_at(at, "pk")))  # type: ignore[arg-type]
        paper = _paper(file, paper_id)
        unit.refuse([] if paper_id is None or paper is not None else [Refusal("paper_not_in_file", member="paper_id")])
        degree = Degree(  # type: ignore[misc]  # signed in, or refused above
            file=file, **told, institution=institution.strip(), subject=subject.strip(), paper=paper, recorded_at=at,
            recorded_by=actor.person,
        )  # fmt: skip
        unit.add(degree)
        unit.about(degree, kind=kind, recognition=recognition)
    return degree


def record_practice(
    *, actor: Actor, employer: str, isco: str, from_on: dt.date, until: dt.date | None = None, paper_id: UUID | None = None,
    file_id: UUID | None = None, at: dt.datetime,
) -> Practice:  # fmt: skip
    """Records practice with one employer in a file: the kind of work by ISCO-08, from a day until another (exclusive).

    Refuses `date_in_future`, `year_cannot_be`, `practice_ends_before`, `paper_not_in_file`.
    """
    with unit_of_work("candidates.record_practice", actor=actor, at=at) as unit:
        unit.permit(PERMITS["record_practice"])
        file = unit.lock(File, file_at_hand(actor, file_id, at).pk)
        unit.refuse(why_not_practice(from_on=from_on, until=until, born=file.birth_date, today=day_at(at, "pk")))
        paper = _paper(file, paper_id)
        unit.refuse([] if paper_id is None or paper is not None else [Refusal("paper_not_in_file", member="paper_id")])
        practice = Practice(
            file=file, employer=employer.strip(), isco=isco, from_on=from_on, until=until, paper=paper, recorded_at=at,
            recorded_by=actor.person,  # type: ignore[misc]
        )  # fmt: skip
        unit.add(practice)
        unit.about(practice, isco=isco)
    return practice


def record_internship(
    *, actor: Actor, stage: str, field: str, months: int, ended_on: dt.date, completed_well: bool = False,
    paper_id: UUID | None = None, file_id: UUID | None = None, at: dt.datetime,
) -> Internship:  # fmt: skip
    """Records technical intern training in a file: its stage, the field of its work, its whole months, whether it went well.

    Training (ii) that was well completed takes the place of tests (`test_waivers`). Refuses `stage_unknown`, `months_missing`,
    `date_in_future`, `year_cannot_be`, `paper_not_in_file`, `proof_missing` for training said to be well completed.
    """
    with unit_of_work("candidates.record_internship", actor=actor, at=at) as unit:
        unit.permit(PERMITS["record_internship"])
        file = unit.lock(File, file_at_hand(actor, file_id, at).pk)
        told = {"stage": stage, "months": months, "ended_on": ended_on}
        unit.refuse(why_not_internship(**told, born=file.birth_date, today=day_at(at, "pk")))  # type: ignore[arg-type]
        paper = _paper(file, paper_id)
        unit.refuse([] if paper_id is None or paper is not None else [Refusal("paper_not_in_file", member="paper_id")])
        unit.refuse([Refusal("proof_missing", member="paper_id")] if completed_well and paper is None else [])
        internship = Internship(  # type: ignore[misc]  # signed in, or refused above
            file=file, **told, field=field, completed_well=completed_well, paper=paper, recorded_at=at, recorded_by=actor.person,
        )  # fmt: skip
        unit.add(internship)
        unit.about(internship, stage=stage, field=field)
    return internship


def _paper(file: File, paper_id: UUID | None) -> FilePaper | None:
    return file.papers.filter(pk=paper_id, taken_out_at=None).first() if paper_id is not None else None
