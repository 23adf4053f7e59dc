"""The examiner's desk: the door, corrections, signed files and keys, as people and programs take them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal
from uuid import UUID

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from pydantic import Field

from rahdari.base.actor import Actor
from rahdari.base.facts import Day, Facts
from rahdari.base.refusal import Refused
from rahdari.base.work import Missing
from rahdari.web.step_forms import ScanFacts
from rahdari.web.steps import Step

from .. import actions
from ..access import PERMITS
from ..models import ExaminerKey, ResultFile
from ..queries.desk import key_for, own_result
from ..queries.seen import key_facts, own_result_facts, sitting_facts
from ..queries.sittings import sitting_for
from ..rules.door import DOOR_REASONS
from ..rules.results import CORRECTIONS, SectionScore
from .shapes import Number, SectionFacts
from .steps import _crumbs


class CheckIdentity(Facts):
    """What was found at the door of one person of the roster."""

    number: Number
    door: Literal["door_checked", "door_turned_away"]
    reason: Annotated[str, Field(max_length=24)] = ""


class CorrectResult(Facts):
    """The result as it is right."""

    outcome: Literal["pass", "fail", "no_show"]
    certificate_no: Number = ""
    sections: Annotated[list[SectionFacts], Field(max_length=20)] = []
    reason: Annotated[str, Field(max_length=40)]


class RecordResultsFile(Facts):
    """A file of results that a key of the examiner signed; CSV comes with its signature beside it."""

    file: ScanFacts
    signature: Annotated[str, Field(max_length=2000)] = ""


class EnterKey(Facts):
    """A public key: its `x` in base64url, and its last day."""

    x: Annotated[str, Field(min_length=1, max_length=100)]
    until: Day


class ConfirmKey(Facts):
    """Nothing is asked: the second officer compared the name of the key."""


class EndKey(Facts):
    """Nothing is asked: the key ends now."""


def take_correct_result(**given: Any) -> Any:
    """Puts a right result in the place of a wrong one."""
    sections = [SectionScore(one.code, one.score, one.max) for one in given.pop("sections", ())]
    return actions.correct_result(**given, sections=sections)


def take_results_file(**given: Any) -> ResultFile:
    """Records the results of a sitting from a file its examiner's key signed."""
    file: ScanFacts = given.pop("file")
    return actions.record_results_file(**given, content=file.content)


def _own(actor: Actor, name: str, sitting_id: UUID) -> Mapping[str, Any]:
    sitting = sitting_for(actor, sitting_id)
    refusals = PERMITS[name].why_not(actor, sitting)
    if refusals:
        raise Refused(refusals)
    return {"crumbs": _crumbs(sitting), "about": gettext("The sitting"), "facts": sitting_facts(sitting)}


def _at_door(actor: Actor, sitting_id: UUID) -> Mapping[str, Any]:
    return _own(actor, "check_identity", sitting_id)


def _correcting(actor: Actor, result_id: UUID) -> Mapping[str, Any]:
    result = own_result(actor, result_id)
    booking = result.booking
    if booking is None:
        raise Missing(f"Result {result_id}")
    return {
        "crumbs": _crumbs(booking.sitting),
        "lead": gettext("The result that was wrong stays, marked as replaced. The other state is told of the new one."),
        "about": gettext("The result as it stands"),
        "facts": own_result_facts(result),
        "initial": {"outcome": result.outcome, "certificate_no": result.certificate_no, "sections": result.sections,
                    "seen": result.version},
    }  # fmt: skip


def _filing(actor: Actor, sitting_id: UUID) -> Mapping[str, Any]:
    lead = gettext(
        "All results of the file are recorded, or none. It counts only with the signature of a key you confirmed before."
    )
    return dict(_own(actor, "record_results_file", sitting_id)) | {"lead": lead}


def _entering(actor: Actor) -> Mapping[str, Any]:
    return {
        "crumbs": _crumbs(),
        "lead": gettext("Enter the public half alone. A second officer of yours compares and confirms it."),
    }


def _key(name: str, lead: Any) -> Any:
    def page(actor: Actor, key_id: UUID) -> Mapping[str, Any]:
        key: ExaminerKey = key_for(actor, key_id)
        facts = {"about": gettext("The key"), "facts": key_facts(key), "initial": {"seen": key.version}}
        return {"crumbs": _crumbs(), "lead": str(lead), **facts}

    page.__name__ = name
    return page


CHECK_IDENTITY = Step(
    "exams", "check_identity", CheckIdentity, actions.check_identity, _at_door, _("Noted."), "exams.see_door",
    codes={"reason": DOOR_REASONS},
)  # fmt: skip
CORRECT_RESULT = Step(
    "exams", "correct_result", CorrectResult, take_correct_result, _correcting,
    _("Corrected. The other state is told."), "exams.see_result", with_result=True, codes={"reason": CORRECTIONS},
)  # fmt: skip
RECORD_RESULTS_FILE = Step(
    "exams", "record_results_file", RecordResultsFile, take_results_file, _filing,
    _("Recorded from the file. The other state is told by booking number."), "exams.see_roster",
)  # fmt: skip
ENTER_KEY = Step(
    "exams", "enter_key", EnterKey, actions.enter_key, _entering, _("Entered. A second officer confirms it."), "exams.see_key",
    with_result=True,
)  # fmt: skip
CONFIRM_KEY = Step(
    "exams", "confirm_key", ConfirmKey, actions.confirm_key,
    _key("confirm_key", _("Compare the name below with the one your own system shows. Confirm only what is equal.")),
    _("The key is in use."), "exams.see_key",
)  # fmt: skip
END_KEY = Step(
    "exams", "end_key", EndKey, actions.end_key,
    _key("end_key", _("No file signed with this key is taken any more. What it signed before stays.")),
    _("The key has ended."), "exams.see_key",
)  # fmt: skip
