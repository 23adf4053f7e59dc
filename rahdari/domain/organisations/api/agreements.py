"""The register of agreements for programs, and the registers of both states in numbers."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Schema

from rahdari.base.clock import day_at, now
from rahdari.web.api import operation
from rahdari.web.rates import address_of, limit
from rahdari.web.steps import step_operation, told_moment

from ..access import COUNTING, PERMITS
from ..forms import agreements
from ..queries.agreements import AgreementLine, agreement_seen, lines_of, register_of_agreements
from ..queries.counts import registers_in_numbers
from ..queries.figures import MonthSeen
from .registers import router


class AmountTold(Schema):
    """A number as anyone reads it: both ends are the same, unless small numbers are in it."""

    at_least: int
    at_most: int


class FiguresTold(Schema):
    """Interviews, selections and departures."""

    interviews: AmountTold
    selections: AmountTold
    departures: AmountTold


class PartnerTold(Schema):
    """A partner of an agreement, its first name first."""

    kind: str
    names: list[str]


class AgreementTold(Schema):
    """An agreement as it stands today; `figures_are` is `typed`, or `counted` where the corridor runs on this node."""

    id: str
    number: str
    country: str
    partners: list[PartnerTold]
    subject: str
    signed_on: str
    in_force_from: str
    last_day: str | None
    review_on: str | None
    standing: str
    reference: str
    figures_are: str
    sums: FiguresTold


class AgreementList(Schema):
    """The register of agreements; in `sums` a case counts once, though several agreements may speak of it."""

    on: str
    in_force: int
    sums: FiguresTold
    agreements: list[AgreementTold]


class MonthTold(Schema):
    """The figures of one month (`2026-10`) with their source."""

    month: str
    figures: FiguresTold
    source: str | None
    recorded_on: str | None


class AgreementDetail(AgreementTold):
    """One agreement with its months, the newest first."""

    months: list[MonthTold]


def _day(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None


def _figures(amounts: Any) -> dict[str, Any]:
    return {name: {"at_least": one.low, "at_most": one.high} for name, one in amounts.items()}


def _agreement(one: AgreementLine) -> dict[str, Any]:
    row = one.row
    return {
        "id": str(row.pk),
        "number": row.number,
        "country": row.country,
        "partners": [{"kind": partner.kind, "names": list(partner.names)} for partner in one.partners],
        "subject": row.subject,
        "signed_on": row.signed_on.isoformat(),
        "in_force_from": row.from_on.isoformat(),
        "last_day": _day(one.last_day),
        "review_on": _day(row.review_on),
        "standing": one.standing,
        "reference": row.reference,
        "figures_are": "counted" if one.counted else "typed",
        "sums": _figures(one.sums),
    }


def _month(one: MonthSeen) -> dict[str, Any]:
    told = {"month": f"{one.first:%Y-%m}", "figures": _figures(one.figures)}
    return told | {"source": one.source or None, "recorded_on": _day(one.entered_on)}


@operation(
    router, "GET", "/agreements", PERMITS["see_agreements"], answers=AgreementList, problems=(),
    url_name="organisations.see_agreements",
)  # fmt: skip
def see_agreements(request: HttpRequest, country: str = "", standing: str = "") -> Any:
    """The register of agreements, for a country (ISO 3166-1) or a standing where one is asked for."""
    actor, day = request.actor, day_at(now(), request.actor.node)  # type: ignore[attr-defined]
    register = register_of_agreements(actor, day, country=country, standing=standing)
    told = {"on": day.isoformat(), "in_force": register.in_force, "sums": _figures(register.sums)}
    return told | {"agreements": [_agreement(one) for one in lines_of(actor, register.rows, day)]}


@operation(
    router, "GET", "/agreements/{agreement_id}", PERMITS["see_agreement"], answers=AgreementDetail, problems=(404,),
    url_name="organisations.see_agreement",
)  # fmt: skip
def see_agreement(request: HttpRequest, agreement_id: UUID) -> Any:
    """One agreement with its figures by month."""
    seen = agreement_seen(request.actor, agreement_id, day_at(now(), request.actor.node))  # type: ignore[attr-defined]
    return _agreement(seen.line) | {"months": [_month(one) for one in seen.months]}


step_operation(router, agreements.RECORD_AGREEMENT, "/agreements", PERMITS["record_agreement"], problems=(403, 409, 422))
for _word, _step in agreements.ON_ONE.items():
    step_operation(router, _step, "/agreements/{agreement_id}/" + _word, PERMITS[_step.name])


class TallyTold(Schema):
    """How many organisations of one kind stand in one state."""

    kind: str
    state: str
    entries: int


class StatementsTold(Schema):
    """Statements of a register: taken up by the side that hears them, not answered yet, refused."""

    taken_up: int
    under_way: int
    refused: int


class RegisterTold(Schema):
    """One register as this node holds it; `digest` is equal on both nodes exactly if they hold the same in the same states."""

    kept_by: str
    kept_here: bool
    entries: int
    digest: str
    newest_statement: str | None
    statements: StatementsTold | None
    counts: list[TallyTold]


class RegistersTold(Schema):
    """Both registers on a day, this node's own first."""

    on: str
    registers: list[RegisterTold]


@operation(
    router, "GET", "/registers/numbers", PERMITS["see_numbers"], answers=RegistersTold, problems=(422, 429),
    url_name="organisations.see_numbers",
)  # fmt: skip
def see_numbers(request: HttpRequest, on: dt.date | None = None) -> Any:
    """The registers of both states in numbers: organisations by kind and state on a day, today where none is asked for."""
    moment, actor = now(), request.actor  # type: ignore[attr-defined]
    limit(COUNTING, at=moment, address=address_of(request))
    today = day_at(moment, actor.node)
    day = min(on or today, today)
    registers = [
        {
            "kept_by": one.home,
            "kept_here": one.own,
            "entries": one.entries,
            "digest": one.digest,
            "newest_statement": told_moment(one.newest) if one.newest is not None else None,
            "statements": dict(one.statements) or None,
            "counts": [{"kind": row.kind, "state": row.state, "entries": row.entries} for row in one.rows],
        }
        for one in registers_in_numbers(actor, day)
    ]
    return {"on": day.isoformat(), "registers": registers}
