"""The pages of the way from inside Japan in a real browser: three languages, a phone and a desk."""

from __future__ import annotations

import pytest
from django.test import Client

from rahdari.domain.accounts.models import Person
from rahdari.domain.candidates import actions as candidates
from tests.browser.conftest import enter, look_at
from tests.make import candidates as make
from tests.make.candidates import AT
from tests.make.people import sign_in_as
from tests.make.thread import Story

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.sure]


def test_the_workers_pages_are_accessible_and_fit_a_phone(page):
    who, _file = make.file(tests=())
    paper = candidates.put_in_paper(actor=who, kind="training_proof", name="p.pdf", content=b"%PDF-1.4 x", at=AT)
    told = {"stage": "ii", "field": "NURSING_CARE", "months": 36, "ended_on": AT.date(), "completed_well": True}
    candidates.record_internship(actor=who, **told, paper_id=paper.pk, at=AT)
    story = Story(route="inside").go("demand_filed")
    client = Client()
    sign_in_as(client, Person.objects.get(pk=who.person))
    enter(page, client)
    look_at(
        page,
        {"offer": f"jobs/{story.demand_id}/", "apply": f"cases/apply/{story.demand_id}/", "training": "file/internships/record/"},
    )
