"""Technical intern training in a file, and which tests it stands for (test_waivers, waiver_terms)."""

from __future__ import annotations

import datetime as dt

import pytest

from rahdari.base.reference import shipped_book
from rahdari.base.refusal import Refused
from rahdari.base.work import Missing
from rahdari.domain.candidates import actions
from rahdari.domain.candidates.models import Internship
from rahdari.domain.candidates.queries import still_missing, waiving
from rahdari.domain.candidates.queries.keeping import export_of
from rahdari.domain.candidates.rules.tests import Interned, not_waived
from tests.make import candidates as make
from tests.make.people import actor

AT, PDF = make.AT, b"%PDF-1.4 invented"
TODAY = AT.date()
TRAINED = {"stage": "ii", "field": "NURSING_CARE", "months": 34, "completed_well": True}
OF_CARE = ("NURSING_CARE_SKILL", "JFT_BASIC", "NURSING_CARE_JAPANESE")
TOLD = {"stage": "ii", "field": "NURSING_CARE", "months": 36, "ended_on": TODAY, "at": AT}


def refused(act, **told):
    with pytest.raises(Refused) as wrong:
        act(**told)
    return [one.code for one in wrong.value.refusals]


@pytest.mark.parametrize(
    ("changed", "missing"),
    [
        ({}, ()),
        ({"stage": "iii", "months": 60}, ()),
        ({"stage": "i"}, OF_CARE),
        ({"months": 33}, OF_CARE),
        ({"completed_well": False}, OF_CARE),
        ({"field": "AGRICULTURE"}, ("NURSING_CARE_SKILL", "NURSING_CARE_JAPANESE")),
    ],
)
def test_training_stands_for_the_tests_of_care_by_the_rows_of_the_tables(changed, missing):
    assert tuple(not_waived(OF_CARE, "NURSING_CARE", [Interned(**TRAINED | changed)], shipped_book(), TODAY)) == missing


@pytest.mark.parametrize(
    ("trained", "work", "missing"),
    [
        ("AGRICULTURE", "AGRICULTURE", ()),
        ("NURSING_CARE", "AGRICULTURE", ("SSW1_SKILL",)),
        ("AGRICULTURE", "AUTO_TRANSPORT", ("SSW1_SKILL", "JLPT")),  # a level above the basic one is not waived
    ],
)
def test_training_in_other_work_stands_for_the_basic_language_alone(trained, work, missing):
    left = not_waived(("SSW1_SKILL", "JLPT"), work, [Interned(**TRAINED | {"field": trained})], shipped_book(), TODAY)
    assert tuple(left) == missing


@pytest.mark.django_db
class TestRecording:
    def test_is_refused_where_it_cannot_be(self):
        who, _file = make.file(tests=())
        for changed, code in (
            ({"stage": "iv"}, "stage_unknown"),
            ({"months": 0}, "months_missing"),
            ({"ended_on": TODAY + dt.timedelta(days=1)}, "date_in_future"),
            ({"ended_on": dt.date(2009, 1, 1)}, "year_cannot_be"),
            ({"completed_well": True}, "proof_missing"),
        ):
            assert refused(actions.record_internship, actor=who, **TOLD | changed) == [code]
        other, _ = make.file(tests=())
        paper = actions.put_in_paper(actor=other, kind="training_proof", name="p.pdf", content=PDF, at=AT)
        assert refused(actions.record_internship, actor=who, **TOLD, paper_id=paper.pk) == ["paper_not_in_file"]

    def test_stands_for_tests_once_its_proof_is_in_the_file(self):
        who, opened = make.file(tests=())
        asked = ("NURSING_CARE_SKILL", "JFT_BASIC")
        assert still_missing(opened, asked, "NURSING_CARE") == list(asked) and waiving(opened, asked, "NURSING_CARE") == []
        paper = actions.put_in_paper(actor=who, kind="training_proof", name="p.pdf", content=PDF, at=AT)
        held = actions.record_internship(actor=who, **TOLD, completed_well=True, paper_id=paper.pk)
        assert still_missing(opened, asked, "NURSING_CARE") == [] and waiving(opened, asked, "NURSING_CARE") == [held]
        make.pass_tests(opened, asked)
        assert waiving(opened, asked, "NURSING_CARE") == []  # nothing stands for what is passed
        assert export_of(opened, who)["internships"][0]["months"] == 36

    def test_is_its_owners_or_a_counters_alone(self):
        make.file(tests=())
        for other in (actor("promoter_manager", node="pk"), actor("protector", node="pk")):
            assert refused(actions.record_internship, actor=other, **TOLD) == ["not_permitted"]
        with pytest.raises(Missing):
            actions.record_internship(actor=actor("oec_counter", node="pk"), **TOLD)
        assert refused(actions.record_internship, actor=actor("employer", node="jp"), **TOLD) != []
        assert not Internship.objects.exists()
