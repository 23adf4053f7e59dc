"""The pages of the fields: read by anyone on both nodes, acted on at Japan's desks alone, in three languages."""

from __future__ import annotations

import csv
import datetime as dt
import html
import io
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from rahdari.base.clock import now
from rahdari.base.models import AuditEntry
from rahdari.base.reference import shipped_book
from rahdari.domain.fields.models import FieldRequest, OrderEdition, SuspensionOrder
from tests.make import fields as make
from tests.make.people import sign_in

pytestmark = pytest.mark.django_db
LANGUAGES = ["en", "ur", "ja"]
PUBLIC = [
    "", "history/", "reference/", "reference/fields/", "reference/field_counts/", "reference/pakistan_towns_en_ur/?page=2",
    *(f"{row['code']}/" for row in shipped_book().rows("fields")),
]  # fmt: skip
FIGURES = {"residents": "۷۵,۰۰۰", "residents_as_of": "2026-10-31", "ceiling": "76 000", "forecast_on": ""}
EFFECTS = {
    "coe_effect": "not_issued", "coe_before": "restricted", "coe_test": "filed", "coe_reference": "",
    "change_of_status_effect": "refused", "change_of_status_test": "filed", "change_of_status_group": "EXAMPLE",
    "change_of_employer_effect": "none", "change_of_employer_test": "filed",
    "extension_effect": "none", "extension_test": "filed",
}  # fmt: skip


@pytest.fixture
def jp(settings):
    settings.RAHDARI_NODE = "jp"


def page(client, path, language="en", **more):
    return client.get(f"/{language}/fields/{path}", **more)


def text_of(answer):
    return html.unescape(re.sub(r"<[^>]+>", " ", answer.content.decode()))


def tomorrow(days=1):
    return (now() + dt.timedelta(days=days, hours=9)).date().isoformat()


class TestPublicPages:
    @pytest.mark.parametrize("node", ["pk", "jp"])
    @pytest.mark.parametrize("language", LANGUAGES)
    def test_open_to_anyone_and_change_nothing(self, client, settings, node, language):
        settings.RAHDARI_NODE = node
        for path in PUBLIC:
            answer = page(client, path, language)
            assert answer.status_code == 200, path
            assert f'lang="{language}"' in answer.content.decode()
        assert not AuditEntry.objects.exists()

    @pytest.mark.parametrize("path", ["MOON/", "reference/moon/", "MOON/ceilings.csv", "reference/moon.csv", "x/y/"])
    def test_say_that_there_is_no_such_thing(self, client, path):
        assert page(client, path).status_code == 404

    def test_show_the_standing_order_with_its_effects_and_sources(self, client):
        shown = text_of(page(client, "FOOD_SERVICE/"))
        for word in (
            "SUS-2026-01",
            "suspended in part",
            "no certificate is issued",
            "13 April 2026",
            "J9",
            "92%",
            "medium confidence",
        ):
            assert word in shown

    def test_show_the_merger(self, client):
        assert "Industrial machinery industry" in text_of(page(client, "INDUSTRIAL_MFG/"))
        assert "now part of" in text_of(page(client, "INDUSTRIAL_MACHINERY/"))

    def test_show_the_history_of_the_numbers(self, client):
        assert re.findall(r"<b><bdi>(\d+)</bdi></b>", page(client, "history/").content.decode())[:4] == ["14", "12", "16", "19"]

    def test_name_a_field_in_the_language_of_the_reader(self, client):
        assert "外食業" in text_of(page(client, "", "ja"))
        assert "ریستوران" in text_of(page(client, "", "ur"))

    def test_show_an_order_of_this_node_beside_those_of_the_tables(self, client, jp):
        made = make.order("decided", at=now())
        shown = text_of(page(client, "CONSTRUCTION/"))
        assert made.number in shown
        assert "Recorded on this node" in shown

    def test_cost_the_same_number_of_queries_with_more_orders(self, client, jp):
        make.order("decided", "CONSTRUCTION", at=now())
        page(client, "")
        with CaptureQueriesContext(connection) as one:
            page(client, "")
        for field in ("AGRICULTURE", "RAILWAY", "AVIATION", "FORESTRY"):
            make.order("changed", field, at=now())
        with CaptureQueriesContext(connection) as many:
            page(client, "")
        assert len(many) == len(one)


