"""Costs under three norms, private questions and changed terms in a real browser: three languages, a phone and a desk."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client

from rahdari.domain.accounts.models import Person
from rahdari.domain.contracts import actions
from rahdari.domain.contracts.rules.questions import Said
from rahdari.project.timetable import ask_workers_again
from tests.browser.conftest import enter, look_at
from tests.make.people import sign_in, sign_in_as
from tests.make.thread import alone, at

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.sure
def test_the_pages_of_a_workers_costs_are_accessible_and_fit_a_phone(page):
    story = alone().go("costs_declared")
    worker, client = story.people["worker"], Client()
    sign_in_as(client, Person.objects.get(pk=worker.person))
    enter(page, client)
    place = f"terms/{story.case_id}/"
    look_at(page, {"ledger": place, "confirm": f"{place}costs/confirm/", "contest": f"{place}costs/contest/"})
    story.go("arrived")
    moment = at("arrived") + dt.timedelta(days=31)
    ask_workers_again(at=moment)
    look_at(page, {"again": f"{place}questions/"})
    said = Said(held=("held_passport",), asked_for_more=True, words="invented words")
    row = actions.answer_again(actor=worker, case_id=story.case_id, said=said, alone=True, at=moment)
    officer = Client()
    sign_in(officer, "grievance_pk", "MOP_HRD")
    enter(page, officer)
    answers = "terms/answers/"
    look_at(page, {"answers": answers, "answer": f"{answers}{row.pk}/", "decide": f"{answers}{row.pk}/decide/"})
