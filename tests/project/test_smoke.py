"""A smoke run for another version of PostgreSQL: the tables, an action, the chain, the pages, Urdu trigrams."""

from __future__ import annotations

import time

import pytest
from django.db import connection

from rahdari.base.actor import machine
from rahdari.base.audit import link_entries, verify_chain
from rahdari.base.clock import now
from rahdari.base.editions import current_book
from rahdari.base.reference import SHIPPED
from rahdari.domain.fields.actions import load_reference

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_version_is_one_we_know(capsys):
    major = connection.cursor().connection.info.server_version // 10_000
    with capsys.disabled():
        print(f"\nPostgreSQL {major}")
    assert 15 <= major <= 18


def test_an_action_is_recorded_and_chained():
    load_reference(actor=machine("pk", "command"), folder=SHIPPED, at=now())
    linked = 0
    for _ in range(300):  # an open transaction of another database on the same server delays the linker
        linked += link_entries(at=now())
        if linked:
            break
        time.sleep(0.1)
    assert linked == 1
    assert verify_chain().faults == []
    assert current_book().rows("fields")


@pytest.mark.parametrize("language", ["en", "ur", "ja"])
@pytest.mark.parametrize("path", ["", "fields/", "agreement/", "checks/", "checks/eligibility/"])
def test_the_public_pages_open(client, language, path):
    assert client.get(f"/{language}/{path}").status_code == 200


def test_trigrams_see_urdu():
    with connection.cursor() as cursor:
        cursor.execute("create extension if not exists pg_trgm")
        cursor.execute("select cardinality(show_trgm('محمد'))")
        assert cursor.fetchone()[0] > 0
