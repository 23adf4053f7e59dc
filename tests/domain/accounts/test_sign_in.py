"""Coming in: staff with two factors, never with one."""

from __future__ import annotations

import re

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.contrib.auth.hashers import make_password
from django.core.cache import cache
from django.urls import reverse

from rahdari.base.actor import machine
from rahdari.base.clock import now
from rahdari.base.models import AuditEntry
from rahdari.base.work import unit_of_work
from rahdari.domain.accounts.models import Person
from rahdari.domain.accounts.queries.factors import code_at
from rahdari.domain.accounts.views import rates
from rahdari.web.rates import Rate
from tests.make import people

pytestmark = pytest.mark.django_db
IN_A_WINDOW = "2026-11-25T10:07:00Z"  # far from the edge of every window of tries
PASSWORD = "three words and a sign!"


def staff(role="protector", *, factor=True):
    """Staff with a password, and with an authenticator app whose secret is given back."""
    someone = people.person(role)
    with unit_of_work("tests.password", actor=machine("pk", "command"), at=now()) as unit:
        someone.password = make_password(PASSWORD)
        unit.save(someone)
        unit.about(someone)
    secret = generate_totp_secret()
    if factor:
        TOTP.activate(someone, secret)
        RecoveryCodes.activate(someone)
    return someone, secret


def give_password(client, email, password=PASSWORD, **more):
    return client.post(reverse("accounts.sign_in"), {"email": email, "password": password, **more})


def give_code(client, code):
    return client.post(reverse("accounts.enter_second_factor"), {"code": code})


def visible(answer):
    """The page as a person sees it, without what differs each time."""
    text = re.sub(r'value="[^"]*"', "", answer.content.decode())
    return re.sub(r"<[^>]*>|\d\d:\d\d|[0-9a-f-]{36}", "", text)


class TestSignIn:
    def test_asks_for_the_second_factor_and_then_opens_the_worklist(self, client):
        someone, secret = staff()
        assert give_password(client, someone.email)["Location"] == reverse("accounts.enter_second_factor")
        assert client.get(reverse("web.worklist")).status_code == 302
        assert give_code(client, code_at(secret, now()))["Location"] == reverse("web.worklist")
        assert client.get(reverse("web.worklist")).status_code == 200

    def test_leaves_one_entry_a_step_in_the_name_of_the_person(self, client):
        someone, secret = staff()
        before = AuditEntry.objects.count()
        give_password(client, someone.email)
        give_code(client, code_at(secret, now()))
        entries = list(AuditEntry.objects.order_by("id")[before:].values_list("verb", "person"))
        assert entries == [("accounts.sign_in", someone.pk), ("accounts.enter_second_factor", someone.pk)]

    def test_answers_alike_for_unknown_wrong_worker_and_inactive(self, client):
        someone, _ = staff()
        gone, _ = staff()
        with unit_of_work("tests.close", actor=machine("pk", "command"), at=now()) as unit:
            gone.is_active = False
            unit.save(gone)
            unit.about(gone)
        answers = [
            give_password(client, "nobody@pk.test.invalid"),
            give_password(client, someone.email, "wrong"),
            give_password(client, gone.email),
        ]
        assert {one.status_code for one in answers} == {422}
        assert len({visible(one) for one in answers}) == 1
        assert AuditEntry.objects.filter(verb="accounts.sign_in").count() == 0

    def test_takes_the_address_in_any_case(self, client):
        someone, _ = staff()
        assert give_password(client, someone.email.upper()).status_code == 302

    def test_gives_a_new_session_at_each_step(self, client):
        someone, secret = staff()
        client.get(reverse("accounts.sign_in"))
        session = client.session
        session["planted"] = "by somebody else"
        session.save()
        planted = session.session_key
        give_password(client, someone.email)
        half = client.session.session_key
        give_code(client, code_at(secret, now()))
        assert len({planted, half, client.session.session_key}) == 3
        assert "planted" not in client.session

    def test_goes_on_to_a_page_of_this_node_only(self, client):
        someone, secret = staff()
        for wanted, reached in (("/en/account/", "/en/account/"), ("https://evil.invalid/", reverse("web.worklist"))):
            client.logout()
            cache.clear()
            give_password(client, someone.email, next=wanted)
            assert give_code(client, code_at(secret, now()))["Location"] == reached

    @time_machine.travel(IN_A_WINDOW)
    def test_is_slowed_down_for_an_account_and_says_when_to_come_back(self, client):
        someone, _ = staff()
        for _number in range(10):
            assert give_password(client, someone.email, "wrong").status_code == 422
        answer = give_password(client, someone.email)
        assert answer.status_code == 429
        assert 0 < int(answer["Retry-After"]) <= 15 * 60
        assert "Too many tries" in answer.content.decode()

    @time_machine.travel(IN_A_WINDOW)
    def test_is_slowed_down_for_an_address_whatever_the_account(self, client, monkeypatch):
        monkeypatch.setattr(rates, "PASSWORD", Rate("few", minutes=15, by_address=3, by_account=3))
        for number in range(3):
            give_password(client, f"n{number}@pk.test.invalid", "wrong")
        assert give_password(client, "another@pk.test.invalid", "wrong").status_code == 429

    def test_page_is_kept_by_no_cache(self, client):
        assert client.get(reverse("accounts.sign_in"))["Cache-Control"] == "no-store"


