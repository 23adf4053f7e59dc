"""The invented sittings of the demonstration, opened by an invented officer of an exam body."""

from __future__ import annotations

import datetime as dt

from django.conf import settings

from rahdari.base.actor import Actor
from rahdari.base.refusal import Refusal
from rahdari.base.work import unit_of_work
from rahdari.domain.accounts.models import Grant
from rahdari.domain.accounts.queries import actor_for

from ..access import PERMITS
from ..models import Sitting
from .sittings import open_seats

# Test, field, level, place, days from now, seats. Other tests than those the tour of the demonstration opens itself.
SITTINGS = (
    ("SSW1_SKILL", "AGRICULTURE", "", "Faisalabad, hall 1 (invented)", 24, 40),
    ("SSW1_SKILL", "CONSTRUCTION", "", "Lahore, hall 2 (invented)", 31, 60),
    ("NURSING_CARE_JAPANESE", "NURSING_CARE", "NURSING_CARE_JAPANESE", "Peshawar, hall 1 (invented)", 38, 25),
    ("JLPT", "", "JLPT_N4", "Karachi, hall 3 (invented)", 52, 120),
)
BASIS = "Invented figures of the demonstration"


def seed_sittings(*, actor: Actor, at: dt.datetime) -> int:
    """Opens the invented sittings of this node; says how many were new.

    Can be done again: where an invented sitting was ever opened, nothing is. Needs the invented people. Refuses `not_permitted`
    in production.
    """
    with unit_of_work("exams.seed_sittings", actor=actor, at=at) as unit:
        unit.permit(PERMITS["seed_sittings"])
        unit.refuse([] if settings.DEMO or settings.TEST else [Refusal("not_permitted")])
        grants = Grant.objects.filter(role="exam_body", ends_at=None, person__invented=True).select_related("person")
        officer = grants.order_by("person__created_at", "id").first()
        new = () if officer is None or Sitting.objects.filter(basis=BASIS).exists() else SITTINGS
        for exam, field, level, venue, days, seats in new:
            assert officer is not None
            starts_at = (at + dt.timedelta(days=days)).replace(hour=4, minute=0, second=0, microsecond=0)
            told = {"exam": exam, "field": field, "level": level, "venue": venue, "seats": seats, "basis": BASIS}
            open_seats(actor=actor_for(officer.person, officer), **told, starts_at=starts_at, at=at)  # type: ignore[arg-type]
        unit.about(Sitting(), made=len(new))
    return len(new)
