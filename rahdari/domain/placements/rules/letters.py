"""Which step of a case its worker is told of by a message, and which not: one table, for all stations from 5 on.

A message says what happened and where to read more: no reason of a refusal, nothing of health, no number of a paper, for
it lies open on the screen of a phone. No Django, no database, no clock here.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from rahdari.domain.jobs.rules.line import SERVICE_STEPS

from .holds import LICENCE

FOLDER = "placements/letters/"
WORKER = "WORKER"
ON_HOLD, RELEASED = "on_hold", "application_released"
# Steps whose message bears their own name.
TOLD = frozenset(
    {
        "application_filed", "application_refused", "application_withdrawn", "application_released", "candidate_nominated",
        "nomination_returned", "case_let_go", "interview_set", "slot_taken", "not_appeared", "selected", "reserve",
        "not_selected", "terms_changed", "costs_declared", "costs_confirmed", "contract_signed", "contract_rescinded",
        "coe_filed", "coe_issued", "coe_refused", "coe_expired", "change_filed", "status_changed", "change_refused",
        "visa_issued", "visa_refused", "visa_expired", "registered",
        "clearance_refused", "clearance_revoked", "flight_booked", "flight_missed", "departed", "arrived", "not_arrived",
        "work_begun",
    }
)  # fmt: skip
# Steps that are told in other words, or by another message.
HELD, MOVED = frozenset({"application_held", "case_held"}), "case_moved"
# Steps the worker is not written to about, and why.
SILENT: Mapping[str, str] = MappingProxyType(
    {
        "test_booked": "exams gives the slip and writes itself",
        "test_cancelled": "the worker's own act",
        "tests_passed": "exams writes that the result is there",
        "interview_answered": "the worker's own act",
        "interviewed": "the worker was there",
        "terms_confirmed": "the worker's own act, told by the next one",
        "guidance_given": "the worker was there",
        "coe_more_papers": "the employer must act; it stops nothing",
        "visa_filed": "the worker's own act",
        **dict.fromkeys(SERVICE_STEPS, "a service is told on its own page, and a late payment by contracts"),
        **dict.fromkeys(
            (
                "field_effect", "work_not_begun", "support_done", "extended", "stay_refused", "sixth_year",
                "employer_changed", "employment_ended", "missing", "found", "illness", "deceased", "resident_reviewed",
                "temporary_passport", "returned",
            ),
            "no action of this project takes it yet",
        ),
    }
)  # fmt: skip


def letter_for(*, step: str, acting: str, reason: str, details: Mapping[str, object]) -> str:
    """The template of the message about a step; empty where none is written.

    A hold by a licence is written with the day until which the worker may choose, and a case that moved by the answer of
    whoever was chosen (`actions/held_letters.py`); a time of an announced day is not told to a worker who took it.
    """
    if step in HELD:
        return "" if reason == LICENCE else FOLDER + ON_HOLD
    if step == MOVED:
        return "" if details.get("promoter") else FOLDER + RELEASED
    if step == "slot_taken" and acting == WORKER:
        return ""
    return FOLDER + step if step in TOLD else ""