class TestSecondFactor:
    def test_counts_a_code_once(self, client):
        someone, secret = staff()
        code = code_at(secret, now())
        give_password(client, someone.email)
        assert give_code(client, code).status_code == 302
        client.logout()
        cache_of_allauth = f"allauth.mfa.totp.used?user={someone.pk}&code={code}"
        cache.delete(cache_of_allauth)
        give_password(client, someone.email)
        assert give_code(client, code).status_code == 422

    def test_takes_a_recovery_code_once(self, client):
        someone, _ = staff()
        code = Authenticator.objects.get(user=someone, type="recovery_codes").wrap().get_unused_codes()[0]
        for status in (302, 422):
            client.logout()
            give_password(client, someone.email)
            assert give_code(client, code).status_code == status

    def test_takes_urdu_digits_and_spaces(self, client):
        someone, secret = staff()
        give_password(client, someone.email)
        typed = " ".join(chr(0x06F0 + int(digit)) for digit in code_at(secret, now()))
        assert give_code(client, typed).status_code == 302

    def test_cannot_be_reached_without_the_password(self, client):
        assert client.get(reverse("accounts.enter_second_factor"))["Location"] == reverse("accounts.sign_in")
        assert give_code(client, "123456")["Location"] == reverse("accounts.sign_in")

    @time_machine.travel(IN_A_WINDOW)
    def test_is_slowed_down(self, client):
        someone, secret = staff()
        give_password(client, someone.email)
        for _number in range(8):
            assert give_code(client, "000000" if code_at(secret, now()) != "000000" else "000001").status_code == 422
        assert give_code(client, code_at(secret, now())).status_code == 429

    @pytest.mark.parametrize("credential", ["", "{}", "[]", "not json", '{"id":"a","response":{}}', "[" * 5000])
    def test_refuses_made_up_passkeys(self, client, credential):
        someone, _ = staff()
        give_password(client, someone.email)
        client.get(reverse("accounts.enter_second_factor"))
        answer = client.post(reverse("accounts.enter_second_factor"), {"credential": credential})
        assert answer.status_code == 422
        cold = client.post(reverse("accounts.sign_in_by_passkey"), {"credential": credential})
        assert cold["Location"] == reverse("accounts.sign_in")
        assert "_auth_user_id" not in client.session


class TestNewcomers:
    """Staff without a second factor reach its set-up and nothing else."""

    def test_every_other_page_leads_to_the_set_up(self, client):
        someone, _ = staff(factor=False)
        assert give_password(client, someone.email)["Location"] == reverse("accounts.see_factors")
        for name in (
            "accounts.see_account",
            "web.worklist",
            "accounts.see_tokens",
            "accounts.begin_recovery",
            "accounts.see_roles",
        ):
            assert client.get(reverse(name))["Location"] == reverse("accounts.see_factors")
        assert client.post(reverse("accounts.change_settings"), {"name": "x"})["Location"] == reverse("accounts.see_factors")
        assert client.get(reverse("accounts.see_factors")).status_code == 200

    def test_the_set_up_lets_them_in(self, client):
        someone, _ = staff(factor=False)
        give_password(client, someone.email)
        page = client.get(reverse("accounts.add_totp")).content.decode()
        secret = client.session["mfa.totp.secret"]
        assert secret[:4] in page and "<svg" in page and "style=" not in page
        before = client.session.session_key
        assert client.post(reverse("accounts.add_totp"), {"code": "1"}).status_code == 422
        assert client.post(reverse("accounts.add_totp"), {"code": code_at(secret, now())}).status_code == 302
        assert client.session.session_key != before
        assert client.get(reverse("web.worklist")).status_code == 200
        kinds = set(Authenticator.objects.filter(user=someone).values_list("type", flat=True))
        assert kinds == {"totp", "recovery_codes"}
        assert secret not in str(list(Authenticator.objects.values_list("data", flat=True)))


class TestSignOut:
    def test_ends_the_session(self, client):
        people.sign_in(client, "protector")
        client.post(reverse("accounts.sign_out"))
        assert client.get(reverse("web.worklist")).status_code == 302
        assert AuditEntry.objects.filter(verb="accounts.sign_out").count() == 1


class TestStrangers:
    def test_are_shown_where_to_sign_in_and_come_back(self, client):
        answer = client.get("/ur/desk/?page=2")
        assert answer["Location"] == "/ur/account/sign-in/?next=%2Fur%2Fdesk%2F%3Fpage%3D2"

    def test_a_worker_is_no_staff(self):
        assert not Person.objects.filter(staff=False, email__isnull=False).exists()
