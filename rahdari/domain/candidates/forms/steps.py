"""Opening a file as people and programs do it: shape, action, and what the page shows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from pydantic import Field

from rahdari.base.actor import Actor
from rahdari.base.facts import Facts
from rahdari.web.steps import Step

from .. import actions
from ..rules.file_facts import FileFacts


class OpenFile(Facts):
    """A file; at a counter with the number of the identity card of whoever stands before it."""

    identity: Annotated[str, Field(max_length=40)] = ""
    told: FileFacts


def _opening(actor: Actor) -> Mapping[str, Any]:
    own = actor.role == "worker"
    return {
        "layout": "web/worker.html" if own else "web/desk.html",
        "lead": gettext("Nobody sees your file before you apply for work, and then only whom you allow.") if own else "",
        "leave_out": ("identity",) if own else (),
        "initial": {"told": {"name": actor.name}} if own else {},
    }


OPEN_FILE = Step(
    "candidates", "open_file", OpenFile, actions.open_file, _opening, _("The file is open."), "candidates.see_file",
    codes={"told.languages.level": ("basic", "middle", "good", "native")},
)  # fmt: skip
