"""The desk of the exchange in a browser: who may look, what they see, and that nothing of a statement is among it."""

from __future__ import annotations

import base64
import html
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from rahdari.base.models import AuditEntry
from rahdari.domain.accounts.rules.roles import roles_on
from rahdari.domain.exchange.models import Alarm, Envelope, Link, Partner, Told
from tests.make.exchange import Corridor
from tests.make.people import sign_in

pytestmark = pytest.mark.django_db
on_one_node = pytest.mark.parametrize("corridor", ["pk"], indirect=True)
NODES, LANGUAGES = ("pk", "jp"), ("en", "ur", "ja")
SECRET, BODY, SENTENCE = "Invented-Secret-Ahmed", "pk:org:secret-promoter", "Sentence-that-repeats-Ahmed"
DATA = {"what": SECRET, "about": [{"name": SECRET}]}


def seats(node):
    return [role.code for role in roles_on(node) if role.held]


def lookers(node):
    return ["node_operator", "auditor", f"contact_point_{node}"]


@pytest.fixture(params=NODES)
def corridor(request, settings):
    settings.RAHDARI_NODE, settings.RAHDARI_PARTNER = request.param, "jp" if request.param == "pk" else "pk"
    return Corridor(settings)


@pytest.fixture
def full(corridor):
    """Something of every kind for the pages to show, each with secrets in it."""
    marking = {"level": "named_bodies", "bodies": [BODY]}
    refused = corridor.goes(corridor.says("notice.updated/1", DATA, marking=marking))
    corridor.answers(refused, "refused", [{"code": "rule", "path": "/data/what", "detail": f"not_permitted: {SENTENCE}"}])
    corridor.arrives("notice.raised/1", DATA, level="named_bodies", bodies=[BODY])
    corridor.take_up()
    corridor.arrives("notice.raised/1", DATA)
    corridor.witnesses()
    Link.objects.update(problem=f"503 {SENTENCE}", tries=1)
    corridor.rings("statement_refused", str(refused.statement), type="notice.updated/1", refusal=SENTENCE)
    corridor.says("notice.raised/1", DATA)
    return corridor


def address(name, *args):
    return reverse(f"exchange.{name}", args=args)


def every_page(corridor):
    stories = [address("see_story", pk) for pk in Told.objects.values_list("pk", flat=True)]
    lists = [address("see_statements") + f"?show={show}" for show in ("all", "waiting", "refused", "outcomes")]
    return [address("see_exchange"), *lists, *stories, *(address("see_said", one.pk) for one in unsigned())]


def unsigned():
    from rahdari.base.models import OutboxEntry

    return OutboxEntry.objects.filter(kind="statement", taken_at=None)


def text_of(answer):
    return html.unescape(re.sub(r"<[^>]+>", " ", answer.content.decode()))


class TestWhoMayLook:
    def test_those_whom_the_roles_name_and_nobody_else(self, client, full):
        story, alarm = address("see_story", Told.objects.first().pk), address("settle_alarm", Alarm.objects.first().pk)
        evidence = address("take_evidence", Told.objects.first().pk)
        release = address("release_notices", full.partner.node)
        opened = {page: set() for page in (address("see_exchange"), address("see_statements"), story, evidence, alarm, release)}
        for role in seats(full.me):
            sign_in(client, role, node=full.me)
            for page, roles in opened.items():
                answer = client.get(page)
                assert answer.status_code in (200, 403), (role, page)
                roles |= {role} if answer.status_code == 200 else set()
        all_three = set(lookers(full.me))
        assert list(opened.values()) == [
            all_three,
            all_three,
            all_three,
            all_three - {"node_operator"},
            {"node_operator"},
            {"node_operator"},
        ]

    def test_a_stranger_is_shown_where_to_sign_in(self, client, full):
        for page in every_page(full)[:3]:
            assert "sign-in" in client.get(page)["Location"]

    @pytest.mark.parametrize("role", ["auditor", "contact_point"])
    def test_only_an_operator_acts(self, client, full, role):
        sign_in(client, f"contact_point_{full.me}" if role == "contact_point" else role, node=full.me)
        before = AuditEntry.objects.count()
        for page in (address("settle_alarm", Alarm.objects.first().pk), address("release_notices", full.partner.node)):
            assert client.post(page, {"reason": "settle_false"}).status_code == 403
        shown = client.get(address("see_exchange")).content.decode()
        assert "/settle/" not in shown and "/release/" not in shown
        assert AuditEntry.objects.count() == before

    def test_what_is_not_there_is_not_found(self, client, full):
        sign_in(client, f"contact_point_{full.me}", node=full.me)
        for told in (0, 999_999, 10**30):
            assert client.get(address("see_story", told)).status_code == 404
            assert client.get(address("take_evidence", told)).status_code == 404
        nothing = "0198c0de-0000-7000-8000-000000000000"
        assert client.get(address("see_said", nothing)).status_code == 404


