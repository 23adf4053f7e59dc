"""The invented sittings of the demonstration: opened once, by an invented officer, never in production."""

from __future__ import annotations

import pytest

from rahdari.base.actor import machine
from rahdari.base.refusal import Refused
from rahdari.domain.accounts.actions import seed_demonstration
from rahdari.domain.exams.actions import seed_sittings
from rahdari.domain.exams.models import Sitting
from tests.make.exams import AT

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def jp(settings):
    settings.RAHDARI_NODE, settings.RAHDARI_PARTNER = "jp", "pk"


def test_are_opened_once_and_say_that_they_are_invented():
    operator = machine("jp", "command")
    seed_demonstration(actor=operator, at=AT)
    assert (seed_sittings(actor=operator, at=AT), seed_sittings(actor=operator, at=AT)) == (4, 0)
    assert all("(invented)" in one.venue and "Invented" in one.basis for one in Sitting.objects.all())


def test_are_never_opened_in_production_or_by_an_officer(settings):
    settings.DEMO = settings.TEST = False
    with pytest.raises(Refused):
        seed_sittings(actor=machine("jp", "command"), at=AT)
    assert not Sitting.objects.exists()
