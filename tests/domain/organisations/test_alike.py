"""Names found across scripts in the database, what is kept for that, and keys made anew."""

from __future__ import annotations

import pytest
from django.db import connection

from rahdari.base.actor import machine
from rahdari.base.clock import now
from rahdari.base.refusal import Refused
from rahdari.base.work import unit_of_work
from rahdari.domain.organisations import actions
from rahdari.domain.organisations.models import Officer, Organisation, OrganisationName
from rahdari.domain.organisations.queries.alike import LIKELY, alike
from rahdari.domain.organisations.queries.finding import names_to_key
from rahdari.domain.organisations.rules.entries import OfficerEntered
from rahdari.domain.organisations.rules.names import keys_of_firm, keys_of_person
from rahdari.names.doors import VERSION
from rahdari.project.timetable import key_names
from tests.make import organisations as make

pytestmark = pytest.mark.django_db


def named(text, **how):
    return [one.organisation for one in alike(text, 10, **how)]


@pytest.fixture
def sitara():
    return make.licensed(names=("Sitara Promoters", "ستارہ پروموٹرز"))


class TestAlike:
    @pytest.mark.parametrize(
        "text", ["Sitara Promoters", "Sitaara Promoter Pvt Ltd", "ستاره پروموٹرز", "シターラ・プロモーターズ", "Sitera Promoters"]
    )
    def test_finds_a_name_in_whatever_script_and_spelling(self, sitara, text):
        make.entered("OEP", "OP&HRD/5109/SKT/2024", name="Karwan Express")
        assert named(text) == [sitara.pk]

    def test_a_letter_that_changes_the_sound_is_found_too(self):
        karwan = make.entered("OEP", "OP&HRD/5109/SKT/2024", name="Karwan Express")
        assert named("Karwam Express") == [karwan.pk]

    def test_the_likest_stands_first_with_its_score(self, sitara):
        near = make.entered("OEP", "OP&HRD/5109/SKT/2024", name="Sitara Tailors")
        found = alike("Sitara Promoters", 10, least=0.0)
        assert [one.organisation for one in found] == [sitara.pk, near.pk]
        assert (found[0].score, found[0].name) == (1.0, "Sitara Promoters") and found[1].score < 1.0

    def test_a_name_that_is_not_likely_is_no_answer(self, sitara):
        assert named("Karwan Express") == named("Promoters") == named("") == named("%") == []
        assert all(one.score >= LIKELY for one in alike("Sitara", 10))

    def test_an_application_is_found_only_where_it_is_asked_for(self):
        row = make.applied(name="Naya Safar")
        assert named("Naya Safar") == []
        assert named("Naya Safar", told=False) == [row.pk]
        assert named("Naya Safar", told=False, without=row.pk) == []

    def test_costs_at_most_six_queries(self, sitara, django_assert_max_num_queries):
        with django_assert_max_num_queries(6):
            alike("Karwan Nowhere Unheard", 10)


class TestWhatIsKept:
    def test_of_a_person_nothing_that_can_be_read(self):
        someone = OfficerEntered("Zubaida Qandeel Rustam", "owner", make.card(4711))
        make.licensed(officers=(someone,))
        with connection.cursor() as cursor:
            cursor.execute("select organisations_officer::text, name_keys from organisations_officer")
            text, keys = cursor.fetchone()
        assert keys and not any(one.lower() in text.lower() for one in ("Zubaida", "Qandeel", "Rustam"))
        assert all(len(key) == 51 for key in keys)
        assert not any(plain in key for plain in keys_of_person(someone.name) for key in keys)

    def test_no_key_of_a_person_stands_for_one_word_of_several(self):
        """Else the commonest key would tell who bears the commonest name."""
        assert not set(keys_of_person("Zubaida Rustam")) & set(keys_of_person("Zubaida Qandeel"))
        assert set(keys_of_person("Zubaida Rustam")) & set(keys_of_person("رستم زبیدہ"))

    def test_a_name_bears_keys_of_every_spelling_when_it_is_written(self, sitara):
        kept = {one.value: (one.search_keys, one.keyed_by) for one in sitara.names.all()}
        assert kept == {value: (keys_of_firm(value), VERSION) for value in kept}


class TestRekeying:
    def stale(self, row):
        with unit_of_work("tests.stale", actor=machine("pk", "command"), at=now()) as unit:
            OrganisationName.objects.update(search_keys=[], keyed_by=0)
            Officer.objects.update(name_keys=[], keyed_by=0)
            unit.about(row)

    def test_makes_anew_what_an_older_version_made(self, sitara):
        before = Officer.objects.get().name_keys
        self.stale(sitara)
        assert named("Sitara Promoters") == [] and names_to_key()
        assert key_names(at=now()) == 3
        assert named("Sitara Promoters") == [sitara.pk] and not names_to_key()
        assert Officer.objects.get().name_keys == before != []
        assert key_names(at=now()) == 0

    def test_leaves_the_register_as_it_is_read(self, sitara):
        self.stale(sitara)
        key_names(at=now())
        assert Organisation.objects.get().version == sitara.version

    def test_is_the_nodes_own_work(self):
        with pytest.raises(Refused):
            actions.rekey_names(actor=make.officer(), at=now())
