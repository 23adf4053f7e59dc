"""What a worker says of costs and terms in private, before the contract and after the arrival; an officer looks into it."""

from __future__ import annotations

import datetime as dt
import json
from uuid import UUID

from rahdari.base.actor import Actor
from rahdari.base.clock import day_at
from rahdari.base.editions import current_book
from rahdari.base.letters import write_letter
from rahdari.base.refusal import Refusal
from rahdari.base.states import why_not_move
from rahdari.base.work import Missing, Unit, unit_of_work
from rahdari.domain.accounts.queries.letters import letter_to
from rahdari.domain.jobs.queries import due_after
from rahdari.domain.placements.models import Case
from rahdari.domain.placements.queries import case_for

from ..access import PERMITS
from ..models import CostAnswer
from ..queries.papers import declarations_of, lines_of
from ..rules.ledger import worker_total
from ..rules.questions import (
    AFTER_ARRIVAL,
    ANSWER_MOVES,
    BEFORE,
    Said,
    categories,
    findings,
    why_not_answer,
    why_not_contest,
    why_not_examine,
)
from .terms import _offer_locked
from .waiting import SENDING, _wait_for_worker

OFFICE, EXAMINER = "MOP_HRD", "grievance_pk"


def contest_costs(*, actor: Actor, case_id: UUID, said: Said, alone: bool = False, at: dt.datetime) -> CostAnswer:
    """The worker says alone and before the contract what is wrong with the costs, or what is asked beside them.

    Refuses `not_alone_in_session`, `costs_not_declared`, `nothing_contested`, `wrong_state` once they are confirmed. Leaves the
    answer, closed at rest, and the complaint officer's clock; whoever recruits and the employer see no more than before: that
    the costs are not confirmed.
    """
    with unit_of_work("contracts.contest_costs", actor=actor, at=at) as unit:
        unit.permit(PERMITS["contest_costs"])
        case = case_for(actor, case_id)
        unit.permit(PERMITS["contest_costs"], case)
        offer, declared = _offer_locked(unit, case), list(declarations_of(case))
        unit.refuse(why_not_answer(said, alone=alone and actor.channel == "web"))
        found = findings(said, worker_total(lines_of(declared)))
        unit.refuse(why_not_contest(found, declared=bool(declared), confirmed=offer.costs_confirmed_on is not None))
        answer = CostAnswer(case=case, round=BEFORE, asked_on=day_at(at, actor.node))
        _kept(unit, answer, said, found)
        unit.add(answer)
        _wait_for_examiner(unit, answer)
        unit.about(answer, round=BEFORE)
    return answer


def ask_again(*, actor: Actor, case_id: UUID, round: str, at: dt.datetime) -> CostAnswer:
    """The node asks a worker who arrived, in private, what was paid and whether the terms hold.

    Refuses `wrong_state` when this round was asked before. Leaves the question, a message to the worker, and their clock; an
    earlier question nobody answered is closed.
    """
    with unit_of_work("contracts.ask_again", actor=actor, at=at) as unit:
        unit.permit(PERMITS["ask_again"])
        case = unit.lock(Case, case_id)
        earlier = list(CostAnswer.objects.select_for_update().filter(case=case, round__in=AFTER_ARRIVAL))
        unit.refuse([Refusal("wrong_state")] if any(one.round == round for one in earlier) else [])
        for one in earlier:
            if one.state == "answer_asked":
                one.state = "answer_silent"
                unit.save(one)
        answer = unit.add(CostAnswer(case=case, round=round, asked_on=day_at(at, actor.node)))
        _wait_for_worker(unit, "contracts.answer_again", case)
        _write_to_worker(unit, case)
        unit.about(answer, round=round)
    return answer


