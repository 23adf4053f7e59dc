"""The desk of a training centre: courses, cohorts, attendance, completion; one's own centre alone."""

from __future__ import annotations

import datetime as dt
from uuid import uuid4

import pytest
from django.urls import reverse

from rahdari.base.actor import machine
from rahdari.base.refusal import Refused
from rahdari.base.work import Missing
from rahdari.domain.accounts.actions import seed_demonstration
from rahdari.domain.candidates import actions
from rahdari.domain.candidates.models import Attendance, Cohort, File, Likeness, Trainee
from rahdari.domain.candidates.queries.training import trainee_for
from rahdari.project.reactions import react
from tests.make import candidates as make
from tests.make import people_lists as lists
from tests.make.people import actor, sign_in

pytestmark = pytest.mark.django_db
AT, SCHOOL = make.AT, "pk:org:school"
TODAY = AT.date()
DAYS = {"starts_on": TODAY - dt.timedelta(days=10), "last_on": TODAY + dt.timedelta(days=10)}


def refused(act, **told):
    with pytest.raises(Refused) as wrong:
        act(**told)
    return [(one.code, one.about.get("hours")) if one.code == "hours_missing" else one.code for one in wrong.value.refusals]


@pytest.fixture
def desk():
    return actor("training_desk", SCHOOL)


def cohort(desk, seats=10, hours=4, title="Japanese (invented)"):
    course = actions.open_course(actor=desk, title=title, hours=hours, field="NURSING_CARE", aim="N4", at=AT)
    return actions.open_cohort(actor=desk, course_id=course.pk, **DAYS, seats=seats, demand="Demand 1 (invented)", at=AT)


def with_people(desk, count=3, **told):
    made = cohort(desk, **told)
    row = lists.handed_in(desk, lists.rows(count))
    actions.take_list(actor=desk, list_id=row.pk, agreed=True, at=AT)
    return actions.add_trainees(actor=desk, cohort_id=made.pk, list_id=row.pk, at=AT), row


class TestCohorts:
    @pytest.mark.parametrize(("changed", "code"), [
        ({"last_on": TODAY - dt.timedelta(days=11)}, "cohort_ends_before"), ({"last_on": TODAY - dt.timedelta(days=1)}, "cohort_over"),
        ({"seats": 0}, "cohort_seats_missing"), ({"demand": " "}, "demand_behind_missing"),
    ])  # fmt: skip
    def test_need_days_seats_and_a_demand_behind_them(self, desk, changed, code):
        course = actions.open_course(actor=desk, title="C (invented)", hours=4, at=AT)
        told = DAYS | {"seats": 3, "demand": "D"} | changed
        assert code in refused(actions.open_cohort, actor=desk, course_id=course.pk, **told, at=AT)

    def test_a_course_is_there_once_and_has_hours(self, desk):
        cohort(desk)
        told = {"actor": desk, "title": "Japanese (invented)", "at": AT}
        assert refused(actions.open_course, **told, hours=0) == ["course_hours_wrong", "course_there"]

    def test_take_whom_a_list_brought_once_and_no_more_than_there_are_seats(self, desk):
        made, row = with_people(desk)
        assert Trainee.objects.count() == 3
        assert refused(actions.add_trainees, actor=desk, cohort_id=made.pk, list_id=row.pk, at=AT) == ["nobody_to_join"]
        small = cohort(desk, seats=2, title="Small (invented)")
        assert refused(actions.add_trainees, actor=desk, cohort_id=small.pk, list_id=row.pk, at=AT) == ["cohort_full"]

    def test_take_a_person_only_by_their_consent(self, desk):
        made = cohort(desk)
        who, file = make.file(tests=())
        assert refused(actions.add_trainees, actor=desk, cohort_id=made.pk, file_id=file.pk, at=AT) == ["nobody_to_join"]
        actions.give_consent(actor=who, purpose="show_file", body=SCHOOL, at=AT)
        actions.add_trainees(actor=desk, cohort_id=made.pk, file_id=file.pk, at=AT)
        assert Trainee.objects.get().file == file

    def test_a_list_of_another_centre_brings_nobody(self, desk):
        _made, row = with_people(desk)
        other = actor("training_desk", "pk:org:other-school")
        theirs = cohort(other)
        assert refused(actions.add_trainees, actor=other, cohort_id=theirs.pk, list_id=row.pk, at=AT) == ["nobody_to_join"]
        assert refused(actions.add_trainees, actor=other, cohort_id=_made.pk, list_id=row.pk, at=AT) == ["not_own_list"]


