"""The examiner's door, signs of fraud and a worker's seat in a real browser: three languages, a phone and a desk."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client

from rahdari.base.clock import now
from rahdari.domain.accounts.models import Person
from rahdari.domain.exams import actions
from tests.browser.conftest import enter, look_at
from tests.make import candidates
from tests.make import exams as make
from tests.make.exchange import Corridor
from tests.make.people import sign_in, sign_in_as

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.sure
def test_the_examiners_pages_are_accessible_and_fit_a_phone(page, settings):
    settings.RAHDARI_NODE, settings.RAHDARI_PARTNER = "jp", "pk"
    sign = make.fraud_sign(at=now() - dt.timedelta(days=20))
    opened = make.sitting("NURSING_CARE_SKILL", starts_at=now() + dt.timedelta(hours=2), at=now())
    bookings = [make.told_booking(opened, name=f"INVENTED PERSON {one}", at=now()) for one in "AB"]
    told = {"sitting_id": opened.pk, "number": bookings[0].number, "door": "door_turned_away", "reason": "another_face"}
    actions.check_identity(actor=make.examiner(), **told, at=now())
    voiding = make.voiding(at=now() - dt.timedelta(days=40))
    client = Client()
    sign_in(client, "exam_body", make.BODY, node="jp")
    enter(page, client)
    look_at(
        page,
        {
            "door": f"exams/{opened.pk}/door/", "sitting": f"exams/{opened.pk}/", "signs": "exams/signs/", "sign": f"exams/signs/{sign.pk}/",
            "voiding": f"exams/voids/{voiding.pk}/", "open": "exams/open/", "keys": "exams/keys/", "result": f"exams/results/{voiding.results.get().result_id}/",
        },
    )  # fmt: skip


@pytest.mark.sure
def test_a_workers_pages_and_the_public_ones_are_accessible_and_fit_a_phone(page, settings):
    settings.RAHDARI_NODE, settings.RAHDARI_PARTNER = "jp", "pk"
    opened = make.sitting("NURSING_CARE_SKILL", starts_at=now() + dt.timedelta(days=20), at=now())
    settings.RAHDARI_NODE, settings.RAHDARI_PARTNER = "pk", "jp"
    Corridor(settings)
    worker, _file = candidates.file(tests=(), at=now())
    booking = actions.book_seat(actor=worker, sitting_id=opened.pk, at=now())
    client = Client()
    sign_in_as(client, Person.objects.get(pk=worker.person))
    places = {
        "sittings": "exams/",
        "seat": f"exams/seats/{booking.pk}/",
        "cancel": f"exams/seats/{booking.pk}/cancel/",
        "verify": "exams/certificates/verify/",
    }
    enter(page, client)
    look_at(page, places)


def test_a_person_is_let_in_at_the_door_with_two_touches(page, settings):
    settings.RAHDARI_NODE, settings.RAHDARI_PARTNER = "jp", "pk"
    opened = make.sitting("NURSING_CARE_SKILL", starts_at=now() + dt.timedelta(hours=2), at=now())
    booking = make.told_booking(opened, name="INVENTED PERSON", at=now())
    client = Client()
    sign_in(client, "exam_body", make.BODY, node="jp")
    enter(page, client)
    page.goto(f"/en/exams/{opened.pk}/door/?q=invented")
    page.get_by_role("button", name="Face and passport are this person").click()
    page.get_by_text("Noted.").wait_for()
    booking.refresh_from_db()
    assert booking.door == "door_checked"
