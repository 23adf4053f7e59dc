"""How a field stands on a day: its ceiling, how much of it is used, when it would be reached, and its state.

The expected numbers of a field are used as ceilings of Specified Skilled Workers (i) (ICRRA 7-2(3)). A forecast
is a straight line through two counts: a forecast, not a promise. No Django, no database, no clock here.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rahdari.base.reference import Book, Row
from rahdari.base.refusal import Reason

SCHEME = "ssw1"
SCOPES = ("ssw1", "ssw_all")  # in one and the same day's counts the narrower is nearer to what the ceiling counts
NEARING = 0.9  # a target of this project: from nine tenths of the ceiling on a field is marked as nearing it
STANDING_STATES = frozenset({"decided", "changed"})
SURENESS = ("low", "medium", "high")


@dataclass(frozen=True, slots=True)
class Use:
    """How much of a ceiling is used: `share` 1.0 is all of it; the count may be older than the ceiling."""

    people: int
    as_of: dt.date
    scope: str
    approximate: bool
    ceiling: int
    share: float
    count: Row
    limit: Row

    @property
    def percent(self) -> int:
        """The share in whole per cent, rounded down: a ceiling that is not reached is never shown as 100."""
        return int(self.share * 100 + 1e-9)

    @property
    def mark(self) -> str:
        """`full`, `nearing` or `room`."""
        return "full" if self.share >= 1 else "nearing" if self.share >= NEARING else "room"


@dataclass(frozen=True, slots=True)
class Forecast:
    """The day on which a ceiling would be reached; `day` is None where nothing can be said. `reason` says how or why not."""

    day: dt.date | None
    reason: Reason
    first: Row | None = None
    last: Row | None = None
    a_day: float = 0.0


def ceiling_on(book: Book, field: str, on: dt.date, scheme: str = SCHEME) -> Row | None:
    """The ceiling of a field in force on a day: the newest decided by then whose period holds the day."""
    decided = [row for row in ceilings_of(book, field, scheme) if (row.day("decided_on") or on) <= on]
    held = [row for row in decided if (row.day("period_from") or on) <= on <= (row.day("period_until") or on)]
    return max(held, key=lambda row: row["decided_on"], default=None)


def ceilings_of(book: Book, field: str, scheme: str = SCHEME) -> tuple[Row, ...]:
    """Every ceiling a field had or has under a scheme, in the order of decision."""
    return tuple(sorted(book.rows("field_ceilings", field=field, scheme=scheme), key=lambda row: row["decided_on"]))


def counts_of(book: Book, field: str) -> tuple[Row, ...]:
    """The counts of residents of a field, one a day, the oldest first."""
    best: dict[str, Row] = {}
    for scope in reversed(SCOPES):
        best |= {row["as_of"]: row for row in book.rows("field_residents", field=field, scope=scope)}
    return tuple(best[day] for day in sorted(best))


def use_on(book: Book, field: str, on: dt.date) -> Use | None:
    """How much of the ceiling of a day the newest count by then uses; None where count or ceiling is not known."""
    limit = ceiling_on(book, field, on)
    counts = [row for row in counts_of(book, field) if row["as_of"] <= on.isoformat()]
    ceiling = limit.number("ceiling") if limit is not None else None
    if limit is None or not counts or not ceiling:
        return None
    count = counts[-1]
    people, as_of = count.number("people") or 0, count.day("as_of") or on
    return Use(people, as_of, count["scope"], count["approximate"] == "yes", ceiling, people / ceiling, count=count, limit=limit)


def forecast(counts: Sequence[Row], limit: Row | None) -> Forecast:
    """The day on which the line through the two newest counts meets the ceiling.

    `counts` are rows of field_residents, the oldest first. Two counts of one scope are taken where the newest has an
    earlier one of its own scope, else the two newest, which is said and makes the forecast less sure. No day is given
    when one of them or the ceiling is not known, when the line does not rise, or meets the ceiling only after its period.
    """
    ceiling = limit.number("ceiling") if limit is not None else None
    if limit is None or not ceiling:
        return Forecast(None, Reason("forecast_no_ceiling"))
    if not counts:
        return Forecast(None, Reason("forecast_no_count"))
    last = counts[-1]
    people, as_of = last.number("people") or 0, last.day("as_of")
    about: dict[str, object] = {"people": people, "as_of": as_of, "ceiling": ceiling}
    if people >= ceiling:
        return Forecast(as_of, _said("forecast_reached", about, (last, limit)), last=last)
    if len(counts) == 1:
        return Forecast(None, _said("forecast_one_count", about, (last, limit)), last=last)
    alike = [row for row in counts[:-1] if row["scope"] == last["scope"]]
    first = alike[-1] if alike else counts[-2]
    return _line(first, last, limit, about, alike=bool(alike))


def _line(first: Row, last: Row, limit: Row, about: dict[str, object], *, alike: bool) -> Forecast:
    begin, end = first.day("as_of"), last.day("as_of")
    if begin is None or end is None:
        return Forecast(None, Reason("forecast_no_count"))
    before, people, ceiling = first.number("people") or 0, last.number("people") or 0, limit.number("ceiling") or 0
    about = about | {"before": before, "before_on": begin}
    risen, days = people - before, (end - begin).days
    if risen <= 0 or days <= 0:
        return Forecast(None, _said("forecast_not_rising", about, (first, last, limit)), first, last)
    ahead = -(-(ceiling - people) * days // risen)  # whole days, rounded up: the ceiling is not reached before
    try:
        day = end + dt.timedelta(days=ahead)
    except OverflowError:
        return Forecast(None, _said("forecast_not_rising", about, (first, last, limit)), first, last)
    period = limit.day("period_until")
    if period is not None and day > period:
        reason = _said("forecast_after_period", about | {"period": period}, (first, last, limit), sure=alike)
        return Forecast(None, reason, first, last, risen / days)
    code = "forecast_day" if alike else "forecast_day_mixed"
    return Forecast(day, _said(code, about | {"day": day}, (first, last, limit), sure=alike), first, last, risen / days)


def _said(code: str, about: dict[str, object], rows: Iterable[Row], *, sure: bool = True) -> Reason:
    rows = tuple(rows)
    tags = dict.fromkeys(tag for row in rows for tag in row["source"].split(";"))
    levels = [row["confidence"] for row in rows] + ["medium" for row in rows if row.get("approximate") == "yes"]
    return Reason(code, about, "FORECAST", ";".join(tags), least_sure(levels if sure else ["low"]))


def least_sure(levels: Iterable[str]) -> str:
    """The lowest of several confidences."""
    return min((level for level in levels if level in SURENESS), key=SURENESS.index, default="")


@dataclass(frozen=True, slots=True)
class OrderSeen:
    """A suspension order as the law of fields sees it, whether from the tables or from this node's own records.

    `order` and `effects` are rows of the shape of suspensions and suspension_effects, so that
    `suspension.effect_of` decides both alike; `state` is one of `orders.ORDER_MOVES`.
    """

    order: Row
    effects: tuple[Row, ...]
    state: str
    announced_on: dt.date | None

    def stands(self, on: dt.date) -> bool:
        """Whether the order has effect on a day."""
        begin, end = self.order.day("effective_from"), self.order.day("lifted_on")
        held = self.state in STANDING_STATES or self.state == "lifted"
        return held and begin is not None and begin <= on and (end is None or on < end)

    def awaited(self, on: dt.date) -> bool:
        """Whether it was known on a day and has no effect yet."""
        begin = self.order.day("effective_from")
        known = self.announced_on or begin
        if self.state == "withdrawn" or known is None or known > on:
            return False
        return self.state == "announced" or (begin is not None and begin > on)


def state_on(field: Row, orders: Iterable[OrderSeen], on: dt.date) -> str:
    """How a field stands on a day.

    `not_begun`, `merged`, `decided_not_open`, `suspended` (every kind of application), `suspended_in_part`,
    `stop_announced`, `open`.
    """
    begin, end = field.day("valid_from"), field.day("valid_until")
    if begin is not None and on < begin:
        return "not_begun"
    if end is not None and on > end:
        return "merged" if field["merged_into"] else "ended"
    if field["status"] == "decided_not_open":
        return "decided_not_open"
    own = [order for order in orders if order.order["field"] == field["code"]]
    standing = [order for order in own if order.stands(on)]
    if standing:
        whole = any(all(row["effect"] != "none" for row in order.effects) for order in standing if order.effects)
        return "suspended" if whole else "suspended_in_part"
    return "stop_announced" if any(order.awaited(on) for order in own) else "open"


def order_of_row(order: Row, effects: Iterable[Row]) -> OrderSeen:
    """An order of the tables: it stands in them because it was decided."""
    rows = tuple(row for row in effects if row["order_id"] == order["order_id"])
    return OrderSeen(order, rows, "lifted" if order["lifted_on"] else "decided", order.day("guidance_on"))
