"""Letters: sent when the action is done, noted without their text, silent about addresses."""

from __future__ import annotations

import stat
from uuid import uuid4

import pytest

from rahdari.base import letters
from rahdari.base.actor import machine
from rahdari.base.clock import now
from rahdari.base.letters import GatewayFailed, address_hint, gateway_for, letters_folder, letters_in_folder, write_letter
from rahdari.base.models import AuditEntry, Letter
from rahdari.base.refusal import Refusal, Refused
from rahdari.base.rows import OutsideWork
from rahdari.base.work import unit_of_work

pytestmark = pytest.mark.django_db
NODE = machine("pk", "command")


def write(*, refuse=False, **told):
    asked = {"to": uuid4(), "way": "sms", "address": "+923001112233", "language": "en"} | told
    with unit_of_work("tests.write", actor=NODE, at=now()) as unit:
        letter = write_letter(unit, **asked, template="accounts/letters/code", values={"code": "123456", "minutes": 10})
        if refuse:
            unit.refuse([Refusal("stale")])
        unit.about(letter)
    return letter


class TestWriteLetter:
    def test_sends_after_the_action_and_notes_it(self, django_capture_on_commit_callbacks):
        with django_capture_on_commit_callbacks(execute=True):
            letter = write()
            assert not [one for one in letters_in_folder(50) if one.id == str(letter.pk)]
        kept = letters_in_folder(1)[0]
        assert kept.id == str(letter.pk) and kept.text.startswith("123456") and kept.subject
        letter.refresh_from_db()
        assert letter.sent_at and not letter.failed_at
        assert [one.verb for one in AuditEntry.objects.order_by("id")] == ["tests.write", "base.carry_letter"]

    def test_sends_nothing_for_an_action_that_was_refused(self, django_capture_on_commit_callbacks):
        before = letters_in_folder(1)
        with django_capture_on_commit_callbacks(execute=True) as asked, pytest.raises(Refused):
            write(refuse=True)
        assert asked == [] and letters_in_folder(1) == before and not Letter.objects.exists()

    @pytest.mark.parametrize(("language", "mark"), [("en", "code"), ("ur", "کوڈ"), ("ja", "コード")])
    def test_speaks_the_language_of_the_person(self, language, mark, django_capture_on_commit_callbacks):
        with django_capture_on_commit_callbacks(execute=True):
            write(language=language)
        assert mark in letters_in_folder(1)[0].text

    def test_keeps_neither_text_nor_address_in_the_log(self, django_capture_on_commit_callbacks):
        with django_capture_on_commit_callbacks(execute=True):
            letter = write()
        letter.refresh_from_db()
        kept = str(vars(letter)) + str(list(AuditEntry.objects.values()))
        assert "123456" not in kept and "3001112233" not in kept

    def test_notes_a_gateway_that_failed_and_leaves_the_action_done(self, settings, django_capture_on_commit_callbacks):
        settings.RAHDARI_GATEWAYS = {"sms": "tests.base.test_letters.Refusing", "email": ""}
        with django_capture_on_commit_callbacks(execute=True):
            letter = write()
        letter.refresh_from_db()
        assert letter.failed_at and letter.failure == "the line is down"

    def test_is_possible_only_inside_an_action(self):
        with pytest.raises(OutsideWork):
            Letter(way="sms", address_hint="x", template="x", language="en", made_at=now()).save()

    def test_an_empty_address_is_noted_and_goes_nowhere(self, django_capture_on_commit_callbacks):
        before = letters_in_folder(1)
        with django_capture_on_commit_callbacks(execute=True):
            letter = write(address="", to=None)
        letter.refresh_from_db()
        assert letter.failure == "no address" and letters_in_folder(1) == before


class Refusing:
    """A gateway whose line is down."""

    def send(self, message):
        raise GatewayFailed("the line is down")


class TestGateways:
    def test_the_folder_is_for_the_node_alone(self, django_capture_on_commit_callbacks):
        with django_capture_on_commit_callbacks(execute=True):
            letter = write()
        path = letters_folder() / f"{letter.pk}.json"
        assert stat.S_IMODE(path.stat().st_mode) == 0o600

    def test_mail_is_handed_to_the_mail_server(self, settings, mailoutbox, django_capture_on_commit_callbacks):
        settings.RAHDARI_GATEWAYS = {"sms": "", "email": "rahdari.base.letters.MailGateway"}
        with django_capture_on_commit_callbacks(execute=True):
            write(way="email", address="somebody@pk.test.invalid")
        assert [one.to for one in mailoutbox] == [["somebody@pk.test.invalid"]]

    def test_a_subject_cannot_carry_a_second_header(self, settings, mailoutbox):
        message = letters.Message("1", "email", "a@b.invalid", "Subject\nBcc: x@y.invalid", "t", "en", "t", "")
        with pytest.raises(ValueError, match="Header"):
            gateway = letters.MailGateway()
            gateway.send(message)
        assert mailoutbox == []

    def test_the_settings_name_them(self):
        assert isinstance(gateway_for("sms"), letters.FolderGateway)

    @pytest.mark.parametrize(("address", "hint"), [("a.khan@x.invalid", "a…@x.invalid"), ("+923001112233", "+92 … 33")])
    def test_hint_tells_the_owner_and_nobody_else(self, address, hint):
        assert address_hint(address) == hint
