"""People with a file, made by the acts of those who may: no file that the law forbids can come about.

worker_with_file()               a worker's actor and their file, with the tests of nursing care passed
"""

from __future__ import annotations

import datetime as dt
from itertools import count
from typing import Any

from rahdari.base.actor import Actor
from rahdari.base.facts import read_facts
from rahdari.base.reference import shipped_book
from rahdari.base.work import unit_of_work
from rahdari.domain.accounts.queries import actor_for
from rahdari.domain.candidates import actions
from rahdari.domain.candidates.models import File
from rahdari.domain.candidates.rules.file_facts import FileFacts
from tests.make.people import worker

AT = dt.datetime(2026, 11, 25, 3, 0, tzinfo=dt.UTC)
TESTS = ("NURSING_CARE_SKILL", "JFT_BASIC")
DEGREE = {
    "kind": "university",
    "institution": "Swat Institute (invented)",
    "subject": "Software",
    "year": 2023,
    "recognition": "not_asked",
}
_number = count(1)


def facts(**changed: Any) -> FileFacts:
    """What a person says of themself."""
    told = {
        "name": "ZARGHUNA KHAN",
        "father_name": "KARIM KHAN",
        "birth_date": "2001-03-14",
        "sex": "F",
        "birthplace": "Peshawar",
        "passport_no": f"ZZ{next(_number):07}",
        "passport_until": AT.date().replace(year=AT.year + 8),
        "skills": ["care of older people"],
        "languages": [{"language": "ja", "level": "middle"}],
        "education": ["Diploma in nursing"],
        "work": [{"isco": "5322", "months": 18}],
        "available_from": AT.date() + dt.timedelta(days=68),
    }
    return read_facts(FileFacts, told | changed, shipped_book())


def file(person: Any = None, *, at: dt.datetime = AT, tests: tuple[str, ...] = TESTS, **changed: Any) -> tuple[Actor, File]:
    """A worker who opened a file, with tests passed."""
    actor = actor_for(person or worker(), None)
    opened = actions.open_file(actor=actor, told=facts(**changed), at=at)
    pass_tests(opened, tests, at=at)
    return actor, opened


def pass_tests(opened: File, tests: tuple[str, ...] = TESTS, *, source: str = "system", at: dt.datetime = AT) -> None:
    """Tests passed a month before, as an action above records them."""
    node = Actor("pk", "node", "pk", channel="mailroom")
    with unit_of_work("exams.record_results", actor=node, at=at) as unit:
        for exam in tests:
            actions.record_qualification(
                actor=node,
                file_id=opened.pk,
                exam=exam,
                field="NURSING_CARE" if exam.startswith("NURSING") else "",
                passed_on=dt.date(2026, 10, 25),
                certificate_no=f"C-{exam}" if source == "paper" else "",
                source=source,
                at=at,
            )
        unit.about(opened)


def pass_language(opened: File, exam: str, level: str, *, at: dt.datetime = AT) -> None:
    """A language test of a level passed a month before."""
    node = Actor("pk", "node", "pk", channel="mailroom")
    with unit_of_work("exams.record_results", actor=node, at=at) as unit:
        told = {"exam": exam, "field": "", "level": level, "passed_on": dt.date(2026, 10, 25), "certificate_no": "", "at": at}
        actions.record_qualification(actor=node, file_id=opened.pk, source="system", **told)
        unit.about(opened)
