"""A sender restored from an older backup takes its own envelopes back from the partner: what rings then, and what does not."""

from __future__ import annotations

import pytest

from rahdari.base.clock import now
from rahdari.base.ids import new_id
from rahdari.domain.exchange.actions import enveloping, repairing
from rahdari.domain.exchange.models import Alarm, Envelope, Stream, Told
from rahdari.domain.exchange.rules.statements import OUTCOME
from tests.make.exchange import Corridor, swapped

pytestmark = pytest.mark.django_db


@pytest.fixture
def corridor(settings):
    return Corridor(settings)


@pytest.fixture
def adopted(corridor):
    """The second envelope of our stream, which only the partner knows any more."""
    corridor.goes(corridor.says())
    stream, id = Stream.objects.get(sender=corridor.me), new_id()
    token = enveloping.make_statement(
        id=id, type="field.status/1", to=corridor.partner.node, thread=id, in_reply_to=None, issued_at=now(),
        marking={"level": "public", "bodies": []}, language="en", data={}, partner=corridor.row,
    )  # fmt: skip
    lost = Told(statement=id, token=token)
    place = enveloping.envelope_for(
        stream, corridor.row, lost, 2, stream.head, enveloping.sealing_key(corridor.row, now()), now()
    )
    there = {"envelopes": [place.token], "receipts": [corridor.partner.receipt(place)]}
    with swapped(repairing, "_list", lambda _partner, _sender, _receiver, what, _after: there[what]):
        repairing._adopt(corridor.row, 2)
    return Envelope.objects.get(sender=corridor.me, seq=2)


def test_it_rings_once_and_its_receipt_is_not_looked_for_in_a_leaf_that_cannot_be_made(adopted):
    assert (adopted.checked, adopted.journaled, adopted.told.state) == (True, True, "delivered")
    assert list(Alarm.objects.values_list("code", flat=True)) == ["adopted"]


def test_its_outcome_is_heard_although_the_statement_is_lost(corridor, adopted):
    data = {"of": str(adopted.envelope_id), "statement": adopted.prev, "envelope": adopted.hash, "outcome": "taken_up"}
    corridor.arrives(OUTCOME, data | {"reasons": []}, thread=adopted.told.thread, in_reply_to=adopted.envelope_id)
    corridor.take_up()
    assert Told.objects.get(pk=adopted.told_id).state == "taken_up"
    assert not Alarm.objects.filter(code="outcome_unread").exists()
