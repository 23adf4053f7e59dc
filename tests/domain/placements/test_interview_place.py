"""A time without a place: the sentence that says so, on the page as for programs, and no error of ours."""

from __future__ import annotations

import pytest

from rahdari.base.refusal import Refused
from rahdari.domain.placements.forms.steps import take_set_interview
from rahdari.domain.placements.models import Interview
from tests.make import jobs
from tests.make import placements as make


@pytest.mark.django_db
def test_is_refused_where_nothing_is_said_of_it():
    _who, case = make.case("nominated")
    told = {"starts_at": make.interview_at(make.AT), "language": "ja"}
    with pytest.raises(Refused) as wrong:
        take_set_interview(actor=jobs.promoter(), case_id=case.pk, at=make.AT, **told)
    assert "place_missing" in [one.code for one in wrong.value.refusals]
    assert not Interview.objects.exists()
