"""A person opens an account alone with phone and card; whoever gets the number later opens nobody's file."""

from __future__ import annotations

import datetime as dt
import re
import secrets

import pytest
import time_machine
from django.db import connection
from django.urls import reverse

from rahdari.base.actor import stranger
from rahdari.base.clock import now
from rahdari.base.letters import address_hint, letters_in_folder
from rahdari.base.models import AuditEntry, Letter
from rahdari.base.refusal import Refused
from rahdari.base.work import Missing
from rahdari.domain.accounts.actions import Held, ask_code, enter_code, open_account, register_listed
from rahdari.domain.accounts.actions import opening as opening_room
from rahdari.domain.accounts.models import Person
from rahdari.domain.accounts.rules.opening import PHONE_RESTS, PROOF_LASTS, block_of, may_have_account
from rahdari.domain.accounts.views import rates
from rahdari.domain.candidates.actions import begin_visit
from rahdari.web.rates import Rate
from tests.make import people

pytestmark = pytest.mark.django_db
PHONE, CARD, OTHER = "+923005554433", "17301-5550000-4", "17301-1234567-1"
ANYONE = stranger("pk")
LONG = PHONE_RESTS + dt.timedelta(days=1)


@pytest.fixture
def hold(django_capture_on_commit_callbacks):
    """Shows that a phone is held: asks for a code and gives the right one."""

    def held(phone=PHONE, at=None, actor=ANYONE):
        at = at or now()
        with django_capture_on_commit_callbacks(execute=True):
            ask_code(actor=actor, phone=phone, language="ur", at=at)
        return enter_code(actor=actor, phone=phone, code=re.search(r"\d{6}", letters_in_folder(1)[0].text)[0], at=at)

    return held


def opening(held, **told):
    given = {"phone": PHONE, "name": "زرغونہ", "identity": CARD, "language": "ur", "at": now()}
    return open_account(actor=ANYONE, code_id=held.code_id, **(given | told))


def codes(held, **told):
    before = AuditEntry.objects.count(), Person.objects.count()
    with pytest.raises(Refused) as wrong:
        opening(held, **told)
    assert (AuditEntry.objects.count(), Person.objects.count()) == before
    return [one.code for one in wrong.value.refusals]


class TestOpenAccount:
    def test_makes_a_worker_who_comes_in_by_the_phone_from_then_on(self, hold):
        person = opening(hold())
        assert (person.staff, person.phone, person.identity, person.language) == (False, PHONE, CARD, "ur")
        assert AuditEntry.objects.latest("id").person == person.pk
        assert hold() == person

    def test_opens_once_a_code_soon_and_for_its_own_phone(self, hold):
        held, at = hold(), now()
        assert codes(held, phone="+923005554434") == ["phone_not_shown"]
        assert codes(held, at=at + PROOF_LASTS + dt.timedelta(minutes=1)) == ["phone_not_shown"]
        assert codes(held, name=" ", identity="17301") == ["empty", "identity_not_valid"]
        opening(held)
        assert codes(held, identity=OTHER) == ["phone_not_shown"]
        with pytest.raises(Missing):
            opening(Held(people.person("protector").pk, rested=False))

    def test_says_the_same_of_a_card_and_of_a_phone_of_somebody_else(self, hold):
        people.worker(phone="+923001112233", identity=OTHER)
        assert codes(hold(), identity=OTHER) == ["card_and_phone_apart"]
        held = hold()
        people.worker(phone=PHONE, identity="17301-7654321-3")
        assert codes(held) == ["card_and_phone_apart"]

    def test_refuses_the_second_of_two_who_come_at_once(self, hold, monkeypatch):
        """Neither is there when the other looks; the database keeps one."""
        people.worker(phone="+923001112233", identity=OTHER)
        held = hold()
        monkeypatch.setattr(opening_room, "person_by_identity", lambda _card: None)
        assert codes(held, identity=OTHER) == ["card_and_phone_apart"]

    def test_leaves_card_phone_and_code_closed(self, hold):
        opening(hold())
        with connection.cursor() as cursor:
            cursor.execute("select string_agg(p::text, ' ') || (select string_agg(c::text, ' ') from accounts_signincode c)"
                           " || (select string_agg(a::text, ' ') from base_auditentry a) from accounts_person p")  # fmt: skip
            kept = cursor.fetchone()[0]
        assert CARD not in kept and PHONE[3:] not in kept and "5550000" not in kept

    def test_opens_no_new_account_on_the_receiving_side_and_lets_one_that_rested_come_back(self, on_jp, monkeypatch):
        monkeypatch.setattr(secrets, "randbelow", lambda _most: 123456)
        phone, later, who = "+819012345678", now() + LONG, stranger("jp")
        ask_code(actor=who, phone=phone, language="ur", at=now())
        assert Letter.objects.get().address_hint == address_hint("")
        assert enter_code(actor=who, phone=phone, code="123456", at=now()) is None
        owner = people.worker(phone=phone, identity="AB12345678CD")
        ask_code(actor=who, phone=phone, language="ur", at=later)
        held = enter_code(actor=who, phone=phone, code="123456", at=later)
        told = {"actor": who, "code_id": held.code_id, "phone": phone, "name": "W", "language": "ur", "at": later}
        with pytest.raises(Refused):
            open_account(**told, identity="ZZ12345678ZZ")
        assert open_account(**told, identity="ab12345678cd") == owner


