"""A notice shows whom the registers know by the names in it, in any script, to those who may see them."""

from __future__ import annotations

import pytest

from rahdari.base.clock import day_at, now
from rahdari.domain.notices.models import Notice
from rahdari.domain.notices.queries.known import parties_known
from rahdari.domain.notices.rules.notices import Party
from rahdari.domain.organisations.rules.entries import OfficerEntered
from tests.make import organisations as make
from tests.make.people import actor, sign_in

from .test_notice_pages import typed, url

pytestmark = pytest.mark.django_db


@pytest.fixture
def firm():
    return make.licensed(names=("Sitara Promoters",), officers=(OfficerEntered("Bilal Sheikh", "owner", make.card(71)),))


def known(*parties, role="contact_point_pk"):
    found = parties_known(actor(role), parties, today=day_at(now(), "pk"))
    return [
        ([known.name for known in one.known if known.firm], [known.name for known in one.known if known.person]) for one in found
    ]


class TestPartiesKnown:
    @pytest.mark.parametrize("name", ["M/s Sitaara Promoters (Pvt) Ltd", "ستارہ پروموٹرز", "シターラ・プロモーターズ"])
    def test_an_organisation_is_known_by_a_like_name(self, firm, name):
        assert known(Party("organisation", name)) == [(["Sitara Promoters"], [])]

    def test_or_by_its_licence_whatever_it_is_called(self, firm):
        assert known(Party("organisation", "Nobody Unheard", firm.number)) == [(["Sitara Promoters"], [])]
        assert known(Party("person", "Nobody Unheard", firm.number)) == [(["Sitara Promoters"], [])]

    def test_a_person_by_a_like_name_and_to_who_may_see_people(self, firm):
        assert known(Party("person", "بلال شیخ")) == [([], ["Bilal Sheikh"])]
        assert known(Party("person", "Bilal Sheikh"), role="protector") == [([], [])]

    def test_nobody_is_known_by_a_strange_name(self, firm):
        assert known(Party("person", "Nobody Unheard"), Party("organisation", "Nobody Unheard")) == [([], []), ([], [])]


class TestPages:
    def test_show_the_known_ones_beside_the_draft(self, client, firm):
        sign_in(client, "contact_point_pk")
        party = {
            "about_0_what": "organisation",
            "about_0_name": "ستارہ پروموٹرز",
            "about_1_what": "person",
            "about_1_name": "Bilal Shaikh",
        }
        assert client.post("/en/notices/write/", typed(**party)).status_code == 302
        page = client.get(url("see_notice", Notice.objects.get())).content.decode()
        assert f"/en/licences/{firm.pk}/" in page and "Sitara Promoters" in page
        assert f"/en/licences/desk/{firm.pk}/" in page and "A like name is no proof" in page

    def test_tell_an_officer_who_sees_no_people_nothing_of_them(self, client, firm):
        sign_in(client, "protector")
        assert client.post("/en/notices/write/", typed(about_0_what="person", about_0_name="Bilal Sheikh")).status_code == 302
        page = client.get(url("see_notice", Notice.objects.get())).content.decode()
        assert "Sitara Promoters" not in page and "Nobody whom you may see" in page

    def test_tell_of_organisations_while_the_name_is_typed(self, client, firm):
        sign_in(client, "protector")
        assert "?of=about_0_name" in client.get("/en/notices/write/").content.decode()
        told = client.get("/en/licences/desk/likely/", {"of": "about_0_name", "about_0_name": "Sitaara Promoter"})
        assert "Sitara Promoters" in told.content.decode()
