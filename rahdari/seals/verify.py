"""Verifies exported journals of the exchange: no database, no network, nothing of this project but this one file.

    python verify.py FILE [--fingerprint KID]... [--against OTHER] [--complete]
A second, independent reading of the protocol (section 6), sharing no code with the programs that write journals; it needs
Python 3.11 and `cryptography`. Exit 0 whole, 1 broken (the leaf is named), 2 unreadable. A file is read twice as a stream.
"""

from __future__ import annotations

import argparse
import binascii
import datetime as dt
import hashlib
import json
import re
import sys
from collections import defaultdict, namedtuple
from collections.abc import Iterator, Sequence
from heapq import merge
from itertools import chain, groupby
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

WHOLE, BROKEN, UNREADABLE = 0, 1, 2
LOG, COSIGNATURE = 1, 4  # types of signatures under a note
WRONG = (ValueError, RecursionError)  # what reading a false part of an export ends in
LONGEST_LINE, TOO_LARGE, MOST_TOLD = 1 << 24, 2**53, 40
GRACE, CLOCKS = 300, 3 * 3600  # seconds a rolled key may still be in hand, and by which the clocks of two nodes may differ
CURVES = dict.fromkeys(("office", "clerk", "gateway", "journal"), "Ed25519") | {"sealing": "X25519"}
P = 2**255 - 19
Y8 = 2707385501144840649318225287225658788936804267575313519463743609750303402022  # of two of the points of order eight
WEAK = {0, 1, P - 1, Y8, P - Y8}
UNOPENED = bytes(32)
LINES = {8: "the envelope (line 4)", 40: "the opened bytes (line 5)", 72: "the receipt (line 6)", 104: "the time (line 7)"}

_STANDARD, _URL_SAFE = bytes.maketrans(b"-_", b"+/"), bytes.maketrans(b"+/", b"-_")
_TIME = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T(?:[01][0-9]|2[0-3])(?::[0-5][0-9]){2}\.[0-9]{3}Z")
_ORIGIN = re.compile(r"([!-*,-~]+/rahdari/([a-z]{2}))(/[1-9][0-9]*)?")
_NUMBER = re.compile(r"/[1-9][0-9]*\Z")  # of an origin that was begun anew
_LEAF_LINE = re.compile(rb'\{"kind":"leaf","index":(0|[1-9][0-9]{0,14}),"data":"([A-Za-z0-9_-]*)"\}\n?')
_LEAF = re.compile(
    r"rahdari-journal/1\n(sent|received)\n([a-z]{2}) ([a-z]{2}) ([1-9][0-9]{0,15})\n"
    r"([0-9a-f]{64})\n((?!0{64})[0-9a-f]{64}|-)\n([0-9a-f]{64})\n([^\n]{24})\n"  # nothing hashes to zero; below it stands for -
)
_NOTE = re.compile(
    "(([^\0-\x1f]+)\n(0|[1-9][0-9]{0,18})\n([A-Za-z0-9+/]{43}=)\n(?:[^\0-\x1f]+\n)*)\n"
    "((?:\u2014 [^\0-\x20]+ (?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?\n)+)"
)
Key = namedtuple("Key", "role nbf exp raw")
Note = namedtuple("Note", "text size root lines")


class Unreadable(Exception):
    """The file is no export of a journal, so that nothing can be said about the journal."""


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len(members := dict(pairs)) != len(pairs):
        raise ValueError("a member twice")
    return members


def _read_json(raw: bytes) -> Any:
    # What is no integer is given to int, which refuses it.
    return json.loads(raw.decode("utf-8"), object_pairs_hook=_unique, parse_float=int, parse_constant=int)


def _members(value: Any, **kinds: Any) -> list[Any]:
    for name, kind in kinds.items():
        found: Any = value.get(name) if isinstance(value, dict) else None
        if type(found) is not kind or (kind is int and not 0 <= found < TOO_LARGE):
            raise ValueError(f"there is no member {name} of the right kind")
    return [value[name] for name in kinds]


def _decoded(text: str | bytes) -> bytes:
    code = text.encode("ascii") if isinstance(text, str) else text
    raw = binascii.a2b_base64(code.translate(_STANDARD) + b"=" * (-len(code) % 4))
    if binascii.b2a_base64(raw, newline=False).translate(_URL_SAFE).rstrip(b"=") != code:
        raise ValueError("its base64 is not strict")
    return raw


