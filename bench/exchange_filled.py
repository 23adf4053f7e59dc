"""Filling statements into two paired nodes by COPY, as owner of their databases, for `bench/exchange.py --stored N`.

What is filled in are statements from `pk` to `jp` that were taken up long ago, on both nodes alike: the statement, its
envelope, its receipt, its leaf and the hashes of the journal's tree (whole: both sides go on cosigning over it). Tokens
are random text of the length real ones have; their signatures hold nothing, and nobody asks. Not filled in: the outcomes,
which would be as many rows again but a quarter of the bytes; audit entries; the rows of the receiving package.
"""

from __future__ import annotations

import base64
import hashlib
import os
import random
import uuid
from collections.abc import Iterator, Sequence

import psycopg

from rahdari.seals import merkle
from rahdari.seals.forms import encode
from rahdari.seals.leaves import leaf_bytes_of_hashes
from tests.exchange.nodes import Pair, RealNode

LONG, SHORT, RECEIPT = (7079, 13535), (1500, 3800), 486  # letters of the statement token and of its envelope
AT = "2026-01-01T00:00:00.000Z"
TOLD = """copy exchange_told (sender, receiver, statement, type, thread, token, hash, level, bodies, language, issued_at,
    envelope_id, envelope_hash, seq, state, fault, detail, reasons, missing_blobs, tries, at, ended_at) from stdin"""
ENVELOPE = """copy exchange_envelope (sender, receiver, seq, envelope_id, prev, hash, token, stub, sent_at, repeats, repeat_told,
    opened, receipt, later_receipts, stored_at, journaled, checked, void) from stdin"""
LEAF = "copy exchange_leaf (journal_id, index, data, sender, receiver) from stdin"
NODE = "copy exchange_node (journal_id, level, index, hash) from stdin"
LINK = """update exchange_envelope e set told_id = t.id from exchange_told t
    where t.envelope_id = e.envelope_id and e.sender = 'pk' and t.sender = 'pk' and e.told_id is null"""


def hash_of(*words: object) -> bytes:
    """A hash that stands for a token nobody will read."""
    return hashlib.sha256(" ".join(map(str, words)).encode()).digest()


def fill(pair: Pair, count: int, *, short: bool = False) -> None:
    """So many statements more, on both nodes; they must be paired and have nothing under way."""
    for node in pair.both:
        with psycopg.connect(node.database("owner")) as connection:
            first, head = stream_of(connection)
            journal, size = connection.execute("select id, size from exchange_journal where closed_at is null").fetchone() or (
                0,
                0,
            )
            places = range(first + 1, first + 1 + count)
            fill_in_silence(connection)
            copy(connection, TOLD, told(places, SHORT if short else LONG))
            copy(connection, ENVELOPE, envelopes(places, head, SHORT if short else LONG))
            for table in ("exchange_told", "exchange_envelope"):
                connection.execute(f"analyze {table}")  # else the link is made row by row
            connection.execute(LINK)
            leaves(connection, node, journal, size, places)
            after = (first + count, encode(hash_of("envelope", first + count)), first + count if node.name == "pk" else 0)
            connection.execute("update exchange_stream set seq = %s, head = %s, delivered = %s where sender = 'pk'", after)
            connection.execute("update exchange_journal set size = %s where id = %s", (size + count, journal))
        with psycopg.connect(node.database("owner"), autocommit=True) as connection:
            connection.execute("vacuum (analyze)")  # else it is done while we measure, and counted


def fill_in_silence(connection: psycopg.Connection) -> None:
    """Text columns this file does not know of are empty: the benchmark need not follow each new one."""
    unknown = """select column_name from information_schema.columns where table_name = 'exchange_envelope'
        and is_nullable = 'NO' and column_default is null and data_type in ('text', 'character varying')"""
    for (name,) in connection.execute(unknown).fetchall():
        connection.execute(f"alter table exchange_envelope alter column {name} set default ''")


def stream_of(connection: psycopg.Connection) -> tuple[int, str]:
    """Where the stream stands."""
    row = connection.execute("select seq, head from exchange_stream where sender = 'pk'").fetchone()
    assert row is not None, "say something first: the stream must have begun"
    return int(row[0]), str(row[1])


def copy(connection: psycopg.Connection, words: str, rows: Iterator[Sequence[object]]) -> None:
    """Writes rows as fast as the server takes them."""
    with connection.cursor() as cursor, cursor.copy(words) as into:
        for row in rows:
            into.write_row(row)


def tokens(size: int) -> Iterator[str]:
    """Random texts of a length, all different, that no compression makes shorter."""
    pool, chance = base64.urlsafe_b64encode(os.urandom(1 << 20)).decode(), random.Random(size)
    while True:
        begin = chance.randrange(len(pool) - size)
        yield pool[begin : begin + size]


def id_of(seq: int) -> uuid.UUID:
    """The id of the statement in a place, the same on both nodes, in the order of time as ids of version 7 are."""
    return uuid.UUID(int=(0x019B00000000 + seq) << 80 | 0x7000 << 64 | 0x8 << 60 | seq)


def told(places: range, sizes: tuple[int, int]) -> Iterator[Sequence[object]]:
    """Statements taken up long ago."""
    for seq, token in zip(places, tokens(sizes[0]), strict=False):
        name, one = encode(hash_of("envelope", seq)), id_of(seq)
        yield (
            "pk", "jp", one, "request.asked/1", one, token, encode(hash_of("statement", seq)), "contact_point", "[]", "en", AT,
            one, name, seq, "taken_up", "", "", "[]", False, 0, AT, AT,
        )  # fmt: skip


def envelopes(places: range, head: str, sizes: tuple[int, int]) -> Iterator[Sequence[object]]:
    """Their envelopes with their receipts."""
    receipts = tokens(RECEIPT)
    for seq, token in zip(places, tokens(sizes[1]), strict=False):
        name = encode(hash_of("envelope", seq))
        opened, receipt = hash_of("opened", seq).hex(), next(receipts)
        yield "pk", "jp", seq, id_of(seq), head, name, token, "", AT, False, False, opened, receipt, "[]", AT, True, True, False
        head = name


def leaves(connection: psycopg.Connection, node: RealNode, journal: int, size: int, places: range) -> None:
    """Their leaves and the tree over them, joined to the tree that is there."""
    kind = "sent" if node.name == "pk" else "received"
    data = [
        leaf_bytes_of_hashes(
            kind, "pk", "jp", seq, hash_of("envelope", seq).hex(), hash_of("opened", seq).hex(), hash_of("receipt", seq).hex(), AT
        )
        for seq in places
    ]

    def held(asked: Sequence[merkle.Name]) -> dict[merkle.Name, bytes]:
        found = {}
        for level, index in asked:
            table = ("data", "exchange_leaf", "") if level == 0 else ("hash", "exchange_node", f"and level = {level}")
            query = f"select {table[0]} from {table[1]} where journal_id = %s and index = %s {table[2]}"
            row = connection.execute(query, (journal, index)).fetchone()
            assert row is not None, (level, index)
            found[level, index] = merkle.leaf_hash(bytes(row[0])) if level == 0 else bytes(row[0])
        return found

    fresh = merkle.completed_by(size, [merkle.leaf_hash(one) for one in data], held)
    copy(connection, LEAF, ((journal, size + number, one, "pk", "jp") for number, one in enumerate(data)))
    copy(connection, NODE, ((journal, level, index, value) for level, index, value in fresh if level))
