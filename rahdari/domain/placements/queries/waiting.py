"""What a waiting row of a case says, the same for every storey that opens one."""

from __future__ import annotations

import datetime as dt
from typing import Any

from rahdari.base.editions import current_book
from rahdari.domain.jobs.queries import due_after

from ..models import Case


def place_of(
    task: str, case: Case, body: str, role: str, *, side: str, at: dt.datetime, due_at: dt.datetime | None = None, page: str = ""
) -> dict[str, Any]:
    """The place of a task of a case, as `unit.wait` takes it: on its own page and by the targets of the tables, unless told."""
    return {
        "holder_body": body,
        "holder_role": role,
        "holder_side": side,
        "matter": {"name": case.name, "field": case.demand.field},
        "url_name": page or task,
        "url_args": [str(case.pk)],
        "due_at": due_at or due_after(task, at, current_book(), side),
    }
