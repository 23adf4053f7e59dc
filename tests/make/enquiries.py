"""Enquiries of firms for tests, on both nodes, made by the acts of those who may.

line = enquiries(settings)               a corridor with a registered firm, an officer, and a published profile
row = line.asked()                       a firm's enquiry, sent on by its contact point and carried to Pakistan
line.answered(row)                       the same answered with the profile, and carried back
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from rahdari.base.actor import Actor
from rahdari.base.facts import read_facts
from rahdari.base.reference import shipped_book
from rahdari.domain.candidates.actions import publish_profile
from rahdari.domain.candidates.models import TalentProfile
from rahdari.domain.cooperation import actions
from rahdari.domain.cooperation.models import Enquiry
from rahdari.domain.cooperation.rules.enquiry_facts import EnquiryFacts
from tests.make import candidates, organisations
from tests.make.people import actor
from tests.make.two_nodes import Corridor, two_nodes

AT = dt.datetime(2026, 11, 25, 3, 0, tzinfo=dt.UTC)
FIRM, OTHER_FIRM = "jp:org:asked-firm", "jp:org:other-firm"
NUMBER = "8000000000001"
ASKED: dict[str, Any] = {
    "work_kind": "professional",
    "occupation": "2512",
    "skills": ["Python", "web services"],
    "people": 3,
    "mode": "in_person",
    "note": "From April.",
}
PROFILE = {"text": "I build web services in Python and Go.", "isco": "2512", "years": 4, "skills": ["Python"]}


def asked_facts(**changed: Any) -> EnquiryFacts:
    """What a firm looks for; a member given as None is left out."""
    told = {name: value for name, value in (ASKED | changed).items() if value is not None}
    return read_facts(EnquiryFacts, told, shipped_book())


class Line:
    """Two nodes, a firm of Japan's register, an officer of Pakistan's corporation, and a worker with a published profile."""

    def __init__(self, settings: Any) -> None:
        self.corridor: Corridor = two_nodes(settings)
        with self.corridor.on("jp"):
            organisations.entered("ACCEPTING_ORG", NUMBER, registry_id=FIRM, names=("Asked Firm (invented)",))
            self.firm = actor("employer", FIRM, node="jp")
            self.other = actor("employer", OTHER_FIRM, node="jp")
            self.contact = actor("contact_point_jp", node="jp")
        with self.corridor.on("pk"):
            self.officer = actor("oec_officer", node="pk", at=AT)
            self.worker, self.file = candidates.file(tests=())
            self.profile: TalentProfile = publish_profile(actor=self.worker, **PROFILE, at=AT)

    def enquired(self, *, by: Actor | None = None, at: dt.datetime = AT, **changed: Any) -> Enquiry:
        """What a firm asks, as its contact point finds it."""
        with self.corridor.on("jp"):
            return actions.enquire_firm(actor=by or self.firm, asked=asked_facts(**changed), at=at)

    def asked(self, *, at: dt.datetime = AT, **changed: Any) -> Enquiry:
        """The same sent on and carried: the row of Japan's node."""
        row = self.enquired(at=at, **changed)
        with self.corridor.on("jp"):
            row = actions.forward_enquiry(actor=self.contact, enquiry_id=row.pk, at=at)
        self.corridor.exchange(at=at)
        return row

    def theirs(self, row: Enquiry) -> Enquiry:
        """A firm's enquiry as Pakistan's node keeps it."""
        with self.corridor.on("pk"):
            return Enquiry.objects.get(asked=row.asked)

    def mine(self, row: Enquiry) -> Enquiry:
        """A firm's enquiry as Japan's node keeps it now."""
        with self.corridor.on("jp"):
            return Enquiry.objects.get(pk=row.pk)

    def answered(self, row: Enquiry, *, at: dt.datetime = AT, **changed: Any) -> Enquiry:
        """The enquiry taken, answered with the profile and carried back: the row of Japan's node."""
        told = {"profiles": [self.profile.number], "next_step": "Choose, then file a demand."} | changed
        with self.corridor.on("pk"):
            there = Enquiry.objects.get(asked=row.asked)
            actions.assign_enquiry(actor=self.officer, enquiry_id=there.pk, at=at)
            actions.answer_enquiry(actor=self.officer, enquiry_id=there.pk, **told, at=at)
        self.corridor.exchange(at=at)
        return self.mine(row)
