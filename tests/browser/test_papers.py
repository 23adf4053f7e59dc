"""A paper checked by the page's own script: the same answers as the server's, on a phone, and without a network."""

from __future__ import annotations

import datetime as dt

import pytest

from rahdari.base.clock import day_at, now
from rahdari.domain.exchange.queries.papers import paper_keys, sign_paper
from rahdari.domain.exchange.rules.papers import OUTCOMES, read_against
from rahdari.seals.forms import decode, encode, read_json, write_json
from rahdari.seals.jws import sign
from rahdari.seals.keys import new_key
from rahdari.seals.tokens import PAPER, make_paper
from tests.browser.conftest import axe_faults, overflow
from tests.make import organisations as make
from tests.make.exchange import Corridor

pytestmark = pytest.mark.django_db(transaction=True)
NAMES = ("Sitara Promoters (invented)", "ستارہ پروموٹرز (فرضی)")
HEADINGS = {
    "genuine": "This paper is genuine.",
    "signature": "This paper is forged or was changed.",
    "key_unknown": "Nobody known here signed this paper.",
    "key_out_of_validity": "The key of this paper did not count when it was signed.",
    "malformed": "This is no paper of Rahdari.",
}


@pytest.fixture
def phone(page, settings):
    """The page of a visitor with a small phone, on a node that has keys and a partner."""
    settings.RAHDARI_NODE, settings.RAHDARI_PARTNER = "pk", "jp"
    Corridor(settings)
    page.set_viewport_size({"width": 360, "height": 740})
    return page


def papers():
    """A paper for every answer there is, and forms that two readers could read in two ways."""
    at = now()
    facts = {"number": "OP&HRD/4325/LHR/2018", "names": list(NAMES), "state": "valid", "since": "2018-03-01"}
    genuine = sign_paper("licence", facts, until=dt.date(2027, 3, 1), at=at)
    header, payload, signature = genuine.split(".")
    told = read_json(decode(payload))
    own = new_key("clerk", 0, 4_000_000_000)
    yield genuine
    yield ".".join([header, encode(write_json(told | {"node": "jp"})), signature])
    yield ".".join([header, encode(write_json(told | {"until": "2030-03-01"})), signature])
    yield ".".join([header, payload, encode(decode(signature)[::-1])])
    yield make_paper(node="pk", kind="licence", facts=facts, issued_at=at, until=None, key=own)
    yield sign_paper_at(at - dt.timedelta(days=4_000), facts)
    yield from (
        sign(write_json(told | wrong), own, PAPER)
        for wrong in ({"spec": 2}, {"node": "pkk"}, {"until": "2027-02-30"}, {"facts": []})
    )
    yield from (
        "hello",
        "a.b",
        "a.b.c",
        genuine + "=",
        genuine + "x" * 1_000,
        f"{header}.{payload}",
        genuine.replace(".", "..", 1),
    )


def sign_paper_at(at, facts):
    """Signed with the node's own key, dated before its window."""
    from rahdari.domain.exchange.outside import keyring

    key = next(one for one in keyring.own_keys() if one.public.role == "clerk")
    return make_paper(node="pk", kind="licence", facts=facts, issued_at=at, until=None, key=keyring.private_key(key.public.kid))


def test_the_browser_answers_as_the_server_does(phone):
    phone.goto("/en/checks/paper/")
    phone.locator("[data-offline]").wait_for(state="visible")
    seen = set()
    for token in papers():
        expected = read_against(token, paper_keys()).outcome
        seen.add(expected)
        phone.get_by_label("What stands in the code").fill(token)
        phone.get_by_role("button", name="Check", exact=True).click()
        phone.locator("#paper-answer h2", has_text=HEADINGS[expected]).wait_for()
        assert phone.locator("#paper-answer dl").count() == (expected == "genuine")
    assert seen == set(OUTCOMES)


def test_a_code_read_by_the_telephone_is_answered_without_a_network(phone):
    """The whole way: the card is drawn, its code opened once with a network, and again without one."""
    licence = make.licensed(at=now(), names=NAMES, until=day_at(now(), "pk") + dt.timedelta(days=400))
    phone.goto(f"/ur/checks/paper/licence/{licence.pk}/")
    assert overflow(phone) <= 0 and axe_faults(phone) == []
    code = phone.locator("main a.btn").first.get_attribute("href")
    phone.goto("/ur/checks/paper/")
    phone.evaluate("navigator.serviceWorker.ready.then(() => true)")
    phone.context.set_offline(True)
    phone.goto("about:blank")
    phone.goto(code)
    answer = phone.locator("#paper-answer")
    answer.get_by_text("یہ کاغذ اصلی ہے۔").wait_for()
    assert "OP&HRD/4325/LHR/2018" in answer.inner_text() and NAMES[1] in answer.inner_text()
    assert overflow(phone) <= 0 and axe_faults(phone) == []
