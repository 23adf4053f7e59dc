"""Profiles without a name are shown to a firm that enquires: taken from what holds now, and kept where the firm reads them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from rahdari.base.actor import Actor
from rahdari.base.work import unit_of_work

from ..access import PERMITS
from ..models import ShownProfile
from ..queries.profiles import profiles_numbered
from ..rules.showing import TOLD, Party, why_not_show


def show_profiles(*, actor: Actor, numbers: Sequence[str], enquiry: UUID, party: Party, at: dt.datetime) -> list[ShownProfile]:
    """An officer shows a firm profiles, by their numbers; each goes under an id drawn for this enquiry alone.

    Refuses `profile_not_there` for one that is hidden, over or unknown, `too_many_profiles`. Leaves what was shown, as it
    stood at the moment.
    """
    with unit_of_work("candidates.show_profiles", actor=actor, at=at) as unit:
        unit.permit(PERMITS["show_profiles"])
        asked = list(dict.fromkeys(numbers))
        held = profiles_numbered(asked, at)
        unit.refuse(why_not_show(asked, held))
        rows = []
        for place, number in enumerate(asked, start=1):
            told = {name: getattr(held[number], name) for name in TOLD}
            row = ShownProfile(
                home=actor.node,
                profile=held[number],
                enquiry=enquiry,
                place=place,
                firm=party.firm,
                firm_name=party.firm_name,
                through=party.through,
                told=told,
                until=held[number].until,
                shown_at=at,
            )
            rows.append(unit.add(row))
        unit.about(rows[0] if rows else ShownProfile(), profiles=len(rows))
    return rows


def mirror_profiles(
    *, actor: Actor, home: str, told: Iterable[tuple[UUID, dt.date, Mapping[str, Any]]], enquiry: UUID, party: Party,
    at: dt.datetime,
) -> int:  # fmt: skip
    """Keeps the profiles that the other state shows a firm of this one; says how many. One kept before stays as it is."""
    with unit_of_work("candidates.mirror_profiles", actor=actor, at=at) as unit:
        unit.permit(PERMITS["mirror_profiles"])
        last: ShownProfile = ShownProfile()
        count = 0
        for place, (row_id, until, facts) in enumerate(told, start=1):
            if ShownProfile.objects.filter(pk=row_id).exists():
                continue
            last = ShownProfile(
                id=row_id,
                home=home,
                enquiry=enquiry,
                place=place,
                firm=party.firm,
                firm_name=party.firm_name,
                through=party.through,
                told={name: facts[name] for name in TOLD},
                until=until,
                shown_at=at,
            )
            unit.add(last)
            count += 1
        unit.about(last, profiles=count)
    return count
