"""Page slot → what fills it: how a page shows what lies above it (a table; every filler is a query of some storey)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rahdari.web.panels import Filler

PANELS: Mapping[str, Sequence[Filler]] = {
    "fields.affected": (),  # whom an order would touch: cases under way, filled by departures and residence
}
