"""What was decided about a name in a notice is remembered: by whom, for whom, until the notice is taken back."""

from __future__ import annotations

import datetime as dt
import json
import re

import pytest
from django.db import connection
from django.urls import reverse

from rahdari.base.clock import day_at, now
from rahdari.base.models import AuditEntry
from rahdari.base.refusal import Refused
from rahdari.base.work import Missing
from rahdari.domain.accounts.actions import make_token
from rahdari.domain.notices.actions import decide_name, recall_notice
from rahdari.domain.notices.models import NameDecision
from rahdari.domain.notices.queries.known import parties_known
from rahdari.domain.notices.rules.names import GROUNDS, OF_FIRMS_ALONE, OUTCOME_OF, grounds_for, why_not_ground
from rahdari.domain.notices.rules.notices import Party
from rahdari.domain.organisations.rules.entries import OfficerEntered
from tests.make import organisations as make
from tests.make.notices import notice, officer
from tests.make.people import actor, sign_in
from tests.make.requests import contact

pytestmark = pytest.mark.django_db
NAME = "ستارہ پروموٹرز"


@pytest.fixture
def firm():
    return make.licensed(names=("Sitara Promoters",), officers=(OfficerEntered("Bilal Sheikh", "owner", make.card(71)),))


def about(*names, what="organisation", **changed):
    at = now()
    parties = tuple(Party(what, name) for name in names)
    return notice(at=at, known_on=day_at(at, "pk"), about=parties, **changed)


def of(firm):
    return f"organisation:{firm.pk}"


def decide(row, firm, ground="other_number", *, by=None, party=0, **told):
    return decide_name(
        actor=by or contact(),
        notice_id=row.pk,
        party=party,
        subject=told.pop("subject", None) or of(firm),
        ground=ground,
        at=now(),
        **told,
    )


def seen_by(who, *parties):
    """For each party the outcomes of those known by its name, in the order in which they are shown."""
    found = parties_known(who, parties, today=day_at(now(), "pk"))
    return [[(known.name, known.outcome) for known in one.known] for one in found]


class TestGrounds:
    def test_each_says_one_of_three_things(self):
        assert {one: OUTCOME_OF[one] for one in ("same_number", "other_place", "cannot_be_told")} == {
            "same_number": "same_one", "other_place": "another", "cannot_be_told": "unsure",
        }  # fmt: skip
        assert sorted(OUTCOME_OF) == sorted(one for of in GROUNDS.values() for one in of)

    def test_of_a_person_no_other_people_can_stand_behind_them(self):
        offered = {one for of in grounds_for("person").values() for one in of}
        assert not offered & OF_FIRMS_ALONE and len(offered | OF_FIRMS_ALONE) == len(OUTCOME_OF)
        assert [one.code for one in why_not_ground("person", "other_business")] == ["reason_missing"]
        assert why_not_ground("organisation", "other_business") == []

    @pytest.mark.parametrize("ground", ["", "like_name", "wherever"])
    def test_a_like_name_is_none(self, ground):
        assert [one.code for one in why_not_ground("organisation", ground)] == ["reason_missing"]


