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
from rahdari.web.steps import step_operation

from ..access import LOOKING_UP, PERMITS
from ..forms import steps
from ..models import LicenceChange
from ..queries.desk import organisation_seen
from ..queries.finding import Found, search
from ..queries.register import licence_seen

ROWS = 30
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
    warned_since: str | None


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
    told = {"on": day.isoformat(), "by": found.by, "licences": [_told(one) for one in found.found]}
    return told | {"warned_since": _day(found.warned_since)}


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
