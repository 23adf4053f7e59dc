"""Every public page in three languages: accessible, usable by keyboard, and no wider than a small phone."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse
from django.utils.translation import override

from rahdari.base.actor import stranger
from tests.browser.conftest import axe_faults, overflow
from tests.house.plan import patterns
from tests.make.sure import some

SAMPLES = {
    "fields.see_field": ["FOOD_SERVICE"],
    "fields.see_table": ["fields"],
    "checks.ask_check": ["eligibility"],
}
CHECKERS = ["eligibility", "costs", "stay", "suspension", "deadlines", "identifiers"]
LANGUAGES = ["en", "ur", "ja"]


def public_names():
    """Every address a stranger may open as a page: such as bear a language; the others are for programs, and files are taken, not shown."""
    for route, pattern in patterns():
        if not re.match(r"(en|ur|ja)/", route) or route.endswith((".csv", ".js")):
            continue
        permit = getattr(pattern.callback, "permit", None)
        if not permit or permit.why_not(stranger("pk")) or "GET" not in pattern.callback.methods:
            continue
        if pattern.pattern.converters and pattern.name not in SAMPLES:
            continue
        yield pattern.name, SAMPLES.get(pattern.name, [])
    for name in CHECKERS[1:]:
        yield "checks.ask_check", [name]


PAGES = [pytest.param(name, arguments, id="-".join([name, *arguments])) for name, arguments in public_names()]


def address(name, arguments, language):
    with override(language):
        return reverse(name, args=arguments)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("name", "arguments"), PAGES)
def test_a_public_page_is_accessible_and_fits_a_small_phone(page, name, arguments):
    # all languages in `bin/dev sure`, in one test: emptying the tables between two takes longer than the page
    for language in some(LANGUAGES, "-".join([name, *arguments])):
        page.set_viewport_size({"width": 1440, "height": 900})
        answer = page.goto(address(name, arguments, language))
        if answer.status == 404:
            pytest.skip("this page exists in the demonstration only")
        if "text/html" not in answer.headers["content-type"]:
            pytest.skip("asked by a script, not a page")
        assert answer.status == 200
        assert page.locator("html").get_attribute("lang") == language
        assert page.locator("html").get_attribute("dir") == ("rtl" if language == "ur" else "ltr")
        assert page.locator("h1").count() == 1
        assert (language, axe_faults(page)) == (language, [])
        page.set_viewport_size({"width": 320, "height": 640})
        assert (language, overflow(page)) == (language, 0)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_menu_and_the_way_in_stand_on_one_line_at_every_width(page, language):
    page.goto(f"/{language}/")
    apart = {}
    for width in (320, 360, 480, 640, 768, 900, 960, 961, 1024, 1440):
        page.set_viewport_size({"width": width, "height": 640})
        menu, way_in = (page.locator(one).bounding_box() for one in (".head .nav", ".head .btn"))
        apart[width] = abs(menu["y"] + menu["height"] / 2 - way_in["y"] - way_in["height"] / 2)
    assert {width: gap for width, gap in apart.items() if gap > 4} == {}


@pytest.mark.django_db(transaction=True)
class TestKeyboard:
    def test_the_first_stop_leads_to_the_content(self, page):
        page.goto("/en/")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.className") == "skip"
        page.keyboard.press("Enter")
        page.wait_for_url("**#main")

    def test_every_link_and_button_can_be_reached_and_is_seen(self, page):
        page.goto("/en/checks/")
        page.locator("html").focus()
        reached = set()
        for _ in range(80):
            page.keyboard.press("Tab")
            seen = page.evaluate(
                "(() => {const one = document.activeElement; const style = getComputedStyle(one);"
                "return [one.tagName + (one.href || one.name || ''), style.outlineStyle]})()"
            )
            if seen[0].startswith("BODY"):
                break
            assert seen[1] != "none", seen
            reached.add(seen[0])
        links = page.evaluate("[...document.querySelectorAll('a[href]')].map(one => 'A' + one.href)")
        assert set(links) <= reached

    def test_a_checker_can_be_asked_without_a_mouse(self, page):
        page.goto("/en/checks/identifiers/")
        page.locator("#q-kind").focus()
        page.keyboard.type("CNIC")
        page.locator("#q-value").focus()
        page.keyboard.type("35201-1234567-1")
        page.keyboard.press("Tab")
        page.get_by_role("button", name="Check", exact=True).focus()
        page.keyboard.press("Enter")
        page.wait_for_selector("#answer")
        assert "35201-1234567-1" in page.locator("#answer").inner_text()


@pytest.mark.django_db(transaction=True)
class TestLanguages:
    def test_the_switch_keeps_the_page(self, page):
        page.goto("/en/agreement/")
        page.get_by_role("link", name="日本語").click()
        page.wait_for_url("**/ja/agreement/")
        page.get_by_role("link", name="اردو").click()
        page.wait_for_url("**/ur/agreement/")

    def test_the_front_door_remembers_the_language(self, page):
        page.goto("/ur/")
        page.goto("/")
        page.wait_for_url("**/ur/")

    def test_english_and_japanese_pages_fetch_no_font(self, page):
        fonts = []
        page.on("request", lambda request: fonts.append(request.url) if request.resource_type == "font" else None)
        for language in ("en", "ja"):
            page.goto(f"/{language}/", wait_until="networkidle")
        assert fonts == []


@pytest.mark.django_db(transaction=True)
def test_urdu_reads_from_the_right(page):
    page.goto("/ur/")
    box = page.locator(".brand").bounding_box()
    assert box["x"] > 720


@pytest.mark.django_db(transaction=True)
class TestFragments:
    def test_an_answer_comes_without_a_new_page(self, page):
        page.goto("/en/checks/identifiers/")
        page.evaluate("window.same = true")
        page.select_option("#q-kind", "cnic")
        page.fill("#q-value", "35201-1234567-1")
        page.get_by_role("button", name="Check", exact=True).click()
        page.wait_for_selector("#answer")
        assert page.evaluate("window.same") is True

    def test_faults_come_the_same_way_and_keep_what_was_typed(self, page):
        page.goto("/en/checks/deadlines/?form=duty")
        page.evaluate("window.same = true")
        page.select_option("#q-duty", "AO_CONTRACT")
        page.get_by_role("button", name="Check", exact=True).click()
        page.wait_for_selector(".err")
        assert page.evaluate("window.same") is True
        assert page.input_value("#q-duty") == "AO_CONTRACT"

    def test_a_row_is_added(self, page):
        page.goto("/en/checks/costs/")
        page.fill("[id='q-lines.0.item']", "my own words")
        page.get_by_role("button", name="Add another").click()
        page.wait_for_selector("[id='q-lines.1.item']")
        assert page.input_value("[id='q-lines.0.item']") == "my own words"
