"""What the messages of a case are called in the list of messages, by their template."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

PERMISSIONS = {"placements.tell_worker": _("Write to a worker what happened on their line")}
CODES = {
    "placements/letters/application_filed": _("Your application is received"),
    "placements/letters/application_refused": _("Your application was refused"),
    "placements/letters/application_withdrawn": _("Your application was taken back"),
    "placements/letters/application_released": _("Your application goes on"),
    "placements/letters/candidate_nominated": _("You were named to the employer"),
    "placements/letters/nomination_returned": _("The employer returned your application"),
    "placements/letters/case_let_go": _("The employer withdrew this work"),
    "placements/letters/on_hold": _("Your application is held"),
    "placements/letters/interview_set": _("A time for your interview"),
    "placements/letters/slot_taken": _("A time at the interview day"),
    "placements/letters/not_appeared": _("Your interview was not held"),
    "placements/letters/selected": _("You were selected"),
    "placements/letters/reserve": _("You are on the reserve list"),
    "placements/letters/not_selected": _("You were not selected for this vacancy"),
    "placements/letters/terms_changed": _("Your terms were changed"),
    "placements/letters/costs_declared": _("Your costs are declared"),
    "placements/letters/costs_confirmed": _("Your costs are confirmed"),
    "placements/letters/contract_signed": _("Your contract is signed"),
    "placements/letters/contract_rescinded": _("Your contract was taken back"),
    "placements/letters/coe_filed": _("Your certificate was applied for"),
    "placements/letters/coe_issued": _("Your certificate is issued"),
    "placements/letters/coe_refused": _("A decision on your certificate"),
    "placements/letters/coe_expired": _("Your certificate has ended"),
    "placements/letters/visa_issued": _("Your visa is issued"),
    "placements/letters/visa_refused": _("A decision on your visa"),
    "placements/letters/visa_expired": _("Your visa has ended"),
    "placements/letters/registered": _("You are registered with the Protector"),
    "placements/letters/clearance_refused": _("A decision on your clearance"),
    "placements/letters/clearance_revoked": _("Your clearance pass no longer counts"),
    "placements/letters/flight_booked": _("Your flight is booked"),
    "placements/letters/flight_missed": _("You were not on the flight"),
    "placements/letters/departed": _("Your departure is recorded"),
    "placements/letters/arrived": _("Your arrival is recorded"),
    "placements/letters/not_arrived": _("Your arrival was not reported"),
    "placements/letters/work_begun": _("Your first day of work is recorded"),
    "placements/letters/held": _("Your application is held"),
    "placements/letters/move_agreed": _("Your application goes on"),
    "placements/letters/move_declined": _("Choose another one"),
}
