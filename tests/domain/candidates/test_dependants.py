"""Spouse and children of whoever may bring them: apart from the file, closed at rest, taken along and erased with it."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from django.db import connection
from django.urls import reverse

from rahdari.base.clock import now
from rahdari.base.models import AuditEntry, Look
from rahdari.base.reference import shipped_book
from rahdari.base.refusal import Refused
from rahdari.base.work import Missing, unit_of_work
from rahdari.domain.accounts.models import Person
from rahdari.domain.candidates import actions
from rahdari.domain.candidates.models import CounterVisit, Dependant
from rahdari.domain.candidates.rules.dependants import MOST, Told, family_row, why_not_dependant
from tests.make import candidates as make
from tests.make.people import actor, sign_in_as

AT, BOOK = make.AT, shipped_book()
TODAY, BORN = AT.date(), dt.date(2001, 3, 14)
SON = {"relation": "child", "status": "ssw2", "name": "Gul Khan", "birth_date": dt.date(2024, 5, 1), "passport_no": "ab 1234567"}


@pytest.mark.parametrize(
    ("changed", "held", "codes"),
    [
        ({}, [], []),
        ({"status": "professional"}, ["child"], []),
        ({"status": "ssw1"}, [], ["dependants_not_allowed"]),
        ({"name": "گل خان"}, [], ["name_not_latin"]),
        ({"birth_date": dt.date(2027, 1, 1)}, [], ["date_in_future"]),
        ({"birth_date": BORN}, [], ["child_older"]),
        ({"relation": "spouse", "birth_date": dt.date(1999, 1, 1)}, ["child"], []),
        ({"relation": "spouse"}, ["spouse"], ["spouse_there"]),
        ({"passport_no": "<script>"}, [], ["dependant_passport_wrong"]),
        ({}, ["child"] * MOST, ["too_many_dependants"]),
    ],
)
def test_every_reason_against_is_said(changed, held, codes):
    told = Told(**(SON | {"passport_no": "AB1234567"} | changed))
    against = why_not_dependant(told, born=BORN, held=held, row=family_row(told.status, BOOK, TODAY), today=TODAY)
    assert [one.code for one in against] == codes


def test_what_the_law_forbids_bears_its_row():
    row = family_row("ssw1", BOOK, TODAY)
    told = Told(**(SON | {"status": "ssw1", "passport_no": ""}))
    one = why_not_dependant(told, born=BORN, held=[], row=row, today=TODAY)[0]
    assert (one.rule, one.source, one.confidence) == ("FAMILY_SSW1", "J9a;B1", "high")
    assert family_row("ssw2", BOOK, dt.date(2019, 3, 31)) is None


@pytest.mark.django_db
class TestDependants:
    def test_are_closed_at_rest_and_in_no_entry(self):
        who, _file = make.file(tests=(), at=AT)
        one = actions.record_dependant(actor=who, **SON, at=AT)
        with connection.cursor() as cursor:
            cursor.execute("select string_agg(d::text, ' ') || (select string_agg(a::text, ' ') from base_auditentry a)"
                           " from candidates_dependant d")  # fmt: skip
            kept = cursor.fetchone()[0]
        assert not [text for text in ("Gul", "2024-05-01", "AB1234567", b"Gul Khan".hex()) if text in kept]
        one.refresh_from_db()
        assert (one.name, one.birth_date, one.passport_no) == ("Gul Khan", "2024-05-01", "AB1234567")

    def test_are_seen_by_the_person_and_their_counter_and_not_by_whom_they_let_see_the_file(self, client):
        who, file = make.file(tests=(), at=AT)
        actions.record_dependant(actor=who, **SON, at=AT)
        sign_in_as(client, Person.objects.get(pk=who.person))
        assert "Gul Khan" in client.get(reverse("candidates.see_dependants")).content.decode()
        assert "Gul Khan" not in client.get(reverse("candidates.see_file")).content.decode()
        desk = actor("promoter_manager", "pk:org:oep")
        actions.give_consent(actor=who, purpose="show_file", body=desk.body, at=AT)
        sign_in_as(client, Person.objects.get(pk=desk.person))
        assert client.get(reverse("candidates.see_dependants")).status_code == 403
        page = client.get(reverse("candidates.see_candidate", args=[file.pk])).content.decode()
        assert file.name in page and "Gul" not in page

    def test_a_counter_sees_them_while_the_person_stands_there_and_the_person_reads_that(self, client):
        who, file = make.file(tests=(), at=AT)
        actions.record_dependant(actor=who, **SON, at=AT)
        officer = actor("oec_counter")
        sign_in_as(client, Person.objects.get(pk=officer.person))
        assert client.get(reverse("candidates.see_dependants")).status_code == 404
        with unit_of_work("tests.visit", actor=officer, at=now()) as unit:
            visit = CounterVisit(
                file=file, body=officer.body, officer=officer.person, begun_at=now(), until=now() + dt.timedelta(minutes=9)
            )
            unit.about(unit.add(visit))
        assert "Gul Khan" in client.get(reverse("candidates.see_dependants")).content.decode()
        assert Look.objects.get(about=who.person).purpose == "candidates.see_dependants"

    def test_are_deleted_for_good_by_their_own_person_alone(self):
        who, _file = make.file(tests=(), at=AT)
        other, _theirs = make.file(tests=(), at=AT)
        one = actions.record_dependant(actor=who, **SON, at=AT)
        with pytest.raises(Missing):
            actions.remove_dependant(actor=other, dependant_id=one.pk, at=AT)
        actions.remove_dependant(actor=who, dependant_id=one.pk, at=AT)
        assert not Dependant.objects.exists()

    def test_a_refused_one_leaves_nothing(self):
        who, _file = make.file(tests=(), at=AT)
        before = AuditEntry.objects.count()
        with pytest.raises(Refused):
            actions.record_dependant(actor=who, **(SON | {"status": "ssw1"}), at=AT)
        assert (AuditEntry.objects.count(), Dependant.objects.count()) == (before, 0)

    def test_go_along_with_the_data_and_are_erased_with_the_file(self, client):
        who, _file = make.file(tests=(), at=AT)
        actions.record_dependant(actor=who, **SON, at=AT)
        sign_in_as(client, Person.objects.get(pk=who.person))
        told = json.loads(client.get(reverse("candidates.export_file"), {"format": "json"}).content)
        assert [(one["name"], one["birth_date"]) for one in told["dependants"]] == [("Gul Khan", "2024-05-01")]
        actions.erase_file(actor=who, at=AT)
        assert not Dependant.objects.exists()

    def test_the_page_asks_and_says_the_law_beside_the_field(self, client):
        who, _file = make.file(tests=(), at=AT)
        sign_in_as(client, Person.objects.get(pk=who.person))
        told = {name: str(value) for name, value in SON.items()}
        answer = client.post(reverse("candidates.record_dependant"), told | {"status": "ssw1"})
        assert answer.status_code == 422 and "lets no family come along" in answer.content.decode()
        assert client.post(reverse("candidates.record_dependant"), told)["Location"] == reverse("candidates.see_dependants")
