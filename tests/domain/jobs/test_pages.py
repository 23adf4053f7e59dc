"""The pages and the API of jobs: a demand from its form to the public vacancy, by those who may, in three languages."""

from __future__ import annotations

import base64
import datetime as dt
import html
import json
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template.loader import render_to_string

from rahdari.base.clock import now
from rahdari.base.models import Look
from rahdari.base.work import unit_of_work
from rahdari.domain.accounts.actions import make_token
from rahdari.domain.jobs.models import Demand, DemandPapers, Vacancy
from rahdari.domain.jobs.wording import steps as step_words
from tests.make import jobs as make
from tests.make.forms import flat
from tests.make.organisations import long_licensed
from tests.make.people import actor, organisation, person, sign_in, sign_in_as

pytestmark = pytest.mark.django_db
LANGUAGES = ["en", "ur", "ja"]


def text_of(answer):
    return html.unescape(re.sub(r"<[^>]+>", " ", answer.content.decode()))


def demand_form(**changed):
    asked = make.ASKED | {"opens_on": make.days(6, now()), "closes_on": make.days(67, now())} | changed
    power = {"from_on": make.days(-10, now()), "until": make.days(200, now()), "signatory": "Sato Kenji (invented)"}
    return flat({"asked": asked, "power": power})


def upload(name="letter.pdf"):
    return SimpleUploadedFile(name, make.PDF, "application/pdf")


@pytest.mark.parametrize("step", step_words.CODES)
def test_a_step_is_said_in_its_own_words_where_a_state_has_the_same_code(step):
    shown = render_to_string("jobs/_steps.html", {"steps": [{"step": step, "on": dt.date(2026, 11, 25)}]})
    assert f"<b>{step_words.CODES[step]}</b>" in html.unescape(shown)


class TestTheEmployersForm:
    @pytest.fixture(autouse=True)
    def _there(self, on_jp):
        pass

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_is_shown_in_the_readers_language(self, client, language):
        sign_in(client, "employer", make.EMPLOYER, node="jp")
        answer = client.get(f"/{language}/jobs/demands/file/")
        assert answer.status_code == 200
        assert 'name="asked.terms.pay_basic.amount"' in answer.content.decode()
        assert 'name="asked.employer"' not in answer.content.decode()
        assert 'name="paper.number"' not in answer.content.decode()

    def test_files_a_demand_and_shows_it(self, client):
        sign_in(client, "employer", make.EMPLOYER, node="jp")
        organisation("OEP", make.PROMOTER)
        told = demand_form() | {"letter": upload(), "attorney": upload("poa.pdf")}
        answer = client.post("/en/jobs/demands/file/", told, follow=True)
        made = Demand.objects.get()
        assert answer.redirect_chain[-1][0] == f"/en/jobs/demands/{made.pk}/"
        shown = text_of(answer)
        for word in ("The demand is filed.", "Nursing care", "¥198,000", "OEP (invented)", "Niigata", "letter.pdf"):
            assert word in shown, word
        assert made.terms == make.asked().terms.told()

    def test_says_what_the_law_refuses_beside_its_field_and_keeps_what_was_typed(self, client):
        sign_in(client, "employer", make.EMPLOYER, node="jp")
        answer = client.post("/en/jobs/demands/file/", demand_form(promoter_licence="12345") | {"letter": upload()})
        assert answer.status_code == 422
        page = answer.content.decode()
        assert "Name the promoter and the number of its licence" in page and 'value="12345"' in page
        assert "The demand letter or the power of attorney is missing." in text_of(answer)
        assert not Demand.objects.exists()

    def test_says_what_cannot_be_read(self, client):
        sign_in(client, "employer", make.EMPLOYER, node="jp")
        answer = client.post("/en/jobs/demands/file/", demand_form(places="many", opens_on="soon"))
        assert answer.status_code == 422
        assert "Write the date as year-month-day" in text_of(answer)

    @pytest.mark.parametrize("role", ["exam_body", "isa_regional"])
    def test_is_closed_to_others(self, client, role):
        sign_in(client, role, node="jp")
        assert client.get("/en/jobs/demands/file/").status_code == 403


