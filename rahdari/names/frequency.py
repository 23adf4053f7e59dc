"""Very frequent parts of Pakistani names, told in any spelling and script: they alone say little about who is meant."""

from __future__ import annotations

from functools import lru_cache
from importlib import resources

from rahdari.names.alignment import word_cost
from rahdari.names.folding import KANJI, LATIN
from rahdari.names.keys import keys_of
from rahdari.names.parsing import Part

GIVEN, CLAN = "given", "clan"


def _read_frequent() -> dict[str, list[tuple[str, str]]]:
    found: dict[str, list[tuple[str, str]]] = {}
    text = resources.files("rahdari.names").joinpath("tables", "frequent.tsv").read_text(encoding="utf-8")
    for line in text.splitlines():
        if line and not line.startswith("#"):
            kind, names = line.split("\t")
            for name in names.split():
                for key in keys_of(name, LATIN):
                    found.setdefault(key, []).append((name, kind))
    return found


_FREQUENT = _read_frequent()
SAME_SOUND = 0.3


@lru_cache(maxsize=1 << 14)
def frequent(text: str, script: str) -> tuple[str, str]:
    """The very frequent part of Pakistani names that this is in any spelling, and its kind; nothing twice if it is none."""
    best = ("", "", SAME_SOUND)
    for key in keys_of(text, script) if script != KANJI else ():
        for name, kind in _FREQUENT.get(key, ()):
            cost, length = word_cost(text, script, "w", name, LATIN, "w")
            if cost / (length + 1) < best[2]:
                best = (name, kind, cost / (length + 1))
    return best[0], best[1]


def kind_of(part: Part) -> str:
    """`given` or `clan` for a very frequent part of a name, else nothing."""
    return frequent(part.text, part.script)[1]


def are_two_names(left: Part, right: Part) -> bool:
    """Whether both are very frequent parts, and not the same."""
    ours, theirs = frequent(left.text, left.script)[0], frequent(right.text, right.script)[0]
    return bool(ours) and bool(theirs) and ours != theirs
