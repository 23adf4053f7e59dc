"""An order of Japan's node appears on Pakistan's, read-only, with its source, and counts wherever orders are read.

Both nodes' code runs in one database here: what Japan's node said is taken from the outbox, then its own row is put
away, as Pakistan's node never had it.
"""

from __future__ import annotations

import datetime as dt
import html
import json
import re
from dataclasses import replace
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from rahdari.base.actor import machine, stranger
from rahdari.base.clock import now
from rahdari.base.models import AuditEntry, OutboxEntry
from rahdari.base.reference import shipped_book
from rahdari.base.refusal import Refused
from rahdari.base.rows import writing
from rahdari.base.statements import Marking, Statement
from rahdari.domain.checks.queries import book_in_force
from rahdari.domain.fields import inbox
from rahdari.domain.fields.actions.mirroring import mirror_order
from rahdari.domain.fields.models import FieldRequest, OrderEdition, OrderEffect, SuspensionOrder
from rahdari.domain.fields.queries.orders import all_orders, edition_in_force, open_edition, orders_visible_to
from rahdari.domain.fields.rules.mirrored import mirrored_state
from rahdari.domain.fields.rules.orders import ORDER_MOVES, TOLD_STATES
from tests.make import fields as make
from tests.make.fields import FIELD
from tests.make.statements import mailroom, newest, told

pytestmark = pytest.mark.django_db
AT = dt.datetime(2026, 11, 25, 3, 0, tzinfo=dt.UTC)
LATER = dt.timedelta(hours=1)


def forget_japans_rows():
    token = writing.set(True)
    for model in (FieldRequest, OrderEffect, OrderEdition, SuspensionOrder):
        model.objects.all().delete()
    writing.reset(token)


def said_by_japan(state="decided", field=FIELD, *, at=AT) -> list[Statement]:
    """Everything Japan's node told of an order on its way to a state, in order; its rows are gone afterwards."""
    before = set(OutboxEntry.objects.values_list("id", flat=True))
    make.order(state, field, at=at)
    entries = OutboxEntry.objects.filter(kind="statement").exclude(id__in=before).order_by("id")
    found = [told(one, "jp", "pk", issued_at=at + number * LATER) for number, one in enumerate(entries)]
    forget_japans_rows()
    return found


def hear(*statements, at=AT):
    for one in statements:
        inbox.field_status(actor=mailroom("pk"), statement=one, at=at)
    return SuspensionOrder.objects.get()


def refused(statement, actor=None):
    with pytest.raises(Refused) as wrong:
        mirror_order(actor=actor or mailroom("pk"), statement=statement, at=AT)
    return [one.code for one in wrong.value.refusals]


def changed(statement, **data):
    return replace(statement, id=uuid4(), data={**statement.data, **data})


