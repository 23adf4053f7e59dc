"""What the state that tells does with a notice: an officer drafts, the contact point approves as a second one, or recalls."""

from __future__ import annotations

import datetime as dt
import json
from uuid import UUID

from django.conf import settings

from rahdari.base.actor import Actor
from rahdari.base.clock import day_at
from rahdari.base.editions import current_book
from rahdari.base.states import why_not_move
from rahdari.base.work import Missing, Unit, unit_of_work

from ..access import CONTACT_ROLES, PERMITS
from ..messages import RAISED, RECALLED, notice_raised, notice_recalled
from ..models import Notice
from ..queries.notices import (
    calendar_of,
    contact_body,
    draft_of,
    due_after,
    end_of_day,
    notices_visible_to,
    offices_on,
    told_within,
)
from ..rules.notices import (
    NOTICE_MOVES,
    Draft,
    days_late,
    due_day,
    marking_to_say,
    number_of,
    why_not_approve,
    why_not_draft,
    why_not_recall,
)


def draft_notice(
    *, actor: Actor, draft: Draft, notice_id: UUID | None = None, seen: int | None = None, at: dt.datetime
) -> Notice:
    """An officer writes a notice, or writes a draft anew; it must go out on the working day on which it became known.

    Refuses `notice_kind_unknown`, `category_missing`, `known_on_missing`, `party_missing`, `party_without_name`,
    `too_many`, `what_missing`, `asked_missing`, `identity_of_complainant`, `money_half_said`, `marking_missing`,
    `body_not_theirs`, `wrong_state`, `stale`. Leaves the draft, closed at rest, and the clock of the contact point. Nothing is
    told.
    """
    with unit_of_work("notices.draft_notice", actor=actor, at=at) as unit:
        unit.permit(PERMITS["draft_notice"])
        notice = _draft_to_change(unit, notice_id, seen) if notice_id else None
        row = notice or Notice(home=actor.node, partner=settings.RAHDARI_PARTNER, drafted_at=at, drafted_body=actor.body)
        row.drafted_by = actor.person
        _keep(unit, row, draft, anew=notice is not None)
        unit.about(row, anew=notice is not None)
    return row


def _keep(unit: Unit, row: Notice, draft: Draft, *, anew: bool = False) -> None:
    """Keeps a draft that leaves nothing open in its row, and opens the clock of the contact point."""
    book, node = current_book(), unit.actor.node
    today = day_at(unit.at, node)
    unit.refuse(why_not_draft(book, draft, receiver=row.partner, today=today))
    assert draft.known_on is not None
    row.kind, row.category, row.known_on = draft.kind, draft.category, draft.known_on
    row.content, row.language = json.dumps(notice_raised(draft), ensure_ascii=False), draft.language
    row.level, row.bodies = draft.level, list(draft.bodies)
    row.due_on = due_day(draft.known_on, offices_on(node, book), told_within(book, node, today))
    unit.save(row) if anew else unit.add(row)
    unit.settle("notices.approve_notice", row, "replaced")
    _wait(unit, "notices.approve_notice", row, node, row.due_on)


def _draft_to_change(unit: Unit, notice_id: UUID, seen: int | None) -> Notice:
    """The draft, locked, if this actor may see it and it has not gone out."""
    if not notices_visible_to(unit.actor).filter(pk=notice_id, home=unit.actor.node).exists():
        raise Missing(f"Notice {notice_id}")
    notice = unit.lock(Notice, notice_id, seen=seen)
    unit.refuse(why_not_move(NOTICE_MOVES, notice.state, "drafted"))
    return notice


