"""Reading writes nothing but who looked, sessions and rate counters."""

from __future__ import annotations

import re
from contextlib import contextmanager

import pytest
from django.db import connection
from django.urls import reverse
from django.utils.translation import override

from rahdari.base.actor import stranger
from rahdari.base.clock import now
from rahdari.domain.accounts.actions import begin_recovery
from tests.house.plan import SEATS, address_of, operations, patterns
from tests.make import corridor
from tests.make import fields as make
from tests.make.people import actor, actor_as, sign_in, worker
from tests.make.sure import falls_to

WRITE = re.compile(r"^\s*(insert into|update|delete from|truncate)\s+\"?(\w+)", re.I)
ALLOWED = {"base_look", "base_cache", "base_tries", "django_session", "usersessions_usersession"}
SAMPLES = {"code": "FOOD_SERVICE", "table": "fields", "name": "stay", "number": "SUS-2026-01"}


def readable():
    for route, pattern in patterns():
        permit = getattr(pattern.callback, "permit", None)
        readable_by_all = permit and "GET" in pattern.callback.methods and not permit.why_not(stranger("pk"))
        if readable_by_all and set(pattern.pattern.converters) <= set(SAMPLES):
            yield pytest.param(pattern, id=route)


@contextmanager
def writes_seen():
    seen = []

    def watch(execute, sql, params, many, context):
        found = WRITE.match(sql)
        if found and found[2].lower() not in ALLOWED:
            seen.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        yield seen


@pytest.fixture
def writes():
    with writes_seen() as seen:
        yield seen


@pytest.mark.django_db
@pytest.mark.parametrize("pattern", list(readable()))
@pytest.mark.parametrize("node", ["pk", "jp"])
def test_a_page_that_is_read_changes_no_row(client, settings, writes, node, pattern):
    settings.RAHDARI_NODE = node
    with override("ja"):
        address = reverse(pattern.name, kwargs={name: SAMPLES[name] for name in pattern.pattern.converters})
    # 401: what only the partner may ask. 503: a node that was not founded yet has no document to show.
    assert client.get(address).status_code in (200, 302, 401, 404, 503)
    assert writes == []


def things_on(node, someone):
    """Something for every page of a desk to show, by the name its address gives it."""
    told = {"person_id": someone.pk, **corridor.things(node)}
    if node == "jp":
        return told | {"order_id": make.order("announced", at=now()).pk, "request_id": make.request("AGRICULTURE", at=now()).pk}
    worker("0300 1234567", "17301-9999999-1")
    begun = {"identity": "17301-9999999-1", "phone": "0301 1234567"}
    return told | {"recovery_id": begin_recovery(actor=actor("oec_counter"), **begun, at=now()).pk}


@pytest.mark.django_db
@pytest.mark.parametrize(("node", "role"), SEATS)
def test_a_page_of_a_desk_that_is_read_changes_no_row(client, settings, node, role):
    settings.RAHDARI_NODE = node
    someone = sign_in(client, role, node=node)
    mine, told, read = actor_as(someone), things_on(node, someone), []
    with writes_seen() as writes:
        for route, pattern in patterns():
            permit = getattr(pattern.callback, "permit", None)
            if (
                permit
                and "GET" in pattern.callback.methods
                and not permit.why_not(mine)
                and falls_to(f"{node} {role} {route}", 4)
            ):
                read.append((route, client.get(address_of(pattern, **told)).status_code))
                assert writes == [], route
    assert [one for one in read if one[1] == 200]


@pytest.mark.django_db
def test_an_operation_that_is_read_changes_no_row(client, writes):
    told = client.get("/api/openapi.json").json()["paths"]
    open_ones = {path for path, view in operations() if not view.permit.why_not(stranger("pk"))}
    samples = SAMPLES | {name: str(pk) for name, pk in corridor.things("pk").items()}
    writes.clear()
    reading = [path for path, methods in told.items() if "get" in methods and path.removeprefix("/api") in open_ones]
    asked = [path.format_map(samples) for path in reading if set(re.findall(r"{(\w+)}", path)) <= set(samples)]
    assert [client.get(path).status_code for path in asked] == [200] * len(asked)
    assert asked
    assert writes == []


@pytest.mark.django_db
def test_the_watch_sees_a_write(writes):
    with connection.cursor() as cursor:
        cursor.execute("update base_waiting set outcome = 'x'")
    assert len(writes) == 1


def test_there_are_pages_and_operations_to_read():
    assert len(list(readable())) > 5
    assert list(operations())
