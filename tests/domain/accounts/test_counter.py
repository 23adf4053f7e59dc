"""At the counter: two officers, a waiting day, and a worker who can say no."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse

from rahdari.base.actor import stranger
from rahdari.base.clock import now
from rahdari.base.letters import letters_in_folder
from rahdari.base.models import AuditEntry, Look, Waiting
from rahdari.base.refusal import Refused
from rahdari.base.work import Missing, unit_of_work
from rahdari.domain.accounts.actions import (
    ask_code,
    begin_recovery,
    cancel_recovery,
    confirm_recovery,
    enter_code,
    forget_people,
    register_at_counter,
)
from rahdari.domain.accounts.models import Person, Proxy, Recovery
from rahdari.domain.accounts.queries import person_by_phone
from rahdari.domain.accounts.rules.opening import PHONE_RESTS
from tests.make import people, watches

pytestmark = pytest.mark.django_db
OLD, NEW, CARD = "+923001112233", "+923004445566", "17301-1234567-1"
DAY = dt.timedelta(hours=24)


def codes(act, **told):
    before = AuditEntry.objects.count()
    with pytest.raises(Refused) as wrong:
        act(**({"at": now()} | told))
    assert AuditEntry.objects.count() == before
    return {one.code for one in wrong.value.refusals}


@pytest.fixture
def worker():
    return people.worker(phone=OLD, identity=CARD)


def begin(actor, **told):
    return begin_recovery(actor=actor, **({"identity": CARD, "phone": NEW, "at": now()} | told))


def forget(person_id):
    officer = people.actor("oec_counter")
    with unit_of_work("tests.erase", actor=officer, at=now()) as unit:
        forget_people(actor=officer, people=[person_id], at=now())
        unit.about(Person(pk=person_id))


class TestRegisterAtCounter:
    def test_registers_with_a_phone_or_without(self):
        officer = people.actor("oec_counter")
        told = {"actor": officer, "name": "Worker (invented)", "language": "ur"}
        one = register_at_counter(**told, identity="۱۷۳۰۱۱۲۳۴۵۶۷۱", phone="0300 1112233", at=now())
        assert (one.identity, one.phone, one.staff) == (CARD, OLD, False)
        two = register_at_counter(**told, identity="17301-7654321-3", phone=" ", at=now())
        assert two.phone is None and not two.has_usable_password()
        assert codes(register_at_counter, **told, identity=CARD, phone=OLD) == {"identity_taken", "phone_taken"}
        assert codes(register_at_counter, **told, identity="123", phone=OLD) == {"identity_not_valid"}

    def test_keeps_the_card_closed(self, worker):
        from django.db import connection

        with connection.cursor() as cursor:
            cursor.execute("select identity, identity_index from accounts_person where id = %s", [worker.pk])
            closed, index = cursor.fetchone()
        assert CARD.encode() not in bytes(closed) and "1234567" not in index

    def test_is_closed_to_other_desks(self):
        told = {"name": "W", "language": "ur", "identity": CARD, "phone": ""}
        assert codes(register_at_counter, actor=people.actor("protector"), **told) == {"not_permitted"}

    def test_asks_for_the_residence_card_in_japan(self, on_jp):
        officer = people.actor("isa_regional", node="jp")
        told = {"name": "W (invented)", "language": "ur", "phone": "090-1234-5678"}
        assert register_at_counter(actor=officer, identity="ab12345678cd", **told, at=now()).identity == "AB12345678CD"


class TestRecovery:
    def test_gives_the_new_phone_after_a_day_by_a_second_officer(self, worker, client, django_capture_on_commit_callbacks):
        people.sign_in_as(client, worker)
        first, second = people.actor("oec_counter"), people.actor("oec_counter")
        with django_capture_on_commit_callbacks(execute=True):
            recovery = begin(first)
        assert letters_in_folder(1)[0].address == OLD
        assert Waiting.objects.get().task == "accounts.confirm_recovery"
        later = now() + DAY
        with django_capture_on_commit_callbacks(execute=True):
            confirm_recovery(actor=second, recovery_id=recovery.pk, at=later)
        assert {one.address for one in letters_in_folder(2)} == {OLD, NEW}
        assert person_by_phone(NEW) == worker and person_by_phone(OLD) is None
        assert Waiting.objects.get().outcome == "recovery_confirmed"
        assert client.get(reverse("accounts.see_account")).status_code == 302

    def test_refuses_the_first_officer_and_haste(self, worker):
        first, second = people.actor("oec_counter"), people.actor("oec_counter")
        recovery = begin(first)
        asked = {"recovery_id": recovery.pk}
        assert codes(confirm_recovery, actor=first, **asked, at=now() + DAY) == {"four_eyes"}
        assert codes(confirm_recovery, actor=second, **asked) == {"waiting_day_not_over"}
        assert codes(confirm_recovery, actor=people.actor("protector"), **asked, at=now() + DAY) == {"not_permitted"}
        confirm_recovery(actor=second, **asked, at=now() + DAY)
        assert codes(confirm_recovery, actor=second, **asked, at=now() + DAY) == {"wrong_state"}

    def test_refuses_an_unknown_card_a_taken_phone_and_a_second_one(self, worker):
        officer = people.actor("oec_counter")
        assert codes(begin_recovery, actor=officer, identity="17301-7654321-3", phone=NEW) == {"person_not_found"}
        assert codes(begin_recovery, actor=officer, identity=CARD, phone=OLD) == {"phone_taken"}
        begin(officer)
        assert codes(begin_recovery, actor=officer, identity=CARD, phone=NEW) == {"recovery_open"}

    def test_can_be_cancelled_by_the_worker_but_by_no_other(self, worker):
        recovery = begin(people.actor("oec_counter"))
        other = people.worker(phone="+923007778899", identity="17301-0000000-5")
        asked = {"recovery_id": recovery.pk}
        assert codes(cancel_recovery, actor=people.actor_as(other), **asked) == {"not_permitted"}
        cancel_recovery(actor=people.actor_as(worker), **asked, at=now())
        assert Recovery.objects.get().state == "recovery_cancelled"
        later = now() + DAY
        assert codes(confirm_recovery, actor=people.actor("oec_counter"), **asked, at=later) == {"wrong_state"}

    def test_refuses_a_phone_somebody_took_meanwhile(self, worker):
        recovery = begin(people.actor("oec_counter"))
        people.worker(phone=NEW, identity="17301-0000000-5")
        asked = {"actor": people.actor("oec_counter"), "recovery_id": recovery.pk, "at": now() + DAY}
        assert codes(confirm_recovery, **asked) == {"phone_taken"}
        assert Person.objects.get(pk=worker.pk).phone == OLD

    def test_keeps_no_phone_of_the_forgotten(self, worker):
        officer, other = people.actor("oec_counter"), people.worker(phone="+923007778899", identity="17301-0000000-5")
        cancel_recovery(actor=officer, recovery_id=begin(officer).pk, at=now())
        recovery = begin(officer)
        kept = begin(officer, identity="17301-0000000-5", phone="+923004445577")
        forget(worker.pk)
        assert list(Recovery.objects.values_list("pk", "person")) == [(kept.pk, other.pk)]
        outcomes = Waiting.objects.exclude(subject_id=str(kept.pk)).values_list("outcome", flat=True)
        assert set(outcomes) == {"recovery_cancelled"} and Waiting.objects.get(closed_at=None).subject_id == str(kept.pk)
        with pytest.raises(Missing):
            confirm_recovery(actor=people.actor("oec_counter"), recovery_id=recovery.pk, at=now() + DAY)
        assert Person.objects.get(pk=worker.pk).phone is None

    def test_gives_a_closed_account_no_phone(self, worker):
        recovery = begin(people.actor("oec_counter"))
        with unit_of_work("tests.close", actor=people.actor("oec_counter"), at=now()) as unit:
            worker.is_active = False
            unit.about(unit.save(worker))
        asked = {"actor": people.actor("oec_counter"), "recovery_id": recovery.pk, "at": now() + DAY}
        assert codes(confirm_recovery, **asked) == {"person_not_found"}
        assert Person.objects.get(pk=worker.pk).phone == OLD


class TestWhatTheLostPhoneOpened:
    """Whoever found or stole it may have used it until the counter took it off the account."""

    def test_a_code_asked_before_opens_nothing_after(self, worker, monkeypatch):
        recovery, later = begin(people.actor("oec_counter")), now() + DAY
        monkeypatch.setattr("secrets.randbelow", lambda _most: 123456)
        ask_code(actor=stranger("pk"), phone=OLD, language="ur", at=later)
        confirm_recovery(actor=people.actor("oec_counter"), recovery_id=recovery.pk, at=later)
        assert enter_code(actor=stranger("pk"), phone=OLD, code="123456", at=later) is None
        assert Person.objects.get(pk=worker.pk).phone == NEW

    def test_whom_it_let_watch_watches_no_more(self, worker):
        who = people.actor_as(worker)
        watches.allowed(who)
        watches.asked(who, "+923001110003")
        recovery = begin(people.actor("oec_counter"))
        confirm_recovery(actor=people.actor("oec_counter"), recovery_id=recovery.pk, at=now() + DAY)
        assert set(Proxy.objects.values_list("state", "phone", "own_code")) == {("proxy_ended", None, "")}


class TestANumberOfSomebodyBefore:
    """A network gave the number to somebody else; two officers take it off the account that has it still."""

    LATER = now() + PHONE_RESTS + dt.timedelta(days=1)

    @pytest.fixture
    def before(self):
        return people.worker(phone=NEW, identity="17301-0000000-5")

    def test_goes_to_whoever_has_it_now(self, worker, before, django_capture_on_commit_callbacks):
        with django_capture_on_commit_callbacks(execute=True):
            recovery = begin(people.actor("oec_counter"), at=self.LATER)
        assert {one.address for one in letters_in_folder(2)} == {OLD, NEW}
        confirm_recovery(actor=people.actor("oec_counter"), recovery_id=recovery.pk, at=self.LATER + DAY)
        before.refresh_from_db()
        assert (person_by_phone(NEW), before.phone, before.phone_index, before.is_active) == (worker, None, None, True)
        assert AuditEntry.objects.latest("id").facts["number_of"] == str(before.pk)

    def test_stays_with_an_owner_who_came_in_meanwhile_or_lately(self, worker, before):
        recovery = begin(people.actor("oec_counter"), at=self.LATER)
        with unit_of_work("tests.come_in", actor=people.actor_as(before), at=self.LATER) as unit:
            before.phone_shown_at = self.LATER
            unit.about(unit.save(before))
        told = {"actor": people.actor("oec_counter"), "recovery_id": recovery.pk, "at": self.LATER + DAY}
        assert codes(confirm_recovery, **told) == {"phone_taken"}
        cancel_recovery(actor=people.actor("oec_counter"), recovery_id=recovery.pk, at=self.LATER)
        assert codes(begin_recovery, actor=people.actor("oec_counter"), identity=CARD, phone=NEW) == {"phone_taken"}

    def test_watches_nobody_any_more_where_it_was_all_the_account_had(self, worker):
        done = watches.allowed(people.actor_as(people.worker("+923001110001", "17301-9999999-1")), NEW)
        recovery = begin(people.actor("oec_counter"), at=self.LATER)
        confirm_recovery(actor=people.actor("oec_counter"), recovery_id=recovery.pk, at=self.LATER + DAY)
        done.refresh_from_db()
        assert done.state == "proxy_ended"


class TestThePages:
    def test_the_worker_sees_it_and_who_looked(self, worker, client):
        recovery = begin(people.actor("oec_counter"))
        people.sign_in(client, "oec_counter")
        page = client.get(reverse("accounts.confirm_recovery", args=[recovery.pk])).content.decode()
        assert worker.name in page and NEW not in page and "+92 … 66" in page and "waiting day" in page
        assert Look.objects.get().about == worker.pk
        people.sign_in_as(client, worker)
        assert "another phone" in client.get(reverse("accounts.see_account")).content.decode()
        assert "oec_counter" not in client.get(reverse("accounts.see_looks")).content.decode()
        client.post(reverse("accounts.cancel_recovery", args=[recovery.pk]))
        assert Recovery.objects.get().state == "recovery_cancelled"

    def test_an_office_does_not_see_what_waits_at_another(self, worker, client):
        recovery = begin(people.actor("oec_counter"))
        people.sign_in(client, "isa_regional", node="jp")
        assert client.get(reverse("accounts.confirm_recovery", args=[recovery.pk])).status_code == 404

    def test_typed_text_stays_and_faults_stand_beside_it(self, client):
        people.sign_in(client, "oec_counter")
        answer = client.post(reverse("accounts.begin_recovery"), {"identity": "17", "phone": "0300 4445566"})
        page = answer.content.decode()
        assert answer.status_code == 422
        assert 'value="17"' in page and "not a number of the card" in page