class TestAttendance:
    def test_is_added_up_and_put_right_by_recording_the_day_again(self, desk):
        made, _row = with_people(desk)
        first, second, _third = Trainee.objects.order_by("id")
        told = {"actor": desk, "cohort_id": made.pk, "at": AT}
        actions.record_attendance(**told, on=TODAY, minutes=120, present=[first.pk, second.pk, first.pk])
        actions.record_attendance(**told, on=TODAY - dt.timedelta(days=1), minutes=90, present=[first.pk])
        assert list(Trainee.objects.order_by("id").values_list("minutes", flat=True)) == [210, 120, 0]
        actions.record_attendance(**told, on=TODAY, minutes=60, present=[second.pk])
        assert list(Trainee.objects.order_by("id").values_list("minutes", flat=True)) == [90, 60, 0]
        assert Attendance.objects.count() == 2

    @pytest.mark.parametrize(("changed", "code"), [
        ({"on": TODAY + dt.timedelta(days=1)}, "date_in_future"), ({"on": TODAY - dt.timedelta(days=11)}, "day_outside_cohort"),
        ({"minutes": 721}, "minutes_wrong"), ({"present": [uuid4()]}, "not_in_cohort"), ({"seen": 1}, "stale"),
    ])  # fmt: skip
    def test_refuses_what_cannot_be(self, desk, changed, code):
        made, _row = with_people(desk)
        told = {"on": TODAY, "minutes": 60, "present": []} | changed
        assert refused(actions.record_attendance, actor=desk, cohort_id=made.pk, **told, at=AT) == [code]


class TestCompletion:
    def test_needs_the_hours(self, desk):
        made, _row = with_people(desk)
        one = Trainee.objects.order_by("id").first()
        actions.record_attendance(actor=desk, cohort_id=made.pk, on=TODAY, minutes=121, present=[one.pk], at=AT)
        assert refused(actions.record_completion, actor=desk, trainee_id=one.pk, on=TODAY, at=AT) == [("hours_missing", 2)]
        actions.record_attendance(
            actor=desk, cohort_id=made.pk, on=TODAY - dt.timedelta(days=1), minutes=119, present=[one.pk], at=AT
        )
        actions.record_completion(actor=desk, trainee_id=one.pk, on=TODAY, at=AT)
        assert refused(actions.record_completion, actor=desk, trainee_id=one.pk, on=TODAY, at=AT) == ["wrong_state"]
        assert refused(actions.leave_training, actor=desk, trainee_id=one.pk, at=AT) == ["wrong_state"]

    def test_who_left_may_come_back_and_no_other_centre_decides(self, desk):
        with_people(desk)
        one = Trainee.objects.order_by("id").first()
        assert actions.leave_training(actor=desk, trainee_id=one.pk, at=AT).state == "left_training"
        assert actions.leave_training(actor=desk, trainee_id=one.pk, at=AT).state == "in_training"
        with pytest.raises(Missing):
            actions.leave_training(actor=actor("training_desk", "pk:org:other-school"), trainee_id=one.pk, at=AT)


def test_the_trainee_of_another_centre_is_not_found(client, desk):
    with_people(desk)
    one = Trainee.objects.order_by("id").first()
    assert trainee_for(desk, one.pk) == one
    with pytest.raises(Missing):
        trainee_for(actor("training_desk", "pk:org:other-school"), one.pk)
    sign_in(client, "training_desk", SCHOOL)
    answer = client.post(reverse("candidates.record_completion", args=[one.pk]))
    assert answer["Location"] == reverse("candidates.see_cohort", args=[one.cohort_id])


def test_the_pages_from_a_course_to_its_completion(client, desk):
    sign_in(client, "training_desk", SCHOOL)
    today = dt.datetime.now(dt.timezone(dt.timedelta(hours=5))).date()
    assert client.post(reverse("candidates.open_course"), {"title": "Care (invented)", "hours": "۱"}).status_code == 302
    page = client.get(reverse("candidates.see_training")).content.decode()
    course = page.split("training/courses/")[2].split("/")[0]
    told = {"starts_on": str(today - dt.timedelta(days=1)), "last_on": str(today), "seats": "5", "demand": "D 1"}
    assert client.post(reverse("candidates.open_cohort", args=[course]), told)["Location"].endswith(f"{Cohort.objects.get().pk}/")
    made = Cohort.objects.get()
    row = lists.handed_in(desk, lists.rows(2))
    actions.take_list(actor=desk, list_id=row.pk, agreed=True, at=AT)
    assert client.post(reverse("candidates.add_trainees", args=[made.pk]), {"list_id": str(row.pk)}).status_code == 302
    one = Trainee.objects.get(file=File.objects.get(name="Zarghuna Afridi"))
    day = {"on": str(today), "minutes": "60", "present": [str(one.pk)], "version": str(Cohort.objects.get().version)}
    assert client.post(reverse("candidates.record_attendance", args=[made.pk]), day).status_code == 302
    assert client.post(reverse("candidates.record_attendance", args=[made.pk]), day).status_code == 409
    assert client.post(reverse("candidates.record_completion", args=[one.pk])).status_code == 302
    assert Trainee.objects.get(pk=one.pk).state == "completed"
    assert "Zarghuna Afridi" in client.get(reverse("candidates.see_cohort", args=[made.pk])).content.decode()
    client.force_login(one.file.person)
    assert "Care (invented)" in client.get(reverse("candidates.export_file")).content.decode()


def test_the_demonstration_has_trainees_once_and_a_pair_to_judge():
    seed_demonstration(actor=machine("pk", "command"), at=AT)
    assert actions.seed_candidates(actor=machine("pk", "command"), at=AT) == 6
    assert actions.seed_candidates(actor=machine("pk", "command"), at=AT) == 0
    react()
    assert (Likeness.objects.count(), Trainee.objects.filter(minutes__gt=0).count()) == (1, 5)
