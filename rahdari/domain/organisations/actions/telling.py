"""What was decided is put onto the organisation and told: to the other state in the same unit, and to whatever stands above."""

from __future__ import annotations

import datetime as dt

from rahdari.base.clock import day_at
from rahdari.base.work import Unit

from ..messages import MARKING, OFFICERS_MARKING, TYPE, EntryTold, registry_entry, registry_officers
from ..models import LicenceChange, Organisation
from ..rules.standing import HELD_STATES, TOLD_STATES, as_told


def _hold(unit: Unit, organisation: Organisation, change: LicenceChange) -> None:
    """Puts a decided change onto its organisation, tells it, and names the event."""
    organisation.state = change.state
    if change.state == "valid" or (change.state == "restored" and change.until is not None):
        organisation.valid_until = change.until
    if change.number and change.number != organisation.number:
        if organisation.number:
            organisation.old_numbers = [*organisation.old_numbers, organisation.number]
        organisation.number = change.number
    if change.state in TOLD_STATES:
        organisation.published_at = organisation.published_at or unit.at
    unit.save(organisation)
    _tell(unit, organisation)
    unit.tell(
        "organisations.licence_changed",
        organisation=organisation.registry_id,
        state=organisation.state,
        from_on=change.from_on,
    )


def _tell(unit: Unit, organisation: Organisation) -> None:
    """Says the entry as it stands: its public part, and its officers for authorities; nothing before it is public."""
    change = _newest_told(organisation)
    if change is None or change.from_on is None:
        return
    told = EntryTold(
        organisation=organisation.registry_id,
        kind=organisation.kind,
        names=tuple((one.script, one.value) for one in organisation.names.all()),
        number=organisation.number,
        old_numbers=tuple(organisation.old_numbers),
        state=as_told(change.state),
        from_on=change.from_on,
        until=change.until,
        ground=change.ground,
        appeal=change.appeal,
        address=organisation.address,
        phones=tuple(one.shown for one in organisation.phones.filter(office=True)),
    )
    unit.say(TYPE, registry_entry(told), marking=MARKING, thread=organisation.pk)
    officers = [(one.name, one.role) for one in organisation.officers.filter(until=None)]
    if officers:
        content = registry_officers(organisation.registry_id, officers)
        unit.say(TYPE, content, marking=OFFICERS_MARKING, thread=organisation.pk)


def _newest_told(organisation: Organisation) -> LicenceChange | None:
    """The newest decided change that the public may know."""
    rows = organisation.changes.filter(state__in=HELD_STATES, decided_at__isnull=False)
    return rows.order_by("-decided_at", "-id").first()


def _today(unit: Unit) -> dt.date:
    return day_at(unit.at, unit.actor.node)
