"""What is asked about a person who recruits without a licence, and the steps on one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Annotated, Any, Literal
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from pydantic import Field

from rahdari.base.actor import Actor
from rahdari.base.facts import Day, Facts
from rahdari.base.refusal import Refused
from rahdari.web.step_forms import ScanFacts
from rahdari.web.steps import Step

from .. import actions
from ..access import PERMITS
from ..models import Individual
from ..queries.individuals import individual_facts, individual_for
from ..rules.individuals import DECISIONS, INDIVIDUAL_GROUNDS, IndividualEntered
from .shapes import Law, papers_of

SEE = "organisations.see_individual"
Typed = Annotated[str, Field(min_length=1, max_length=2000)]


class RecordIndividual(Facts):
    """A person said to recruit without a licence, as the papers describe them."""

    name: Annotated[str, Field(min_length=1, max_length=120)]
    father: Annotated[str, Field(max_length=120)] = ""
    identity: Annotated[str, Field(max_length=40)] = ""
    phones: Annotated[list[Annotated[str, Field(max_length=40)]], Field(max_length=10)] = []
    works_in: Annotated[str, Field(max_length=80)] = ""
    ground: Literal["sub_agent", "no_licence", "licence_of_another", "money_taken", "papers_held"]
    law: Annotated[Law, Field(min_length=1)]
    text: Typed
    asked_on: Day
    reply_until: Day
    licence_shown: Annotated[str, Field(max_length=60)] = ""
    paper: ScanFacts
    paper_2: ScanFacts | None = None


class RecordIndividualReply(Facts):
    """What the person answered."""

    reply: Typed
    replied_on: Day


class DecideIndividual(Facts):
    """What the second officer decides."""

    outcome: Literal["standing", "dropped"]
    reasons: Typed


class LiftIndividual(Facts):
    """Why a warning is lifted."""

    reasons: Typed


def take_record_individual(*, licence_shown: str = "", **given: Any) -> Individual:
    """Enters a person who recruits without a licence."""
    papers = papers_of(given)
    by = {name: given.pop(name) for name in ("actor", "at")}
    entered = IndividualEntered(**given | {"phones": tuple(given.get("phones", ()))})
    return actions.record_individual(entered=entered, papers=papers, licence_shown=licence_shown, **by)


def crumbs(row: Individual | None = None) -> list[dict[str, str]]:
    """The way to the list, and to one person on it."""
    way = [
        {"url": reverse("organisations.see_organisations"), "label": gettext("Licences")},
        {"url": reverse("organisations.see_individuals"), "label": gettext("Without a licence")},
    ]
    return way if row is None else [*way, {"url": reverse(SEE, args=[row.pk]), "label": row.name}]


def _new(actor: Actor) -> Mapping[str, Any]:
    return {"crumbs": crumbs(), "lead": str(LEAD)}


def _on(use_case: str) -> Callable[..., Mapping[str, Any]]:
    def page(actor: Actor, individual_id: UUID) -> Mapping[str, Any]:
        row = individual_for(actor, individual_id)
        refusals = PERMITS[use_case].why_not(actor, row)
        if refusals:
            raise Refused(refusals)
        about = {"crumbs": crumbs(row), "about": row.name, "facts": individual_facts(row)}
        return about | {"initial": {"seen": row.version}}

    return page


LEAD = _(
    "Only what ties it to one person counts: a card, a phone, a paper. A second officer decides once the person could answer."
)
GROUNDS = {code: f"individual_{code}" for code in INDIVIDUAL_GROUNDS}
RECORD_INDIVIDUAL = Step(
    "organisations", "record_individual", RecordIndividual, take_record_individual, _new,
    _("Entered. A second officer decides it once the person could answer."), SEE, with_result=True, codes={"ground": GROUNDS},
)  # fmt: skip
ON_INDIVIDUAL: Mapping[str, Step] = {
    "reply": Step(
        "organisations", "record_individual_reply", RecordIndividualReply, actions.record_individual_reply,
        _on("record_individual_reply"), _("The answer is written down."), SEE,
    ),
    "decide": Step(
        "organisations", "decide_individual", DecideIndividual, actions.decide_individual, _on("decide_individual"),
        _("Decided."), SEE, codes={"outcome": {code: f"individual_{code}" for code in DECISIONS}},
    ),
    "lift": Step(
        "organisations", "lift_individual", LiftIndividual, actions.lift_individual, _on("lift_individual"),
        _("The warning is lifted."), SEE,
    ),
}  # fmt: skip