class TestNothingOfTheContent:
    @pytest.mark.parametrize("language", LANGUAGES)
    def test_is_on_any_page_for_anybody(self, client, full, language):
        tokens = list(Told.objects.exclude(token="").values_list("token", flat=True))
        payloads = [token.split(".")[1][:80] for token in tokens]
        assert len(payloads) >= 4
        hidden = [SECRET, BODY, SENTENCE, base64.b64encode(SECRET.encode()).decode()[:-4], *payloads]
        for role in lookers(full.me):
            sign_in(client, role, node=full.me)
            for page in every_page(full):
                answer = client.get(page.replace("/en/", f"/{language}/", 1))
                assert answer.status_code == 200, page
                shown = answer.content.decode()
                assert [one for one in hidden if one in shown] == [], page

    def test_is_read_from_the_database_for_a_page(self, client, full):
        sign_in(client, f"contact_point_{full.me}", node=full.me)
        outcomes = set(Told.objects.filter(type="exchange.outcome/1").values_list("pk", flat=True))
        others = Told.objects.exclude(pk__in=outcomes).values_list("pk", flat=True)
        for page in [address("see_exchange"), address("see_statements"), *(address("see_story", pk) for pk in others)]:
            with CaptureQueriesContext(connection) as asked:
                client.get(page)
            read = [one["sql"] for one in asked if '"exchange_told"."token"' in one["sql"].partition(" FROM ")[0]]
            # A story reads the tokens of outcomes in its thread, and only of those, to find its own.
            assert [sql for sql in read if "LENGTH" not in sql and "exchange.outcome/1" not in sql] == [], page


