"""A service from home on one node alone, the other node's words said to its mailroom: for pages, lists and strangers.

    side = at_the_workers("delivered")        on Pakistan's node: worker, case, milestones, a payment that is late
    side = at_the_clients("signed")           on Japan's node: the client's people, the case as told

Moments are counted back from now, so that pages show what they show today.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

from django.test import Client

from rahdari.base.actor import Actor, machine
from rahdari.base.clock import day_at, now
from rahdari.domain.candidates.actions import give_consent
from rahdari.domain.contracts import actions as contracts
from rahdari.domain.contracts import inbox as contracts_inbox
from rahdari.domain.contracts.models import Milestone, Offer
from rahdari.domain.jobs.actions import open_service
from rahdari.domain.jobs.messages import Subject, journey_stage
from rahdari.domain.jobs.rules.remote import ServiceWanted
from rahdari.domain.jobs.rules.terms import with_hash
from rahdari.domain.placements import actions as placements
from rahdari.domain.placements import inbox as placements_inbox
from rahdari.domain.placements.messages import DECIDED, INTERVIEW_SET, NOMINATED, decided, interview_set, nominated
from rahdari.domain.placements.models import Case
from rahdari.project.mailroom import STEPS
from rahdari.project.timetable import watch_payments
from tests.make import candidates, organisations
from tests.make.enquiries import FIRM, NUMBER
from tests.make.people import actor, sign_in, sign_in_as, worker
from tests.make.services import TERMS
from tests.make.statements import mailroom, spoken

CLIENT_NAME = "Asked Firm (invented)"
DAYS = {"enquired": 95, "revealed": 90, "invited": 89, "answered": 88, "offered": 84, "signed": 83, "delivered": 45}
WAY = ("revealed", "invited", "offered", "signed", "begun", "delivered", "late")


def ago(step: str) -> dt.datetime:
    """The moment of a step."""
    return now() - dt.timedelta(days=DAYS[step])


def terms_today() -> dict[str, Any]:
    """The terms of the stories, with days counted back from now."""
    begins, first, second = (day_at(now() - dt.timedelta(days=days), "pk").isoformat() for days in (83, 60, 10))
    milestones = [{**one, "due_on": due} for one, due in zip(TERMS["milestones"], (first, second), strict=True)]
    return TERMS | {"begins_on": begins, "milestones": milestones}


@dataclass
class Side:
    """One side of a service; `me` is who acts on it: the worker, or somebody of the client's."""

    me: Actor
    case_id: UUID = field(default_factory=uuid4)
    enquiry: UUID = field(default_factory=uuid4)

    def case(self) -> Case:
        return Case.objects.get(pk=self.case_id)

    def milestone(self, number: int = 1) -> Milestone:
        return Milestone.objects.get(case=self.case_id, number=number)

    def open(self) -> None:
        """Station 1, as either node keeps it of the firm's enquiry."""
        node = self.me.node
        wanted = ServiceWanted(self.enquiry, FIRM, CLIENT_NAME, "", 3, day_at(ago("enquired"), "jp"))
        open_service(actor=machine(node, "mailroom"), wanted=wanted, at=ago("revealed"))

    def hear(self, receiver: Any, type: str, data: dict[str, Any], step: str) -> None:
        """Something the other node says, taken up at the moment of a step."""
        node, sender = self.me.node, {"pk": "jp", "jp": "pk"}[self.me.node]
        bodies = ("CONTACT_PK",) if node == "pk" else ("CONTACT_JP", FIRM)
        told = {"sender": sender, "receiver": node, "thread": self.case_id, "bodies": bodies, "at": ago(step)}
        receiver(actor=mailroom(node), statement=spoken(type, data, **told), at=ago(step))

    def hear_step(self, name: str, station: int, step: str, details: dict[str, Any] | None = None) -> None:
        """A step of the line the other node tells."""
        on, acting = day_at(ago(step), "pk"), "WORKER" if self.me.node == "jp" else FIRM
        subject = Subject("case", self.case_id)
        data = journey_stage(subject=subject, station=station, step=name, on=on, acting=acting, details=details)
        self.hear(STEPS[name], "journey.stage/1", data, step)


def _signed_terms() -> dict[str, Any]:
    client = {"name": CLIENT_NAME, "number": NUMBER, "checked": "register"}
    return with_hash(terms_today() | {"kind": "service", "client": client})


def at_the_workers(until: str, who: Any = None) -> Side:
    """The worker's side up to and with a step of `WAY`."""
    me, file = candidates.file(who or worker(), tests=())
    side, reached = Side(me), WAY.index(until)
    side.open()
    consent = give_consent(actor=me, purpose="nominate", body=FIRM, at=ago("revealed"))
    revealed = placements.RevealedTo(side.case_id, file, consent, day_at(ago("enquired"), "pk"))
    placements.open_service_case(actor=machine("pk", "timetable"), vacancy_id=side.enquiry, revealed=revealed, at=ago("revealed"))
    for step in WAY[1 : reached + 1]:
        _WORKERS[step](side)
    return side


