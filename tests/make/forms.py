"""What a program sends, as the fields of a form bear it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def flat(told: Mapping[str, Any], before: str = "") -> dict[str, Any]:
    """Nested members as the names of the form's fields; a list of texts is typed one a line."""
    found: dict[str, Any] = {}
    for name, value in told.items():
        path = before + name
        if isinstance(value, dict):
            found |= flat(value, path + ".")
        elif isinstance(value, list) and value and isinstance(value[0], dict):
            for number, one in enumerate(value):
                found |= flat(one, f"{path}.{number}.")
        else:
            found[path] = "\n".join(value) if isinstance(value, list) else value
    return found
