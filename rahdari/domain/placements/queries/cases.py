"""Which cases an actor may see: the worker their own, recruiters theirs, offices those before them, the partner's by marking."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from rahdari.base.actor import Actor
from rahdari.base.work import Missing
from rahdari.domain.disclosure.queries import opened_to
from rahdari.domain.jobs.rules.line import SERVICE_ROUTE

from ..models import Case, CaseMove, StationEvent
from .parties import partner_of

CONTACT = "contact_point_pk"
EMIGRATION = ("protector", "bureau_officer")  # of whoever leaves; who works from home does not
RECRUITERS = ("promoter_manager", "promoter_clerk", "oec_officer")
ARRIVED = 16


def cases_visible_to(actor: Actor) -> QuerySet[Case]:
    """The cases an actor may see, the newest first."""
    cases = Case.objects.select_related("demand", "vacancy").order_by("-opened_at", "-id")
    if actor.role == "worker":
        return cases.filter(worker=actor.person) if actor.person else cases.none()
    if actor.node == "jp":
        return cases.filter(_told(actor))
    if actor.role == CONTACT:
        return cases
    if actor.role in EMIGRATION:
        return cases.exclude(route=SERVICE_ROUTE)
    if actor.role in RECRUITERS and actor.body:
        return cases.filter(Q(promoter=actor.body) | Q(Exists(_asked_of(actor.body))))
    arrived = cases.filter(station__gte=ARRIVED).exclude(route=SERVICE_ROUTE)
    return arrived if actor.role == "attache" else cases.none()


def _asked_of(body: str) -> QuerySet[CaseMove]:
    """The moves to a recruiter that wait for its answer; the worker chose it and let it see their file."""
    return CaseMove.objects.filter(case=OuterRef("pk"), promoter=body, state="move_chosen")


def _told(actor: Actor) -> Q:
    """Cases the partner's markings open to the actor: by the nomination itself, or by any step told to them."""
    steps = StationEvent.objects.filter(opened_to(actor), case=OuterRef("pk"), home=partner_of(actor.node))
    own_organisation = Q(support_org=actor.body) if actor.body else Q(pk=None)
    return opened_to(actor) | Q(Exists(steps)) | own_organisation


def case_for(actor: Actor, case_id: UUID) -> Case:
    """One case; `Missing` when there is none or not for this actor."""
    found = cases_visible_to(actor).filter(pk=case_id).first()
    if found is None:
        raise Missing(f"Case {case_id}")
    return found
