"""Folded text cut into words: a run of Japanese letters is one, spaces and signs part the others. Pure."""

from __future__ import annotations

import re

from rahdari.names.folding import fold

_LETTERS = "\u3041-\u30fa\u30fc-\u30ff\u3400-\u9fff\uf900-\ufaff々〆"
JAPANESE = re.compile(f"[{_LETTERS}]+")
_PARTS = re.compile(f"[{_LETTERS}]+|[^\\W_{_LETTERS}]+")


def parts_of(text: str) -> list[str]:
    """The folded words of a text."""
    return _PARTS.findall(fold(text))
