"""The pages of exams: sittings for anyone, certificates at two desks, a list that costs the same with thirty rows."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override

from rahdari.base.clock import day_at, now
from rahdari.domain.accounts.models import Person
from rahdari.domain.candidates.actions import give_consent
from rahdari.domain.candidates.models import Qualification
from rahdari.domain.exams import actions
from rahdari.domain.exams.models import Booking, Result, Sitting
from tests.make import candidates
from tests.make import exams as make
from tests.make.people import organisation, sign_in, sign_in_as, worker
from tests.make.two_nodes import two_nodes

pytestmark = pytest.mark.django_db
LANGUAGES = ["en", "ur", "ja"]


@pytest.fixture
def jp(settings):
    settings.RAHDARI_NODE, settings.RAHDARI_PARTNER = "jp", "pk"


def sitting(hours=48):
    return make.sitting("NURSING_CARE_SKILL", at=now(), starts_at=now() + dt.timedelta(hours=hours))


@pytest.mark.parametrize("language", LANGUAGES)
def test_anyone_sees_the_sittings_to_come(client, jp, language):
    made = sitting()
    with override(language):
        page = client.get(reverse("exams.see_sittings")).content.decode()
        assert client.get(reverse("exams.see_sitting", args=[made.pk])).status_code == 200
    assert "Lahore (invented)" in page
    assert f'lang="{language}"' in page


def test_the_list_of_sittings_costs_the_same_with_thirty(client, jp):
    costs = []
    for wanted in (1, 29):
        for number in range(wanted):
            sitting(48 + number)
        client.get(reverse("exams.see_sittings"))
        with CaptureQueriesContext(connection) as asked:
            assert client.get(reverse("exams.see_sittings")).status_code == 200
        costs.append(len(asked))
    assert costs[0] == costs[1]


def test_a_seat_is_offered_until_the_sitting_begins(client, settings):
    corridor = two_nodes(settings)
    with corridor.on("jp"):
        opened = make.sitting("NURSING_CARE_SKILL")
    corridor.exchange(at=make.AT)
    taker, _file = candidates.file(tests=())
    page, booking = (reverse(f"exams.{name}", args=[opened.pk]) for name in ("see_sitting", "book_seat"))
    with time_machine.travel(make.AT, tick=False):
        sign_in_as(client, Person.objects.get(pk=taker.person))
        assert booking in client.get(page).content.decode()
    with time_machine.travel(make.STARTS_AT, tick=False):
        sign_in_as(client, Person.objects.get(pk=taker.person))
        assert booking not in client.get(page).content.decode()
        assert client.post(booking, {}).status_code == 422


@pytest.mark.parametrize(
    ("typed", "currency", "smallest"),
    [
        ("15,000", "PKR", 1_500_000),
        ("۱۵٬۰۰۰", "PKR", 1_500_000),
        ("５，０００", "JPY", 5_000),
        ("30.50", "USD", 3_050),
        ("", "JPY", None),
    ],
)
def test_the_fee_is_typed_in_whole_units_and_left_empty_where_the_test_is_free(client, jp, typed, currency, smallest):
    sign_in(client, "exam_body", make.BODY, node="jp")
    answer = client.post(reverse("exams.open_seats"), opened(fee=typed, currency=currency))
    assert answer.status_code == 302
    assert Sitting.objects.get().fee_amount == smallest


@pytest.mark.parametrize(
    ("typed", "currency"), [("1.5", "JPY"), ("1.500", "PKR"), ("-5", "PKR"), ("Rs 500", "PKR"), ("五千", "JPY")]
)
def test_a_fee_that_is_no_amount_opens_nothing_and_stays_as_it_was_typed(client, jp, typed, currency):
    sign_in(client, "exam_body", make.BODY, node="jp")
    answer = client.post(reverse("exams.open_seats"), opened(fee=typed, currency=currency))
    assert answer.status_code == 422 and f'value="{typed}"' in answer.content.decode()
    assert not Sitting.objects.exists()


def opened(**told):
    """What an examiner types to open the seats of a sitting."""
    starts = now() + dt.timedelta(days=20)
    return {
        "exam": make.SKILL, "field": "NURSING_CARE", "venue": "Lahore (invented)", "starts_at": starts.strftime("%Y-%m-%dT%H:%M"),
        "seats": "2", "booking_until": (starts - dt.timedelta(days=2)).date().isoformat(), "payer": "worker", "basis": make.BASIS,
    } | told  # fmt: skip


def test_an_empty_roster_says_so(client, jp):
    made = sitting()
    sign_in(client, "exam_body", make.BODY, node="jp")
    page = client.get(reverse("exams.see_roster", args=[made.pk]))
    assert page.status_code == 200
    assert "Nobody is booked yet" in page.content.decode()


def scan():
    return SimpleUploadedFile("certificate.pdf", b"%PDF-1.4\n% invented\n")


def test_a_certificate_goes_from_the_school_to_the_protector(client):
    someone, file = candidates.file(tests=(), at=now())
    organisation("TRAINING_BODY", "pk:org:school")
    give_consent(actor=someone, purpose="show_file", body="pk:org:school", at=now())
    sign_in(client, "training_desk", "pk:org:school")
    place, today = reverse("exams.record_certificate"), str(day_at(now(), "pk"))
    assert f'value="{file.pk}"' in client.get(place).content.decode()
    typed = {
        "file_id": str(file.pk), "exam": "NURSING_CARE_SKILL", "field": "NURSING_CARE", "on": today, "certificate_no": "C-7",
        "paper.issuer": "Hoshi Tests (invented)", "paper.received_on": today, "paper.number": "",
    }  # fmt: skip
    wrong = client.post(place, typed)
    assert wrong.status_code == 422
    assert "The scan of the paper is missing." in wrong.content.decode()
    assert 'value="C-7"' in wrong.content.decode()
    assert client.post(place, typed | {"paper.scan": scan()}).status_code == 302
    result = Result.objects.get()
    shown = client.get(reverse("exams.see_certificate", args=[result.pk])).content.decode()
    assert "C-7" not in shown.partition("<h1>")[2]

    client.logout()
    sign_in(client, "protector")
    check = reverse("exams.check_certificate", args=[result.pk])
    assert "C-7" not in client.get(check).content.decode()
    assert client.post(check, {"certificate_no": "C-8"}).status_code == 422
    assert client.post(check, {"certificate_no": "C-7", "seen": result.version}).status_code == 302
    assert Qualification.objects.get().source == "paper"


def test_a_person_without_a_file_is_told_that_there_is_nothing(client, settings):
    settings.RAHDARI_NODE = "jp"
    made = sitting()
    settings.RAHDARI_NODE = "pk"
    sign_in_as(client, worker())
    assert client.post(reverse("exams.book_seat", args=[made.pk]), {}).status_code == 404


def test_a_worker_waits_for_a_seat_and_gives_it_back_through_the_pages(client, settings):
    corridor = two_nodes(settings)
    with corridor.on("jp"):
        opened = make.sitting("NURSING_CARE_SKILL", seats=1, starts_at=now() + dt.timedelta(days=30), at=now())
    corridor.exchange(at=now())
    holder, waits = (candidates.file(tests=(), at=now())[0] for _ in range(2))
    held = actions.book_seat(actor=holder, sitting_id=opened.pk, at=now())
    sign_in_as(client, Person.objects.get(pk=waits.person))
    page = client.get(reverse("exams.see_sitting", args=[opened.pk])).content.decode()
    wait = reverse("exams.wait_for_seat", args=[opened.pk])
    assert wait in page and reverse("exams.book_seat", args=[opened.pk]) not in page
    assert client.post(wait, {}).status_code == 302
    assert "waits for a seat" in client.get(reverse("exams.see_sittings")).content.decode()
    assert client.get(reverse("exams.see_booking", args=[held.pk])).status_code == 404
    client.logout()
    sign_in_as(client, Person.objects.get(pk=holder.person))
    cancel = reverse("exams.cancel_seat", args=[held.pk])
    assert client.get(cancel).status_code == 200
    assert client.post(cancel, {"seen": held.version}).status_code == 302
    assert Booking.objects.get(person__in=[one.person for one in Booking.objects.exclude(pk=held.pk)]).state == "seat_booked"


def test_after_a_fail_the_next_seats_stand_beside_it(client, settings):
    failed = make.result_on_both(at=now())
    settings.RAHDARI_NODE, settings.RAHDARI_PARTNER = "jp", "pk"
    again = make.sitting("NURSING_CARE_SKILL", starts_at=now() + dt.timedelta(days=40), at=now())
    settings.RAHDARI_NODE, settings.RAHDARI_PARTNER = "pk", "jp"
    sign_in_as(client, failed.file.person)
    page = client.get(reverse("exams.see_sittings")).content.decode()
    assert "Next seats" in page and page.count(reverse("exams.see_sitting", args=[again.pk])) == 2
    mine = client.get(reverse("exams.see_booking", args=[failed.booking_id])).content.decode()
    assert reverse("exams.see_sitting", args=[again.pk]) in mine
