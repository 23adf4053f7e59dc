"""Recording a dependant as people and programs do it."""

from __future__ import annotations

from typing import Annotated, Literal

from django.utils.translation import gettext_lazy as _
from pydantic import Field

from rahdari.base.facts import Day, Facts
from rahdari.web.steps import Step

from .. import actions
from ..rules.dependants import RELATIONS, STATUSES
from .steps import _of_file, worded


class RecordDependant(Facts):
    """A spouse or child who comes along, and the status of the one they come with."""

    status: Literal["ssw2", "professional", "ssw1"]
    relation: Literal["spouse", "child"]
    name: Annotated[str, Field(min_length=1, max_length=120)]
    birth_date: Day
    passport_no: Annotated[str, Field(max_length=40)] = ""


RECORD_DEPENDANT = Step(
    "candidates", "record_dependant", RecordDependant, actions.record_dependant,
    _of_file(_("Husband, wife or child who comes to live with you in Japan. Nobody to whom you open your file sees this.")),
    _("Recorded, apart from your file."), "candidates.see_dependants",
    codes={"status": worded("holder", STATUSES), "relation": worded("dependant", RELATIONS)},
)  # fmt: skip