class TestANumberGivenToSomebodyElse:
    def test_opens_the_account_of_before_to_nobody(self, hold):
        owner = people.worker(phone=PHONE, identity=OTHER)
        later = now() + LONG
        held = hold(at=later)
        assert isinstance(held, Held)
        assert codes(held, at=later) == ["card_and_phone_apart"]
        assert opening(held, identity=OTHER, at=later) == owner
        assert hold(at=later) == owner and Person.objects.filter(staff=False).count() == 1

    def test_a_phone_in_use_rests_never(self, hold):
        owner, at = people.worker(phone=PHONE, identity=OTHER), now()
        for _number in range(3):
            at += PHONE_RESTS - dt.timedelta(days=1)
            assert hold(at=at) == owner

    def test_a_phone_of_a_list_was_never_shown(self, hold):
        desk = people.actor("training_desk")
        listed = register_listed(actor=desk, people=[("W (invented)", OTHER, PHONE)], language="ur", at=now())[0]
        held = hold()
        assert codes(held) == ["card_and_phone_apart"]
        assert opening(held, identity=OTHER) == listed

    def test_opens_no_file_at_a_counter(self, monkeypatch):
        people.worker(phone=PHONE, identity=OTHER)
        counter, later = people.actor("oec_counter"), now() + LONG
        monkeypatch.setattr(secrets, "randbelow", lambda _most: 123456)
        ask_code(actor=counter, phone=PHONE, language="ur", at=later)
        with pytest.raises(Refused) as wrong:
            begin_visit(actor=counter, phone=PHONE, code="123456", at=later)
        assert [one.code for one in wrong.value.refusals] == ["phone_rested"]


@pytest.fixture
def in_a_window():
    """A moment far from the edge of every window of tries."""
    with time_machine.travel("2026-11-25T10:07:00Z"):
        yield