class TestDesk:
    def test_shows_partner_streams_what_waits_and_why(self, client, full):
        sign_in(client, "node_operator", node=full.me)
        shown = text_of(client.get(address("see_exchange")))
        stream = Envelope.objects.filter(sender=full.partner.node).latest("seq")
        for words in (
            "paired",
            f"Node {full.partner.node} (invented)",
            stream.hash,
            "signed up to 1, delivered up to 1",
            f"stored up to {stream.seq}",
            full.partner.fingerprint,
            "The partner did not answer; the courier tries again.",
            "The partner refused a statement",
            f"{full.me}.test.invalid/rahdari/{full.me}",
            "cosigned 4 leaves",
            "89 days left",
        ):
            assert words in shown, words

    def test_works_before_the_node_has_keys_or_a_partner(self, client, settings, tmp_path):
        settings.RAHDARI_HOME = tmp_path
        sign_in(client, "auditor")
        shown = text_of(client.get(address("see_exchange")))
        assert "No partner is paired yet" in shown
        assert "This node has no journal and no keys yet." in shown
        assert "Nothing here" in text_of(client.get(address("see_statements")))

    def test_names_both_hashes_of_a_fork_and_the_command(self, client, corridor):
        held = corridor.arrives()
        other = corridor.forks()
        sign_in(client, "node_operator", node=corridor.me)
        shown = text_of(client.get(address("see_exchange")))
        assert "stream stopped" in shown
        corridor.says()
        corridor.signs()
        assert "The stream is stopped by a fork." not in text_of(client.get(address("see_exchange")))  # ours is not
        for kept in (held.envelope_hash, other):
            assert f"rahdari exchange resume --from {corridor.partner.node} --keep {kept}" in shown

    def test_says_that_a_fork_of_ours_stops_what_is_signed(self, client, corridor):
        told = corridor.goes(corridor.says())
        other = corridor.holds_another(told)
        corridor.says()
        corridor.signs()
        sign_in(client, "node_operator", node=corridor.me)
        shown = text_of(client.get(address("see_exchange")))
        assert "The stream is stopped by a fork." in shown
        assert f"rahdari exchange resume --from {corridor.me} --keep {other}" in shown

    def test_says_why_nothing_is_signed(self, client, corridor):
        corridor.says()
        sign_in(client, "node_operator", node=corridor.me)
        for change, words in (
            ({"state": "paused"}, "The partner is paused."),
            ({"asked_boot": ""}, "both heads were not asked of the partner yet"),
            ({"tries": 3, "problem": "ConnectError: gone"}, "The partner did not answer; the courier tries again."),
        ):
            rows = Partner if "state" in change else Link
            before = rows.objects.values_list(*change).get()
            _set(rows, **change)
            assert words in text_of(client.get(address("see_exchange")))
            assert words in text_of(client.get(address("see_statements") + "?show=waiting"))
            _set(rows, **dict(zip(change, before, strict=True)))

    @on_one_node
    def test_marks_a_key_that_ends_soon(self, client, corridor):
        import time_machine

        from rahdari.base.clock import now

        sign_in(client, "node_operator", node=corridor.me)
        with time_machine.travel(now().replace(microsecond=0), tick=False) as clock:
            clock.shift(85 * 86400)
            sign_in(client, "node_operator", node=corridor.me)
            shown = client.get(address("see_exchange")).content.decode()
        assert '<span class="lz due">4 days left</span>' in shown or '<span class="lz due">5 days left</span>' in shown

    @on_one_node
    def test_costs_the_same_number_of_queries_with_more_of_everything(self, client, corridor, settings):
        sign_in(client, "node_operator", node=corridor.me)
        corridor.arrives()
        corridor.goes(corridor.says())
        corridor.rings("clock", "1")
        client.get(address("see_exchange"))
        with CaptureQueriesContext(connection) as one:
            client.get(address("see_exchange"))
        other = Corridor(settings, "xa")
        other.goes(other.says())
        for number in range(10):
            corridor.arrives()
            other.arrives()
            corridor.says()
            corridor.rings("clock", f"more {number}")
        with CaptureQueriesContext(connection) as many:
            answer = client.get(address("see_exchange"))
        assert "Node xa (invented)" in text_of(answer)
        assert len(many) == len(one)


def _set(rows, **values):
    """What only the worker of the node writes, written here outside a unit of work."""
    with connection.cursor() as cursor:
        for column, value in values.items():
            cursor.execute(f"update {rows._meta.db_table} set {column} = %s", [value])


class TestStatements:
    @on_one_node
    def test_come_in_pages_both_ways(self, client, corridor):
        sign_in(client, "auditor", node=corridor.me)
        for _ in range(51):
            corridor.arrives()
        first = client.get(address("see_statements")).content.decode()
        assert first.count('<th scope="row">') == 50
        assert 'rel="prev"' not in first
        older = html.unescape(re.search(r'href="(\?show=all[^"]*)" rel="next"', first)[1])
        second = client.get(address("see_statements") + older).content.decode()
        assert second.count('<th scope="row">') == 1
        assert 'rel="next"' not in second
        newer = html.unescape(re.search(r'href="(\?show=all[^"]*)" rel="prev"', second)[1])
        again = client.get(address("see_statements") + newer).content.decode()
        assert rows_of(again) == rows_of(first)
        assert 'rel="prev"' not in again and 'rel="next"' in again
        assert set(rows_of(first)) & set(rows_of(second)) == set()

    @on_one_node
    @pytest.mark.parametrize(
        "asked", ["before=x", "after=-1", "before=" + "9" * 40, "after=٣", "before=&after=", "show=moon", "before=0"]
    )
    def test_survive_naughty_cursors(self, client, corridor, asked):
        sign_in(client, "auditor", node=corridor.me)
        corridor.arrives()
        assert client.get(address("see_statements") + f"?{asked}").status_code == 200

    def test_are_shown_by_what_became_of_them(self, client, full):
        sign_in(client, "auditor", node=full.me)
        shown = {
            show: text_of(client.get(address("see_statements") + f"?show={show}"))
            for show in ("all", "waiting", "refused", "outcomes")
        }
        assert "A rule of the receiver refuses it" in shown["refused"]
        assert "/data/what" in shown["refused"] and "not_permitted" in shown["refused"]
        assert "It is taken up in its turn." in shown["waiting"]
        assert "What became of a statement" in shown["outcomes"]
        assert "What became of a statement" not in shown["all"]

    @on_one_node
    def test_show_envelopes_that_were_refused_for_good(self, client, corridor):
        id, statement = corridor.partner.statement(corridor.me, "field.status/1", {})
        wrong = corridor.partner.envelope(corridor.me, id, statement, seq=1, prev="A" * 43)
        answer = corridor.brings(wrong)
        assert answer.problem["refusal"]
        sign_in(client, "node_operator", node=corridor.me)
        shown = text_of(client.get(address("see_statements") + "?show=refused"))
        assert "Not in the form of the protocol" in shown
        assert f"{corridor.partner.node} {corridor.me} 1" in shown

    @on_one_node
    @pytest.mark.parametrize("show", ["all", "waiting", "refused"])
    def test_cost_no_more_with_fifty(self, client, corridor, show):
        sign_in(client, "auditor", node=corridor.me)
        costs, sizes = [], []
        for wanted in (1, 49):
            for _ in range(wanted):
                corridor.arrives(data={"x": 1})
                corridor.says()
            if show == "refused":
                corridor.take_up()
            client.get(address("see_statements") + f"?show={show}")
            with CaptureQueriesContext(connection) as asked:
                answer = client.get(address("see_statements") + f"?show={show}")
            costs.append(len(asked))
            sizes.append(answer.content.count(b'<th scope="row">'))
        assert costs[0] == costs[1]
        assert sizes[1] >= 50 > sizes[0]