class TestDownloads:
    def test_a_table_is_what_it_is(self, client):
        answer = page(client, "reference/fields.csv")
        assert answer["Content-Type"] == "text/csv; charset=utf-8"
        rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
        assert rows == [dict(row) for row in shipped_book().rows("fields")]

    def test_every_table_comes_back_unchanged(self, client):
        for name, rows in shipped_book().tables.items():
            taken = list(csv.DictReader(io.StringIO(page(client, f"reference/{name}.csv").content.decode("utf-8-sig"))))
            assert taken == [dict(row) for row in rows], name

    def test_ceilings_and_residents_stand_together(self, client):
        rows = list(csv.DictReader(io.StringIO(page(client, "FOOD_SERVICE/ceilings.csv").content.decode("utf-8-sig"))))
        assert {row["kind"] for row in rows} == {"ceiling", "residents"}
        assert ("46000", "yes") in {(row["people"], row["approximate"]) for row in rows}


DESK = ["orders/", "CONSTRUCTION/ask-stop/", "CONSTRUCTION/ask-lift/", "CONSTRUCTION/announce/"]


class TestDesk:
    @pytest.mark.parametrize("path", DESK)
    @pytest.mark.parametrize("role", ["employer", "isa_regional", "labour_ministry"])
    def test_refuses_other_roles(self, client, jp, path, role):
        sign_in(client, role, node="jp")
        assert page(client, path).status_code == 403

    @pytest.mark.parametrize("language", LANGUAGES)
    @pytest.mark.parametrize("path", DESK)
    def test_refuses_on_pakistans_node_in_words(self, client, path, language):
        sign_in(client, "contact_point_pk", node="pk")
        answer = page(client, path, language)
        assert answer.status_code == 403
        words = {"en": "on the other state's node", "ur": "دوسر", "ja": "ノード"}
        assert words[language] in text_of(answer)

    def test_refuses_a_field_of_another_ministry(self, client, jp):
        sign_in(client, "field_ministry", body="MAFF", node="jp")
        assert page(client, "CONSTRUCTION/ask-stop/").status_code == 403
        assert client.post("/en/fields/CONSTRUCTION/ask-stop/", {**FIGURES, "reason": "stop_ceiling_reached"}).status_code == 403
        assert not FieldRequest.objects.exists()

    def test_hides_the_requests_of_another_ministry(self, client, jp):
        asked = make.request("CONSTRUCTION", at=now())
        sign_in(client, "field_ministry", body="MAFF", node="jp")
        assert page(client, f"requests/{asked.pk}/").status_code == 404
        assert str(asked.pk) not in page(client, "orders/").content.decode()

    def test_looking_changes_nothing(self, client, jp):
        made = make.order("announced", at=now())
        sign_in(client, "contact_point_jp", node="jp")
        before = AuditEntry.objects.count()
        for step in ("", "decide/", "change/", "lift/", "withdraw/"):
            assert page(client, f"orders/{made.pk}/{step}").status_code == 200
        for path in DESK[:1] + DESK[3:]:
            assert page(client, path).status_code == 200
        assert AuditEntry.objects.count() == before

    def test_costs_the_same_number_of_queries_with_more_orders(self, client, jp):
        sign_in(client, "contact_point_jp", node="jp")
        make.order("decided", "CONSTRUCTION", at=now())
        page(client, "orders/")
        with CaptureQueriesContext(connection) as one:
            page(client, "orders/")
        for field in ("AGRICULTURE", "RAILWAY", "AVIATION", "FORESTRY"):
            make.order("changed", field, at=now())
        with CaptureQueriesContext(connection) as many:
            page(client, "orders/")
        assert len(many) == len(one)

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_shows_every_state_of_an_order(self, client, jp, language):
        sign_in(client, "contact_point_jp", node="jp")
        fields = ("CONSTRUCTION", "AGRICULTURE", "RAILWAY", "AVIATION", "FORESTRY")
        for field, state in zip(fields, ("announced", "decided", "changed", "lifted", "withdrawn"), strict=True):
            made = make.order(state, field, at=now())
            assert page(client, f"orders/{made.pk}/", language).status_code == 200


