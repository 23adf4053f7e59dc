"""The one place that reads the time. Doors ask it and hand the moment on; rules and actions never do."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

ZONES = {"pk": ZoneInfo("Asia/Karachi"), "jp": ZoneInfo("Asia/Tokyo")}


def now() -> dt.datetime:
    """This moment in UTC, in whole milliseconds (as statements carry it)."""
    moment = dt.datetime.now(dt.UTC)
    return moment.replace(microsecond=moment.microsecond // 1000 * 1000)


def day_at(moment: dt.datetime, side: str) -> dt.date:
    """The calendar day of a moment at the offices of a side (`pk`, `jp`)."""
    return moment.astimezone(ZONES[side]).date()
