"""Persons who recruit without a licence: two officers, the right to answer, what the public learns and what it never does."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection

from rahdari.base.clock import day_at, now
from rahdari.base.models import AuditEntry, Look, Waiting
from rahdari.base.refusal import Refused
from rahdari.base.work import Missing
from rahdari.domain.accounts.actions import make_token
from rahdari.domain.organisations import actions
from rahdari.domain.organisations.models import Individual
from rahdari.domain.organisations.queries.individuals import individual_for, individuals_visible_to
from rahdari.domain.organisations.rules.entries import OfficerEntered
from rahdari.domain.organisations.rules.individuals import (
    INDIVIDUAL_GROUNDS,
    IndividualEntered,
    why_not_decide,
    why_not_lift,
    why_not_record,
    why_not_reply,
)
from tests.make import organisations as make
from tests.make.organisations import AT
from tests.make.people import actor, bodies, sign_in

TODAY = day_at(AT, "pk")
OVER = AT + dt.timedelta(days=10)
PERSON = ("Tanveer", "7654321", make.card(99), "Three workers named him.")


def entered(**changed):
    told = {"name": "Tanveer", "ground": "sub_agent", "law": "rule 11", "text": "Said.", "asked_on": TODAY, "phones": ("1",)}
    return IndividualEntered(**({"reply_until": TODAY + dt.timedelta(days=10)} | told | changed))


def codes(act, **told):
    with pytest.raises(Refused) as refused:
        act(**told)
    return [one.code for one in refused.value.refusals]


class TestRules:
    @pytest.mark.parametrize("ground", INDIVIDUAL_GROUNDS)
    def test_a_person_with_a_ground_a_paper_and_time_to_answer(self, ground):
        assert why_not_record(entered(ground=ground), papers=1, today=TODAY) == []

    @pytest.mark.parametrize(
        ("changed", "papers", "code"),
        [
            ({"ground": "rumour"}, 1, "reason_missing"),
            ({"law": " "}, 1, "law_missing"),
            ({"text": ""}, 1, "reason_missing"),
            ({}, 0, "evidence_missing"),
            ({"phones": ()}, 1, "name_match_only"),
            ({"asked_on": TODAY + dt.timedelta(days=1)}, 1, "date_in_future"),
            ({"reply_until": TODAY}, 1, "reply_until_missing"),
        ],
    )
    def test_nobody_is_entered_on_less(self, changed, papers, code):
        assert [one.code for one in why_not_record(entered(**changed), papers=papers, today=TODAY)] == [code]

    @pytest.mark.parametrize("known", [{"identity": "1"}, {"father": "Said"}])
    def test_a_name_with_something_that_ties_it_is_enough(self, known):
        assert why_not_record(entered(phones=(), **known), papers=1, today=TODAY) == []

    def test_no_warning_before_the_person_could_answer(self):
        told = {"reasons": "Because.", "reply_until": TODAY + dt.timedelta(days=1)}
        assert [one.code for one in why_not_decide("entered", "standing", replied=False, today=TODAY, **told)] == [
            "reply_awaited"
        ]
        assert why_not_decide("entered", "standing", replied=True, today=TODAY, **told) == []
        assert why_not_decide("entered", "standing", replied=False, today=TODAY + dt.timedelta(days=1), **told) == []
        assert why_not_decide("entered", "dropped", replied=False, today=TODAY, **told) == []

    def test_every_decision_needs_reasons(self):
        told = {"replied": True, "reply_until": TODAY, "today": TODAY, "reasons": " "}
        assert [one.code for one in why_not_decide("entered", "standing", **told)] == ["reason_missing"]
        assert [one.code for one in why_not_lift("standing", reasons="")] == ["reason_missing"]

    @pytest.mark.parametrize("state", ["dropped", "lifted"])
    def test_what_is_over_is_over(self, state):
        assert why_not_lift(state, reasons="Because.") and why_not_reply(state, replied_on=TODAY, today=TODAY)
        assert why_not_decide(state, "standing", replied=True, reply_until=TODAY, today=TODAY, reasons="Because.")


@pytest.mark.django_db
class TestActions:
    def test_leave_a_task_that_names_nobody(self):
        row = make.individual(identity=make.card(99))
        waiting = Waiting.objects.get(task="organisations.decide_individual")
        assert waiting.holder_role == "bureau_officer" and not any(word in str(vars(waiting)) for word in PERSON)
        assert day_at(waiting.due_at, "pk") == row.reply_until

    def test_nothing_that_names_the_person_lies_open_in_the_database(self):
        row = make.individual(identity=make.card(99), father="Said Example")
        actions.record_individual_reply(
            actor=make.officer(), individual_id=row.pk, reply="I only drove.", replied_on=TODAY, at=AT
        )
        with connection.cursor() as cursor:
            cursor.execute(
                "select i::text || coalesce((select string_agg(p::text, '') from organisations_individualphone p), '') from organisations_individual i"
            )
            stored = cursor.fetchone()[0]
        assert not any(word in stored for word in (*PERSON, "Said Example", "drove", "3007654321"))
        told = "".join(str(one.facts) for one in AuditEntry.objects.all())
        assert not any(word in told for word in (*PERSON, "drove"))

    def test_the_second_officer_is_another(self):
        first = make.officer()
        row = make.individual(by=first)
        told = {"individual_id": row.pk, "outcome": "standing", "reasons": "Because.", "at": OVER}
        assert codes(actions.decide_individual, actor=first, **told) == ["four_eyes"]
        assert actions.decide_individual(actor=make.officer(), **told).stands_from == day_at(OVER, "pk")

    def test_a_card_stands_in_one_open_entry(self):
        make.individual(identity=make.card(99))
        assert codes(make.individual, identity=make.card(99)) == ["individual_known"]
        assert make.individual(identity=make.card(98))

    def test_wrong_numbers_are_refused(self):
        assert codes(make.individual, identity="12", phones=("hello",)) == ["office_phone_wrong", "officer_identity_wrong"]

    def test_the_licence_shown_must_be_known(self):
        assert codes(make.individual, licence_shown="OP&HRD/9999/LHR/2020") == ["organisation_unknown"]
        assert make.individual(licence_shown=make.licensed().number).licence_shown.registry_id == make.PROMOTER

    def test_nobody_else_enters_or_sees_anyone(self):
        bodies("pk")
        row = make.individual()
        for role in ("promoter_manager", "protector", "contact_point_jp"):
            other = actor(role)
            assert not individuals_visible_to(other).exists()
            with pytest.raises(Missing):
                individual_for(other, row.pk)
            with pytest.raises(Refused):
                make.individual(by=other)


def warned(**told):
    row = make.individual(at=AT, **told)
    return actions.decide_individual(actor=make.officer(), individual_id=row.pk, outcome="standing", reasons="Because.", at=OVER)


@pytest.mark.django_db
class TestThePublic:
    def asked(self, client, text="0300 7654321"):
        return client.get("/en/licences/", {"q": text}).content.decode(), client.get("/api/licences", {"q": text}).json()

    def test_learns_nothing_while_the_person_may_answer(self, client):
        make.individual()
        page, told = self.asked(client)
        assert "Keep away" not in page and told["warned_since"] is None

    @pytest.mark.parametrize("phone", ["0300 7654321", "+92 300 7654321", "۰۳۰۰۷۶۵۴۳۲۱"])
    def test_learns_that_a_phone_is_warned_of_and_no_name(self, client, phone):
        warned(identity=make.card(99))
        page, told = self.asked(client, phone)
        assert "Keep away from whoever uses this phone." in page and told["warned_since"] == day_at(OVER, "pk").isoformat()
        assert not any(word in page + str(told) for word in ("Tanveer", make.card(99), "Three workers"))

    def test_finds_nobody_by_name_or_card(self, client):
        warned(identity=make.card(99))
        for text in ("Tanveer Example (invented)", make.card(99)):
            page, told = self.asked(client, text)
            assert "Keep away" not in page and told["warned_since"] is None and told["licences"] == []

    def test_a_lifted_warning_is_gone(self, client):
        row = warned()
        actions.lift_individual(actor=make.officer(), individual_id=row.pk, reasons="In error.", at=OVER)
        assert self.asked(client)[1]["warned_since"] is None


@pytest.mark.django_db
class TestAtTheDesk:
    def test_the_page_shows_the_person_and_notes_the_look(self, client):
        row = make.individual(at=now(), licence_shown=make.licensed().number)
        sign_in(client, "bureau_officer")
        page = client.get(f"/en/licences/desk/individuals/{row.pk}/").content.decode()
        assert "Tanveer Example" in page and "Three workers" in page and "/decide/" in page
        assert Look.objects.filter(about=row.pk).exists()
        assert "Tanveer Example" in client.get(f"/en/licences/desk/{row.licence_shown_id}/").content.decode()
        document = client.get(f"/en/licences/desk/individuals/{row.pk}/papers/{row.papers[0]['sha256']}/")
        assert document.status_code == 200 and "attachment" in document["Content-Disposition"]

    def test_others_find_no_page(self, client):
        row = make.individual(at=now(), licence_shown=make.licensed().number)
        sign_in(client, "protector")
        assert client.get("/en/licences/desk/individuals/").status_code == 403
        assert client.get(f"/en/licences/desk/individuals/{row.pk}/").status_code in (403, 404)
        assert "Tanveer" not in client.get(f"/en/licences/desk/{row.licence_shown_id}/").content.decode()

    def test_a_person_under_a_warning_stands_behind_no_new_licence(self):
        warned(identity=make.card(99))
        officers = (OfficerEntered("T. Example (invented)", "manager", make.card(99)),)
        applied = make.applied(officers=officers)
        told = {"number": "OP&HRD/5224/LHR/2026", "until": dt.date(2029, 11, 25), "law": make.LAW}
        assert codes(actions.grant_licence, actor=make.officer(), organisation_id=applied.pk, **told, at=OVER) == [
            "banned_person"
        ]
        assert Individual.objects.get().state == "standing"


@pytest.mark.django_db
def test_a_program_that_sends_nul_is_told_where_and_nothing_is_kept(client):
    who, scope = actor("bureau_officer"), "organisations.record_individual"
    _, secret = make_token(actor=who, name="n", scopes=[scope], expires_at=now() + dt.timedelta(days=9), at=now())
    told = {"name": "Tanveer\x00", "phones": ["0300\x00"], "ground": "sub_agent", "law": "rule 11", "text": "Said."}
    answer = client.post("/api/individuals", told, "application/json", HTTP_AUTHORIZATION=f"Bearer {secret}")
    assert answer.status_code == 422
    assert [(one["path"], one["code"]) for one in answer.json()["errors"]] == [
        ("/name", "nul_in_text"),
        ("/phones/0", "nul_in_text"),
    ]
    assert not Individual.objects.exists()


@pytest.mark.django_db
def test_programs_of_the_office_read_the_same_and_no_other_does(client):
    row, who = make.individual(at=now()), actor("bureau_officer")
    scopes = ["organisations.see_individuals", "organisations.see_individual"]
    _, secret = make_token(actor=who, name="n", scopes=scopes, expires_at=now() + dt.timedelta(days=9), at=now())
    by = {"HTTP_AUTHORIZATION": f"Bearer {secret}"}
    told = client.get("/api/individuals", {"state": "entered"}, **by).json()
    assert [one["id"] for one in told["individuals"]] == [str(row.pk)]
    assert client.get("/api/individuals", {"state": "lifted"}, **by).json()["individuals"] == []
    one = client.get(f"/api/individuals/{row.pk}", **by).json()
    assert (one["text"], one["next"]) == ("Three workers named him.", [])  # this token may only read
    assert Look.objects.filter(about=row.pk).exists()
    assert client.get("/api/individuals").status_code == client.get(f"/api/individuals/{row.pk}").status_code == 403
