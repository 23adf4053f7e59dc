"""What a firm says when it asks who stands behind a profile, and what the person answers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal
from uuid import UUID

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from pydantic import Field

from rahdari.base.actor import Actor
from rahdari.base.clock import now
from rahdari.base.facts import Facts
from rahdari.web.panels import fill
from rahdari.web.steps import Step
from rahdari.web.words import Fact

from .. import actions
from ..models import Reveal
from ..queries.files import file_at_hand
from ..queries.reveals import own_contact, person_facts, reveal_for, what_is_sent
from ..queries.shown import shown_for
from ..rules.reveals import LONGEST_CONTACT, LONGEST_PURPOSE


class AskReveal(Facts):
    """For what a firm wants to know who stands behind a profile."""

    purpose: Annotated[str, Field(min_length=1, max_length=LONGEST_PURPOSE)]


class AnswerReveal(Facts):
    """A person's answer to one firm, and with a yes how it may reach them."""

    answer: Literal["yes", "no"]
    contact: Annotated[str, Field(max_length=LONGEST_CONTACT)] = ""


def take_answer_reveal(*, answer: str, **given: Any) -> Reveal:
    """A person says yes or no to one firm that asks who they are."""
    return actions.answer_reveal(yes=answer == "yes", **given)


def _asking(actor: Actor, shown_id: UUID) -> Mapping[str, Any]:
    shown = shown_for(actor, shown_id)
    lead = gettext(
        "The person reads your firm and this purpose. A yes tells you name, what they can do, and how to reach them. No answer "
        "within the term is a no."
    )
    facts = [Fact(gettext("Firm"), shown.firm_name), Fact(gettext("Profile"), shown.place)]
    return {"lead": lead, "about": gettext("What the person reads"), "facts": facts}


def _answering(actor: Actor, reveal_id: UUID) -> Mapping[str, Any]:
    row = reveal_for(actor, reveal_id, now())
    file = file_at_hand(actor, None, now())
    lead = gettext("Nothing is sent unless you say yes. Saying nothing is a no.")
    return {
        "lead": lead,
        "asked": row,
        "about": gettext("What this firm alone would read"),
        "facts": person_facts(what_is_sent(file)),
        "initial": {"contact": own_contact(actor.person), "seen": row.version},
        "panels": fill("candidates.reveal", actor, row),
    }


ASK_REVEAL = Step(
    "candidates", "ask_reveal", AskReveal, actions.ask_reveal, _asking,
    _("Asked. You hear of a yes here at once, of anything else when the term is over."), "candidates.see_shown",
)  # fmt: skip
ANSWER_REVEAL = Step(
    "candidates", "answer_reveal", AnswerReveal, take_answer_reveal, _answering, _("Your answer is kept."),
    "candidates.see_reveals",
    template="candidates/answer_reveal.html", codes={"answer": {"yes": "reveal_yes", "no": "reveal_no"}},
    onward_alone=True,
)  # fmt: skip
