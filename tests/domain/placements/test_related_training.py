"""A training is related to a job by the worker's word, or by the field it was done in."""

import datetime as dt

import pytest

from rahdari.base.facts import WrongFacts, read_facts
from rahdari.base.reference import shipped_book
from rahdari.domain.placements.rules import EligibilityFacts, check_eligibility

BOOK = shipped_book()


def missing(related):
    training = {"stage": "ii", "months_completed": 35, "good_completion": True, "related_field": related}
    facts = {
        "status": "ssw1",
        "field": "INDUSTRIAL_MFG",
        "applied_on": "2026-01-01",
        "born": "1990-01-01",
        "landing_on": "2026-05-01",
    }
    facts |= {"skill_tests": [], "language": [], "titp": training}
    return check_eligibility(read_facts(EligibilityFacts, facts, BOOK), BOOK, dt.date(2026, 11, 25)).answer["missing"]


@pytest.mark.parametrize(
    ("related", "lacking"),
    [(True, []), (False, ["skill_test"]), ("INDUSTRIAL_MFG", []), ("INDUSTRIAL_MACHINERY", []), ("AGRICULTURE", ["skill_test"])],
)
def test_a_field_counts_as_related_when_it_is_the_field_of_the_job_after_mergers(related, lacking):
    assert missing(related) == lacking


def test_an_unknown_field_is_refused_with_its_path():
    with pytest.raises(WrongFacts) as wrong:
        missing("NOPE")
    assert all(fault.path.startswith("/titp/related_field") for fault in wrong.value.faults)
