"""The guidance before the journey, and the first day of work (ICRRA 19-18; criteria ordinance 4).

Facts in, every refusal out. No Django, no database, no clock here.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from rahdari.base.refusal import Refusal

LONGEST_GUIDANCE = 24 * 60


def why_not_guide(
    *, signed_on: dt.date | None, on: dt.date, minutes: int, language: str, languages: Collection[str], confirmed: bool,
    given: bool,
) -> list[Refusal]:  # fmt: skip
    """Why guidance cannot be recorded; the worker's signature confirms it. How long it must be is expected, not required."""
    against = [Refusal("wrong_state")] if given else []
    if signed_on is None or on < signed_on:
        against.append(Refusal("before_contract", {"signed_on": signed_on}, member="on"))
    if not 0 < minutes <= LONGEST_GUIDANCE:
        against.append(Refusal("minutes_missing", member="minutes"))
    if language not in languages:
        against.append(Refusal("language_missing", {"language": language}, member="language"))
    if not confirmed:
        against.append(Refusal("signature_missing", member="confirmed"))
    return against


def why_not_begin(
    *, arrived_on: dt.date | None, on: dt.date, begun: bool, inside: bool = False, permitted_on: dt.date | None = None
) -> list[Refusal]:
    """Why no first day of work can be recorded: before the landing, or where the worker lives in Japan before the permission."""
    against = [Refusal("wrong_state")] if begun else []
    if inside:
        early = permitted_on is None or on < permitted_on
        return [*against, Refusal("before_permission", {"permitted_on": permitted_on}, member="on")] if early else against
    if arrived_on is None or on < arrived_on:
        against.append(Refusal("before_landing", {"arrived_on": arrived_on}, member="on"))
    return against
