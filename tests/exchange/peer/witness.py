"""The witness each node is for the other (C2SP tlog-witness)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from tests.exchange.peer.forms import Malformed, demand
from tests.exchange.peer.keys import Key, Public
from tests.exchange.peer.notes import DECIMAL, Checkpoint, cosign, read_checkpoint, unb64
from tests.exchange.peer.tree import consistent

PLAIN = "text/plain; charset=utf-8"
Reply = tuple[int, str, str]


@dataclass
class Seen:
    size: int = 0
    root: bytes = b""
    note: str = ""
    closed: bool = False


@dataclass
class Witness:
    name: str
    key: Key
    keys_of: Callable[[str], list[Public] | None]
    """The journal keys of the partner whose log has this origin; none when the origin is unknown."""
    seen: dict[str, Seen] = field(default_factory=dict)
    alarms: list[str] = field(default_factory=list)

    def add_checkpoint(self, body: bytes) -> Reply:
        """Status, media type and text, exactly as C2SP orders the checks."""
        try:
            old, proof, note, point = _read(body)
        except (Malformed, UnicodeDecodeError):
            return 400, PLAIN, "not an add-checkpoint request\n"
        keys = self.keys_of(point.origin)
        if keys is None:
            return 404, PLAIN, "unknown origin\n"
        seen = self.seen.setdefault(point.origin, Seen())
        if seen.closed or not any(point.signed_by(point.origin, key.x) for key in keys):
            return 403, PLAIN, "no signature of a trusted key\n"
        if old > point.size:
            return 400, PLAIN, "the old size is larger than the checkpoint\n"
        if old != seen.size:
            return 409, "text/x.tlog.size", f"{seen.size}\n"
        if old == point.size and old and seen.root != point.root:
            self.alarms.append(f"another root for {point.origin} at {old}")
            return 409, PLAIN, "another root at this size\n"
        if not consistent(old, seen.root or point.root, point.size, point.root, proof):
            return 422, PLAIN, "the proof does not verify\n"
        line = cosign(point.text, self.name, self.key.secret)
        seen.size, seen.root, seen.note = point.size, point.root, note + line
        return 200, PLAIN, line

    def close(self, origin: str) -> None:
        """The log under this origin has ended: nothing more of it is cosigned."""
        self.seen.setdefault(origin, Seen()).closed = True

    def last_note(self, origin: str) -> str | None:
        seen = self.seen.get(origin)
        return seen.note if seen and seen.note else None


def _read(body: bytes) -> tuple[int, list[bytes], str, Checkpoint]:
    text = body.decode("utf-8")
    top, gap, note = text.partition("\n\n")
    lines = top.split("\n")
    demand(bool(gap) and lines[0].startswith("old ") and len(lines) <= 64, "no old size")
    demand(DECIMAL.fullmatch(lines[0][4:]) is not None, "the old size is no decimal number")
    proof = [unb64(line) for line in lines[1:]]
    demand(all(len(step) == 32 for step in proof), "a step is no hash")
    return int(lines[0][4:]), proof, note, read_checkpoint(note)


def write_request(old: int, proof: list[str], note: str) -> bytes:
    return "".join(f"{line}\n" for line in (f"old {old}", *proof, "")).encode() + note.encode()
