"""The register for programs: looking up as anyone may, the desk, and every step on a licence."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest
from ninja import Router, Schema

from rahdari.base.clock import day_at, now
from rahdari.base.editions import current_book
from rahdari.base.seen import note_look
from rahdari.web.api import operation
from rahdari.web.rates import address_of, limit
from rahdari.web.steps import step_operation

from .access import LOOKING_UP, PERMITS
from .forms import imports as importing
from .forms import steps
from .forms.individuals import ON_INDIVIDUAL, RECORD_INDIVIDUAL
from .models import Individual, LicenceChange, RegisterImport
from .queries.desk import organisation_seen
from .queries.finding import Found, search
from .queries.imports import RowSeen, import_for, imports_visible_to, row_seen, rows_of
from .queries.individuals import individual_seen, individuals_visible_to, warned_since
from .queries.register import licence_seen
from .rules.individuals import INDIVIDUAL_MOVES

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
    return told | {"warned_since": _day(warned_since(q))}


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


def _individual(row: Individual) -> dict[str, Any]:
    days = {name: _day(getattr(row, name)) for name in ("asked_on", "reply_until", "replied_on", "stands_from", "lifted_on")}
    told = {name: getattr(row, name) for name in ("version", "state", "name", "works_in", "ground", "law")}
    return {"id": str(row.pk), **told, **days}


@operation(
    router, "GET", "/individuals", PERMITS["see_individuals"], answers=IndividualList, problems=(403,),
    url_name="organisations.see_individuals",
)  # fmt: skip
def see_individuals(request: HttpRequest, page: int = 1, state: str = "") -> Any:
    """Persons who recruit without a licence, of the own register."""
    rows = individuals_visible_to(request.actor)  # type: ignore[attr-defined]  # set by the doorman
    shown = Paginator(rows.filter(state=state) if state in INDIVIDUAL_MOVES else rows, ROWS).get_page(page)
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


class ImportTold(Schema):
    """A register handed in as a file: its state, what was read, and how many rows stand how (`counts.fates`)."""

    id: str
    version: int
    state: str
    kind: str
    sha256: str
    form: str
    encoding: str
    columns: list[str]
    targets: list[str]
    counts: dict[str, dict[str, int]]
    leave_out: bool


class ImportList(Schema):
    """The newest registers handed in."""

    imports: list[ImportTold]


class RowTold(Schema):
    """One row: its line in the file, `new`, `known`, `differs` or `wrong`, and why."""

    line: int
    fate: str
    organisation: str | None
    faults: list[dict[str, str]]
    differs: list[str]


class RowList(Schema):
    """Rows after a line, at most a thousand."""

    rows: list[RowTold]


NEWEST, ROWS_AT_ONCE = 50, 1_000


def _import_told(row: RegisterImport) -> dict[str, Any]:
    told = {
        name: getattr(row, name) for name in ("version", "state", "kind", "form", "encoding", "targets", "counts", "leave_out")
    }
    return told | {"id": str(row.pk), "sha256": row.file_hash, "columns": row.head}


@operation(
    router, "GET", "/register-imports", PERMITS["see_imports"], answers=ImportList, problems=(403,),
    url_name="organisations.see_imports",
)  # fmt: skip
def see_imports(request: HttpRequest) -> Any:
    """The registers handed in, the newest first."""
    rows = imports_visible_to(request.actor)[:NEWEST]  # type: ignore[attr-defined]  # set by the doorman
    return {"imports": [_import_told(one) for one in rows]}


@operation(
    router, "GET", "/register-imports/{import_id}", PERMITS["see_import"], answers=ImportTold, problems=(403, 404),
    url_name="organisations.see_import",
)  # fmt: skip
def see_import(request: HttpRequest, import_id: UUID) -> Any:
    """One register handed in, with its counts."""
    return _import_told(import_for(request.actor, import_id))  # type: ignore[attr-defined]


@operation(
    router, "GET", "/register-imports/{import_id}/rows", PERMITS["see_import"], answers=RowList, problems=(403, 404),
    operation_id="organisations.see_import_rows", url_name="organisations.see_import_rows",
)  # fmt: skip
def see_import_rows(request: HttpRequest, import_id: UUID, fate: str = "", after: int = 0) -> Any:
    """The rows of an import after a line, of a fate where one is asked for, with what is wrong in words."""
    row = import_for(request.actor, import_id)  # type: ignore[attr-defined]
    rows = rows_of(row, fate=fate).filter(line__gt=max(0, min(after, 10**6)))[:ROWS_AT_ONCE]
    return {"rows": [_row_told(row_seen(one)) for one in rows]}


def _row_told(seen: RowSeen) -> dict[str, Any]:
    faults = [{"column": column, "message": sentence} for column, sentence in seen.faults]
    organisation = str(seen.organisation) if seen.organisation else None
    return {"line": seen.line, "fate": seen.fate, "organisation": organisation, "faults": faults, "differs": list(seen.differs)}


step_operation(router, importing.DRAFT_IMPORT, "/register-imports", PERMITS["draft_import"], problems=(403, 413, 422))
step_operation(router, importing.MAP_IMPORT, "/register-imports/{import_id}/columns", PERMITS["map_import"])
for _word, _step in importing.ON_IMPORT.items():
    step_operation(router, _step, "/register-imports/{import_id}/" + _word, PERMITS[_step.name])
