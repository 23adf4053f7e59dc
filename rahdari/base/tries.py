"""How often something was tried within a window of time: one row a key, counted by the database, so that none is missed.

The keys hold no personal value. After a crash of the database counting begins anew: the table is written to no log.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db import connection

from .models import Tries

COUNT = """
    insert into base_tries as held (key, taken, until) select key, 1, %s from unnest(%s::text[]) as key order by key
    on conflict (key) do update set taken = held.taken + 1 returning key, taken
"""


def count_try(keys: Iterable[str], *, until: dt.datetime) -> dict[str, int]:
    """Counts one try under each key and says how many there were with it; kept at least until the moment named."""
    with connection.cursor() as cursor:
        cursor.execute(COUNT, [until, list(keys)])
        return dict(cursor.fetchall())


def forget_tries(*, at: dt.datetime) -> int:
    """Deletes the counts whose window is over; says how many."""
    return Tries.objects.filter(until__lt=at).delete()[0]
