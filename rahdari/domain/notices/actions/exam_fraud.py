"""A notice of exam fraud (MOC 5), drafted by the node when an examiner made results void; the contact point approves it."""

from __future__ import annotations

import datetime as dt
import json
from uuid import UUID

from django.conf import settings

from rahdari.base.actor import Actor
from rahdari.base.clock import day_at
from rahdari.base.editions import current_book
from rahdari.base.work import unit_of_work
from rahdari.domain.exams.queries.voided import VoidEvidence, void_evidence

from ..access import PERMITS
from ..messages import notice_raised
from ..models import Notice
from ..queries.notices import offices_on, told_within
from ..rules.notices import Draft, Party, due_day, why_not_draft
from .telling import _wait

OF_PEOPLE = ("proxy", "forged")
LONGEST = 4000


def draft_exam_notice(*, actor: Actor, voiding: UUID | str, at: dt.datetime) -> Notice:
    """Drafts the notice of results that were made void, with the evidence on which they were, for the contact point to approve.

    Called by the node after its examiner decided. Refuses what `draft_notice` refuses. Leaves the draft, closed at rest, as
    written by the officer who decided, and the clock of the contact point. Nothing is told.
    """
    with unit_of_work("notices.draft_exam_notice", actor=actor, at=at) as unit:
        unit.permit(PERMITS["draft_exam_notice"])
        book, today = current_book(), day_at(at, actor.node)
        told = void_evidence(voiding)
        draft, partner = _draft(told, today), settings.RAHDARI_PARTNER
        unit.refuse(why_not_draft(book, draft, receiver=partner, today=today))
        row = Notice(home=actor.node, partner=partner, drafted_at=at, drafted_by=told.decided_by, drafted_body=told.body)
        row.kind, row.category, row.known_on = draft.kind, draft.category, today
        row.content, row.language, row.level = json.dumps(notice_raised(draft), ensure_ascii=False), draft.language, draft.level
        row.due_on = due_day(today, offices_on(actor.node, book), told_within(book, actor.node, today))
        unit.add(row)
        _wait(unit, "notices.approve_notice", row, actor.node, row.due_on)
        unit.about(row, voiding=voiding, code=told.code)
    return row


def _draft(told: VoidEvidence, today: dt.date) -> Draft:
    people = tuple(Party("person", name) for name in dict.fromkeys(told.names)) if told.code in OF_PEOPLE else ()
    what = f"Results made void ({told.code}): {told.exam}, {told.venue}, {told.sat_on}. Bookings: {', '.join(told.numbers)}.\n"
    return Draft(
        kind="exam",
        category="EXAM_FRAUD",
        known_on=today,
        what=(what + told.evidence)[:LONGEST],
        asked="investigate",
        about=people or (Party("organisation", told.venue),),
        place=told.venue,
        happened=told.sat_on,
        workers=len(told.numbers),
    )
