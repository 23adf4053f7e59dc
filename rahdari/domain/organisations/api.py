"""The register for programs: looking up as anyone may, the desk, and every step on a licence."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema

from rahdari.base.clock import day_at, now
from rahdari.base.editions import current_book
from rahdari.web.api import operation
from rahdari.web.rates import address_of, limit
from rahdari.web.steps import step_operation, told_moment

from .access import COUNTING, LOOKING_UP, PERMITS
from .forms import agreements, steps
from .models import LicenceChange
from .queries.agreements import AgreementLine, agreement_seen, lines_of, register_of_agreements
from .queries.counts import registers_in_numbers
from .queries.desk import organisation_seen
from .queries.figures import MonthSeen
from .queries.finding import Found, search
from .queries.register import licence_seen

router = Router(tags=["organisations"])


class LicenceTold(Schema):
    """An organisation and how its licence stands on a day; `until` is the first day on which it no longer holds."""

    id: str
    organisation: str
    kind: str
    home: str
    names: list[str]
    number: str | None
    old_numbers: list[str]
    state: str
    valid: bool
    banned: bool
    since: str | None
    until: str | None
    address: str
    phones: list[str]


class LicenceList(Schema):
    """What was found: by `number`, `phone` of an office, or `name`."""

    on: str
    by: str
    licences: list[LicenceTold]


class ChangeTold(Schema):
    """One row of the public history."""

    state: str
    from_on: str
    until: str | None
    number: str | None
    ground: str
    appeal: str | None


class LicenceDetail(LicenceTold):
    """One licence with its history, the newest change first."""

    changes: list[ChangeTold]
    branches: list[str]


class OrganisationTold(Schema):
    """An organisation at a desk: how it stands, what waits for a second officer, what one may do next."""

    id: str
    organisation: str
    version: int
    home: str
    kind: str
    state: str
    number: str | None
    valid_until: str | None
    waiting: str | None
    next: list[str]
    officers: list[dict[str, Any]] | None


def _day(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None


def _told(one: Found) -> dict[str, Any]:
    row, standing = one.row, one.standing
    return {
        "id": str(row.pk),
        "organisation": row.registry_id,
        "kind": row.kind,
        "home": row.home,
        "names": list(one.names),
        "number": row.number or None,
        "old_numbers": row.old_numbers,
        "state": standing.state,
        "valid": standing.is_valid,
        "banned": standing.is_banned,
        "since": _day(standing.since),
        "until": _day(standing.until),
        "address": row.address,
        "phones": list(one.phones),
    }


def _change(one: LicenceChange) -> dict[str, Any]:
    told = {"state": one.state, "ground": one.ground, "appeal": one.appeal or None, "number": one.number or None}
    return told | {"from_on": _day(one.from_on), "until": _day(one.until)}


@operation(
    router,
    "GET",
    "/licences",
    PERMITS["see_register"],
    answers=LicenceList,
    problems=(429,),
    url_name="organisations.see_register",
)
def see_register(request: HttpRequest, q: str = "") -> Any:
    """Looks for a licence by number, name in any script, or phone of an office."""
    moment = now()
    limit(LOOKING_UP, at=moment, address=address_of(request))
    day = day_at(moment, request.actor.node)  # type: ignore[attr-defined]  # set by the doorman
    found = search(q, day=day, book=current_book())
    return {"on": day.isoformat(), "by": found.by, "licences": [_told(one) for one in found.found]}


@operation(
    router, "GET", "/licences/{organisation_id}", PERMITS["see_licence"], answers=LicenceDetail, problems=(404,),
    url_name="organisations.see_licence",
)  # fmt: skip
def see_licence(request: HttpRequest, organisation_id: UUID) -> Any:
    """One licence as it stands today, with its public history."""
    seen = licence_seen(organisation_id, day_at(now(), request.actor.node))  # type: ignore[attr-defined]
    branches = [" · ".join(filter(None, (one.city, one.address))) for one in seen.branches]
    return _told(seen.found) | {"changes": [_change(one) for one in seen.changes], "branches": branches}


@operation(
    router, "GET", "/organisations/{organisation_id}", PERMITS["see_organisation"], answers=OrganisationTold, problems=(403, 404),
    url_name="organisations.see_organisation",
)  # fmt: skip
def see_organisation(request: HttpRequest, organisation_id: UUID) -> Any:
    """One organisation at a desk."""
    seen = organisation_seen(request.actor, organisation_id, day_at(now(), request.actor.node))  # type: ignore[attr-defined]
    row, persons = seen.row, seen.persons
    officers = [{"name": one.name, "role": one.role} for one in persons["officers"]] if persons is not None else None
    return {
        "id": str(row.pk),
        "organisation": row.registry_id,
        "version": row.version,
        "home": row.home,
        "kind": row.kind,
        "state": row.state,
        "number": row.number or None,
        "valid_until": _day(row.valid_until),
        "waiting": seen.waiting.use_case if seen.waiting is not None else None,
        "next": list(seen.next),
        "officers": officers,
    }


step_operation(router, steps.ENTER_ORGANISATION, "/organisations", PERMITS["enter_organisation"], problems=(403, 409, 422))
step_operation(router, steps.APPLY_LICENCE, "/licence-applications", PERMITS["apply_licence"], problems=(403, 409, 422))
step_operation(
    router,
    steps.REGISTER_SUPPORT_ORG,
    "/support-organisations",
    PERMITS["register_support_org"],
    problems=(403, 409, 422),
)
for _word, _step in steps.ON_ONE.items():
    step_operation(router, _step, "/organisations/{organisation_id}/" + _word, PERMITS[_step.name])


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
    router, "GET", "/registers/numbers", PERMITS["see_numbers"], answers=RegistersTold, problems=(429,),
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
