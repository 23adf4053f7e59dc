"""A notice of what a worker answered in private (MOC 4(1)), drafted by the node when an officer found a wrongful act in it."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.conf import settings

from rahdari.base.actor import Actor
from rahdari.base.clock import day_at
from rahdari.base.work import unit_of_work
from rahdari.domain.accounts.queries.bodies import names_of
from rahdari.domain.contracts.queries.questions import WrongfulAct, wrongful_act

from ..access import PERMITS
from ..models import Notice
from ..rules.notices import Draft, Party
from .telling import _keep

OFFICE = "MOP_HRD"


def draft_answer_notice(*, actor: Actor, answer: UUID | str, category: str, at: dt.datetime) -> Notice:
    """Drafts the notice of one kind of wrongful act that an answer speaks of; firms are named, the worker never.

    Called by the node after the complaint officer decided. Refuses what `draft_notice` refuses. Leaves the draft, closed at
    rest, as written by that officer, and the clock of the contact point. Nothing is told.
    """
    with unit_of_work("notices.draft_answer_notice", actor=actor, at=at) as unit:
        unit.permit(PERMITS["draft_answer_notice"])
        told = wrongful_act(answer, category)
        row = Notice(
            home=actor.node, partner=settings.RAHDARI_PARTNER, drafted_at=at, drafted_by=told.examined_by, drafted_body=OFFICE
        )
        _keep(unit, row, _draft(told, day_at(at, actor.node)))
        unit.about(row, category=category)
    return row


def _draft(told: WrongfulAct, today: dt.date) -> Draft:
    promoter = names_of([told.promoter], "en").get(told.promoter, told.promoter)
    parties = tuple(Party("organisation", one) for one in (promoter, told.employer) if one)
    what = [f"A worker of the field {told.field} answered in private; the complaint officer looked into it."]
    if told.held:
        what.append(f"Held: {', '.join(one.removeprefix('held_').replace('_', ' ') for one in told.held)}.")
    paid = told.paid
    return Draft(
        kind="act",
        category=told.category,
        known_on=today,
        what="\n".join(what),
        asked="investigate",
        about=parties,
        happened=told.found_on.isoformat(),
        workers=1,
        amount=None if paid is None else paid.amount,
        currency="" if paid is None else paid.currency,
    )