def _second(moment: str) -> int:
    if not _TIME.fullmatch(moment):
        raise ValueError("a moment is not written as the protocol writes it")
    return int(dt.datetime.fromisoformat(moment).timestamp())


def _is_signed(raw: bytes, message: bytes, signature: bytes) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(raw).verify(signature, message)
    except InvalidSignature:
        return False
    return True


def _records(path: str, leaves: bool) -> Iterator[tuple[str, Any]]:
    """The lines of a file with their kind; those that are plainly leaves only if asked for."""
    with open(path, "rb") as file:
        for number, line in enumerate(iter(lambda: file.readline(LONGEST_LINE), b""), 1):
            if not leaves and line.startswith(b'{"kind":"leaf",'):
                continue
            if leaf := _LEAF_LINE.fullmatch(line):  # much quicker than reading it as JSON
                yield "leaf", (int(leaf[1]), leaf[2])
                continue
            try:
                value = _read_json(line)
                (kind,) = _members(value, kind=str)
                if kind not in ("keys", "leaf", "checkpoint") or (kind == "keys") is not (number == 1):
                    raise ValueError("it is of no known kind, or the line of the keys is not the first and only one")
                yield kind, _members(value, index=int, data=str) if kind == "leaf" else value
            except WRONG as wrong:
                raise Unreadable(f"line {number}: {wrong}") from None


def _key(jwk: Any) -> tuple[str, Key]:
    role, kty, crv, x, kid, nbf, exp = _members(jwk, role=str, kty=str, crv=str, x=str, kid=str, nbf=int, exp=int)
    raw, thumb = _decoded(x), hashlib.sha256(f'{{"crv":"{crv}","kty":"OKP","x":"{x}"}}'.encode()).digest()
    y = int.from_bytes(raw, "little") % 2**255
    weak = role != "sealing" and (y in WEAK or y >= P)
    if (kty, crv, len(raw), _decoded(kid)) != ("OKP", CURVES.get(role), 32, thumb) or weak or "d" in jwk:
        raise ValueError("it names a key that is not what its role and kid say, is weak, or private")
    return kid, Key(role, nbf, exp, raw)


def _keys_token(token: Any, node: str) -> tuple[str, int, str, dict[str, Key]]:
    """The kid a keys token is signed by, when, its journal origin, its keys; it must name the office key that signs it."""
    parts = token.split(".") if isinstance(token, str) else []
    if len(parts) != 3:
        raise ValueError("it is no signed token")
    header, payload = _read_json(_decoded(parts[0])), _read_json(_decoded(parts[1]))
    spec, whose, origin, named, issued_at = _members(payload, spec=int, node=str, journal_origin=str, keys=dict, issued_at=str)
    (kid,), (listed,) = _members(header, kid=str), _members(named, keys=list)
    keys = dict(_key(jwk) for jwk in listed)
    if header != {"alg": "EdDSA", "typ": "rahdari-keys+jwt", "kid": kid} or (spec, whose, len(keys)) != (1, node, len(listed)):
        raise ValueError(f"it is no keys token of {node} in version 1, or names a key twice")
    if kid not in keys or keys[kid].role != "office":
        raise ValueError("it does not name the office key that signs it")
    if not _is_signed(keys[kid].raw, f"{parts[0]}.{parts[1]}".encode(), _decoded(parts[2])):
        raise ValueError("it is not signed by the office key it names")
    return kid, _second(issued_at), origin, keys


def _index(row: bytes) -> int:
    return int.from_bytes(row[:8], "big")