@pytest.mark.usefixtures("in_a_window")
class TestThePages:
    def ask(self, client, phone, **more):
        return client.post(reverse("accounts.ask_code"), {"phone": phone}, **more)

    def test_lead_from_the_number_to_the_file_and_remember_where_from(self, client, django_capture_on_commit_callbacks):
        assert client.get(reverse("accounts.open_account"))["Location"] == reverse("accounts.ask_code")
        with django_capture_on_commit_callbacks(execute=True):
            client.post(reverse("accounts.ask_code"), {"phone": PHONE, "next": "/en/jobs/"})
        code = re.search(r"\d{6}", letters_in_folder(1)[0].text)[0]
        asked = client.session.session_key
        assert PHONE[3:] not in str(dict(client.session))
        assert client.post(reverse("accounts.enter_code"), {"code": code})["Location"] == reverse("accounts.open_account")
        assert client.session.session_key != asked and client.get(reverse("candidates.see_file")).status_code == 302
        answer = client.post(reverse("accounts.open_account"), {"name": "Zarghuna", "identity": CARD})
        assert answer["Location"] == reverse("candidates.guide_file") + "?next=%2Fen%2Fjobs%2F"
        page = client.get(answer["Location"]).content.decode()
        assert 'value="Zarghuna"' in page and client.session["candidates.wanted"] == "/en/jobs/"

    def test_pause_for_numbers_given_out_together_and_say_what_to_do(self, client, monkeypatch):
        monkeypatch.setattr(rates, "CODES_OF_BLOCK", Rate("few", minutes=60, by_account=3))
        answers = [self.ask(client, f"+92300555{number}") for number in range(4430, 4434)]
        assert [one.status_code for one in answers] == [302, 302, 302, 429]
        assert "counter" in answers[-1].content.decode() and block_of(PHONE) == "+92300555"
        assert self.ask(client, "+923015554433").status_code == 302

    def test_pause_for_the_whole_node_but_not_for_a_phone_this_device_knows(self, client, settings, worker_in):
        settings.RAHDARI_CODES_AN_HOUR = 0
        assert self.ask(client, PHONE).status_code == 429
        known = worker_in(client)
        assert self.ask(client, known).status_code == 302
        assert self.ask(client, PHONE).status_code == 429
        client.cookies["phone-known"] = "made-up"
        assert self.ask(client, known).status_code == 429

    def test_let_nobody_use_up_the_node_with_what_is_sent_nothing(self, client, settings):
        settings.RAHDARI_CODES_AN_HOUR = 2
        for nothing in ("nobody", "+442079460000", "+92512201234", "12"):
            self.ask(client, nothing)
        assert [self.ask(client, f"+92300{number}54433").status_code for number in (11, 22, 33)] == [302, 302, 429]

    def test_let_thousands_share_one_address_of_a_network(self):
        """A bound by address stops a flood alone; one phone is bound first."""
        assert rates.ASK_CODE.by_address >= 100 * rates.ASK_CODE.by_account
        assert rates.ENTER_CODE.by_address >= 50 * rates.ENTER_CODE.by_account

    def test_ring_nobodys_phone_all_day(self, client):
        with time_machine.travel("2026-11-25T00:07:00Z", tick=False) as clock:
            answers = []
            for _number in range(14):
                answers.append(self.ask(client, PHONE).status_code)
                clock.shift(dt.timedelta(minutes=30))
        assert answers == [302] * 10 + [429] * 4

    def test_let_a_stranger_keep_nobody_out_who_came_in_on_this_device(self, client, worker_in):
        """Ten codes a day for a number are soon asked by somebody who knows it."""
        known, other = worker_in(client), client.__class__()
        asks = [self.ask(other, known).status_code for _number in range(6)]
        assert asks[-1] == 429
        tries = [other.post(reverse("accounts.enter_code"), {"code": "000000"}).status_code for _number in range(12)]
        assert tries[-1] == 429
        assert self.ask(client, known).status_code == 302
        assert client.post(reverse("accounts.enter_code"), {"code": "000000"}).status_code == 422

    def test_count_the_cards_tried_from_one_phone(self, client, monkeypatch, django_capture_on_commit_callbacks):
        people.worker(phone="+923001112233", identity=OTHER)
        monkeypatch.setattr(rates, "OPEN_ACCOUNT", Rate("few", minutes=1440, by_address=99, by_account=2))
        with django_capture_on_commit_callbacks(execute=True):
            self.ask(client, PHONE)
        client.post(reverse("accounts.enter_code"), {"code": re.search(r"\d{6}", letters_in_folder(1)[0].text)[0]})
        told = [client.post(reverse("accounts.open_account"), {"name": "W", "identity": OTHER}) for _number in range(3)]
        assert [one.status_code for one in told] == [422, 422, 429] and "go to a counter" in told[0].content.decode()


@pytest.fixture
def worker_in(django_capture_on_commit_callbacks):
    """Lets a worker come in by their code on this device, with the node's bound lifted, and out again; says the phone."""

    def come(client, phone="+923001112299"):
        people.worker(phone=phone)
        with pytest.MonkeyPatch.context() as patch, django_capture_on_commit_callbacks(execute=True):
            patch.setattr(rates, "codes_of_node", lambda _most: Rate("free", minutes=60, by_account=99))
            client.post(reverse("accounts.ask_code"), {"phone": phone})
        code = re.search(r"\d{6}", letters_in_folder(1)[0].text)[0]
        assert client.post(reverse("accounts.enter_code"), {"code": code}).status_code == 302
        client.post(reverse("accounts.sign_out"))
        return phone

    return come


@pytest.mark.parametrize(
    ("phone", "may"),
    [
        ("+923001112233", True),
        ("+819012345678", True),
        ("+92512201234", False),  # fixed, in Islamabad
        ("+81352535111", False),  # fixed, in Tokyo
        ("+442079460000", False),
        ("+447700900123", False),
    ],
)
def test_codes_go_to_strangers_with_a_mobile_of_the_two_countries(phone, may):
    assert may_have_account(phone) is may
