"""One licence of the public register, as anyone may read it: no person, no account, no reasons beyond the ground."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from rahdari.base.work import Missing

from ..models import Branch, LicenceChange
from ..rules.standing import HELD_STATES
from .finding import Found, published, seen


@dataclass(frozen=True, slots=True)
class LicenceSeen:
    """A licence with its public history, the newest change first, and its branches."""

    found: Found
    changes: Sequence[LicenceChange]
    branches: Sequence[Branch]


def licence_seen(organisation_id: UUID, day: dt.date) -> LicenceSeen:
    """One licence as it stands on a day; `Missing` for none, and for an application that was never granted."""
    row = published().filter(pk=organisation_id).prefetch_related("names", "phones", "changes", "branches").first()
    if row is None:
        raise Missing(f"licence {organisation_id}")
    changes = [one for one in row.changes.all() if one.decided_at is not None and one.state in HELD_STATES]
    changes.sort(key=lambda one: (one.from_on, one.decided_at), reverse=True)
    return LicenceSeen(seen([row], day)[0], changes, [one for one in row.branches.all() if one.until is None or one.until > day])
