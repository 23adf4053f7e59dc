"""Registers handed in as files, for programs: handing in, looking at rows, every step."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Schema

from rahdari.web.api import operation
from rahdari.web.steps import step_operation

from ..access import PERMITS
from ..forms import imports as importing
from ..models import RegisterImport
from ..queries.imports import RowSeen, import_for, imports_visible_to, row_seen, rows_of
from .registers import router


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
