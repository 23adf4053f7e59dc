"""Reading writes nothing but who looked, sessions and rate counters."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.urls import reverse
from django.utils.translation import override

from rahdari.base.actor import stranger
from tests.house.plan import operations, patterns

WRITE = re.compile(r"^\s*(insert into|update|delete from|truncate)\s+\"?(\w+)", re.I)
ALLOWED = {"base_look", "base_cache", "django_session", "usersessions_usersession"}
SAMPLES = {"code": "FOOD_SERVICE", "table": "fields", "name": "stay", "number": "SUS-2026-01"}


def readable():
    for route, pattern in patterns():
        permit = getattr(pattern.callback, "permit", None)
        readable_by_all = permit and "GET" in pattern.callback.methods and not permit.why_not(stranger("pk"))
        if readable_by_all and set(pattern.pattern.converters) <= set(SAMPLES):
            yield pytest.param(pattern, id=route)


@pytest.fixture
def writes():
    seen = []

    def watch(execute, sql, params, many, context):
        found = WRITE.match(sql)
        if found and found[2].lower() not in ALLOWED:
            seen.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        yield seen


@pytest.mark.django_db
@pytest.mark.parametrize("pattern", list(readable()))
@pytest.mark.parametrize("node", ["pk", "jp"])
def test_a_page_that_is_read_changes_no_row(client, settings, writes, node, pattern):
    settings.RAHDARI_NODE = node
    with override("ja"):
        address = reverse(pattern.name, kwargs={name: SAMPLES[name] for name in pattern.pattern.converters})
    assert client.get(address).status_code in (200, 302, 404)
    assert writes == []


@pytest.mark.django_db
def test_the_watch_sees_a_write(writes):
    with connection.cursor() as cursor:
        cursor.execute("update base_waiting set outcome = 'x'")
    assert len(writes) == 1


def test_there_are_pages_and_operations_to_read():
    assert len(list(readable())) > 5
    assert list(operations())
