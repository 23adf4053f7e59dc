"""The pages of an offer for an engineer in a real browser: three languages, a phone and a desk."""

from __future__ import annotations

import pytest
from django.test import Client

from rahdari.domain.accounts.models import Person
from tests.browser.conftest import enter, look_at
from tests.make import jobs
from tests.make.people import bodies, sign_in, sign_in_as
from tests.make.thread import Story

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.sure]


def test_the_workers_pages_are_accessible_and_fit_a_phone(page):
    story = Story(route="professional").go("application_filed")
    client = Client()
    sign_in_as(client, Person.objects.get(pk=story.people["worker"].person))
    enter(page, client)
    case = f"cases/{story.case_id}/"
    look_at(page, {"work": f"jobs/{story.demand_id}/", "way": f"{case}line/", "name": f"{case}nominate/", "degrees": "file/"})


def test_the_employers_pages_are_too(page, on_jp):
    bodies("jp")
    demand = jobs.demand(route="professional", promoter="", promoter_licence="", **jobs.PROFESSIONAL)
    client = Client()
    sign_in(client, "employer", jobs.EMPLOYER, node="jp")
    enter(page, client)
    look_at(page, {"filing": "jobs/demands/file/", "asked": f"jobs/demands/{demand.pk}/"})
