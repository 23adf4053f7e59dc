"""Taking up what the partner says of notices: one of theirs, what becomes of one of ours, and what they take back."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from rahdari.base.actor import Actor
from rahdari.base.clock import day_at
from rahdari.base.editions import current_book
from rahdari.base.refusal import Refusal, Refused
from rahdari.base.statements import Statement
from rahdari.base.work import Unit, unit_of_work
from rahdari.domain.disclosure.rules import told_by

from ..access import PERMITS
from ..messages import notice_answered, notice_raised, read_notice_answered, read_notice_raised
from ..models import Notice, NoticeUpdate
from ..queries.notices import calendar_of, contact_body, due_after, offices_on, told_within
from ..rules.notices import days_late, number_of, why_not_follow, why_not_mirror, why_not_told, why_not_update
from .telling import _forget, _wait

T = TypeVar("T")


def mirror_notice(*, actor: Actor, statement: Statement, at: dt.datetime) -> Notice:
    """Keeps a notice of the partner, what it says closed at rest, and starts the clock of the own contact point.

    Refuses `contact_point_not_addressed`, `category_missing`, `not_a_day`. A statement that was taken up before leaves
    nothing new.
    """
    with unit_of_work("notices.mirror_notice", actor=actor, at=at) as unit:
        unit.permit(PERMITS["mirror_notice"])
        draft = _read(read_notice_raised, statement.data)
        book, today = current_book(), day_at(at, actor.node)
        unit.refuse(why_not_mirror(statement.marking, contact_body(actor.node)))
        unit.refuse(why_not_told(book, draft.kind, draft.category, today))
        unit.alone(f"notices.notice {statement.sender} {statement.id}")
        notice = Notice.objects.filter(home=statement.sender, statement=statement.id).first()
        if notice is None:
            side = calendar_of(statement.sender, actor.node)
            assert draft.known_on is not None
            content = {**notice_raised(draft), "evidence": list(statement.data.get("evidence") or ())}
            notice = unit.add(
                Notice(
                    **told_by(statement),
                    partner=statement.sender,
                    number=number_of(statement.sender, statement.id.hex, statement.issued_at.date()),
                    state="raised",
                    kind=draft.kind,
                    category=draft.category,
                    known_on=draft.known_on,
                    content=json.dumps(content, ensure_ascii=False),
                    thread=statement.thread,
                    language=statement.language,
                    raised=statement.id,
                    raised_at=statement.issued_at,
                    days_late=_late(draft.known_on, statement, side),
                    due_on=due_after(book, draft.kind, "accept", actor.node, today),
                )
            )
            _wait(unit, "notices.accept_notice", notice, actor.node, notice.due_on)
        unit.about(notice, number=notice.number)
    return notice


def _late(known_on: dt.date, statement: Statement, side: str) -> int:
    """How many working days late the partner told it, by its own calendar."""
    book, issued_on = current_book(), day_at(statement.issued_at, side)
    return days_late(known_on, issued_on, offices_on(side, book), told_within(book, side, issued_on))


def mirror_update(*, actor: Actor, statement: Statement, at: dt.datetime) -> Notice:
    """Keeps what the partner says goes on with a notice, one of ours or one of theirs; `accepted` moves one of ours.

    Refuses `notice_not_known`, `wrong_state`.
    """
    with unit_of_work("notices.mirror_update", actor=actor, at=at) as unit:
        unit.permit(PERMITS["mirror_update"])
        state, text = statement.data["state"], statement.data.get("text")
        own = _own(statement)
        notice = own or _theirs(statement)
        accepts = own is not None and state == "accepted"
        unit.refuse(why_not_update(notice.state if notice else None, accepts=accepts))
        assert notice is not None
        if accepts:
            _accept(unit, notice, statement)
        unit.add(
            NoticeUpdate(
                **told_by(statement),
                notice=notice,
                state=state,
                text=text["value"] if text else None,
                language=text["language"] if text else statement.language,
                at=statement.issued_at,
                said=statement.id,
            )
        )
        unit.about(notice, number=notice.number, state=state)
    return notice


def _accept(unit: Unit, notice: Notice, statement: Statement) -> None:
    side = calendar_of(statement.sender, unit.actor.node)
    notice.state, notice.accepted_at = "accepted", statement.issued_at
    notice.due_on = due_after(current_book(), notice.kind, "answer", side, day_at(statement.issued_at, side))
    _note_reply(notice, statement)
    unit.save(notice)
    unit.settle("notices.accept_notice", notice)
    _wait(unit, "notices.answer_notice", notice, statement.sender, notice.due_on)


def mirror_answer(*, actor: Actor, statement: Statement, at: dt.datetime) -> Notice:
    """Keeps the partner's answer to a notice of ours, closed at rest.

    Refuses `notice_not_known`, `wrong_state`, `contact_point_not_addressed`, `not_a_day`.
    """
    with unit_of_work("notices.mirror_answer", actor=actor, at=at) as unit:
        unit.permit(PERMITS["mirror_answer"])
        unit.refuse(why_not_mirror(statement.marking, contact_body(actor.node)))
        answer = _read(read_notice_answered, statement.data)
        notice = _own(statement)
        unit.refuse(why_not_follow(notice.state if notice else None, "answered"))
        assert notice is not None and notice.raised is not None
        content = notice_answered(of=notice.raised, statement=statement.data["statement"], answer=answer)
        notice.state, notice.answer, notice.due_on = "answered", json.dumps(content, ensure_ascii=False), None
        notice.answered, notice.answered_hash, notice.answered_at = statement.id, statement.hash, statement.issued_at
        _note_reply(notice, statement)
        unit.save(notice)
        unit.settle(("notices.accept_notice", "notices.answer_notice"), notice)
        unit.about(notice, number=notice.number, steps=len(answer.steps))
    return notice


def mirror_recall(*, actor: Actor, statement: Statement, at: dt.datetime) -> Notice:
    """Destroys what the partner takes back: a notice, what was said of it since, or an answer; the row stays as a stub.

    What is not held here (it was refused, say) leaves nothing but the entry. The sealed copies are the exchange's.
    """
    with unit_of_work("notices.mirror_recall", actor=actor, at=at) as unit:
        unit.permit(PERMITS["mirror_recall"])
        of = statement.data["of"]
        notice = _theirs(statement)
        if notice is not None and notice.state != "recalled":
            _forget(unit, notice, statement.data["reason"], statement.issued_at)
        answered = Notice.objects.select_for_update().filter(statement=None, partner=statement.sender, answered=of).first()
        if answered is not None:
            answered.answer = None
            unit.save(answered)
        for update in NoticeUpdate.objects.select_for_update().filter(home=statement.sender, statement=of):
            update.text = None
            unit.save(update)
        unit.about(notice or answered or Notice(pk=of), held=notice is not None or answered is not None)
    return notice or answered or Notice(pk=of)


def _own(statement: Statement) -> Notice | None:
    """The notice we raised to this partner in the statement spoken of, locked."""
    rows = Notice.objects.select_for_update().filter(statement=None, partner=statement.sender)
    return rows.filter(raised=statement.data["of"]).first()


def _theirs(statement: Statement) -> Notice | None:
    """The notice this partner raised in the statement spoken of, locked."""
    rows = Notice.objects.select_for_update().filter(home=statement.sender)
    return rows.filter(statement=statement.data["of"]).first()


def _note_reply(notice: Notice, statement: Statement) -> None:
    """Keeps the marking of the newest thing the partner said of a notice, for the bands of its page."""
    notice.reply_level, notice.reply_bodies = statement.marking.level, list(statement.marking.bodies)
    notice.replied_at = statement.issued_at


def _read(read: Callable[[Mapping[str, Any]], T], data: Mapping[str, Any]) -> T:
    try:
        return read(data)
    except ValueError:
        raise Refused([Refusal("not_a_day")]) from None
