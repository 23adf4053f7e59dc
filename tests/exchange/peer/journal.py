"""The journal: leaves, tree, checkpoints, export, and an own verifier (section 6)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.exchange.peer.forms import b64u, sha_hex, unb64u
from tests.exchange.peer.keys import Key
from tests.exchange.peer.notes import Checkpoint, read_checkpoint, sign_checkpoint
from tests.exchange.peer.tree import consistency, inclusion, leaf_hash, root


def leaf(kind: str, frm: str, to: str, seq: int, envelope: str, opened: bytes | None, receipt: str, stored_at: str) -> bytes:
    """Seven lines; `envelope` is the hash in b64u, as receipts and stubs name it."""
    lines = (
        "rahdari-journal/1",
        kind,
        f"{frm} {to} {seq}",
        unb64u(envelope).hex(),
        "-" if opened is None else sha_hex(opened),
        sha_hex(receipt),
        stored_at,
    )
    return "".join(f"{line}\n" for line in lines).encode("ascii")


class Journal:
    """One origin: an append-only list of leaves and what was signed over it."""

    def __init__(self, origin: str, key: Key) -> None:
        self.origin, self.key = origin, key
        self.leaves: list[bytes] = []
        self.parties: list[tuple[str, str]] = []
        self.last_of: dict[str, int] = {}
        """For each node, the size with its last leaf."""
        self.notes: list[str] = []

    def add(self, data: bytes, frm: str, to: str) -> int:
        """The size including the new leaf."""
        self.leaves.append(data)
        self.parties.append((frm, to))
        self.last_of |= {frm: len(self.leaves), to: len(self.leaves)}
        return len(self.leaves)

    def hashes(self, size: int | None = None) -> list[bytes]:
        return [leaf_hash(data) for data in self.leaves[:size]]

    def root(self, size: int | None = None) -> bytes:
        return root(self.hashes(size))

    def checkpoint(self, size: int | None = None, key: Key | None = None, origin: str | None = None) -> str:
        size = len(self.leaves) if size is None else size
        return sign_checkpoint(origin or self.origin, size, self.root(size), (key or self.key).secret)

    def consistency(self, old: int, new: int | None = None) -> list[bytes]:
        return consistency(old, self.hashes(new))

    def inclusion(self, index: int, size: int) -> list[bytes]:
        return inclusion(index, self.hashes(size))

    def export(self, path: Path, node: str, keys_tokens: list[str], witnesses: list[dict[str, Any]]) -> None:
        """One origin as NDJSON."""
        lines: list[dict[str, Any]] = [
            {"kind": "keys", "node": node, "journal_origin": self.origin, "keys_tokens": keys_tokens, "witnesses": witnesses}
        ]
        lines += [{"kind": "leaf", "index": index, "data": b64u(data)} for index, data in enumerate(self.leaves)]
        lines += [{"kind": "checkpoint", "note": note} for note in self.notes]
        path.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), encoding="utf-8")


def read_export(path: Path) -> tuple[dict[str, Any], list[bytes], list[Checkpoint]]:
    """Header, leaves in order, checkpoints of an exported journal."""
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    leaves = [line for line in lines if line["kind"] == "leaf"]
    assert [line["index"] for line in leaves] == list(range(len(leaves)))
    notes = [read_checkpoint(line["note"]) for line in lines if line["kind"] == "checkpoint"]
    return lines[0], [unb64u(line["data"]) for line in leaves], notes
