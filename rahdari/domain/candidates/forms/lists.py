"""What is asked when a centre hands in its list, and the steps until it is taken in or taken back."""

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
from rahdari.base.sheets.decoding import ENCODINGS
from rahdari.domain.organisations.rules.importing.values import ORDERS
from rahdari.web.step_forms import ScanFacts
from rahdari.web.steps import Step
from rahdari.web.words import Fact

from .. import actions
from ..models import PeopleList
from ..queries.lists import list_for

SEE = "candidates.see_list"


class DraftList(Facts):
    """A list as a file; encoding and order of the days only where they are not found by themselves."""

    people: ScanFacts
    encoding: Literal["utf-8", "utf-16", "windows-1256", "shift_jis"] | None = None
    day_order: Literal["day_first", "month_first"] | None = None


class ListColumn(Facts):
    """What a column holds; its title is told for the reader alone."""

    title: Annotated[str, Field(max_length=2000)] = ""
    holds: Annotated[str, Field(max_length=40)]


class MapList(Facts):
    """What each column holds, in their order."""

    rows: Annotated[list[ListColumn], Field(max_length=80)]
    day_order: Literal["day_first", "month_first"] | None = None


class TakeList(Facts):
    """That the people agreed in writing, and whether wrong rows stay out."""

    agreed: bool = False
    leave_out: bool = False


class WithdrawList(Facts):
    """Nothing is asked to take back a list that waits."""


class UndoList(Facts):
    """Why a list is taken back."""

    text: Annotated[str, Field(min_length=1, max_length=2000)]


def take_draft_list(*, people: ScanFacts, encoding: str | None = None, day_order: str | None = None, **given: Any) -> Any:
    """Hands in a list."""
    return actions.draft_list(
        name=people.name, content=people.content, encoding=encoding or "", day_order=day_order or "", **given
    )


def take_map_list(*, rows: list[ListColumn], day_order: str | None = None, **given: Any) -> Any:
    """Says what the columns hold."""
    return actions.map_list(targets=[one.holds for one in rows], day_order=day_order or "", **given)


def crumbs_of(row: PeopleList | None = None) -> list[dict[str, str]]:
    """The way to a list."""
    crumbs = [{"url": reverse("candidates.see_lists"), "label": gettext("Lists of people")}]
    return [*crumbs, {"url": reverse(SEE, args=[row.pk]), "label": row.file_name}] if row is not None else crumbs


def _drafting(actor: Actor) -> Mapping[str, Any]:
    lead = gettext("Hand in the list as it is: name, identity card and date of birth are needed. Nobody is registered yet.")
    return {"crumbs": crumbs_of(), "lead": lead}


def _on(lead: Any) -> Callable[..., Mapping[str, Any]]:
    def page(actor: Actor, list_id: UUID) -> Mapping[str, Any]:
        row = list_for(actor, list_id)
        fates = row.counts.get("fates", {})
        return {
            "crumbs": crumbs_of(row),
            "lead": str(lead),
            "about": gettext("The list"),
            "facts": [
                Fact(gettext("File"), row.file_name),
                Fact(gettext("New people"), fates.get("new", 0)),
                Fact(gettext("Wrong rows"), fates.get("wrong", 0)),
            ],
            "initial": {"seen": row.version},
        }

    return page


CODES = {
    "encoding": {one: f"encoding_{one}" for one in ENCODINGS},
    "day_order": {one: f"day_order_{one}" for one in ORDERS},
}
DRAFT_LIST = Step(
    "candidates", "draft_list", DraftList, take_draft_list, _drafting, _("The list is read. Nobody is registered yet."), SEE,
    with_result=True, codes=CODES,
)  # fmt: skip
MAP_LIST = Step("candidates", "map_list", MapList, take_map_list, _on(""), _("Every row is checked anew."), SEE)
TAKE_LIST = Step(
    "candidates", "take_list", TakeList, actions.take_list,
    _on(_("Each new person gets an account and a file, looks it over, and alone decides who sees it. All or nothing.")),
    _("Taken in. Each file is compared with the others now."), SEE,
)  # fmt: skip
WITHDRAW_LIST = Step(
    "candidates", "withdraw_list", WithdrawList, actions.withdraw_list, _on(""), _("Taken back. Nobody was registered."), SEE
)  # fmt: skip
UNDO_LIST = Step(
    "candidates", "undo_list", UndoList, actions.undo_list,
    _on(_("Its accounts and files are emptied. It is possible while none of these people used theirs.")),
    _("Taken back. The accounts and files are emptied."), SEE,
)  # fmt: skip
ON_LIST: Mapping[str, Step] = {"take": TAKE_LIST, "withdraw": WITHDRAW_LIST, "undo": UNDO_LIST}
