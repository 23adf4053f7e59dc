"""The words of candidates: refusals, permissions, codes, labels of forms."""

from __future__ import annotations

from . import files, papers

ROOMS = (files, papers)
REFUSALS = {code: words for room in ROOMS for code, words in room.REFUSALS.items()}
PERMISSIONS = {code: words for room in ROOMS for code, words in room.PERMISSIONS.items()}
CODES = {code: words for room in ROOMS for code, words in room.CODES.items()}
LABELS = {code: words for room in ROOMS for code, words in room.LABELS.items()}
