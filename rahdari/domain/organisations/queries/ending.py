"""Which licences end by the calendar, and of which it is time to warn; for the timetable."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from rahdari.base.models import Waiting
from rahdari.base.reference import Book

from ..models import Organisation
from .standing import renewal_opens_on

ENDING = ("valid", "restored", "suspended")
AT_ONCE = 200
FARTHEST = dt.timedelta(days=400)


def licences_to_end(node: str, today: dt.date) -> list[UUID]:
    """Licences of a node's own register whose first day without validity has come and was not recorded, the oldest first."""
    rows = Organisation.objects.filter(home=node, state__in=ENDING, valid_until__lte=today)
    return list(rows.order_by("valid_until").values_list("pk", flat=True)[:AT_ONCE])


def licences_to_warn(node: str, today: dt.date, book: Book) -> list[UUID]:
    """Licences that may be renewed since a day that has come, and whose holders were not reminded yet."""
    rows = Organisation.objects.filter(home=node, state__in=("valid", "restored"), valid_until__gt=today)
    rows = rows.filter(valid_until__lte=today + FARTHEST).order_by("valid_until")
    told = set(Waiting.objects.filter(task="organisations.renew_licence", closed_at=None).values_list("subject_id", flat=True))
    soon = [
        one for one in rows if str(one.pk) not in told and (opens := renewal_opens_on(one, book)) is not None and opens <= today
    ]
    return [one.pk for one in soon[:AT_ONCE]]
