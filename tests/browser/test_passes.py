"""A clearance pass checked by the page's own script: as the server does, on a phone, with no network, with and without the
browser's own Ed25519."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.utils.translation import override

from rahdari.base.clock import day_at, now
from rahdari.domain.checks.wording.passes import FINDINGS_OF_PASSES
from rahdari.domain.departures.actions import draw_slips, void_slips
from rahdari.domain.departures.queries.passes import lists_at_hand, signed_slip
from rahdari.domain.departures.rules.passes import PASS, Shown, check_pass, facts_of_pass, write_serial
from rahdari.domain.exchange.queries.papers import paper_keys, sign_paper
from rahdari.seals.forms import decode, encode, read_json, write_json
from rahdari.seals.keys import new_key
from rahdari.seals.tokens import make_paper
from tests.browser.conftest import axe_faults, enter, overflow, shot
from tests.make.exchange import Corridor
from tests.make.passes import founded
from tests.make.people import actor, person, sign_in_as
from tests.make.thread import alone, at

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.sure]
BORN = dt.date(1999, 2, 1)
DAY = dt.timedelta(days=1)
WITHOUT_ED25519 = """
const own = crypto.subtle.importKey.bind(crypto.subtle)
crypto.subtle.importKey = (form, raw, how, ...rest) => how.name === 'Ed25519'
  ? Promise.reject(new DOMException('unknown', 'NotSupportedError')) : own(form, raw, how, ...rest)
crypto.subtle.generateKey = () => Promise.reject(new DOMException('unknown', 'NotSupportedError'))
"""


@pytest.fixture
def book(settings):
    """A node with keys and a book of two blank slips, the first of them taken back."""
    settings.RAHDARI_NODE, settings.RAHDARI_PARTNER = "pk", "jp"
    Corridor(settings)
    officer = actor("protector", office="PEW")
    drawn = draw_slips(actor=officer, slips=2, at=now())
    void_slips(actor=officer, book_id=drawn.pk, code="lost", last=write_serial(drawn.first), at=now())
    return drawn


def told(serial, begins=None, **changed):
    facts = facts_of_pass(
        serial=serial, names=["Zarghuna (invented)", "زرغونہ (فرضی)"], born=BORN, passport="XX0001234", photo="",
        registration_no="R-PEW-2026-000001", clearance_no="C-PEW-2026-000001", employer="Care Home Hinata (invented)",
        route="oep", begins=begins or day_at(now(), "pk"),
    )  # fmt: skip
    return facts | changed


def signed(serial, until=1_000, **more):
    return sign_paper(PASS, told(serial, **more), until=day_at(now(), "pk") + until * DAY, at=now())


def cases(book):
    """A token, what is typed beside it, and how many days the clock of the telephone is ahead."""
    good, more = signed(book.last + 1), told(book.last + 1)
    header, payload, signature = good.split(".")
    longer = encode(write_json(read_json(decode(payload)) | {"until": "2040-01-01"}))
    forged = new_key("clerk", 0, 4_000_000_000)
    yield good, {}, 0
    yield good, {"passport": "xx ۰۰۰۱۲۳۴", "born": BORN}, 0
    yield good, {"passport": "XX0009999"}, 0
    yield good, {"born": BORN + DAY}, 0
    yield good, {"passport": "XX0009999"}, 3
    yield good, {}, 3
    yield good, {}, -400
    yield signed(book.first), {}, 0
    yield signed(book.first), {"passport": "XX0009999"}, 3
    yield signed(book.last + 1, until=0), {}, 0
    yield signed(book.last + 1, until=0), {}, -400
    yield signed(book.last + 1, begins=day_at(now(), "pk") + DAY), {}, 0
    yield signed_slip(book.first, book), {}, 0
    yield signed_slip(book.last, book), {}, 0
    yield f"{header}.{longer}.{signature}", {}, 0
    yield make_paper(node="pk", kind=PASS, facts=more, issued_at=now(), until=None, key=forged), {}, 0
    yield good[:-6], {}, 0
    yield good.replace("a", "а", 1), {}, 0


def said(page):
    return [one.strip() for one in page.locator("#paper-answer h2").all_inner_texts()]


def words(verdict):
    """The headings a verdict is shown under; a paper that is no genuine one has the page's general words."""
    names = [*verdict.findings, "compared" if verdict.compared else "compare"] if verdict.findings else []
    return [str(FINDINGS_OF_PASSES[f"pass_{name}"]) for name in names]


