"""One's own file on a phone in Urdu, and the desks that work with files: readable, reachable, nothing overflows."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from rahdari.base.clock import now
from rahdari.domain.accounts.models import Person
from rahdari.domain.candidates import actions
from rahdari.domain.candidates.models import Likeness
from rahdari.project.reactions import react
from tests.browser.conftest import axe_faults, enter, overflow, shot
from tests.make import candidates as make
from tests.make import people_lists as lists
from tests.make.people import actor, sign_in, sign_in_as, worker

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.sure]
PHONE, DESK = {"width": 360, "height": 740}, {"width": 1440, "height": 900}


def looked_at(page, address: str, language: str, size: dict[str, int], name: str) -> None:
    page.set_viewport_size(size)
    page.goto(address.replace("/en/", f"/{language}/", 1))
    shot(page, f"{name}.{language}.{size['width']}")
    assert overflow(page) == 0
    assert axe_faults(page) == []


def test_the_way_to_ones_own_file_on_a_phone(page):
    client, someone = Client(), worker(identity="17301-5550000-4", name="Zarghuna")
    sign_in_as(client, someone)
    enter(page, client)
    looked_at(page, "/en/file/guide/name/", "ur", PHONE, "guide-name")
    page.fill("[name='told.name']", "Zarghuna")
    page.fill("[name='told.name_urdu']", "زرغونہ")
    page.click("main button.btn")
    page.fill("[name='told.father_name']", "Karim Khan")
    page.click("main button.btn")
    page.fill("[name='told.birth_date']", "2001-03-14")
    page.select_option("[name='told.sex']", "F")
    page.click("main button.btn")
    looked_at(page, "/en/file/guide/passport/", "ur", PHONE, "guide-passport")
    page.click("main button.btn")
    looked_at(page, "/en/file/guide/check/", "ur", PHONE, "guide-check")
    page.click("main button.btn")
    page.wait_for_url("**/ur/file/")
    who = make.file(worker(), at=now())[0]
    client = Client()
    sign_in_as(client, Person.objects.get(pk=who.person))
    enter(page, client)
    actions.put_in_paper(actor=who, kind="degree", name="degree.png", content=b"\x89PNG\r\n\x1a\n", at=now())
    looked_at(page, "/en/file/", "ur", PHONE, "file")
    looked_at(page, "/en/file/data/", "ur", PHONE, "data")
    looked_at(page, "/en/file/data/erase/", "ur", PHONE, "erase")
    looked_at(page, "/en/file/profile/publish/", "ur", PHONE, "profile")
    looked_at(page, "/en/file/", "ja", DESK, "file")


def test_the_desks_that_work_with_files(page):
    client, school = Client(), "pk:org:school"
    sign_in(client, "training_desk", school)
    enter(page, client)
    desk, today = actor("training_desk", school), now().date()
    told = lists.rows(6)
    told[1][5] = "31/02/1999"
    row = lists.handed_in(desk, told, at=now())
    looked_at(page, reverse("candidates.see_list", args=[row.pk]), "ja", DESK, "list")
    looked_at(page, reverse("candidates.see_list", args=[row.pk]), "ur", PHONE, "list")
    actions.take_list(actor=desk, list_id=row.pk, agreed=True, leave_out=True, at=now())
    course = actions.open_course(
        actor=desk, title="Japanese for care (invented)", hours=1, field="NURSING_CARE", aim="N4", at=now()
    )
    days = {"starts_on": today - dt.timedelta(days=5), "last_on": today + dt.timedelta(days=5)}
    cohort = actions.open_cohort(actor=desk, course_id=course.pk, **days, seats=9, demand="D 1 (invented)", at=now())
    actions.add_trainees(actor=desk, cohort_id=cohort.pk, list_id=row.pk, at=now())
    looked_at(page, "/en/file/training/", "ja", DESK, "training")
    looked_at(page, reverse("candidates.see_cohort", args=[cohort.pk]), "ur", PHONE, "cohort")
    looked_at(page, reverse("candidates.record_attendance", args=[cohort.pk]), "ja", DESK, "attendance")
    like = {"father_name": "TARIQ KHAN", "birth_date": "1999-04-03", "sex": "M"}
    make.file(worker(), at=now(), tests=(), name="BILAL AHMED KHAN", **like)
    make.file(worker(), at=now(), tests=(), name="BELAL AHMAD KHAN", name_urdu="بلال احمد خان", **like)
    react()
    client = Client()
    sign_in(client, "protector")
    enter(page, client)
    looked_at(page, "/en/file/alike/", "ja", DESK, "likenesses")
    looked_at(page, reverse("candidates.see_likeness", args=[Likeness.objects.first().pk]), "ja", DESK, "likeness")
    looked_at(page, reverse("candidates.see_likeness", args=[Likeness.objects.first().pk]), "ur", PHONE, "likeness")
    client = Client()
    sign_in(client, "oec_counter")
    enter(page, client)
    looked_at(page, "/en/file/counter/", "ur", DESK, "counter")