class TestAskingOnThePage:
    def test_accepts_digits_of_any_script_and_goes_on(self, client, jp):
        sign_in(client, "field_ministry", body="MLIT", node="jp")
        answer = client.post("/en/fields/CONSTRUCTION/ask-stop/", {**FIGURES, "reason": "stop_ceiling_reached", "text": "Soon."})
        asked = FieldRequest.objects.get()
        assert answer.status_code == 302
        assert (asked.residents, asked.ceiling, asked.body) == (75_000, 76_000, "MLIT")
        assert "stop of the field" in text_of(client.get(answer["Location"]))

    def test_says_everything_wrong_at_once_and_keeps_what_was_typed(self, client, jp):
        sign_in(client, "field_ministry", body="MLIT", node="jp")
        typed = {"residents": "many", "residents_as_of": "2026-02-30", "ceiling": "", "reason": "", "text": "Keep <b>me</b>"}
        answer = client.post("/en/fields/CONSTRUCTION/ask-stop/", typed)
        shown = answer.content.decode()
        assert answer.status_code == 422
        assert shown.count('class="err"') == 4
        assert 'value="many"' in shown
        assert "Keep &lt;b&gt;me&lt;/b&gt;" in shown
        assert not FieldRequest.objects.exists()

    @pytest.mark.parametrize("residents", ["-5", "1e9", "٣٤٫٥x", "9" * 40, "½", "<script>", "\u0000"])
    def test_survives_naughty_numbers(self, client, jp, residents):
        sign_in(client, "field_ministry", body="MLIT", node="jp")
        answer = client.post(
            "/ur/fields/CONSTRUCTION/ask-stop/", {**FIGURES, "residents": residents, "reason": "stop_ceiling_reached"}
        )
        assert answer.status_code == 422
        assert not FieldRequest.objects.exists()

    def test_puts_a_refusal_of_the_law_beside_its_field(self, client, jp):
        sign_in(client, "field_ministry", body="MLIT", node="jp")
        typed = {**FIGURES, "residents_as_of": tomorrow(3), "reason": "stop_ceiling_reached"}
        answer = client.post("/en/fields/CONSTRUCTION/ask-stop/", typed)
        assert answer.status_code == 422
        assert "lies in the future" in text_of(answer)


