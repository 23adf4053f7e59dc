"""Figures of agreements as somebody may read them: typed by month, or counted where the corridor runs on this node."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.conf import settings

from rahdari.base.actor import Actor
from rahdari.base.clock import day_at
from rahdari.base.models import Waiting
from rahdari.web.panels import Panel, fill

from ..access import KEEPERS
from ..models import Agreement, AgreementFigures
from ..rules.figures import MEMBERS, Amount, Month, missing, months_over, sums, told

# Filled with the figures counted from the cases of this node, by agreement and of all cases (`CountedFigures`).
SLOT = "organisations.corridor_figures"
ASKED = "organisations.record_figures"
AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class CountedFigures:
    """What stands above counted: the months of each agreement that was asked for, and those of the whole corridor."""

    by_agreement: Mapping[UUID, Sequence[Month]] = field(default_factory=dict)
    whole: Sequence[Month] = ()


@dataclass(frozen=True, slots=True)
class MonthSeen:
    """The figures of one month as they are told, with where they come from; `former` are the rows they replaced."""

    first: dt.date
    figures: Mapping[str, Amount]
    source: str = ""
    entered_on: dt.date | None = None
    entered_for: str = ""
    ground: str = ""
    former: Sequence[AgreementFigures] = ()

    @property
    def counted(self) -> bool:
        """Whether nobody typed them."""
        return not self.entered_on


def is_counted_here(agreement: Agreement) -> bool:
    """Whether the corridor with the country of an agreement runs on this node, so that its figures are counted."""
    return bool(agreement.country.lower() == settings.RAHDARI_PARTNER)


def sees_exactly(actor: Actor) -> bool:
    """Whether small numbers are told as they are: to those who keep the figures."""
    return actor.role in KEEPERS


def counted(actor: Actor, agreements: Iterable[Agreement]) -> tuple[CountedFigures, list[Panel]]:
    """What stands above counted for agreements of the corridor, and how it says that it counts; nothing for others."""
    asked = [one for one in agreements if is_counted_here(one)]
    panels = fill(SLOT, actor, asked) if asked else []
    return (panels[0].context["figures"] if panels else CountedFigures()), panels


def sums_of(actor: Actor, agreements: Sequence[Agreement]) -> dict[UUID, dict[str, Amount]]:
    """The sums of each agreement, as they are told to the actor; two queries and those of the counting, however many."""
    of_the_corridor, _ = counted(actor, agreements)
    months: dict[UUID, list[Month]] = {one.pk: list(of_the_corridor.by_agreement.get(one.pk, ())) for one in agreements}
    for pk, row in _typed(agreements):
        months[pk].append(row)
    return {pk: sums(rows, exactly=sees_exactly(actor)) for pk, rows in months.items()}


def sums_together(actor: Actor, agreements: Sequence[Agreement]) -> dict[str, Amount]:
    """The sums over agreements; a case of the corridor counts once, though several agreements may speak of it."""
    of_the_corridor, _ = counted(actor, agreements)
    rows = [row for _, row in _typed(agreements)]
    return sums([*rows, *of_the_corridor.whole], exactly=sees_exactly(actor))


def _typed(agreements: Sequence[Agreement]) -> list[tuple[UUID, Month]]:
    typed = [one for one in agreements if not is_counted_here(one)]
    rows = AgreementFigures.objects.filter(agreement__in=typed, superseded_at=None).order_by("month")
    return [(pk, Month(*told_row)) for pk, *told_row in rows.values_list("agreement", "month", *MEMBERS)]


def months_of(actor: Actor, agreement: Agreement) -> tuple[list[MonthSeen], list[Panel]]:
    """The months of one agreement, the newest first, and what stands above has to say on its counting."""
    exactly = sees_exactly(actor)
    if is_counted_here(agreement):
        figures, panels = counted(actor, [agreement])
        rows = sorted(figures.by_agreement.get(agreement.pk, ()), key=lambda one: one.first, reverse=True)
        return [MonthSeen(one.first, _told(one, exactly)) for one in rows], panels
    rows_typed = list(agreement.figures.order_by("month", "entered_at"))
    former: dict[dt.date, list[AgreementFigures]] = {}
    for one in rows_typed:
        if one.superseded_at is not None:
            former.setdefault(one.month, []).append(one)
    standing = [one for one in rows_typed if one.superseded_at is None]
    return [_seen(one, former.get(one.month, []) if exactly else [], exactly) for one in reversed(standing)], []


def _seen(one: AgreementFigures, former: Sequence[AgreementFigures], exactly: bool) -> MonthSeen:
    month = Month(one.month, one.interviews, one.selections, one.departures)
    entered_on = day_at(one.entered_at, settings.RAHDARI_NODE)
    return MonthSeen(one.month, _told(month, exactly), one.source, entered_on, one.entered_for, one.ground, former)


def _told(month: Month, exactly: bool) -> dict[str, Amount]:
    return {name: told(getattr(month, name), exactly=exactly) for name in MEMBERS}


def months_to_record(agreement: Agreement, today: dt.date) -> list[dt.date]:
    """The months that are over since the signature and have no figures, the newest first."""
    months = months_over(from_on=agreement.signed_on, until=_last(agreement), today=today)
    return missing(reversed(months), _held(agreement))


def months_missing(agreement: Agreement, today: dt.date) -> list[dt.date]:
    """The months without figures since the agreement stands in the register, the oldest first; none where they are counted."""
    if is_counted_here(agreement):
        return []
    since = max(agreement.from_on, day_at(agreement.entered_at, settings.RAHDARI_NODE))
    return missing(months_over(from_on=since, until=_last(agreement), today=today), _held(agreement))


def _last(agreement: Agreement) -> dt.date | None:
    return min((day for day in (agreement.until, agreement.ended_on) if day is not None), default=None)


def _held(agreement: Agreement) -> set[dt.date]:
    return {one.month for one in agreement.figures.all() if one.superseded_at is None}


def figures_to_ask(today: dt.date) -> list[UUID]:
    """Agreements with a month without figures for which nobody was asked yet."""
    asked = set(Waiting.objects.filter(task=ASKED, closed_at=None).values_list("subject_id", flat=True))
    rows = Agreement.objects.exclude(country=settings.RAHDARI_PARTNER.upper()).prefetch_related("figures").order_by("id")
    return [one.pk for one in rows if str(one.pk) not in asked and months_missing(one, today)][:AT_ONCE]
