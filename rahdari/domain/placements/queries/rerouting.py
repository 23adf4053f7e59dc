"""Where a held case may go: who may recruit for it, what its worker chose, until when."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db.models import Q
from django.utils.translation import get_language

from rahdari.base.actor import Actor
from rahdari.base.clock import day_at
from rahdari.base.editions import current_book
from rahdari.base.models import Waiting
from rahdari.base.work import Missing
from rahdari.domain.accounts.queries.bodies import names_of
from rahdari.domain.jobs.rules.demands import CORPORATION
from rahdari.domain.organisations.models import Organisation
from rahdari.domain.organisations.queries import licence_on

from ..models import Case, CaseMove, Decision, Nomination, StationEvent
from ..rules.cases import OVER
from ..rules.holds import OPEN_LICENCES
from ..rules.rerouting import CORPORATION_ROUTE, PROMOTER_ROUTE, offers_choice, state_after, why_not_close_case
from .holds import open_holds
from .interviews import newest_decision, newest_interview

CHOICE, ANSWER, REOPEN = "placements.move_case", "placements.answer_move", "placements.reopen_case"
MOST_OFFERED = 200


def open_move(case: Case) -> CaseMove | None:
    """The choice that waits for an answer."""
    return CaseMove.objects.filter(case=case, state="move_chosen").first()


def newest_move(case: Case) -> CaseMove | None:
    """What the worker chose last."""
    return CaseMove.objects.filter(case=case).exclude(state="move_replaced").order_by("-chosen_at", "-id").first()


def where_after_answer(actor: Actor, case_id: UUID) -> bool:
    """Whether a recruiter that a worker chose has the case now; `Missing` for one that nobody ever chose for it."""
    if not actor.body or not CaseMove.objects.filter(case=case_id, promoter=actor.body).exists():
        raise Missing(f"CaseMove of {case_id}")
    return Case.objects.filter(pk=case_id, promoter=actor.body).exists()


def is_offered(case: Case, at: dt.datetime) -> bool:
    """Whether the worker of a case may choose who recruits for it."""
    today = day_at(at, "pk")
    row = next(iter(current_book().in_force("action_targets", today, use_case=REOPEN, side="pk")), None)
    return offers_choice(
        causes=[one.cause for one in open_holds(case)],
        state=case.state,
        closed_on=_closed_on(case),
        today=today,
        days=(row.number("number") or 0) if row is not None else 0,
    )


def _closed_on(case: Case) -> dt.date | None:
    """The day a case was taken back or closed; none for one that had been selected, which frees its place for others."""
    if case.state != "withdrawn" or Decision.objects.filter(case=case, outcome="selected").exists():
        return None
    steps = StationEvent.objects.filter(case=case, step="application_withdrawn").order_by("-at", "-id")
    return steps.values_list("on", flat=True).first()


def licence_of(route: str, promoter: str, on: dt.date) -> tuple[bool, str]:
    """Whether the one named may recruit on that route on a day, and the number of its licence; the corporation needs none."""
    if route == CORPORATION_ROUTE:
        return promoter == CORPORATION, ""
    if route != PROMOTER_ROUTE or not promoter:
        return False, ""
    answer = licence_on(organisation=promoter, kind="OEP", day=on, node="pk", book=current_book())
    known = answer.organisation
    return (answer.is_valid, known.number) if known is not None else (False, "")


def promoters_offered(case: Case, on: dt.date) -> dict[str, str]:
    """The promoters whose licence is valid, by their registry id, in the order of their names; without the one that fell."""
    rows = Organisation.objects.filter(kind="OEP", state__in=OPEN_LICENCES).exclude(registry_id=case.promoter)
    held = rows.filter(Q(valid_until=None) | Q(valid_until__gt=on)).order_by("number", "id")[:MOST_OFFERED]
    numbers = dict(held.values_list("registry_id", "number"))
    names = names_of(list(numbers), get_language() or "en")
    told = {body: f"{names.get(body, body)} · {number}" for body, number in numbers.items()}
    return dict(sorted(told.items(), key=lambda one: one[1]))


def choice_until(case: Case) -> dt.datetime | None:
    """Until when the worker has to choose, while that waits."""
    rows = Waiting.objects.filter(task=CHOICE, subject_kind="placements.case", subject_id=str(case.pk)).order_by("-opened_at")
    return rows.values_list("due_at", flat=True).first()


def state_before(case: Case) -> str:
    """The state a closed case comes back to."""
    decision, interview = newest_decision(case), newest_interview(case)
    return state_after(
        decision=decision.outcome if decision is not None else "",
        interview=interview is not None,
        missed=interview is not None and interview.missed_at is not None,
        nominated=Nomination.objects.filter(case=case).exists(),
    )


def moving_steps(actor: Actor, case: Case, at: dt.datetime) -> list[str]:
    """At a desk: to answer the worker who chose the actor's body; to close a case nobody chose anything for."""
    asked = open_move(case)
    if asked is not None and asked.promoter == actor.body and actor.role in ("promoter_manager", "oec_officer"):
        return [ANSWER]
    if actor.role != "protector" or actor.node != "pk" or case.state in OVER:
        return []
    told = {"causes": [one.cause for one in open_holds(case)], "state": case.state, "until": choice_until(case), "at": at}
    return [] if why_not_close_case(**told, asked=asked is not None) else ["placements.close_case"]  # type: ignore[arg-type]