class TestMirrorOrder:
    def test_leaves_the_order_with_its_source_one_entry_and_an_event(self):
        announced, decided = said_by_japan()
        entries = AuditEntry.objects.count()
        order = hear(announced)
        assert (order.state, order.home, order.statement, order.statement_hash) == (
            "announced",
            "jp",
            announced.id,
            announced.hash,
        )
        order = hear(decided)
        assert (str(order.pk), order.state, order.field) == (decided.data["order"], "decided", FIELD)
        assert (order.issued_at, order.level, order.requested_on) == (decided.issued_at, "public", dt.date(2026, 11, 25))
        assert AuditEntry.objects.count() == entries + 2
        assert AuditEntry.objects.order_by("id").last().verb == "fields.mirror_order"
        assert OutboxEntry.objects.filter(type="fields.order_mirrored").count() == 2
        assert OutboxEntry.objects.filter(kind="statement").count() == 2  # the two that Japan said: nothing is said back

    def test_says_what_japans_order_says(self):
        make.order("decided")
        own = SuspensionOrder.objects.get()
        lines = list(edition_in_force(own).effects.values_list("application_kind", "effect", "condition", "reference_date"))
        figures = (own.residents, own.residents_as_of, own.ceiling, own.forecast_on, own.law)
        told_last = told(newest(), "jp", "pk")
        forget_japans_rows()
        order = hear(told_last)
        edition = edition_in_force(order)
        assert list(edition.effects.values_list("application_kind", "effect", "condition", "reference_date")) == lines
        assert (order.residents, order.residents_as_of, order.ceiling, order.forecast_on, order.law) == figures
        assert (edition.text, edition.language) == ("Invented.", "en")
        assert open_edition(order) is None

    def test_is_done_once_however_often_it_is_heard(self):
        statements = said_by_japan("changed")
        hear(*statements)
        editions = OrderEdition.objects.count()
        version = SuspensionOrder.objects.get().version
        order = hear(*statements)
        assert (OrderEdition.objects.count(), order.version) == (editions, version)
        assert editions == len(statements) == 3

    @pytest.mark.parametrize("state", ["announced", "decided", "changed", "lifted", "withdrawn"])
    def test_stands_as_japans_order_stands(self, state):
        order = hear(*said_by_japan(state))
        assert order.state == state
        assert (order.lifted_on is not None) == (state == "lifted")

    def test_what_was_issued_last_counts_whatever_came_last(self):
        announced, decided, lifted = said_by_japan("lifted")
        order = hear(lifted, announced, decided)
        assert (order.state, order.statement, order.lifted_on) == ("lifted", lifted.id, dt.date(2027, 1, 4))
        assert edition_in_force(order).statement == lifted.id
        assert OrderEdition.objects.count() == 3

    def test_the_end_of_an_order_ends_it(self):
        announced, decided, lifted = said_by_japan("lifted")
        order = hear(announced, decided, lifted)
        (seen,) = [one.seen for one in all_orders(stranger("pk"), shipped_book()) if one.record]
        assert seen.stands(order.lifted_on - dt.timedelta(days=1)) and not seen.stands(order.lifted_on)

    def test_takes_a_status_that_names_no_order_under_its_thread(self):
        one = said_by_japan()[-1]
        data = {name: one.data[name] for name in ("field", "state", "effective_from", "effects", "law", "text")}
        order = hear(replace(one, thread=uuid4(), data=data))
        assert (order.residents, order.ceiling, order.announced_on) == (None, None, dt.date(2026, 11, 25))

    @pytest.mark.parametrize(("data", "code"), [
        ({"field": "AGRICULTURE"}, "order_of_another"),
        ({"state": "resumed", "lifted_on": None}, "date_missing"),
        ({"effective_from": "2026-02-31"}, "not_a_day"),
    ])  # fmt: skip
    def test_refuses_what_cannot_be(self, data, code):
        announced, decided = said_by_japan()
        hear(announced)
        assert refused(changed(decided, **data)) == [code]
        assert OrderEdition.objects.count() == 1

    def test_refuses_an_effect_said_twice(self):
        (announced, decided) = said_by_japan()
        line = decided.data["effects"][0]
        assert refused(changed(decided, effects=[line, line])) == ["effect_twice"]

    def test_refuses_an_order_of_another_partner_under_a_known_id(self):
        announced, decided = said_by_japan()
        hear(announced)
        assert refused(replace(changed(decided), sender="xq")) == ["order_of_another"]

    @pytest.mark.parametrize(("actor", "code"), [
        (machine("pk", "timetable"), "not_permitted"), (make.officer("pk"), "not_permitted"),
        (stranger("pk"), "not_permitted"), (mailroom("jp"), "wrong_node"),
    ])  # fmt: skip
    def test_refuses_whoever_is_not_the_mailroom_of_the_sending_states_node(self, actor, code):
        assert code in refused(said_by_japan()[-1], actor)
        assert not SuspensionOrder.objects.exists()

    def test_numbers_two_orders_with_the_same_end_of_their_ids_apart(self):
        one = said_by_japan()[-1]
        twin = str(uuid4())[:-8] + one.data["order"][-8:]
        hear(one)
        mirror_order(actor=mailroom("pk"), statement=changed(one, order=twin), at=AT)
        assert len(set(SuspensionOrder.objects.values_list("number", flat=True))) == 2


class TestMirroredState:
    def test_is_what_the_order_is_at_home_along_every_move(self):
        for before, moves in ORDER_MOVES.items():
            for after in moves:
                assert mirrored_state(TOLD_STATES[after], before) == after

    def test_an_open_field_ends_an_order_that_was_in_force(self):
        assert mirrored_state("open", "decided") == "lifted"


class TestWhatCounts:
    def test_an_order_of_a_state_that_does_not_keep_the_field_has_no_effect(self):
        one = said_by_japan()[-1]
        hear(replace(one, sender="xq"))
        assert all_orders(stranger("pk"), shipped_book())
        assert not [one for one in all_orders(stranger("pk"), shipped_book()) if one.record]

    def test_a_field_the_tables_do_not_know_is_kept_and_has_no_effect(self):
        one = said_by_japan()[-1]
        assert hear(changed(one, field="SPACE")).field == "SPACE"
        assert not [one for one in all_orders(stranger("pk"), shipped_book()) if one.record]

    def test_a_narrow_marking_keeps_it_from_the_public(self):
        one = said_by_japan()[-1]
        order = hear(replace(one, marking=Marking("contact_point")))
        assert not orders_visible_to(stranger("pk")).exists()
        contact = replace(make.officer("pk"), role="contact_point_pk", body="CONTACT_PK")
        assert list(orders_visible_to(contact)) == [order]
        assert book_in_force(stranger("pk"), "suspension") is shipped_book()

    def test_the_book_is_the_same_one_while_nothing_changes(self):
        hear(*said_by_japan())
        assert book_in_force(stranger("pk"), "suspension") is book_in_force(stranger("pk"), "suspension")
        assert book_in_force(stranger("pk"), "costs") is shipped_book()


def text_of(answer):
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())))


ASKED = {"field": FIELD, "application": "coe", "status": "ssw1", "decided_on": None}


