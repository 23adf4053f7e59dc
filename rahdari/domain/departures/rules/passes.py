"""The clearance pass: what it says, how its serial is written, and whether one that is shown holds. Pure.

A pass is a paper anyone can check (docs/protocol/papers.md) of the kind `clearance_pass`; a blank for an outage is one of
the kind `clearance_slip`. Checking asks nobody: the keys and the list of revocations one has are enough
(docs/protocol/passes.md). No Django, no database, no clock here.
"""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from rahdari.base.clock import ZONES
from rahdari.domain.exchange.rules.papers import GENUINE, PaperKey, PaperRead, read_against
from rahdari.seals.faults import Fault
from rahdari.seals.keys import PublicKey
from rahdari.seals.tokens import LARGEST_SERIAL, Paper, Revocations, read_revocations

PASS, SLIP = "clearance_pass", "clearance_slip"
PASS_KINDS = (PASS, SLIP)
TAIL = 4  # the characters of a passport number that stand in a pass
PHOTO = 22  # of the SHA-256 of a photo in base64url: 128 bits
LONGEST_CODE = 1_000  # bytes of the whole address in the QR code
DIGITS = 7
# What is found, worst first: the first one found is the outcome.
NOT_A_PASS, REVOKED, EXPIRED, NOT_YET = "not_a_pass", "revoked", "expired", "not_yet_valid"
OTHER_PERSON, NO_LIST, LIST_TOO_OLD, BLANK, GOOD = "other_person", "no_list", "list_too_old", "blank_slip", "good"
FINDINGS = (NOT_A_PASS, REVOKED, EXPIRED, NOT_YET, OTHER_PERSON, NO_LIST, LIST_TOO_OLD, BLANK, GOOD)