class TestFromPaper:
    @pytest.fixture(autouse=True)
    def _licensed(self):
        long_licensed()

    def test_an_attache_enters_a_letter(self, client):
        sign_in(client, "attache", node="pk")
        told = demand_form(employer=make.EMPLOYER, employer_name="Hinata Care (invented)") | {
            "attorney": upload("poa.pdf"), "paper.scan": upload(), "paper.number": "17/2026",
            "paper.issuer": "Hinata Care (invented)", "paper.received_on": make.days(0, now()), "on": make.days(-1, now()),
        }  # fmt: skip
        page = client.get("/en/jobs/demands/file/").content.decode()
        assert 'name="paper.scan"' in page and 'name="letter"' not in page
        answer = client.post("/en/jobs/demands/file/", told, follow=True)
        assert "from paper" in text_of(answer)
        assert "Paper of Hinata Care (invented), number 17/2026" in text_of(answer)
        assert Demand.objects.get().source == "paper"
        assert "Attest the demand" in text_of(client.get("/en/desk/"))


COST = {"money": {"amount": "۱۵٬۰۰۰", "currency": "PKR"}}  # as a person types it


class TestTheDesk:
    def test_attest_permit_publish_each_from_the_page_of_the_demand(self, client):
        made = make.demand(at=now())
        place = f"/en/jobs/demands/{made.pk}/"
        for role, step, told in (
            ("attache", "attest", {}),
            ("protector", "permit", {}),
            (
                "promoter_manager",
                "publish",
                flat({"places": "۵", "closes_on": make.days(30, now()), "costs": [make.cost().told() | COST]}),
            ),
        ):
            body = make.PROMOTER if role == "promoter_manager" else None
            sign_in_office(client, role, body)
            assert f'href="{place}{step}/"' in client.get(place).content.decode()
            assert client.get(f"{place}{step}/").status_code == 200
            answer = client.post(f"{place}{step}/", told, follow=True)
            assert answer.status_code == 200 and 'role="status"' in answer.content.decode()
        vacancy = Vacancy.objects.get()
        assert (vacancy.places, vacancy.costs[0]["money"]) == (5, {"amount": 1_500_000, "currency": "PKR"})

    def test_shows_no_step_to_who_may_not_take_it(self, client):
        made = make.demand("attested", at=now())
        sign_in(client, "bureau_officer")
        shown = client.get(f"/en/jobs/demands/{made.pk}/")
        assert shown.status_code == 200 and "Next step" not in text_of(shown)
        assert client.get(f"/en/jobs/demands/{made.pk}/permit/").status_code == 403

    def test_hands_out_a_scan_as_an_attachment_to_those_who_may(self, client):
        made = make.demand(at=now())
        sha256 = DemandPapers.objects.get().power_of_attorney[0]["sha256"]
        sign_in(client, "protector")
        answer = client.get(f"/en/jobs/demands/{made.pk}/papers/{sha256}/")
        assert b"".join(answer.streaming_content) == make.scan("poa.pdf").content
        assert answer["Content-Disposition"].startswith("attachment")
        assert client.get(f"/en/jobs/demands/{made.pk}/papers/{'0' * 64}/").status_code == 404
        sign_in(client, "promoter_manager", "pk:org:other")
        assert client.get(f"/en/jobs/demands/{made.pk}/papers/{sha256}/").status_code == 404

    def test_another_version_is_stale(self, client):
        made = make.demand("attested", at=now())
        sign_in_office(client, "protector")
        answer = client.post(f"/en/jobs/demands/{made.pk}/permit/", {"seen": 1})
        assert answer.status_code == 409 and "Somebody changed this" in text_of(answer)

    def test_frames_what_the_partner_told(self, client):
        made = make.demand("attested", at=now())
        mark_as_told(made)
        sign_in(client, "protector")
        page = client.get(f"/en/jobs/demands/{made.pk}/").content.decode()
        assert page.count('class="marking') >= 2 and "Originator: Japan" in page


