"""Where a case stands, the messages about it, and the line of all cases in figures, in a real browser: three languages, desk and phone."""

from __future__ import annotations

import pytest
from django.test import Client

from rahdari.base.clock import now
from rahdari.domain.accounts.models import Person
from rahdari.domain.placements.actions import withdraw_application
from rahdari.project.reactions import react
from tests.browser.conftest import enter, look_at
from tests.make import jobs, placements, watches
from tests.make.exchange import Corridor
from tests.make.people import actor_as, person, sign_in_as, worker
from tests.make.thread import alone

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.sure]


def let_in(page, who):
    client = Client()
    sign_in_as(client, who)
    enter(page, client)


@pytest.fixture(autouse=True)
def at_home(settings):
    settings.RAHDARI_NODE, settings.RAHDARI_PARTNER = "pk", "jp"
    Corridor(settings)


def test_where_a_case_stands_and_the_messages_about_it(page):
    story = alone().go("coe_filed")
    react()
    let_in(page, Person.objects.get(pk=story.people["worker"].person))
    look_at(page, {"standing_worker": f"cases/{story.case_id}/line/", "messages": "account/letters/"})
    let_in(page, person("promoter_manager", jobs.PROMOTER))
    look_at(page, {"standing_desk": f"cases/{story.case_id}/"})


def test_what_a_member_of_the_family_sees(page):
    own = worker(watches.OWN)
    placements.case_of(own, at=now())
    watch = watches.allowed(actor_as(own), sees=["watch_line"])
    let_in(page, Person.objects.get(pk=watch.person_id))
    look_at(page, {"standing_watched": f"account/watching/{watch.pk}/"})


def test_the_line_in_figures_with_and_without_cases(page):
    look_at(page, {"figures_empty": "figures/"})
    of = jobs.demand("permitted", at=now(), places=60)
    vacancy = jobs.vacancy(of=of, places=60, at=now())
    for n in range(14):
        who, case = placements.applied(vacancy, at=now())
        if n < 6:
            placements.nominate(case, at=now())
        elif n < 9:
            withdraw_application(actor=who, case_id=case.pk, at=now())
    look_at(page, {"figures": "figures/", "figures_of_a_field": "figures/?field=NURSING_CARE"})