def rows_of(page):
    return re.findall(r'<th scope="row"><a href="([^"]+)"', page)


class TestActing:
    def test_an_operator_settles_an_alarm_with_a_reason(self, client, corridor):
        alarm = corridor.rings("clock", "2 h")
        sign_in(client, "node_operator", node=corridor.me)
        desk = client.get(address("see_exchange")).content.decode()
        place = address("settle_alarm", alarm.pk)
        assert place in desk
        assert client.post(place, {"reason": "", "text": "", "seen": 1}).status_code == 422
        assert client.post(place, {"reason": "settle_mended", "text": "", "seen": 9}).status_code == 409
        answer = client.post(place, {"reason": "settle_mended", "text": "Clock <b>set</b>", "seen": 1}, follow=True)
        assert "The alarm is settled." in text_of(answer)
        assert "No alarm is open." in text_of(answer)
        assert Alarm.objects.get().facts["settled"]["text"] == "Clock <b>set</b>"
        assert client.post(place, {"reason": "settle_mended", "seen": 2}).status_code == 409

    def test_an_operator_releases_notices(self, client, corridor):
        corridor.arrives()
        corridor.refuses_to_witness()
        corridor.says("notice.raised/1", DATA)
        sign_in(client, "node_operator", node=corridor.me)
        desk = text_of(client.get(address("see_exchange")))
        assert "1 notice is held back" in desk
        assert "The partner's witness refused our journal; an operator must release it." in desk
        place = address("release_notices", corridor.partner.node)
        assert client.post(place, {"reason": "settle_false"}).status_code == 422
        answer = client.post(place, {"reason": "release_urgent"}, follow=True)
        assert "The notices are released." in text_of(answer)
        assert "held back" not in text_of(answer)
        answer = client.post(place, {"reason": "release_urgent"})
        assert answer.status_code == 422
        assert "No notice is held back for this partner." in text_of(answer)

    @on_one_node
    def test_a_form_from_another_site_does_nothing(self, corridor):
        from django.test import Client

        alarm = corridor.rings()
        client = Client(enforce_csrf_checks=True)
        sign_in(client, "node_operator", node=corridor.me)
        assert client.post(address("settle_alarm", alarm.pk), {"reason": "settle_false"}).status_code == 403
        assert Alarm.objects.get().settled_at is None

    def test_looking_changes_nothing(self, client, full):
        sign_in(client, "node_operator", node=full.me)
        before = AuditEntry.objects.count(), Link.objects.count()
        for page in [
            *every_page(full),
            address("settle_alarm", Alarm.objects.first().pk),
            address("release_notices", full.partner.node),
        ]:
            assert client.get(page).status_code == 200
        assert (AuditEntry.objects.count(), Link.objects.count()) == before
