"""Windows that close: whoever carries the case through is warned, and the worker; a permission that was renewed ends that."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.utils.functional import lazy

from rahdari.base.actor import Actor
from rahdari.base.clock import ZONES, day_at
from rahdari.base.editions import current_book
from rahdari.base.letters import write_letter
from rahdari.base.work import Unit, unit_of_work
from rahdari.domain.accounts.queries.letters import letter_to
from rahdari.domain.jobs.models import Demand
from rahdari.domain.jobs.queries.clocks import LAST_MOMENT
from rahdari.domain.placements.models import Case

from ..access import PERMITS
from ..models import Departure
from ..queries.cases import WARNED, windows_of
from ..queries.windows import landing_of, name_of
from ..rules.windows import PERMISSION, USE, Window, side_of, warned_before, why_not_warn
from .papers import _locked_departure, _wait_for_carrier

SENDING = "pk"
SEE = "departures.see_departure"


def warn_of_window(*, actor: Actor, case_id: UUID, window: str, at: dt.datetime) -> Departure:
    """The node warns that a window of a case closes: whoever recruits, or the worker alone; on the accepting side the employer.

    Refuses `window_open` while there is time, nothing hangs on it or a booked flight lands before; `warned_before`. Leaves the
    row due on its last day by the calendar of its side, and on the sending side a letter to the worker.
    """
    with unit_of_work("departures.warn_of_window", actor=actor, at=at) as unit:
        unit.permit(PERMITS["warn_of_window"])
        case = unit.lock(Case, case_id)
        departure = _locked_departure(unit, case)
        book = current_book()
        found = next((one for one in windows_of(departure, book) if one.code == window), None)
        side = side_of(book, window, day_at(at, actor.node))
        today = day_at(at, side)
        unit.refuse(
            why_not_warn(
                found,
                state=departure.state,
                today=today,
                days=warned_before(book, window, today, actor.node),
                lands_on=landing_of(departure, at),
                warned=getattr(departure, WARNED[window]),
            )
        )
        assert found is not None  # refused above
        setattr(departure, WARNED[window], found.until)
        unit.save(departure)
        due_at = dt.datetime.combine(found.last, LAST_MOMENT, ZONES[side])
        _wait_for_carrier(unit, USE[window], case, due_at=due_at, page=SEE)
        if actor.node == SENDING:
            _write(unit, case, found)
        unit.about(departure, case=case.pk, window=window, until=found.until)
    return departure


def _write(unit: Unit, case: Case, window: Window) -> None:
    if case.file is None:
        return
    name = lazy(name_of, str)(current_book(), window.code)
    told = {"number": case.number, "window": name, "day": window.last}
    template = "departures/letters/permission_closes" if window.code == PERMISSION else "departures/letters/window_closes"
    write_letter(unit, **letter_to(case.file.person, told), template=template)


def renew_permission(*, actor: Actor, demand_id: UUID, at: dt.datetime) -> int:
    """A permission that was extended or given anew ends the warnings of the one before; says of how many cases.

    Leaves nobody warned of it: where the new one closes soon too, the node warns again.
    """
    with unit_of_work("departures.renew_permission", actor=actor, at=at) as unit:
        unit.permit(PERMITS["renew_permission"])
        demand = Demand.objects.get(pk=demand_id)
        rows = Departure.objects.filter(case__demand=demand).exclude(warned_permission=None)
        warned = list(rows.exclude(warned_permission=demand.permitted_until).order_by("id").select_for_update(of=("self",)))
        for departure in warned:
            departure.warned_permission = None
            unit.save(departure)
            unit.settle(USE[PERMISSION], departure.case, "renewed")
        unit.about(demand, cases=len(warned))
    return len(warned)
