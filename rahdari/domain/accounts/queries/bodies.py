"""Reads: what bodies are called."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ..models import Body


def names_of(bodies: Sequence[str], language: str) -> Mapping[str, str]:
    """The names of bodies by their ids, in a language where there is one in it, else in English; unknown ones are left out."""
    rows = Body.objects.filter(pk__in=bodies) if bodies else ()
    return {row.pk: getattr(row, f"name_{language}", "") or row.name_en for row in rows}
