"""Pages are counted by person, and by address where nobody signed in; a 429 says from when they open again."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from rahdari.base.clock import now
from rahdari.domain.accounts.actions import make_token
from rahdari.domain.accounts.queries.account import scopes_for
from tests.make import people

pytestmark = pytest.mark.django_db
AT = dt.datetime(2026, 11, 25, 10, 7, 42, tzinfo=dt.UTC)
SHARED = {"REMOTE_ADDR": "198.51.100.7"}
PAGE = "/en/programs/"


@pytest.fixture(autouse=True)
def few(settings):
    """Small bounds, at a moment in the middle of a minute."""
    settings.RAHDARI_PAGES_BY_ADDRESS, settings.RAHDARI_PAGES_BY_PERSON, settings.RAHDARI_CALLS_BY_PROGRAM = 3, 5, 7
    with time_machine.travel(AT, tick=False) as clock:
        yield clock


def statuses(client, times, page=PAGE, **more):
    return [client.get(page, **more).status_code for _number in range(times)]


class TestStrangers:
    @pytest.mark.parametrize(("language", "said"), [("en", "Too many pages"), ("ur", "بہت زیادہ صفحات"), ("ja", "ページ")])
    def test_are_told_when_pages_open_again(self, client, few, language, said):
        page = f"/{language}/programs/"
        assert statuses(client, 4, page, **SHARED) == [200, 200, 200, 429]
        answer = client.get(page, **SHARED)
        body = answer.content.decode()
        assert said in body and "15:08" in body and answer["Retry-After"] == "18" and answer["Cache-Control"] == "no-store"
        few.shift(18)
        assert client.get(page, **SHARED).status_code == 200

    def test_are_counted_for_their_address_alone(self, client):
        assert statuses(client, 4, **SHARED)[-1] == 429
        assert statuses(client, 1, REMOTE_ADDR="198.51.100.8") == [200]

    def test_may_still_sign_in_and_are_then_counted_alone(self, client):
        assert statuses(client, 4, **SHARED)[-1] == 429
        assert statuses(client, 9, "/en/account/code/ask/", **SHARED) == [200] * 9
        people.sign_in_as(client, people.worker(phone="+923001112233"))
        assert statuses(client, 6, **SHARED) == [200] * 5 + [429]
        assert statuses(client, 1, REMOTE_ADDR="203.0.113.9") == [429]

    def test_of_this_machine_are_a_proxy_nobody_named_and_stand_for_all(self, client):
        assert statuses(client, 9) == [200] * 9
        assert statuses(client, 9, REMOTE_ADDR="") == [200] * 9

    def test_are_not_counted_where_the_operator_says_so(self, client, settings):
        settings.RAHDARI_PAGES_BY_ADDRESS = 0
        assert statuses(client, 9, **SHARED) == [200] * 9

    def test_cost_one_statement_a_page(self, client):
        with CaptureQueriesContext(connection) as asked:
            client.get(PAGE, **SHARED)
        assert sum("base_tries" in one["sql"] for one in asked.captured_queries) == 1


class TestOthers:
    def test_the_partner_and_who_watches_the_node_are_not_counted(self, client):
        assert statuses(client, 9, "/healthz", **SHARED) == [200] * 9
        assert 429 not in statuses(client, 9, "/exchange/v1/", **SHARED)

    def test_programs_are_counted_by_their_token_and_told_as_programs(self, client):
        officer = people.actor("contact_point_pk")
        asked = {"name": "tests", "scopes": scopes_for(officer)[:1], "expires_at": now() + dt.timedelta(days=9)}
        _token, secret = make_token(actor=officer, **asked, at=now())
        told = {"HTTP_AUTHORIZATION": f"Bearer {secret}", **SHARED}
        assert 429 not in statuses(client, 7, "/api/no-such", **told)
        statuses(client, 4, "/api/openapi.json", **SHARED)
        answer = client.get("/api/openapi.json", **SHARED)
        assert answer.status_code == 429 and answer.json()["refusals"][0]["code"] == "too_many_pages"
        assert statuses(client, 8, "/api/openapi.json", **told)[-1] == 429
