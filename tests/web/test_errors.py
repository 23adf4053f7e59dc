"""Errors: in words for people, as problem documents for programs, never with a trace."""

from __future__ import annotations

import json

import pytest
from django.core.exceptions import TooManyFilesSent
from django.http.multipartparser import MultiPartParserError
from django.test import Client
from django.urls import path

from rahdari.base.facts import Fault, WrongFacts
from rahdari.base.refusal import Refusal, Refused
from rahdari.base.work import Missing
from rahdari.project.urls import handler400, handler403, handler404, handler500, urlpatterns  # noqa: F401
from rahdari.web.errors import status_of

pytestmark = pytest.mark.django_db
SECRET = "35201-1234567-1"


def raiser(error):
    def view(request):
        raise error

    return view


ERRORS = {
    "refused": (Refused([Refusal("reason_missing")]), 422),
    "forbidden": (Refused([Refusal("not_permitted"), Refusal("reason_missing")]), 403),
    "elsewhere": (Refused([Refusal("wrong_node")]), 403),
    "stale": (Refused([Refusal("stale")]), 409),
    "flood": (Refused([Refusal("too_many_tries", {"minutes": 3})]), 429),
    "facts": (WrongFacts([Fault("/born", "not_a_day")]), 422),
    "missing": (Missing("Person"), 404),
    "no-boundary": (MultiPartParserError("no boundary"), 400),
    "too-many-files": (TooManyFilesSent(), 413),
    "broken": (RuntimeError(f"the value {SECRET} could not be read"), 500),
}
urlpatterns = [
    *urlpatterns,
    *(path(f"{where}/raise/{name}", raiser(error)) for where in ("en", "ur", "ja", "api") for name, (error, _) in ERRORS.items()),
]


@pytest.fixture
def visitor(settings):
    settings.ROOT_URLCONF = __name__
    return Client(raise_request_exception=False)


@pytest.mark.parametrize("language", ["en", "ur", "ja"])
@pytest.mark.parametrize("name", ERRORS)
def test_a_person_gets_a_page_in_their_language(visitor, language, name):
    answer = visitor.get(f"/{language}/raise/{name}")
    assert answer.status_code == ERRORS[name][1]
    page = answer.content.decode()
    assert f'lang="{language}"' in page
    assert "Traceback" not in page and "RuntimeError" not in page and SECRET not in page


@pytest.mark.parametrize("name", ERRORS)
def test_a_program_gets_a_problem_document(visitor, name):
    answer = visitor.get(f"/api/raise/{name}", headers={"Accept-Language": "ja"})
    told = json.loads(answer.content)
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert told["status"] == answer.status_code == ERRORS[name][1]
    assert set(told) >= {"type", "title", "status", "detail", "instance"}
    assert SECRET not in answer.content.decode()
    assert any("\u3040" <= letter <= "\u9fff" for letter in told["title"])


def test_a_wrong_fact_is_told_with_its_path(visitor):
    told = visitor.get("/api/raise/facts").json()
    assert told["errors"] == [{"path": "/born", "code": "not_a_day", "message": told["errors"][0]["message"]}]


def test_a_flood_is_told_when_to_come_back(visitor):
    assert visitor.get("/en/raise/flood").headers["Retry-After"] == "180"


@pytest.mark.parametrize("where", ["/en/nowhere/", "/ur/nowhere/", "/api/nowhere"])
def test_an_unknown_address_is_404(visitor, where):
    assert visitor.get(where).status_code == 404


@pytest.mark.parametrize("raw", ["/en/%00/", "/en/%ff%fe/", "/en/" + "a" * 3000, "/en/?page=" + "9" * 400, "/en/?lang=%F0%9F"])
def test_odd_addresses_are_never_a_server_error(visitor, raw):
    assert visitor.get(raw).status_code < 500


def test_a_form_without_its_token_is_told_in_words():
    answer = Client(enforce_csrf_checks=True).post("/ja/checks/stay/", {})
    assert answer.status_code == 403
    assert 'lang="ja"' in answer.content.decode()


def test_the_worst_refusal_gives_the_status():
    assert status_of([Refusal("reason_missing"), Refusal("wrong_state"), Refusal("not_own_field")]) == 403


def test_a_wrong_method_of_the_api_is_a_problem_document(client):
    answer = client.get("/api/checks/stay")
    assert answer.status_code == 405
    assert answer.headers["Content-Type"] == "application/problem+json"


def test_a_fault_without_a_place_is_told_plainly(client):
    told = client.post("/api/checks/stay", "{", content_type="application/json").json()
    assert not told["detail"].startswith(":")
