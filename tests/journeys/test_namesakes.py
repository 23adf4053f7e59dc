"""A cancelled promoter comes back under another spelling and is found; two honest namesakes are not confused. Pages and worker."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.urls import reverse

from rahdari.base.clock import day_at, now
from rahdari.domain.organisations.models import LicenceChange, Match, Organisation
from rahdari.domain.organisations.rules.entries import OfficerEntered
from rahdari.project import reactions
from tests.make import organisations as make
from tests.make.people import sign_in

pytestmark = pytest.mark.django_db
OLD_HAND = OfficerEntered("Javed Anjum (invented)", "owner", make.card(99), "0300 5550199")
GRANT = {"law": "ER 1979, rule 9", "until": "2099-01-01"}


@pytest.fixture(autouse=True)
def _no_rest(monkeypatch):
    monkeypatch.setattr(reactions, "_failed", {})


def page(client, name, *args):
    answer = client.get(reverse(name, args=args))
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", answer.content.decode())


def decide(client, match, word, **told):
    answer = client.post(f"/en/licences/desk/matches/{match.pk}/{word}/", told)
    assert answer.status_code == 302, answer.content.decode()


def test_a_cancelled_promoter_comes_back_under_another_spelling_and_is_found(client):
    at = now()
    gone = make.entered(
        "OEP", "MPD/1250/RWP/92", at=at, name="Gandhara Overseas", officers=(OLD_HAND,), phones=("0515550101",), address="Rawalpindi"
    )  # fmt: skip
    make.made("cancel_licence", gone, at=at)
    others = [make.entered("OEP", f"OP&HRD/510{n}/SKT/2024", at=at, name=name, address=f"{n} Invented Street, Sialkot")
              for n, name in enumerate(("Sitara Promoters", "Naya Safar", "Gandhara Textiles"))]  # fmt: skip
    reactions.react()
    before = set(Match.objects.values_list("pk", flat=True))

    # Another spelling in another script, a new owner, a new phone, another town; one old hand in a smaller part.
    people = (
        OfficerEntered("Saima Gul (invented)", "owner", make.card(4712)),
        OfficerEntered("J. Anjum", "manager", make.card(99)),
    )
    again = make.applied(
        at=at, name="گندھارا اوورسیز", officers=people, phones=("0915550177",), address="44 Invented Street, Mardan"
    )  # fmt: skip
    assert reactions.react() > 0
    match = Match.objects.exclude(pk__in=before).get()
    assert {match.organisation_id, match.other_id} == {gone.pk, again.pk}
    assert match.codes == ["same_person", "like_name"]

    # The office has it on its worklist with its clock, sees both sides and why.
    sign_in(client, "bureau_officer")
    assert reverse("organisations.see_match", args=[match.pk]) in page(client, "web.worklist")
    told = page(client, "organisations.see_match", match.pk)
    for said in (
        "Gandhara Overseas",
        "گندھارا اوورسیز",
        "a person with the same identity card",
        "a like name",
        "cancelled, may not",
    ):
        assert said in told
    assert all(other.names.get().value not in told for other in others)

    # A licence is not granted meanwhile: the person, not the likeness, is the reason.
    refused = client.post(f"/en/licences/desk/{again.pk}/grant/", GRANT | {"number": "OP&HRD/5224/PWR/2026", "name_cleared": "x"})
    assert refused.status_code in (409, 422) and "stood behind a licence that was taken away" in refused.content.decode()

    # What the officer decides is kept, and changes no licence.
    history = LicenceChange.objects.count()
    decide(client, match, "take")
    decide(client, match, "same", ground="same_people", note="The same card on both files.")
    assert LicenceChange.objects.count() == history
    assert {one.state for one in Organisation.objects.filter(pk__in=[gone.pk, again.pk])} == {"cancelled", "applied"}
    assert "one and the same" in page(client, "organisations.see_organisation", again.pk)
    assert reverse("organisations.see_match", args=[match.pk]) not in page(client, "web.worklist")


def test_two_honest_namesakes_are_not_confused_and_the_reviewer_sees_why(client):
    at = now()
    first = make.entered(
        "OEP", "OP&HRD/4325/LHR/2018", at=at, name="Al-Noor Overseas", address="1 Invented Street, Lahore",
        officers=(OfficerEntered("Muhammad Ali (invented)", "owner", make.card(1)),),
    )  # fmt: skip
    second = make.applied(
        at=at, name="النور اوورسیز", address="9 Invented Street, Quetta",
        officers=(OfficerEntered("Muhammad Ali (invented)", "owner", make.card(2)),),
    )  # fmt: skip
    reactions.react()
    match = Match.objects.get()
    assert match.codes == ["like_name"]  # two cards are two people, however alike their names

    sign_in(client, "bureau_officer")
    told = page(client, "organisations.see_match", match.pk)
    assert "Likeness of names is no proof" in told and "The names word by word" in told
    assert "a person with the same identity card" not in told and "OP&amp;HRD/4325/LHR/2018" in told
    decide(client, match, "another", ground="other_people", note="Another owner in another city.")

    # It is remembered: shown as known to be another, nothing waits, and comparing again asks nobody.
    told = page(client, "organisations.see_organisation", second.pk)
    assert "Known to be another one: other people stand behind it" in told and "Al-Noor Overseas" in told
    make.made("suspend_licence", first, at=at)
    make.made("restore_licence", first, at=at, ground="matter_settled")
    reactions.react()
    assert Match.objects.get().state == "another"

    # The application is granted with the clearance on file, and a like name alone never suspends the other.
    sign_in(client, "bureau_officer")
    grant = GRANT | {"number": "OP&HRD/5224/QTA/2026"}
    answer = client.post(f"/en/licences/desk/{second.pk}/grant/", grant)
    assert answer.status_code in (409, 422) and "too like one in the register" in answer.content.decode()
    assert client.post(f"/en/licences/desk/{second.pk}/grant/", grant | {"name_cleared": "See the match."}).status_code == 302
    today = day_at(at, "pk")
    order = {
        "ground": "fee_without_basis", "known_by": "name", "law": make.LAW, "shown_cause_on": (today - dt.timedelta(days=9)).isoformat(),
        "hearing_on": today.isoformat(), "appeal_until": (today + dt.timedelta(days=30)).isoformat(),
    }  # fmt: skip
    answer = client.post(f"/en/licences/desk/{first.pk}/suspend/", order)
    assert answer.status_code == 422 and "A like name alone" in answer.content.decode()