class Stream:
    """The leaves of one stream in one journal: rows of 128 bytes for the places in line, others by their place."""

    def __init__(self) -> None:
        self.first, self.next, self.rows, self.more = 0, 0, bytearray(), defaultdict[int, list[bytes]](list)

    def places(self) -> range:
        return range(self.first, self.first + len(self.rows) // 128)

    def at(self, seq: int) -> list[bytes]:
        start = (seq - self.first) * 128
        return [bytes(self.rows[start : start + 128])] * (seq in self.places()) + self.more.get(seq, [])

    def keep(self, seq: int, row: bytes) -> None:
        (self.rows.extend if seq == self.places().stop else self.more[seq].append)(row)


class Journal:
    """One export, and what was found in it: faults, and what is listed without being one."""

    def __init__(self, path: str, pins: set[str]) -> None:
        self.path, self.pins, self.node, self.origin = path, pins, "", ""
        self.restarted, self.pinned, self.size, self.signed = False, False, 0, 0
        self.signers, self.notes = dict[tuple[str, bytes], tuple[str, int, Key]](), list[Note]()
        self.heads, self.witnesses = dict[int, tuple[bytes, int]](), dict[str, int]()
        self.streams = defaultdict[tuple[str, str], Stream](Stream)
        self.faults, self.remarks, self.listed = list[str](), list[str](), defaultdict[str, list[int]](list)
        for kind, value in _records(path, leaves=False):
            if kind == "keys":
                self._read_keys(value)
            elif kind == "checkpoint":
                note = _NOTE.fullmatch(str(value.get("note")))
                if note is not None and note[2] == self.origin:
                    self.notes.append(Note(note[1].encode(), int(note[3]), note[4], note[5].split("\n")[:-1]))
                else:
                    self.faults.append("a checkpoint is no signed note, or not of this origin")
        if not self.node:
            raise Unreadable("it has no line of the keys")

    def _read_keys(self, value: Any) -> None:
        try:
            own = _members(value, node=str, journal_origin=str, keys_tokens=list)
            witnesses = [_members(one, node=str, name=str, keys_tokens=list) for one in _members(value, witnesses=list)[0]]
        except WRONG as wrong:
            raise Unreadable(f"line 1: {wrong}") from None
        found = _ORIGIN.fullmatch(own[1])
        if found is None or found[2] != own[0]:
            raise Unreadable("line 1 has an origin that is not one of its node")
        self.node, self.origin, self.restarted, owners = own[0], own[1], found[3] is not None, dict[bytes, str]()
        for number, (node, name, tokens) in enumerate((own, *witnesses)):
            pinned, keys = self._chained(node, name, tokens)
            if number == 0:
                self.pinned = pinned
            elif node == self.node or (self.pins and not pinned):
                self.remarks.append(f"{name} is no independent witness: it is the node itself, or no fingerprint pins its keys")
                continue
            for key, kind in ((key, kind) for key in keys for kind in (LOG, COSIGNATURE)):
                if owners.setdefault(key.raw, node) == node:
                    told = hashlib.sha256(f"{name}\n".encode() + bytes([kind]) + key.raw).digest()[:4]
                    self.signers.setdefault((name, told), (node, kind, key))
        if self.pins and not self.pinned:
            self.faults.append(f"the first keys token of {self.node} is signed by no office key whose fingerprint was given")

    def _chained(self, node: str, name: str, tokens: list[Any]) -> tuple[bool, list[Key]]:
        """Whether the keys of a node hang on a fingerprint, and its journal keys, up to the first token that is not chained."""
        pinned, known, offices, last, origins = False, dict[str, Key](), dict[str, Key](), 0, {""}
        for number, token in enumerate(tokens, 1):
            try:
                kid, at, origin, keys = _keys_token(token, node)
                if number > 1 and kid not in offices and (kid in known or (self.pins and kid not in self.pins)):
                    raise ValueError("it is signed by an office key that the one before it does not name and no fingerprint pins")
                signer = offices.get(kid, keys[kid])  # a roll ends it in the second of the very token it signs
                if at < last or not signer.nbf <= at <= signer.exp:
                    raise ValueError("it is older than the one before it, or its office key was not in force when it was issued")
            except WRONG as wrong:
                self.faults.append(f"keys token {number} of {node}: {wrong}")
                break
            if number > 1 and kid not in offices:
                self.listed[f"keys tokens of {node} that begin anew, after a new ceremony"].append(number)
            pinned, last, known = pinned or (number == 1 and kid in self.pins), at, known | keys
            offices = {kid: key for kid, key in keys.items() if key.role == "office"}
            origins.add(_NUMBER.sub("", origin))
        if _NUMBER.sub("", name) not in origins:
            self.faults.append(f"no keys token of {node} names the journal origin {name}")
        return pinned, [key for key in known.values() if key.role == "journal"]

    def read_leaves(self, partner: str) -> None:
        """Grows the tree, keeps its root at every size a checkpoint names, and the leaves that are to be compared."""
        peaks, expected, newest, sizes = list[bytes](), 0, 0, {note.size for note in self.notes}
        self.heads[0] = hashlib.sha256().digest(), 0
        for _, (index, data) in (record for record in _records(self.path, leaves=True) if record[0] == "leaf"):
            if index != expected:
                self.faults.append(f"leaf {expected} is missing: leaf {index} stands in its place")
            raw, expected = b"", index + 1
            try:
                raw = _decoded(data)
                newest = max(newest, self._enter(index, raw, partner))
            except WRONG as wrong:
                self.faults.append(f"leaf {index}: {wrong}")
            node, size = hashlib.sha256(b"\0" + raw).digest(), self.size
            while size & 1:
                node, size = hashlib.sha256(b"\1" + peaks.pop() + node).digest(), size >> 1
            peaks.append(node)
            self.size += 1
            if self.size in sizes:
                for left in reversed(peaks[:-1]):
                    node = hashlib.sha256(b"\1" + left + node).digest()
                self.heads[self.size] = node, newest
        self._check_heads()

    def _enter(self, index: int, raw: bytes, partner: str) -> int:
        """Takes a leaf into its stream; gives the time of a received one, which is by the journal's own clock."""
        leaf = _LEAF.fullmatch(raw.decode("ascii", "replace"))
        if leaf is None:
            raise ValueError("it has not the seven lines of a leaf")
        way, sender, receiver, place, envelope, opened, receipt, stored = leaf.groups()
        own, other, seq = (sender, receiver, int(place)) if way == "sent" else (receiver, sender, int(place))
        at = _second(stored)
        if own != self.node or own == other:
            raise ValueError(f"{sender} to {receiver} {seq} was not {way} by {self.node}")
        stream = self.streams[way, other]
        if not stream.next:
            stream.first = stream.next = seq if self.restarted else 1
        if seq > stream.next:
            self.faults.append(f"leaf {index} ({way}, {sender} to {receiver} {seq}) stands where place {stream.next} should")
        elif seq < stream.next:
            self.listed["second leaves for one place, after a fork: leaves"].append(index)
        stream.next = max(stream.next, seq + 1)
        if other == partner:
            hashes = envelope + (UNOPENED.hex() if opened == "-" else opened) + receipt
            stream.keep(seq, index.to_bytes(8, "big") + bytes.fromhex(hashes) + stored.encode())
        return at if way == "received" else 0

    def _check_heads(self) -> None:
        for note in sorted(self.notes, key=lambda one: one.size):
            try:
                if note.size > self.size:
                    raise ValueError(f"leaf {self.size} is missing")
                if binascii.b2a_base64(self.heads[note.size][0], newline=False).decode() != note.root:
                    raise ValueError(
                        f"it has another root: it is false, or one of the leaves {self.signed} to {note.size - 1} is"
                    )
                self._check_signatures(note)
                self.signed = note.size
            except WRONG as wrong:
                self.faults.append(f"the checkpoint over {note.size} leaves: {wrong}")
        if self.signed < self.size:
            self.remarks.append(f"leaves {self.signed} to {self.size - 1} are under no checkpoint that holds")

    def _check_signatures(self, note: Note) -> None:
        logs, first, newest = list[Key](), TOO_LARGE, self.heads[note.size][1]
        for line in note.lines:
            _, name, code = line.split(" ")
            raw = _decoded(code.rstrip("=").encode().translate(_URL_SAFE))
            node, kind, key = self.signers.get((name, raw[:4]), ("", 0, None))
            at = int.from_bytes(raw[4:12], "big")
            message = note.text if kind == LOG else b"cosignature/v1\ntime %d\n%b" % (at, note.text)
            if key is None:
                self.listed["signatures of unknown keys, which do not count: checkpoints over"].append(note.size)
            elif not _is_signed(key.raw, message, raw[4 if kind == LOG else 12 :]):
                raise ValueError(f"a signature in the name {name} does not verify")
            elif kind == LOG and node == self.node:
                logs.append(key)
            elif kind == COSIGNATURE and not key.nbf <= at < key.exp + GRACE:
                raise ValueError(f"a cosignature in the name {name} was made outside the window of its key")
            elif kind == COSIGNATURE and node != self.node:
                first, self.witnesses[node] = min(first, at), note.size
        if not any(newest < key.exp + GRACE and key.nbf <= first + CLOCKS for key in logs):
            raise ValueError(f"it is signed by no journal key of {self.node} that was valid then")

    def told(self) -> Iterator[str]:
        """What was found, line by line."""
        signed = "".join(f"; {node} up to {size} leaves" for node, size in sorted(self.witnesses.items()))
        yield f"{self.path}: node {self.node}, origin {self.origin}, {self.size} leaves, {len(self.notes)} checkpoints"
        yield f"  independent witnesses: {len(self.witnesses)}{signed}"
        yield from (f"  {remark}" for remark in self.remarks)
        for what, numbers in self.listed.items():
            shown = ", ".join(map(str, numbers[:MOST_TOLD])) + ", ..." * (len(numbers) > MOST_TOLD)
            yield f"  {what} {shown} ({len(numbers)} in all)"
        yield from (f"  BROKEN: {fault}" for fault in self.faults[:MOST_TOLD])


def _compare_place(sender: Journal, receiver: Journal, seq: int, a: list[bytes], b: list[bytes]) -> None:
    """What was sent and what was received at one place; after a fork both must hold the envelope that was kept."""
    place, kept = f"{sender.node} to {receiver.node} {seq}", {row[8:40] for row in a} & {row[8:40] for row in b}
    for x, y in ((x, y) for x in a for y in b if x[8:] != y[8:] and (x[8:40] == y[8:40] or len(a) == len(b) == 1)):
        differ = {start: line for start, line in LINES.items() if x[start : start + 32] != y[start : start + 32]}
        if UNOPENED in (x[40:72], y[40:72]):
            differ.pop(40, None)
        if differ and min(differ) >= 72 and (sender.restarted or receiver.restarted):
            sender.listed[f"sent {sender.node} to {receiver.node} under another receipt than there: leaves"].append(_index(x))
        elif differ:
            told = (
                f"leaf {_index(x)} (sent, {place}) and leaf {_index(y)} of {receiver.path} differ in {', '.join(differ.values())}"
            )
            sender.faults.append(told)
    for journal, rows in ((sender, a), (receiver, b)):
        for number, row in enumerate(rows[1:], 1):
            if row[8:40] not in kept - {earlier[8:40] for earlier in rows[:number]}:
                journal.faults.append(f"leaf {_index(row)} ({place}) is a second leaf that the other export does not bear out")


def _compare(here: Journal, there: Journal, complete: bool) -> None:
    for sender, receiver in ((here, there), (there, here)):
        sent, got = sender.streams["sent", receiver.node], receiver.streams["received", sender.node]
        for seq, _ in groupby(merge(sent.places(), got.places(), sorted(sent.more), sorted(got.more))):
            a, b = sent.at(seq), got.at(seq)
            if a and b:
                _compare_place(sender, receiver, seq, a, b)
                continue
            journal, way, end = (sender, "sent", got) if a else (receiver, "received", sent)
            index, what = _index((a or b)[0]), f"{way} {sender.node} to {receiver.node}"
            if (here.restarted or there.restarted) and seq < (end.first or TOO_LARGE):
                journal.listed[f"{what} before the other export begins: leaves"].append(index)
            elif complete and not any(forked < seq for forked in got.more):
                journal.faults.append(f"leaf {index} ({what} {seq}) is not in the other export, and nothing was under way")
            else:
                journal.listed[f"{what} with the other half under way: leaves"].append(index)


def main(argv: Sequence[str] | None = None) -> int:
    """Verifies as the command line asks, says what was found, and gives the exit code."""
    parser = argparse.ArgumentParser(description="Verifies exported journals of the exchange.")
    parser.add_argument("file", help="the export of a journal")
    parser.add_argument("--fingerprint", action="append", default=[], help="thumbprint of an office key, from another channel")
    parser.add_argument("--against", help="the export of the partner's journal")
    parser.add_argument("--complete", action="store_true", help="both were made with nothing under way")
    words = iter(sys.argv[1:] if argv is None else argv)  # joined below, because a thumbprint may begin with a hyphen
    asked = parser.parse_args([f"{word}={next(words, '')}" if word == "--fingerprint" else word for word in words])
    try:
        journals = [Journal(path, set(asked.fingerprint)) for path in (asked.file, asked.against) if path]
        if asked.against and journals[0].node == journals[1].node:
            raise Unreadable("both exports are of one node")
        for journal, partner in zip(journals, reversed(journals), strict=True):
            journal.read_leaves(partner.node)
        if asked.against:
            _compare(journals[0], journals[1], asked.complete)
    except (OSError, Unreadable) as wrong:
        sys.stdout.write(f"unreadable: {wrong}\n")
        return UNREADABLE
    known = all(journal.pinned and (journal.signed or not journal.size) for journal in journals)
    verdict = "whole; authenticated" if known else "whole; self-consistent, not authenticated"
    if faults := sum(len(journal.faults) for journal in journals):
        verdict = f"broken: {faults} faults"
    sys.stdout.writelines(f"{line}\n" for line in (*chain.from_iterable(journal.told() for journal in journals), verdict))
    return BROKEN if faults else WHOLE


if __name__ == "__main__":
    sys.exit(main())
