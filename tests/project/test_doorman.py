"""The doorman: programs come by token alone, and a session counts for nothing under /api/."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine

from rahdari.base.access import permits, signed_in
from rahdari.base.clock import now
from rahdari.base.models import AuditEntry
from rahdari.domain.accounts.actions import make_token
from rahdari.domain.accounts.models import ApiToken
from tests.make import people

pytestmark = pytest.mark.django_db
PATH = "/api/openapi.json"


@pytest.fixture
def secret():
    scope = permits("imagined", {"count_trees": (signed_in,)})["count_trees"]
    until = now() + dt.timedelta(days=30)
    return make_token(actor=people.actor("protector"), name="n", scopes=[scope.name], expires_at=until, at=now())[1]


def ask(client, header=None, **more):
    return client.get(PATH, **({"headers": {"authorization": header}} if header else {}), **more)


class TestPrograms:
    def test_act_by_their_token(self, client, secret):
        request = ask(client, f"Bearer {secret}").wsgi_request
        assert (request.actor.role, request.actor.channel, request.actor.scopes) == ("protector", "api", {"imagined.count_trees"})

    def test_are_strangers_without_one_whatever_the_session(self, client):
        people.sign_in(client, "protector")
        assert ask(client).wsgi_request.actor.role == "public"

    @pytest.mark.parametrize(
        "header", ["Bearer rahdari_unknown", "Bearer", "Basic eA==", "rahdari_x", "Bearer x\u0000", "bearer é"]
    )
    def test_are_told_that_a_token_is_not_valid(self, client, header):
        answer = ask(client, header)
        assert (answer.status_code, answer["WWW-Authenticate"]) == (401, "Bearer")
        assert answer["Content-Type"] == "application/problem+json"

    def test_are_slowed_down_after_many_wrong_ones(self, client, secret):
        # A moment in the middle of the counter's next five minutes, so that no new count begins under way.
        middle = dt.datetime.fromtimestamp((now().timestamp() // 300 + 1) * 300 + 120, dt.UTC)
        with time_machine.travel(middle, tick=False):
            for _number in range(20):
                assert ask(client, "Bearer rahdari_unknown").status_code == 401
            assert ask(client, "Bearer rahdari_unknown").status_code == 429
            assert ask(client, f"Bearer {secret}").status_code == 200

    def test_leave_the_day_of_their_last_visit_once_a_day(self, client, secret):
        before = AuditEntry.objects.count()
        ask(client, f"Bearer {secret}")
        ask(client, f"Bearer {secret}")
        assert AuditEntry.objects.count() == before + 1
        assert ApiToken.objects.get().last_used_on == now().astimezone(dt.timezone(dt.timedelta(hours=5))).date()

    def test_a_token_opens_no_page(self, client, secret):
        answer = client.get("/en/account/", headers={"authorization": f"Bearer {secret}"})
        assert answer.status_code == 302
