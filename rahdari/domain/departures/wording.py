"""Certificate, visa, registration, flight and arrival in words; the codes are those of `rules/`."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

REFUSALS = {
    "contract_missing": _("There is no signed contract for this case."),
    "guidance_missing": _("The guidance before departure is not recorded yet."),
    "health_check_missing": _("No doctor's word says that the worker is fit for the work."),
    "council_missing": _("The employer must be a member of the council of the field first."),
    "coe_expired": _("The certificate of eligibility does not hold on this day (it ends %(until)s)."),
    "passport_expires": _("The passport ends too early (%(until)s)."),
    "visa_missing": _("There is no visa yet."),
    "receipt_missing": _("The bank's receipt for this fee is missing: %(item)s."),
    "fees_wrong": _("%(item)s: another amount than the fixed one was paid, or the route has no such fee."),
    "insurance_missing": _("The number and the day of the insurance are missing."),
    "orientation_missing": _("The orientation before departure is missing."),
    "permission_expired": _("The permission for the demand does not hold today (it ends %(until)s)."),
    "under_18": _("The worker must be 18."),
    "windows_do_not_overlap": _("Certificate and visa are not in force together any more (%(window)s ends %(until)s)."),
    "no_clearance": _("The Protector has not cleared this departure."),
    "window_closes": _("%(window)s ends on %(until)s; the landing on %(day)s comes too late."),
    "flight_missing": _("Give the flight as the airline writes it, for example PK898."),
    "airport_unknown": _("This is not an airport of the journey."),
    "time_missing": _("The arrival must lie after the departure, and still to come."),
    "people_missing": _("Nobody is on the manifest."),
    "not_on_manifest": _("The person is on no manifest."),
    "not_departed": _("The person has not departed yet."),
    "paper_unknown": _("There is no such kind of paper."),
}

PERMISSIONS = {
    "departures.see_departure": _("See how far a departure has come"),
    "departures.record_paper": _("Keep a paper of a departure"),
    "departures.file_coe": _("Tell that a certificate of eligibility was applied for, or enter it from paper"),
    "departures.decide_coe": _("Issue a certificate of eligibility, or enter one from paper"),
    "departures.record_visa_filed": _("Tell that the visa was applied for"),
    "departures.decide_visa": _("Record a visa, or enter one from its sticker"),
    "departures.apply_registration": _("Apply for the registration with the Protector"),
    "departures.issue_clearance": _("Register a worker and clear the departure"),
    "departures.build_manifest": _("Put people on a flight"),
    "departures.record_departure": _("Record a departure"),
    "departures.confirm_arrival": _("Confirm an arrival, or enter it from paper"),
    "departures.mirror_step": _("Take up a step of a departure from the other state"),
}

STATES = {
    "begun": _("begun"),
    "coe_filed": _("Certificate of eligibility applied for"),
    "coe_issued": _("Certificate of eligibility issued"),
    "visa_filed": _("Visa applied for"),
    "visa_issued": _("Visa issued"),
    "registration_applied": _("Registration applied for"),
    "cleared": _("Cleared by the Protector"),
    "flight_booked": _("Flight booked"),
    "departed": _("Departed"),
    "arrived": _("Arrived"),
}

CODES = {
    "departures.file_coe": _("Tell of the application for the certificate"),
    "departures.decide_coe": _("Issue the certificate of eligibility"),
    "departures.record_visa_filed": _("Tell of the application for the visa"),
    "departures.decide_visa": _("Record the visa"),
    "departures.apply_registration": _("Apply for the registration"),
    "departures.issue_clearance": _("Clear the departure"),
    "departures.build_manifest": _("Book on a flight"),
    "departures.record_departure": _("Record the departure"),
    "departures.confirm_arrival": _("Confirm the arrival"),
    "guidance": _("guidance before departure"),
    "health_check": _("health check"),
    "council": _("membership of the council"),
    "coe": _("the certificate of eligibility"),
    "visa": _("visa"),
}

LABELS = {
    "departures.bureau": _("Immigration bureau"),
    "departures.bureau.hint": _("Its code, for example TOKYO"),
    "departures.receipt_no": _("Number of the receipt"),
    "departures.council_member": _("The employer is a member of the council of the field"),
    "departures.coe_number": _("Number of the certificate of eligibility"),
    "departures.until": _("First day without visa"),
    "departures.until.hint": _("Empty: three months from the day of issue"),
    "departures.number": _("Number on the sticker"),
    "departures.receipts": _("Receipts of the fees"),
    "departures.receipts.item": _("Which fee"),
    "departures.receipts.amount": _("Amount, in paisa"),
    "departures.receipts.number": _("Number of the bank's receipt"),
    "departures.receipts.paid_on": _("Paid on"),
    "departures.insurance_no": _("Number of the insurance"),
    "departures.insured_on": _("Insured from"),
    "departures.oriented_on": _("Orientation on"),
    "departures.terms_hash": _("Check number on the contract shown"),
    "departures.flight": _("Flight"),
    "departures.leaves_from": _("Leaves from"),
    "departures.airport": _("Lands at (IATA)"),
    "departures.leaves_at": _("Leaves at"),
    "departures.eta": _("Expected to land at"),
    "departures.picked_up": _("Met at the airport"),
}
