"""Notices on the pages and in the API, on both nodes, in three languages."""

from __future__ import annotations

import datetime as dt
import html
import json
import re
from dataclasses import replace

import pytest
from django.conf import settings
from django.urls import reverse

from rahdari.base.clock import day_at, now
from rahdari.base.models import AuditEntry
from rahdari.base.work import unit_of_work
from rahdari.domain.accounts.actions import make_token
from rahdari.domain.notices.messages import notice_raised
from rahdari.domain.notices.models import Notice
from rahdari.domain.notices.queries.notices import draft_of
from rahdari.domain.notices.rules.notices import MOST_PARTIES, Party
from tests.make.notices import hear, heard, notice, officer
from tests.make.people import actor, sign_in
from tests.make.statements import newest, node

pytestmark = pytest.mark.django_db
LANGUAGES = ["en", "ur", "ja"]


def today(side="pk"):  # the day of the state behind: nowhere is it tomorrow
    return day_at(now(), side)


def typed(**changed):
    return {
        "kind": "act", "category": "MOC_A", "known_on": today().isoformat(), "what": "Invented <i>words</i>", "place": "Lahore",
        "happened": "", "workers": "۴", "amount": "500 000", "currency": "JPY", "worker": "", "asked": "investigate",
        "level": "contact_point", "about_0_what": "organisation", "about_0_name": "Invented Bridge", "about_0_licence": "",
    } | changed  # fmt: skip


ANSWERED = {
    "steps_0_code": "party_heard", "steps_0_on": today().isoformat(), "evidence_asked": "on", "measure": "warning",
    "measure_on": today().isoformat(), "reason": "Invented reason",
}  # fmt: skip


def text_of(answer):
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())))


def fields_of(answer):
    """What a form shows, as a browser would send it back."""
    return {one.html_name: one.value() for one in answer.context["form"] if one.value()}


def url(name, row):
    return reverse(f"notices.{name}", args=[row.pk])


@pytest.fixture
def at_jp(settings, client):
    """The test runs on Japan's node, an officer of its contact point is signed in."""
    settings.RAHDARI_NODE, settings.RAHDARI_PARTNER = "jp", "pk"
    return sign_in(client, "contact_point_jp", node="jp")


@pytest.fixture
def theirs(settings, client):
    """A notice of Japan as Pakistan's node keeps it; an officer of Pakistan's contact point is signed in."""
    with node(settings, "jp"):
        row = notice(at=now(), known_on=today())
    kept = heard(row, "pk", now())
    sign_in(client, "contact_point_pk")
    return kept