def approve_notice(*, actor: Actor, notice_id: UUID, seen: int | None = None, at: dt.datetime) -> Notice:
    """A second officer, of the contact point, approves a draft: the other state is told at once.

    Refuses `four_eyes` to whoever wrote it, `wrong_state`, `stale`, and whatever the draft leaves open. Leaves the
    statement, the number, how many working days late it is, and the clock of the other contact point.
    """
    with unit_of_work("notices.approve_notice", actor=actor, at=at) as unit:
        unit.permit(PERMITS["approve_notice"])
        notice = unit.lock(Notice, notice_id, seen=seen)
        same = actor.person is None or notice.drafted_by == actor.person
        unit.refuse(why_not_approve(state=notice.state, same_person=same))
        book, today, draft = current_book(), day_at(at, actor.node), draft_of(notice)
        unit.refuse(why_not_draft(book, draft, receiver=notice.partner, today=today))
        assert draft.known_on is not None
        marking = marking_to_say(draft.level, draft.bodies, contact_body(notice.partner))
        said = unit.say(RAISED, notice_raised(draft), marking=marking.told(), language=draft.language, to=notice.partner)
        side = calendar_of(notice.partner, actor.node)
        notice.state, notice.raised, notice.thread, notice.raised_at = "raised", said.id, said.thread, at
        notice.number, notice.bodies = number_of(notice.home, said.id.hex, at.date()), list(marking.bodies)
        notice.approved_by = actor.person
        within = told_within(book, actor.node, today)
        notice.days_late = days_late(draft.known_on, today, offices_on(actor.node, book), within)
        notice.due_on = due_after(book, notice.kind, "accept", side, day_at(at, side))
        unit.save(notice)
        unit.settle("notices.approve_notice", notice)
        _wait(unit, "notices.accept_notice", notice, notice.partner, notice.due_on)
        unit.about(notice, number=notice.number, days_late=notice.days_late)
    return notice


def recall_notice(*, actor: Actor, notice_id: UUID, reason: str, seen: int | None = None, at: dt.datetime) -> Notice:
    """The contact point that told takes a notice back: what it says is destroyed on both sides.

    Refuses `raised_from_there`, `wrong_state`, `reason_missing`, `stale`. Leaves the row with its id, dates and state,
    the statement (its stubs are filled by the exchange), and the clocks settled.
    """
    with unit_of_work("notices.recall_notice", actor=actor, at=at) as unit:
        unit.permit(PERMITS["recall_notice"])
        notice = unit.lock(Notice, notice_id, seen=seen)
        unit.refuse(why_not_recall(state=notice.state, own=notice.home == actor.node, reason=reason))
        assert notice.raised is not None
        content = notice_recalled(of=notice.raised, reason=reason)
        marking = marking_to_say(notice.level, notice.bodies, contact_body(notice.partner)).told()
        unit.say(RECALLED, content, marking=marking, thread=notice.thread, in_reply_to=notice.raised, to=notice.partner)
        _forget(unit, notice, reason, at)
        unit.about(notice, number=notice.number, reason=reason)
    return notice


def _forget(unit: Unit, notice: Notice, reason: str, at: dt.datetime) -> None:
    """Puts the stub in place of what a notice said: id, number, dates and state are left."""
    notice.state, notice.recalled_at, notice.recall_reason = "recalled", at, reason
    notice.content, notice.kind, notice.category, notice.known_on = None, "", "", None
    notice.due_on = None
    unit.save(notice)
    for update in notice.updates.filter(home=notice.home).exclude(text=None):
        update.text = None
        unit.save(update)
    for decision in notice.names_decided.exclude(name=None):
        decision.name = decision.note = None
        unit.save(decision)
    unit.settle(("notices.accept_notice", "notices.answer_notice"), notice, "recalled")


def _wait(unit: Unit, task: str, notice: Notice, side: str, due: dt.date | None) -> None:
    """Opens the clock of whoever is next, without a word of what the notice says."""
    calendar = calendar_of(side, unit.actor.node)
    unit.wait(
        task,
        notice,
        holder_body=contact_body(side),
        holder_role=CONTACT_ROLES.get(side, ""),
        holder_side=calendar,
        matter={"what": "notice", "number": notice.number} if notice.number else {"what": "notice_draft"},
        url_name="notices.see_notice",
        url_args=[str(notice.pk)],
        due_at=end_of_day(due, calendar) if due else None,
    )
