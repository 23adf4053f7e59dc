"""People of a like name: told to who may see them, with how their organisation stands, and never as a proof."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection

from rahdari.base.clock import day_at, now
from rahdari.domain.organisations.queries.people_known import people_known
from rahdari.domain.organisations.rules.entries import OfficerEntered
from tests.make import organisations as make
from tests.make.people import actor

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 11, 25)


@pytest.fixture
def firm():
    return make.licensed(officers=(OfficerEntered("Bilal Sheikh", "owner", make.card(71)),))


def known(name, role="bureau_officer", **how):
    return [(one.name, one.is_known_good) for one in people_known(actor(role), name, day_at(now(), "pk"), **how)]


class TestPeopleKnown:
    @pytest.mark.parametrize("name", ["Bilal Sheikh", "بلال شیخ", "Sheikh Bilal", "Bilaal Shaikh", "ビラル・シェイク"])
    def test_are_found_in_any_script_and_order(self, firm, name):
        assert known(name) == [("Bilal Sheikh", True)]

    def test_stand_with_their_organisation_as_it_stands_today(self, firm):
        make.made("suspend_licence", firm)
        assert known("Bilal Sheikh") == [("Bilal Sheikh", False)]

    def test_with_a_licence_come_before_those_without(self, firm):
        person = make.individual(name="Bilal Shaikh")
        found = people_known(actor("bureau_officer"), "Bilal Sheikh", TODAY)
        assert [bool(one.organisation) for one in found] == [True, False]
        assert found[1].individual == person and not found[1].is_known_good

    def test_are_not_told_of_themselves(self, firm):
        person = make.individual(name="Bilal Shaikh")
        assert known("Bilal Shaikh", without=person.pk) == [("Bilal Sheikh", True)]
        assert known("Bilal Sheikh", without=firm.pk) == [("Bilal Shaikh", False)]

    @pytest.mark.parametrize("role", ["promoter_manager", "protector", "oec_officer", "auditor"])
    def test_are_nobody_elses_business(self, firm, role):
        make.individual(name="Bilal Shaikh")
        assert known("Bilal Sheikh", role) == []

    @pytest.mark.parametrize("name", ["", " ", "()", "\x00", "x" * 3000, "Nobody Unheard"])
    def test_of_a_strange_name_are_none(self, firm, name):
        assert known(name) == []

    def test_leave_no_name_in_the_database_that_can_be_read(self, firm):
        make.individual(name="Bilal Shaikh")
        with connection.cursor() as cursor:
            cursor.execute("select string_agg(one::text, ' ') from organisations_individual as one")
            kept = cursor.fetchone()[0]
        assert "Bilal" not in kept and "Shaikh" not in kept and "BRR" not in kept