def answer_again(
    *, actor: Actor, case_id: UUID, said: Said, alone: bool = False, seen: int | None = None, at: dt.datetime
) -> CostAnswer:
    """The worker answers alone what they were asked after the arrival.

    Refuses `not_alone_in_session`, `wrong_state`, `stale`; `Missing` when nothing is asked. Leaves the answer closed at rest; one
    that differs from what was confirmed opens the complaint officer's clock, and nobody else is told.
    """
    with unit_of_work("contracts.answer_again", actor=actor, at=at) as unit:
        unit.permit(PERMITS["answer_again"])
        case = case_for(actor, case_id)
        unit.permit(PERMITS["answer_again"], case)
        asked = CostAnswer.objects.filter(case=case, state="answer_asked").values_list("pk", flat=True).first()
        if asked is None:
            raise Missing(f"CostAnswer of {case.pk}")
        answer = unit.lock(CostAnswer, asked, seen=seen)
        unit.refuse(why_not_answer(said, alone=alone and actor.channel == "web"))
        found = findings(said, worker_total(lines_of(declarations_of(case))))
        unit.refuse(why_not_move(ANSWER_MOVES, answer.state, "answer_differs" if found else "answer_agrees"))
        _kept(unit, answer, said, found)
        unit.save(answer)
        unit.settle("contracts.answer_again", case)
        if found:
            _wait_for_examiner(unit, answer)
        unit.about(answer, round=answer.round)
    return answer


def examine_answer(
    *, actor: Actor, answer_id: UUID, outcome: str, reason: str, seen: int | None = None, at: dt.datetime
) -> CostAnswer:
    """The complaint officer decides what follows from an answer that differs.

    Outcomes: `notice` (a notice to the other state is drafted for each wrongful act, without the worker), `put_right` (the money
    came back, the terms were kept after all), `no_ground`. Refuses `follow_up_unknown`, `reason_missing`, `category_missing`,
    `wrong_state`, `stale`.
    """
    with unit_of_work("contracts.examine_answer", actor=actor, at=at) as unit:
        unit.permit(PERMITS["examine_answer"])
        answer = unit.lock(CostAnswer, answer_id, seen=seen)
        unit.refuse(why_not_move(ANSWER_MOVES, answer.state, "answer_examined"))
        unit.refuse(why_not_examine(outcome, reason, answer.findings))
        answer.state, answer.outcome, answer.note = "answer_examined", outcome, reason
        answer.examined_at, answer.examined_by = at, actor.person
        unit.save(answer)
        unit.settle("contracts.examine_answer", answer, outcome)
        if outcome == "notice":
            unit.tell_all(
                "contracts.wrongful_act_found", [{"answer": answer.pk, "category": one} for one in categories(answer.findings)]
            )
        unit.about(answer, outcome=outcome)
    return answer


def _kept(unit: Unit, answer: CostAnswer, said: Said, found: list[str]) -> None:
    answer.state, answer.findings, answer.answered_at = "answer_differs" if found else "answer_agrees", found, unit.at
    paid = None if said.paid is None else {"amount": said.paid.amount, "currency": said.paid.currency}
    told = {
        "asked_for_more": said.asked_for_more, "paid": paid, "paid_to": said.paid_to, "held": list(said.held),
        "penalty": said.penalty, "differing": list(said.differing), "words": said.words,
    }  # fmt: skip
    answer.said = json.dumps(told, ensure_ascii=False)


def _wait_for_examiner(unit: Unit, answer: CostAnswer) -> None:
    """Opens the complaint officer's clock; the row names no person."""
    unit.wait(
        "contracts.examine_answer",
        answer,
        holder_body=OFFICE,
        holder_role=EXAMINER,
        holder_side=SENDING,
        matter={"field": answer.case.demand.field},
        url_name="contracts.examine_answer",
        url_args=[str(answer.pk)],
        due_at=due_after("contracts.examine_answer", unit.at, current_book(), SENDING),
    )


def _write_to_worker(unit: Unit, case: Case) -> None:
    if case.file is not None:
        write_letter(unit, **letter_to(case.file.person, {}), template="contracts/letters/ask_again")
