"""A centre's list: read and checked row by row, taken in whole, looked over by each person, taken back while nobody used it."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse

from rahdari.base.models import AuditEntry
from rahdari.base.refusal import Refused
from rahdari.base.work import unit_of_work
from rahdari.domain.accounts.models import Person
from rahdari.domain.accounts.queries import actor_for
from rahdari.domain.candidates import actions
from rahdari.domain.candidates.models import Consent, File, Likeness, ListRow, ListSheet, PeopleList, Trainee
from rahdari.domain.candidates.queries import files_visible_to
from rahdari.domain.candidates.queries.lists import report_of
from rahdari.project.reactions import react
from tests.make import candidates as make
from tests.make import people_lists as lists
from tests.make.people import actor, sign_in, worker

pytestmark = pytest.mark.django_db
AT, SCHOOL = make.AT, "pk:org:school"


@pytest.fixture
def desk():
    return actor("training_desk", SCHOOL)


def refused(act, **told):
    with pytest.raises(Refused) as wrong:
        act(**told)
    return [one.code for one in wrong.value.refusals]


def taken(desk, told=None, **more):
    row = lists.handed_in(desk, told)
    return actions.take_list(actor=desk, list_id=row.pk, agreed=True, at=AT, **more)


class TestReading:
    def test_finds_columns_and_checks_every_row(self, desk):
        row = lists.handed_in(desk)
        assert row.targets == [
            "left_out", "name", "name_urdu", "father_name", "cnic", "birth_date", "sex", "phone", "passport_no", "passport_last_on",
        ]  # fmt: skip
        assert row.counts == {"fates": {"new": 4, "known": 0, "wrong": 0}, "faults": {}, "notes": {}}
        assert not Person.objects.filter(staff=False).exists()

    @pytest.mark.parametrize(("column", "value", "code"), [
        (4, "12345", "card_wrong"), (4, "", "card_missing"), (4, "1.73E+12", "number_shortened"), (5, "3/4/1999", "day_ambiguous"),
        (5, "3/4/99", "day_without_century"), (5, "", "birth_date_missing"), (5, "01/01/2025", "birth_cannot_be"),
        (1, "", "name_missing"), (1, "زرغونہ", "name_not_latin"), (1, "=1+1", "cell_formula"), (7, "12", "register_phone_wrong"),
        (8, "12-ZX", "passport_wrong"), (6, "maybe", "sex_word_unknown"), (1, "x" * 200, "cell_too_long"), (4, "#REF!", "cell_error"),
    ])  # fmt: skip
    def test_says_of_each_wrong_row_what_is_wrong_and_where(self, desk, column, value, code):
        told = lists.rows(3)
        told[1][column] = value
        row = lists.handed_in(desk, told)
        wrong = ListRow.objects.get(of=row, fate="wrong")
        assert (wrong.line, code in wrong.faults) == (3, True)
        lines = list(report_of(row))
        assert [line[0] for line in lines] == [3] * len(wrong.faults) and all(line[5] for line in lines)

    def test_a_card_given_twice_is_wrong_on_both_lines(self, desk):
        told = lists.rows(3)
        told[2][4] = told[0][4]
        assert list(ListRow.objects.filter(of=lists.handed_in(desk, told), fate="wrong").values_list("line", flat=True)) == [2, 4]

    def test_a_phone_of_somebody_else_is_left_out_and_said(self, desk):
        told = lists.rows(3)
        worker("0300 0000001")
        told[2][7] = told[1][7]
        row = lists.handed_in(desk, told)
        assert row.counts["notes"] == {"phone_shared": 3} and row.counts["fates"]["new"] == 3

    def test_who_is_registered_already_is_said_and_nothing_of_them(self, desk):
        told = lists.rows(2)
        someone = worker(identity=f"{told[0][4][:5]}-{told[0][4][5:12]}-{told[0][4][12]}", name="Somebody Secret (invented)")
        row = lists.handed_in(desk, told)
        assert row.counts["fates"] == {"new": 1, "known": 1, "wrong": 0}
        assert someone.name not in str(list(report_of(row)))

    def test_cells_are_closed_at_rest_and_gone_afterwards(self, desk):
        row = lists.handed_in(desk)
        with connection.cursor() as cursor:
            cursor.execute("select encode(cells, 'escape') from candidates_listsheet")
            assert "Bugti" not in cursor.fetchone()[0]
            cursor.execute("select encode(told, 'escape') from candidates_listrow")
            assert "Afridi" not in cursor.fetchone()[0]
        actions.withdraw_list(actor=desk, list_id=row.pk, at=AT)
        assert not ListSheet.objects.exists() and not ListRow.objects.exists()

    @pytest.mark.parametrize(("content", "code"), [
        (b"", "import_file_empty"), (b"%PDF-1.4", "import_no_table"), (b"\xd0\xcf\x11\xe0" + bytes(99), "import_old_excel"),
        (b"PK\x03\x04 no workbook", "import_broken_workbook"), (b"name,cnic\n", "import_no_rows"), (b"x" * (11 * 1024 * 1024), "import_file_too_large"),
    ])  # fmt: skip
    def test_what_is_no_list_is_refused(self, desk, content, code):
        assert refused(actions.draft_list, actor=desk, name="a.csv", content=content, at=AT) == [code]
        assert not PeopleList.objects.exists()

    def test_columns_named_by_a_person_are_remembered(self, desk):
        head = ["Alpha", "Beta", "Gamma"]
        content = lists.csv_of([["Bilal Afridi", "1730155500004", "1999-04-03"]], head)
        row = actions.draft_list(actor=desk, name="a.csv", content=content, at=AT)
        assert refused(actions.take_list, actor=desk, list_id=row.pk, agreed=True, at=AT) == ["import_column_missing"] * 3
        told = {"list_id": row.pk, "targets": ["name", "cnic", "birth_date"]}
        assert actions.map_list(actor=desk, **told, at=AT).counts["fates"]["new"] == 1
        again = actions.draft_list(actor=desk, name="b.csv", content=content, at=AT + dt.timedelta(days=1))
        assert again.targets == ["name", "cnic", "birth_date"]
        assert refused(actions.map_list, actor=desk, list_id=row.pk, targets=["name", "cnic", "cnic"], at=AT) == [
            "import_column_twice", "import_column_missing",
        ]  # fmt: skip


class TestTakingIn:
    def test_gives_each_an_account_and_a_file_to_look_over_and_the_centre_sees_no_file(self, desk):
        row = taken(desk)
        assert (row.state, File.objects.count(), Person.objects.filter(staff=False).count()) == ("list_taken", 4, 4)
        file = File.objects.get(name="Zarghuna Afridi")
        assert (file.source, file.confirmed_at, file.name_urdu) == ("list", None, "زرغونہ بگٹی")
        assert file.person.identity == file.cnic and file.person.phone == "+923000000001"
        assert not Consent.objects.exists() and not files_visible_to(desk, AT)
        assert not ListRow.objects.exclude(told=None).exists()
        entry = AuditEntry.objects.get(verb="candidates.take_list")
        assert entry.facts == {"sha256": row.file_hash, "new": 4, "known": 0, "wrong": 0}

    def test_is_all_or_nothing(self, desk):
        told = lists.rows(4)
        told[1][4] = "1"
        row = lists.handed_in(desk, told)
        assert refused(actions.take_list, actor=desk, list_id=row.pk, at=AT) == ["agreement_missing", "import_rows_wrong"]
        assert not File.objects.exists()
        actions.take_list(actor=desk, list_id=row.pk, agreed=True, leave_out=True, at=AT)
        assert File.objects.count() == 3
        assert list(ListRow.objects.exclude(told=None).values_list("fate", flat=True)) == ["wrong"]

    def test_says_first_that_a_list_is_not_taken_in_any_more(self, desk):
        row = lists.handed_in(desk, lists.rows(1))
        actions.withdraw_list(actor=desk, list_id=row.pk, at=AT)
        assert refused(actions.take_list, actor=desk, list_id=row.pk, at=AT) == ["wrong_state"]

    def test_refuses_when_files_changed_meanwhile_and_a_second_time(self, desk):
        told = lists.rows(2)
        row = lists.handed_in(desk, told)
        worker(identity=f"{told[0][4][:5]}-{told[0][4][5:12]}-{told[0][4][12]}")
        assert refused(actions.take_list, actor=desk, list_id=row.pk, agreed=True, at=AT) == ["list_moved_on"]
        actions.map_list(actor=desk, list_id=row.pk, targets=row.targets, at=AT)
        actions.take_list(actor=desk, list_id=row.pk, agreed=True, at=AT)
        assert refused(actions.take_list, actor=desk, list_id=row.pk, agreed=True, at=AT) == ["wrong_state"]
        assert refused(actions.map_list, actor=desk, list_id=row.pk, targets=row.targets, seen=1, at=AT) == ["stale"]

    def test_compares_each_with_the_files_there_are(self, desk):
        told = lists.rows(1)
        who = actor_for(worker(identity="17302-9000009-8"), None)
        like = {"name": told[0][1].upper(), "father_name": told[0][3], "birth_date": "1980-01-06", "sex": "M"}
        actions.open_file(actor=who, told=make.facts(**like), at=AT)
        taken(desk, told)
        react()
        assert Likeness.objects.get().state == "to_judge"

    def test_another_centre_sees_and_takes_nothing_of_it(self, desk):
        row = lists.handed_in(desk)
        other = actor("training_desk", "pk:org:other-school")
        assert refused(actions.take_list, actor=other, list_id=row.pk, agreed=True, at=AT) == ["not_own_list"]
        assert refused(actions.draft_list, actor=actor("promoter_manager", "pk:org:oep"), name="a", content=b"", at=AT) == [
            "not_permitted"
        ]


class TestTakingBack:
    def test_empties_every_account_and_file(self, desk):
        row = taken(desk)
        react()
        assert refused(actions.undo_list, actor=desk, list_id=row.pk, text=" ", at=AT) == ["reason_missing"]
        actions.undo_list(actor=desk, list_id=row.pk, text="The wrong list.", at=AT)
        assert set(File.objects.values_list("name", "cnic_index").distinct()[0][:1]) == {""}
        assert not File.objects.filter(erased_at=None).exists()
        assert set(Person.objects.filter(staff=False).values_list("is_active", "name", "phone_index")) == {(False, "", None)}
        again = taken(desk)
        assert again.counts["fates"]["new"] == 4

    def test_not_once_somebody_looked_theirs_over(self, desk):
        row = taken(desk)
        someone = Person.objects.get(name="Zarghuna Afridi")
        actions.confirm_file(actor=actor_for(someone, None), at=AT)
        assert refused(actions.undo_list, actor=desk, list_id=row.pk, text="x", at=AT) == ["list_in_use"]

    def test_gives_up_places_nobody_took_but_not_once_somebody_was_taught(self, desk):
        rows = [taken(desk, lists.rows(2)), taken(desk, lists.rows(2, first=50))]
        course = actions.open_course(actor=desk, title="C (invented)", hours=1, at=AT)
        days = {"starts_on": AT.date(), "last_on": AT.date(), "seats": 9, "demand": "D"}
        cohort = actions.open_cohort(actor=desk, course_id=course.pk, **days, at=AT)
        for row in rows:
            actions.add_trainees(actor=desk, cohort_id=cohort.pk, list_id=row.pk, at=AT)
        mine = Trainee.objects.filter(file__listed__of=rows[0]).order_by("id")
        told = {"actor": desk, "cohort_id": cohort.pk, "on": AT.date(), "at": AT}
        actions.record_attendance(**told, minutes=60, present=[mine[0].pk])
        assert refused(actions.undo_list, actor=desk, list_id=rows[0].pk, text="x", at=AT) == ["list_in_use"]
        actions.undo_list(actor=desk, list_id=rows[1].pk, text="x", at=AT)
        assert set(Trainee.objects.all()) == set(mine)
        actions.record_attendance(**told, minutes=0, present=[mine[0].pk])
        actions.undo_list(actor=desk, list_id=rows[0].pk, text="x", at=AT)
        assert not Trainee.objects.exists() and not File.objects.filter(erased_at=None).exists()

    def test_a_completion_stands_without_minutes(self, desk):
        row = taken(desk, lists.rows(1))
        course = actions.open_course(actor=desk, title="C (invented)", hours=1, at=AT)
        days = {"starts_on": AT.date(), "last_on": AT.date(), "seats": 9, "demand": "D"}
        cohort = actions.open_cohort(actor=desk, course_id=course.pk, **days, at=AT)
        actions.add_trainees(actor=desk, cohort_id=cohort.pk, list_id=row.pk, at=AT)
        with unit_of_work("tests.completed", actor=desk, at=AT) as unit:
            one = Trainee.objects.get()
            one.state, one.completed_on = "completed", AT.date()
            unit.about(unit.save(one))
        assert refused(actions.undo_list, actor=desk, list_id=row.pk, text="x", at=AT) == ["list_in_use"]

    def test_not_once_something_rests_on_one(self, desk):
        row = taken(desk)
        make.pass_tests(File.objects.first(), ("JFT_BASIC",))
        assert refused(actions.undo_list, actor=desk, list_id=row.pk, text="x", at=AT) == ["list_in_use"]


class TestPages:
    def test_from_the_file_to_the_files(self, client):
        sign_in(client, "training_desk", SCHOOL)
        told = lists.rows(3)
        told[1][5] = "31/02/1999"
        handed = SimpleUploadedFile("people.csv", lists.csv_of(told), "text/csv")
        answer = client.post(reverse("candidates.draft_list"), {"people": handed})
        row = PeopleList.objects.get()
        assert answer["Location"] == reverse("candidates.see_list", args=[row.pk])
        for name in ("see_list", "see_list_rows", "map_list", "take_list"):
            assert "people.csv" in client.get(reverse(f"candidates.{name}", args=[row.pk])).content.decode()
        report = client.get(reverse("candidates.see_list_report", args=[row.pk])).content.decode()
        assert report.count("\n") == 2 and "31/02/1999" in report
        assert client.post(reverse("candidates.take_list", args=[row.pk]), {"agreed": "on"}).status_code == 422
        client.post(reverse("candidates.take_list", args=[row.pk]), {"agreed": "on", "leave_out": "on"})
        assert File.objects.count() == 2
        assert "people.csv" in client.get(reverse("candidates.see_lists")).content.decode()

    def test_shows_first_cells_beside_the_titles_and_days_as_days(self, client, desk):
        told = lists.rows(2)
        told[1][5] = "2025-01-01"
        sign_in(client, "training_desk", SCHOOL)
        row = lists.handed_in(desk, told)
        page = client.get(reverse("candidates.map_list", args=[row.pk])).content.decode()
        assert "First cells" in page and told[0][1] in page and told[0][3] in page
        shown = client.get(reverse("candidates.see_list_rows", args=[row.pk])).content.decode()
        assert "1 January 2025" in shown and "2025-01-01" not in shown.split("Nobody trained here")[1][:60]

    def test_the_person_is_asked_to_look_it_over(self, client, desk):
        taken(desk)
        client.force_login(Person.objects.get(name="Zarghuna Afridi"))
        assert reverse("candidates.confirm_file") in client.get(reverse("candidates.see_file")).content.decode()
        client.post(reverse("candidates.confirm_file"))
        assert File.objects.get(name="Zarghuna Afridi").confirmed_at
        assert reverse("candidates.confirm_file") not in client.get(reverse("candidates.see_file")).content.decode()
