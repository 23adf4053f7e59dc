"""Enquiries of firms for tests, on both nodes, made by the acts of those who may.

line = enquiries(settings)               a corridor with a registered firm, an officer, and a published profile
row = line.asked()                       a firm's enquiry, sent on by its contact point and carried to Pakistan
line.answered(row)                       the same answered with the profile, and carried back
"""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID, uuid4

from django.test import Client

from rahdari.base.actor import Actor
from rahdari.base.clock import day_at, now
from rahdari.base.facts import read_facts
from rahdari.base.reference import shipped_book
from rahdari.domain.candidates.actions import (
    answer_reveal,
    ask_reveal,
    mirror_profiles,
    mirror_reveal,
    publish_profile,
    show_profiles,
)
from rahdari.domain.candidates.models import Reveal, ShownProfile, TalentProfile
from rahdari.domain.candidates.rules.showing import Asking, Party
from rahdari.domain.cooperation import actions
from rahdari.domain.cooperation.models import Enquiry
from rahdari.domain.cooperation.rules.enquiry_facts import EnquiryFacts
from rahdari.project.reactions import react
from tests.make import candidates, organisations
from tests.make.people import actor, sign_in, sign_in_as, worker
from tests.make.statements import mailroom
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

    def __init__(self, settings: Any, *, at: dt.datetime = AT) -> None:
        self.corridor: Corridor = two_nodes(settings)
        with self.corridor.on("jp"):
            organisations.entered("ACCEPTING_ORG", NUMBER, registry_id=FIRM, names=("Asked Firm (invented)",))
            self.firm = actor("employer", FIRM, node="jp")
            self.other = actor("employer", OTHER_FIRM, node="jp")
            self.contact = actor("contact_point_jp", node="jp")
        with self.corridor.on("pk"):
            self.officer = actor("oec_officer", node="pk", at=at)
            self.worker, self.file = candidates.file(worker("0300 7654321"), tests=())
            self.profile: TalentProfile = publish_profile(actor=self.worker, **PROFILE, at=at)

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

    def shown(self, row: Enquiry | None = None) -> UUID:
        """The id under which the firm was shown the profile."""
        row = row or self.answered(self.asked())
        with self.corridor.on("jp"):
            return ShownProfile.objects.get(enquiry=row.asked).pk

    def asked_who(self, shown: UUID, *, by: Actor | None = None, at: dt.datetime = AT) -> Reveal:
        """The firm's question who it is, carried to Pakistan: the row of its node."""
        with self.corridor.on("jp"):
            ask_reveal(actor=by or self.firm, shown_id=shown, purpose="An interview about web services.", at=at)
        self.carry(at=at)
        with self.corridor.on("pk"):
            return Reveal.objects.get(shown=shown)

    def carry(self, *, at: dt.datetime = AT) -> None:
        """Both nodes do what follows from their events, and everything said is carried."""
        for code in ("jp", "pk"):
            with self.corridor.on(code):
                react()
        self.corridor.exchange(at=at)

    def say_yes(self, row: Reveal, *, contact: str = "+92 300 1234567", at: dt.datetime = AT) -> None:
        """The person says yes, and it is carried."""
        with self.corridor.on("pk"):
            answer_reveal(actor=self.worker, reveal_id=row.pk, yes=True, contact=contact, at=at)
        self.carry(at=at)


def entered(*, by: Actor | None = None, at: dt.datetime = AT, **changed: Any) -> Enquiry:
    """An enquiry that came by letter, on Pakistan's node."""
    told = {"firm_name": "Writing Firm (invented)", "came_by": "letter"}
    return actions.enquire_firm(actor=by or actor("oec_officer", node="pk"), asked=asked_facts(**changed), **told, at=at)


def put_to(worker: Actor, profile: TalentProfile, *, at: dt.datetime) -> Reveal:
    """A firm's question to a person, on Pakistan's node."""
    party = Party(FIRM, "Asked Firm (invented)")
    told = {"numbers": [profile.number], "enquiry": uuid4(), "party": party}
    (shown,) = show_profiles(actor=actor("oec_officer", node="pk"), **told, at=at)
    by = Asking("jp", shown.enquiry, NUMBER, "")
    return mirror_reveal(actor=mailroom("pk"), shown_id=shown.pk, asked=uuid4(), by=by, purpose="An interview.", at=at)


def _shown_to_another(client: Client) -> Any:
    """A profile shown to one firm, on Japan's node; an officer of another firm is signed in."""
    sign_in(client, "employer", OTHER_FIRM, node="jp")
    facts = {"text": "I test.", "isco": "2519", "years": 2, "district": "", "skills": [], "languages": []}
    told = [(uuid4(), day_at(at := now(), "jp") + dt.timedelta(days=30), facts)]
    party = Party(FIRM, "Asked Firm (invented)")
    mirror_profiles(actor=mailroom("jp"), home="pk", told=told, enquiry=uuid4(), party=party, at=at)
    return told[0][0]


def _enquiry_of_another(client: Client) -> Any:
    """An enquiry of one firm, on Japan's node; an officer of another firm is signed in."""
    sign_in(client, "employer", OTHER_FIRM, node="jp")
    organisations.entered("ACCEPTING_ORG", NUMBER, registry_id=FIRM, names=("Asked Firm (invented)",))
    return actions.enquire_firm(actor=actor("employer", FIRM, node="jp"), asked=asked_facts(), at=now()).pk


def _question_to_another(client: Client) -> Any:
    """A firm's question to one worker, on Pakistan's node; another worker is signed in."""
    sign_in_as(client, worker())
    someone, _file = candidates.file(tests=())
    return put_to(someone, publish_profile(actor=someone, **PROFILE, at=now()), at=now()).pk


# For tests/house/test_others.py.
FOREIGN = {
    **{f"cooperation.{name}": ("jp", _enquiry_of_another) for name in ("see_enquiry", "close_enquiry", "link_demand")},
    **{f"candidates.{name}": ("jp", _shown_to_another) for name in ("see_shown", "ask_reveal")},
    "candidates.answer_reveal": ("pk", _question_to_another),
}
OF_ONE_BODY = {f"cooperation.{name}_enquiry" for name in ("forward", "return", "assign", "answer")}


def _on_the_desk(client: Client) -> tuple[Any, list[Any]]:
    sign_in(client, "oec_officer", node="pk")
    return (lambda: entered(at=now())), []


def _put_to_one(client: Client) -> tuple[Any, list[Any]]:
    someone = worker()
    sign_in_as(client, someone)
    who, _file = candidates.file(someone, tests=())
    profile = publish_profile(actor=who, **PROFILE, at=now())
    return (lambda: put_to(who, profile, at=now())), []


# For tests/house/test_lists.py.
LISTS = {
    "enquiries": ("pk", "cooperation.see_enquiries", _on_the_desk),
    "questions of firms": ("pk", "candidates.see_reveals", _put_to_one),
}
