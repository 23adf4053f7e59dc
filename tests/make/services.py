"""A service from home through its stations, on both nodes, from the firm's enquiry to the end of the contract.

story = remote(settings)              a client, an officer, and a worker with a published profile
story.go("service_signed")            the steps up to and with the one named, each told to the other node
story.terms(payment={"days": 90})     the terms of the story with members changed, as the client's form gives them
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from rahdari.base.actor import Actor
from rahdari.base.money import Money
from rahdari.domain.candidates.actions import answer_reveal, ask_reveal
from rahdari.domain.candidates.models import Reveal, ShownProfile
from rahdari.domain.contracts import actions as contracts
from rahdari.domain.contracts.models import Milestone, Offer, Service
from rahdari.domain.cooperation.models import Enquiry
from rahdari.domain.placements import actions as placements
from rahdari.domain.placements.models import Case
from tests.make.enquiries import AT, FIRM, NUMBER, Line
from tests.make.people import actor, actor_as, worker
from tests.make.placements import TOKYO

CLIENT = FIRM
BEGINS, FIRST_DUE, SECOND_DUE = dt.date(2026, 12, 21), dt.date(2027, 1, 15), dt.date(2027, 2, 15)
NOONS = {
    "enquiry": (2026, 11, 25),
    "reveal_asked": (2026, 11, 30),
    "revealed": (2026, 12, 1),
    "interview_set": (2026, 12, 2),
    "interview_answered": (2026, 12, 3),
    "selected": (2026, 12, 11),
    "service_signed": (2026, 12, 14),
    "service_begun": (2026, 12, 21),
    "first_delivered": (2027, 1, 12),
    "first_accepted": (2027, 1, 18),
    "first_paid": (2027, 1, 29),
    "second_delivered": (2027, 2, 12),
    "second_paid": (2027, 4, 30),
    "service_ended": (2027, 5, 6),
}
STEPS = tuple(NOONS)
TERMS: dict[str, Any] = {
    "scope": "Build the web service described in annex 1 and hand over its source.",
    "begins_on": BEGINS.isoformat(),
    "milestones": [
        {"title": "Design", "money": {"amount": 150_000, "currency": "JPY"}, "due_on": FIRST_DUE.isoformat()},
        {"title": "Working service", "money": {"amount": 350_000, "currency": "JPY"}, "due_on": SECOND_DUE.isoformat()},
    ],
    "payment": {"days": 30, "bank": "Invented Bank, Tokyo", "charges": "client", "late_interest": 365},
    "rate_day": "payment",
    "rights": {"owner": "client", "passes": "payment", "until_paid": "worker"},
    "secrecy": {"who": "both", "months": 24},
    "trial": "none",
    "tax": {"japan": "nothing_withheld", "pakistan": "worker_declares"},
    "law": "law_japan",
    "dispute": {"way": "mediation", "place": "Tokyo"},
    "ending": {"notice_days": 30, "pays": "work_done"},
    "language": "en",
}


def at(step: str) -> dt.datetime:
    """The moment of a step: noon in Japan."""
    return dt.datetime(*NOONS[step], 12, 0, tzinfo=TOKYO).astimezone(dt.UTC)


def on(step: str) -> dt.date:
    """The day of a step."""
    return dt.date(*NOONS[step])


def terms(**changed: Any) -> dict[str, Any]:
    """The terms a client offers; a member that is a mapping is changed in part."""
    return {
        name: {**value, **changed[name]} if isinstance(value, Mapping) and name in changed else changed.get(name, value)
        for name, value in TERMS.items()
    }


@dataclass
class Remote:
    """A service under way; `case_id` is the id of the showing, the same on both nodes."""

    line: Line
    offered: dict[str, Any] = field(default_factory=terms)
    done: list[str] = field(default_factory=list)
    enquiry: Enquiry | None = None
    case_id: UUID | None = None
    officer: Actor | None = None

    def on(self, node: str) -> Any:
        """Where a step is taken."""
        return self.line.corridor.on(node)

    @property
    def worker(self) -> Actor:
        return self.line.worker

    @property
    def client(self) -> Actor:
        return self.line.firm

    def case(self) -> Case:
        """The case as it stands on the present node."""
        return Case.objects.get(pk=self.case_id)

    def offer(self) -> Offer:
        return Offer.objects.get(case=self.case_id)

    def service(self) -> Service:
        return Service.objects.get(case=self.case_id)

    def milestone(self, number: int = 1) -> Milestone:
        """A milestone as it stands on the present node."""
        return Milestone.objects.get(case=self.case_id, number=number)

    def contact(self) -> Actor:
        """The contact point of the worker's side."""
        if self.officer is None:
            with self.on("pk"):
                self.officer = actor("contact_point_pk", node="pk")
        return self.officer

    def go(self, until: str) -> Remote:
        """Takes every step that was not taken up to and with the one named."""
        for step in STEPS[: STEPS.index(until) + 1]:
            if step not in self.done:
                TAKE[step](self)
                self.done.append(step)
                self.line.carry(at=at(step))
        return self


