"""What a file with a table is: its kind by its bytes, its encoding as found or as named; what was found is said. Pure."""

from __future__ import annotations

import codecs
import re
import unicodedata
from itertools import pairwise

from rahdari.base.refusal import Refusal, Refused

LARGEST_FILE = 10 * 1024 * 1024  # bytes
CSV, XLSX = "csv", "xlsx"
# As a person names them; the order is that of the form.
ENCODINGS = ("utf-8", "utf-16", "windows-1256", "shift_jis")
CODECS = {"utf-8": "utf-8-sig", "utf-16": "utf-16", "windows-1256": "cp1256", "shift_jis": "cp932"}
ZIP, OLD_OFFICE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
NO_TABLE = (b"%PDF-", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"\x7fELF", b"MZ")
PROBE = 256 * 1024  # letters looked at to tell two encodings apart
FITS, CLEARLY = 0.7, 0.15
# Letters of which every text of Arabic, Urdu or Persian mostly consists; bytes of another alphabet read as Arabic do not.
EVERYDAY, USUAL, ALEF = frozenset("الویيىنرمتبهہکكسدے"), 0.55, 0.06
RUN = re.compile(r"[^\x00-\x7f]+")
# Quotation marks, dashes and the like, which the code pages of Windows have in common; each alone between ASCII.
NOT_COMMON = re.compile(rb"[\x80-\xff]{2}|[^\x00-\x7f\x85\x91-\x97\x99\xa0\xa9\xae\xb0\xb7]")


def refuse(code: str, **about: object) -> Refused:
    """A refusal of the file as a whole."""
    return Refused([Refusal(code, about, member="file")])


def kind_of(content: bytes) -> str:
    """`csv` or `xlsx`. Refuses `import_file_empty`, `import_file_too_large`, `import_old_excel`, `import_no_table`."""
    if len(content) > LARGEST_FILE:
        raise refuse("import_file_too_large", limit=LARGEST_FILE // 1024 // 1024)
    if not content.strip():
        raise refuse("import_file_empty")
    if content.startswith(ZIP):
        return XLSX
    if content.startswith(OLD_OFFICE):
        raise refuse("import_old_excel")
    if content.startswith(NO_TABLE):
        raise refuse("import_no_table")
    return CSV


def decoded(content: bytes, encoding: str = "") -> tuple[str, str]:
    """The text of a file and the name of its encoding; `encoding` where a person names it.

    Refuses `import_encoding_wrong` where the named one does not fit, `import_encoding_unknown` where none fits clearly better
    than the others, `import_no_table` for what is no text.
    """
    if encoding:
        text = _strictly(content, encoding)
        if text is None:
            raise refuse("import_encoding_wrong", encoding=encoding)
        return _as_text(text), encoding
    common = "" if NOT_COMMON.search(content) else "windows-1256"
    for name in (_by_mark(content), "utf-8", common):
        text = _strictly(content, name) if name else None
        if text is not None:
            return _as_text(text), name
    return _by_letters(content)


def _by_mark(content: bytes) -> str:
    """The encoding told by a byte order mark, or by the zero bytes of every second place."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if content.startswith(codecs.BOM_UTF8):
        return "utf-8"
    head = content[:2000]
    for half, name in ((1, "utf-16-le"), (0, "utf-16-be")):
        if len(head) >= 4 and head[half::2].count(0) > len(head) // 8 and head[1 - half :: 2].count(0) == 0:
            return name
    return ""


def _strictly(content: bytes, name: str) -> str | None:
    try:
        text = content.decode(CODECS.get(name, name), "strict")
    except (UnicodeDecodeError, LookupError):
        return None
    return text.removeprefix("\ufeff")


def _by_letters(content: bytes) -> tuple[str, str]:
    """Windows-1256 or Shift_JIS by the letters they make of the bytes; none where neither fits clearly better."""
    fits = []
    for name, measure in (("windows-1256", _urdu_share), ("shift_jis", _japanese_share)):
        text = _strictly(content, name)
        if text is not None:
            fits.append((measure(text[:PROBE]), name, text))
    fits.sort(reverse=True)
    if not fits or fits[0][0] < FITS or (len(fits) > 1 and fits[0][0] - fits[1][0] < CLEARLY):
        raise refuse("import_encoding_unknown")
    _, name, text = fits[0]
    return _as_text(text), name


def _urdu_share(text: str) -> float:
    """Which part of the letters beyond ASCII stands in words of Arabic letters."""
    runs = RUN.findall(text)
    letters = [one for run in runs for one in run if "\u0600" <= one <= "\u06ff"]
    usual = sum(one in EVERYDAY for one in letters)
    if not letters or usual < USUAL * len(letters) or letters.count("ا") < ALEF * len(letters):
        return 0.0
    found = sum(sum("\u0600" <= one <= "\u06ff" for one in run) for run in runs if _has_pair(run))
    return found / max(1, sum(map(len, runs)))


def _has_pair(run: str) -> bool:
    return any("\u0600" <= one <= "\u06ff" and "\u0600" <= two <= "\u06ff" for one, two in pairwise(run))


def _japanese_share(text: str) -> float:
    """Which part of the letters beyond ASCII is kana, common kanji or full width; half-width kana tell of another encoding."""
    runs = RUN.findall(text)
    letters = "".join(runs)
    good = sum("\u3000" <= one <= "\u30ff" or "\uff01" <= one <= "\uff5e" or _is_common(one) for one in letters)
    return good / max(1, len(letters))


def _is_common(letter: str) -> bool:
    """Whether a kanji stands in the first level of JIS, where everyday words are."""
    if not "\u4e00" <= letter <= "\u9fff":
        return False
    raw = letter.encode("cp932", "ignore")
    return len(raw) == 2 and 0x88 <= raw[0] <= 0x98


def _as_text(text: str) -> str:
    """The text, if it is one. Refuses `import_no_table` for control characters no table has."""
    odd = [one for one in set(text) if one not in "\t\n\r\x0b\x0c" and unicodedata.category(one) in ("Cc", "Cs", "Cn")]
    if odd or not text.strip():
        raise refuse("import_no_table" if odd else "import_file_empty")
    return text
