"""Requests on the pages and in the API of the contact points, on both nodes, in three languages."""

from __future__ import annotations

import datetime as dt
import html
import json
import re
from dataclasses import replace
from uuid import uuid4

import pytest
from django.conf import settings
from django.urls import reverse

from rahdari.base.clock import day_at, now
from rahdari.base.models import AuditEntry
from rahdari.base.reference import shipped_book
from rahdari.domain.accounts.actions import make_token
from rahdari.domain.cooperation.actions.mirroring import mirror_request
from rahdari.domain.cooperation.models import Request
from rahdari.domain.cooperation.queries.requests import answers_of
from tests.make.people import actor, sign_in
from tests.make.requests import CASE, RETURN, ask, hear, heard
from tests.make.statements import mailroom, newest, node, told

pytestmark = pytest.mark.django_db
LANGUAGES = ["en", "ur", "ja"]
KINDS = [row["code"] for row in shipped_book().rows("request_kinds") if row["code"] != "firm_enquiry"]  # has pages of its own
TYPED = {"questions": ["where_it_stands", "stands_since"], "fact_case": CASE, "urgency": "soon", "due_on": ""}


def text_of(answer):
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())))


@pytest.fixture
def at_pk(client):
    return sign_in(client, "contact_point_pk")


@pytest.fixture
def theirs(settings, client):
    """A request of Pakistan's contact point as Japan's node keeps it; an officer of Japan's contact point is signed in."""
    row = heard(ask(at=now(), **RETURN), "jp")
    settings.RAHDARI_NODE, settings.RAHDARI_PARTNER = "jp", "pk"
    sign_in(client, "contact_point_jp", node="jp")
    return row


def url(name, row):
    return reverse(f"cooperation.{name}", args=[row.pk])


class TestTheList:
    @pytest.mark.parametrize("language", LANGUAGES)
    def test_shows_every_kind_that_may_be_asked(self, client, at_pk, language):
        shown = text_of(client.get(f"/{language}/requests/"))
        for row in shipped_book().rows("request_kinds"):
            assert row[f"name_{language}"] in shown

    def test_shows_both_sides_requests_with_their_clock(self, client, at_pk):
        row = ask(at=now())
        shown = text_of(client.get("/en/requests/"))
        assert row.number in shown and "State of a case" in shown and "Japan · until" in shown

    def test_is_reached_from_the_agreement_by_the_contact_point_alone(self, client):
        assert "/requests/" not in client.get("/en/agreement/").content.decode()
        sign_in(client, "contact_point_pk")
        assert "/requests/" in client.get("/en/agreement/").content.decode()

    @pytest.mark.parametrize("role", ["protector", "node_operator", "attache", "auditor"])
    def test_refuses_other_roles(self, client, role):
        row = ask(at=now())
        sign_in(client, role)
        for address in ("/en/requests/", url("see_request", row), "/en/requests/ask/other/"):
            assert client.get(address).status_code == 403


class TestAsking:
    @pytest.mark.parametrize("kind", KINDS)
    @pytest.mark.parametrize("language", LANGUAGES)
    def test_shows_the_questions_and_why_the_personal_crosses(self, client, at_pk, kind, language):
        answer = client.get(f"/{language}/requests/ask/{kind}/")
        shown = text_of(answer)
        assert answer.status_code == 200
        for row in shipped_book().rows("request_questions", kind=kind):
            assert row[f"name_{language}"] in shown
        if language == "en" and kind == "return_assistance":
            assert "Why it is sent: To issue the temporary passport" in shown
        assert "TLP:RED" in shown

    def test_says_that_there_is_no_such_kind(self, client, at_pk):
        assert client.get("/en/requests/ask/moon/").status_code == 404

    def test_sends_and_goes_on(self, client, at_pk):
        answer = client.post("/en/requests/ask/case_status/", TYPED)
        row = Request.objects.get()
        assert (answer.status_code, answer["Location"]) == (302, url("see_request", row))
        shown = text_of(client.get(answer["Location"]))
        assert "The request is sent" in shown and CASE in shown and "soon" in shown

    def test_says_everything_wrong_beside_its_field_and_keeps_what_was_typed(self, client, at_pk):
        typed = {**TYPED, "fact_case": "not a number <b>", "due_on": "2020-01-01"}
        answer = client.post("/en/requests/ask/case_status/", typed)
        assert answer.status_code == 422
        assert answer.content.decode().count('class="err"') == 2
        assert "not a number &lt;b&gt;" in answer.content.decode()
        assert not Request.objects.exists()

    @pytest.mark.parametrize("naughty", ["<script>", "\u0000", "x" * 5000, "۱۲۳", "'; drop table"])
    def test_survives_naughty_texts(self, client, at_pk, naughty):
        answer = client.post("/ur/requests/ask/case_status/", {**TYPED, "fact_case": naughty})
        assert answer.status_code == 422

    def test_a_forged_question_is_refused(self, client, at_pk):
        answer = client.post("/en/requests/ask/case_status/", {**TYPED, "questions": ["is_genuine"]})
        assert answer.status_code == 422