def checked(client, name="suspension", **facts):
    body = json.dumps({**ASKED, **facts} if name == "suspension" else facts)
    return client.post(f"/api/checks/{name}", body, content_type="application/json").json()


BEGIN = now().date() - dt.timedelta(days=10)
BEFORE = dt.datetime.combine(BEGIN - dt.timedelta(days=5), dt.time(3), dt.UTC)


@pytest.fixture(params=["told to pk", "own on jp"])
def standing(request, settings):
    """An order on construction that has had effect for ten days: told to Pakistan's node, or Japan's own."""
    if request.param == "own on jp":
        settings.RAHDARI_NODE, settings.RAHDARI_PARTNER = "jp", "pk"
        return make.order("decided", at=BEFORE, begin=BEGIN)
    make.order("decided", at=BEFORE, begin=BEGIN)
    one = told(newest(), "jp", "pk")
    forget_japans_rows()
    return hear(one, at=now())


class TestOnBothNodes:
    def test_the_suspension_checker_answers_by_the_order(self, client, standing):
        told_ = checked(client, filed_on=now().date().isoformat())
        assert (told_["answer"]["effect"], told_["answer"]["order"]) == ("not_issued", standing.number)
        assert {one["source"] for one in told_["reasons"] if one["rule"] == standing.number} == {"REC"}
        assert checked(client, filed_on="2026-01-05")["answer"]["effect"] == "restricted"

    def test_the_page_of_the_checker_says_the_same(self, client, standing):
        typed = {
            "form": "application",
            "field": FIELD,
            "application": "coe",
            "filed_on": now().date().isoformat(),
            "decided_on": "",
        }
        assert standing.number in text_of(client.post("/en/checks/suspension/", typed))

    def test_the_eligibility_checker_knows_the_order(self, client, standing):
        facts = {"status": "ssw1", "field": FIELD, "applied_on": now().date().isoformat(), "born": "1999-01-01"}
        assert "field_suspended" in {one["code"] for one in checked(client, "eligibility", **facts)["reasons"]}

    def test_the_front_page_shows_how_the_field_stands(self, client, standing):
        shown = text_of(client.get("/en/"))
        row = shown[shown.index("Construction") :][:60]
        assert "suspended in part" in row

    def test_the_pages_of_the_field_show_the_order(self, client, standing):
        shown = text_of(client.get(f"/en/fields/{FIELD}/"))
        assert standing.number in shown and "suspended in part" in shown
        orders = client.get("/api/field-orders").json()["orders"]
        (found,) = [one for one in orders if one["id"] == str(standing.pk)]
        assert found["stands"] is True


class TestThePageOnPakistansNode:
    def test_shows_who_told_it_when_in_which_statement_between_bands(self, client):
        order = hear(*said_by_japan())
        answer = client.get(f"/en/fields/{FIELD}/")
        shown = text_of(answer)
        assert f"Told by Japan, 25 November 2026 09:00 PKT , in statement {order.statement}" in shown
        bands = re.findall(r'<div role="note" class="marking" aria-label="([^"]+)">', answer.content.decode())
        assert bands == ["Marking, above", "Marking, below"]
        assert "TLP:CLEAR" in shown and "Originator: Japan" in shown

    @pytest.mark.parametrize(("language", "words"), [("ur", "جاپان نے بتایا"), ("ja", "日本が")])
    def test_in_three_languages(self, client, language, words):
        hear(*said_by_japan())
        assert words in text_of(client.get(f"/{language}/fields/{FIELD}/"))

    def test_shows_a_status_without_figures(self, client):
        one = said_by_japan()[-1]
        data = {name: one.data[name] for name in ("order", "field", "state", "effective_from", "effects", "law", "text")}
        hear(replace(one, data=data))
        assert client.get(f"/en/fields/{FIELD}/").status_code == 200
        (found,) = [o for o in client.get("/api/field-orders").json()["orders"] if o["told_by"]]
        assert (found["told_by"], found["statement"], found["residents"], found["recorded_here"]) == (
            "jp",
            str(one.id),
            None,
            False,
        )

    def test_offers_nothing_to_do(self, client):
        hear(*said_by_japan())
        assert f"/fields/{FIELD}/announce" not in client.get(f"/en/fields/{FIELD}/").content.decode()

    @pytest.mark.parametrize("path", ["/en/", "/en/fields/", "/api/fields", "/api/field-orders"])
    def test_costs_the_same_number_of_queries_with_more_orders(self, client, path):
        for statement in said_by_japan():
            mirror_order(actor=mailroom("pk"), statement=statement, at=AT)
        client.get(path)
        with CaptureQueriesContext(connection) as few:
            client.get(path)
        one = changed(statement, field="AGRICULTURE")
        for _ in range(50):
            mirror_order(actor=mailroom("pk"), statement=changed(one, order=str(uuid4())), at=AT)
        with CaptureQueriesContext(connection) as many:
            client.get(path)
        assert SuspensionOrder.objects.count() >= 50
        assert len(many) == len(few)