@pytest.mark.parametrize("own", [True, False], ids=["with Ed25519 of its own", "without"])
def test_the_browser_answers_as_the_server_does(page, book, own):
    if not own:
        page.add_init_script(WITHOUT_ED25519)
    page.set_viewport_size({"width": 360, "height": 740})
    seen = set()
    for token, shown, ahead in cases(book):
        moment = now() + ahead * DAY
        page.clock.set_fixed_time(moment)
        page.goto("/en/checks/paper/")
        page.locator("[data-offline]").wait_for(state="visible")
        expected = check_pass(token, paper_keys(), lists=lists_at_hand(now()), shown=Shown(**shown), at=moment)
        seen.add(expected.outcome)
        page.get_by_label("What stands in the code").fill(token)
        page.locator("[data-compare] > summary").click()
        page.get_by_label("Passport number").fill(shown.get("passport", ""))
        page.get_by_label("Birth date").fill(shown["born"].isoformat() if "born" in shown else "")
        page.get_by_role("button", name="Check", exact=True).click()
        page.locator("#paper-answer h2").first.wait_for()
        assert not expected.findings or said(page) == words(expected), expected
        assert page.locator("#paper-answer dl").count() == bool(expected.findings), expected
    assert seen >= {"good", "revoked", "expired", "not_yet_valid", "other_person", "list_too_old", "blank_slip"}
    assert seen >= {"signature", "key_unknown", "malformed"}


def test_at_the_gate_without_a_network(page, book):
    """The page was open once; then there is no network, and passes are shown one after another."""
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto("/ur/checks/paper/")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.context.set_offline(True)
    for token, heading in ((signed(book.last + 1), "pass_good"), (signed(book.first), "pass_revoked")):
        page.goto("about:blank")
        page.goto(f"/ur/checks/paper/#{token}")
        page.locator("#paper-answer dl").wait_for()
        with override("ur"):
            assert said(page)[0] == str(FINDINGS_OF_PASSES[heading])
        assert overflow(page) <= 0 and axe_faults(page) == []
        assert write_serial(book.first if heading == "pass_revoked" else book.last + 1) in page.locator("dl").first.inner_text()
        shot(page, f"gate-{heading}")
    page.goto("about:blank")
    page.goto(f"/ur/checks/paper/#{signed(book.last + 1)}")
    page.locator("#paper-answer dl").wait_for()
    page.locator("#passport").fill("XX0009999")
    with override("ur"):
        page.locator("#paper-answer h2", has_text=str(FINDINGS_OF_PASSES["pass_other_person"])).wait_for()


def test_the_pass_of_a_worker_on_a_phone_and_on_paper(page, client, settings):
    settings.RAHDARI_NODE, settings.RAHDARI_PARTNER = "pk", "jp"
    founded(settings)
    story = alone().go("registered")
    with time_machine.travel(at("registered")):
        book = draw_slips(actor=actor("protector", office="PEW"), slips=3, at=now())
        sign_in_as(client, story.file.person)
        enter(page, client)
        for language, width in (("ur", 360), ("ja", 1440), ("en", 360)):
            page.set_viewport_size({"width": width, "height": 900})
            page.goto(f"/{language}/departures/{story.case_id}/pass/")
            page.locator(".qr svg").wait_for()
            assert overflow(page) <= 0 and axe_faults(page) == []
            shot(page, f"pass-{language}-{width}")
        page.emulate_media(media="print")
        shot(page, "pass-print")
        page.emulate_media(media="screen")
        page.goto(f"/ur/departures/{story.case_id}/")
        assert page.locator(f"a[href='/ur/departures/{story.case_id}/pass/']").count() == 1
        client.logout()
        sign_in_as(client, person("protector", office="PEW"))
        enter(page, client)
        for language, width in (("ur", 360), ("ja", 1440)):
            page.set_viewport_size({"width": width, "height": 900})
            for place in ("slips/", f"slips/{book.pk}/", f"slips/{book.pk}/reconcile/", f"{story.case_id}/", "slips/draw/"):
                page.goto(f"/{language}/departures/{place}")
                assert overflow(page) <= 0 and axe_faults(page) == [], place
                shot(page, f"desk-{language}-{place.replace('/', '-')}")
