"""What is recalled before the partner has it: nothing of it leaves, and the recall itself is taken up."""

from __future__ import annotations

import pytest

from rahdari.base.clock import now
from rahdari.base.ids import new_id
from rahdari.domain.exchange.actions import take_up
from rahdari.domain.exchange.actions.delivering import undelivered
from rahdari.domain.exchange.models import Envelope, Told
from rahdari.seals import tokens
from rahdari.seals.forms import digest
from tests.domain.exchange.test_taking_up import Packages
from tests.make.exchange import Corridor

pytestmark = pytest.mark.django_db


@pytest.fixture
def corridor(settings):
    return Corridor(settings)


def test_one_that_was_not_signed_yet_gets_its_place_before_the_recall_is_signed(corridor):
    entry = corridor.says("notice.raised/1", {"what": "words that must not leave"})
    recalling = corridor.says("notice.recalled/1", {"of": str(entry.pk), "reason": "mistaken"})
    assert corridor.signs() == 1
    assert corridor.signs() == 1
    told, recall = Told.objects.get(statement=entry.pk), Told.objects.get(statement=recalling.pk)
    data = tokens.read_statement(recall.token).data
    assert (data["statement"], [one["seq"] for one in data["stubs"]]) == (told.hash, [told.seq])
    assert (told.state, told.token) == ("recalled", "")
    first, second = undelivered(corridor.row)
    assert (first.token, first.stub, bool(second.token)) == ("", data["stubs"][0]["stub"], True)


class TestARecallOfWhatCameAsItsStubAlone:
    @pytest.fixture
    def stub(self, corridor):
        """The stub of a notice that its sender recalled before it was sent; it is stored here."""
        id, statement = corridor.partner.statement(corridor.me, "notice.raised/1", {"what": "never seen here"})
        envelope = corridor.partner.envelope(corridor.me, id, statement)
        recalling, prev = new_id(), tokens.seed(corridor.partner.node, corridor.me)
        place = {"id": id, "sender": corridor.partner.node, "receiver": corridor.me, "seq": 1, "prev": prev}
        stub = tokens.make_stub(
            **place, envelope=digest(envelope), recalled_by=recalling, at=now(), key=corridor.partner.keys["gateway"]
        )
        assert corridor.brings(stub).problem is None
        corridor.partner.seq, corridor.partner.head = 1, digest(envelope)
        outside = {"id": str(id), "seq": 1, "envelope": digest(envelope), "prev": prev, "stub": stub}
        return recalling, {"of": str(id), "statement": digest(statement), "reason": "mistaken", "stubs": [outside]}

    def recall(self, corridor, stub, **changed):
        recalling, data = stub
        told = corridor.arrives("notice.recalled/1", {**data, "number": 1, **changed}, id=recalling, thread=recalling)
        take_up(corridor.partner.node, Packages())
        return Told.objects.get(pk=told.pk)

    def test_is_taken_up(self, corridor, stub):
        assert self.recall(corridor, stub).state == "taken_up"
        assert Envelope.objects.get(seq=1).stub == stub[1]["stubs"][0]["stub"]

    @pytest.mark.parametrize("changed", [{"stubs": []}, {"of": str(new_id())}])
    def test_is_refused_when_it_names_no_place_or_another_statement(self, corridor, stub, changed):
        assert self.recall(corridor, stub, **changed).state == "refused"
