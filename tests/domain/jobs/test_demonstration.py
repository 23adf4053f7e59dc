"""The invented vacancies of the demonstration: published by the law's own steps, once, and never in production."""

from __future__ import annotations

import pytest

from rahdari.base.actor import machine
from rahdari.base.clock import now
from rahdari.base.refusal import Refused
from rahdari.domain.accounts.actions import seed_demonstration
from rahdari.domain.jobs.actions import seed_vacancies
from rahdari.domain.jobs.models import Demand, Listing
from rahdari.domain.jobs.rules.demonstration import EXAMPLES
from rahdari.domain.organisations.actions import seed_organisations

pytestmark = pytest.mark.django_db


@pytest.mark.sure
def test_are_published_once_and_found_by_anyone(client):
    operator = machine("pk", "command")
    assert seed_vacancies(actor=operator, at=now()) == 0  # nobody is there yet to publish them
    seed_demonstration(actor=operator, at=now())
    seed_organisations(actor=operator, at=now())
    assert seed_vacancies(actor=operator, at=now()) == len(EXAMPLES) == Listing.objects.count()
    assert seed_vacancies(actor=operator, at=now()) == 0
    assert all("(invented)" in name for name in Demand.objects.values_list("employer_name", flat=True))
    assert "Hoshizora Kensetsu (invented)" in client.get("/ja/jobs/?q=札幌 建設").content.decode()


def test_are_refused_in_production(settings):
    settings.TEST = settings.DEMO = False
    with pytest.raises(Refused):
        seed_vacancies(actor=machine("pk", "command"), at=now())
