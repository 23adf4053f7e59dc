"""`/metrics`: for a program at the machine itself or with an operator's token, in Prometheus' text format."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from rahdari.base.clock import now
from rahdari.base.refusal import Refused
from rahdari.domain.accounts.actions import make_token
from rahdari.domain.exchange.models import Link
from rahdari.domain.exchange.queries.metrics import Metric, as_text, metrics_for
from tests.make.exchange import Corridor
from tests.make.people import actor, sign_in

pytestmark = pytest.mark.django_db
on_one_node = pytest.mark.parametrize("corridor", ["pk"], indirect=True)
AFAR = {"REMOTE_ADDR": "203.0.113.5"}
SCOPE = "exchange.take_metrics"


@pytest.fixture(params=["pk", "jp"])
def corridor(request, settings):
    settings.RAHDARI_NODE, settings.RAHDARI_PARTNER = request.param, "jp" if request.param == "pk" else "pk"
    return Corridor(settings)


def token_of(role, scopes=(SCOPE,), **more):
    until = now() + dt.timedelta(days=30)
    return make_token(actor=actor(role, **more), name="prometheus", scopes=list(scopes), expires_at=until, at=now())[1]


def figures(client, **more):
    """Every sample by its name and labels, after the form of the text was checked."""
    answer = client.get("/metrics", **more)
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/plain; version=0.0.4; charset=utf-8")
    return read(answer.content.decode())


def read(text):
    assert text.endswith("\n") and "\n\n" not in text
    found, told, kinds = {}, set(), {}
    for line in text.splitlines():
        if line.startswith("#"):
            word, name, rest = re.fullmatch(r"# (HELP|TYPE) ([a-z_]+) (.+)", line).groups()
            assert (word, name) not in told
            told.add((word, name))
            kinds |= {name: rest} if word == "TYPE" else {}
            continue
        name, labels, value = re.fullmatch(r'([a-z_]+)(?:\{((?:[a-z]+="(?:[^"\\\n]|\\.)*",?)*)\})? (\S+)', line).groups()
        assert kinds[name] in ("counter", "gauge") and ("HELP", name) in told
        key = (name, *re.findall(r'[a-z]+="((?:[^"\\]|\\.)*)"', labels or ""))
        assert key not in found
        found[key] = float(value)
    return found


class TestWhoMayAsk:
    @pytest.mark.parametrize("address", ["127.0.0.1", "127.9.8.7", "::1"])
    def test_a_program_at_the_machine(self, client, address):
        assert client.get("/metrics", REMOTE_ADDR=address).status_code == 200

    @pytest.mark.parametrize("address", ["203.0.113.5", "10.0.0.1", "::ffff:203.0.113.5", "2001:db8::1", "", "x"])
    def test_nobody_from_elsewhere(self, client, address):
        answer = client.get("/metrics", REMOTE_ADDR=address)
        assert answer.status_code == 403
        assert b"rahdari_exchange" not in answer.content

    @pytest.mark.parametrize(
        "header", ["Forwarded", "Via", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-IP"]
    )
    def test_nobody_through_a_proxy_on_the_machine(self, client, header):
        assert client.get("/metrics", headers={header: "127.0.0.1"}).status_code == 403

    def test_an_operators_token_from_anywhere(self, client, corridor):
        secret = token_of("node_operator", node=corridor.me)
        assert figures(client, headers={"authorization": f"Bearer {secret}"}, **AFAR)

    def test_no_token_for_another_use_and_none_of_another_role(self, client, corridor):
        other = token_of("node_operator", ["exchange.see_exchange"], node=corridor.me)
        assert client.get("/metrics", headers={"authorization": f"Bearer {other}"}, **AFAR).status_code == 403
        for role in ("auditor", f"contact_point_{corridor.me}"):
            with pytest.raises(Refused, match="scope_unknown"):
                token_of(role, node=corridor.me)

    def test_a_wrong_token_is_refused_also_at_the_machine(self, client):
        for more in ({}, AFAR):
            assert client.get("/metrics", headers={"authorization": "Bearer rahdari_unknown"}, **more).status_code == 401

    def test_a_session_counts_for_nothing(self, client):
        sign_in(client, "node_operator")
        assert client.get("/metrics", **AFAR).status_code == 403

    def test_only_reading(self, client):
        assert client.post("/metrics").status_code == 405

    def test_is_not_sent_to_tls_where_pages_are(self, settings):
        settings.SECURE_SSL_REDIRECT = True
        client = Client()
        assert client.get("/en/").status_code == 301
        assert client.get("/metrics").status_code == 200
        assert client.get("/metrics", **AFAR).status_code == 403

    def test_the_query_asks_again(self):
        with pytest.raises(Refused, match="not_permitted"):
            metrics_for(actor("auditor"), now())


class TestFigures:
    def test_say_how_the_exchange_stands(self, client, corridor):
        partner = corridor.partner.node
        begun = now()
        with time_machine.travel(begun, tick=False) as clock:
            done = corridor.goes(corridor.says())
            corridor.answers(done, "refused", [{"code": "rule", "path": "", "detail": "x"}])
            corridor.arrives()
            corridor.take_up()
            corridor.witnesses()
            corridor.arrives()
            corridor.goes(corridor.says())
            corridor.says()
            corridor.signs()
            corridor.rings("clock")
            Link.objects.update(seen_at=now(), tries=4)
            clock.shift(90)
            corridor.says()
            clock.shift(10)
            found = figures(client)
        expected = {
            ("delivered_total", partner): 3,  # two of ours and the outcome of the first of theirs
            ("stored_total", partner): 3,
            ("refused_total", partner, "partner"): 1,
            ("refused_total", partner, "here"): 1,
            ("stopped", partner): 0,
            ("waiting", partner, "place"): 1,
            ("waiting", partner, "receipt"): 1,
            ("waiting", partner, "taking_up"): 1,
            ("waiting", partner, "outcome"): 1,
            ("oldest_waiting_seconds", partner, "place"): 10,
            ("oldest_waiting_seconds", partner, "receipt"): 100,
            ("oldest_waiting_seconds", partner, "taking_up"): 100,
            ("oldest_waiting_seconds", partner, "outcome"): 100,
            ("alarms", partner, "clock"): 1,
            ("alarms", partner, "statement_refused"): 1,
            ("notices_held", partner): 0,
            ("paired", partner): 1,
            ("link_last_seen_seconds", partner): 100,
            ("link_tries", partner): 4,
        }
        assert {name: found["rahdari_exchange_" + name[0], *name[1:]] for name in expected} == expected
        assert found["rahdari_journal_size", f"{corridor.me}.test.invalid/rahdari/{corridor.me}"] == 6
        assert found["rahdari_journal_cosigned_size", partner] == 3
        assert found["rahdari_journal_cosigned_seconds", partner] == 100
        assert found["rahdari_journal_witness_refuses", partner] == 0

    def test_tell_the_days_left_of_every_key_that_is_used(self, client, corridor):
        left = {key[1:3]: value for key, value in figures(client).items() if key[0] == "rahdari_key_days_left"}
        roles = ("office", "clerk", "gateway", "journal", "sealing")
        assert set(left) == {(node, role) for node in ("pk", "jp") for role in roles}
        assert left[corridor.partner.node, "clerk"] == 364
        assert 88 <= left[corridor.me, "sealing"] <= 90

    def test_tell_of_held_notices_forks_and_a_refusing_witness(self, client, corridor):
        corridor.arrives()
        corridor.refuses_to_witness()
        corridor.says("notice.raised/1", {"what": "invented"})
        corridor.forks()
        found, partner = figures(client), corridor.partner.node
        assert found["rahdari_exchange_notices_held", partner] == 1
        assert found["rahdari_journal_witness_refuses", partner] == 1
        assert found["rahdari_exchange_stopped", partner] == 1
        assert found["rahdari_exchange_alarms", partner, "fork"] == 1

    def test_stand_in_the_guide_of_operators_each_by_its_name(self, client):
        named = re.findall(r"^# TYPE (\w+) ", client.get("/metrics").content.decode(), re.M)
        guide = (Path(__file__).resolve().parents[3] / "docs" / "guides" / "operator.md").read_text(encoding="utf-8")
        assert len(named) > 10
        assert [name for name in named if f"`{name}`" not in guide] == []

    def test_are_there_for_a_node_alone_and_unfounded(self, client, settings, tmp_path):
        settings.RAHDARI_HOME = tmp_path
        assert figures(client) == {}

    @on_one_node
    def test_cost_the_same_number_of_queries_with_more(self, client, corridor):
        costs = []
        for wanted in (1, 20):
            for _ in range(wanted):
                corridor.arrives()
                corridor.goes(corridor.says())
                corridor.rings("clock", f"{wanted}")
            client.get("/metrics")
            with CaptureQueriesContext(connection) as asked:
                client.get("/metrics")
            costs.append(len(asked))
        assert costs[0] == costs[1]

    def test_escape_what_a_label_may_not_hold(self):
        metric = Metric("x_y", "gauge", "Invented.")
        metric.add(0.5, name='a"b\\c\nd')
        assert as_text([metric]) == '# HELP x_y Invented.\n# TYPE x_y gauge\nx_y{name="a\\"b\\\\c\\nd"} 0.500\n'
