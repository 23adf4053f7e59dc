"""Prints a document as PDF/A-3 with the fonts beside this file; nothing of the document is read as markup."""

from __future__ import annotations

import datetime as dt
import json
import unicodedata
from dataclasses import asdict
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any, Final

import typst

from .document import Attached, Document

HERE = Path(__file__).resolve().parent
STANDARD: Final = "a-3a"
NO_LETTER = "\u3013"  # the sign Japanese printers set for a letter they do not have
DIRECTIONS = "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"  # a name must not turn what stands beside it
_one_at_a_time = Lock()


def pdf_of(document: Document) -> bytes:
    """The document as PDF/A-3; the same document gives the same bytes. A letter the fonts lack is printed as a geta mark."""
    told = json.dumps(_told(document), ensure_ascii=False, sort_keys=True)
    made_at = dt.datetime.combine(document.made_on, dt.time(), dt.UTC)
    with _one_at_a_time:
        printed = _compiler().compile(
            format="pdf", pdf_standards=[STANDARD], sys_inputs={"document": told}, timestamp=int(made_at.timestamp())
        )
    if not isinstance(printed, bytes):
        raise TypeError("a PDF is one file")
    return printed


def pictures_of(document: Document, dots: float = 96) -> list[bytes]:
    """Its pages as pictures (PNG), to be looked at."""
    told = json.dumps(_told(document), ensure_ascii=False, sort_keys=True)
    with _one_at_a_time:
        printed = _compiler().compile(format="png", ppi=dots, sys_inputs={"document": told}, timestamp=0)
    return [printed] if isinstance(printed, bytes) else list(printed or ())


@cache
def _compiler() -> typst.Compiler:
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(HERE / "fonts")])
    return typst.Compiler(str(HERE / "form.typ"), root=str(HERE), font_paths=fonts, ignore_system_fonts=True)


@cache
def _letters() -> frozenset[int]:
    """The letters the fonts have, as listed beside them: first and last of each row, in hexadecimal."""
    found: set[int] = set()
    for line in (HERE / "fonts" / "letters.txt").read_text(encoding="ascii").split():
        first, _, last = line.partition("-")
        found.update(range(int(first, 16), int(last or first, 16) + 1))
    return frozenset(found)


def printable(text: str) -> str:
    """A text with the letters the fonts have: composed, without signs that turn directions, unknown letters as geta marks."""
    composed = unicodedata.normalize("NFC", text.translate(dict.fromkeys(map(ord, DIRECTIONS))))
    return "".join(one if one == "\n" or ord(one) in _letters() else _known(one) for one in composed)


def _known(letter: str) -> str:
    if letter.isspace():
        return " "
    if unicodedata.category(letter) in ("Cc", "Cf"):
        return ""
    like = unicodedata.normalize("NFKC", letter)
    return like if all(ord(one) in _letters() for one in like) else NO_LETTER


def _told(document: Document) -> dict[str, Any]:
    told = asdict(document) | {"made_on": document.made_on.isoformat()}
    code, attached = told.pop("code"), told.pop("attached")
    clean: dict[str, Any] = _clean(told)
    return clean | {"code": code, "attached": [_attached(Attached(**one)) for one in attached]}


def _clean(value: Any) -> Any:
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, dict):
        return {name: _clean(one) for name, one in value.items()}
    return [_clean(one) for one in value] if isinstance(value, (list, tuple)) else value


def _attached(one: Attached) -> dict[str, str]:
    return {"name": one.name, "media_type": one.media_type, "content": one.content, "description": printable(one.description)}
