"""The seven lines of a leaf, to the byte."""

from __future__ import annotations

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rahdari.seals.faults import Fault
from rahdari.seals.leaves import Leaf, leaf_bytes, leaf_bytes_of_hashes, read_leaf

STORED = "2026-03-01T09:30:00.125Z"
LEAF = (
    b"rahdari-journal/1\n"
    b"sent\n"
    b"pk jp 17\n"
    b"dbc4c42dbfb4f0a8b9c9a4cdd4bc5e52d7ba0c1d1c0bce3a6ea08a3a04ca8b6b\n"
    b"dc460da4ad72c482231e28e688e01f2778a88ce31a08826899d54ef7183998b5\n"
    b"2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae\n"
    b"2026-03-01T09:30:00.125Z\n"
)


def hexed(raw):
    return sha256(raw).hexdigest()


hashes = st.binary(max_size=4).map(hexed)
ends = st.sampled_from([("pk", "jp"), ("jp", "pk"), ("zz", "aa")])


class TestLeafBytes:
    def test_are_seven_lines_each_ended(self):
        raw = leaf_bytes("received", "jp", "pk", 3, "envelope", b"opened", "receipt", STORED)
        lines = ["rahdari-journal/1", "received", "jp pk 3", hexed(b"envelope"), hexed(b"opened"), hexed(b"receipt"), STORED]
        assert raw == ("\n".join(lines) + "\n").encode()

    def test_hold_a_dash_where_the_seal_did_not_open(self):
        assert leaf_bytes("sent", "pk", "jp", 1, "e", None, "r", STORED).split(b"\n")[4] == b"-"
        assert leaf_bytes("sent", "pk", "jp", 1, "e", b"", "r", STORED).split(b"\n")[4] == hexed(b"").encode()

    def test_are_the_same_from_hashes(self):
        whole = leaf_bytes("sent", "pk", "jp", 17, "e", b"o", "r", STORED)
        kept = leaf_bytes_of_hashes("sent", "pk", "jp", 17, hexed(b"e"), hexed(b"o"), hexed(b"r"), STORED)
        assert whole == kept

    @given(st.sampled_from(["sent", "received"]), ends, st.integers(1, 2**53 - 1), hashes, st.none() | hashes, hashes)
    def test_are_read_as_they_were_written(self, direction, ends, seq, envelope, opened, receipt):
        parts = direction, *ends, seq, envelope, opened, receipt, STORED
        assert read_leaf(leaf_bytes_of_hashes(*parts)) == Leaf(*parts)

    @pytest.mark.parametrize(
        "wrong",
        [
            {"direction": "stored"},
            {"sender": "PK"},
            {"sender": "jp"},
            {"receiver": "j"},
            {"seq": 0},
            {"seq": 2**53},
            {"envelope": "E" * 64},
            {"opened": ""},
            {"receipt": "0" * 63},
            {"stored_at": "2026-03-01T09:30:00Z"},
            {"stored_at": "2026-02-30T09:30:00.125Z"},
        ],
        ids=str,
    )
    def test_refuse_what_is_no_leaf(self, wrong):
        good = {"direction": "sent", "sender": "pk", "receiver": "jp", "seq": 1, "stored_at": STORED}
        good |= {"envelope": "0" * 64, "opened": None, "receipt": "f" * 64}
        assert read_leaf(leaf_bytes_of_hashes(**good))
        with pytest.raises(Fault, match="malformed"):
            leaf_bytes_of_hashes(**good | wrong)


class TestReadLeaf:
    def test_names_every_line(self):
        leaf = read_leaf(LEAF)
        assert (leaf.direction, leaf.sender, leaf.receiver, leaf.seq, leaf.stored_at) == ("sent", "pk", "jp", 17, STORED)
        assert (leaf.envelope[:4], leaf.receipt[:4]) == ("dbc4", "2c26")
        assert leaf.opened is not None and leaf.opened.startswith("dc46")

    @pytest.mark.parametrize(
        "raw",
        [
            b"",
            LEAF[:-1],
            LEAF + b"\n",
            LEAF.replace(b"\n", b"\r\n"),
            LEAF.replace(b"/1", b"/2"),
            LEAF.replace(b" 17", b" 017"),
            LEAF.replace(b" 17", b" +17"),
            LEAF.replace(b" 17", "\u0661".encode()),
            LEAF.replace(b"pk jp", b"pk  jp"),
            LEAF.replace(b"dc46", b"DC46"),
            LEAF.replace(b"2026", "\u0662026".encode()),
        ],
        ids=repr,
    )
    def test_refuses_every_other_form(self, raw):
        with pytest.raises(Fault, match="malformed"):
            read_leaf(raw)

    @given(st.integers(0, len(LEAF) - 1), st.integers(0, 7))
    def test_gives_back_the_bytes_or_refuses(self, place, bit):
        flipped = LEAF[:place] + bytes([LEAF[place] ^ 1 << bit]) + LEAF[place + 1 :]
        try:
            leaf = read_leaf(flipped)
        except Fault:
            return
        parts = leaf.direction, leaf.sender, leaf.receiver, leaf.seq, leaf.envelope, leaf.opened, leaf.receipt, leaf.stored_at
        assert leaf_bytes_of_hashes(*parts) == flipped
