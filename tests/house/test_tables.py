"""Tables: keys point down, rows are guarded, and states and diagrams are what the rules say."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db import models

from rahdari.base.models import AuditLink, Look, Tries
from rahdari.base.rows import Guarded
from rahdari.base.states import diagram, reachable
from rahdari.domain.exchange.models import Link, UsedRequest
from tests.house.plan import PACKAGES, PROJECT, room

FLOORS = ["base", "web", "accounts", "disclosure", "organisations", "exchange", "fields", "candidates", "jobs", "exams",
          "placements", "contracts", "departures", "residence", "protection", "notices", "cooperation", "dashboards", "checks"]  # fmt: skip
NEIGHBOURS = {("organisations", "disclosure"), ("jobs", "candidates"), ("placements", "exams"), ("checks", "dashboards")}
OURS = [model for model in apps.get_models() if model.__module__.startswith("rahdari.")]
WRITTEN_BY_READING_OR_LINKING = {Look, AuditLink, Link, Tries, UsedRequest}


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)
class TestEveryTable:
    def test_points_down(self, model):
        here = model._meta.app_label
        for field in model._meta.get_fields():
            if isinstance(field, models.ForeignKey):
                there = field.related_model._meta.app_label
                assert FLOORS.index(there) <= FLOORS.index(here)
                assert (here, there) not in NEIGHBOURS

    def test_gives_no_name_back_across_packages(self, model):
        for field in model._meta.get_fields():
            if isinstance(field, models.ForeignKey) and field.related_model._meta.app_label != model._meta.app_label:
                assert field.remote_field.related_name == "+"

    def test_is_guarded_against_writes_outside_a_unit_of_work(self, model):
        assert issubclass(model, Guarded) or model in WRITTEN_BY_READING_OR_LINKING

    def test_has_no_float(self, model):
        assert not [f for f in model._meta.get_fields() if isinstance(f, models.FloatField)]


def tables_of_moves():
    for package in PACKAGES:
        rules = room(package, "rules")
        for name, table in vars(rules).items() if rules else ():
            if name.endswith("MOVES"):
                yield pytest.param(package, name, table, id=f"{package}.{name}")


@pytest.mark.parametrize(("package", "name", "moves"), list(tables_of_moves()))
class TestEveryStateMachine:
    def test_reaches_every_state(self, package, name, moves):
        assert reachable(moves) == set(moves)

    def test_names_only_states_it_has(self, package, name, moves):
        assert set().union(*moves.values()) <= set(moves)

    def test_is_drawn_as_it_is(self, package, name, moves):
        path = PROJECT / "docs" / "states" / f"{package}.{name.lower()}.md"
        assert diagram(moves) in path.read_text(encoding="utf-8")


def test_there_are_state_machines():
    assert list(tables_of_moves())
