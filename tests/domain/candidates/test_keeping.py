"""One's own data taken along and erased, what holds it, what ends by its term; talent profiles that name nobody."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from django.db import connection
from django.urls import reverse

from rahdari.base.actor import machine
from rahdari.base.files import place_of
from rahdari.base.models import AuditEntry
from rahdari.base.refusal import Refused
from rahdari.base.work import unit_of_work
from rahdari.domain.accounts.models import Person
from rahdari.domain.accounts.queries import actor_for
from rahdari.domain.candidates import actions
from rahdari.domain.candidates.models import (
    CounterVisit,
    File,
    FileDraft,
    FilePaper,
    ListRow,
    ListSheet,
    PeopleList,
    Qualification,
    TalentProfile,
)
from rahdari.domain.candidates.queries.lists import report_of
from rahdari.domain.candidates.rules.profiles import why_identifying
from rahdari.project.timetable import end_candidates_terms
from tests.make import candidates as make
from tests.make import people_lists as lists
from tests.make import placements
from tests.make.people import actor, sign_in, sign_in_as, worker

pytestmark = pytest.mark.django_db
AT, NODE = make.AT, machine("pk", "timetable")
CARD = "17301-5550000-4"
PROFILE = {"text": "I build web services in Python and Go.", "isco": "2512", "years": 4, "skills": ["Python"]}


def refused(act, **told):
    with pytest.raises(Refused) as wrong:
        act(**told)
    return [one.code for one in wrong.value.refusals]


def own(**changed):
    someone = worker("0300 1234567", CARD)
    who = actor_for(someone, None)
    return someone, who, actions.open_file(actor=who, told=make.facts(**changed), at=AT)


class TestExport:
    def test_holds_everything_of_the_person_and_of_nobody_else(self, client):
        someone, who, file = own()
        make.file(tests=(), name="SOMEBODY ELSE")
        make.pass_tests(file)
        actions.give_consent(actor=who, purpose="show_file", body="pk:org:oep", at=AT)
        sign_in_as(client, someone)
        told = json.loads(client.get(reverse("candidates.export_file"), {"format": "json"}).content)
        assert (told["file"]["cnic"], told["file"]["name"], len(told["tests"])) == (CARD, "ZARGHUNA KHAN", 2)
        assert told["consents"][0]["body"] == "pk:org:oep" and "SOMEBODY ELSE" not in json.dumps(told)
        assert client.get(reverse("candidates.export_file")).status_code == 200

    def test_holds_what_was_merged_into_it_the_profile_and_the_visits(self, client):
        someone, who, file = own()
        _second, gone = make.file(tests=("JFT_BASIC",), name="ZARGHUNA K")
        with unit_of_work("tests.merge", actor=NODE, at=AT) as unit:
            gone.merged_into = file
            unit.about(unit.save(gone))
            unit.add(CounterVisit(file=gone, body="OEC", officer=gone.person_id, begun_at=AT, until=AT))
        actions.publish_profile(actor=who, **PROFILE, at=AT)
        sign_in_as(client, someone)
        told = json.loads(client.get(reverse("candidates.export_file"), {"format": "json"}).content)
        assert [one["name"] for one in told["merged_files"]] == ["ZARGHUNA K"]
        assert [one["exam"] for one in told["tests"]] == ["JFT_BASIC"]
        assert [one["text"] for one in told["profile"]] == [PROFILE["text"]]
        assert [one["body"] for one in told["visits"]] == ["OEC"]

    def test_is_a_workers_own(self, client):
        own()
        sign_in_as(client, worker())
        assert client.get(reverse("candidates.export_file"), {"format": "json"}).status_code == 404


class TestErasing:
    def test_leaves_no_name_number_or_paper_anywhere(self, client, django_capture_on_commit_callbacks):
        someone, who, file = own()
        make.pass_tests(file, ("JFT_BASIC",))
        paper = actions.put_in_paper(actor=who, kind="photo", name="me.png", content=b"\x89PNG\r\n\x1a\n my face", at=AT)
        actions.correct_file(actor=who, told=make.facts(passport_no=file.passport_no, birthplace="Swat"), at=AT)
        actions.publish_profile(actor=who, **PROFILE, at=AT)
        place = place_of(paper.stored.hash)
        assert place.is_file()
        sign_in_as(client, someone)
        with django_capture_on_commit_callbacks(execute=True):
            assert client.post(reverse("candidates.erase_file")).status_code == 422
            assert client.post(reverse("candidates.erase_file"), {"sure": "yes"}).status_code == 302
        assert not place.exists()
        row = File.objects.get(pk=file.pk)
        assert (row.name, row.cnic, row.passport_no, row.name_keys, row.birth_date.year) == ("", "", None, [], 1900)
        gone = Person.objects.get(pk=someone.pk)
        assert (gone.name, gone.phone, gone.identity, gone.is_active) == ("", None, None, False)
        assert not FilePaper.objects.exists() and not TalentProfile.objects.exists() and not row.changes.exists()
        assert Qualification.objects.get().file == row
        with connection.cursor() as cursor:
            cursor.execute("select row_to_json(f)::text from candidates_file f")
            assert "ZARGHUNA" not in cursor.fetchone()[0]
        assert client.get(reverse("candidates.see_file")).status_code == 302

    def test_lets_the_same_person_begin_anew(self):
        _someone, who, _file = own()
        actions.erase_file(actor=who, at=AT)
        again = worker("0300 1234567", CARD)
        assert actions.open_file(actor=actor_for(again, None), told=make.facts(), at=AT).cnic == CARD

    def test_takes_a_file_that_was_merged_into_it_along(self):
        _someone, who, file = own()
        second = make.file(tests=(), name="ZARGHUNA K")[1]
        with unit_of_work("tests.merge", actor=NODE, at=AT) as unit:
            second.merged_into = file
            unit.about(unit.save(second))
        actions.erase_file(actor=who, at=AT)
        assert set(File.objects.values_list("name", "cnic", "person__name")) == {("", "", "")}

    def test_a_merged_file_that_is_held_is_counted_on_the_pages_too(self, client):
        someone, who, file = own()
        _who, case = placements.applied(at=AT)
        gone = File.objects.get(pk=case.file_id)
        with unit_of_work("tests.merge", actor=NODE, at=AT) as unit:
            gone.merged_into = file
            unit.about(unit.save(gone))
        assert refused(actions.erase_file, actor=who, at=AT) == ["held_by_case"]
        sign_in_as(client, someone)
        for name in ("erase_file", "export_file"):
            assert "applications and cases" in client.get(reverse(f"candidates.{name}")).content.decode()

    def test_empties_the_rows_of_lists_that_name_the_person(self):
        _someone, who, _file = own()
        desk, told = actor("training_desk", "pk:org:school"), lists.rows(3)
        told[0][4], told[2][5] = CARD, "31/02/1999"
        row = lists.handed_in(desk, told)
        actions.take_list(actor=desk, list_id=row.pk, agreed=True, leave_out=True, at=AT)
        assert ListRow.objects.exclude(told=None).count() == 2
        actions.erase_file(actor=who, at=AT)
        assert list(ListRow.objects.exclude(told=None).values_list("line", flat=True)) == [4]
        assert ListRow.objects.get(line=2).cnic_index is None

    def test_waits_while_a_case_rests_on_it_and_says_so(self, client):
        who, case = placements.applied(at=AT)
        with pytest.raises(Refused) as wrong:
            actions.erase_file(actor=who, at=AT)
        assert [(one.code, dict(one.about)) for one in wrong.value.refusals] == [
            ("held_by_case", {"what": ["held_cases"], "count": 1})
        ]
        assert File.objects.get(pk=case.file_id).name
        sign_in_as(client, Person.objects.get(pk=who.person))
        assert "applications and cases" in client.get(reverse("candidates.erase_file")).content.decode()

    def test_a_paper_two_people_have_stays_for_the_other(self, django_capture_on_commit_callbacks):
        _someone, who, _file = own()
        other, _ = make.file(tests=())
        told = {"kind": "degree", "name": "d.pdf", "content": b"%PDF-1.4 the same", "at": AT}
        actions.put_in_paper(actor=who, **told)
        kept = actions.put_in_paper(actor=other, **told)
        with django_capture_on_commit_callbacks(execute=True):
            actions.erase_file(actor=who, at=AT)
        assert place_of(kept.stored.hash).is_file()


class TestTerms:
    def test_drafts_and_listed_files_nobody_looked_over_end_and_others_stay(self):
        desk = actor("training_desk", "pk:org:school")
        row = lists.handed_in(desk, lists.rows(3))
        actions.take_list(actor=desk, list_id=row.pk, agreed=True, at=AT)
        confirmed, with_test, _unused = File.objects.order_by("name")
        actions.confirm_file(actor=actor_for(confirmed.person, None), at=AT)
        make.pass_tests(with_test, ("JFT_BASIC",))
        actions.keep_draft(actor=actor_for(worker(), None), told={"name": "Z"}, at=AT)
        early = AT + dt.timedelta(days=80)
        assert actions.end_terms(actor=NODE, at=early) == 0
        assert actions.end_terms(actor=NODE, at=AT + dt.timedelta(days=92)) == 1
        assert not FileDraft.objects.exists() and not File.objects.filter(name="").exists()
        assert actions.end_terms(actor=NODE, at=AT + dt.timedelta(days=182)) == 1
        assert set(File.objects.exclude(name="")) == {confirmed, with_test}

    def test_lists_nobody_took_in_are_taken_back_and_rows_left_out_are_emptied(self):
        desk, told = actor("training_desk", "pk:org:school"), lists.rows(2)
        told[0][4] = "1"
        taken, waiting = lists.handed_in(desk, told), lists.handed_in(desk, lists.rows(2, first=50))
        actions.take_list(actor=desk, list_id=taken.pk, agreed=True, leave_out=True, at=AT)
        assert actions.end_terms(actor=NODE, at=AT + dt.timedelta(days=89)) == 0
        assert PeopleList.objects.get(pk=waiting.pk).state == "list_drafted"
        late = AT + dt.timedelta(days=92)
        assert actions.end_terms(actor=NODE, at=late) == 2
        assert PeopleList.objects.get(pk=waiting.pk).state == "list_withdrawn"
        assert not ListSheet.objects.exists() and not ListRow.objects.exclude(told=None).exists()
        kept = ListRow.objects.filter(of=taken)
        assert list(kept.values_list("fate", flat=True)) == ["wrong", "new"] and "card_wrong" in kept[0].faults
        assert list(report_of(taken)) == [] and actions.end_terms(actor=NODE, at=late) == 0

    def test_the_timetable_ends_all_of_them_and_does_nothing_while_nothing_is_over(self, monkeypatch):
        monkeypatch.setattr("rahdari.domain.candidates.actions.erasing.BATCH", 2)
        desk = actor("training_desk", "pk:org:school")
        row = lists.handed_in(desk, lists.rows(5))
        actions.take_list(actor=desk, list_id=row.pk, agreed=True, at=AT)
        assert end_candidates_terms(at=AT + dt.timedelta(days=170)) == 0
        assert not AuditEntry.objects.filter(verb="candidates.end_terms").exists()
        assert end_candidates_terms(at=AT + dt.timedelta(days=182)) == 5
        assert not File.objects.filter(erased_at=None).exists()


class TestProfiles:
    @pytest.mark.parametrize(("text", "what"), [
        ("I am Zarghuna and write Python.", ["own_name"]), ("میں زرغونہ ہوں", ["own_name"]), ("Daughter of KARIM", ["own_name"]),
        ("Call 0300 1234567", ["number"]), ("فون ۰۳۰۰۱۲۳۴۵۶۷", ["number"]), ("me@example.invalid", ["address"]),
        ("see www.mine or github.com/x", ["address"]), ("I live in Ahmadpur East", ["town"]), ("Python, Go, 4 years, C++ 20", []),
        ("Ten years of Java; cut build times from 90 to 12 minutes.", []), ("zarghuna@x Ahmadpur East 1234567", ["own_name", "number", "address", "town"]),
    ])  # fmt: skip
    def test_name_nobody(self, text, what):
        names, towns = ["ZARGHUNA GUL", "زرغونہ گل", "KARIM", "AL"], ["Ahmadpur East", "احمد پور شرقیہ"]
        assert [one.about["what"] for one in why_identifying([text], names=names, towns=towns)] == [
            f"identifying_{one}" for one in what
        ]

    def test_holds_half_a_year_is_renewed_under_its_number_and_hidden(self):
        _someone, who, _file = own()
        first = actions.publish_profile(actor=who, **PROFILE, at=AT)
        assert first.until == dt.date(2027, 5, 26)
        second = actions.publish_profile(actor=who, **PROFILE | {"text": "More."}, at=AT + dt.timedelta(days=30))
        assert (second.pk, second.number) == (first.pk, first.number) and second.until > first.until
        actions.hide_profile(actor=who, at=AT)
        assert refused(actions.hide_profile, actor=who, at=AT) == ["no_profile"]

    @pytest.mark.parametrize(("changed", "code"), [
        ({"text": "I am zarghuna"}, "identifying_text"), ({"skills": ["0300 1234567"]}, "identifying_text"),
        ({"text": " "}, "profile_empty"), ({"years": 61}, "years_wrong"), ({"district": "PK000"}, "district_unknown"),
    ])  # fmt: skip
    def test_refuses(self, changed, code):
        _someone, who, _file = own()
        assert refused(actions.publish_profile, actor=who, **PROFILE | changed, at=AT) == [code]

    def test_the_desk_sees_what_holds_and_never_whose_it_is(self, client):
        someone, who, file = own()
        actions.publish_profile(actor=who, **PROFILE, district="PK101", at=dt.datetime.now(dt.UTC))
        sign_in(client, "oec_officer")
        page = client.get(reverse("candidates.see_profiles")).content.decode()
        assert PROFILE["text"] in page and "Bagh" in page
        for secret in (file.name, file.father_name, str(file.pk), str(file.pseudonym), str(someone.pk), CARD):
            assert secret not in page
        assert PROFILE["text"] not in client.get(reverse("candidates.see_profiles"), {"work": "9"}).content.decode()
        actions.erase_file(actor=who, at=AT)
        assert PROFILE["text"] not in client.get(reverse("candidates.see_profiles")).content.decode()

    def test_the_page_of_the_person(self, client):
        someone, _who, _file = own()
        sign_in_as(client, someone)
        told = PROFILE | {"skills": "Python\nGo", "languages.0.language": "ja", "languages.0.level": "basic"}
        assert client.post(reverse("candidates.publish_profile"), told | {"text": "Zarghuna"}).status_code == 422
        assert client.post(reverse("candidates.publish_profile"), told).status_code == 302
        assert TalentProfile.objects.get().skills == ["Python", "Go"]
        assert client.post(reverse("candidates.hide_profile")).status_code == 302
        assert TalentProfile.objects.get().hidden_at