class TestDeciding:
    def test_is_remembered_wherever_the_name_comes_again(self, firm):
        decide(about(NAME), firm, "other_number", note="Seen in Lahore (invented)")
        assert seen_by(contact(), Party("organisation", f"M/s {NAME}"[4:])) == [[("Sitara Promoters", "another")]]

    def test_speaks_of_this_name_alone(self, firm):
        decide(about(NAME), firm)
        assert seen_by(contact(), Party("organisation", "Sitaara Promotors")) == [[("Sitara Promoters", "")]]

    def test_the_newest_counts_and_the_earlier_stay(self, firm):
        row = about(NAME)
        decide(row, firm, "papers_asked")
        decide(row, firm, "same_number")
        assert seen_by(contact(), Party("organisation", NAME)) == [[("Sitara Promoters", "same_one")]]
        assert NameDecision.objects.count() == 2

    def test_who_was_found_to_be_another_stands_last(self, firm):
        second = make.licensed("pk:org:sitara-two", "OP&HRD/0077/LHR/2021", names=("Sitara Promoter",))
        first = seen_by(contact(), Party("organisation", NAME))[0]
        assert len(first) == 2
        row = about(NAME)
        best = firm if first[0][0] == "Sitara Promoters" else second
        decide(row, best)
        assert [name for name, _ in seen_by(contact(), Party("organisation", NAME))[0]] == [first[1][0], first[0][0]]

    def test_leaves_one_entry_without_a_name(self, firm):
        decide(about(NAME), firm, "same_number", note="Invented note")
        entry = AuditEntry.objects.filter(verb="notices.decide_name").get()
        assert entry.facts == {"whom": of(firm), "outcome": "same_one", "ground": "same_number"}
        assert NAME not in json.dumps(entry.facts)

    def test_keeps_name_and_note_closed(self, firm):
        decide(about(NAME), firm, note="Invented note")
        with connection.cursor() as cursor:
            cursor.execute("select name, note from notices_namedecision")
            stored = [bytes(one) for one in cursor.fetchone()]
        assert not any(words.encode() in one for one in stored for words in (NAME, "Invented note"))

    def test_also_of_a_person(self, firm):
        row = about("بلال شیخ", what="person")
        (known,) = parties_known(contact(), [Party("person", "بلال شیخ")], today=day_at(now(), "pk"))[0].known
        assert known.subject.startswith("officer:") and (known.behind, known.number) == ("Sitara Promoters", firm.number)
        decide(row, firm, "other_number", subject=known.subject)
        assert seen_by(contact(), Party("person", "بلال شیخ")) == [[("Bilal Sheikh", "another")]]

    def test_nothing_happens_to_the_licence(self, firm):
        decide(about(NAME), firm, "same_number")
        firm.refresh_from_db()
        assert firm.state == "valid"


class TestRefusals:
    def test_whoever_wrote_the_notice(self, firm):
        writer = actor("contact_point_pk")
        row = about(NAME, by=writer)
        with pytest.raises(Refused) as wrong:
            decide(row, firm, by=writer)
        assert [one.code for one in wrong.value.refusals] == ["four_eyes"]

    def test_a_ground_that_is_none(self, firm):
        with pytest.raises(Refused) as wrong:
            decide(about(NAME), firm, "like_name")
        assert [(one.code, one.member) for one in wrong.value.refusals] == [("reason_missing", "ground")]

    @pytest.mark.parametrize("party", [1, -1, 40])
    def test_a_party_that_is_not_there(self, firm, party):
        with pytest.raises(Missing):
            decide(about(NAME), firm, party=party)

    @pytest.mark.parametrize("subject", ["organisation:00000000-0000-0000-0000-000000000000", "officer:x", "", "x"])
    def test_whom_nobody_knows_by_this_name(self, firm, subject):
        with pytest.raises(Missing):
            decide(about(NAME), firm, subject=subject or "organisation:")

    def test_somebody_of_another_name(self, firm):
        with pytest.raises(Missing):
            decide(about("Nobody Unheard"), firm)

    @pytest.mark.parametrize("role", ["protector", "isa_regional", "opf_officer", "worker"])
    def test_whoever_does_not_screen(self, firm, role):
        with pytest.raises(Refused) as wrong:
            decide(about(NAME), firm, by=officer(role, "X"))
        assert [one.code for one in wrong.value.refusals] == ["not_permitted"]

    def test_an_office_that_does_not_see_the_notice(self, firm):
        with pytest.raises(Missing):
            decide(about(NAME), firm, by=actor("bureau_officer"))

    def test_a_version_that_was_overtaken(self, firm):
        row = about(NAME)
        with pytest.raises(Refused) as wrong:
            decide(row, firm, seen=row.version - 1)
        assert [one.code for one in wrong.value.refusals] == ["stale"]


