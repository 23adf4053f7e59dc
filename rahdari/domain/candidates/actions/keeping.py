"""Parts of actions on files: what was settled put into the row."""

from __future__ import annotations

from typing import Any

from rahdari.names.doors import VERSION

from ..models import File


def _put(file: File, members: dict[str, Any]) -> None:
    """Puts settled members into a file; the indexes by which it is found again follow when it is saved."""
    for member, value in members.items():
        setattr(file, member, value)
    file.keyed_by = VERSION
