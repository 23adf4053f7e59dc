"""The keys by which names are found, put onto a row as it is written, and made anew when the tables of names changed."""

from __future__ import annotations

import datetime as dt
from typing import Any, TypeVar

from rahdari.base.actor import Actor
from rahdari.base.indexes import renew
from rahdari.base.work import unit_of_work
from rahdari.names.doors import VERSION

from ..access import PERMITS
from ..models import Individual, Officer, Organisation, OrganisationName
from ..rules.names import keys_of_firm

Keyed = TypeVar("Keyed", OrganisationName, Officer, Individual)
BATCH = 500


def _keyed(row: Keyed) -> Keyed:
    """The row with the keys of its name; those of a person are blind indexes, which the row makes as it is saved."""
    if isinstance(row, OrganisationName):
        row.search_keys = keys_of_firm(row.value)
    row.keyed_by = VERSION
    return row


def rekey_names(*, actor: Actor, at: dt.datetime) -> int:
    """Makes the keys of names anew where another version of the tables made them; says how many, at most five hundred.

    Done by the node's timetable until none is left; what is not keyed yet is not found by its name meanwhile. Leaves the
    versions of the rows as they are: nothing that anyone reads has changed.
    """
    with unit_of_work("organisations.rekey_names", actor=actor, at=at) as unit:
        unit.permit(PERMITS["rekey_names"])
        done = _rekeyed(OrganisationName, "search_keys", BATCH)
        done += _rekeyed(Officer, "name_keys", BATCH - done)
        done += _rekeyed(Individual, "name_keys", BATCH - done)
        unit.about(Organisation(registry_id=f"{actor.node}:org:names"), keyed=done, by=VERSION)
    return done


def _rekeyed(model: Any, member: str, most: int) -> int:
    stale = model.objects.select_for_update(skip_locked=True).filter(keyed_by__lt=VERSION).order_by("keyed_by")[:most]
    rows = [_keyed(row) for row in stale]
    for row in rows:
        renew(row)  # many are written without being saved one by one
    model.objects.bulk_update(rows, [member, "keyed_by"], batch_size=100)
    return len(rows)
