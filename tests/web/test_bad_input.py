"""Whatever is sent through a form of any page gets a clear answer in the reader's language and changes nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.utils.translation import override

from rahdari.base.actor import Actor
from rahdari.base.clock import day_at, now
from rahdari.domain.accounts.actions import begin_recovery
from rahdari.domain.notices.access import OFFICERS
from tests.house.plan import SEATS, address_of, patterns
from tests.make import fields as make
from tests.make.bad_input import LANGUAGE, URLENCODED, Forms, name_of, send, send_naughty
from tests.make.exchange import Corridor
from tests.make.notices import notice
from tests.make.people import actor, actor_as, sign_in, worker
from tests.make.requests import ask

pytestmark = pytest.mark.django_db
STRANGER = ("pk", "")
BODIES = {"field_ministry": "MLIT"}  # the ministry in charge of the field the addresses name
TEN_MEGABYTES = b"a" * 10_000_000
PARTS = b'--x\r\nContent-Disposition: form-data; name="text"\r\n\r\n' + TEN_MEGABYTES + b"\r\n--x--\r\n"
# Pages about a thing of the line have a form at its moment alone: tests/journeys/test_thread_pages.py tries them there.
OF_THE_LINE = {"case_id", "demand_id", "vacancy_id", "sitting_id", "result_id"}


def pages_by_seat() -> Iterator[tuple[tuple[str, str], Any]]:
    """Each page that can be opened, with one seat that may; pages of workers alone are tried beside their packages."""
    people = {STRANGER: Actor("pk", "public"), **{seat: Actor(*seat, "B", person=make.uuid4()) for seat in SEATS}}
    for _, pattern in patterns():
        permit = getattr(pattern.callback, "permit", None)
        if permit is not None and "GET" in pattern.callback.methods:
            seat = next((seat for seat, one in people.items() if not permit.why_not(one)), None)
            if seat is not None:
                yield seat, pattern


def of_the_line() -> set[str]:
    """The pages with a form about a thing of the line."""
    found = (pattern for _, pattern in pages_by_seat() if OF_THE_LINE & set(pattern.pattern.converters))
    return {str(pattern.name) for pattern in found if "POST" in pattern.callback.methods}


def seats() -> dict[tuple[str, str], list[Any]]:
    """For each other page, one seat that may open it."""
    chosen: dict[tuple[str, str], list[Any]] = {}
    for seat, pattern in pages_by_seat():
        if not OF_THE_LINE & set(pattern.pattern.converters):
            chosen.setdefault(seat, []).append(pattern)
    return chosen


SEATED = seats()


def seat_id(seat: tuple[str, str]) -> str:
    return f"{seat[0]}-{seat[1] or 'stranger'}"


@pytest.fixture(params=list(SEATED), ids=seat_id)
def desk(request, settings, client) -> tuple[Client, list[Any], dict[str, Any]]:
    """A visitor in a seat, the pages it opens, and something for each of them to show."""
    node, role = request.param
    settings.RAHDARI_NODE, settings.DEMO = node, True
    told: dict[str, Any] = {"name": "deadlines"}
    if role:
        someone = sign_in(client, role, BODIES.get(role), node=node)
        told["person_id"] = someone.pk
    if node == "jp":
        told |= {"order_id": make.order("announced", at=now()).pk, "request_id": make.request("AGRICULTURE", at=now()).pk}
    elif role:
        worker("0300 1234567", "17301-9999999-1")
        begun = {"identity": "17301-9999999-1", "phone": "0301 1234567"}
        told["recovery_id"] = begin_recovery(actor=actor("oec_counter"), **begun, at=now()).pk
        mine = actor_as(someone)
        written = {"by": mine if mine.role in OFFICERS else None, "known_on": day_at(now(), node), "at": now()}
        told |= {"kind": "other", "request_id": ask(at=now()).pk, "notice_id": notice("drafted", **written).pk}
    if role == "node_operator":
        corridor = Corridor(settings)
        told |= {"alarm_id": corridor.rings().pk, "node": corridor.partner.node}
    return client, SEATED[request.param], told


def forms_of(desk: tuple[Client, list[Any], dict[str, Any]]) -> list[tuple[str, dict[str, tuple[str, str]]]]:
    """Every form on the pages of a seat, once: its address and its controls."""
    client, pages, told = desk
    found: dict[tuple[str, ...], tuple[str, dict[str, tuple[str, str]]]] = {}
    for pattern in pages:
        with override(LANGUAGE):
            place = address_of(pattern, **told)
        answer = client.get(place)
        if "html" in answer.headers.get("Content-Type", ""):
            for action, controls in Forms(answer.content.decode()).found:
                target = action or place
                found.setdefault((name_of(target), *sorted(controls)), (target, controls))
    return [form for form in found.values() if "sign-out" not in form[0]]


def test_every_form_answers_naughty_strings(desk):
    forms = forms_of(desk)
    sent = sum(send_naughty(desk[0], target, controls) for target, controls in forms)
    assert sent or not any(controls for _, controls in forms)


@pytest.mark.parametrize("kind", ["one field", "parts", "not a form", "many fields"])
def test_every_form_answers_too_much(desk, kind):
    body, type_ = {
        "one field": (b"text=" + TEN_MEGABYTES, URLENCODED),
        "parts": (PARTS, "multipart/form-data; boundary=x"),
        "not a form": (b"\xff\xfe\x00{[" * 1000, "multipart/form-data; boundary="),
        "many fields": ("&".join(f"f{n}=1" for n in range(1000)), URLENCODED),
    }[kind]
    forms = forms_of(desk)
    desk[0].handler.enforce_csrf_checks = True  # as for every visitor: who looks for the token reads the body
    for target, _ in forms:
        answer = send(desk[0], target, body, content_type=type_)
        assert answer.status_code == (400 if kind == "not a form" else 413), target


@pytest.mark.parametrize("desk", [STRANGER, ("jp", "contact_point_jp"), ("jp", "field_ministry")], indirect=True, ids=seat_id)
@pytest.mark.parametrize("day", ["2026-02-30", "0000-00-00", "9999-99-99", "2026-13-01", "۲۰۲۶-۰۲-۳۰", "tomorrow", "99999-01-01"])
def test_every_form_answers_a_day_that_is_none_beside_it(desk, day):
    asked = 0
    for target, controls in forms_of(desk):
        for name in [name for name, (kind, _) in controls.items() if kind == "date"]:
            answer = send(desk[0], target, {one: value for one, (_, value) in controls.items()} | {name: day})
            page, its = answer.content.decode(), re.escape(name)
            assert answer.status_code == 422, (target, name)
            assert re.search(f'name="{its}"[^>]*value="{day}"|value="{day}"[^>]*name="{its}"', page), (target, name)
            assert re.search(f'id="[^"]*{its}[^"]*err', page), (target, name)
            asked += 1
    assert asked


@pytest.mark.parametrize("language", ["en", "ur", "ja"])
@pytest.mark.parametrize("path", ["fields/MOON/", "fields/reference/moon/", "checks/moon/", "fields/%00/", "fields/نرسنگ/"])
def test_what_is_unknown_is_said_in_the_language_of_the_reader(client, language, path):
    answer = client.get(f"/{language}/{path}")
    assert answer.status_code == 404
    assert f'lang="{language}"' in answer.content.decode()


@pytest.mark.parametrize("told", ["xx", "zz-ZZ;q=9", "*", "ja-" + "x" * 5000, "\x00", "ur;q=x", "日本語"])
def test_an_unknown_language_is_answered_in_a_known_one(client, told):
    client.cookies["language"] = told[:80] if told.isascii() and told.isprintable() else "xx"
    for path in ("/", "/fr/", "/fr/fields/", "/api/fields", "/api/nowhere"):
        answer = client.get(path, headers={"Accept-Language": told.encode().decode("latin-1")}, follow=True)
        assert answer.status_code in (200, 404), path
        if "html" in answer.headers["Content-Type"]:
            assert re.search(r'lang="(en|ur|ja)"', answer.content.decode()), path
