"""What is signed anew when the partner refuses an envelope finally, and how often."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine

from rahdari.base.clock import now
from rahdari.domain.exchange.actions.delivering import undelivered
from rahdari.domain.exchange.actions.receipts import hear_receipts
from rahdari.domain.exchange.actions.refusals import SIGNED_AGAIN
from rahdari.domain.exchange.models import Alarm, Envelope
from rahdari.domain.exchange.outside.calling import NoAnswer
from tests.make.exchange import Corridor

pytestmark = pytest.mark.django_db


@pytest.fixture
def corridor(settings):
    return Corridor(settings)


def signed_for_the_first_place():
    return Envelope.objects.filter(sender="pk", seq=1).count()


def test_a_place_gets_one_envelope_for_the_refused_one_and_another_after_an_hour(corridor):
    corridor.says()
    corridor.signs()
    corridor.refuses("malformed")
    assert signed_for_the_first_place() == 2
    for _ in range(3):
        with pytest.raises(NoAnswer, match="malformed again"):
            corridor.refuses("malformed")
    assert signed_for_the_first_place() == 2
    assert Alarm.objects.filter(code="refused_again", settled_at=None).count() == 1
    with time_machine.travel(now() + SIGNED_AGAIN + dt.timedelta(seconds=1)):
        corridor.refuses("malformed")
    assert signed_for_the_first_place() == 3


def test_what_was_signed_behind_a_refused_place_may_be_refused_once_itself(corridor):
    corridor.says()
    corridor.says()
    corridor.signs()
    corridor.refuses("malformed")
    first = undelivered(corridor.row)[:1]
    hear_receipts(corridor.row, first, [corridor.partner.receipt(first[0])])
    assert [one.seq for one in undelivered(corridor.row)] == [2]
    corridor.refuses("malformed")
    assert Envelope.objects.filter(sender="pk", seq=2).count() == 3
    assert not Alarm.objects.filter(code="refused_again").exists()
