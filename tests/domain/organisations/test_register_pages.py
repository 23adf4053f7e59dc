"""The public register with its one box, the card of a licence, the desk of those who keep it; pages and API."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from rahdari.base.clock import day_at, now
from rahdari.domain.accounts.actions import make_token
from rahdari.domain.organisations import access
from rahdari.domain.organisations.models import Organisation
from rahdari.domain.organisations.rules.entries import AccountEntered, OfficerEntered
from rahdari.domain.organisations.views import register
from rahdari.web.rates import Rate
from tests.make import jobs
from tests.make import organisations as make
from tests.make.people import actor, sign_in, sign_in_as

pytestmark = pytest.mark.django_db
NAMES = ("Sitara Promoters (invented)", "ستارہ پروموٹرز (فرضی)", "シターラ斡旋(架空)")
PERSONAL = (make.card(4711), "Bilal", "0300 1234567", "+923001234567", "PK36SCBL")


WORDS = {
    "number": ("OP&HRD/4325/LHR/2018", "op&hrd / ۴۳۲۵ / lhr / ۲۰۱۸"),
    "phone": ("0915550101", "+92 91 555 0101", "٠٩١٥٥٥٠١٠١"),
    "name": (
        "sitara", "M/s SITARA promoters Pvt. Ltd.", "Sitra Promoters", "ستارہ", "ستاره پروموٹرز", "したーら",
    ),
}  # fmt: skip


@pytest.fixture
def sitara():
    return make.licensed(
        at=now(),
        names=NAMES,
        phones=("091 5550101",),
        officers=(OfficerEntered("Bilal Sheikh (invented)", "owner", make.card(4711), "0300 1234567"),),
        accounts=(AccountEntered("Bank (invented)", "PK36SCBL0000001123456702"),),
    )


def looked_up(client, text, language="en"):
    answer = client.get(f"/{language}/licences/", {"q": text})
    assert answer.status_code == 200
    return answer.content.decode()


def found(client, text):
    answer = client.get("/api/licences", {"q": text})
    assert answer.status_code == 200, answer.content
    told = answer.json()
    return told["by"], [one["organisation"] for one in told["licences"]]


class TestLookingUp:
    def test_finds_by_number_phone_and_name_in_any_script(self, client, sitara):
        make.licensed("pk:org:karwan", "OP&HRD/5109/SKT/2024", at=now(), name="Karwan Example (invented)")
        told = {text: found(client, text) for texts in WORDS.values() for text in texts}
        assert told == {text: (by, [make.PROMOTER]) for by, texts in WORDS.items() for text in texts}

    def test_never_answers_for_a_person_or_an_account(self, client, sitara):
        asked = ("0300 1234567", "Bilal Sheikh", make.card(4711), "PK36SCBL0000001123456702", "17301")
        assert [text for text in asked if found(client, text)[1]] == []

    def test_odd_words_find_nothing_and_break_nothing(self, client, sitara):
        for text in ("%", "_%_%", "'; drop table", "\x00", "\x0012/34\x00", "<%", "x" * 5000, "ء" * 300, "()", "٪٪"):
            assert client.get("/en/licences/", {"q": text}).status_code == 200
            assert found(client, text)[1] == []

    def test_an_application_is_nobodys_business(self, client):
        row = make.applied(at=now(), name="Naya Safar (invented)", phones=("091 5550199",))
        assert found(client, "Naya Safar")[1] == found(client, "091 5550199")[1] == []
        assert client.get(f"/en/licences/{row.pk}/").status_code == 404
        assert client.get(f"/api/licences/{row.pk}").status_code == 404

    @pytest.mark.parametrize("language", ["en", "ur", "ja"])
    def test_the_page_needs_no_account_and_no_script(self, client, sitara, language):
        page = looked_up(client, "ستارہ", language)
        assert all(name in page for name in NAMES) and "4325" in page
        assert "<script" not in page and 'name="q"' in page
        assert [one for one in PERSONAL if one in page] == []

    def test_nothing_typed_shows_the_box_alone(self, client, sitara):
        page = client.get("/en/licences/").content.decode()
        assert "Licence number, name or phone" in page and NAMES[0] not in page

    def test_nobody_found_says_what_that_means(self, client):
        assert "Nobody in the register" in looked_up(client, "Nobody at all")
        assert "may not recruit for Japan" in looked_up(client, "Nobody at all")

    def test_who_asks_too_often_waits(self, client, monkeypatch):
        few = Rate("look-up-few", minutes=5, by_address=2, by_account=0)
        monkeypatch.setattr(register, "LOOKING_UP", few)
        answers = [client.get("/en/licences/", {"q": "sitara"}).status_code for _ in range(3)]
        assert answers == [200, 200, 429]
        assert access.LOOKING_UP.by_address > few.by_address


class TestTheCard:
    def test_says_that_it_holds_and_since_when(self, client, sitara):
        page = client.get(f"/en/licences/{sitara.pk}/").content.decode()
        assert "valid licence" in page and "1 March 2018" in page and "OP&amp;HRD/4325/LHR/2018" in page
        assert [one for one in PERSONAL if one in page] == []

    def test_says_who_is_banned_since_when_and_why(self, client, sitara):
        make.made("cancel_licence", sitara, at=now(), text="What three workers said.")
        page = client.get(f"/en/licences/{sitara.pk}/").content.decode()
        today = day_at(now(), "pk")
        assert "cancelled, may not recruit" in page and f"{today.day} {today:%B %Y}" in page
        assert "fees without basis" in page and "three workers" not in page and make.LAW not in page

    def test_a_later_day_is_seen_by_the_calendar_alone(self, client):
        row = make.licensed(at=now(), until=day_at(now(), "pk"))
        told = client.get(f"/api/licences/{row.pk}").json()
        assert (told["state"], told["valid"], told["since"]) == ("expired", False, day_at(now(), "pk").isoformat())
        assert [one["state"] for one in told["changes"]] == ["valid"]

    def test_shows_the_vacancies_of_its_holder_and_each_vacancy_the_licence(self, client):
        vacancy = jobs.vacancy(at=now())
        row = Organisation.objects.get(registry_id=jobs.PROMOTER)
        card = client.get(f"/en/licences/{row.pk}/").content.decode()
        assert "Its permitted vacancies" in card and f"/en/jobs/{vacancy.pk}/" in card
        assert "valid licence" in client.get(f"/en/jobs/{vacancy.pk}/").content.decode()
        make.made("suspend_licence", row, at=now())
        page = client.get(f"/en/jobs/{vacancy.pk}/").content.decode()
        assert f"/en/licences/{row.pk}/" in page and "suspended" in page

    def test_the_other_node_shows_it_too(self, client, settings, on_jp):
        make.entered("RSO", "24登-000001", at=now(), name="かけはし支援(架空)")
        assert found(client, "カケハシ")[0] == "name"
        assert "有効な許可" in looked_up(client, "24登-000001", "ja")


ENTRY = {
    "entry.names": "Naya Safar (invented)\nنیا سفر (فرضی)",
    "entry.address": "Mardan (invented)",
    "entry.phones": "0937 555010",
    "entry.officers.0.name": "Gul Rukh (invented)",
    "entry.officers.0.role": "owner",
    "entry.officers.0.identity": "1610100000012",
    "entry.branches.0.city": "Swat",
}


def scan(name="paper.pdf"):
    return SimpleUploadedFile(name, b"%PDF-1.4\n% invented\n", "application/pdf")


class TestTheDesk:
    def test_a_promoter_applies_an_officer_grants_and_anyone_reads_it(self, client):
        sign_in(client, "promoter_manager", "pk:org:naya")
        security = {
            "security.amount": "۳۰۰٬۰۰۰",
            "security.currency": "PKR",
            "security.reference": "DSC-1",
            "security.lodged_on": "2026-11-01",
        }
        for typed in ("1.500", "-5", "0", "Rs 500"):
            answer = client.post("/en/licences/desk/apply/", ENTRY | security | {"security.amount": typed, "paper": scan()})
            assert answer.status_code == 422 and f'value="{typed}"' in answer.content.decode()
        answer = client.post("/en/licences/desk/apply/", ENTRY | security | {"paper": scan()})
        assert answer.status_code == 302, re.findall(r'class="err"[^<]*<[^<]*', answer.content.decode())
        row = Organisation.objects.get()
        assert (row.registry_id, row.state, row.officers.get().identity) == ("pk:org:naya", "applied", "16101-0000001-2")
        sign_in(client, "bureau_officer")
        page = client.get(f"/en/licences/desk/{row.pk}/").content.decode()
        assert "Gul Rukh" in page and "16101-0000001-2" in page and "paper.pdf" in page and "Grant the licence" in page
        until = day_at(now(), "pk") + dt.timedelta(days=1000)
        grant = {"number": "OP&HRD/5224/PWR/2026", "until": until.isoformat(), "law": "ER 1979, rule 9", "seen": row.version}
        assert client.post(f"/en/licences/desk/{row.pk}/grant/", grant).status_code == 302
        client.logout()
        assert found(client, "نیا سفر") == ("name", ["pk:org:naya"])

    def test_two_officers_suspend_and_the_first_alone_does_not(self, client, sitara):
        today = day_at(now(), "pk")
        first = sign_in(client, "bureau_officer")
        place = f"/en/licences/desk/{sitara.pk}/"
        told = {
            "ground": "fee_without_basis", "known_by": "number", "law": "ER 1979, rule 13", "text": "Three complaints.",
            "shown_cause_on": (today - dt.timedelta(days=20)).isoformat(), "hearing_on": (today - dt.timedelta(days=1)).isoformat(),
            "appeal_until": (today + dt.timedelta(days=30)).isoformat(), "paper": scan("findings.pdf"),
        }  # fmt: skip
        by_name = client.post(place + "suspend/", told | {"known_by": "name", "paper": scan()})
        assert by_name.status_code == 422 and "A like name alone" in by_name.content.decode()
        assert client.post(place + "suspend/", told).status_code == 302
        page = client.get(place).content.decode()
        assert "Waits for a second officer" in page and "Three complaints." in page and "valid licence" in page
        assert client.post(place + "decide/", {}).status_code == 403
        sign_in(client, "bureau_officer")
        assert client.get(place + "decide/").status_code == 200
        assert client.post(place + "decide/", {}).status_code == 302
        page = client.get(place).content.decode()
        assert "suspended" in page and "findings.pdf" in page
        link = re.search(r'href="(/en/licences/desk/[^"]*/papers/[^"]*)"', page)[1]
        paper = client.get(link)
        assert paper.status_code == 200 and "attachment" in paper["Content-Disposition"]
        sign_in(client, "protector")
        assert client.get(link).status_code == 403
        sign_in_as(client, first)
        assert "Renew" not in client.get(place).content.decode()

    def test_the_list_is_narrowed_by_state_and_kind(self, client, sitara):
        sign_in(client, "bureau_officer")
        make.applied(at=now(), name="Naya Safar (invented)")
        page = client.get("/en/licences/desk/", {"state": "applied"}).content.decode()
        assert "Naya Safar" in page and NAMES[0] not in page
        assert "No organisation here" in client.get("/en/licences/desk/", {"kind": "RSO"}).content.decode()
        assert NAMES[0] in client.get("/en/licences/desk/", {"state": "nonsense"}).content.decode()

    def test_the_menu_marks_the_desk_alone(self, client, sitara):
        sign_in(client, "bureau_officer")
        page = client.get("/en/licences/desk/").content.decode()
        marked = re.findall(r'<a href="([^"]+)" aria-current="page"', page)
        assert [one for one in marked if "/en/" in one and one != "/en/licences/desk/"] == []
        assert "/en/licences/desk/" in marked

    def test_persons_are_not_open_to_the_protector(self, client, sitara):
        sign_in(client, "protector")
        page = client.get(f"/en/licences/desk/{sitara.pk}/").content.decode()
        assert [one for one in PERSONAL if one in page] == [] and "not open to your office" in page
        assert client.get(f"/en/licences/desk/{sitara.pk}/suspend/").status_code == 403

    @pytest.mark.parametrize("language", ["ur", "ja"])
    def test_every_form_opens_in_every_language(self, client, sitara, language):
        sign_in(client, "bureau_officer")
        for word in ("renew", "suspend", "cancel", "surrender", "restore", "grant", "refuse", "decide", "withdraw"):
            answer = client.get(f"/{language}/licences/desk/{sitara.pk}/{word}/")
            assert answer.status_code == 200 and f'lang="{language}"' in answer.content.decode()
        assert client.get(f"/{language}/licences/desk/enter/").status_code == 200


class TestPrograms:
    def test_an_order_is_entered_and_decided_by_two_tokens(self, client, sitara):
        def headers(who, *scopes):
            token, secret = make_token(
                actor=who, name="n", scopes=list(scopes), expires_at=now() + dt.timedelta(days=9), at=now()
            )
            assert token
            return {"HTTP_AUTHORIZATION": f"Bearer {secret}"}

        first, second = actor("bureau_officer"), actor("bureau_officer")
        place = f"/api/organisations/{sitara.pk}/"
        told = {"ground": "own_wish", "workers_settled": True}
        scopes = ("organisations.surrender_licence", "organisations.decide_order", "organisations.see_organisation")
        asked = {"content_type": "application/json"}
        assert client.post(place + "surrender", told, **asked, **headers(first, *scopes)).status_code == 200
        seen = client.get(place.rstrip("/"), **headers(second, *scopes)).json()
        assert (seen["waiting"], seen["state"]) == ("surrender_licence", "valid")
        assert client.post(place + "decide", {}, **asked, **headers(second, *scopes)).json()["state"] == "surrendered"
        assert client.post(place + "decide", {}, **asked).status_code == 403