class TestThePortal:
    @pytest.mark.parametrize("language", LANGUAGES)
    def test_is_open_to_anyone_and_shows_pay_costs_and_the_permission(self, client, language):
        made = make.vacancy(at=now())
        assert str(made.pk) in client.get(f"/{language}/jobs/").content.decode()
        shown = text_of(client.get(f"/{language}/jobs/{made.pk}/"))
        for word in ("198,000", "Hinata Care (invented)", make.LICENCE, made.demand.permission_no):
            assert word in shown, word
        assert "Sato Kenji" not in shown
        assert not Look.objects.exists()

    def test_offers_to_sign_in_and_to_close_only_to_whom_it_concerns(self, client):
        made = make.vacancy(at=now())
        assert "sign in with your phone" in text_of(client.get(f"/en/jobs/{made.pk}/"))
        sign_in(client, "promoter_manager", make.PROMOTER)
        assert f"/en/jobs/{made.pk}/close/" in client.get(f"/en/jobs/{made.pk}/").content.decode()
        assert client.post(f"/en/jobs/{made.pk}/close/", follow=True).status_code == 200
        assert Vacancy.objects.get().state == "closed"
        assert str(made.pk) not in client.get("/en/jobs/").content.decode()

    def test_says_when_nothing_is_open(self, client):
        assert "No vacancy is open now" in text_of(client.get("/en/jobs/"))
        assert client.get("/en/jobs/0198c0de-0000-7000-8000-000000000000/").status_code == 404


class TestTheApi:
    def test_vacancies_are_data(self, client):
        made = make.vacancy(at=now())
        told = client.get("/api/vacancies").json()["vacancies"][0]
        assert (told["id"], told["field"], told["places"]) == (str(made.pk), "NURSING_CARE", 12)
        assert told["terms"]["terms_hash"] == made.demand.terms_hash
        assert client.get(f"/api/vacancies/{made.pk}").json() == told

    def test_a_demand_goes_its_way_by_json(self, client, on_jp):
        token = token_of(make.employer(), "jobs.file_demand", "jobs.see_demand")
        scan = {"name": "letter.pdf", "base64": base64.b64encode(make.PDF).decode()}
        asked = make.ASKED | {"opens_on": str(make.days(6, now())), "closes_on": str(make.days(67, now()))}
        told = {"asked": asked, "letter": scan, "attorney": scan, "power": {"until": str(make.days(200, now()))}}
        answer = client.post("/api/demands", json.dumps(told), content_type="application/json", headers=token)
        assert answer.status_code == 200, answer.content
        made = Demand.objects.get(pk=answer.json()["id"])
        assert client.get(f"/api/demands/{made.pk}", headers=token).json()["state"] == "filed"
        wrong = client.post("/api/demands", json.dumps({"asked": {}}), content_type="application/json", headers=token)
        assert wrong.status_code == 422 and "/asked/route" in [one["path"] for one in wrong.json()["errors"]]

    def test_a_step_refused_is_a_problem_document(self, client):
        made = make.demand(at=now())
        token = token_of(make.protector(), "jobs.permit_demand")
        answer = client.post(f"/api/demands/{made.pk}/permission", "{}", content_type="application/json", headers=token)
        assert answer.status_code == 422 and answer.json()["refusals"][0]["code"] == "not_attested"
        assert answer["Content-Type"].startswith("application/problem+json")


def token_of(who, *scopes):
    """The header of a program's token."""
    until = now() + dt.timedelta(days=9)
    _token, secret = make_token(actor=who, name="program", scopes=list(scopes), expires_at=until, at=now())
    return {"Authorization": f"Bearer {secret}"}


def sign_in_office(client, role, body=None):
    """Signed in; a Protector for the Protectorate at Peshawar."""
    someone = person(role, body, office="PEW" if role == "protector" else "")
    sign_in_as(client, someone)


def mark_as_told(demand):
    with unit_of_work("tests.mark", actor=actor("attache"), at=now()) as unit:
        demand.home, demand.level = "jp", "public"
        unit.save(demand)
        unit.about(demand)
