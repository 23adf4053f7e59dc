"""A paper anyone can check without a network: a short signed token, small enough for a QR code (docs/protocol/papers.md)."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import Any

from ..faults import Fault, malformed
from ..forms import read_moment, write_moment
from ..jws import Jws, split
from ..keys import PrivateKey
from .members import Members, content, first_spec, or_none, read_node, read_object, read_text, signed, take

PAPER = "rahdari-paper+jwt"
LARGEST_PAPER = 1_000  # bytes: a QR code of this size is still read from the screen of a cheap phone
_KIND = re.compile(r"[a-z][a-z_]{0,30}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """What a state says in a paper (not yet checked): of which kind, what, when, and the first day on which it holds no more."""

    node: str
    kind: str
    facts: Members
    issued_at: dt.datetime
    until: dt.date | None
    jws: Jws


def read_paper(token: str) -> Paper:
    """The paper in a token; refuses `malformed`, also what is longer than a paper may be."""
    if not isinstance(token, str) or len(token) > LARGEST_PAPER:
        raise malformed("A paper has at most 1,000 bytes.")
    jws = split(token, PAPER)
    return Paper(**_members(first_spec(content(jws.payload))), jws=jws)


def make_paper(*, node: str, kind: str, facts: Members, issued_at: dt.datetime, until: dt.date | None, key: PrivateKey) -> str:
    """The signed paper; refuses (`malformed`) what `read_paper` would, so also too many facts."""
    told: dict[str, Any] = {"spec": 1, "node": node, "kind": kind, "facts": facts, "issued_at": write_moment(issued_at)}
    told["until"] = until.isoformat() if until is not None else None
    token = signed(told, key, PAPER, role="clerk")
    read_paper(token)
    return token


def _members(told: Members) -> Members:
    return {
        "node": take(told, "node", read_node),
        "kind": take(told, "kind", _read_kind),
        "facts": take(told, "facts", read_object),
        "issued_at": take(told, "issued_at", read_moment),
        "until": take(told, "until", or_none(_read_day)),
    }


def _read_kind(value: Any) -> str:
    if not _KIND.fullmatch(read_text(value)):
        raise malformed("A kind is one word in small letters.")
    return str(value)


def _read_day(value: Any) -> dt.date:
    text = read_text(value)
    try:
        day = dt.date.fromisoformat(text)
    except ValueError:
        day = None
    if day is None or day.isoformat() != text:
        raise Fault("malformed", "A day is not written YYYY-MM-DD.")
    return day
