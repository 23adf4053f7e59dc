"""Persons who recruit without a licence, for programs of the offices that keep the register."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest
from ninja import Schema

from rahdari.base.clock import now
from rahdari.base.seen import note_look
from rahdari.web.api import operation
from rahdari.web.steps import step_operation

from ..access import PERMITS
from ..forms.individuals import ON_INDIVIDUAL, RECORD_INDIVIDUAL
from ..models import Individual
from ..queries.individuals import individual_seen, individuals_seen
from .registers import ROWS, _day, router


class IndividualTold(Schema):
    """A person who recruits without a licence, for the offices that keep the register."""

    id: str
    version: int
    state: str
    name: str
    works_in: str
    ground: str
    law: str
    asked_on: str
    reply_until: str
    replied_on: str | None
    stands_from: str | None
    lifted_on: str | None


class IndividualDetail(IndividualTold):
    """One such person with what is said, what was answered, and what one may do next."""

    text: str
    reply: str | None
    reasons: str | None
    next: list[str]


class IndividualList(Schema):
    """Such persons, the newest first, thirty a page."""

    page: int
    pages: int
    individuals: list[IndividualTold]


def _individual(row: Individual) -> dict[str, Any]:
    days = {name: _day(getattr(row, name)) for name in ("asked_on", "reply_until", "replied_on", "stands_from", "lifted_on")}
    told = {name: getattr(row, name) for name in ("version", "state", "name", "works_in", "ground", "law")}
    return {"id": str(row.pk), **told, **days}


@operation(
    router, "GET", "/individuals", PERMITS["see_individuals"], answers=IndividualList, problems=(403, 422),
    url_name="organisations.see_individuals",
)  # fmt: skip
def see_individuals(request: HttpRequest, page: int = 1, state: str = "") -> Any:
    """Persons who recruit without a licence, of the own register."""
    actor = request.actor  # type: ignore[attr-defined]  # set by the doorman
    shown = Paginator(individuals_seen(actor, state=state), ROWS).get_page(page)
    told = [_individual(one) for one in shown.object_list]
    return {"page": shown.number, "pages": shown.paginator.num_pages, "individuals": told}


@operation(
    router, "GET", "/individuals/{individual_id}", PERMITS["see_individual"], answers=IndividualDetail, problems=(403, 404),
    url_name="organisations.see_individual",
)  # fmt: skip
def see_individual(request: HttpRequest, individual_id: UUID) -> Any:
    """One person who recruits without a licence; the look is noted."""
    actor = request.actor  # type: ignore[attr-defined]
    seen = individual_seen(actor, individual_id)
    note_look(actor=actor, about=individual_id, purpose="organisations.see_individual", at=now())
    row = seen.row
    return _individual(row) | {"text": row.text, "reply": row.reply, "reasons": row.reasons, "next": list(seen.next)}


step_operation(router, RECORD_INDIVIDUAL, "/individuals", PERMITS["record_individual"], problems=(403, 409, 422))
for _word, _step in ON_INDIVIDUAL.items():
    step_operation(router, _step, "/individuals/{individual_id}/" + _word, PERMITS[_step.name])