class TestWriting:
    @pytest.mark.parametrize("language", LANGUAGES)
    def test_the_form_speaks_three_languages(self, client, at_jp, language):
        answer = client.get(f"/{language}/notices/write/")
        assert answer.status_code == 200
        words = {"en": "Never name a complainant", "ur": "شکایت کنندہ", "ja": "申立人"}
        assert words[language] in text_of(answer)

    def test_keeps_a_draft_with_digits_of_any_script(self, client, at_jp):
        answer = client.post("/en/notices/write/", typed())
        row = Notice.objects.get()
        assert answer.status_code == 302
        draft = draft_of(row)
        assert (draft.workers, draft.amount, draft.currency, draft.about[0].name) == (4, 500_000, "JPY", "Invented Bridge")
        shown = client.get(answer["Location"])
        assert "Invented &lt;i&gt;words&lt;/i&gt;" in shown.content.decode()
        assert "A second officer must approve it" in text_of(shown)
        assert 'class="marking' not in shown.content.decode()

    @pytest.mark.parametrize(("amount", "currency", "smallest"), [
        ("5,000", "PKR", 500_000), ("۵٬۰۰۰٫۵", "PKR", 500_050), ("1,50,000", "PKR", 15_000_000), ("５，０００", "JPY", 5_000),
        ("5000.25", "USD", 500_025),
    ])  # fmt: skip
    def test_takes_money_in_whole_units_and_shows_it_so_again(self, client, at_jp, amount, currency, smallest):
        client.post("/en/notices/write/", typed(currency=currency, amount=amount))
        row = Notice.objects.get()
        assert draft_of(row).amount == smallest
        again = fields_of(client.get(url("draft_anew", row)))["amount"]
        assert client.post(url("draft_anew", row), typed(currency=currency, amount=again, what="Other words")).status_code == 302
        draft = draft_of(Notice.objects.get())
        assert (draft.what, draft.amount) == ("Other words", smallest)

    @pytest.mark.parametrize(("changed", "errors"), [
        ({"known_on": "2026-02-30", "kind": ""}, 2), ({"what": "", "asked": "", "category": ""}, 3), ({"about_0_name": ""}, 1),
        ({"worker": "Invented"}, 1), ({"level": "named_bodies"}, 1), ({"bodies": ["ISA"]}, 1), ({"what": "x" * 9000}, 1),
        ({"what": "\u0000"}, 1), ({"amount": "-5"}, 1), ({"currency": ""}, 1), ({"amount": "1.500"}, 1), ({"amount": "5.5"}, 1),
        ({"amount": "Rs 500", "currency": "PKR"}, 1), ({"amount": "五百"}, 1), ({"amount": "9" * 20}, 1),
    ])  # fmt: skip
    def test_says_everything_wrong_and_keeps_what_was_typed(self, client, at_jp, changed, errors):
        answer = client.post("/en/notices/write/", typed(**changed))
        assert answer.status_code == 422
        assert answer.content.decode().count('class="err"') == errors
        assert "Lahore" in answer.content.decode()
        assert not Notice.objects.exists()

    def test_writes_a_draft_anew(self, client, at_jp):
        client.post("/en/notices/write/", typed())
        row = Notice.objects.get()
        form = client.get(url("draft_anew", row)).content.decode()
        assert "Invented Bridge" in form and 'value="500000"' in form
        assert client.post(url("draft_anew", row), typed(what="Other words", seen=row.version)).status_code == 302
        assert draft_of(Notice.objects.get()).what == "Other words"

    @pytest.mark.parametrize("parties", [5, MOST_PARTIES, MOST_PARTIES + 2])
    def test_writes_a_draft_anew_with_every_party(self, client, at_jp, parties):
        names = [f"Invented Person {number}" for number in range(parties)]
        row = notice("drafted", at=now(), known_on=today(), about=tuple(Party("person", name) for name in names[:MOST_PARTIES]))
        if parties > MOST_PARTIES:  # one drafted before there was a bound
            draft = replace(draft_of(row), about=tuple(Party("person", name) for name in names))
            with unit_of_work("tests.draft", actor=officer(), at=now()) as unit:
                row.content = json.dumps(notice_raised(draft))
                unit.about(unit.save(row))
        page = client.get(url("draft_anew", row))
        fields = fields_of(page)
        assert [fields[f"about_{number}_name"] for number in range(parties)] == names
        assert (f'name="about_{parties}_name"' in page.content.decode()) == (parties < MOST_PARTIES)
        answer = client.post(url("draft_anew", row), fields | {"what": "Other words"})
        if parties > MOST_PARTIES:
            assert answer.status_code == 422 and "too many entries" in text_of(answer) and names[-1] in answer.content.decode()
        else:
            draft = draft_of(Notice.objects.get())
            assert (draft.what, [one.name for one in draft.about]) == ("Other words", names)

    @pytest.mark.parametrize("role", ["employer", "node_operator", "auditor"])
    def test_is_closed_to_other_roles(self, client, settings, role):
        settings.RAHDARI_NODE = "jp"
        sign_in(client, role, node="jp")
        for address in ("/en/notices/", "/en/notices/write/"):
            assert client.get(address).status_code == 403

    def test_is_open_to_officers(self, client, settings):
        settings.RAHDARI_NODE, settings.RAHDARI_PARTNER = "jp", "pk"
        sign_in(client, "police_liaison", node="jp")
        assert client.post("/en/notices/write/", typed()).status_code == 302
        page = client.get(url("see_notice", Notice.objects.get())).content.decode()
        assert "approve/" not in page


class TestTheWholeWay:
    @pytest.mark.parametrize("language", LANGUAGES)
    def test_on_the_other_node_it_stands_between_bands(self, client, theirs, language):
        page = client.get(f"/{language}/notices/{theirs.pk}/").content.decode()
        assert page.count('<aside class="marking red"') == 2
        assert page.index("TLP:RED") < page.index("<main") < page.rindex("TLP:RED")
        assert "Hoshizora" in page

    def test_through_the_pages_of_both_nodes(self, client, settings, at_jp):
        row = notice("drafted", at=now(), by=officer(), known_on=today())
        shown = text_of(client.get(url("see_notice", row)))
        assert "Over there it is seen by: contact point only" in shown
        assert client.post(url("approve_notice", row), {"seen": 9}).status_code == 409
        assert client.post(url("approve_notice", row), {"seen": 1}).status_code == 302
        row.refresh_from_db()
        kept = heard(row, "pk", now())
        with node(settings, "pk"):
            sign_in(client, "contact_point_pk", node="pk")
            assert client.post(url("accept_notice", kept), {"seen": 1}).status_code == 302
            hear(newest("notice.updated/1"), "pk", "jp", now())
            wrong = client.post(url("answer_notice", kept), ANSWERED | {"measure": "none", "evidence_asked": "", "seen": 2})
            assert wrong.status_code == 422 and "bare denial" in text_of(wrong)
            money = {"returned_amount": "1.500", "returned_currency": "PKR"}
            unread = client.post(url("answer_notice", kept), ANSWERED | money | {"seen": 2})
            assert unread.status_code == 422 and 'value="1.500"' in unread.content.decode()
            money["returned_amount"] = "۱٬۵۰۰"
            assert client.post(url("answer_notice", kept), ANSWERED | money | {"seen": 2}).status_code == 302
            hear(newest("notice.answered/1"), "pk", "jp", now())
        sign_in(client, "contact_point_jp", node="jp")
        answered = client.get(url("see_notice", row))
        assert "Originator: Pakistan" in text_of(answered) and "Invented reason" in text_of(answered)
        assert "1,500" in text_of(answered)
        assert client.post(url("recall_notice", row), {"reason": ""}).status_code == 422
        assert client.post(url("recall_notice", row), {"reason": "recall_told_twice"}).status_code == 302
        hear(newest("notice.recalled/1"), "jp", "pk", now())
        with node(settings, "pk"):
            sign_in(client, "contact_point_pk", node="pk")
            gone = text_of(client.get(url("see_notice", kept)))
            assert "destroyed on both sides" in gone and "It was told twice" in gone and "Hoshizora" not in gone
            assert "Hoshizora" not in client.get("/en/notices/").content.decode()

    def test_a_step_with_half_its_facts_is_said_so(self, client, theirs):
        answer = client.post(url("answer_notice", theirs), ANSWERED | {"steps_1_code": "hearing_held"})
        assert answer.status_code == 422 and "Give each step with its day" in text_of(answer)

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_the_list_counts_the_late_ones(self, client, at_jp, language):
        notice(at=now(), known_on=today() - dt.timedelta(days=20))
        answer = client.get(f"/{language}/notices/")
        assert answer.status_code == 200
        if language == "en":
            assert "told 1 , of these late 1" in text_of(answer)

    def test_looking_changes_nothing(self, client, theirs):
        before = AuditEntry.objects.count()
        for step in ("see_notice", "approve_notice", "accept_notice", "answer_notice", "recall_notice"):
            assert client.get(url(step, theirs)).status_code == 200
        assert AuditEntry.objects.count() == before

    def test_the_worklist_shows_it_without_a_word_of_it(self, client, theirs):
        shown = text_of(client.get("/en/desk/"))
        assert theirs.number in shown and "Accept the notice" in shown
        assert "Wrongful" not in shown


