"""C2SP signed notes: checkpoints (type 0x01) and cosignatures (type 0x04)."""

from __future__ import annotations

import base64
import binascii
import re
import struct
import time
from dataclasses import dataclass, field

from tests.exchange.peer.curve import Signing, verifies
from tests.exchange.peer.forms import Malformed, demand, sha

LOG, WITNESS = 0x01, 0x04
DASH = "\N{EM DASH}"
DECIMAL = re.compile(r"0|[1-9][0-9]*")


def b64(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")


def unb64(text: str) -> bytes:
    """Standard base64 with its padding, and only that."""
    try:
        data = base64.b64decode(text.encode("ascii"), validate=True)
    except (binascii.Error, ValueError):
        raise Malformed("not base64") from None
    demand(b64(data) == text, "base64 in another spelling")
    return data


def key_id(name: str, kind: int, x: bytes) -> bytes:
    return sha(name.encode() + b"\n" + bytes([kind]) + x)[:4]


@dataclass(frozen=True)
class Line:
    name: str
    key_id: bytes
    signature: bytes


@dataclass(frozen=True)
class Checkpoint:
    text: str
    origin: str
    size: int
    root: bytes
    lines: list[Line] = field(default_factory=list)

    def signed_by(self, name: str, x: bytes) -> bool:
        """Whether the log's own key signed; other lines are ignored."""
        mine = [line for line in self.lines if line.name == name and line.key_id == key_id(name, LOG, x)]
        return bool(mine) and all(verifies(x, self.text.encode(), line.signature) for line in mine)

    def cosigned_by(self, name: str, x: bytes) -> bool:
        return any(cosigned(self.text, line, name, x) for line in self.lines)


def checkpoint_text(origin: str, size: int, top: bytes) -> str:
    return f"{origin}\n{size}\n{b64(top)}\n"


def signature_line(name: str, identifier: bytes, signature: bytes) -> str:
    return f"{DASH} {name} {b64(identifier + signature)}\n"


def sign_checkpoint(origin: str, size: int, top: bytes, key: Signing) -> str:
    text = checkpoint_text(origin, size, top)
    return f"{text}\n{signature_line(origin, key_id(origin, LOG, key.x), key.sign(text.encode()))}"


def cosign(text: str, name: str, key: Signing, at: int | None = None) -> str:
    """The line a witness adds under a checkpoint."""
    at = int(time.time()) if at is None else at
    signature = key.sign(f"cosignature/v1\ntime {at}\n{text}".encode())
    return signature_line(name, key_id(name, WITNESS, key.x), struct.pack(">Q", at) + signature)


def cosigned(text: str, line: Line, name: str, x: bytes) -> bool:
    if line.name != name or line.key_id != key_id(name, WITNESS, x) or len(line.signature) != 72:
        return False
    (at,) = struct.unpack(">Q", line.signature[:8])
    return verifies(x, f"cosignature/v1\ntime {at}\n{text}".encode(), line.signature[8:])


def read_line(text: str) -> Line:
    parts = text.split(" ")
    demand(len(parts) == 3 and parts[0] == DASH and bool(parts[1]) and "+" not in parts[1], "not a signature line")
    data = unb64(parts[2])
    demand(len(data) > 4, "no signature in the line")
    return Line(parts[1], data[:4], data[4:])


def read_checkpoint(note: str) -> Checkpoint:
    """Takes a signed checkpoint apart; says nothing yet of who signed it."""
    demand(all(letter == "\n" or letter >= " " for letter in note), "a control character")
    text, gap, signatures = note.rpartition("\n\n")
    demand(bool(gap) and signatures.endswith("\n"), "no signatures")
    lines = text.split("\n")
    demand(len(lines) >= 3 and all(lines), "less than three lines")
    demand(DECIMAL.fullmatch(lines[1]) is not None, "the size is no decimal number")
    top = unb64(lines[2])
    demand(len(top) == 32, "the root is no hash")
    return Checkpoint(f"{text}\n", lines[0], int(lines[1]), top, [read_line(one) for one in signatures[:-1].split("\n")])
