"""Opening a file as people and programs do it: shape, action, and what the page shows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from pydantic import Field

from rahdari.base.actor import Actor
from rahdari.base.facts import Day, Facts
from rahdari.web.steps import Step

from .. import actions
from ..models import Consent
from ..queries.seen import bodies_to_allow
from ..rules.file_facts import FileFacts
from ..rules.files import SHOW_FILE


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


class GiveConsent(Facts):
    """Whom a person lets see their file, and until when."""

    body: Annotated[str, Field(min_length=1, max_length=80)]
    until: Day | None = None


def take_give_consent(**given: Any) -> Consent:
    """Allows one body to see one's own file, until a day or until it is taken back."""
    return actions.give_consent(purpose=SHOW_FILE, **given)


def _allowing(actor: Actor) -> Mapping[str, Any]:
    return {
        "lead": gettext("Only whom you name here, and only for as long as you want."),
        "codes": {"body": bodies_to_allow()},
    }


GIVE_CONSENT = Step(
    "candidates", "give_consent", GiveConsent, take_give_consent, _allowing,
    _("They may see your file now. You can take it back at any time."), "candidates.see_file",
)  # fmt: skip
OPEN_FILE = Step(
    "candidates", "open_file", OpenFile, actions.open_file, _opening, _("The file is open."), "candidates.see_file",
    codes={"told.languages.level": ("basic", "middle", "good", "native")},
)  # fmt: skip
