"""The register of agreements: as anyone reads it, as its keepers see it, and which of them come up for review."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import get_language

from rahdari.base.actor import Actor
from rahdari.base.editions import current_book
from rahdari.base.models import Waiting
from rahdari.base.reference import Book
from rahdari.base.work import Missing
from rahdari.web.panels import Panel

from ..access import PERMITS
from ..models import Agreement, AgreementChange, Organisation
from ..rules.agreements import ENDED, IN_FORCE, NOT_YET, STANDINGS, TERM_OVER, comes_up_on, standing_of_agreement
from ..rules.figures import Amount
from .figures import MonthSeen, is_counted_here, months_missing, months_of, months_to_record, sums_of, sums_together
from .finding import by_number, published

DAYS = ("signed_on", "from_on", "until", "review_on")
REVIEW = "organisations.review_agreement"
AT_ONCE = 200
# In the order of the page.
NEXT = ("record_figures", "correct_figures", "review_agreement", "correct_agreement", "end_agreement")


@dataclass(frozen=True, slots=True)
class PartnerSeen:
    """A partner with its names, the first one first, and the entry of the register that anyone may open."""

    kind: str
    names: Sequence[str]
    entry: UUID | None = None


@dataclass(frozen=True, slots=True)
class AgreementLine:
    """An agreement in a list: how it stands, with whom, and its sums."""

    row: Agreement
    standing: str
    country: str
    partners: Sequence[PartnerSeen]
    sums: Mapping[str, Amount] = field(default_factory=dict)
    counted: bool = False

    @property
    def last_day(self) -> dt.date | None:
        """The last day of its term, or the last before it was ended."""
        ends = min((day for day in (self.row.until, self.row.ended_on) if day is not None), default=None)
        return ends - dt.timedelta(days=1) if ends is not None else None


@dataclass(frozen=True, slots=True)
class AgreementSeen:
    """One agreement with its months; history, missing months and next steps are for its keepers alone."""

    line: AgreementLine
    months: Sequence[MonthSeen]
    panels: Sequence[Panel]
    changes: Sequence[AgreementChange] = ()
    missing: Sequence[dt.date] = ()
    next: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Register:
    """What is shown of the register: the countries one may choose, the agreements, and the sums over them."""

    countries: Sequence[tuple[str, str]]
    rows: Sequence[Agreement]
    sums: Mapping[str, Amount]
    in_force: int


def country_name(code: str, book: Book) -> str:
    """The name of a country in the reader's language; its code where the table has none."""
    row = book.one("countries", code=code)
    return code if row is None else row.get(f"name_{get_language() or 'en'}") or row["name_en"]


def register_of_agreements(actor: Actor, day: dt.date, *, country: str = "", standing: str = "") -> Register:
    """The agreements of this node, the newest first, for a country or a standing where one is asked for; open to anyone."""
    book = current_book()
    codes = Agreement.objects.order_by("country").values_list("country", flat=True).distinct()
    countries = sorted(((code, country_name(code, book)) for code in codes), key=lambda pair: pair[1])
    rows = _with_parts(_standing(Agreement.objects.all(), standing, day)).order_by("-signed_on", "-id")
    found = list(rows.filter(country=country) if country in dict(countries) else rows)
    in_force = sum(_standing_of(one, day) == IN_FORCE for one in found)
    return Register(countries, found, sums_together(actor, found), in_force)


def _standing(rows: QuerySet[Agreement], standing: str, day: dt.date) -> QuerySet[Agreement]:
    ended, over = Q(ended_on__lte=day), Q(until__lte=day)
    asked = {ENDED: ended, TERM_OVER: over & ~ended, NOT_YET: Q(from_on__gt=day) & ~ended & ~over}
    asked[IN_FORCE] = Q(from_on__lte=day) & (Q(ended_on=None) | Q(ended_on__gt=day)) & (Q(until=None) | Q(until__gt=day))
    return rows.filter(asked[standing]) if standing in STANDINGS else rows


def _standing_of(row: Agreement, day: dt.date) -> str:
    return standing_of_agreement(from_on=row.from_on, until=row.until, ended_on=row.ended_on, day=day)


def _with_parts(rows: QuerySet[Agreement]) -> QuerySet[Agreement]:
    return rows.prefetch_related("partners__organisation")


