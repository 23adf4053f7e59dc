"""The indexes by which files are found, made anew when the tables of names or the key of the indexes changed."""

from __future__ import annotations

import datetime as dt

from rahdari.base.actor import Actor
from rahdari.base.secrets import blind
from rahdari.base.work import unit_of_work

from ..access import PERMITS
from ..models import File
from ..queries.finding import CNIC, PASSPORT, files_to_key
from .keeping import _put_names

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
            file.cnic_index = blind(file.cnic, CNIC)
            file.passport_index = blind(file.passport_no, PASSPORT) if file.passport_no else None
            _put_names(file)
        File.objects.bulk_update(rows, ["cnic_index", "passport_index", "name_keys", "keyed_by"], batch_size=100)
        unit.about(File(), keyed=len(rows))
    return len(rows)