@pytest.fixture
def program(client):
    """Calls of a program that bears a token of the present node's contact point."""

    def call(method, path, body=None):
        scopes = [
            "see_notices",
            "see_notice",
            "draft_notice",
            "approve_notice",
            "accept_notice",
            "answer_notice",
            "recall_notice",
        ]
        told = {"name": "program", "scopes": [f"notices.{one}" for one in scopes], "expires_at": now() + dt.timedelta(days=9)}
        _token, secret = make_token(actor=actor(f"contact_point_{settings.RAHDARI_NODE}"), **told, at=now())
        more = {} if body is None else {"data": json.dumps(body), "content_type": "application/json"}
        return getattr(client, method)(f"/api/notices{path}", **more, headers={"authorization": f"Bearer {secret}"})

    return call


class TestApi:
    @pytest.fixture
    def body(self):
        return {
            "kind": "act", "category": "MOC_A", "known_on": today().isoformat(), "what": "Invented", "asked": "know",
            "about": [{"what": "organisation", "name": "Invented Bridge"}],
        }  # fmt: skip

    def test_drafts_approves_and_shows(self, program, body):
        made = program("post", "", body).json()
        assert made["state"] == "drafted"
        assert program("post", f"/{made['id']}/approval", {"seen": 1}).json()["state"] == "raised"
        told = program("get", f"/{made['id']}").json()
        assert (told["content"]["what"]["value"], told["days_late"], told["holder"]) == ("Invented", 0, "jp")
        assert [one["id"] for one in program("get", "").json()["notices"]] == [made["id"]]
        assert program("post", f"/{made['id']}/recall", {"reason": "recall_told_twice"}).json()["state"] == "recalled"
        assert program("get", f"/{made['id']}").json()["content"] is None

    def test_answers(self, program, theirs):
        steps = [{"on": today().isoformat(), "code": "party_heard"}]
        answer = {"steps": steps, "evidence_asked": True, "evidence_given": False, "measure": "none", "reason": "Invented"}
        assert (
            program("post", f"/{theirs.pk}/answer", {**answer, "evidence_asked": False}).json()["refusals"][0]["code"]
            == "bare_denial"
        )
        assert program("post", f"/{theirs.pk}/acceptance", {}).json()["state"] == "accepted"
        assert program("post", f"/{theirs.pk}/answer", answer).json()["state"] == "answered"
        assert program("get", f"/{theirs.pk}").json()["answer"]["steps"] == steps

    def test_takes_no_more_parties_than_the_schema(self, program, body):
        party = body["about"][0]
        assert program("post", "", body | {"about": [party] * (MOST_PARTIES + 1)}).json()["errors"][0]["code"] == "too_many"
        assert program("post", "", body | {"about": [party] * MOST_PARTIES}).json()["state"] == "drafted"

    @pytest.mark.parametrize("change", [{"kind": 3}, {"about": "x"}, {"about": [{"what": "x", "name": "y"}]}, {"known_on": "x"}])
    def test_tells_what_has_a_wrong_shape(self, program, body, change):
        assert program("post", "", body | change).status_code == 422
        assert not Notice.objects.exists()

    @pytest.mark.parametrize("path", ["", "/0198c0de-0000-7000-8000-000000000000"])
    def test_is_closed_to_strangers(self, client, path):
        assert client.get(f"/api/notices{path}").status_code == 403