def _invited_there(side: Side) -> None:
    told = {"zone": "Asia/Tokyo", "minutes": 30, "place": "video link", "language": "en", "interpreter": "none"}
    starts_at = (ago("offered") - dt.timedelta(hours=2)).replace(microsecond=0)
    data = interview_set(case=str(side.case_id), at=starts_at, supersedes=None, **told)
    side.hear(placements_inbox.placement_interview_set, INTERVIEW_SET, data, "invited")
    placements.answer_interview(actor=side.me, case_id=side.case_id, answer="yes", at=ago("answered"))


def _offered_there(side: Side) -> None:
    on, signed = day_at(ago("offered"), "jp"), _signed_terms()
    data = decided(case=str(side.case_id), outcome="selected", on=on, terms=signed, employer_signed_on=on)
    side.hear(contracts_inbox.placement_decided, DECIDED, data, "offered")


def _signed_here(side: Side) -> None:
    terms_hash = Offer.objects.get(case=side.case_id).terms_hash
    contracts.agree_service(actor=side.me, case_id=side.case_id, terms_hash=terms_hash, at=ago("signed"))


def _delivered_here(side: Side) -> None:
    contracts.deliver_milestone(actor=side.me, milestone_id=side.milestone().pk, at=ago("delivered"))


_WORKERS: dict[str, Any] = {
    "invited": _invited_there,
    "offered": _offered_there,
    "signed": _signed_here,
    "begun": lambda side: side.hear_step("service_begun", 17, "signed"),
    "delivered": _delivered_here,
    "late": lambda side: watch_payments(at=now()),
}


def at_the_clients(until: str, me: Actor | None = None) -> Side:
    """The client's side up to and with a step of `WAY`; `late` shows what is late without anything more done."""
    organisations.entered("ACCEPTING_ORG", NUMBER, registry_id=FIRM, names=(CLIENT_NAME,))
    side, reached = Side(me or actor("employer", FIRM, node="jp")), WAY.index(until)
    side.open()
    profile = {
        "rank": 1, "rule": "by_the_employer", "name": "ASIM KHAN", "sex": None, "skills": ["Python"], "tests": [],
        "education": [], "work": [{"isco": "2512", "months": 48}], "languages": [], "available_from": None,
    }  # fmt: skip
    who = {"case": str(side.case_id), "person": str(uuid4()), "vacancy": str(side.enquiry)}
    data = nominated(**who, profile=profile, consent=str(uuid4()), promoter="")
    side.hear(placements_inbox.placement_nominated, NOMINATED, data, "revealed")
    for step in WAY[1 : reached + 1]:
        _CLIENTS[step](side)
    return side


def _invited_here(side: Side) -> None:
    starts_at = (ago("offered") - dt.timedelta(hours=2)).replace(hour=6)
    placements.set_interview(
        actor=side.me, case_id=side.case_id, starts_at=starts_at, place="video link", at=ago("invited") - dt.timedelta(days=1)
    )
    side.hear_step("interview_answered", 8, "answered", {"answer": "yes", "other_times": []})


def _offered_here(side: Side) -> None:
    told = {"terms": terms_today(), "employer_signed_on": day_at(ago("offered"), "jp")}
    contracts.offer_service(actor=side.me, case_id=side.case_id, **told, at=ago("offered") + dt.timedelta(hours=12))


def _signed_there(side: Side) -> None:
    details = {"terms_hash": Offer.objects.get(case=side.case_id).terms_hash}
    for name, station in (("service_terms_confirmed", 10), ("service_signed", 11)):
        side.hear_step(name, station, "signed", details)


_CLIENTS: dict[str, Any] = {
    "invited": _invited_here,
    "offered": _offered_here,
    "signed": _signed_there,
    "begun": lambda side: contracts.begin_service(actor=side.me, case_id=side.case_id, at=ago("signed")),
    "delivered": lambda side: side.hear_step("milestone_delivered", 18, "delivered", {"milestone": 1}),
    "late": lambda side: None,
}


def _milestone_of_another_worker(client: Client) -> Any:
    sign_in_as(client, worker())
    return at_the_workers("delivered", worker("0345 7654321", "61101-7654321-2")).milestone().pk


def _milestone_of_another_client(client: Client) -> Any:
    sign_in(client, "employer", "jp:org:other", node="jp")
    return at_the_clients("delivered").milestone().pk


# For tests/house/test_others.py.
OF_CLIENT = ("return_milestone", "accept_milestone", "pay_milestone")
FOREIGN = {
    **{f"contracts.{name}": ("pk", _milestone_of_another_worker) for name in ("see_milestone", "deliver_milestone")},
    **{f"contracts.{name}": ("jp", _milestone_of_another_client) for name in OF_CLIENT},
}
OF_ONE_BODY = {"contracts.take_up_overdue"}
__all__ = ["FOREIGN", "OF_ONE_BODY", "Side", "at_the_clients", "at_the_workers"]
