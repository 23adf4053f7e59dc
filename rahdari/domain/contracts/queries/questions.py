"""Reads: what workers were asked in private, whom to ask now, and what an officer sees of an answer: no name and no account."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from rahdari.base.actor import Actor
from rahdari.base.clock import day_at
from rahdari.base.money import Money
from rahdari.base.reference import Book
from rahdari.base.work import Missing
from rahdari.domain.jobs.queries.seen import body_name
from rahdari.domain.placements.models import Case, StationEvent
from rahdari.web.words import Fact

from ..access import PERMITS
from ..models import CostAnswer, Offer
from ..rules.ledger import worker_total
from ..rules.questions import arrived_by
from .papers import declarations_of, lines_of

AT_ONCE = 500
LOOKED_BACK = dt.timedelta(days=400)  # an arrival longer ago is asked about no more
IN_JAPAN = ("arrived", "status_changed")  # steps after which the employment begins in Japan


@dataclass(frozen=True, slots=True)
class WrongfulAct:
    """What a notice may say of an answer: the recruiter by id, the employer by name, sums, findings; nothing of the worker."""

    category: str
    promoter: str
    employer: str
    paid: Money | None
    held: tuple[str, ...]
    field: str
    found_on: dt.date
    examined_by: UUID | None


def open_answer(case: Case) -> CostAnswer | None:
    """The question a worker has not answered yet."""
    return CostAnswer.objects.filter(case=case, state="answer_asked").first()


def answers_seen(actor: Actor) -> QuerySet[CostAnswer]:
    """The answers an officer may look at: those that differ, open ones first, of the newest day first."""
    if PERMITS["see_answers"].why_not(actor):
        return CostAnswer.objects.none()
    rows = CostAnswer.objects.filter(state__in=("answer_differs", "answer_examined")).select_related("case__demand")
    return rows.order_by("state", "-answered_at", "id")


def answer_for(actor: Actor, answer_id: UUID) -> CostAnswer:
    """One of those answers; `Missing` else."""
    found = answers_seen(actor).filter(pk=answer_id).first()
    if found is None:
        raise Missing(f"CostAnswer {answer_id}")
    return found


def said_of(answer: CostAnswer) -> Mapping[str, Any]:
    """What was said, opened."""
    told: dict[str, Any] = json.loads(answer.said) if answer.said else {}
    paid = told.get("paid")
    return told | {"paid": Money(paid["currency"], paid["amount"]) if paid else None}


def answer_facts(answer: CostAnswer) -> list[Fact]:
    """What the officer reads: the firms, what was confirmed, what was said; the worker is not named."""
    case, said = answer.case, said_of(answer)
    confirmed = worker_total(lines_of(declarations_of(case)))
    facts = [
        Fact(_("Who recruits"), body_name(case.promoter)),
        Fact(_("Employer"), case.demand.employer_name),
        Fact(_("Costs the worker was shown"), confirmed or _("nothing")),
        Fact(_("Paid in all, says the worker"), said.get("paid")),
        Fact(_("Paid to"), said.get("paid_to")),
        Fact(_("Held by somebody"), said.get("held")),
        Fact(_("Must pay for leaving"), _("yes") if said.get("penalty") else None),
        Fact(_("Other than in the contract"), said.get("differing")),
        Fact(_("In the worker's words"), said.get("words")),
        Fact(_("What this may be"), answer.findings),
    ]
    return [one for one in facts if one.value]


def decided_facts(answer: CostAnswer) -> list[Fact]:
    """What the officer decided, where somebody has."""
    if answer.examined_at is None:
        return []
    return [Fact(_("Decided"), answer.outcome), Fact(_("Reason"), answer.note), Fact(_("Decided on"), answer.examined_at)]


def wrongful_act(answer_id: UUID | str, category: str) -> WrongfulAct:
    """What a notice is drafted from."""
    answer = CostAnswer.objects.select_related("case__demand").get(pk=answer_id)
    case, said = answer.case, said_of(answer)
    assert answer.answered_at is not None and category in answer.findings
    return WrongfulAct(
        category, case.promoter, case.demand.employer_name, said["paid"], tuple(said["held"]), case.demand.field,
        day_at(answer.answered_at, "pk"), answer.examined_by,
    )  # fmt: skip


def cases_to_ask(today: dt.date, book: Book) -> list[tuple[UUID, str]]:
    """The cases whose worker is to be asked today, each with the round: those who signed here and arrived; at most 500.

    Whoever lives in Japan already is asked from the change of their status on. Where both rounds are due the later one alone
    is asked.
    """
    found: dict[UUID, str] = {}
    signed = Offer.objects.filter(case=OuterRef("case"), state="signed")
    rounds = list(arrived_by(today, book).items())
    for number, (name, until) in enumerate(rounds):
        later = [one for one, _until in rounds[number:]]
        asked = CostAnswer.objects.filter(case=OuterRef("case"), round__in=later)
        rows = StationEvent.objects.filter(
            step__in=IN_JAPAN, on__lte=until, on__gt=until - LOOKED_BACK, case__worker__isnull=False
        )
        due = rows.filter(Exists(signed), ~Exists(asked)).order_by("on", "id")
        found |= dict.fromkeys(due.values_list("case", flat=True)[:AT_ONCE], name)
    return list(found.items())[:AT_ONCE]
