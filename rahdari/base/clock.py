"""The one place that reads the time. Doors ask it and hand the moment on; rules and actions never do."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from zoneinfo import ZoneInfo

ZONES = {"pk": ZoneInfo("Asia/Karachi"), "jp": ZoneInfo("Asia/Tokyo")}


def machine_time() -> dt.datetime:
    """The time of this machine, in UTC."""
    return dt.datetime.now(dt.UTC)


_read: Callable[[], dt.datetime] = machine_time


def now() -> dt.datetime:
    """This moment in UTC, in whole milliseconds (as statements carry it)."""
    moment = _read()
    return moment.replace(microsecond=moment.microsecond // 1000 * 1000)


def keep_time(read: Callable[[], dt.datetime]) -> None:
    """Has this process read another clock from now on: that of a simulation (`project/simulate`), which alone may ask for it."""
    global _read
    _read = read


def day_at(moment: dt.datetime, side: str) -> dt.date:
    """The calendar day of a moment at the offices of a side (`pk`, `jp`)."""
    return moment.astimezone(ZONES[side]).date()
