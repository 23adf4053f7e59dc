"""Heads of the journal: signed once for each size, whoever asks at the same moment."""

from __future__ import annotations

import pytest

from rahdari.base.clock import now
from rahdari.domain.exchange.actions import checkpoints
from rahdari.domain.exchange.models import Checkpoint
from rahdari.domain.exchange.queries.journals import current_journal
from tests.make.exchange import Corridor, swapped

pytestmark = pytest.mark.django_db


@pytest.fixture
def corridor(settings):
    return Corridor(settings)


def test_a_head_that_another_one_signed_meanwhile_is_taken_as_it_is(corridor):
    corridor.arrives()
    before = current_journal()
    corridor.arrives()
    made = checkpoints.make_checkpoint(actor=corridor.by, at=now())
    with swapped(checkpoints, "current_journal", lambda: before):  # as it was read before the other one signed
        assert checkpoints.make_checkpoint(actor=corridor.by, at=now()) == made
    assert Checkpoint.objects.count() == 1
