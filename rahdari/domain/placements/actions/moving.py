"""Station 8: an employer that moved a time twice asks its contact point, which allows another move or does not."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from rahdari.base.actor import Actor
from rahdari.base.refusal import Refusal
from rahdari.base.work import unit_of_work

from ..access import PERMITS
from ..models import Case, MoveAsked
from ..queries.cases import case_for
from ..queries.interviews import moves_made
from ..queries.parties import CONTACT
from ..rules.moves import why_not_ask_move
from .waiting import JAPAN, _wait_for


def ask_move(*, actor: Actor, case_id: UUID, reason: str, seen: int | None = None, at: dt.datetime) -> MoveAsked:
    """The employer asks its contact point whether it may move a time a third time, and says why.

    Refuses `no_interview`, `move_is_free` before that, `move_asked`, `reason_missing`, `not_own_case`, `stale`.
    """
    with unit_of_work("placements.ask_move", actor=actor, at=at) as unit:
        unit.permit(PERMITS["ask_move"])
        case_for(actor, case_id)
        case = unit.lock(Case, case_id, seen=seen)
        unit.permit(PERMITS["ask_move"], case)
        open_ones = MoveAsked.objects.filter(case=case, state__in=("asked", "allowed")).exists()
        unit.refuse(why_not_ask_move(state=case.state, moved=moves_made(case), asked=open_ones))
        unit.refuse([] if reason.strip() else [Refusal("reason_missing", member="reason")])
        asked = unit.add(MoveAsked(case=case, body=actor.body, reason=reason.strip(), asked_at=at))
        _wait_for(unit, "decide_move", case, CONTACT[JAPAN], "contact_point_jp")
        unit.about(asked, case=case.pk)
    return asked


def decide_move(*, actor: Actor, case_id: UUID, allow: bool = False, seen: int | None = None, at: dt.datetime) -> MoveAsked:
    """The contact point allows one more move, or does not: then the time that was set stands.

    Refuses `nothing_asked` where nobody asks for a move, `stale`; `Missing` for no case told here.
    """
    with unit_of_work("placements.decide_move", actor=actor, at=at) as unit:
        unit.permit(PERMITS["decide_move"])
        case_for(actor, case_id)
        case = unit.lock(Case, case_id, seen=seen)
        asked: MoveAsked | None = MoveAsked.objects.select_for_update().filter(case=case, state="asked").first()
        if asked is None:
            unit.refuse([Refusal("nothing_asked")])
            raise AssertionError("refused above")
        asked.state, asked.decided_at = "allowed" if allow else "declined", at
        unit.save(asked)
        unit.settle("placements.decide_move", case, asked.state)
        unit.about(asked, case=case.pk, allowed=allow)
    return asked