class TestOrderingOnThePage:
    def test_the_whole_way_with_two_officers(self, client, jp, django_user_model):
        make.request(at=now())
        sign_in(client, "contact_point_jp", node="jp")
        begin = tomorrow(10)
        typed = {"announced_on": tomorrow(0), "effective_from": begin, "text": "Invented <i>text</i>", **EFFECTS}
        answer = client.post("/ja/fields/CONSTRUCTION/announce/", typed)
        assert answer.status_code == 302, text_of(answer)
        made = SuspensionOrder.objects.get()
        lines = {(one.application_kind, one.condition): one for one in OrderEdition.objects.get().effects.all()}
        assert str(lines[("coe", "before")].reference_date) == begin
        assert lines[("change_of_status", "any")].exception_group == "EXAMPLE"
        own = client.post(f"/en/fields/orders/{made.pk}/decide/", {"seen": made.version})
        assert own.status_code == 403
        assert "A second person must do this" in text_of(own)
        sign_in(client, "contact_point_jp", node="jp")
        stale = client.post(f"/en/fields/orders/{made.pk}/decide/", {"seen": 9})
        assert stale.status_code == 409
        assert client.post(f"/en/fields/orders/{made.pk}/decide/", {"seen": made.version}).status_code == 302
        assert SuspensionOrder.objects.get().state == "decided"
        shown = page(client, "CONSTRUCTION/").content.decode()
        assert "Invented &lt;i&gt;text&lt;/i&gt;" in shown

    def test_announcing_says_what_is_missing(self, client, jp):
        sign_in(client, "contact_point_jp", node="jp")
        answer = client.post("/en/fields/CONSTRUCTION/announce/", {**EFFECTS, "extension_effect": ""})
        assert answer.status_code == 422
        assert answer.content.decode().count('class="err"') >= 4

    def test_a_change_keeps_the_form_when_it_is_refused(self, client, jp):
        made = make.order("decided", at=now())
        sign_in(client, "contact_point_jp", node="jp")
        typed = {**EFFECTS, "reason": "change_day", "effective_from": "2020-01-01", "text": "Kept", "seen": made.version}
        answer = client.post(f"/en/fields/orders/{made.pk}/change/", typed)
        assert answer.status_code == 422
        assert "before its announcement" in text_of(answer)
        assert "Kept" in answer.content.decode()
        assert OrderEdition.objects.count() == 1

    def test_lifting_and_withdrawing_go_through_their_pages(self, client, jp):
        sign_in(client, "contact_point_jp", node="jp")
        made = make.order("decided", at=now())
        make.request(kind="lift", at=now())
        assert client.post(f"/en/fields/orders/{made.pk}/lift/", {"lifted_on": "", "seen": made.version}).status_code == 422
        assert (
            client.post(f"/en/fields/orders/{made.pk}/lift/", {"lifted_on": tomorrow(30), "seen": made.version}).status_code
            == 302
        )
        other = make.order("announced", "AGRICULTURE", at=now())
        url = reverse("fields.withdraw_order", args=[other.pk])
        assert client.post(url, {"reason": "", "seen": other.version}).status_code == 422
        assert client.post(url, {"reason": "withdraw_not_needed", "seen": other.version}).status_code == 302
        assert {one.state for one in SuspensionOrder.objects.all()} == {"lifted", "withdrawn"}

    def test_declining_goes_through_its_page(self, client, jp):
        asked = make.request(at=now())
        sign_in(client, "contact_point_jp", node="jp")
        url = reverse("fields.decline_request", args=[asked.pk])
        assert client.post(url, {"reason": "", "seen": 1}).status_code == 422
        assert client.post(url, {"reason": "decline_not_needed", "text": "No.", "seen": 1}).status_code == 302
        assert FieldRequest.objects.get().answer_reason == "decline_not_needed"


class TestApi:
    def test_says_how_the_fields_stand(self, client):
        told = client.get("/api/fields").json()
        food = next(one for one in told["fields"] if one["code"] == "FOOD_SERVICE")
        assert (food["state"], food["use"]["percent"], food["name"]["ja"]) == ("suspended_in_part", 92, "外食業")

    def test_says_what_a_field_asks(self, client):
        told = client.get("/api/fields/CONSTRUCTION").json()
        assert [one["duty"] for one in told["requirements"]] == ["CIVIL", "BUILDING", "LIFELINE"]
        assert told["forecast"]["code"] == "forecast_day"

    def test_gives_ceilings_orders_and_tables(self, client, jp):
        made = make.order("decided", at=now())
        assert len(client.get("/api/fields/FOOD_SERVICE/ceilings").json()["residents"]) == 4
        orders = client.get("/api/field-orders").json()["orders"]
        assert {one["number"] for one in orders} == {"SUS-2022-01", "SUS-2026-01", made.number}
        table = client.get("/api/reference/windows").json()
        assert [dict(zip(table["columns"], row, strict=True)) for row in table["rows"]] == [
            dict(row) for row in shipped_book().rows("windows")
        ]

    @pytest.mark.parametrize("path", ["fields/MOON", "fields/MOON/ceilings", "reference/moon"])
    @pytest.mark.parametrize("language", LANGUAGES)
    def test_answers_with_a_problem_in_the_language_asked_for(self, client, path, language):
        answer = client.get(f"/api/{path}", headers={"accept-language": language})
        assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json")

    def test_keeps_drafts_and_persons_to_itself(self, client, jp):
        one = make.officer()
        made = make.order("decided", by=one, at=now())
        told = client.get("/api/field-orders").content.decode()
        assert made.number in told
        assert str(one.person) not in told and one.name not in told
