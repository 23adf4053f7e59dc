"""Signs of fraud and void results, as people and programs take their steps."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal
from uuid import UUID

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from pydantic import Field

from rahdari.base.actor import Actor
from rahdari.base.clock import day_at, now
from rahdari.base.facts import Day, Facts
from rahdari.web.step_forms import ScanFacts
from rahdari.web.steps import Step

from .. import actions
from ..models import Result, Sitting, Voiding
from ..queries.seen import booking_facts, sitting_facts, void_facts
from ..queries.signs import rows_of, sign_for, voiding_for
from ..queries.sittings import booking_of_result
from ..rules.anomalies import ANOMALY_MOVES
from ..rules.voids import CODES
from .desk import _own
from .shapes import Number
from .steps import _crumbs

WHAT_FOLLOWS = _(
    "The results do not count from today. The other state is told, cases that rest on them stop, and each person may appeal."
)
Text = Annotated[str, Field(max_length=4000)]


class HandInTraces(Facts):
    """A table with what the examiner's own system knows of each booking."""

    file: ScanFacts


class DecideAnomaly(Facts):
    """Whether a sign of fraud is one, and why."""

    verdict: Annotated[str, Field(max_length=20)]
    reason: Text


class AskVoid(Facts):
    """Which results shall be void, why, on what evidence; when the people were invited to say what they know."""

    numbers: Annotated[list[Number], Field(max_length=1000)]
    code: Annotated[str, Field(max_length=16)]
    evidence: Text
    invited_on: Day
    barred_until: Day | None = None


class RecordHearing(Facts):
    """What one person said, or that they did not answer in time."""

    number: Number
    heard: Literal["said", "no_answer"]
    words: Text = ""
    on: Day


class VoidResults(Facts):
    """Nothing is asked: the second officer read evidence and hearings."""


class DropVoid(Facts):
    """Nothing is asked: the results stand."""


class DecideAppeal(Facts):
    """Whether the result comes back, and why."""

    number: Number
    granted: bool = False
    reason: Text


class AppealVoid(Facts):
    """What the person says against it, in their own words."""

    text: Text


def take_traces(**given: Any) -> Sitting:
    """Hands in what the examiner's own system knows of each booking."""
    file: ScanFacts = given.pop("file")
    return actions.hand_in_traces(**given, content=file.content)


def take_record_hearing(**given: Any) -> Voiding:
    """Notes what a person said to a proposal, or that they did not answer."""
    return actions.record_hearing(said=given.pop("words", ""), **given)


def take_decide_appeal(**given: Any) -> Voiding:
    """Decides an appeal: the result comes back, or it stays void."""
    return actions.decide_appeal(**{"granted": False} | given)


def _tracing(actor: Actor, sitting_id: UUID) -> Mapping[str, Any]:
    lead = gettext("Phones, numbers, addresses, devices and accounts are kept only as marks that cannot be read back.")
    return dict(_own(actor, "hand_in_traces", sitting_id)) | {"lead": lead}


def _deciding(actor: Actor, anomaly_id: UUID) -> Mapping[str, Any]:
    sign = sign_for(actor, anomaly_id)
    return {
        "crumbs": _crumbs(sign.row.sitting),
        "lead": gettext("No rule makes a result void. Say what you found when you looked yourself; it is kept with your name."),
        "about": gettext("The sitting"),
        "facts": sitting_facts(sign.row.sitting),
        "initial": {"seen": sign.row.version},
    }


def _asking(actor: Actor, sitting_id: UUID) -> Mapping[str, Any]:
    lead = gettext(
        "Each person must be heard before another officer decides. Write down what you rely on, so that they can answer."
    )
    today = day_at(now(), actor.node)
    return dict(_own(actor, "ask_void", sitting_id)) | {"lead": lead, "initial": {"invited_on": today}}


def _page(lead: Any) -> Any:
    def page(actor: Actor, voiding_id: UUID) -> Mapping[str, Any]:
        voiding = voiding_for(actor, voiding_id)
        numbers = {row.result.booking.number: row.result.booking.number for row in rows_of(voiding) if row.result.booking}
        return {
            "crumbs": _crumbs(voiding.sitting),
            "lead": str(lead),
            "about": gettext("The proposal"),
            "facts": void_facts(voiding),
            "codes": {"number": numbers},
            "initial": {"seen": voiding.version, "on": day_at(now(), actor.node)},
        }

    return page


def _appealing(actor: Actor, result_id: UUID) -> Mapping[str, Any]:
    booking = booking_of_result(actor, result_id)
    result: Result = booking.result
    return {
        "crumbs": _crumbs(booking.sitting),
        "lead": gettext(
            "Say in your own words why the result is right. Another officer than those who decided reads it. It costs nothing."
        ),
        "about": gettext("The result"),
        "facts": booking_facts(booking),
        "initial": {"seen": result.version},
    }


HAND_IN_TRACES = Step(
    "exams", "hand_in_traces", HandInTraces, take_traces, _tracing, _("Kept. The rules run over it now."), "exams.see_roster"
)  # fmt: skip
DECIDE_ANOMALY = Step(
    "exams", "decide_anomaly", DecideAnomaly, actions.decide_anomaly, _deciding, _("Decided."), "exams.see_anomaly",
    codes={"verdict": [one for one in ANOMALY_MOVES if one != "anomaly_open"]},
)  # fmt: skip
ASK_VOID = Step(
    "exams", "ask_void", AskVoid, actions.ask_void, _asking, _("Proposed. Note what each person says."), "exams.see_voiding",
    with_result=True, codes={"code": {one: f"void_{one}" for one in CODES}},
)  # fmt: skip
RECORD_HEARING = Step(
    "exams", "record_hearing", RecordHearing, take_record_hearing,
    _page(_("Write what the person said as they said it.")), _("Noted."), "exams.see_voiding",
)  # fmt: skip
VOID_RESULTS = Step(
    "exams", "void_results", VoidResults, actions.void_results,
    _page(WHAT_FOLLOWS),
    _("The results are void. The other state is told."), "exams.see_voiding",
)  # fmt: skip
DROP_VOID = Step(
    "exams", "drop_void", DropVoid, actions.drop_void, _page(_("The results stand as they are.")),
    _("Taken back. The results stand."), "exams.see_voiding",
)  # fmt: skip
DECIDE_APPEAL = Step(
    "exams", "decide_appeal", DecideAppeal, take_decide_appeal,
    _page(_("Where the appeal is granted, the result comes back as a new one and the bar ends.")),
    _("Decided. The other state is told."), "exams.see_voiding",
)  # fmt: skip
APPEAL_VOID = Step(
    "exams", "appeal_void", AppealVoid, actions.appeal_void, _appealing, _("Your appeal is on its way to the examiner."),
    "exams.see_own_result",
)  # fmt: skip
