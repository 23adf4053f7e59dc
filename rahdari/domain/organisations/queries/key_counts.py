"""How many names bear a key, as the statistics have it that the database keeps for its own planning."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from functools import lru_cache

from django.db import connection

from ..models import OrganisationName

KEPT = 600  # seconds a count is used again; it grows by the day
RARE = 15.0  # names that bear a key of which the statistics know nothing

SHARES = """
    select most_common_elems::text::text[], most_common_elem_freqs, greatest(reltuples, 0)
    from pg_stats join pg_class on relname = tablename and relnamespace = to_regnamespace(schemaname)
    where tablename = %s and attname = 'search_keys'
"""


def key_counts(at: dt.datetime) -> Callable[[str], float]:
    """About how many names bear a key; counts no more than ten minutes old are used again.

    Of keys that few bear, and of all while the table was never analysed, the same small number is said.
    """
    counts = _counts(connection.alias, int(at.timestamp()) // KEPT)
    return lambda key: counts.get(key, RARE)


@lru_cache(maxsize=2)
def _counts(_database: str, _minutes: int) -> Mapping[str, float]:
    with connection.cursor() as cursor:
        cursor.execute(SHARES, [OrganisationName._meta.db_table])
        row = cursor.fetchone()
    if row is None or row[0] is None:
        return {}
    keys, shares, names = row
    return {key: share * names for key, share in zip(keys, shares, strict=False)}
