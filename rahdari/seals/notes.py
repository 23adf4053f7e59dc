"""Checkpoints of a journal as signed notes, and what witnesses write under them (protocol, section 6).

The forms are those of C2SP: signed-note, tlog-checkpoint, tlog-cosignature, and the request body of tlog-witness.
A text of another form is refused with `Fault("malformed")`; one that is read is written again byte for byte.
Whether a key was valid, or is known at all, is asked elsewhere.
"""

from __future__ import annotations

import base64
import binascii
import datetime as dt
import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass

from .faults import malformed
from .keys import PrivateKey, PublicKey

LOG, COSIGNATURE = 0x01, 0x04  # types of signatures; the same key and name may have both
LARGEST = 2**63 - 1
MOST_SIGNATURES = 64
MOST_PROOF_LINES = 63
_DECIMAL = re.compile("0|[1-9][0-9]{0,18}")
_BARRED = re.compile("[\x00-\x09\x0b-\x1f\ud800-\udfff]")
_DASH = "\u2014 "


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The head of a journal: its origin, how many leaves, their root; `extra` are lines nobody here gives a meaning."""

    origin: str
    size: int
    root: bytes
    extra: tuple[str, ...] = ()

    def body(self) -> str:
        """The text that is signed."""
        return "".join(f"{line}\n" for line in (self.origin, self.size, _base64(self.root), *self.extra))


@dataclass(frozen=True, slots=True)
class Line:
    """One signature under a note: the name of the key, the four bytes of its id, what it signed."""

    name: str
    key_id: bytes
    signature: bytes

    def __str__(self) -> str:
        return f"{_DASH}{self.name} {_base64(self.key_id + self.signature)}\n"


@dataclass(frozen=True, slots=True)
class Note:
    """A checkpoint with the signatures under it; `text` is what they sign, `str(note)` the whole."""

    checkpoint: Checkpoint
    text: str
    signatures: tuple[Line, ...]

    def __str__(self) -> str:
        return f"{self.text}\n{''.join(str(line) for line in self.signatures)}"


def key_id(name: str, kind: int, raw: bytes) -> bytes:
    """The four bytes that tell which key of which kind signed a line."""
    return hashlib.sha256(f"{name}\n".encode() + bytes([kind]) + raw).digest()[:4]


def make_note(checkpoint: Checkpoint, key: PrivateKey) -> str:
    """The checkpoint signed by its own journal, under its origin as the name; refuses what would not be read back the same."""
    _check_signer(key, checkpoint.origin)
    text = checkpoint.body()
    _check_letters(text)
    if _read_checkpoint(text) != checkpoint:
        raise malformed("A line of the checkpoint has a line feed in it.")
    line = Line(checkpoint.origin, key_id(checkpoint.origin, LOG, key.public.raw), key.sign(text.encode("utf-8")))
    return f"{text}\n{line}"


def read_note(text: str) -> Note:
    """The note and its checkpoint; no signature is checked here."""
    _check_letters(text)
    body, blank, signed = text.rpartition("\n\n")
    if not blank or not signed.endswith("\n"):
        raise malformed("A note is a text, an empty line and signature lines, each ended by a line feed.")
    return Note(_read_checkpoint(body + "\n"), body + "\n", read_lines(signed))


def read_lines(text: str) -> tuple[Line, ...]:
    """Signature lines alone, as a witness answers them; at least one, at most 64."""
    _check_letters(text)
    lines = text.split("\n")
    if lines.pop() != "" or not 1 <= len(lines) <= MOST_SIGNATURES:
        raise malformed(f"There must be from 1 to {MOST_SIGNATURES} signature lines, each ended by a line feed.")
    return tuple(_read_line(line) for line in lines)


def verify_log(note: Note, key: PublicKey, name: str) -> bool:
    """Whether the journal of that name signed with this key; one line in its name that does not verify spoils the note."""
    mine = [line for line in note.signatures if (line.name, line.key_id) == (name, key_id(name, LOG, key.raw))]
    text = note.text.encode("utf-8")
    return bool(mine) and all(key.verify(text, line.signature) for line in mine)


def cosign(note: Note, name: str, key: PrivateKey, at: dt.datetime) -> str:
    """The line, line feed included, by which a witness says that it saw this head at that second and nothing against it."""
    _check_signer(key, name)
    seconds = int(at.timestamp()) if at.tzinfo is not None else -1
    if not 0 <= seconds <= LARGEST:
        raise ValueError("a cosignature needs a moment with its zone, not before 1970")
    signature = seconds.to_bytes(8, "big") + key.sign(_cosigned(seconds, note.text))
    return str(Line(name, key_id(name, COSIGNATURE, key.public.raw), signature))


def verify_cosignature(note: Note, line: Line, name: str, key: PublicKey) -> int | None:
    """The second at which the witness of that name signed with this key, or None when the line is not its signature."""
    if (line.name, line.key_id) != (name, key_id(name, COSIGNATURE, key.raw)) or len(line.signature) != 72:
        return None
    seconds = int.from_bytes(line.signature[:8], "big")
    if seconds > LARGEST or not key.verify(_cosigned(seconds, note.text), line.signature[8:]):
        return None
    return seconds


def with_lines(note: Note, lines: Sequence[Line]) -> Note:
    """The note with these lines under it, each in the place of an older one by the same key: it does not grow for ever."""
    held = {(line.name, line.key_id): line for line in (*note.signatures, *lines)}
    return Note(note.checkpoint, note.text, tuple(held.values()))


def make_add_checkpoint(old_size: int, proof: Sequence[bytes], note: str) -> str:
    """The request to a witness: the size it cosigned last, the proof from there, the note; refuses what it would refuse."""
    text = "".join((f"old {old_size}\n", *(f"{_base64(one)}\n" for one in proof), "\n", note))
    read_add_checkpoint(text)
    return text


def read_add_checkpoint(text: str) -> tuple[int, list[bytes], Note]:
    """The old size, the proof and the note of a request; refuses more than 63 proof lines and an old size beyond the note's."""
    head, blank, signed = text.partition("\n\n")
    first, *proof = head.split("\n")
    if not blank or not first.startswith("old "):
        raise malformed("A request to a witness begins with its old size, and an empty line stands before the checkpoint.")
    old_size = _read_size(first.removeprefix("old "))
    if len(proof) > MOST_PROOF_LINES:
        raise malformed(f"A request to a witness has at most {MOST_PROOF_LINES} proof lines.")
    note = read_note(signed)
    if old_size > note.checkpoint.size:
        raise malformed("The old size is larger than the size of the checkpoint.")
    return old_size, [_read_hash(line) for line in proof], note


