"""Days in a row: joining them, cutting them, counting each day once.

A span holds both its ends. No law stands here, and nothing of Django or the tables may be brought in.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from rahdari.base.days import ONE_DAY


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """The days from `first` to `last`, both included."""

    first: dt.date
    last: dt.date

    @property
    def days(self) -> int:
        """How many days."""
        return (self.last - self.first).days + 1


def joined(spans: Iterable[Span]) -> tuple[Span, ...]:
    """The same days in order, spans that overlap or touch made one."""
    whole: list[Span] = []
    for span in sorted(spans):
        if whole and (span.first - whole[-1].last).days <= 1:
            whole[-1] = Span(whole[-1].first, max(whole[-1].last, span.last))
        else:
            whole.append(span)
    return tuple(whole)


def shared(spans: Iterable[Span], others: Iterable[Span]) -> tuple[Span, ...]:
    """The days that stand in both."""
    ours, theirs = joined(spans), joined(others)
    found: list[Span] = []
    mine = other = 0
    while mine < len(ours) and other < len(theirs):
        first = max(ours[mine].first, theirs[other].first)
        last = min(ours[mine].last, theirs[other].last)
        if first <= last:
            found.append(Span(first, last))
        if ours[mine].last <= theirs[other].last:
            mine += 1
        else:
            other += 1
    return tuple(found)


def without(spans: Iterable[Span], others: Iterable[Span]) -> tuple[Span, ...]:
    """The days of the first that do not stand in the second."""
    kept = list(joined(spans))
    for other in joined(others):
        kept = [piece for span in kept for piece in _cut(span, other)]
    return tuple(kept)


def _cut(span: Span, other: Span) -> list[Span]:
    if other.last < span.first or span.last < other.first:
        return [span]
    before = [Span(span.first, other.first - ONE_DAY)] if span.first < other.first else []
    after = [Span(other.last + ONE_DAY, span.last)] if other.last < span.last else []
    return before + after


def days_in(spans: Iterable[Span]) -> int:
    """How many days, each counted once."""
    return sum(span.days for span in joined(spans))


def clipped(first: dt.date, last: dt.date | None, until: dt.date) -> tuple[Span, ...]:
    """The days from `first` to `last` (None: still going on) as far as `until`; nothing when they begin later."""
    return (Span(first, until if last is None else min(last, until)),) if first <= until else ()
