"""The invented registers of the demonstration: entered and decided by invented officers, fit for the tour of the thread."""

from __future__ import annotations

import datetime as dt

import pytest

from rahdari.base.actor import machine
from rahdari.base.clock import day_at
from rahdari.base.reference import shipped_book
from rahdari.domain.accounts.actions import seed_demonstration
from rahdari.domain.accounts.rules.demonstration import FIRMS
from rahdari.domain.organisations.actions import screen_organisation, seed_organisations
from rahdari.domain.organisations.models import Individual, LicenceChange, Match, Organisation
from rahdari.domain.organisations.queries import licence_on
from rahdari.domain.organisations.queries.finding import search
from rahdari.domain.organisations.queries.standing import standing_of
from rahdari.domain.organisations.rules.demonstration import APPLICATIONS, EXAMPLES, INDIVIDUALS
from rahdari.project.launch.thread_tour import DEMAND
from tests.make.two_nodes import two_nodes

pytestmark = pytest.mark.django_db
AT = dt.datetime(2026, 11, 25, 3, 0, tzinfo=dt.UTC)


def seed(node):
    operator = machine(node, "command")
    seed_demonstration(actor=operator, at=AT)
    return seed_organisations(actor=operator, at=AT)


class TestTheInventedRegisters:
    @pytest.mark.parametrize("node", ["pk", "jp"])
    def test_are_made_once_by_two_officers(self, settings, node):
        settings.RAHDARI_NODE = node
        assert seed(node) == len(EXAMPLES[node]) + len(APPLICATIONS[node])
        assert seed(node) == 0
        for change in LicenceChange.objects.exclude(state="applied"):
            assert change.entered_by and change.decided_by and change.entered_by != change.decided_by
        today = day_at(AT, node)
        states = {one.registry_id: standing_of(one, today).state for one in Organisation.objects.exclude(state="applied")}
        assert states == {one.registry_id: one.became for one in EXAMPLES[node]}

    def test_a_new_application_is_tied_to_the_cancelled_firm_by_its_old_officer(self):
        seed("pk")
        row = Organisation.objects.get(state="applied")
        screen_organisation(actor=machine("pk", "mailroom"), organisation=row.registry_id, at=AT)
        ties = {one.other.registry_id: one.codes for one in Match.objects.filter(organisation=row)}
        assert "same_person" in ties["pk:org:demo-karwan-express"]

    def test_one_person_is_heard_and_against_one_a_warning_stands(self):
        seed("pk")
        assert sorted(Individual.objects.values_list("state", flat=True)) == ["entered", "standing"]
        phone = next(one.phone for one in INDIVIDUALS["pk"] if one.reply)
        assert search(phone, day=day_at(AT, "pk"), book=shipped_book()).warned_since == day_at(AT, "pk")

    def test_hold_every_firm_that_somebody_acts_for(self):
        held = {one.registry_id for examples in EXAMPLES.values() for one in examples}
        assert {firm.body for firm in FIRMS} <= held
        assert all("(invented)" in one.entry.names[0] for examples in EXAMPLES.values() for one in examples)

    def test_the_promoter_of_the_tour_is_licensed_and_japan_hears_of_it(self, settings):
        corridor = two_nodes(settings)
        for node in ("pk", "jp"):
            with corridor.on(node):
                seed(node)
        corridor.exchange(at=AT)
        told = {"organisation": DEMAND["asked.promoter"], "number": DEMAND["asked.promoter_licence"], "kind": "OEP"}
        for node in ("pk", "jp"):
            with corridor.on(node):
                answer = licence_on(**told, day=day_at(AT, node), node=node, book=shipped_book())
                assert (answer.is_valid, answer.by_form) == (True, False)
                told_to_all = Organisation.objects.filter(published_at__isnull=False)
                assert told_to_all.count() == sum(map(len, EXAMPLES.values()))
