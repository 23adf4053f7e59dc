"""The pages of a service from home in a real browser: three languages, the worker's phone and the client's desk."""

from __future__ import annotations

import pytest
from django.test import Client

from rahdari.domain.accounts.models import Person
from tests.browser.conftest import enter, look_at
from tests.make.one_service import Side, at_the_clients, at_the_workers
from tests.make.people import bodies, sign_in, sign_in_as

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.sure]


def entered(page, side: Side) -> str:
    client = Client()
    sign_in_as(client, Person.objects.get(pk=side.me.person))
    enter(page, client)
    return f"terms/{side.case_id}/"


def test_the_offer_is_read_and_signed_on_a_phone(page):
    side = at_the_workers("offered")
    place = entered(page, side)
    look_at(page, {"line": f"cases/{side.case_id}/line/", "offer": place, "agree": f"{place}service/agree/"})


def test_milestones_that_are_late_are_seen_by_the_worker_and_the_officer(page):
    side = at_the_workers("late")
    place = entered(page, side)
    one, other = (f"terms/milestones/{side.milestone(number).pk}/" for number in (1, 2))
    look_at(page, {"contract": place, "late": one, "deliver": f"{other}deliver/", "end": f"{place}service/end/"})
    officer = Client()
    sign_in(officer, "contact_point_pk")
    enter(page, officer)
    look_at(page, {"officer": one, "take-up": f"{one}late/"})


def test_the_clients_pages_are_accessible_and_fit_a_phone(page, on_jp):
    bodies("jp")
    side = at_the_clients("invited")
    place = entered(page, side)
    look_at(page, {"case": f"cases/{side.case_id}/", "to-offer": f"{place}service/"})


def test_the_client_looks_at_what_was_delivered_and_pays(page, on_jp):
    bodies("jp")
    side = at_the_clients("late")
    place, one = entered(page, side), f"terms/milestones/{side.milestone().pk}/"
    look_at(page, {"to-pay": one, "pay": f"{one}pay/", "give-back": f"{one}return/", "signed": place})
