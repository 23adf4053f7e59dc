"""Exports of journals: two nodes, their keys, what they said to each other, checkpoints and cosignatures; the same in every run.

pk, jp = corridor(letters=12)             twelve letters, sent in turns, and a cosigned checkpoint after every four leaves
send(pk, jp)                              one more; `arrives="no receipt"` leaves it under way
pk.checkpoint(jp)                         signed by pk, cosigned by jp
lines = pk.export(jp)                     the lines of the export as dictionaries, to be damaged
write(tmp_path / "pk.ndjson", lines)      the file
run = alone(tmp_path)                     the verifier, copied alone into an empty folder
run(file, "--complete")                   its exit code and what it said
"""

from __future__ import annotations

import datetime as dt
import json
import shutil
import subprocess
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable
from hashlib import sha256
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from rahdari.seals import merkle, notes, verify
from rahdari.seals.forms import encode, write_moment
from rahdari.seals.keys import ROLES, PrivateKey, PublicKey, private_key
from rahdari.seals.leaves import leaf_bytes
from rahdari.seals.tokens import make_keys_token

BEGINNING = dt.datetime(2026, 3, 1, 9, 0, 0, 125_000, tzinfo=dt.UTC)
YEAR = 365 * 24 * 3600


def seconds(moment: dt.datetime) -> int:
    return int(moment.timestamp())


def key(name: str, role: str, nbf: int = seconds(BEGINNING), exp: int = seconds(BEGINNING) + YEAR) -> PrivateKey:
    """The key of this name: made of the name, so that it is the same in every run. Not for use."""
    kind = X25519PrivateKey if role == "sealing" else Ed25519PrivateKey
    return private_key(kind.from_private_bytes(sha256(name.encode()).digest()), role, nbf, exp)


def alone(folder: Path) -> Callable[..., tuple[int, str]]:
    """The verifier by itself, as somebody runs it who has nothing else of the project."""
    copy = Path(shutil.copy(verify.__file__, folder / "verify.py"))

    def run(*asked: object) -> tuple[int, str]:
        command = [sys.executable, "-I", str(copy), *map(str, asked)]
        done = subprocess.run(command, cwd=folder, capture_output=True, encoding="utf-8", timeout=120, check=False)
        assert done.stderr == ""
        return done.returncode, done.stdout

    return run


class Node:
    """A node as its journal shows it; `clock` goes on by a second with everything it does."""

    def __init__(self, code: str, number: int | None = None) -> None:
        self.code, self.clock = code, BEGINNING
        self.origin = f"{code}.rahdari.example/rahdari/{code}" + (f"/{number}" if number else "")
        self.keys = {role: key(f"{code} {role} 1", role) for role in ROLES}
        self.known = [one.public for one in self.keys.values()]
        self.fingerprint = self.keys["office"].public.kid  # of the first office key, as the partner was told it
        self.tokens = [self.keys_token()]
        self.leaves: list[bytes] = []
        self.notes: list[str] = []
        self.places: defaultdict[str, int] = defaultdict(int)

    def now(self) -> dt.datetime:
        self.clock += dt.timedelta(seconds=1)
        return self.clock

    def keys_token(self, *, origin: str = "", office: PrivateKey | None = None, at: dt.datetime | None = None) -> str:
        """A keys token over every key this node ever had."""
        told: dict[str, Any] = {"node": self.code, "journal_origin": origin or self.origin, "tls": None, "keys": self.known}
        return make_keys_token(**told, issued_at=at or self.clock, key=office or self.keys["office"])

    def roll(self, role: str, *, office: PrivateKey | None = None) -> None:
        """A new key for the role; the old one ends this second, in the very token it may have to sign."""
        at, old = self.now(), self.keys[role].public
        new = key(f"{self.code} {role} {len(self.tokens) + 1}", role, seconds(at), seconds(at) + YEAR)
        ended = PublicKey(role, old.kid, old.nbf, max(seconds(at), old.nbf + 1), old.raw)
        self.known = [ended if one.kid == old.kid else one for one in self.known] + [new.public]
        office, self.keys[role] = office or self.keys["office"], new
        self.tokens.append(self.keys_token(office=office, at=at))

    def note(self, *, size: int | None = None, root: bytes | None = None, origin: str = "", by: PrivateKey | None = None) -> str:
        """The head of the journal, or of what is said to be it, signed."""
        size = len(self.leaves) if size is None else size
        root = root_of(self.leaves[:size]) if root is None else root
        return notes.make_note(notes.Checkpoint(origin or self.origin, size, root), by or self.keys["journal"])

    def cosigned(self, note: str, *, at: dt.datetime | None = None, by: PrivateKey | None = None, name: str = "") -> str:
        """The note with a cosignature of this node under it."""
        return note + notes.cosign(notes.read_note(note), name or self.origin, by or self.keys["journal"], at or self.now())

    def checkpoint(self, *witnesses: Node) -> None:
        """One more checkpoint of this journal, cosigned."""
        note = self.note()
        for witness in witnesses:
            note = witness.cosigned(note)
        self.notes.append(note)

    def export(self, *witnesses: Node) -> list[dict[str, Any]]:
        """The lines of the export of this journal."""
        told = [{"node": one.code, "name": one.origin, "keys_tokens": list(one.tokens)} for one in witnesses]
        keys = {
            "kind": "keys",
            "node": self.code,
            "journal_origin": self.origin,
            "keys_tokens": list(self.tokens),
            "witnesses": told,
        }
        leaves = [{"kind": "leaf", "index": index, "data": encode(data)} for index, data in enumerate(self.leaves)]
        return [keys, *leaves, *({"kind": "checkpoint", "note": note} for note in self.notes)]


