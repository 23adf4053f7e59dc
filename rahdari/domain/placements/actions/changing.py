"""Terms that change after a selection: the decision that tells them; whether they hold is for `contracts` to say."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from rahdari.base.actor import Actor
from rahdari.base.clock import day_at
from rahdari.base.refusal import Refusal
from rahdari.base.statements import Statement
from rahdari.base.work import Unit, unit_of_work
from rahdari.domain.disclosure.rules import told_by

from ..access import PERMITS
from ..messages import DECIDED, decided
from ..models import Case, Decision
from ..queries.cases import case_for
from ..queries.parties import to_recruiter
from .steps import record_step
from .waiting import JAPAN

CHANGED = "terms_changed"


def record_changed_terms(
    *, actor: Actor, case_id: UUID, terms: Mapping[str, Any], old_terms_hash: str, employer_signed_on: dt.date, at: dt.datetime
) -> Decision:
    """Tells the other side that the employer signed other terms. Only inside `contracts.change_terms`.

    Refuses `not_permitted` outside it, `wrong_state` for whoever is not selected. Leaves the decision `terms_changed`, told.
    """
    with unit_of_work("placements.record_changed_terms", actor=actor, at=at) as unit:
        unit.permit(PERMITS["record_changed_terms"])
        case_for(actor, case_id)
        case = unit.lock(Case, case_id)
        unit.permit(PERMITS["record_changed_terms"], case)
        unit.refuse([] if unit.within else [Refusal("not_permitted")])
        unit.refuse(_why_not_now(case))
        on, marking = day_at(at, JAPAN), to_recruiter(case)
        decision = Decision(
            home=actor.node,
            case=case,
            outcome=CHANGED,
            on=on,
            terms=dict(terms),
            terms_hash=terms["terms_hash"],
            employer_signed_on=employer_signed_on,
            decided_at=at,
        )
        decision.level, decision.bodies = marking.level, list(marking.bodies)
        if case.demand.is_shared:
            content = decided(
                case=str(case.pk), outcome=CHANGED, on=on, terms=terms, old_terms_hash=old_terms_hash,
                employer_signed_on=employer_signed_on,
            )  # fmt: skip
            decision.statement = unit.say(DECIDED, content, marking=marking.told(), thread=case.pk).id
        unit.add(decision)
        details = {"terms_hash": decision.terms_hash}
        record_step(actor=actor, case_id=case.pk, step=CHANGED, on=on, details=details, at=at)
        unit.about(decision, case=case.pk, terms_hash=decision.terms_hash)
    return decision


def _mirror_changed(unit: Unit, case: Case, statement: Statement) -> Decision:
    """Pakistan's node takes up that the employer signed other terms, inside the unit that takes up the decision."""
    unit.refuse(_why_not_now(case))
    data = statement.data
    on, signed_on = dt.date.fromisoformat(data["on"]), data["employer_signed_on"]
    decision = unit.add(
        Decision(
            **told_by(statement),
            case=case,
            outcome=CHANGED,
            on=on,
            terms=data["terms"],
            terms_hash=data["terms"]["terms_hash"],
            employer_signed_on=dt.date.fromisoformat(signed_on) if signed_on else None,
            decided_at=unit.at,
        )
    )
    details = {"terms_hash": decision.terms_hash}
    record_step(
        actor=unit.actor, case_id=case.pk, step=CHANGED, on=on, acting=case.employer, details=details, told=statement, at=unit.at
    )
    return decision


def _why_not_now(case: Case) -> list[Refusal]:
    return [] if case.state == "selected" else [Refusal("wrong_state", {"now": case.state, "to": CHANGED})]
