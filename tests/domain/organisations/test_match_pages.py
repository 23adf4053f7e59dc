"""Pages of matches: the list, two sides beside each other, deciding, likely known ones while typing; and programs."""

from __future__ import annotations

import datetime as dt

import pytest

from rahdari.base.actor import machine
from rahdari.base.clock import day_at, now
from rahdari.base.models import Waiting
from rahdari.domain.accounts.actions import make_token
from rahdari.domain.organisations import actions
from rahdari.domain.organisations.models import Match
from rahdari.domain.organisations.rules.entries import OfficerEntered
from rahdari.web.rates import Rate
from tests.make import organisations as make
from tests.make.people import actor, sign_in

pytestmark = pytest.mark.django_db
OLD = OfficerEntered("Javed Anjum (invented)", "owner", make.card(99))


@pytest.fixture
def match():
    make.entered(
        "OEP", "MPD/1250/RWP/92", at=now(), name="Gandhara Overseas", officers=(OLD,), address="1 Invented Street, Mardan"
    )
    row = make.applied(at=now(), name="گندھارا اوورسیز", officers=(OLD,), address="2 Invented Street, Mardan")
    actions.screen_organisation(actor=machine("pk", "timetable"), organisation=row.registry_id, at=now())
    return Match.objects.get()


class TestPages:
    @pytest.mark.parametrize("language", ["en", "ur", "ja"])
    def test_open_in_every_language(self, client, match, language):
        sign_in(client, "bureau_officer")
        for place in ("", f"{match.pk}/", *(f"{match.pk}/{word}/" for word in ("take", "same", "another", "unsure"))):
            answer = client.get(f"/{language}/licences/desk/matches/{place}")
            assert answer.status_code == 200 and f'lang="{language}"' in answer.content.decode()

    def test_show_both_sides_with_the_reasons_and_nobody_elses(self, client, match):
        sign_in(client, "contact_point_pk")
        page = client.get(f"/en/licences/desk/matches/{match.pk}/").content.decode()
        for said in ("Gandhara Overseas", "گندھارا اوورسیز", OLD.name, "a person with the same identity card", "They are two"):
            assert said in page
        assert make.card(99) not in page

    def test_a_reason_must_be_chosen_and_what_was_typed_stays(self, client, match):
        sign_in(client, "bureau_officer")
        answer = client.post(f"/en/licences/desk/matches/{match.pk}/another/", {"note": "Seen."})
        assert answer.status_code == 422 and "Seen." in answer.content.decode()
        assert Match.objects.get().state == "to_decide"

    def test_the_list_shows_what_waits_until_when_and_what_was_decided(self, client, match):
        sign_in(client, "bureau_officer")
        due = Waiting.objects.get(task="organisations.confirm_match").due_at
        assert f'datetime="{day_at(due, "pk")}' in client.get("/en/licences/desk/matches/").content.decode()
        assert "Gandhara Overseas" in client.get("/en/licences/desk/matches/").content.decode()
        assert client.post(f"/en/licences/desk/matches/{match.pk}/same/", {"ground": "same_people"}).status_code == 302
        assert "Gandhara Overseas" not in client.get("/en/licences/desk/matches/").content.decode()
        assert "Gandhara Overseas" in client.get("/en/licences/desk/matches/", {"state": "same_one"}).content.decode()

    @pytest.mark.parametrize("role", ["protector", "promoter_manager", "oec_officer"])
    def test_others_see_neither_the_list_nor_one_nor_that_there_are_any(self, client, match, role):
        sign_in(client, role)
        places = [f"/en/licences/desk/matches/{place}" for place in ("", f"{match.pk}/", f"{match.pk}/same/")]
        assert [client.get(place).status_code for place in places] == [403, 403, 403]
        page = client.get(f"/en/licences/desk/{match.organisation_id}/").content.decode()
        assert "Known to be like it" not in page and "Matches" not in page


class TestTyping:
    def likely(self, client, names):
        return client.get("/en/licences/desk/likely/", {"entry.names": names}).content.decode()

    def test_likely_known_ones_are_shown_with_their_standing(self, client, match):
        sign_in(client, "bureau_officer")
        page = self.likely(client, "Sitara Promoters\nگندھارا اوورسیز")
        assert "Gandhara Overseas" in page and "MPD/1250/RWP/92" in page and "valid licence" in page
        assert "Nobody in the register has a name like <bdi>Sitara Promoters</bdi>" in page
        assert self.likely(client, "").strip() == ""

    def test_a_promoter_sees_the_public_register_alone(self, client, match):
        """Another one's application is nobody's business, also not by typing names."""
        sign_in(client, "promoter_manager", "pk:org:other")
        page = self.likely(client, "Gandhara Overseas")
        assert "MPD/1250/RWP/92" in page and "گندھارا" not in page and OLD.name not in page

    def test_what_is_typed_is_shown_as_text(self, client):
        sign_in(client, "bureau_officer")
        assert "<script>" not in self.likely(client, "<script>alert(1)</script>")

    def test_one_account_types_so_often_and_an_empty_field_counts_for_nothing(self, client, match, monkeypatch):
        monkeypatch.setattr("rahdari.domain.organisations.views.matches.TYPING", Rate("typing", 5, by_address=9, by_account=2))
        sign_in(client, "promoter_manager", "pk:org:other")
        asked = {"entry.names": "Gandhara Overseas"}
        counted = [
            client.get("/en/licences/desk/likely/", told).status_code for told in ({}, asked, {"entry.names": " "}, asked, asked)
        ]
        assert counted == [200, 200, 200, 200, 429]
        sign_in(client, "bureau_officer")
        assert client.get("/en/licences/desk/likely/", asked).status_code == 200

    @pytest.mark.parametrize("word", ["enter", "apply"])
    def test_the_forms_ask_while_a_name_is_typed(self, client, word):
        sign_in(client, "bureau_officer")
        page = client.get(f"/en/licences/desk/{word}/").content.decode()
        assert page.count('hx-get="/en/licences/desk/likely/"') == 1 and "htmx" in page
        assert page.index('name="entry.names"') < page.index("hx-get=") < page.index('name="entry.address"')


class TestPrograms:
    def test_a_match_is_read_taken_and_decided(self, client, match):
        who = actor("bureau_officer")
        scopes = [f"organisations.{one}" for one in ("see_matches", "see_match", "take_match", "dismiss_match")]
        _, secret = make_token(actor=who, name="n", scopes=scopes, expires_at=now() + dt.timedelta(days=9), at=now())
        asked = {"content_type": "application/json", "HTTP_AUTHORIZATION": f"Bearer {secret}"}
        [told] = client.get("/api/matches", **asked).json()
        assert (told["id"], told["reasons"]) == (str(match.pk), ["same_person", "like_name"])
        seen = client.get(f"/api/matches/{match.pk}", **asked).json()
        assert seen["ties"][0] == {"code": "same_person", "ours": OLD.name, "theirs": OLD.name}
        assert client.post(f"/api/matches/{match.pk}/take", {}, **asked).status_code == 200
        body = {"ground": "other_people", "note": "Another card."}
        assert client.post(f"/api/matches/{match.pk}/another", body, **asked).json()["state"] == "another"
        assert client.post(f"/api/matches/{match.pk}/same", body, **asked).status_code == 403

    def test_a_stranger_reads_nothing(self, client, match):
        assert {client.get(place).status_code for place in ("/api/matches", f"/api/matches/{match.pk}")} == {403}
