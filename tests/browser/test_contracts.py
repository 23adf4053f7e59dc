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
# A device with an Urdu voice alone, which speaks two sentences and is still at the second.
VOICES = """
window.said = []
window.stopped = false
class Utterance { constructor(text) { this.text = text } }
window.SpeechSynthesisUtterance = Utterance
Object.defineProperty(window, 'speechSynthesis', { value: {
  getVoices: () => [{ lang: 'ur-PK' }],
  speak: (one) => { window.said.push({ lang: one.lang, text: one.text }); if (window.said.length < 2) setTimeout(one.onend, 5) },
  cancel: () => { window.stopped = true },
} })
"""


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


def test_terms_stand_beside_japanese_and_are_read_aloud_in_their_own_language(page):
    story = alone().go("selected")
    client = Client()
    sign_in_as(client, Person.objects.get(pk=story.people["worker"].person))
    enter(page, client)
    page.add_init_script(VOICES)
    page.goto(f"/ur/terms/{story.case_id}/terms/")
    own, other = (page.locator(f"#told-terms tbody tr:first-child {cell}").inner_text() for cell in ("th", "td"))
    assert "تنخواہ" in own and "基本給" in other and "198,000" in own and "198,000" in other
    page.get_by_role("button", name="بلند آواز سے پڑھیں").click()
    page.wait_for_function("window.said.length == 2")
    assert page.evaluate("window.said.map(one => one.lang)") == ["ur", "ur"]
    assert page.evaluate("window.said[0].text") == page.locator("#told-terms [data-say]").first.get_attribute("data-say")
    page.get_by_role("button", name="پڑھنا بند کریں").click()
    assert page.evaluate("window.stopped") and page.locator("[data-reading]").count() == 0
    page.goto(f"/en/terms/{story.case_id}/terms/")
    page.get_by_role("button", name="Read aloud").click()
    assert page.get_by_text("This device has no voice for this language.").is_visible()


@pytest.mark.sure
def test_the_two_columns_are_accessible_and_fit_a_phone(page):
    story = alone().go("costs_declared")
    client = Client()
    sign_in_as(client, Person.objects.get(pk=story.people["worker"].person))
    enter(page, client)
    look_at(page, {"terms": f"terms/{story.case_id}/terms/", "papers": f"terms/{story.case_id}/"})
