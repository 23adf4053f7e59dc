"""Demands and vacancies as an actor may see them, and what the tables say of their places and licences."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db.models import Q, QuerySet, Sum

from rahdari.base.actor import Actor
from rahdari.base.models import Waiting
from rahdari.base.reference import Book
from rahdari.base.refusal import Refusal, Refused
from rahdari.base.work import Missing
from rahdari.domain.disclosure.queries import visible_to
from rahdari.domain.organisations.queries import licence_on

from ..models import Demand, DemandPapers, DemandRefusal, PlaceTaken, Vacancy
from ..rules.line import SERVICE_ROUTE
from ..rules.terms_facts import DemandFacts

# Offices that see every demand; employers and recruiters see their own.
AT_ONCE = 200
PUBLIC, APPLICANTS = "public", ("worker",)
OFFICES = {
    "pk": ("attache", "protector", "bureau_officer", "contact_point_pk"),
    "jp": ("contact_point_jp", "isa_regional"),
}


def demands_visible_to(actor: Actor) -> QuerySet[Demand]:
    """The demands at a desk, the newest first: all for the offices that work on them, their own for the parties.

    What stands behind a service from home is an enquiry, and is read there.
    """
    demands = visible_to(actor, Demand.objects.exclude(route=SERVICE_ROUTE).order_by("-filed_on", "-id"))
    if actor.role in OFFICES.get(actor.node, ()):
        return demands
    if not actor.body:
        return demands.none()
    return demands.filter(Q(employer=actor.body) | Q(placement_business=actor.body) | Q(promoter=actor.body))


def demand_for(actor: Actor, demand_id: UUID) -> Demand:
    """One demand at a desk; `Missing` when there is none or not for this actor."""
    found = demands_visible_to(actor).filter(pk=demand_id).first()
    if found is None:
        raise Missing(f"Demand {demand_id}")
    return found


def papers_for(actor: Actor, demand: Demand) -> DemandPapers | None:
    """The papers behind a demand the actor may see, None where there are none or the marking does not open them."""
    return visible_to(actor, DemandPapers.objects.filter(demand=demand)).first()


def vacancies_visible_to(actor: Actor) -> QuerySet[Vacancy]:
    """The vacancies of the public portal, the newest first: what is published is open to anyone."""
    rows = Vacancy.objects.filter(level=PUBLIC).select_related("demand")
    return visible_to(actor, rows.order_by("-published_on", "-id"))


def vacancy_for(actor: Actor, vacancy_id: UUID) -> Vacancy:
    """One vacancy; `Missing` when there is none.

    One that nobody publishes is opened by its address alone to workers, and to those who see its demand; a stranger is asked
    to sign in first (`sign_in_first`).
    """
    found = vacancies_visible_to(actor).filter(pk=vacancy_id).first() or _unpublished(actor, vacancy_id)
    if found is None:
        raise Missing(f"Vacancy {vacancy_id}")
    return found


def _unpublished(actor: Actor, vacancy_id: UUID) -> Vacancy | None:
    rows = Vacancy.objects.exclude(level=PUBLIC).exclude(demand__route=SERVICE_ROUTE)
    found = rows.select_related("demand").filter(pk=vacancy_id).first()
    if found is None or actor.known:
        reads = found is not None and (actor.role in APPLICANTS or demands_visible_to(actor).filter(pk=found.demand_id).exists())
        return found if reads else None
    raise Refused([Refusal("sign_in_first")])


def open_vacancies(actor: Actor, on: dt.date) -> QuerySet[Vacancy]:
    """The vacancies one may apply for on a day."""
    return vacancies_visible_to(actor).filter(state="open", closes_on__gte=on)


def places_published(demand: Demand) -> int:
    """The places of a demand that stand in vacancies, open or closed; none are held by one that was taken down.

    Nor by one published under a permission that ended since: a new permission is for all its places.
    """
    rows = Vacancy.objects.filter(demand=demand).exclude(state="taken_down")
    ended = demand.steps.filter(step="permission_expired").order_by("id").last()
    rows = rows if ended is None else rows.filter(id__gt=ended.pk)
    return rows.aggregate(sum=Sum("places"))["sum"] or 0


def places_taken(demand: Demand) -> int:
    """The places of a demand that somebody was selected for and that are not free again."""
    return PlaceTaken.objects.filter(demand=demand, freed_on=None).count()


def open_refusal(demand: Demand) -> DemandRefusal | None:
    """The proposal to refuse a permission that waits for a second officer."""
    return DemandRefusal.objects.filter(demand=demand, outcome="").first()


def newest_refusal(demand: Demand) -> DemandRefusal | None:
    """The refusal of a permission that was decided last."""
    return DemandRefusal.objects.filter(demand=demand, outcome="refused").order_by("-decided_at", "-id").first()


def permissions_to_end(today: dt.date) -> list[UUID]:
    """Demands whose first day without permission has come and was not recorded, the oldest first."""
    rows = Demand.objects.filter(state="permitted", permitted_until__lte=today)
    return list(rows.order_by("permitted_until").values_list("pk", flat=True)[:AT_ONCE])


def permissions_to_warn(today: dt.date, book: Book) -> list[UUID]:
    """Demands whose permission ends within the days of `action_targets`, and of whose end nobody was warned yet."""
    row = next(iter(book.in_force("action_targets", today, use_case="jobs.extend_permission")), None)
    ahead = dt.timedelta(days=row.number("number") or 0) if row is not None else dt.timedelta()
    told = Waiting.objects.filter(task="jobs.extend_permission", closed_at=None).values_list("subject_id", flat=True)
    rows = Demand.objects.filter(state="permitted", permitted_until__gt=today, permitted_until__lte=today + ahead)
    return list(rows.exclude(pk__in=list(told)).order_by("permitted_until").values_list("pk", flat=True)[:AT_ONCE])


def vacancies_to_end(node: str, today: dt.date) -> list[UUID]:
    """Published vacancies of this node whose last day has passed."""
    rows = Vacancy.objects.filter(home=node, level=PUBLIC, state="open", closes_on__lt=today)
    return list(rows.order_by("closes_on").values_list("pk", flat=True)[:AT_ONCE])


def promoter_is_licensed(asked: DemandFacts, on: dt.date, node: str, book: Book) -> bool:
    """Whether the promoter of a demand is licensed on a day, as far as this node keeps or mirrors the register.

    A node that was told nothing of it judges by the form of the number.
    """
    answer = licence_on(organisation=asked.promoter, number=asked.promoter_licence, kind="OEP", day=on, node=node, book=book)
    return bool(asked.promoter_licence.strip()) and answer.is_valid


def min_age(book: Book, status: str, on: dt.date) -> int:
    """The age a worker of a status must have at the landing (`stay_rules`); 0 where the tables ask none."""
    return max((row.number("value") or 0 for row in book.in_force("stay_rules", on, status=status, kind="entry")), default=0)


def places_unknown(asked: DemandFacts, book: Book) -> list[Refusal]:
    """`place_unknown` for a municipality or a duty that the tables do not have."""
    against = []
    if asked.municipality and book.one("japan_municipalities", lgcode=asked.municipality) is None:
        against.append(Refusal("place_unknown", {"place": asked.municipality}, member="asked.municipality"))
    duties = {row["duty_category"] for row in book.rows("field_requirements", field=asked.field)}
    if asked.duty not in duties | {""}:
        against.append(Refusal("duty_unknown", {"duty": asked.duty}, member="asked.duty"))
    return against