class TestTheOtherSide:
    @pytest.mark.parametrize("language", LANGUAGES)
    def test_shows_it_between_bands_in_three_languages(self, client, theirs, language):
        page = client.get(f"/{language}/requests/{theirs.pk}/").content.decode()
        assert re.findall(r'<aside class="marking red" aria-label="', page) == ['<aside class="marking red" aria-label="'] * 2
        assert page.index("TLP:RED") < page.index("<main") < page.rindex("TLP:RED")
        assert "Invented Person" in page

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_shows_codes_newer_than_our_tables_as_they_came(self, client, settings, theirs, language):
        statement = told(newest("request.asked/1"), "pk", "jp")
        newer = {"questions": [{"code": "newer_question", "facts": {"newer_fact": "as it came"}}], "urgency": "whenever"}
        one = replace(statement, id=uuid4(), data=statement.data | newer)
        row = mirror_request(actor=mailroom("jp"), statement=one, at=now())
        shown = text_of(client.get(f"/{language}/requests/{row.pk}/"))
        assert all(word in shown for word in ("whenever", "newer_question", "newer_fact", "as it came"))
        assert "urgency_" not in shown

    def test_an_own_request_bears_no_band_until_the_partner_speaks(self, client, at_pk):
        row = ask(at=now())
        assert 'class="marking' not in client.get(url("see_request", row)).content.decode()

    def test_begins_the_form_with_the_target_day_of_the_kind(self, client, theirs):
        begun = re.search(r'name="agreed_on" value="([\d-]+)"', client.get(url("see_request", theirs)).content.decode())
        assert begun and begun[1] > day_at(now(), "jp").isoformat()

    def test_accepts_answers_and_is_rated_through_the_pages(self, client, settings, theirs):
        agreed = day_at(now(), "jp").isoformat()
        assert client.post(url("accept_request", theirs), {"agreed_on": "2020-01-01", "seen": 1}).status_code == 422
        assert client.post(url("accept_request", theirs), {"agreed_on": agreed, "seen": 9}).status_code == 409
        assert client.post(url("accept_request", theirs), {"agreed_on": agreed, "seen": 1}).status_code == 302
        hear(newest("request.accepted/1"), "jp", "pk")
        assert client.post(url("answer_request", theirs), {"answer_passport_by": "", "seen": 2}).status_code == 422
        answer = client.post(url("answer_request", theirs), {"answer_passport_by": "2027-01-15", "seen": 2})
        assert answer.status_code == 302
        assert "15 January 2027" in text_of(client.get(answer["Location"]))
        hear(newest("request.answered/1"), "jp", "pk")
        with node(settings, "pk"):
            own = Request.objects.get(statement=None)
            sign_in(client, "contact_point_pk", node="pk")
            shown = text_of(client.get(url("see_request", own)))
            assert "Originator: Japan" in shown and "15 January 2027" in shown
            assert client.post(url("rate_answer", own), {"timeliness": "", "effort": "5"}).status_code == 422
            assert (
                client.post(url("rate_answer", own), {"timeliness": "4", "effort": "5", "seen": own.version}).status_code == 302
            )
            assert "in time 4 of 5" in text_of(client.get(url("see_request", own)))

    def test_looking_changes_nothing(self, client, theirs):
        before = AuditEntry.objects.count()
        for step in ("see_request", "accept_request", "answer_request", "rate_answer"):
            assert client.get(url(step, theirs)).status_code == 200
        assert AuditEntry.objects.count() == before


