"""A notice of exam fraud (MOC 5), drafted by the node when an examiner made results void; the contact point approves it."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.conf import settings

from rahdari.base.actor import Actor
from rahdari.base.clock import day_at
from rahdari.base.work import unit_of_work
from rahdari.domain.exams.queries.voided import VoidEvidence, void_evidence

from ..access import PERMITS
from ..models import Notice
from ..rules.notices import MOST_PARTIES, Draft, Party
from .telling import _keep

OF_PEOPLE = ("proxy", "forged")
LONGEST = 4000


def draft_exam_notice(*, actor: Actor, voiding: UUID | str, at: dt.datetime) -> Notice:
    """Drafts the notice of results that were made void, with the evidence on which they were, for the contact point to approve.

    Called by the node after its examiner decided. Refuses what `draft_notice` refuses. Leaves the draft, closed at rest, as
    written by the officer who decided, and the clock of the contact point. Nothing is told.
    """
    with unit_of_work("notices.draft_exam_notice", actor=actor, at=at) as unit:
        unit.permit(PERMITS["draft_exam_notice"])
        told, partner = void_evidence(voiding), settings.RAHDARI_PARTNER
        row = Notice(home=actor.node, partner=partner, drafted_at=at, drafted_by=told.decided_by, drafted_body=told.body)
        _keep(unit, row, _draft(told, day_at(at, actor.node)))
        unit.about(row, voiding=voiding, code=told.code)
    return row


def _draft(told: VoidEvidence, today: dt.date) -> Draft:
    """The notice as far as it is known; of more people than a notice holds the first ones, and how many there are."""
    names = list(dict.fromkeys(told.names))[:MOST_PARTIES] if told.code in OF_PEOPLE else []
    people = tuple(Party("person", name) for name in names)
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
