"""Demands before they are filed: drafts kept by whoever will file them, copies of earlier ones, a table of many."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from rahdari.base.actor import Actor
from rahdari.base.sheets.sheet import read_sheet
from rahdari.base.work import Unit, unit_of_work

from ..access import PERMITS
from ..models import Demand, DemandDraft
from ..queries.demands import demand_for
from ..queries.drafts import draft_for, drafts_of
from ..rules.drafts import COPIED, MOST_LISTED, field_of, kept, listed, why_not_save, why_not_take
from ..rules.papers import Scan
from .demands import file_demand


def save_draft(
    *, actor: Actor, typed: Mapping[str, str], draft_id: UUID | None = None, seen: int | None = None, at: dt.datetime
) -> DemandDraft:
    """Whoever files demands keeps what was typed, finished or not; files are chosen again when it is filed.

    Refuses `draft_empty`, `draft_too_long`, `too_many_drafts`, `stale`. Leaves the draft, which nobody of another body sees.
    """
    with unit_of_work("jobs.save_draft", actor=actor, at=at) as unit:
        unit.permit(PERMITS["save_draft"])
        content = kept(typed)
        row = None if draft_id is None else unit.lock(DemandDraft, draft_for(actor, draft_id).pk, seen=seen)
        unit.refuse(why_not_save(content, held=drafts_of(actor).count(), new=row is None))
        if row is None:
            row = _new(unit, content, "typed")
        else:
            row.content, row.saved_at = content, at
            unit.save(row)
        unit.about(row, fields=len(content))
    return row


def copy_demand(*, actor: Actor, demand_id: UUID, at: dt.datetime) -> DemandDraft:
    """Makes a draft of an earlier demand: everything but its days, its papers and its power of attorney.

    Refuses `too_many_drafts`; `Missing` for a demand of others.
    """
    with unit_of_work("jobs.copy_demand", actor=actor, at=at) as unit:
        unit.permit(PERMITS["copy_demand"])
        demand = demand_for(actor, demand_id)
        unit.permit(PERMITS["copy_demand"], demand)
        content = _flat({"asked": {name: getattr(demand, name) for name in COPIED}})
        unit.refuse(why_not_save(content, held=drafts_of(actor).count(), new=True))
        row = _new(unit, content, "copy")
        unit.about(row, of=demand.pk)
    return row


def take_drafts(*, actor: Actor, file: Scan, at: dt.datetime) -> list[DemandDraft]:
    """Takes a table of demands, CSV or XLSX, one a line: each becomes a draft to complete and file. All or none.

    Refuses `no_known_column`, `too_many_drafts`, and whatever `read_sheet` refuses of a file.
    """
    with unit_of_work("jobs.take_drafts", actor=actor, at=at) as unit:
        unit.permit(PERMITS["take_drafts"])
        sheet = read_sheet(file.content, lambda title: bool(field_of(title)), most_rows=MOST_LISTED)
        drafts = listed(sheet.head, sheet.lines)
        unit.refuse(why_not_take(sheet.head, len(drafts), drafts_of(actor).count()))
        rows = [_new(unit, content, "table") for content in drafts]
        unit.about(rows[0], drafts=len(rows))
    return rows


def drop_draft(*, actor: Actor, draft_id: UUID, at: dt.datetime) -> None:
    """Throws a draft away. `Missing` for one of another body."""
    with unit_of_work("jobs.drop_draft", actor=actor, at=at) as unit:
        unit.permit(PERMITS["drop_draft"])
        row = draft_for(actor, draft_id)
        unit.about(row, fields=len(row.content))
        row.delete()


def file_draft(*, actor: Actor, draft_id: UUID, seen: int | None = None, at: dt.datetime, **filed: Any) -> Demand:
    """Files a demand from a draft, as `file_demand` does; the draft is gone then.

    Refuses what `file_demand` refuses, `stale`, and leaves the draft as it was.
    """
    with unit_of_work("jobs.file_draft", actor=actor, at=at) as unit:
        unit.permit(PERMITS["file_draft"])
        row = unit.lock(DemandDraft, draft_for(actor, draft_id).pk, seen=seen)
        demand = file_demand(actor=actor, at=at, **filed)
        row.delete()
        unit.about(demand, from_draft=draft_id)
    return demand


def _new(unit: Unit, content: Mapping[str, str], origin: str) -> DemandDraft:
    assert unit.actor.person is not None  # whoever keeps a draft is signed in
    row = DemandDraft(body=unit.actor.body, origin=origin, made_by=unit.actor.person, saved_at=unit.at)
    row.content = dict(content)
    return unit.add(row)


def _flat(told: Mapping[str, Any], before: str = "") -> dict[str, str]:
    """A demand by the names of the form's fields."""
    found: dict[str, str] = {}
    for name, value in told.items():
        path = before + name
        if isinstance(value, Mapping):
            found |= _flat(value, f"{path}.")
        elif isinstance(value, list) and value and isinstance(value[0], Mapping):
            for number, one in enumerate(value):
                found |= _flat(one, f"{path}.{number}.")
        elif isinstance(value, list):
            found[path] = "\n".join(str(one) for one in value)
        elif value is True:
            found[path] = "on"
        elif value not in (None, "", False):
            found[path] = str(value)
    return {name: value for name, value in found.items() if not name.endswith("terms_hash") and value}
