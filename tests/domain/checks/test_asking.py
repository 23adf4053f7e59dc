"""The checkers asked by page, by API and by command: one answer, and a clear fault for anything else."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rahdari.domain.checks.forms import FORMS, plain_digits
from rahdari.domain.checks.queries import CHECKERS, MOST_AT_ONCE

NAUGHTY = json.loads((Path(__file__).parents[2] / "vectors" / "naughty_strings.json").read_text(encoding="utf-8"))
NURSE = {
    "status": "ssw1",
    "field": "NURSING_CARE",
    "applied_on": "2026-11-01",
    "born": "1999-01-01",
    "landing_on": "2027-03-01",
    "skill_tests": ["NURSING_CARE"],
    "language": [{"test": "JFT_BASIC", "score": 210, "taken_on": "2026-09-01"}],
    "nursing_japanese_passed": True,
}
FACTS = {
    "eligibility": NURSE,
    "costs": {"route": "oep", "lines": [{"item": "REGISTRATION", "amount": 500, "currency": "PKR", "payer": "worker"}]},
    "stay": {"status": "ssw1", "stays": [{"from": "2022-01-10", "to": None, "field": "AGRICULTURE", "employer": "A"}], "as_of": "2026-01-09"},
    "suspension": {"field": "FOOD_SERVICE", "application": "coe", "filed_on": "2026-05-01"},
    "deadlines": {"duty": "AO_CONTRACT", "event_on": "2026-11-02"},
    "identifiers": {"kind": "cnic", "value": "۳۵۲۰۱۱۲۳۴۵۶۷۱"},
}  # fmt: skip
pytestmark = pytest.mark.django_db


def ask(client, name, facts, **headers):
    body = facts if isinstance(facts, (str, bytes)) else json.dumps(facts)
    return client.post(f"/api/checks/{name}", body, content_type="application/json", headers=headers)


@pytest.mark.parametrize("name", CHECKERS)
class TestByApi:
    def test_answers_with_reasons_and_the_edition(self, client, name):
        told = ask(client, name, FACTS[name]).json()
        assert set(told) == {"answer", "reasons", "as_of", "reference_version"}
        assert told["reasons"]
        for reason in told["reasons"]:
            assert set(reason) == {"code", "message", "rule", "source", "confidence"}
            assert reason["message"] and "%(" not in reason["message"]

    @pytest.mark.parametrize("language", ["ur", "ja"])
    def test_answers_in_the_language_asked(self, client, name, language):
        told = ask(client, name, FACTS[name], **{"Accept-Language": language}).json()
        letters = "".join(reason["message"] for reason in told["reasons"])
        low, high = ("\u0600", "\u06ff") if language == "ur" else ("\u3040", "\u9fff")
        assert any(low <= letter <= high for letter in letters)

    def test_many_are_answered_one_by_one_and_a_refused_one_spoils_no_other(self, client, name):
        first, wrong, last = ask(client, name, [FACTS[name], {"nonsense": 1}, FACTS[name]]).json()
        assert first == last
        assert set(wrong) == {"error"}
        assert set(wrong["error"]) == {"path", "message"}
        assert wrong["error"]["path"] and wrong["error"]["message"]

    def test_unknown_facts_are_refused_with_their_path(self, client, name):
        answer = ask(client, name, {**FACTS[name], "nonsense": 1})
        assert answer.status_code == 422
        assert "/nonsense" in [fault["path"] for fault in answer.json()["errors"]]

    @pytest.mark.parametrize("body", ["", "{", "[[[", '{"a":1,"a":2}', "null", "7", '"x"', "[null]", "\ufeff{}", "NaN"])
    def test_what_is_no_object_of_facts_is_never_a_server_error(self, client, name, body):
        assert ask(client, name, body).status_code in (200, 422)

    def test_too_many_at_once_are_refused(self, client, name):
        assert ask(client, name, [{}] * (MOST_AT_ONCE + 1)).status_code == 422

    def test_ten_megabytes_are_refused(self, client, name):
        answer = ask(client, name, b'{"x":"' + b"a" * 10_000_000 + b'"}')
        assert answer.status_code == 413
        assert answer.headers["Content-Type"] == "application/problem+json"


class TestNaughtyStrings:
    def test_as_a_number_of_every_kind_give_an_answer(self, client):
        for text in NAUGHTY:
            for kind in ("cnic", "mrz_td3"):
                answer = ask(client, "identifiers", {"kind": kind, "value": text})
                assert answer.status_code in (200, 422), (kind, text)

    @pytest.mark.parametrize("name", CHECKERS)
    def test_in_place_of_any_fact_give_a_fault_in_words(self, client, name):
        for member in FACTS[name]:
            answer = ask(client, name, {**FACTS[name], member: NAUGHTY[7]})
            assert answer.status_code in (200, 422), member


def test_an_unknown_checker_is_not_found(client):
    assert ask(client, "nonsense", {}).status_code == 404
    assert client.get("/en/checks/nonsense/").status_code == 404


@pytest.mark.parametrize("language", ["en", "ur", "ja"])
@pytest.mark.parametrize("name", CHECKERS)
class TestByPage:
    @pytest.mark.parametrize("kind", ["first", "all"])
    def test_every_form_opens(self, client, name, language, kind):
        for form in FORMS[name] if kind == "all" else [next(iter(FORMS[name]))]:
            assert client.get(f"/{language}/checks/{name}/", {"form": form}).status_code == 200

    def test_an_empty_form_gives_an_answer_or_its_faults(self, client, name, language):
        answer = client.post(f"/{language}/checks/{name}/", {})
        assert answer.status_code in (200, 422)
        if answer.status_code == 422:
            assert 'role="alert"' in answer.content.decode()


class TestAForm:
    def test_keeps_what_was_typed_and_says_what_is_wrong_beside_it(self, client):
        typed = {"form": "job", "status": "ssw1", "field": "NURSING_CARE", "born": "1999-02-30", "applied_on": "2026-11-01"}
        answer = client.post("/en/checks/eligibility/", typed)
        page = answer.content.decode()
        assert answer.status_code == 422
        assert 'value="1999-02-30"' in page
        assert 'id="q-born-err"' in page
        assert "no such day" in page

    def test_takes_digits_of_any_script(self, client):
        typed = {"kind": "cnic", "value": "۳۵۲۰۱-۱۲۳۴۵۶۷-۱"}
        assert "35201-1234567-1" in client.post("/ur/checks/identifiers/", typed).content.decode()

    def test_adds_a_row_and_asks_nothing_yet(self, client):
        typed = {"form": "lines", "lines.rows": "1", "lines.0.item": "my own words", "add": "lines"}
        page = client.post("/en/checks/costs/", typed).content.decode()
        assert 'name="lines.1.item"' in page
        assert 'value="my own words"' in page
        assert 'id="answer"' not in page

    def test_shows_what_each_payer_pays_in_each_currency(self, client):
        line = {"item": "REGISTRATION", "amount": "1,500", "currency": "PKR", "payer": "worker"}
        typed = {"lines.rows": "1"} | {f"lines.0.{name}": value for name, value in line.items()}
        page = client.post("/en/checks/costs/", typed).content.decode()
        assert "PKR 1,500" in page

    def test_says_nothing_of_what_is_not_known(self, client):
        typed = {"form": "job", "status": "ssw1", "field": "NURSING_CARE", "applied_on": "2026-11-01"}
        page = client.post("/en/checks/eligibility/", typed).content.decode()
        assert "The field existed on that day" in page
        assert "Level of Japanese (CEFR)" not in page
        assert "<dd>–</dd>" not in page

    @pytest.mark.parametrize("rows", ["9999999", "-1", "x", "", "۲"])
    def test_is_not_blown_up_by_a_number_of_rows(self, client, rows):
        assert client.post("/en/checks/costs/", {"lines.rows": rows}).status_code == 200

    def test_keeps_nothing(self, client, django_assert_num_queries):
        with django_assert_num_queries(1):  # which edition is in force
            client.post("/en/checks/identifiers/", {"kind": "cnic", "value": "35201-1234567-1"})

    def test_escapes_what_was_typed(self, client):
        page = client.post("/en/checks/identifiers/", {"kind": "cnic", "value": "<script>alert(1)</script>"}).content.decode()
        assert "<script>alert" not in page


@pytest.mark.parametrize(("given_", "expected"), [("۲۰۲۶-۱۱", "2026-11"), ("２０２６", "2026"), ("²", "²"), ("١٢", "12")])
def test_plain_digits(given_, expected):
    assert plain_digits(given_) == expected


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=st.sampled_from(sorted(CHECKERS)), typed=st.dictionaries(st.sampled_from(
    ["status", "field", "born", "lines.0.amount", "lines.rows", "stays.0.from", "value", "kind", "duty", "event_on", "form", "windows.0.window"]
), st.text(max_size=30)))  # fmt: skip
def test_a_page_answers_whatever_is_typed(client, name, typed):
    assert client.post(f"/en/checks/{name}/", typed).status_code in (200, 422)


class TestByCommand:
    def run(self, *words, given=""):
        command = [sys.executable, "-m", "rahdari.project.cli", "check", *words]
        bare = {"PATH": "/usr/bin:/bin", "DATABASE_URL": "postgresql://nobody@/none?host=/nowhere", "PYTHONUTF8": "1"}
        return subprocess.run(command, input=given, capture_output=True, text=True, env=bare, timeout=120, check=False)

    def test_needs_no_database(self, tmp_path):
        path = tmp_path / "facts.json"
        path.write_text(json.dumps(NURSE))
        done = self.run("eligibility", str(path), "--language", "ja")
        assert done.returncode == 0, done.stderr
        assert json.loads(done.stdout)["answer"]["eligible"] is True

    def test_reads_standard_input(self):
        done = self.run("identifiers", "-", given=json.dumps(FACTS["identifiers"]))
        assert json.loads(done.stdout)["answer"]["normalised"] == "35201-1234567-1"

    @pytest.mark.parametrize("given", ['{"kind":"cnic","value":"x","oops":1}', "{", '{"a":1,"a":2}'])
    def test_refuses_with_exit_status_2(self, given):
        done = self.run("identifiers", "-", given=given)
        assert done.returncode == 2
        assert set(json.loads(done.stdout)["error"]) == {"path", "message"}
        assert done.stderr  # every fault, for a person
        assert "Traceback" not in done.stderr

    @pytest.mark.parametrize("words", [("nonsense", "-"), ("stay", "/no/such/file"), ("stay", "-", "--language", "fr")])
    def test_says_what_is_wrong_with_the_command(self, words):
        done = self.run(*words, given="{}")
        assert done.returncode == 2
        assert done.stderr and "Traceback" not in done.stderr