@dataclass(frozen=True, slots=True)
class Shown:
    """What the person in front of the checker shows, as far as it was typed: to be compared with the pass."""

    passport: str = ""
    born: dt.date | None = None
    photo: str = ""

    def __bool__(self) -> bool:
        return bool(self.passport or self.born or self.photo)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a check found: the outcome, everything found behind it, which members differ, since when it is revoked."""

    read: PaperRead
    outcome: str
    findings: tuple[str, ...] = ()
    differ: tuple[str, ...] = ()
    compared: tuple[str, ...] = ()
    revoked_on: dt.date | None = None
    list_issued_at: dt.datetime | None = None
    list_until: dt.datetime | None = None

    @property
    def good(self) -> bool:
        """Whether the pass holds, and nothing is left open."""
        return self.outcome == GOOD


def facts_of_pass(
    *, serial: int, names: Iterable[str], born: dt.date, passport: str, photo: str, registration_no: str, clearance_no: str,
    employer: str, route: str, begins: dt.date,
) -> dict[str, Any]:  # fmt: skip
    """The `facts` of a pass: of the passport only its tail, of the photo only its digest; empty members are left out."""
    told = {
        "serial": serial,
        "names": [one for one in names if one],
        "born": born.isoformat(),
        "passport": plain_number(passport)[-TAIL:],
        "photo": photo,
        "registration": registration_no,
        "number": clearance_no,
        "employer": employer,
        "route": route,
        "from": begins.isoformat(),
    }
    return {name: value for name, value in told.items() if value}


def plain_number(text: str) -> str:
    """A number as people type it, in plain capitals and digits: full width, Eastern digits, spaces and dashes are taken."""
    folded = unicodedata.normalize("NFKC", text).upper()
    plain = (str(unicodedata.digit(one)) if one.isdigit() else one for one in folded)
    return "".join(one for one in plain if one.isascii() and one.isalnum())


def write_serial(serial: int) -> str:
    """A serial as it is printed and written by hand: seven digits, a dash, a check digit (ISO 7064, MOD 11,10)."""
    digits = f"{serial:0{DIGITS}}"
    return f"{digits}-{_check_digit(digits)}"


def read_serial(text: str) -> int | None:
    """The serial in what somebody typed, None where its check digit does not fit or it is none."""
    digits = plain_number(text)
    if not digits.isdigit() or not DIGITS < len(digits) <= 10 or digits[-1] != _check_digit(digits[:-1]):
        return None
    found = int(digits[:-1])
    return found if 0 < found <= LARGEST_SERIAL else None


def _check_digit(digits: str) -> str:
    rest = 10
    for one in digits:
        rest = ((int(one) + rest) % 10 or 10) * 2 % 11
    return str((11 - rest) % 10)


def list_against(token: str, keys: Iterable[PaperKey]) -> Revocations | None:
    """The list of revocations in a token, if one of these keys signed it while it counted; else None."""
    try:
        found = read_revocations(token)
    except Fault:
        return None
    key = next((one for one in keys if one.kid == found.jws.kid and one.node == found.node), None)
    if key is None or not key.nbf <= int(found.issued_at.timestamp()) < key.exp:
        return None
    public = PublicKey("clerk", key.kid, key.nbf, key.exp, key.raw)
    return found if public.verify(found.jws.signed, found.jws.signature) else None


def check_pass(
    typed: str, keys: Iterable[PaperKey], *, lists: Iterable[Revocations] = (), shown: Shown | None = None, at: dt.datetime
) -> Verdict:
    """Checks a pass as it was read, typed or pasted (the token, or the whole address), by the keys and lists one has.

    `lists` are ones that `list_against` took; the newest of the state that signed the pass counts.
    """
    read = read_against("".join(typed.split()).rpartition("#")[2], keys)
    if read.outcome != GENUINE or read.paper is None:
        return Verdict(read, read.outcome)
    mine = [one for one in lists if one.node == read.paper.node]
    return judge(read, max(mine, key=lambda one: one.issued_at, default=None), shown or Shown(), at)


def judge(read: PaperRead, revocations: Revocations | None, shown: Shown, at: dt.datetime) -> Verdict:
    """What is to be said of a genuine paper as a pass. A clock behind the list or the pass itself is set by them."""
    paper = read.paper
    if paper is None or paper.kind not in PASS_KINDS or type(paper.facts.get("serial")) is not int or not _has_days(paper):
        return Verdict(read, NOT_A_PASS)
    at = max(at, paper.issued_at, *([revocations.issued_at] if revocations else []))
    today, serial = at.astimezone(ZONES.get(paper.node, dt.UTC)).date(), int(paper.facts["serial"])
    since = revocations.since(serial) if revocations else None
    compared, differ = _compare(paper.facts, shown)
    found = {
        REVOKED: since is not None,
        EXPIRED: paper.until is not None and today >= paper.until,
        NOT_YET: today.isoformat() < str(paper.facts["from"]),
        OTHER_PERSON: bool(differ),
        NO_LIST: revocations is None,
        LIST_TOO_OLD: revocations is not None and at >= revocations.next_update,
        BLANK: paper.kind == SLIP,
        GOOD: paper.kind == PASS,
    }
    findings = tuple(name for name in FINDINGS if found.get(name))
    if findings[0] != GOOD:
        findings = tuple(name for name in findings if name != GOOD)
    return Verdict(
        read, findings[0], findings, differ, compared, since,
        revocations.issued_at if revocations else None, revocations.next_update if revocations else None,
    )  # fmt: skip


def _compare(facts: Mapping[str, Any], shown: Shown) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Which members could be compared, and which of these differ."""
    typed = plain_number(shown.passport)
    pairs = {
        "passport": (str(facts.get("passport", "")), typed[-TAIL:] if typed else ""),
        "born": (str(facts.get("born", "")), shown.born.isoformat() if shown.born else ""),
        "photo": (str(facts.get("photo", "")), shown.photo),
    }
    both = {name: pair for name, pair in pairs.items() if all(pair)}
    return tuple(both), tuple(name for name, (said, seen) in both.items() if said != seen)


def _has_days(paper: Paper) -> bool:
    """Whether a paper says from when until when it holds: what never ends is no pass."""
    begins = str(paper.facts.get("from", ""))
    try:
        return paper.until is not None and dt.date.fromisoformat(begins).isoformat() == begins
    except ValueError:
        return False
