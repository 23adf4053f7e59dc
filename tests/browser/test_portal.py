"""The portal in a real browser: it answers as one types, works with the keyboard, fits a small phone, and stays accessible."""

from __future__ import annotations

import pytest

from rahdari.base.clock import now
from tests.browser.conftest import axe_faults, overflow
from tests.make import jobs as make

pytestmark = pytest.mark.django_db(transaction=True)
SIZES = [(1440, 900), (320, 640)]


def published():
    care = make.vacancy(at=now())
    make.vacancy(at=now(), field="AUTO_TRANSPORT", duty="TRUCK", prefecture="27", tests=[])
    return care


def looked_at(page, place):
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        assert page.goto(place).status == 200
        assert axe_faults(page) == [] and overflow(page) == 0, (place, width)


def test_the_portal_answers_as_one_types(page):
    published()
    page.goto("/en/jobs/")
    assert page.locator("#found .index li").count() == 2
    page.get_by_label("Work, place or employer").press_sequentially("truk oska", delay=10)
    page.locator("#found .index li").nth(1).wait_for(state="detached")
    assert "truk: perhaps truck" in page.locator("#found").inner_text() and "q=truk" in page.url
    page.locator("#found .index a").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/jobs/*-*/")
    page.go_back()
    assert page.locator("html").count() == 1 and page.locator("#found .index li").count() == 1


@pytest.mark.sure
def test_search_map_and_vacancy_are_accessible_and_fit_a_small_phone(page):
    care = published()
    for place in ("/jobs/?q=nursng", "/jobs/places/", f"/jobs/{care.pk}/"):
        for language in ("en", "ur", "ja"):
            looked_at(page, f"/{language}{place}")
