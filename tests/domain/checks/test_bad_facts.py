"""Facts no checker can take: each gets its fault in the language of the reader, by API and by page, and nothing is kept."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from rahdari.base.models import AuditEntry, OutboxEntry
from rahdari.domain.checks.queries import CHECKERS
from tests.domain.checks.test_asking import FACTS, ask

pytestmark = pytest.mark.django_db
LETTERS = {"en": r"[A-Za-z]{3}", "ur": "[\u0600-\u06ff]{3}", "ja": "[\u3040-\u9fff]{2}"}
NO_DAYS = ["2026-02-30", "2026-13-01", "0000-00-00", "20261101", "2026-11-01T00:00:00Z", "", 20261101, "۲۰۲۶-۱۱-۰۱"]
DAYS = {
    "eligibility": ("applied_on", "starts_on", "landing_on", "born"),
    "costs": ("lines/0/paid_on",),
    "stay": ("as_of", "stays/0/from", "stays/0/to"),
    "suspension": ("filed_on", "decided_on"),
    "deadlines": ("event_on", "as_of", "done_on", "expires_on"),
}
CODES = {
    "eligibility": ("field", "skill_tests/0", "language/0/test"),
    "costs": ("route", "lines/0/currency", "lines/0/channel", "lines/0/country"),  # items and payers are open lists
    "stay": ("status", "stays/0/field"),
    "suspension": ("field", "application"),
    "deadlines": ("duty",),
    "identifiers": ("kind",),
}


def cases(table: dict[str, tuple[str, ...]]) -> list[Any]:
    return [pytest.param(name, path, id=f"{name}/{path}") for name, paths in table.items() for path in paths]


def with_value(facts: Any, path: str, value: Any) -> Any:
    """The same facts with one member changed."""
    changed = json.loads(json.dumps(facts))
    *steps, last = [int(step) if step.isdigit() else step for step in path.split("/")]
    place = changed
    for step in steps:
        place = place[step]
    place[last] = value
    return changed


def refused(client: Any, name: str, facts: Any, language: str) -> list[str]:
    """The paths of the faults; every sentence is in the language asked, and nothing was kept."""
    answer = ask(client, name, facts, **{"Accept-Language": language})
    assert answer.status_code == 422, answer.content
    told = answer.json()
    for sentence in (told["title"], told["detail"], *(fault["message"] for fault in told["errors"])):
        assert re.search(LETTERS[language], sentence), sentence
        assert "%(" not in sentence
    assert (AuditEntry.objects.count(), OutboxEntry.objects.count()) == (0, 0)
    return [fault["path"] for fault in told["errors"]]


@pytest.mark.parametrize("language", LETTERS)
@pytest.mark.parametrize(("name", "path"), cases(DAYS))
def test_a_day_that_is_none_is_refused_at_its_path(client, name, path, language):
    for day in NO_DAYS:
        assert "/" + path in refused(client, name, with_value(FACTS[name], path, day), language), day


@pytest.mark.parametrize("language", LETTERS)
@pytest.mark.parametrize(("name", "path"), cases(CODES))
def test_an_unknown_code_is_refused_at_its_path(client, name, path, language):
    for code in ("MOON", "\u0000", "nursing_care", "NURSING_CARE ", 7, ["NURSING_CARE"]):
        assert any(
            told.startswith("/" + path) for told in refused(client, name, with_value(FACTS[name], path, code), language)
        ), code


@pytest.mark.parametrize("language", LETTERS)
@pytest.mark.parametrize("name", CHECKERS)
class TestEveryChecker:
    def test_refuses_a_name_said_twice(self, client, name, language):
        body = json.dumps(FACTS[name])
        first = next(iter(FACTS[name]))
        assert refused(client, name, body[:-1] + f', "{first}": null}}', language) == [""]

    def test_refuses_what_is_no_json(self, client, name, language):
        for body in ("", "{", "[[[", "{'a': 1}", "\ufeff{}", b"\xff", "NaN", '"\\ud800"'):
            assert refused(client, name, body, language) == [""], body

    def test_refuses_a_member_it_does_not_know(self, client, name, language):
        assert "/a~1b~0c" in refused(client, name, {**FACTS[name], "a/b~c": 1}, language)

    def test_refuses_ten_megabytes(self, client, name, language):
        answer = ask(client, name, b'"' + b"9" * 10_000_000 + b'"', **{"Accept-Language": language})
        assert answer.status_code == 413
        assert re.search(LETTERS[language], answer.json()["title"])

    def test_says_it_in_english_when_the_language_is_unknown(self, client, name, language):
        answer = ask(client, name, "{", **{"Accept-Language": "tlh"})
        assert re.search(LETTERS["en"], answer.json()["title"])
