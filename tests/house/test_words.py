"""Every refusal, reason, state and permission has words, in three languages."""

from __future__ import annotations

import ast
import pkgutil
import re
from collections.abc import Mapping
from importlib import import_module

import pytest
from django.conf import settings
from django.utils.translation import override

import rahdari.domain
from rahdari.project.catalogues import all_said, faults
from rahdari.web.step_forms import StepForm
from rahdari.web.steps import Step
from rahdari.web.words import SHELVES, shelf
from tests.house.plan import HOUSE, PACKAGES, room, sources

CALLS = {"Refusal": ("REFUSALS",), "Reason": ("REASONS",), "Fault": ("FAULTS",), "own_fault": ("FAULTS",)}


def codes_in(path):
    """The literal codes a file gives to Refusal(…), Reason(…), Fault(…) and own_fault(…)."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for call in ast.walk(tree):
        if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Name) or call.func.id not in CALLS:
            continue
        # The exchange's faults are names of the protocol for programs, and their details one English sentence.
        if call.func.id == "Fault" and is_of_the_protocol(path, tree):
            continue
        place = 1 if call.func.id == "Fault" else 0
        if len(call.args) > place and isinstance(call.args[place], ast.Constant):
            yield call.func.id, call.args[place].value


def is_of_the_protocol(path, tree):
    imports = [one.module or "" for one in ast.walk(tree) if isinstance(one, ast.ImportFrom)]
    return HOUSE / "seals" in path.parents or "rahdari.seals.faults" in imports


def test_every_code_in_the_code_has_words():
    known = {kind: {**shelf("REFUSALS"), **shelf("REASONS"), **shelf("FAULTS")} for kind in CALLS}
    wordless = {(kind, code) for path in sources() for kind, code in codes_in(path) if code not in known[kind]}
    assert wordless == set()


@pytest.mark.parametrize("kind", ["REFUSALS", "REASONS", "FAULTS"])
def test_no_code_has_the_words_of_two_packages(kind):
    """A code said by two packages would be spoken in the words of the one that is read first."""
    told = [(code, str(words)) for name in settings.WORDINGS for code, words in getattr(import_module(name), kind, {}).items()]
    assert sorted({code for code, words in told if words != str(shelf(kind)[code])}) == []


def test_every_permission_has_words():
    permits = [p.name for package in PACKAGES if (access := room(package, "access")) for p in access.PERMITS.values()]
    assert [name for name in permits if name not in shelf("PERMISSIONS")] == []


def test_every_state_has_words():
    wordless = []
    for package in PACKAGES:
        rules = room(package, "rules")
        for name, table in vars(rules).items() if rules else ():
            if name.endswith("MOVES"):
                wordless += [state for state in table if state not in shelf("STATES")]
    assert wordless == []


def test_the_catalogues_are_complete_and_agree():
    assert faults() == []


@pytest.mark.parametrize("language", ["ur", "ja"])
def test_words_are_spoken_in_the_language(language):
    foreign = re.compile("[\u0600-\u06ff]" if language == "ur" else "[\u3040-\u30ff\u4e00-\u9fff]")
    with override(language):
        words = [str(words) for kind in SHELVES for words in shelf(kind).values()]
    assert [one for one in words if not foreign.search(one)] == []


def test_urdu_uses_the_letters_of_urdu():
    arabic = re.compile("[\u064a\u0643\u0649]")
    with override("ur"):
        words = [str(words) for kind in SHELVES for words in shelf(kind).values()]
    assert [one for one in words if arabic.search(one)] == []


def test_templates_say_nothing_without_gettext():
    """Text between tags must stand in a translate tag; numbers, signs and names of tags are free."""
    free = {"class", "CSV", "JSON", "UTC", "PKT", "JST", "OP", "HRD", "LHR", "amp", "Authorization", "Bearer", "rahdari", "desk"}
    naked = []
    for path in HOUSE.rglob("templates/**/*.html"):
        text = re.sub(r"{%\s*blocktranslate.*?endblocktranslate\s*%}", "", path.read_text(encoding="utf-8"), flags=re.S)
        text = re.sub(r"{%\s*comment.*?endcomment\s*%}|{#.*?#}", "", text, flags=re.S)
        text = re.sub(r"{%.*?%}|{{.*?}}|<!--.*?-->|<style.*?</style>|<script.*?</script>", "", text, flags=re.S)
        text = re.sub(r"<[^>]*>", "\n", text)
        lines = [re.sub(r'[\w-]+="[^"]*"', "", line) for line in text.splitlines()]
        naked += [f"{path.name}: {line.strip()}" for line in lines if set(re.findall(r"[A-Za-z]{3,}", line)) - free]
    assert naked == []


def test_something_is_said_at_all():
    assert len(list(all_said())) > 100


def steps_of_all_packages():
    """Every step somebody takes, wherever a package's forms keep it."""
    for found in pkgutil.walk_packages(rahdari.domain.__path__, "rahdari.domain."):
        if ".forms" not in found.name:
            continue
        for value in vars(import_module(found.name)).values():
            inner = value.values() if isinstance(value, Mapping) else [value]
            yield from (one for one in inner if isinstance(one, Step))


@pytest.mark.django_db
def test_every_member_of_a_step_is_asked_for_in_words():
    steps = {(one.package, one.name): one for one in steps_of_all_packages()}
    assert len(steps) > 60
    bare = {
        f"{package}.{name}: {re.sub('[.][0-9]+', '', member)}"
        for (package, name), step in steps.items()
        for member, field in StepForm(step.shape, package, codes=step.codes).fields.items()
        if member != "seen" and str(field.label) == member.rpartition(".")[2]
    }
    assert sorted(bare) == []