def remote(settings: Any) -> Remote:
    """A story over both nodes, before the enquiry."""
    return Remote(Line(settings, at=AT))


def _enquired(story: Remote) -> None:
    asked = story.line.asked(work_kind="remote", mode="remote")
    story.enquiry = story.line.answered(asked)
    with story.on("jp"):
        story.case_id = ShownProfile.objects.get(enquiry=asked.asked).pk


def _asked(story: Remote) -> None:
    with story.on("jp"):
        ask_reveal(actor=story.client, shown_id=story.case_id, purpose="A web service, from home.", at=at("reveal_asked"))


def _revealed(story: Remote) -> None:
    with story.on("pk"):
        row = Reveal.objects.get(shown=story.case_id)
        answer_reveal(actor=story.worker, reveal_id=row.pk, yes=True, contact="a@example.com", at=at("revealed"))


def _interview_set(story: Remote) -> None:
    told = {"starts_at": at("selected") - dt.timedelta(hours=1), "place": "video link"}
    with story.on("jp"):
        placements.set_interview(actor=story.client, case_id=story.case_id, **told, at=at("interview_set"))


def _interview_answered(story: Remote) -> None:
    told = {"answer": "yes", "at": at("interview_answered")}
    with story.on("pk"):
        placements.answer_interview(actor=story.worker, case_id=story.case_id, **told)


def _selected(story: Remote) -> None:
    told = {"terms": story.offered, "employer_signed_on": on("selected")}
    with story.on("jp"):
        contracts.offer_service(actor=story.client, case_id=story.case_id, **told, at=at("selected"))


def _signed(story: Remote) -> None:
    with story.on("pk"):
        told = {"terms_hash": story.offer().terms_hash}
        contracts.agree_service(actor=story.worker, case_id=story.case_id, **told, at=at("service_signed"))


def _begun(story: Remote) -> None:
    with story.on("jp"):
        contracts.begin_service(actor=story.client, case_id=story.case_id, at=at("service_begun"))


def _delivered(step: str, number: int) -> Callable[[Remote], None]:
    def take(story: Remote) -> None:
        with story.on("pk"):
            contracts.deliver_milestone(actor=story.worker, milestone_id=story.milestone(number).pk, at=at(step))

    return take


def _accepted(story: Remote) -> None:
    with story.on("jp"):
        contracts.accept_milestone(actor=story.client, milestone_id=story.milestone().pk, at=at("first_accepted"))


def _paid(step: str, number: int, amount: int) -> Callable[[Remote], None]:
    def take(story: Remote) -> None:
        told = {"money": Money("JPY", amount), "on": on(step)}
        with story.on("jp"):
            contracts.pay_milestone(actor=story.client, milestone_id=story.milestone(number).pk, **told, at=at(step))

    return take


def _ended(story: Remote) -> None:
    with story.on("jp"):
        contracts.end_service(actor=story.client, case_id=story.case_id, reason="service_finished", at=at("service_ended"))


TAKE: dict[str, Callable[[Remote], None]] = {
    "enquiry": _enquired,
    "reveal_asked": _asked,
    "revealed": _revealed,
    "interview_set": _interview_set,
    "interview_answered": _interview_answered,
    "selected": _selected,
    "service_signed": _signed,
    "service_begun": _begun,
    "first_delivered": _delivered("first_delivered", 1),
    "first_accepted": _accepted,
    "first_paid": _paid("first_paid", 1, 150_000),
    "second_delivered": _delivered("second_delivered", 2),
    "second_paid": _paid("second_paid", 2, 351_645),
    "service_ended": _ended,
}
__all__ = ["NUMBER", "Remote", "actor_as", "at", "on", "remote", "terms", "worker"]