class TestTheWorklist:
    def test_shows_what_was_asked_of_the_office(self, client, theirs):
        shown = text_of(client.get("/en/desk/"))
        assert theirs.number in shown and "Help with a return" in shown and "Accept the request" in shown

    def test_does_not_show_what_the_other_side_must_do(self, client, at_pk):
        row = ask(at=now())
        assert row.number not in text_of(client.get("/en/desk/"))


SCOPES = ["see_requests", "see_request", "send_request", "accept_request", "answer_request", "rate_answer"]


@pytest.fixture
def program(client):
    """A program that bears a token of the present node's contact point."""
    told = {"name": "program", "scopes": [f"cooperation.{one}" for one in SCOPES], "expires_at": now() + dt.timedelta(days=9)}
    _token, secret = make_token(actor=actor(f"contact_point_{settings.RAHDARI_NODE}"), **told, at=now())
    return lambda method, path, body=None: getattr(client, method)(
        f"/api/requests{path}",
        **({} if body is None else {"data": json.dumps(body), "content_type": "application/json"}),
        headers={"authorization": f"Bearer {secret}"},
    )


class TestApi:
    BODY = {"kind": "case_status", "questions": ["where_it_stands"], "facts": {"case": CASE}}

    def test_asks_and_shows(self, program):
        made = program("post", "", self.BODY)
        assert (made.status_code, made.json()["state"]) == (200, "asked")
        told = program("get", f"/{made.json()['id']}").json()
        assert (told["holder"], told["questions"][0]["facts"], told["marking"]["level"]) == (
            "jp",
            {"case": CASE},
            "contact_point",
        )
        assert [one["id"] for one in program("get", "").json()["requests"]] == [made.json()["id"]]

    @pytest.mark.parametrize(("change", "code"), [
        ({"kind": "moon"}, "kind_unknown"), ({"questions": []}, "question_missing"), ({"facts": {"case": 3}}, "fact_wrong"),
    ])  # fmt: skip
    def test_tells_refusals_by_code(self, program, change, code):
        answer = program("post", "", self.BODY | change)
        assert (answer.status_code, answer["Content-Type"]) == (422, "application/problem+json")
        assert code in {one["code"] for one in answer.json()["refusals"]}

    @pytest.mark.parametrize(
        "body", [{}, {"kind": 3}, [], {"kind": "other", "questions": "answer"}, {**BODY, "facts": {"case": [1]}}]
    )
    def test_tells_what_has_a_wrong_shape(self, program, body):
        assert program("post", "", body).status_code == 422
        assert not Request.objects.exists()

    def test_goes_the_whole_way(self, theirs, program):
        path, agreed = f"/{theirs.pk}", day_at(now(), "jp").isoformat()
        assert program("post", path + "/rating", {"timeliness": 1, "effort": 1}).status_code == 409
        assert program("post", path + "/acceptance", {"agreed_on": agreed, "seen": 1}).json()["state"] == "accepted"
        assert program("post", path + "/answer", {"answers": {"passport_by": "2027-01-15"}}).json()["state"] == "answered"
        assert answers_of(Request.objects.get(pk=theirs.pk)) == {"passport_by": "2027-01-15"}
        assert program("get", path).json()["questions"][0]["answer"] == "2027-01-15"

    @pytest.mark.parametrize("path", ["requests", "requests/0198c0de-0000-7000-8000-000000000000"])
    def test_is_closed_to_strangers_in_words(self, client, path):
        answer = client.get(f"/api/{path}", headers={"accept-language": "ja"})
        assert (answer.status_code, answer["Content-Type"]) == (403, "application/problem+json")


class TestTheMenu:
    @pytest.mark.parametrize(("role", "shown"), [
        ("contact_point_pk", {"/en/notices/", "/en/requests/"}), ("protector", {"/en/notices/"}), ("promoter_manager", set()),
    ])  # fmt: skip
    def test_shows_the_desks_a_role_opens(self, client, role, shown):
        sign_in(client, role)
        page = client.get("/en/desk/").content.decode()
        menu = page[page.index('<nav class="nav"') :].partition("</nav>")[0]
        assert {address for address in ("/en/notices/", "/en/requests/") if f'href="{address}"' in menu} == shown
