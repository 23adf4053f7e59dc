"""Every field of an official form says where it comes from: a source that exists, or a slot of a use case by its name."""

from __future__ import annotations

from importlib import import_module

from django.urls import reverse

from rahdari.base.access import known_permits
from rahdari.base.reference import shipped_book
from rahdari.domain.accounts.rules.roles import ROLES
from rahdari.domain.paperwork.access import READERS
from rahdari.domain.paperwork.queries.origins import ORIGINS
from rahdari.domain.paperwork.queries.sources import SOURCES
from rahdari.domain.paperwork.rules.forms import PLANNED, SLOT
from tests.house.plan import PACKAGES, room

BOOK = shipped_book()
FIELDS = BOOK.rows("form_fields")
ASKING = [row for row in FIELDS if row["kind"] not in ("part", "words", "hand")]


def known():
    for package in PACKAGES:
        room(package, "access")
    import_module("rahdari.project.urls")
    return known_permits()


def test_every_field_names_a_source_or_a_slot():
    nowhere = [
        (row["form"], row["key"])
        for row in ASKING
        if row["filled_from"] not in SOURCES and not row["filled_from"].startswith(SLOT)
    ]
    assert nowhere == []


def test_every_slot_names_a_use_case_and_a_member():
    use_cases, slots = known(), {row["filled_from"].removeprefix(SLOT) for row in ASKING if row["filled_from"].startswith(SLOT)}
    assert {one.rpartition(".")[0] for one in slots} <= set(use_cases) | PLANNED
    assert all(one.count(".") == 2 for one in slots)
    assert PLANNED.isdisjoint(use_cases)  # once it is built its slots become sources


def test_every_source_is_used_and_names_its_row():
    assert {one.origin for one in SOURCES.values()} <= set(ORIGINS)
    assert set(SOURCES) - {row["filled_from"] for row in ASKING} == set()
    assert {name for one in ORIGINS.values() for name in (one.use_case, one.leads_to) if name} <= set(known())


def test_every_row_that_can_still_be_entered_has_an_address_of_what_it_is_about():
    id = "0198c0de-0000-7000-8000-000000000000"
    for one in ORIGINS.values():
        assert not one.leads_to or reverse(one.leads_to, args=[id] if one.about else [])


def test_headings_and_signatures_ask_for_nothing():
    assert [row["key"] for row in FIELDS if row not in ASKING and (row["filled_from"] or row["choices"])] == []


def test_a_choice_has_choices_and_nothing_else_has():
    assert [row["key"] for row in ASKING if (row["kind"] in ("choice", "multi")) is not bool(row["choices"])] == []


def test_forms_are_read_by_roles_there_are():
    readers = {role for row in BOOK.rows("form_kinds") for role in row.codes("readers")}
    assert readers <= set(ROLES)
    assert readers <= set(READERS)


def test_every_form_has_fields_of_its_version():
    kinds = {(row["code"], row["version"]) for row in BOOK.rows("form_kinds")}
    assert kinds == {(row["form"], row["version"]) for row in FIELDS}


def test_every_choice_is_chosen_somewhere():
    assert {row["code"] for row in BOOK.rows("form_choices")} == {code for row in FIELDS for code in row.codes("choices")}
