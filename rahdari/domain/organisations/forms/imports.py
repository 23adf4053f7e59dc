"""What is asked when a register is handed in as a file, and the steps until it is taken in or taken back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Annotated, Any, Literal
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from pydantic import Field

from rahdari.base.actor import Actor
from rahdari.base.facts import Facts
from rahdari.base.refusal import Refused
from rahdari.base.sheets.decoding import ENCODINGS
from rahdari.web.step_forms import ScanFacts
from rahdari.web.steps import Step

from .. import actions
from ..access import PERMITS
from ..models import RegisterImport
from ..queries.imports import import_facts, import_for, import_seen
from ..rules.importing.values import ORDERS
from ..rules.licences import KINDS
from .shapes import Kind, Law

SEE = "organisations.see_import"
Encoding = Literal["utf-8", "utf-16", "windows-1256", "shift_jis"]
DayOrder = Literal["day_first", "month_first"]
assert Encoding.__args__ == ENCODINGS and DayOrder.__args__ == ORDERS  # type: ignore[attr-defined]  # the shape and the rules agree


class DraftImport(Facts):
    """A register as a file; encoding and order of the days only where they are not found by themselves."""

    kind: Kind
    file: ScanFacts
    encoding: Encoding | None = None
    day_order: DayOrder | None = None


class ColumnFacts(Facts):
    """What a column holds; its title is told for the reader alone."""

    title: Annotated[str, Field(max_length=2000)] = ""
    holds: Annotated[str, Field(max_length=40)]


class MapImport(Facts):
    """What each column holds, in their order."""

    rows: Annotated[list[ColumnFacts], Field(max_length=80)]
    day_order: DayOrder | None = None


class SubmitImport(Facts):
    """The law the entries rest on, and whether the wrong rows stay out."""

    leave_out: bool = False
    law: Law = ""


class DecideImport(Facts):
    """Nothing is asked to take in what another officer handed in."""


class WithdrawImport(Facts):
    """Nothing is asked to take back what waits."""


class AskUndoImport(Facts):
    """Why an import is to be taken back."""

    text: Annotated[str, Field(min_length=1, max_length=2000)]


class UndoImport(Facts):
    """Nothing is asked to take an import back that another officer wants taken back."""


def take_draft_import(*, file: ScanFacts, encoding: str | None = None, day_order: str | None = None, **given: Any) -> Any:
    """Hands in a register."""
    told = {"encoding": encoding or "", "day_order": day_order or ""}
    return actions.draft_import(name=file.name, content=file.content, **told, **given)


def take_map_import(*, rows: list[ColumnFacts], day_order: str | None = None, **given: Any) -> Any:
    """Says what the columns hold."""
    return actions.map_import(targets=[one.holds for one in rows], day_order=day_order or "", **given)


def crumbs_of(row: RegisterImport | None = None) -> list[dict[str, str]]:
    """The way to an import."""
    crumbs = [
        {"url": reverse("organisations.see_organisations"), "label": gettext("Licences")},
        {"url": reverse("organisations.see_imports"), "label": gettext("Imports")},
    ]
    return [*crumbs, {"url": reverse(SEE, args=[row.pk]), "label": row.file_name}] if row is not None else crumbs


def _drafting(actor: Actor) -> Mapping[str, Any]:
    kinds = [kind.code for kind in KINDS.values() if kind.side == actor.node]
    lead = gettext(
        "Hand in the register as it is. It is read and checked; nothing is entered before a second officer decides it."
    )
    return {"crumbs": crumbs_of(), "lead": lead, "codes": {"kind": kinds}}


def _on(use_case: str, lead: Any = "") -> Callable[..., Mapping[str, Any]]:
    def page(actor: Actor, import_id: UUID) -> Mapping[str, Any]:
        row = import_for(actor, import_id)
        refusals = PERMITS[use_case].why_not(actor, row)
        if refusals:
            raise Refused(refusals)
        seen = import_seen(actor, import_id)
        return {
            "crumbs": crumbs_of(row),
            "lead": str(lead),
            "about": gettext("The import"),
            "facts": import_facts(row),
            "seen": seen,
            "initial": {"seen": row.version},
        }

    return page


def _step(name: str, shape: type[Facts], act: Callable[..., Any], said: Any, lead: Any = "") -> Step:
    return Step("organisations", name, shape, act, _on(name, lead), said, SEE, template="organisations/import_step.html")


CODES = {
    "encoding": {one: f"encoding_{one}" for one in ENCODINGS},
    "day_order": {one: f"day_order_{one}" for one in ORDERS},
}
DRAFT_IMPORT = Step(
    "organisations", "draft_import", DraftImport, take_draft_import, _drafting,
    _("The file is read. Nothing of it is entered yet."), SEE, with_result=True, codes=CODES,
)  # fmt: skip
MAP_IMPORT = Step(
    "organisations", "map_import", MapImport, take_map_import, _on("map_import"), _("Every row is checked anew."), SEE
)  # fmt: skip
SUBMIT_IMPORT = _step(
    "submit_import", SubmitImport, actions.submit_import, _("Handed on. A second officer decides it."),
    _("A second officer decides it; until then nothing changes and nothing is told."),
)  # fmt: skip
DECIDE_IMPORT = _step(
    "decide_import", DecideImport, actions.decide_import, _("Taken in. The other state is told at once."),
    _("Every new row becomes an entry that anyone can read. It is all taken in, or nothing."),
)  # fmt: skip
WITHDRAW_IMPORT = _step("withdraw_import", WithdrawImport, actions.withdraw_import, _("Taken back. Nothing is entered."))
ASK_UNDO_IMPORT = _step(
    "ask_undo_import", AskUndoImport, actions.ask_undo_import, _("Asked. A second officer decides it."),
    _("Its entries stay in the history as entered in error. It is possible only while nothing rests on any of them."),
)  # fmt: skip
UNDO_IMPORT = _step(
    "undo_import", UndoImport, actions.undo_import, _("Taken back. The other state is told at once."),
    _("Every entry of this import is withdrawn from today on. It is all withdrawn, or nothing."),
)  # fmt: skip

# The steps on one import, by the last part of their address; the columns have a page of their own.
ON_IMPORT: Mapping[str, Step] = {
    "submit": SUBMIT_IMPORT,
    "decide": DECIDE_IMPORT,
    "withdraw": WITHDRAW_IMPORT,
    "ask-undo": ASK_UNDO_IMPORT,
    "undo": UNDO_IMPORT,
}
