"""The pages of an employer's own offer in a real browser: three languages, a phone and a desk."""

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
    story = Story(route="direct").go("results_recorded")
    client = Client()
    sign_in_as(client, Person.objects.get(pk=story.people["worker"].person))
    enter(page, client)
    case = f"cases/{story.case_id}/"
    look_at(page, {"offer": f"jobs/{story.demand_id}/", "line": f"{case}line/", "send": f"{case}nominate/"})


def test_the_employers_page_says_where_the_worker_applies(page, on_jp, settings):
    settings.RAHDARI_PARTNER_URL = "https://workers.example"
    bodies("jp")
    demand = jobs.demand(route="direct", promoter="", promoter_licence="")
    client = Client()
    sign_in(client, "employer", jobs.EMPLOYER, node="jp")
    enter(page, client)
    look_at(page, {"demand": f"jobs/demands/{demand.pk}/"})
    assert page.get_by_text(f"https://workers.example/en/jobs/{demand.pk}/").is_visible()