def lines_of(actor: Actor, rows: Sequence[Agreement], day: dt.date) -> list[AgreementLine]:
    """Agreements as lines of a list, with their sums as they are told to the actor."""
    book, figures = current_book(), sums_of(actor, rows)
    return [
        AgreementLine(
            row=one,
            standing=_standing_of(one, day),
            country=country_name(one.country, book),
            partners=[_partner(partner) for partner in one.partners.all()],
            sums=figures[one.pk],
            counted=is_counted_here(one),
        )
        for one in rows
    ]


def _partner(partner: Any) -> PartnerSeen:
    entry = partner.organisation
    public = entry.pk if entry is not None and entry.published_at is not None else None
    return PartnerSeen(partner.kind, [one["value"] for one in partner.names], public)


def agreement_here(agreement_id: UUID) -> Agreement:
    """One agreement with its partners; `Missing` where there is none."""
    found = _with_parts(Agreement.objects.filter(pk=agreement_id)).prefetch_related("figures").first()
    if found is None:
        raise Missing(f"Agreement {agreement_id}")
    return found


def agreement_seen(actor: Actor, agreement_id: UUID, day: dt.date) -> AgreementSeen:
    """One agreement as anyone reads it: without its history, and with small numbers told as such."""
    row = agreement_here(agreement_id)
    months, panels = months_of(actor, row)
    return AgreementSeen(lines_of(actor, [row], day)[0], months, panels)


def agreement_file(actor: Actor, agreement_id: UUID, day: dt.date) -> AgreementSeen:
    """One agreement with its history, the months that are missing, and what the actor may do."""
    row = agreement_here(agreement_id)
    months, panels = months_of(actor, row)
    possible = [name for name in NEXT if not PERMITS[name].why_not(actor, row) and _is_possible(name, row, months, day)]
    return AgreementSeen(
        lines_of(actor, [row], day)[0],
        months,
        panels,
        changes=list(row.changes.order_by("-entered_at", "-id")),
        missing=months_missing(row, day),
        next=[f"organisations.{name}" for name in possible],
    )


def _is_possible(name: str, row: Agreement, months: Sequence[MonthSeen], day: dt.date) -> bool:
    if name == "record_figures":
        return not is_counted_here(row) and bool(months_to_record(row, day))
    if name == "correct_figures":
        return not is_counted_here(row) and bool(months)
    return row.ended_on is None


def organisation_named(text: str) -> Organisation | None:
    """The public entry of a register with this registry id or number, now or before, in any of the ways it is written."""
    by_id = published().filter(registry_id=text.strip()).first()
    return by_id if by_id is not None else by_number(text).first()


def terms_told(row: Agreement) -> dict[str, Any]:
    """What an agreement says, in what JSON can hold: for its history."""
    days = {name: getattr(row, name).isoformat() if getattr(row, name) else None for name in DAYS}
    partners = [
        {"kind": one.kind, "names": [name["value"] for name in one.names],
         "organisation": one.organisation.registry_id if one.organisation else ""}
        for one in row.partners.all()
    ]  # fmt: skip
    told = {"number": row.number, "country": row.country, "subject": row.subject, "reference": row.reference}
    return told | days | {"partners": partners}


def agreements_to_warn(node: str, today: dt.date, book: Book) -> list[UUID]:
    """Agreements of which a review or the end of the term comes near, and which are on nobody's worklist yet."""
    number = 0
    for row in book.in_force("action_targets", today, use_case=REVIEW, side=node):
        number = row.number("number") or 0
    by = today + dt.timedelta(days=number)
    told = set(Waiting.objects.filter(task=REVIEW, closed_at=None).values_list("subject_id", flat=True))
    rows = Agreement.objects.filter(Q(review_on__lte=by) | Q(until__lte=by), ended_on=None).order_by("signed_on")
    rows = rows.filter(Q(until=None) | Q(until__gt=today))  # nobody need look again at what has run out
    soon = [one for one in rows if str(one.pk) not in told and (last := _comes_up(one)) is not None and last <= by]
    return [one.pk for one in soon][:AT_ONCE]


def _comes_up(row: Agreement) -> dt.date | None:
    return comes_up_on(review_on=row.review_on, until=row.until, ended_on=row.ended_on)
