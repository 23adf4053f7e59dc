"""Personal fields at rest: closed, bound to their place, found by a blind index, closed again when keys roll."""

from __future__ import annotations

import json
import os

import pytest
from django.core import serializers
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from rahdari.base.actor import machine
from rahdari.base.clock import now
from rahdari.base.indexes import indexed_models
from rahdari.base.refusal import Refused
from rahdari.base.secrets import (
    CannotOpen,
    blind,
    blinds,
    close,
    closed_with_present_key,
    keyring,
    open_closed,
    weak_keys,
    with_new_keys,
    with_present_keys_only,
)
from rahdari.domain.accounts.actions import reclose_fields
from rahdari.domain.accounts.actions.fields import _closed_columns
from rahdari.domain.accounts.models import Person
from rahdari.domain.accounts.queries import person_by_phone
from rahdari.domain.accounts.queries.people import person_by_identity
from rahdari.domain.cooperation.actions import send_request
from rahdari.domain.organisations.models import NAME_KEY, Officer
from rahdari.domain.organisations.rules.entries import OfficerEntered
from rahdari.domain.organisations.rules.names import keys_of_person
from tests.make import candidates, people
from tests.make import organisations as make

PHONE, CARD = "+923001112233", "17301-1234567-1"


@pytest.fixture
def keys(settings, tmp_path):
    """A key file of the test's own, and a way to change it."""
    path = tmp_path / "field_keys.json"
    settings.RAHDARI_FIELD_KEYS_FILE = str(path)
    clock = iter(range(1, 100))

    def change(act, held=None):
        path.write_text(json.dumps(act(held if held is not None else json.loads(path.read_text()))))
        os.utime(path, (next(clock), next(clock)))  # a file system may count in whole seconds

    change(with_new_keys, {})
    return change


class TestClose:
    @given(st.text(max_size=200))
    def test_opens_to_the_same(self, text):
        assert open_closed(close(text, "table.column"), "table.column") == text

    def test_never_looks_the_same_twice(self):
        assert close("a", "t.c") != close("a", "t.c")

    def test_opens_in_its_own_place_only(self):
        with pytest.raises(CannotOpen):
            open_closed(close(PHONE, "accounts_person.phone"), "accounts_person.identity")

    @pytest.mark.parametrize("place", range(0, 40, 3))
    def test_shows_any_change(self, place):
        stored = bytearray(close("0123456789", "t.c"))
        stored[place] ^= 1
        with pytest.raises(CannotOpen):
            open_closed(bytes(stored), "t.c")

    @pytest.mark.parametrize("stored", [b"", b"\x01", b"\x01" * 10, b"x" * 40])
    def test_refuses_what_was_never_closed(self, stored):
        with pytest.raises(CannotOpen):
            open_closed(stored, "t.c")


class TestBlindIndex:
    def test_is_equal_for_equal_values_of_one_purpose(self):
        assert blind(PHONE, "phone") == blind(PHONE, "phone")
        assert blind(PHONE, "phone") != blind(PHONE, "fax")
        assert blind(PHONE, "phone") in blinds(PHONE, "phone")

    def test_fits_its_column(self):
        assert len(blind("x" * 1000, "phone")) <= 64


class TestKeys:
    def test_new_ones_are_strong_and_known_ones_are_found_out(self):
        assert weak_keys(with_new_keys({})) == []
        known = {"id": "00000001", "key": "A" * 43 + "="}
        short = {"id": "00000002", "key": "c2hvcnQ="}
        assert weak_keys({"closing": [known], "index": [short]}) == ["00000001", "00000002"]

    def test_old_ones_still_open(self, keys):
        stored = close("text", "t.c")
        keys(with_new_keys)
        assert open_closed(stored, "t.c") == "text" and not closed_with_present_key(stored)
        keys(with_present_keys_only)
        with pytest.raises(CannotOpen):
            open_closed(stored, "t.c")


@pytest.mark.django_db
class TestReclose:
    """`rahdari keys rotate-fields`: no value is lost, and afterwards the old keys open nothing."""

    def test_closes_everything_with_the_newest_keys(self, keys):
        worker = people.worker(phone=PHONE, identity=CARD)
        keys(with_new_keys)
        assert person_by_phone(PHONE) == worker
        done = reclose_fields(actor=machine("pk", "command"), at=now())
        assert done.fields == 3  # one row's indexes, two closed values
        assert reclose_fields(actor=machine("pk", "command"), at=now()).fields == 0
        keys(with_present_keys_only)
        again = Person.objects.get(pk=worker.pk)
        assert (again.phone, again.identity) == (PHONE, CARD)
        assert person_by_phone(PHONE) == again and person_by_identity(CARD) == again

    def test_closes_what_every_other_package_has_closed(self, keys):
        who = people.actor("contact_point_pk")
        asked = send_request(actor=who, kind="other", questions=["answer"], facts={"what": "x"}, at=now())
        keys(with_new_keys)
        assert reclose_fields(actor=machine("pk", "command"), at=now()).fields >= 1
        assert reclose_fields(actor=machine("pk", "command"), at=now()).fields == 0
        keys(with_present_keys_only)
        held = type(asked).objects.get(pk=asked.pk)
        closed = [column.attname for model, column in _closed_columns() if model is type(asked)]
        assert closed and [getattr(held, name) for name in closed] == [getattr(asked, name) for name in closed]

    def test_makes_every_index_anew_so_that_what_was_found_is_found(self, keys):
        make.licensed(officers=(OfficerEntered("Bilal Sheikh", "manager", make.card(7), "+923001112244"),))
        candidates.file()
        before = {model: list(model.objects.order_by("pk").values()) for model in indexed_models()}
        keys(with_new_keys)
        while reclose_fields(actor=machine("pk", "command"), at=now()).fields:
            pass
        keys(with_present_keys_only)
        present, seen = keyring().index[0].id, 0
        for model, columns in indexed_models().items():
            rows = list(model.objects.order_by("pk"))
            assert len(rows) == len(before[model])
            for row, old in zip(rows, before[model], strict=True):
                for column in columns:
                    held, was = getattr(row, column.attname), old[column.attname]
                    seen += bool(was)
                    assert held == column.index_of(row) and bool(held) == bool(was)
                    assert not was or (was != held and present in str(held))
        assert seen >= 9
        assert Officer.objects.filter(
            name_keys__overlap=[blind(key, NAME_KEY) for key in keys_of_person("Bilal Sheikh")]
        ).exists()

    def test_closes_the_secrets_of_second_factors(self, keys):
        from allauth.mfa.models import Authenticator
        from allauth.mfa.totp.internal.auth import TOTP

        TOTP.activate(people.person("protector"), "A" * 32)
        keys(with_new_keys)
        assert reclose_fields(actor=machine("pk", "command"), at=now()).factors == 1
        keys(with_present_keys_only)
        from allauth.mfa.utils import decrypt

        assert decrypt(Authenticator.objects.get().data["secret"]) == "A" * 32

    def test_is_closed_to_officers(self):
        with pytest.raises(Refused):
            reclose_fields(actor=people.actor("protector"), at=now())


@pytest.mark.django_db
class TestColumn:
    def test_is_not_readable_in_the_database_nor_by_serialising(self):
        worker = people.worker(phone=PHONE)
        with connection.cursor() as cursor:
            cursor.execute("select phone from accounts_person where id = %s", [worker.pk])
            assert b"3001112233" not in bytes(cursor.fetchone()[0])
        with pytest.raises(TypeError):
            serializers.serialize("json", [worker])
