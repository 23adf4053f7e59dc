"""What the state that was told does with a notice: accepts it, and answers with steps, evidence and measure."""

from __future__ import annotations

import datetime as dt
import json
from uuid import UUID

from rahdari.base.actor import Actor
from rahdari.base.clock import day_at
from rahdari.base.editions import current_book
from rahdari.base.work import unit_of_work

from ..access import PERMITS
from ..messages import ANSWERED, MARKING, UPDATED, notice_answered, notice_updated
from ..models import Notice
from ..queries.notices import due_after
from ..rules.notices import Answer, why_not_accept, why_not_answer
from .telling import _wait


def accept_notice(*, actor: Actor, notice_id: UUID, seen: int | None = None, at: dt.datetime) -> Notice:
    """The contact point that was told says that it takes the matter on.

    Refuses `raised_from_here`, `wrong_state`, `stale`. Leaves the statement and the clock of the answer.
    """
    with unit_of_work("notices.accept_notice", actor=actor, at=at) as unit:
        unit.permit(PERMITS["accept_notice"])
        notice = unit.lock(Notice, notice_id, seen=seen)
        unit.refuse(why_not_accept(state=notice.state, own=notice.home == actor.node))
        assert notice.raised is not None
        notice.state, notice.accepted_at = "accepted", at
        notice.due_on = due_after(current_book(), notice.kind, "answer", actor.node, day_at(at, actor.node))
        unit.save(notice)
        content = notice_updated(of=notice.raised, statement=notice.statement_hash, state="accepted")
        unit.say(UPDATED, content, marking=MARKING, thread=notice.thread, in_reply_to=notice.raised, to=notice.partner)
        unit.settle("notices.accept_notice", notice)
        _wait(unit, "notices.answer_notice", notice, actor.node, notice.due_on)
        unit.about(notice, number=notice.number)
    return notice


def answer_notice(*, actor: Actor, notice_id: UUID, answer: Answer, seen: int | None = None, at: dt.datetime) -> Notice:
    """The contact point that was told answers: steps with their days, evidence asked and given, the measure, the reason.

    Refuses `raised_from_here`, `wrong_state`, `no_steps`, `step_unknown`, `bare_denial`, `measure_missing`,
    `measure_day_missing`, `date_in_future`, `answer_without_reason`, `money_half_said`, `stale`. Leaves the answer closed
    at rest, the statement, and the clocks settled.
    """
    with unit_of_work("notices.answer_notice", actor=actor, at=at) as unit:
        unit.permit(PERMITS["answer_notice"])
        notice = unit.lock(Notice, notice_id, seen=seen)
        book, own = current_book(), notice.home == actor.node
        against = why_not_answer(book, answer, state=notice.state, own=own, kind=notice.kind, today=day_at(at, actor.node))
        unit.refuse(against)
        assert notice.raised is not None
        content = notice_answered(of=notice.raised, statement=notice.statement_hash, answer=answer)
        said = unit.say(
            ANSWERED,
            content,
            marking=MARKING,
            thread=notice.thread,
            in_reply_to=notice.raised,
            language=answer.language,
            to=notice.partner,
        )
        notice.state, notice.answered_at, notice.answered = "answered", at, said.id
        notice.answer, notice.due_on = json.dumps(content, ensure_ascii=False), None
        unit.save(notice)
        unit.settle(("notices.accept_notice", "notices.answer_notice"), notice)
        unit.about(notice, number=notice.number, steps=len(answer.steps))
    return notice
