"""The desk that answers enquiries: an owner, an answer with profiles without names, and what became of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from uuid import UUID

from rahdari.base.actor import Actor
from rahdari.base.clock import day_at
from rahdari.base.editions import current_book
from rahdari.base.work import Unit, unit_of_work
from rahdari.domain.candidates.actions import show_profiles
from rahdari.domain.candidates.models import ShownProfile
from rahdari.domain.candidates.rules.showing import Party
from rahdari.domain.jobs.models import Demand
from rahdari.domain.jobs.queries.clocks import due_after

from ..access import FIRMS, PERMITS
from ..messages import profile_told
from ..models import Enquiry, Request
from ..queries.enquiries import DESK, OFFICER, demands_to_link, officers_at
from ..rules.enquiries import ASKED, why_not_answer_enquiry, why_not_assign, why_not_close, why_not_link
from .enquiring import _note, _wait
from .requesting import _accept, _answer

OPEN_TASKS = (
    "cooperation.forward_enquiry", "cooperation.assign_enquiry", "cooperation.answer_enquiry", "cooperation.close_enquiry",
)  # fmt: skip


def assign_enquiry(
    *, actor: Actor, enquiry_id: UUID, owner: UUID | None = None, seen: int | None = None, at: dt.datetime
) -> Enquiry:
    """An officer takes an enquiry, or it is given to a colleague; the first time the firm's side is told until when.

    Refuses `owner_unknown` for somebody who does not answer enquiries, `wrong_state`, `stale`. Leaves the owner and the clock.
    """
    with unit_of_work("cooperation.assign_enquiry", actor=actor, at=at) as unit:
        unit.permit(PERMITS["assign_enquiry"])
        row = unit.lock(Enquiry, enquiry_id, seen=seen)
        chosen = owner or actor.person
        unit.refuse(why_not_assign(state=row.state, may_answer=chosen in officers_at(at)))
        first = row.state == "enquiry_waiting"
        row.owner, row.state = chosen, "enquiry_taken"
        unit.save(row)
        if first:
            _promise(unit, row)
        _note(unit, row, "assign_enquiry")
        unit.about(row, number=row.number, again=not first)
    return row


def _promise(unit: Unit, row: Enquiry) -> None:
    """The clock of the answer, and the day of it told to whoever asked."""
    unit.settle("cooperation.assign_enquiry", row)
    _wait(unit, "cooperation.answer_enquiry", row, DESK, OFFICER, row.due_at)
    request = _request_of(unit, row)
    if request is not None and request.state == "asked" and row.due_at is not None:
        _accept(unit, request, max(day_at(row.due_at, "pk"), day_at(unit.at, "pk")))


def _request_of(unit: Unit, row: Enquiry) -> Request | None:
    return None if row.request_id is None else unit.lock(Request, row.request_id)


def answer_enquiry(
    *, actor: Actor, enquiry_id: UUID, next_step: str, profiles: Sequence[str] = (), fitting: int | None = None,
    language: str = "en", seen: int | None = None, at: dt.datetime,
) -> Enquiry:  # fmt: skip
    """The officer who owns an enquiry answers it: how many people fit, profiles without names, what the firm does next.

    Refuses `not_owner`, `next_step_missing`, `fewer_than_shown`, `profile_not_there`, `too_many_profiles`, `wrong_state`,
    `stale`. Leaves the answer, what was shown, the statement where the enquiry came by the exchange, and a clock on its end.
    """
    with unit_of_work("cooperation.answer_enquiry", actor=actor, at=at) as unit:
        unit.permit(PERMITS["answer_enquiry"])
        row = unit.lock(Enquiry, enquiry_id, seen=seen)
        numbers = list(dict.fromkeys(profiles))
        count = len(numbers) if fitting is None else fitting
        unit.refuse(
            why_not_answer_enquiry(row.state, row.owner, actor.person, fitting=count, shown=len(numbers), next_step=next_step)
        )
        party = Party(row.firm, row.firm_name, row.through)
        shown = show_profiles(actor=actor, numbers=numbers, enquiry=row.asked or row.pk, party=party, at=at) if numbers else []
        row.state, row.fitting, row.next_step, row.answered_at = "enquiry_answered", count, next_step.strip(), at
        unit.save(row)
        _tell(unit, row, shown, language)
        unit.settle("cooperation.answer_enquiry", row)
        _wait(
            unit,
            "cooperation.close_enquiry",
            row,
            DESK,
            OFFICER,
            due_after("cooperation.close_enquiry", at, current_book(), "pk"),
        )
        _note(unit, row, "answer_enquiry")
        unit.about(row, number=row.number, fitting=count, profiles=len(shown))
    return row


def _tell(unit: Unit, row: Enquiry, shown: Sequence[ShownProfile], language: str) -> None:
    request = _request_of(unit, row)
    if request is None:
        return
    more = {"profiles": [profile_told(id=one.pk, told=one.told, until=one.until) for one in shown]} if shown else None
    _answer(unit, request, dict(zip(ASKED, (row.fitting, row.next_step), strict=True)), language, more)
    unit.settle(("cooperation.accept_request", "cooperation.answer_request"), request)


def close_enquiry(
    *, actor: Actor, enquiry_id: UUID, ground: str, text: str = "", seen: int | None = None, at: dt.datetime
) -> Enquiry:
    """Whoever enquired, or the desk that answered, closes an enquiry on their own side, with a reason of the closed list.

    Refuses `not_own_enquiry`, `answer_first` for one of the exchange that has no answer yet, `reason_missing`, `wrong_state`,
    `stale`. Nothing crosses.
    """
    with unit_of_work("cooperation.close_enquiry", actor=actor, at=at) as unit:
        row = unit.lock(Enquiry, enquiry_id, seen=seen)
        unit.permit(PERMITS["close_enquiry"], row)
        unit.refuse(why_not_close(state=row.state, source=row.source, ground=ground, asks=actor.role in FIRMS))
        row.state, row.ground, row.closed_at = "enquiry_closed", ground, at
        unit.save(row)
        _end(unit, row, "closed")
        _note(unit, row, "close_enquiry", ground, text)
        unit.about(row, number=row.number, ground=ground)
    return row


def link_demand(*, actor: Actor, enquiry_id: UUID, demand: UUID, seen: int | None = None, at: dt.datetime) -> Enquiry:
    """Whoever enquired, or the desk that answered, says which demand of the firm came of an enquiry.

    Refuses `not_own_enquiry`, `demand_of_another` for one that is not the firm's or was filed before, `wrong_state`, `stale`.
    Nothing crosses: the demand itself does.
    """
    with unit_of_work("cooperation.link_demand", actor=actor, at=at) as unit:
        row = unit.lock(Enquiry, enquiry_id, seen=seen)
        unit.permit(PERMITS["link_demand"], row)
        found: Demand | None = next((one for one in demands_to_link(actor, row) if one.pk == demand), None)
        unit.refuse(why_not_link(state=row.state, of_firm=found is not None))
        row.state, row.demand, row.closed_at = "enquiry_led", found, at
        unit.save(row)
        _end(unit, row, "led")
        _note(unit, row, "link_demand")
        unit.about(row, number=row.number, demand=demand)
    return row


def _end(unit: Unit, row: Enquiry, outcome: str) -> None:
    unit.settle(OPEN_TASKS, row, outcome=outcome)
