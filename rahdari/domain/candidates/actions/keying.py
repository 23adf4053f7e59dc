"""The indexes by which files are found, made anew when the tables of names or the key of the indexes changed."""

from __future__ import annotations

import datetime as dt

from rahdari.base.actor import Actor
from rahdari.base.indexes import renew
from rahdari.base.work import unit_of_work
from rahdari.names.doors import VERSION

from ..access import PERMITS
from ..models import File
from ..queries.finding import files_to_key

BATCH = 200


def rekey_files(*, actor: Actor, at: dt.datetime) -> int:
    """Makes the indexes of files anew that older tables or an older key made; says how many, at most two hundred.

    Done by the node's timetable until none is left. Leaves the versions of the rows as they are: nothing that anyone reads has
    changed.
    """
    with unit_of_work("candidates.rekey_files", actor=actor, at=at) as unit:
        unit.permit(PERMITS["rekey_files"])
        rows = list(files_to_key().select_for_update(skip_locked=True)[:BATCH])
        for file in rows:
            renew(file)
            file.keyed_by = VERSION
        File.objects.bulk_update(rows, ["cnic_index", "passport_index", "name_keys", "keyed_by"], batch_size=100)
        unit.about(File(), keyed=len(rows))
    return len(rows)
