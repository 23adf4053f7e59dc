"""A list costs the same number of queries with one row and with many: fifty in `bin/dev sure`, else ten."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from itertools import count, cycle
from typing import Any
from uuid import uuid4

import pytest
from allauth.usersessions.models import UserSession
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from rahdari.base.actor import machine
from rahdari.base.clock import day_at, now
from rahdari.base.letters import write_letter
from rahdari.base.reference import shipped_book
from rahdari.base.seen import note_look
from rahdari.base.work import unit_of_work
from rahdari.domain.accounts import actions as accounts
from rahdari.domain.accounts.models import Body
from rahdari.domain.fields import actions as fields
from tests.make import corridor, enquiries
from tests.make import fields as make
from tests.make.notices import heard as notices_heard
from tests.make.notices import notice
from tests.make.people import actor, actor_as, person, sign_in, sign_in_as, worker
from tests.make.requests import ask, heard
from tests.make.sure import SURE

pytestmark = pytest.mark.django_db
FEW, MANY = 1, 50 if SURE else 10
FIELDS = [row["code"] for row in shipped_book().rows("fields") if row["status"] != "merged"]
SCOPES = ["fields.see_orders"]
Told = tuple[Callable[[], Any], list[Any]]  # what makes one row more, and the arguments of the address


def worklist(client: Client) -> Told:
    body = Body.objects.get(pk=sign_in(client, "contact_point_jp", node="jp").grants.get().body_id)
    fields_told = cycle(FIELDS)

    def more() -> None:
        with unit_of_work("tests.wait", actor=machine("jp", "command"), at=now()) as unit:
            thing, field = Body(pk=str(uuid4())), next(fields_told)
            place = {"holder_body": body.pk, "holder_side": "jp", "matter": {"field": field}, "due_at": now()}
            unit.wait("fields.decide_order", thing, **place, url_name="fields.see_field", url_args=[field])
            unit.about(thing)

    return more, []


def orders(client: Client) -> Told:
    sign_in(client, "contact_point_jp", node="jp")
    states = cycle(["lifted", "withdrawn"])
    places = cycle(["CONSTRUCTION", "AGRICULTURE", "RAILWAY", "AVIATION", "FORESTRY"])
    return (lambda: make.order(next(states), next(places), at=now())), []


def requests(client: Client) -> Told:
    mine = actor_as(sign_in(client, "field_ministry", "MLIT", node="jp"), node="jp")

    def more() -> None:
        asked = make.request("CONSTRUCTION", at=now())
        fields.withdraw_request(actor=replace(mine, body=asked.body), request_id=asked.pk, at=now())

    return more, []


def people_of_the_node(client: Client) -> Told:
    sign_in(client, "node_operator")
    return (lambda: person("protector")), []


def colleagues(client: Client) -> Told:
    sign_in(client, "protector")
    return (lambda: person("protector")), []


def sessions(client: Client) -> Told:
    someone = sign_in(client, "protector")

    def more() -> None:
        other = Client()
        sign_in_as(other, someone)
        row = {"user": someone, "session_key": other.session.session_key, "ip": "127.0.0.1", "user_agent": "Firefox"}
        UserSession.objects.create(**row, last_seen_at=now())

    return more, []


def stand_ins(client: Client) -> Told:
    mine, until = actor_as(sign_in(client, "protector")), now() + dt.timedelta(days=3)
    return (lambda: accounts.delegate_role(actor=mine, to_person=person("protector").pk, until=until, at=now())), []


def tokens(client: Client) -> Told:
    mine, ends = actor_as(sign_in(client, "contact_point_jp", node="jp")), now() + dt.timedelta(days=9)

    def more() -> None:  # one may hold twenty that count; the page shows the revoked ones too
        token, _secret = accounts.make_token(actor=mine, name="nightly", scopes=SCOPES, expires_at=ends, at=now())
        accounts.revoke_token(actor=mine, token_id=token.pk, at=now())

    return more, []


def looks(client: Client) -> Told:
    someone = worker("0300 1234567")
    sign_in_as(client, someone)
    officer = actor("oec_counter")
    return (lambda: note_look(actor=officer, about=someone.pk, purpose="accounts.confirm_recovery", at=now())), []


def letters(client: Client) -> Told:
    someone = worker("0300 1234567")
    sign_in_as(client, someone)
    told = {"to": someone.pk, "way": "sms", "address": "+923001234567", "language": "ur"}

    def more() -> None:
        with unit_of_work("tests.write", actor=machine("pk", "timetable"), at=now()) as unit:
            unit.about(write_letter(unit, **told, template="contracts/letters/ask_again", values={}))

    return more, []


def recoveries(client: Client) -> Told:
    sign_in(client, "oec_counter")
    begun_by, numbers = actor("oec_counter"), count(1_000_000)

    def more() -> None:
        number = next(numbers)
        worker("", f"17301-{number}-1")
        accounts.begin_recovery(actor=begun_by, identity=f"17301-{number}-1", phone=f"0300 {number}", at=now())

    return more, []


def roles_of_one(client: Client) -> Told:
    operator, someone = actor("node_operator"), person("promoter_manager", "pk:org:first")
    sign_in(client, "node_operator")
    names = count(1)
    asked = {"person_id": someone.pk, "role": "promoter_manager"}
    return (lambda: accounts.grant_role(actor=operator, **asked, body_id=_firm(next(names)), at=now())), [someone.pk]


def _firm(number: int) -> str:
    words = {f"name_{language}": f"Firm {number} (invented)" for language in ("en", "ur", "ja")}
    told = {"body_id": f"pk:org:f{number}", "side": "pk", "kind": "OEP"}
    return accounts.name_body(actor=machine("pk", "command"), **told, **words, at=now()).pk


def between_contact_points(client: Client) -> Told:
    sign_in(client, "contact_point_pk")
    return (lambda: heard(ask(at=now()), "jp")), []


def told_to_the_other(client: Client) -> Told:
    sign_in(client, "contact_point_pk")
    return (lambda: notices_heard(notice(at=now(), known_on=day_at(now(), "pk")), "jp")), []


LISTS = {
    "worklist": ("jp", "web.worklist", worklist),
    "orders": ("jp", "fields.see_orders", orders),
    "requests": ("jp", "fields.see_orders", requests),
    "fields, for anyone": ("jp", "fields.see_fields", orders),
    "history, for anyone": ("jp", "fields.see_history", orders),
    "people": ("pk", "accounts.see_people", people_of_the_node),
    "colleagues": ("pk", "accounts.see_account", colleagues),
    "sessions": ("pk", "accounts.see_account", sessions),
    "stand-ins": ("pk", "accounts.see_account", stand_ins),
    "tokens": ("jp", "accounts.see_tokens", tokens),
    "who looked": ("pk", "accounts.see_looks", looks),
    "messages sent to oneself": ("pk", "accounts.see_letters", letters),
    "recoveries": ("pk", "accounts.begin_recovery", recoveries),
    "notices": ("pk", "notices.see_notices", told_to_the_other),
    "requests of contact points": ("pk", "cooperation.see_requests", between_contact_points),
    "roles of a person": ("pk", "accounts.grant_role", roles_of_one),
    **corridor.LISTS,
    **enquiries.LISTS,
}


def cost(client: Client, place: str) -> tuple[int, int]:
    """How many queries a visit takes, and how long the page is."""
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(place)
    assert answer.status_code == 200
    return len(asked), len(answer.content)


@pytest.mark.parametrize("name", LISTS)
def test_a_list_costs_no_more_with_many_rows(client, settings, name):
    node, address, prepare = LISTS[name]
    settings.RAHDARI_NODE = node
    more, about = prepare(client)
    place = reverse(address, args=about)
    costs, sizes = [], []
    for wanted in (FEW, MANY - FEW):
        for _ in range(wanted):
            more()
        asked = [cost(client, place) for _ in range(3)]  # now and then a visit also asks which edition is in force
        costs.append(min(queries for queries, _ in asked))
        sizes.append(asked[-1][1])
    assert costs[0] == costs[1]
    assert name.endswith("for anyone") or sizes[1] > sizes[0] + MANY
