"""A candidate's own way in Urdu on a phone of 360 px: vacancy, account, file, application, tests, interview. Every page is readable."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.test import override_settings

from rahdari.base.clock import now
from rahdari.base.letters import letters_in_folder
from rahdari.domain.exams.models import Booking, Sitting
from rahdari.domain.placements.models import Case, Interview
from tests.browser.conftest import axe_faults, overflow, shot
from tests.make import exams as make_exams
from tests.make import jobs, placements
from tests.make.thread import TESTS

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.sure]
PHONE = "03001112233"
FORM = "main button.btn:not(.alt)"


def seats(exam: str, field: str, level: str) -> Sitting:
    """Seats of a sitting, as Japan's node told them."""
    with override_settings(RAHDARI_NODE="jp", RAHDARI_PARTNER="pk"):
        return make_exams.sitting(exam, field, level, starts_at=now() + dt.timedelta(days=9), at=now())


def readable(page) -> None:
    """The page is Urdu from right to left, fits the phone and has no fault of access."""
    assert page.locator("html").get_attribute("lang") == "ur" and page.locator("html").get_attribute("dir") == "rtl"
    shot(page)
    assert overflow(page) == 0, page.url
    assert axe_faults(page) == [], page.url


def go(page, place: str) -> None:
    """Follows the first way the page shows to an address in which this stands."""
    page.locator(f"main a[href*='{place}']").first.click()
    page.wait_for_url(f"**{place}**")
    readable(page)


def send(page, onto: str) -> None:
    """Sends the form of the page and comes to an address that matches."""
    page.locator(FORM).first.click()
    page.wait_for_load_state()
    refused = page.locator("main .err, main .alert.bad").all_inner_texts()
    assert refused == [], (page.url, refused)
    page.wait_for_url(onto)
    readable(page)


def test_a_candidate_goes_from_the_vacancy_to_the_interview_in_urdu_on_a_phone(page):
    vacancy = jobs.vacancy(at=now())
    sittings = [seats(*told) for told in TESTS]
    page.set_viewport_size({"width": 360, "height": 740})

    # Anyone looks for work: one word typed in Urdu, the vacancy with its pay, costs and odds.
    page.goto("/ur/jobs/")
    readable(page)
    page.locator("main input[name=q]").press_sequentially("نرسنگ", delay=10)
    go(page, f"/jobs/{vacancy.pk}/")

    # To apply one signs in by a code to the phone; nobody knows her yet, so the same way opens her account.
    go(page, "/sign-in/")
    page.locator("main input[name=phone]").fill(PHONE)
    send(page, "**/code/**")
    code = re.search(r"\d{6}", letters_in_folder(1)[0].text)[0]
    page.locator("main input[name=code]").fill(code)
    send(page, "**/ur/account/open/")
    page.fill("main input[name=name]", "زرغونہ خان")
    page.fill("main input[name=identity]", "۱۷۳۰۱ ۵۵۵۰۰۰۰ ۴")
    send(page, re.compile("/ur/file/guide/"))

    # The account leads to the file, a few questions a page, and the file back to the vacancy.
    assert page.input_value("[name='told.name_urdu']") == "زرغونہ خان"
    page.fill("[name='told.name']", "Zarghuna Khan")
    send(page, re.compile("/guide/(?!name)"))
    page.fill("[name='told.father_name']", "Karim Khan")
    send(page, re.compile("/guide/(?!father)"))
    page.fill("[name='told.birth_date']", "2001-03-14")
    page.select_option("[name='told.sex']", "F")
    send(page, "**/guide/passport/")
    page.fill("[name='told.passport_no']", "ZZ1234567")
    page.fill("[name='told.passport_until']", f"{now().year + 5}-03-14")
    send(page, "**/guide/check/")
    send(page, f"**/ur/jobs/{vacancy.pk}/")

    # She applies before the tests are passed: the page says what is missing, and that she may.
    assert page.locator("main details.why dd").count() > 2
    go(page, f"/apply/{vacancy.pk}/")
    for box in page.locator("main form input[type=checkbox]").all():
        box.check()
    send(page, "**/line/")
    case = Case.objects.get()
    assert case.state == "applied"

    # A seat in each test, booked from the list; the results come from the examiner alone.
    for sitting in sittings:
        page.goto("/ur/exams/")
        go(page, f"/{sitting.pk}/")
        go(page, f"/{sitting.pk}/book/")
        for box in page.locator("main form input[type=checkbox]").all():
            box.check()
        send(page, f"**/{sitting.pk}/")
    for booking in Booking.objects.all():
        make_exams.results_told(booking, at=now())

    # Named to the employer, a time comes, and she answers it with a press.
    placements.set_interview(placements.nominate(case, at=now()), jobs.promoter(), at=now(), paper=jobs.paper(now(), number=""))
    page.goto("/ur/cases/mine/")
    go(page, f"/{case.pk}/line/")
    go(page, f"/{case.pk}/answer/")
    page.select_option("main form select[name=answer]", "yes")
    send(page, "**/line/")
    assert Interview.objects.get(case=case).answer == "yes"
