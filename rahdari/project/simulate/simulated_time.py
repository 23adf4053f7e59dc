"""The clock of a simulated day: set by whoever steps the days, a millisecond further whenever somebody reads it.

Both nodes are set to the same moment each day, so that all of a day — acts, seals, receipts, the timetable — is written in
simulated time and in the order in which it happened. Real time never enters.
"""

from __future__ import annotations

import datetime as dt
import itertools
import threading

TICK = dt.timedelta(milliseconds=1)


class SimulatedTime:
    """A clock of its own; several threads may read it."""

    def __init__(self, begins_at: dt.datetime) -> None:
        self._lock = threading.Lock()
        self.set(begins_at)

    def set(self, moment: dt.datetime) -> None:
        """Goes to a moment, never back: one that is past already leaves the clock as it is."""
        with self._lock:
            last = getattr(self, "_last", None)
            self._from = moment if last is None else max(moment, last + TICK)
            self._reads = itertools.count()

    def __call__(self) -> dt.datetime:
        """The moment now."""
        with self._lock:
            self._last: dt.datetime = self._from + next(self._reads) * TICK
            return self._last
