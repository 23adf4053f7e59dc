"""Receipts are proven against a head of the partner's journal that we cosigned: side by side together, else each alone."""

from __future__ import annotations

import json
from urllib.parse import parse_qs, urlsplit

import pytest

from rahdari.base.clock import now
from rahdari.base.work import unit_of_work
from rahdari.domain.exchange.actions import inclusion
from rahdari.domain.exchange.models import Alarm, Envelope, Witnessed
from rahdari.domain.exchange.outside.calling import NoAnswer
from rahdari.seals import merkle, tokens
from rahdari.seals.forms import encode, write_moment
from rahdari.seals.leaves import leaf_bytes_of_hashes
from tests.make.exchange import Corridor, reply, swapped

pytestmark = pytest.mark.django_db


class Told:
    """The partner's journal: a leaf for each receipt it gave, of others where it gave none, and how often it was asked."""

    def __init__(self, corridor, opened=True, until=None):
        self.corridor, self.asked, self.silent_after = corridor, [], None
        rows = {tokens.read_receipt(row.receipt).journal_size - 1: row for row in Envelope.objects.filter(sender="pk")}
        size = max(rows) + 1
        self.leaves = [leaf_of(rows[n], opened) if n in rows else merkle.leaf_hash(b"of others %d" % n) for n in range(size)]
        self.cosigned(until or size)

    def cosigned(self, size):
        with unit_of_work("exchange.cosign", actor=self.corridor.by, at=now()) as unit:
            origin = self.corridor.row.journal_origin
            held, _ = Witnessed.objects.get_or_create(origin=origin, defaults={"node": "jp"})
            held.size, held.root = size, self.root(0, size)
            unit.about(unit.save(held))

    def root(self, low, high):
        if high - low == 1:
            return self.leaves[low]
        half = low + merkle._split(high - low)
        return merkle.node_hash(self.root(low, half), self.root(half, high))

    def play(self, partner, method, path):
        asked = {name: int(values[0]) for name, values in parse_qs(urlsplit(path).query).items()}
        self.asked.append(asked["index"])
        if self.silent_after is not None and len(self.asked) > self.silent_after:
            raise NoAnswer("silence")
        proof = [encode(self.root(*one)) for one in merkle._path(asked["index"], 0, asked["size"])]
        return reply(200, json.dumps(asked | {"proof": proof}), "application/json")

    def check(self):
        with swapped(inclusion, "speak", self.play):
            return inclusion.check_inclusion(self.corridor.row)


def leaf_of(row, opened):
    receipt = tokens.read_receipt(row.receipt)
    hashes = inclusion.hex_of(row.hash), row.opened if opened else None, inclusion.sha256_hex(row.receipt)
    return merkle.leaf_hash(
        leaf_bytes_of_hashes("received", row.sender, row.receiver, row.seq, *hashes, write_moment(receipt.stored_at))
    )


@pytest.fixture
def corridor(settings):
    return Corridor(settings)


def delivered(corridor, *bodies, apart=0):
    for many in bodies:
        for _ in range(many):
            corridor.says()
        corridor.signs()
        corridor.delivers()
        corridor.partner.leaves += apart


def unproven():
    return Envelope.objects.filter(sender="pk", checked=False).count()


def missing():
    return sorted(Alarm.objects.filter(code="receipt_not_in_journal").values_list("subject", flat=True))


def test_a_body_is_proven_by_two_proofs(corridor):
    delivered(corridor, 7)
    journal = Told(corridor)
    assert journal.check() == 7
    assert (journal.asked, unproven(), missing()) == ([0, 6], 0, [])
    assert journal.check() == 0


def test_each_body_among_leaves_of_others_is_proven_by_itself(corridor):
    delivered(corridor, 3, 1, 2, apart=2)
    journal = Told(corridor)
    assert journal.check() == 6
    assert (journal.asked, unproven(), missing()) == ([0, 2, 5, 8, 9], 0, [])


def test_the_one_that_is_not_in_the_journal_rings_and_no_other(corridor):
    delivered(corridor, 5)
    journal = Told(corridor)
    journal.leaves[3] = merkle.leaf_hash(b"another")
    journal.cosigned(5)
    assert journal.check() == 5
    assert (unproven(), missing()) == (0, ["4"])


def test_a_seal_that_the_partner_could_not_open_is_a_leaf_too(corridor):
    delivered(corridor, 2)
    journal = Told(corridor, opened=False)
    assert journal.check() == 2
    assert (unproven(), missing()) == (0, [])


def test_what_is_beyond_the_head_waits(corridor):
    delivered(corridor, 4)
    journal = Told(corridor, until=3)
    assert (journal.check(), unproven(), missing()) == (3, 1, [])
    journal.cosigned(4)
    assert (journal.check(), unproven(), missing()) == (1, 0, [])


def test_only_so_many_proofs_are_asked_for_at_once(corridor, monkeypatch):
    monkeypatch.setattr(inclusion, "PROOFS", 4)
    delivered(corridor, 1, 1, 1, 1, 1, 1, apart=1)
    journal = Told(corridor)
    while unproven():
        before = len(journal.asked)
        assert journal.check()
        assert len(journal.asked) - before <= 4
    assert missing() == []


def test_what_was_proven_before_a_silence_is_kept(corridor):
    delivered(corridor, 2, 2, apart=1)
    journal = Told(corridor)
    journal.silent_after = 2
    with pytest.raises(NoAnswer):
        journal.check()
    assert (unproven(), missing()) == (2, [])
