"""Workers come in by a code to their phone, and nobody learns whose phone is known."""

from __future__ import annotations

import datetime as dt
import re

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from rahdari.base.actor import machine, stranger
from rahdari.base.clock import now
from rahdari.base.letters import letters_in_folder
from rahdari.base.models import AuditEntry, Letter
from rahdari.base.refusal import Refused
from rahdari.base.work import unit_of_work
from rahdari.domain.accounts.actions import ask_code, enter_code
from rahdari.domain.accounts.models import SignInCode
from rahdari.domain.accounts.rules.phones import normal_phone
from tests.make import people

pytestmark = pytest.mark.django_db
KNOWN, UNKNOWN = "+923001112233", "+923009998877"
ANYONE = stranger("pk")


@pytest.fixture
def worker():
    return people.worker(phone=KNOWN)


@pytest.fixture
def ask(django_capture_on_commit_callbacks):
    """Asks for a code and gives back the one that was sent."""

    def asked(phone=KNOWN, at=None):
        with django_capture_on_commit_callbacks(execute=True):
            ask_code(actor=ANYONE, phone=phone, language="en", at=at or now())
        return code_in(letters_in_folder(1)[0].text)

    return asked


def code_in(text):
    return re.search(r"\d{6}", text)[0]


def wrong(code):
    return f"{(int(code) + 1) % 1_000_000:06}"


class TestEnterCode:
    def test_lets_the_worker_in_once(self, worker, ask):
        code = ask()
        assert enter_code(actor=ANYONE, phone=KNOWN, code=code, at=now()) == worker
        assert enter_code(actor=ANYONE, phone=KNOWN, code=code, at=now()) is None

    def test_counts_for_ten_minutes(self, worker, ask):
        at = now()
        code = ask(at=at)
        assert enter_code(actor=ANYONE, phone=KNOWN, code=code, at=at + dt.timedelta(minutes=10)) is None

    def test_counts_for_five_tries(self, worker, ask):
        code = ask()
        for _number in range(5):
            assert enter_code(actor=ANYONE, phone=KNOWN, code=wrong(code), at=now()) is None
        assert enter_code(actor=ANYONE, phone=KNOWN, code=code, at=now()) is None

    def test_only_the_newest_counts(self, worker, ask):
        old, new = ask(), ask()
        if old != new:
            assert enter_code(actor=ANYONE, phone=KNOWN, code=old, at=now()) is None
        assert enter_code(actor=ANYONE, phone=KNOWN, code=new, at=now()) == worker

    def test_of_another_phone_does_not_count(self, worker, ask):
        people.worker(phone=UNKNOWN)
        code = ask(UNKNOWN)
        ask()
        if enter_code(actor=ANYONE, phone=KNOWN, code=code, at=now()):
            pytest.skip("both codes happened to be equal")

    def test_lets_nobody_in_who_is_not_active(self, worker, ask):
        code = ask()
        with unit_of_work("tests.close", actor=machine("pk", "command"), at=now()) as unit:
            worker.is_active = False
            unit.save(worker)
            unit.about(worker)
        assert enter_code(actor=ANYONE, phone=KNOWN, code=code, at=now()) is None

    def test_leaves_one_entry_a_try(self, worker, ask):
        code = ask()
        before = AuditEntry.objects.count()
        enter_code(actor=ANYONE, phone=KNOWN, code=wrong(code), at=now())
        enter_code(actor=ANYONE, phone=KNOWN, code=code, at=now())
        entries = list(AuditEntry.objects.order_by("id")[before:].values_list("verb", "person"))
        assert entries == [("accounts.enter_code", None), ("accounts.enter_code", worker.pk)]


class TestAskCode:
    def test_keeps_neither_code_nor_phone_in_the_clear(self, worker, ask):
        code = ask()
        row = SignInCode.objects.get()
        kept = " ".join(
            str(value) for one in (row, *Letter.objects.all(), *AuditEntry.objects.all()) for value in vars(one).values()
        )
        assert code not in kept and KNOWN[3:] not in kept

    def test_does_the_same_for_a_phone_nobody_has(self, worker, ask, django_capture_on_commit_callbacks):
        """Also where none is sent to it: a phone of another country, one that is fixed, and one asked for at a desk."""
        ask()
        shapes = []
        for phone in (KNOWN, "+923005554433", "+442079460000", "+92512201234"):
            with CaptureQueriesContext(connection) as asked, django_capture_on_commit_callbacks(execute=True):
                ask_code(actor=ANYONE, phone=phone, language="en", at=now())
            shapes.append([one["sql"].split(" ", 1)[0] for one in asked.captured_queries])
        assert shapes[0] == shapes[1] == shapes[2] == shapes[3]
        assert Letter.objects.filter(sent_at=None, failure="no address").count() == 2
        with django_capture_on_commit_callbacks(execute=True):
            ask_code(actor=people.actor("oec_counter"), phone="+923005554434", language="en", at=now())
        assert Letter.objects.filter(sent_at=None, failure="no address").count() == 3

    @pytest.mark.parametrize("typed", ["", "12", "not a phone", "+92 300", "+999999999999999", "٣" * 39, "\u0000"])
    def test_refuses_what_is_no_phone(self, typed):
        with pytest.raises(Refused) as refused:
            ask_code(actor=ANYONE, phone=typed, language="en", at=now())
        assert refused.value.refusals[0].code == "phone_not_valid"

    @pytest.mark.parametrize("typed", ["0300 1112233", "+92-300-1112233", "۰۳۰۰۱۱۱۲۲۳۳", "+92 300 1112233", "0092 300 1112233"])
    def test_knows_a_phone_however_it_is_written(self, typed):
        assert normal_phone(typed, "pk") == KNOWN


class TestThePages:
    def page(self, client, phone):
        return client.post(reverse("accounts.ask_code"), {"phone": phone})

    def test_answer_alike_whether_or_not_the_phone_is_known(self, client, worker):
        told = []
        for phone in (KNOWN, UNKNOWN):
            first = self.page(client, phone)
            second = client.get(first["Location"])
            third = client.post(reverse("accounts.enter_code"), {"code": "000000"})
            told.append((first.status_code, first["Location"], second.content.count(b"err"), third.status_code))
        assert told[0] == told[1]

    def test_let_the_worker_in_with_a_new_session(self, client, worker, django_capture_on_commit_callbacks):
        with django_capture_on_commit_callbacks(execute=True):
            self.page(client, "0300-1112233")
        before = client.session.session_key
        code = code_in(letters_in_folder(1)[0].text)
        assert client.post(reverse("accounts.enter_code"), {"code": code})["Location"] == reverse("accounts.see_account")
        assert client.session.session_key != before
        page = client.get(reverse("accounts.see_account")).content.decode()
        assert worker.name in page and "+92 … 33" in page and KNOWN not in page

    @time_machine.travel("2026-11-25T10:07:00Z")
    def test_are_slowed_down_for_one_phone_however_it_is_written(self, client):
        for phone in (KNOWN, "0300 1112233", "+92 300 111 2233", "۰۳۰۰۱۱۱۲۲۳۳"):
            assert self.page(client, phone).status_code == 302
        assert self.page(client, KNOWN).status_code == 429

    def test_a_worker_opens_no_page_of_staff(self, client, worker):
        people.sign_in_as(client, worker)
        for name in ("accounts.see_tokens", "accounts.see_people", "accounts.begin_recovery", "accounts.change_password"):
            assert client.get(reverse(name)).status_code == 403
        assert client.get(reverse("accounts.see_looks")).status_code == 200
