"""Matches, the net, and typing a name, in a real browser: three languages, wide and narrow, with keyboard and without script."""

from __future__ import annotations

import pytest
from django.test import Client

from rahdari.base.actor import machine
from rahdari.base.clock import now
from rahdari.domain.organisations import actions
from rahdari.domain.organisations.models import Match
from rahdari.domain.organisations.rules.entries import AccountEntered, OfficerEntered
from tests.browser.conftest import axe_faults, enter, overflow, shot
from tests.make import organisations as make
from tests.make.people import sign_in

pytestmark = pytest.mark.django_db(transaction=True)
OLD = OfficerEntered("Javed Anjum (invented)", "owner", make.card(99))
ACCOUNT = AccountEntered("Bank (invented)", "PK36SCBL0000001123456702")
LANGUAGES = ("en", "ur", "ja")


@pytest.fixture
def desk(page):
    """The browser of an officer who is signed in."""
    client = Client()
    sign_in(client, "bureau_officer")
    enter(page, client)
    return page


@pytest.fixture
def match():
    told = {"officers": (OLD,), "accounts": (ACCOUNT,)}
    make.entered("OEP", "MPD/1250/RWP/92", at=now(), name="Gandhara Overseas", address="1 Invented Street, Mardan", **told)
    row = make.applied(at=now(), name="گندھارا اوورسیز", phones=("0915550101",), address="2 Invented Street, Mardan", **told)
    make.entered(
        "OEP", "OP&HRD/5110/SKT/2024", at=now(), name="Sitara Promoters", phones=("0915550101",), address="3 Invented Street"
    )
    actions.screen_organisation(actor=machine("pk", "timetable"), organisation=row.registry_id, at=now())
    return Match.objects.get(codes__contains=["same_person"])


@pytest.mark.sure
def test_every_page_is_accessible_and_fits_a_phone(desk, match):
    one = match.organisation_id
    places = {
        "matches": "desk/matches/", "match": f"desk/matches/{match.pk}/", "decide": f"desk/matches/{match.pk}/another/",
        "net": f"desk/{one}/links/", "organisation": f"desk/{one}/", "register": "?q=%DA%AF%D9%86%D8%AF%DA%BE%D8%A7%D8%B1%D8%A7",
    }  # fmt: skip
    for name, place in places.items():
        for language in LANGUAGES:
            desk.set_viewport_size({"width": 1440, "height": 900})
            assert desk.goto(f"/{language}/licences/{place}").status == 200
            shot(desk, f"{name}.{language}.1440")
            assert (name, language, axe_faults(desk)) == (name, language, [])
            desk.set_viewport_size({"width": 360, "height": 640})
            shot(desk, f"{name}.{language}.360")
            assert (name, language, overflow(desk)) == (name, language, 0)


def test_the_net_is_walked_by_keyboard_and_begins_where_reading_begins(desk, match):
    for language in ("en", "ur"):
        desk.goto(f"/{language}/licences/desk/{match.organisation_id}/links/")
        firms = desk.locator("svg a.firm")
        boxes = [firms.nth(n).bounding_box()["x"] for n in range(firms.count())]
        assert firms.count() == 3 and (boxes[0] == (max if language == "ur" else min)(boxes))
        firms.nth(1).focus()
        desk.keyboard.press("Enter")
        desk.wait_for_url("**/licences/desk/*-*/")


def test_likely_known_ones_appear_under_the_name_while_it_is_typed(desk, match):
    desk.goto("/en/licences/desk/apply/")
    desk.locator("[name='entry.names']").press_sequentially("Gandara Ovarseas")
    desk.get_by_text("Likely known already").wait_for()
    assert desk.locator(".alert a", has_text="Gandhara Overseas").count() == 1
    shot(desk, "typing.en")
    assert axe_faults(desk) == []
