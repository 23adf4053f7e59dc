"""Whose turn a case is after each step: who must do what next, on which side, counted from when.

One table for both nodes: a step that was told counts like one that was taken, so that each side sees what the other owes it.
No Django, no database, no clock here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from rahdari.domain.jobs.rules.line import SERVICE_ROUTE, is_inside

WORKER, RECRUITER, EMPLOYER, IMMIGRATION, VISA_DESK, PROTECTOR = (
    "worker", "recruiter", "employer", "immigration", "visa_desk", "protector",
)  # fmt: skip
HOLDERS = (WORKER, RECRUITER, EMPLOYER, IMMIGRATION, VISA_DESK, PROTECTOR)


@dataclass(frozen=True, slots=True)
class Next:
    """Who holds a case, what they must do, and on which side the days are counted."""

    holder: str
    task: str
    side: str


_AFTER = {
    "application_filed": Next(RECRUITER, "placements.nominate_candidate", "pk"),
    "application_released": Next(RECRUITER, "placements.nominate_candidate", "pk"),
    "candidate_nominated": Next(EMPLOYER, "placements.set_interview", "jp"),
    "interview_set": Next(WORKER, "placements.answer_interview", "pk"),
    "slot_taken": Next(EMPLOYER, "placements.record_decision", "jp"),
    "interview_answered": Next(EMPLOYER, "placements.record_decision", "jp"),
    "not_appeared": Next(WORKER, "placements.explain_no_show", "pk"),
    "reserve": Next(EMPLOYER, "contracts.call_reserve", "jp"),
    "selected": Next(WORKER, "contracts.confirm_terms", "pk"),
    "terms_confirmed": Next(RECRUITER, "contracts.declare_costs", "pk"),
    "costs_declared": Next(WORKER, "contracts.confirm_costs", "pk"),
    "costs_confirmed": Next(WORKER, "contracts.sign_contract", "pk"),
    "contract_signed": Next(EMPLOYER, "departures.file_coe", "jp"),
    "change_filed": Next(IMMIGRATION, "residence.decide_change", "jp"),
    "status_changed": Next(EMPLOYER, "residence.begin_work", "jp"),
    "change_refused": Next(EMPLOYER, "residence.file_change", "jp"),
    "coe_filed": Next(IMMIGRATION, "departures.decide_coe", "jp"),
    "coe_issued": Next(RECRUITER, "departures.record_visa_filed", "pk"),
    "visa_filed": Next(VISA_DESK, "departures.decide_visa", "jp"),
    "visa_issued": Next(RECRUITER, "departures.apply_registration", "pk"),
    "registered": Next(RECRUITER, "departures.build_manifest", "pk"),
    "flight_booked": Next(PROTECTOR, "departures.record_departure", "pk"),
    **dict.fromkeys(("coe_refused", "coe_expired"), Next(EMPLOYER, "departures.file_coe", "jp")),
    **dict.fromkeys(("visa_refused", "visa_expired"), Next(RECRUITER, "departures.record_visa_filed", "pk")),
    "flight_missed": Next(RECRUITER, "departures.build_manifest", "pk"),
    "departed": Next(EMPLOYER, "departures.confirm_arrival", "jp"),
    "arrived": Next(EMPLOYER, "residence.begin_work", "jp"),
    "service_signed": Next(EMPLOYER, "contracts.begin_service", "jp"),
}
AFTER: Mapping[str, Next] = MappingProxyType(_AFTER)
# On a way on which the same step leads elsewhere.
ON_ROUTE: Mapping[tuple[str, str], Next] = MappingProxyType(
    {(SERVICE_ROUTE, "selected"): Next(WORKER, "contracts.agree_service", "pk")}
)
# Steps after which nobody owes anything here any more.
ENDS = frozenset(
    {
        "work_begun", "application_withdrawn", "application_refused", "case_let_go", "nomination_returned", "not_selected",
        "returned", "contract_rescinded", "service_begun", "service_ended",
    }
)  # fmt: skip


def holder_of(found: Next, *, recruited: bool) -> str:
    """Who holds it: where nobody recruits, the employer tells the costs and the worker does the rest themself."""
    if found.holder != RECRUITER or recruited:
        return found.holder
    return EMPLOYER if found.task == "contracts.declare_costs" else WORKER


def next_after(step: str, *, answer: str = "", party: str = "", route: str = "") -> Next | None:
    """Whose turn it is after a step; None where the step changes nothing about that (`ENDS` says where it ends).

    A worker who was given a time on an announced day answers it as any other. One who cannot come (`answer` no) is
    owed another time, and so is one who was not at fault (`party`). For one who lives in Japan the
    employer asks for a change of status in the place of a certificate.
    """
    if step == "contract_signed" and route and is_inside(route):
        return AFTER["change_refused"]
    if step == "slot_taken" and answer != "yes":
        return AFTER["interview_set"]
    if step == "interview_answered" and answer == "no":
        return AFTER["candidate_nominated"]
    if step == "not_appeared" and party and party != "candidate_absent":
        return AFTER["candidate_nominated"]
    return ON_ROUTE.get((route, step)) or AFTER.get(step)
