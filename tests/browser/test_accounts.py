"""Signing in in a real browser: passkeys, the pages of an account, the people of the demonstration."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils.translation import override

from rahdari.base.actor import machine
from rahdari.base.clock import now
from rahdari.domain.accounts.actions import seed_demonstration
from rahdari.domain.accounts.queries.factors import code_at
from rahdari.domain.accounts.rules.demonstration import PASSWORD, totp_secret
from tests.browser.conftest import axe_faults, overflow
from tests.make.sure import some

pytestmark = pytest.mark.django_db(transaction=True)
OFFICER = "oec-counter@pk.demo.invalid"
OWN_PAGES = [
    "accounts.see_account",
    "accounts.see_factors",
    "accounts.add_totp",
    "accounts.add_passkey",
    "accounts.prove_again",
    "accounts.change_password",
    "accounts.see_tokens",
    "accounts.see_looks",
    "accounts.begin_recovery",
    "accounts.register_at_counter",
]


@pytest.fixture
def demonstration(settings):
    settings.DEMO = True
    seed_demonstration(actor=machine("pk", "command"), at=now())


@pytest.fixture
def authenticator(page):
    """A device that keeps passkeys and says yes."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    told = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    told |= {"isUserVerified": True, "automaticPresenceSimulation": True}
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": told})


def press(page, email):
    """Signs in with one press on the demonstration's page."""
    page.goto(reverse("accounts.demonstration"))
    page.locator("tr", has_text=email.replace("@", "")).or_(page.locator("tr", has_text=email)).locator("button").click()
    page.wait_for_url("**/desk/")


def test_a_passkey_is_made_and_is_a_whole_sign_in(page, demonstration, authenticator):
    press(page, OFFICER)
    page.goto(reverse("accounts.add_passkey"))
    page.get_by_label("Name of the passkey").fill("desk")
    page.get_by_role("button", name="Make the passkey").click()
    page.wait_for_url("**/factors/")
    assert page.get_by_text("desk").count() == 1
    page.goto(reverse("accounts.see_account"))
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url("**/sign-in/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url("**/desk/")
    assert page.get_by_text("Sadia Malik").count() == 1


def test_a_passkey_is_a_second_factor_too(page, demonstration, authenticator):
    press(page, OFFICER)
    page.goto(reverse("accounts.add_passkey"))
    page.get_by_label("Name of the passkey").fill("desk")
    page.get_by_role("button", name="Make the passkey").click()
    page.wait_for_url("**/factors/")
    page.context.clear_cookies()
    page.goto(reverse("accounts.sign_in"))
    page.get_by_label("E-mail").fill(OFFICER)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Go on").click()
    page.get_by_role("button", name="Use a passkey").click()
    page.wait_for_url("**/desk/")


def test_an_app_and_a_password_let_staff_in_by_keyboard_alone(page, demonstration):
    page.goto(reverse("accounts.sign_in"))
    page.get_by_label("E-mail").focus()
    page.keyboard.type(OFFICER)
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/second-factor/")
    page.get_by_label("Code").focus()
    page.keyboard.type(code_at(totp_secret(OFFICER), now()))
    page.keyboard.press("Enter")
    page.wait_for_url("**/desk/")


@pytest.mark.parametrize("language", ["en", "ur", "ja"])
def test_the_pages_of_an_account_are_accessible_and_fit_a_small_phone(page, demonstration, language):
    press(page, OFFICER)
    faults = []
    for name in [name for name in OWN_PAGES if language in some(("en", "ur", "ja"), name)]:
        with override(language):
            page.goto(reverse(name))
        faults += [f"{name}: {one}" for one in axe_faults(page)]
        page.set_viewport_size({"width": 320, "height": 640})
        faults += [f"{name}: {overflow(page)} px too wide"] if overflow(page) else []
        page.set_viewport_size({"width": 1440, "height": 900})
    assert faults == []


@pytest.mark.parametrize("language", ["en", "ur", "ja"])
def test_the_pages_of_the_demonstration_are_accessible_and_fit_a_small_phone(page, demonstration, language):
    with override(language):
        names = [reverse(name) for name in ("accounts.demonstration", "accounts.see_outbox", "accounts.see_roles")]
    for address in some(names, language):
        page.goto(address)
        assert axe_faults(page) == []
        page.set_viewport_size({"width": 320, "height": 640})
        assert overflow(page) == 0, address
