"""People of a like name: told to who may see them, with how their organisation stands, and never as a proof."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection

from rahdari.base.actor import machine
from rahdari.base.clock import day_at, now
from rahdari.base.work import unit_of_work
from rahdari.domain.organisations.models import Officer, Organisation
from rahdari.domain.organisations.queries.people_known import MOST_TOLD, people_known
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

    def test_of_many_the_likest_are_told_the_banned_one_too(self, firm):
        for number in range(MOST_TOLD):
            namesake = OfficerEntered("Bilal Shaikh", "owner", make.card(300 + number))
            make.entered("OEP", f"MPD/{2000 + number}/RWP/92", name=f"Invented Bridge {number}", officers=(namesake,))
        banned = make.made("suspend_licence", firm)
        found = people_known(actor("bureau_officer"), "Bilal Sheikh", day_at(now(), "pk"))
        assert [one.is_known_good for one in found] == [True] * (MOST_TOLD - 1) + [False]
        assert found[-1].organisation == banned and found[-1].likeness == max(one.likeness for one in found)

    def test_those_who_are_not_open_crowd_nobody_out(self, firm, monkeypatch):
        monkeypatch.setattr("rahdari.domain.organisations.queries.people_known.MOST_OPENED", 1)
        with unit_of_work("tests.mirror", actor=machine("pk", "mailroom"), at=now()) as unit:
            theirs = unit.add(Organisation(home="jp", kind="ACCEPTING_ORG", registry_id="jp:org:theirs", entered_at=now()))
            unit.add(Officer(organisation=theirs, role="owner", name="Bilal Sheikh"))
            unit.about(theirs)
        assert known("Bilal Sheikh") == [("Bilal Sheikh", True)]

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
