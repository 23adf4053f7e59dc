"""Results in a file: what an examiner's key signed, read line by line; JSON inside its signature, or CSV with one beside it.

A file is a JWS compact (`typ` below) over JSON `{"sitting", "results": [...]}`, or CSV whose detached signature
(`HEADER..SIGNATURE`, RFC 7515 appendix F) covers its bytes. Text and bytes in, lines or refusals out. No Django, no database
here, and no clock.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rahdari.base.refusal import Refusal, Refused
from rahdari.seals.faults import Fault
from rahdari.seals.forms import decode, encode, read_json
from rahdari.seals.jws import Jws, check, split
from rahdari.seals.keys import PublicKey, public_from_jwk, thumbprint

from .results import OUTCOMES, ResultLine, SectionScore
from .tables import CsvRow, rows_of_csv

TYP = "rahdari-results+jws"
JOSE, CSV = "jose", "csv"
LARGEST, MOST_LINES, MOST_WRONG = 2 * 1024 * 1024, 1000, 20
COLUMNS = ("number", "outcome", "identity_checked", "certificate_no", "sections")
SECTION = re.compile(r"([A-Za-z0-9_ -]{1,40})=(\d{1,6})/(\d{1,6})")
YES_NO = {"yes": True, "no": False, "": False}
KEY_MOVES: dict[str, set[str]] = {"key_entered": {"key_in_use", "key_ended"}, "key_in_use": {"key_ended"}, "key_ended": set()}
LONGEST_KEY = 366  # days


@dataclass(frozen=True, slots=True)
class SignedFile:
    """A file taken apart: which kind, the token over its bytes, and the bytes; nothing in it is true before `lines_of`."""

    kind: str
    jws: Jws
    content: bytes


def _wrong(code: str, **about: object) -> Refused:
    return Refused([Refusal(code, about, member="file")])


def signed_file(content: bytes, signature: str = "") -> SignedFile:
    """The parts of a file and its signature. Refuses `file_too_large` and `results_not_signed`."""
    if len(content) > LARGEST:
        raise _wrong("file_too_large", limit=LARGEST // 1024 // 1024)
    try:
        if not signature.strip():
            return SignedFile(JOSE, split(content.decode("ascii").strip(), TYP), content)
        header, middle, mark = signature.strip().split(".", 2)
        if middle:
            raise _wrong("results_not_signed")
        return SignedFile(CSV, split(f"{header}.{encode(content)}.{mark}", TYP), content)
    except (Fault, ValueError):
        raise _wrong("results_not_signed") from None


def why_not_signed(file: SignedFile, key: PublicKey | None, *, in_use: bool, valid: bool) -> list[Refusal]:
    """Why the signature proves nothing: no key of this examiner, one not in use now, or another one's signature."""
    if key is None:
        return [Refusal("examiner_key_unknown", member="file")]
    if not in_use or not valid:
        return [Refusal("examiner_key_ended", member="file")]
    try:
        check(file.jws, key)
    except Fault:
        return [Refusal("signature_wrong", member="file")]
    return []


def lines_of(file: SignedFile, sitting: str) -> list[ResultLine]:
    """The lines of a file whose signature was checked. Refuses `other_sitting`, `results_missing`, `results_row_wrong`."""
    rows = _json_rows(file.jws.payload, sitting) if file.kind == JOSE else _csv_rows(file.jws.payload)
    if not rows:
        raise _wrong("results_missing")
    if len(rows) > MOST_LINES:
        raise _wrong("too_many_results", most=MOST_LINES)
    lines: list[ResultLine] = []
    wrong: list[Refusal] = []
    for place, row in enumerate(rows, 1):
        found = _line(row)
        if isinstance(found, str):
            wrong.append(Refusal("results_row_wrong", {"line": place, "column": found}, member="file"))
        else:
            lines.append(found)
    if wrong:
        raise Refused(wrong[:MOST_WRONG])
    return lines


