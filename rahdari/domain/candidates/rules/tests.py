"""Which tests a person has passed of those a kind of work asks. No Django, no database, no clock here."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Passed:
    """A test passed: its code, the field it was for (empty where it is for any), whether it was made void."""

    exam: str
    field: str = ""
    void: bool = False


def missing_tests(asked: Iterable[str], field: str, passed: Iterable[Passed]) -> list[str]:
    """The tests asked that no valid result of this field, or of no field, shows."""
    have = {one.exam for one in passed if not one.void and one.field in ("", field)}
    return [code for code in asked if code not in have]