def root_of(leaves: Iterable[bytes]) -> bytes:
    """The root over leaves given as bytes."""
    hashes = [merkle.leaf_hash(one) for one in leaves]
    nodes = {(level, index): value for level, index, value in merkle.completed_by(0, hashes, lambda names: {})}
    return merkle.root(len(hashes), lambda names: {name: nodes[name] for name in names})


def send(
    sender: Node, receiver: Node, *, seq: int = 0, words: str = "", receipt: str = "", opens: bool = True, arrives: str = "all"
) -> None:
    """One envelope: a leaf at the receiver, and one at the sender unless its receipt is under way (`no receipt`).

    `seq` and other `words` make the second envelope of a fork; another `receipt` is that of a receiver that was restored.
    """
    if not seq:
        sender.places[receiver.code] += 1
        seq = sender.places[receiver.code]
    place = f"{sender.code} {receiver.code} {seq} {words}"
    opened = f"statement {place}".encode()
    stored_at = write_moment(receiver.now())
    told = sender.code, receiver.code, seq, f"envelope {place}"
    receiver.leaves.append(leaf_bytes("received", *told, opened if opens else None, f"receipt {place}{receipt}", stored_at))
    if arrives == "all":
        sender.now()
        sender.leaves.append(leaf_bytes("sent", *told, opened, f"receipt {place}", stored_at))


def corridor(letters: int = 12, every: int = 4) -> tuple[Node, Node]:
    """Pakistan's and Japan's journal after some letters, sent in turns."""
    pk, jp = Node("pk"), Node("jp")
    for number in range(1, letters + 1):
        send(*((pk, jp) if number % 2 else (jp, pk)))
        if number % every == 0:
            pk.checkpoint(jp)
            jp.checkpoint(pk)
    return pk, jp


def with_line(leaf: bytes, number: int, text: bytes) -> bytes:
    """The leaf with another text in one of its seven lines."""
    lines = leaf.split(b"\n")
    lines[number - 1] = text
    return b"\n".join(lines)


def write(path: Path, lines: Iterable[Any]) -> Path:
    """The lines as a file; a text or bytes among them stands as it is."""
    with open(path, "wb") as file:
        for line in lines:
            raw = line.encode() if isinstance(line, str) else line
            if not isinstance(raw, bytes):
                raw = json.dumps(raw, ensure_ascii=False, separators=(",", ":")).encode()
            file.write(raw + b"\n")
    return path