def _json_rows(payload: bytes, sitting: str) -> Sequence[Mapping[str, Any]]:
    try:
        told = read_json(payload)
    except Fault:
        raise _wrong("results_not_read") from None
    rows = told.get("results") if isinstance(told, dict) else None
    if not isinstance(rows, list) or not all(isinstance(one, dict) for one in rows):
        raise _wrong("results_not_read")
    if told.get("sitting") != sitting:
        raise _wrong("other_sitting")
    found: list[Mapping[str, Any]] = rows
    return found


def _csv_rows(payload: bytes) -> Sequence[Mapping[str, Any]]:
    rows = rows_of_csv(payload, COLUMNS, least=3, unread="results_not_read", mistitled="results_columns")
    return [_typed(row) for row in rows]


def _typed(row: CsvRow | None) -> Mapping[str, Any]:
    """A row with its values as JSON has them; one of another length is told as wrong by its number."""
    if row is None:
        return {}
    seen = YES_NO.get(row["identity_checked"].lower(), "")
    return row | {"identity_checked": seen, "sections": _sections_typed(row.get("sections", ""))}


def _sections_typed(text: str) -> Any:
    parts = [SECTION.fullmatch(part.strip()) for part in text.split(";") if part.strip()]
    if not all(parts):
        return None
    return [{"code": one[1].strip(), "score": int(one[2]), "max": int(one[3])} for one in parts if one]


def _line(row: Mapping[str, Any]) -> ResultLine | str:
    """A line, or the name of the column that is wrong."""
    number, outcome, seen = row.get("number"), row.get("outcome"), row.get("identity_checked", False)
    certificate, sections = row.get("certificate_no") or "", row.get("sections", [])
    if not isinstance(number, str) or not 0 < len(number.strip()) <= 60:
        return "number"
    if not isinstance(outcome, str) or outcome.strip() not in OUTCOMES:
        return "outcome"
    if not isinstance(seen, bool):
        return "identity_checked"
    if not isinstance(certificate, str) or len(certificate.strip()) > 60:
        return "certificate_no"
    scores = _scores(sections)
    return "sections" if scores is None else ResultLine(number.strip(), outcome.strip(), seen, certificate.strip(), scores)


def _scores(sections: Any) -> tuple[SectionScore, ...] | None:
    if not isinstance(sections, list) or len(sections) > 20:
        return None
    found = []
    for one in sections:
        told = one if isinstance(one, dict) else {}
        code, score, most = told.get("code"), told.get("score"), told.get("max")
        whole = all(isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= 10**6 for value in (score, most))
        if not isinstance(code, str) or not 0 < len(code) <= 40 or not whole:
            return None
        found.append(SectionScore(code, score, most))  # type: ignore[arg-type]  # whole numbers, as asked above
    return tuple(found)


def key_typed(x: str) -> tuple[str, bytes]:
    """The name and the bytes of a public key typed as its `x` in base64url. Refuses `key_wrong`: also a weak one."""
    try:
        jwk = {"kty": "OKP", "crv": "Ed25519", "x": x.strip(), "role": "clerk", "nbf": 0, "exp": 1}
        raw = public_from_jwk(jwk | {"kid": thumbprint(decode(x.strip()), "clerk")}).raw
    except (Fault, ValueError):
        raise Refused([Refusal("key_wrong", member="x")]) from None
    return thumbprint(raw, "clerk"), raw


def why_not_enter_key(*, days: int, known: bool) -> list[Refusal]:
    """Why a key cannot be entered: known already, or not between a day and a year."""
    against = [Refusal("key_known", member="x")] if known else []
    return against + ([] if 0 < days <= LONGEST_KEY else [Refusal("key_too_long", {"days": LONGEST_KEY}, member="until")])


def why_not_confirm_key(*, state: str, same_person: bool) -> list[Refusal]:
    """Why a key cannot be confirmed: not waiting for it, or by whoever entered it."""
    against = [] if state == "key_entered" else [Refusal("wrong_state", {"now": state})]
    return against + ([Refusal("four_eyes")] if same_person else [])
