"""The invented enquiries of the demonstration: one of a delegation on Pakistan's desk, one of a firm at Japan's contact point."""

from __future__ import annotations

import datetime as dt

from django.conf import settings

from rahdari.base.actor import Actor
from rahdari.base.clock import day_at
from rahdari.base.editions import current_book
from rahdari.base.facts import read_facts
from rahdari.base.refusal import Refusal
from rahdari.base.work import unit_of_work
from rahdari.domain.accounts.models import Grant
from rahdari.domain.accounts.queries import actor_for

from ..access import PERMITS
from ..models import Enquiry
from ..queries.firms import firm_of
from ..rules.enquiry_facts import EnquiryFacts
from .answering import assign_enquiry
from .enquiring import enquire_firm

VISITED = dt.timedelta(days=3)
SOFTWARE = {
    "work_kind": "professional", "occupation": "2512", "skills": ["Python", "web services", "cloud"], "people": 4,
    "mode": "delegation", "note": "Seven firms of one city (invented) wish to meet people in Lahore in spring.",
}  # fmt: skip
CARE = {
    "work_kind": "ssw1", "field": "NURSING_CARE", "skills": ["care of older people", "Japanese for daily life"], "people": 6,
    "mode": "in_person", "note": "Two houses in Niigata (invented).",
}  # fmt: skip


def seed_enquiries(*, actor: Actor, at: dt.datetime) -> int:
    """Enters the invented enquiry of the demonstration of this node; says how many are new.

    Can be done again: what is there stays. Needs the invented people, and on Japan's node the firm's entry in the register.
    Refuses `not_permitted` in production.
    """
    with unit_of_work("cooperation.seed_enquiries", actor=actor, at=at) as unit:
        unit.permit(PERMITS["seed_enquiries"])
        unit.refuse([] if settings.DEMO or settings.TEST else [Refusal("not_permitted")])
        role = "oec_officer" if actor.node == "pk" else "employer"
        grant = Grant.objects.filter(role=role, ends_at=None, person__invented=True).order_by("id").first()
        new = 0
        if grant is not None and not Enquiry.objects.exists():
            new = _seed(actor_for(grant.person, grant), at)
        unit.about(Enquiry(), made=new)
    return new


def _seed(who: Actor, at: dt.datetime) -> int:
    book, today = current_book(), day_at(at, who.node)
    if who.node == "pk":
        asked, name = read_facts(EnquiryFacts, SOFTWARE, book), "Minato Digital Association (invented)"
        row = enquire_firm(actor=who, asked=asked, firm_name=name, came_by="visit", came_on=today - VISITED, at=at)
        assign_enquiry(actor=who, enquiry_id=row.pk, at=at)
        return 1
    if firm_of(body=who.body, day=today, node=who.node, book=book) is None:
        return 0
    enquire_firm(actor=who, asked=read_facts(EnquiryFacts, CARE, book), at=at)
    return 1
