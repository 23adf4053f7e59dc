"""Loading an edition of the reference data."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from rahdari.base.actor import Actor
from rahdari.base.editions import load_edition
from rahdari.base.models import Edition
from rahdari.base.reference import read_book
from rahdari.base.refusal import Refusal
from rahdari.base.work import unit_of_work

from ..access import PERMITS
from ..rules.shapes import STATE_COLUMNS
from ..rules.tables import faults_of


def load_reference(*, actor: Actor, folder: Path, at: dt.datetime) -> Edition:
    """Makes the tables of a folder the edition in force.

    Refuses `edition_broken` for every fault of a table, `history_edited` for whatever the edition before loses,
    `edition_in_force` when nothing would change. Leaves the edition with its changes; the old ones stay readable.
    """
    with unit_of_work("fields.load_reference", actor=actor, at=at) as unit:
        unit.permit(PERMITS["load_reference"])
        unit.refuse(Refusal("edition_broken", {"fault": fault}) for fault in faults_of(folder))
        edition = load_edition(actor=actor, book=read_book(folder), faults=[], at=at, states=STATE_COLUMNS)
        unit.about(edition, version=edition.content_version, changes=len(edition.changes))
    return edition
