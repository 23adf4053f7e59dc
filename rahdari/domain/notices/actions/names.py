"""An officer decides whether a name in a notice is somebody the registers know; kept, and shown wherever the name comes again."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from rahdari.base.actor import Actor
from rahdari.base.clock import day_at
from rahdari.base.work import unit_of_work

from ..access import PERMITS
from ..models import NameDecision, Notice
from ..queries.known import party_known
from ..queries.notices import draft_of, notice_for
from ..rules.names import OUTCOME_OF, why_not_decide, why_not_ground


def decide_name(
    *,
    actor: Actor,
    notice_id: UUID,
    party: int,
    subject: str,
    ground: str,
    note: str = "",
    seen: int | None = None,
    at: dt.datetime,
) -> NameDecision:
    """Records that a party of a notice (counted from 0) is, is not, or cannot be told to be whom the registers know.

    `subject` is as `parties_known` names it; the `ground` says which of the three it is. Refuses `wrong_state` once the notice
    is taken back, `reason_missing`, `four_eyes` to whoever wrote the notice, `stale`; `Missing` where the actor sees nobody of
    that name there. Leaves the decision beside earlier ones; nothing follows for anybody's licence.
    """
    with unit_of_work("notices.decide_name", actor=actor, at=at) as unit:
        unit.permit(PERMITS["decide_name"])
        notice_for(actor, notice_id)
        notice = unit.lock(Notice, notice_id, seen=seen)
        unit.refuse(why_not_decide(own_draft=notice.drafted_by == actor.person, recalled=notice.state == "recalled"))
        named, known = party_known(actor, draft_of(notice), party, subject, today=day_at(at, actor.node))
        unit.refuse(why_not_ground(known.what, ground))
        assert actor.person is not None
        decision = NameDecision(
            notice=notice,
            name=named.name,
            subject=subject,
            outcome=OUTCOME_OF[ground],
            ground=ground,
            note=note.strip() or None,
            decided_at=at,
            decided_by=actor.person,
            decided_body=actor.body,
        )
        unit.add(decision)
        unit.about(notice, whom=subject, outcome=decision.outcome, ground=ground)
    return decision