def _read_checkpoint(text: str) -> Checkpoint:
    lines = text.split("\n")[:-1]
    if len(lines) < 3 or not all(lines):
        raise malformed("A checkpoint has at least three lines, none of them empty.")
    origin, size, root, *extra = lines
    return Checkpoint(origin, _read_size(size), _read_hash(root), tuple(extra))


def _read_line(line: str) -> Line:
    name, space, code = line.removeprefix(_DASH).partition(" ")
    if not line.startswith(_DASH) or not space or not _is_name(name):
        raise malformed("A signature line is a dash, the name of a key and its signature, with one space between them.")
    signed = _read_base64(code)
    if len(signed) < 5:
        raise malformed("A signature is shorter than the id of its key and one byte.")
    return Line(name, signed[:4], signed[4:])


def _read_size(text: str) -> int:
    if not _DECIMAL.fullmatch(text) or int(text) > LARGEST:
        raise malformed("A size is a decimal number without leading zeros, below 2^63.")
    return int(text)


def _read_hash(text: str) -> bytes:
    value = _read_base64(text)
    if len(value) != 32:
        raise malformed("A hash has 32 bytes.")
    return value


def _read_base64(text: str) -> bytes:
    try:
        value = binascii.a2b_base64(text.encode("ascii"), strict_mode=True)
    except ValueError:
        raise malformed("A value of a note is not base64.") from None
    if _base64(value) != text:  # strict mode still takes spare bits that are not zero
        raise malformed("A value of a note is not strict base64.")
    return value


def _base64(raw: bytes) -> str:
    return base64.b64encode(raw).decode("ascii")


def _check_letters(text: str) -> None:
    if _BARRED.search(text):
        raise malformed("A note has a control character or half of a surrogate pair.")


def _is_name(name: str) -> bool:
    return bool(name) and "+" not in name and not any(letter.isspace() for letter in name)


def _check_signer(key: PrivateKey, name: str) -> None:
    if key.public.role != "journal":
        raise ValueError("checkpoints and cosignatures are signed by the key of the journal")
    if not _is_name(name):
        raise malformed("The name of a key is empty or has a space or a plus sign.")


def _cosigned(seconds: int, text: str) -> bytes:
    return f"cosignature/v1\ntime {seconds}\n{text}".encode()
