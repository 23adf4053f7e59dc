"""Costs under three norms, private questions and changed terms in a real browser: three languages, a phone and a desk."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client

from rahdari.base.money import Money
from rahdari.domain.accounts.models import Person
from rahdari.domain.contracts import actions
from rahdari.domain.contracts.queries import papers_of
from rahdari.domain.contracts.rules.questions import Said
from rahdari.domain.contracts.rules.receipts import ReceiptTold, line_key
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


@pytest.mark.sure
def test_the_pages_of_receipts_and_money_back_are_accessible_and_fit_a_phone(page):
    story = alone().go("costs_declared")
    worker, client = story.people["worker"], Client()
    paid = {"case_id": story.case_id, "line": line_key(papers_of(worker, story.case_id).lines[0]), "at": at("costs_declared")}
    on = at("costs_declared").date()
    for number, rupees, act, more in (
        ("HBL-0417-1", 14_000, actions.record_receipt, {}),
        ("HBL-0419-7", 4_000, actions.record_money_back, {"payer": "promoter"}),
    ):
        receipt = ReceiptTold(number, "Invented Bank of Example", on, Money("PKR", rupees * 100))
        act(actor=worker, receipt=receipt, **paid, **more)
    sign_in_as(client, Person.objects.get(pk=worker.person))
    enter(page, client)
    place = f"terms/{story.case_id}/"
    look_at(page, {"receipts": place, "receipt": f"{place}receipts/", "back": f"{place}money-back/"})
    look_at(page, {"came": f"{place}money-back/confirm/"})