class TestTakenBack:
    def test_with_the_notice_its_name_is_forgotten(self, firm):
        row = about(NAME)
        decide(row, firm, note="Invented note")
        recall_notice(actor=contact(), notice_id=row.pk, reason="recall_wrong_party", at=now())
        kept = NameDecision.objects.get()
        assert (kept.name, kept.note, kept.outcome) == (None, None, "another")
        assert seen_by(contact(), Party("organisation", NAME)) == [[("Sitara Promoters", "")]]

    def test_nothing_more_is_decided(self, firm):
        row = about(NAME)
        recall_notice(actor=contact(), notice_id=row.pk, reason="recall_wrong_party", at=now())
        with pytest.raises(Refused) as wrong:
            decide(row, firm)
        assert [one.code for one in wrong.value.refusals] == ["wrong_state"]


class TestWhoSees:
    def test_nobody_who_does_not_see_the_notice_it_was_decided_in(self, firm):
        decide(about(NAME, by=officer("isa_regional", "ISA")), firm)
        assert seen_by(actor("bureau_officer"), Party("organisation", NAME)) == [[("Sitara Promoters", "")]]
        assert seen_by(contact(), Party("organisation", NAME)) == [[("Sitara Promoters", "another")]]


class TestPages:
    @pytest.mark.parametrize("language", ["en", "ur", "ja"])
    def test_from_the_notice_to_the_decision_and_back(self, client, firm, language):
        row = about(NAME)
        sign_in(client, "contact_point_pk")
        place = f"/{language}/notices/{row.pk}/"
        page = client.get(place).content.decode()
        (there,) = re.findall(rf'href="({place}names/0/[^"]+)"', page)
        form = client.get(there)
        assert form.status_code == 200 and "Sitara Promoters" in form.content.decode() and NAME in form.content.decode()
        wrong = client.post(there, {"ground": "", "note": "Stays here"})
        assert wrong.status_code == 422 and "Stays here" in wrong.content.decode()
        done = client.post(
            there, {"ground": "same_number", "note": "Invented note", "seen": form.context["form"]["seen"].value()}
        )
        assert done.status_code == 302 and done.url == place
        assert "Invented note" in client.get(place).content.decode()

    def test_whoever_does_not_screen_reads_without_deciding(self, client, firm):
        sign_in(client, "protector")
        row = about(NAME, by=officer("protector", "PROTECTOR:LHR"))
        page = client.get(reverse("notices.see_notice", args=[row.pk])).content.decode()
        assert "/names/0/" not in page
        assert client.get(reverse("notices.decide_name", args=[row.pk, 0, of(firm)])).status_code == 403

    def test_an_address_of_nobody_is_not_found(self, client, firm):
        sign_in(client, "contact_point_pk")
        assert client.get(reverse("notices.decide_name", args=[about(NAME).pk, 7, of(firm)])).status_code == 404


class TestPrograms:
    def test_read_and_decide(self, client, firm):
        row = about(NAME)
        person = actor("contact_point_pk")
        scopes = ["notices.see_names", "notices.decide_name"]
        token = make_token(actor=person, name="program", scopes=scopes, expires_at=now() + dt.timedelta(days=9), at=now())[1]
        headers = {"HTTP_AUTHORIZATION": f"Bearer {token}"}
        place = f"/api/notices/{row.pk}/names"
        (party,) = client.get(place, **headers).json()["parties"]
        assert party["known"] == [
            {"subject": of(firm), "name": "Sitara Promoters", "number": firm.number, "outcome": None, "ground": None}
        ]
        told = {"party": 0, "subject": of(firm), "ground": "seen_on_the_spot"}
        assert client.post(place, told, content_type="application/json", **headers).status_code == 200
        assert client.get(place, **headers).json()["parties"][0]["known"][0]["outcome"] == "same_one"
        for wrong in ({"party": -1}, {"party": "0"}, {"ground": 3}, {"subject": None}):
            answer = client.post(place, told | wrong, content_type="application/json", **headers)
            assert answer.status_code == 422, answer.content
