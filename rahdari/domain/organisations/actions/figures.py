"""The figures of agreements by month: recording them, correcting them with a trail, and the reminder where a month is missing.

Where the corridor runs on this node they are counted from its cases, and nobody types them.
"""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from rahdari.base.actor import Actor
from rahdari.base.editions import current_book
from rahdari.base.refusal import Refusal
from rahdari.base.work import Unit, unit_of_work

from ..access import PERMITS
from ..models import Agreement, AgreementFigures
from ..queries.figures import is_counted_here, months_missing
from ..queries.standing import due_after
from ..rules.figures import Month, read_month, why_not_correct_figures, why_not_figures
from .agreements import FILE
from .telling import _today

ASKED = "organisations.record_figures"
CORPORATION, CORPORATION_ROLE = "OEC", "oec_officer"


def record_figures(
    *, actor: Actor, agreement_id: UUID, month: str, interviews: int, selections: int, departures: int, source: str,
    at: dt.datetime,
) -> AgreementFigures:  # fmt: skip
    """The corporation or the contact point records the figures of one month (`2026-10`) of an agreement, with their source.

    Refuses `counted_here` where the corridor with that country runs on this node, `figures_recorded` (then they are corrected),
    `month_unreadable`, `month_not_over`, `before_signature`, `figures_source_missing`. Leaves the row, public from then on, and
    the reminder done where no month is missing any more.
    """
    with unit_of_work("organisations.record_figures", actor=actor, at=at) as unit:
        unit.permit(PERMITS["record_figures"])
        agreement = unit.lock(Agreement, agreement_id)
        first = read_month(month)
        numbers = (interviews, selections, departures)
        unit.refuse(
            why_not_figures(
                month=first, numbers=numbers, source=source, signed_on=agreement.signed_on, counted=is_counted_here(agreement),
                held=_standing(agreement, first) is not None, today=_today(unit),
            )
        )  # fmt: skip
        assert first is not None
        row = _add(unit, agreement, Month(first, *numbers), source)
        if not months_missing(agreement, _today(unit)):
            unit.settle(ASKED, agreement, "recorded")
        unit.about(agreement, month=first)
    return row


def correct_figures(
    *, actor: Actor, agreement_id: UUID, month: str, interviews: int, selections: int, departures: int, source: str, ground: str,
    at: dt.datetime,
) -> AgreementFigures:  # fmt: skip
    """Whoever records figures corrects those of one month, with the reason; the older ones stay, superseded.

    Refuses `no_figures_of_month`, `reason_missing`, `counted_here`, `figures_source_missing`.
    """
    with unit_of_work("organisations.correct_figures", actor=actor, at=at) as unit:
        unit.permit(PERMITS["correct_figures"])
        agreement = unit.lock(Agreement, agreement_id)
        first = read_month(month)
        numbers = (interviews, selections, departures)
        former = _standing(agreement, first)
        unit.refuse(
            why_not_correct_figures(
                month=first, numbers=numbers, source=source, counted=is_counted_here(agreement), held=former is not None,
                ground=ground,
            )
        )  # fmt: skip
        assert first is not None and former is not None
        former.superseded_at = at
        unit.save(former)
        row = _add(unit, agreement, Month(first, *numbers), source, ground)
        unit.about(agreement, month=first, ground=ground)
    return row


def _standing(agreement: Agreement, month: dt.date | None) -> AgreementFigures | None:
    """The figures that stand for a month."""
    return agreement.figures.filter(month=month, superseded_at=None).first() if month is not None else None


def _add(unit: Unit, agreement: Agreement, told: Month, source: str, ground: str = "") -> AgreementFigures:
    return unit.add(
        AgreementFigures(
            agreement=agreement,
            month=told.first,
            interviews=told.interviews,
            selections=told.selections,
            departures=told.departures,
            source=source.strip(),
            ground=ground,
            entered_at=unit.at,
            entered_by=unit.actor.person,
            entered_for=unit.actor.body or "",
        )
    )


def remind_of_figures(*, actor: Actor, agreement_id: UUID, at: dt.datetime) -> Agreement:
    """The node asks the corporation for the figures of an agreement where those of a month that is over are missing; once.

    Refuses `figures_complete`.
    """
    with unit_of_work("organisations.remind_of_figures", actor=actor, at=at) as unit:
        unit.permit(PERMITS["remind_of_figures"])
        agreement = unit.lock(Agreement, agreement_id)
        unit.refuse([] if months_missing(agreement, _today(unit)) else [Refusal("figures_complete")])
        unit.settle(ASKED, agreement, "asked_again")
        unit.wait(
            ASKED,
            agreement,
            holder_body=CORPORATION,
            holder_role=CORPORATION_ROLE,
            holder_side=actor.node,
            matter={"agreement": agreement.number},
            url_name=FILE,
            url_args=[str(agreement.pk)],
            due_at=due_after(ASKED, at, current_book(), actor.node),
        )
        unit.about(agreement)
    return agreement
