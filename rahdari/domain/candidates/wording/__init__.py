"""The words of candidates: refusals, permissions, codes, labels of forms."""

from __future__ import annotations

from . import dependants, files, likeness, lists, papers, shown, training

ROOMS = (files, papers, likeness, lists, training, shown, dependants)
REFUSALS = {code: words for room in ROOMS for code, words in room.REFUSALS.items()}
PERMISSIONS = {code: words for room in ROOMS for code, words in room.PERMISSIONS.items()}
STATES = {code: words for room in ROOMS for code, words in getattr(room, "STATES", {}).items()}
CODES = {code: words for room in ROOMS for code, words in room.CODES.items()}
LABELS = {code: words for room in ROOMS for code, words in room.LABELS.items()}
