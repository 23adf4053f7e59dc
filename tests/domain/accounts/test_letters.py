"""How a letter to a person goes: the way, the address, the language, and what is told in it."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse_lazy
from django.utils.translation import get_language

from rahdari.domain.accounts.models import Person
from rahdari.domain.accounts.queries.letters import letter_to

PHONE, MAIL = "+923001234567", "worker@pk.test.invalid"


@pytest.mark.parametrize(
    "phone,email,way,address",
    [(PHONE, None, "sms", PHONE), (PHONE, MAIL, "sms", PHONE), (None, MAIL, "email", MAIL), (None, None, "sms", "")],
)
def test_goes_to_the_phone_and_by_mail_where_there_is_none(phone, email, way, address):
    someone = Person(language="ur", email=email)
    someone.phone = phone
    told = letter_to(someone, {})
    assert told == {"to": someone.pk, "way": way, "address": address, "language": "ur", "values": {}}


@pytest.mark.parametrize(
    "language,day,page",
    [("en", "9 November 2026", "/en/jobs/"), ("ur", "9 نومبر 2026", "/ur/jobs/"), ("ja", "2026年11月9日", "/ja/jobs/")],
)
def test_says_everything_in_the_language_of_the_person_and_leaves_a_number_for_its_plural(language, day, page):
    before = get_language()
    told = {"day": dt.date(2026, 11, 9), "page": reverse_lazy("jobs.see_vacancies"), "count": 2, "number": "RA-1"}
    values = letter_to(Person(language=language), told)["values"]
    assert values == {"day": day, "page": page, "count": 2, "number": "RA-1"} and type(values["page"]) is str
    assert get_language() == before
