"""A change of status of residence in Japan, in the place of certificate, visa and landing (ICRRA 20; 2-5; criteria ordinance).

Facts in, every refusal out. No Django, no database, no clock here.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from rahdari.base.days import ONE_DAY, end_after
from rahdari.base.reference import Book
from rahdari.base.refusal import Refusal
from rahdari.base.states import Moves, why_not_move

FILED, PERMITTED, REFUSED = "change_filed", "status_changed", "change_refused"  # states, named like the steps that lead to them
CHANGE_MOVES: Moves = {FILED: {PERMITTED, REFUSED}, PERMITTED: set(), REFUSED: set()}
FROM_STATUSES = ("student", "titp", "designated", "other")
REFUSED_BECAUSE = (
    "requirements", "employer", "support_plan", "papers_false", "papers_missing", "past_stay", "other",
)  # fmt: skip
PENDING = "JP_PENDING"  # row of `windows`: how long a stay goes on while an application is pending
CHANGE = "change of status or extension"  # of `stay_rules`: to what a longest period of stay applies


@dataclass(frozen=True, slots=True)
class StayLimits:
    """What the tables allow on a day for a status, in months: the whole stay and one permission; None is no limit."""

    total: int | None
    one: int | None


def limits_of(book: Book, status: str, on: dt.date) -> StayLimits:
    """The limits of a status on a day (`stay_rules`: SSW1_TOTAL and the like)."""
    total = next(iter(book.in_force("stay_rules", on, kind="total_limit", status=status)), None)
    periods = book.in_force("stay_rules", on, kind="period_unit", status=status)
    one = next((row for row in periods if row["applies_to"] == CHANGE), None)
    return StayLimits(None if total is None else total.number("value"), None if one is None else one.number("value"))


def longest_until(limits: StayLimits, on: dt.date, months_used: int) -> dt.date | None:
    """The first day after the longest stay that can be permitted on a day; None where the tables set no limit."""
    left = None if limits.total is None else max(0, limits.total - months_used)
    months = min((one for one in (limits.one, left) if one is not None), default=None)
    return None if months is None else end_after(on, months, "months") + ONE_DAY


def stays_on_until(book: Book, stay_ends_on: dt.date) -> dt.date:
    """The last day of the stay while an application filed in time is pending (ICRRA 20(6); `windows`)."""
    row = next(iter(book.in_force("windows", stay_ends_on, code=PENDING)), None)
    number = None if row is None else row.number("number")
    return stay_ends_on if row is None or number is None else end_after(stay_ends_on, number, row["unit"])


def why_not_file_change(
    *, inside: bool, open_one: bool, signed: bool, guided: bool, health_fit: bool, council_needed: bool, council_member: bool,
    field: str, stopped: bool, stay_ends_on: dt.date, on: dt.date, limits: StayLimits, months_used: int,
) -> list[Refusal]:  # fmt: skip
    """Why no change of status can be applied for.

    `stay_ends_on` is the last day of the present stay, `months_used` the whole months spent as SSW(i) before, `stopped` tells
    that an order on the field lets a change come to nothing.
    """
    if not inside:
        return [Refusal("change_not_on_route")]
    against = [Refusal("wrong_state")] if open_one else []
    if not signed:
        against.append(Refusal("contract_missing"))
    if not guided:
        against.append(Refusal("guidance_missing"))
    if not health_fit:
        against.append(Refusal("health_check_missing"))
    if council_needed and not council_member:
        against.append(Refusal("council_missing", member="council_member"))
    if stopped:
        against.append(Refusal("field_suspended", {"field": field}, member="in_exception_group"))
    return [*against, *why_not_from_stay(stay_ends_on=stay_ends_on, on=on, limits=limits, months_used=months_used)]


def why_not_from_stay(*, stay_ends_on: dt.date, on: dt.date, limits: StayLimits, months_used: int) -> list[Refusal]:
    """Why the present stay, or what was used of the whole one, lets no application begin."""
    against = [Refusal("stay_over", {"last": stay_ends_on}, member="stay_ends_on")] if on > stay_ends_on else []
    if limits.total is not None and months_used >= limits.total:
        against.append(Refusal("five_years_used", {"months": limits.total}, member="months_used"))
    return against


def why_not_permit_change(
    *, state: str, on: dt.date, until: dt.date, longest: dt.date | None, stays_on: dt.date | None
) -> list[Refusal]:
    """Why a change cannot be permitted so.

    `until` is the first day after the new stay, `longest` the latest the tables allow, `stays_on` the last day on which the
    person could still be waiting in Japan; None where it is not known here.
    """
    against = why_not_move(CHANGE_MOVES, state, PERMITTED)
    if until <= on + ONE_DAY:
        against.append(Refusal("stay_ends_before", member="last_on"))
    elif longest is not None and until > longest:
        against.append(Refusal("stay_too_long", {"last": longest - ONE_DAY}, member="last_on"))
    if stays_on is not None and on > stays_on:
        against.append(Refusal("continuation_over", {"last": stays_on}, member="on"))
    return against


def why_not_refuse_change(*, state: str, codes: Sequence[str], known: Collection[str] = REFUSED_BECAUSE) -> list[Refusal]:
    """Why a change cannot be refused: none is pending, or no reason of the list is given."""
    against = why_not_move(CHANGE_MOVES, state, REFUSED)
    return against if codes and set(codes) <= set(known) else [*against, Refusal("reason_missing", member="codes")]
