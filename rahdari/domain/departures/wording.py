"""Certificate, visa, registration, flight and arrival in words; the codes are those of `rules/`."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

REFUSALS = {
    "nobody_travels": _("Nobody departs on this way, so it has no certificate of eligibility, no visa and no clearance."),
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
    "departures.receipts.amount": _("Amount, in rupees"),
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

# The clearance, its pass, and slips for an outage.
REFUSALS |= {
    "already_departed": _("The person has departed already."),
    "worker_unheard": _("Say on which day the worker was heard."),
    "revocation_waits": _("A proposal to revoke waits for a second officer already."),
    "no_revocation_waits": _("Nobody proposed to revoke this clearance."),
    "clearance_stands": _("Nothing was decided against this clearance."),
    "appealed_before": _("There was an appeal against this decision already."),
    "appeal_too_late": _("The last day for an appeal was %(until)s."),
    "no_appeal_open": _("No appeal waits to be decided."),
    "no_keys": _("This node has no key in force, so it can sign nothing."),
    "slips_number": _("A book has between 1 and %(most)s slips."),
    "slips_too_long": _("Slips may be good until %(last)s at most, and must end after today."),
    "lines_missing": _("Enter between 1 and %(most)s counterfoils."),
    "slip_unknown": _("%(serial)s is no slip of this book. Look at the serial once more, with its check digit."),
    "slip_used": _("%(serial)s was used already."),
    "slip_void": _("%(serial)s was taken back before."),
    "slip_not_good": _("%(serial)s was not good on %(day)s."),
    "case_unknown": _("There is no case %(number)s."),
    "not_own_desk": _("These slips belong to another desk."),
}
PERMISSIONS |= {
    "departures.see_pass": _("See a clearance pass"),
    "departures.replace_pass": _("Give a new clearance pass"),
    "departures.refuse_clearance": _("Refuse a clearance"),
    "departures.propose_revocation": _("Propose to revoke a clearance"),
    "departures.revoke_clearance": _("Revoke a clearance, as second officer"),
    "departures.drop_revocation": _("Take a proposal to revoke back"),
    "departures.appeal_clearance": _("Appeal to the Bureau about a clearance"),
    "departures.decide_clearance_appeal": _("Decide an appeal about a clearance"),
    "departures.see_slips": _("See the blank slips of the own desk"),
    "departures.see_slip_book": _("See and print a book of blank slips"),
    "departures.draw_slips": _("Draw blank slips for an outage"),
    "departures.void_slips": _("Take blank slips back"),
    "departures.reconcile_slips": _("Take up the counterfoils of an outage"),
    "departures.end_pass": _("End the pass of a case that is over"),
    "departures.keep_pass_list": _("Keep the list of revoked passes of the other state"),
}
STATES |= {
    "clearance_refused": _("Clearance refused"),
    "clearance_revoked": _("Clearance revoked"),
}
CODES |= {
    "departures.replace_pass": _("Give a new pass"),
    "departures.refuse_clearance": _("Refuse the clearance"),
    "departures.propose_revocation": _("Propose to revoke the clearance"),
    "departures.revoke_clearance": _("Revoke the clearance"),
    "departures.drop_revocation": _("Take the proposal back"),
    "departures.appeal_clearance": _("Appeal to the Bureau"),
    "departures.decide_clearance_appeal": _("Decide the appeal"),
    "departures.draw_slips": _("Draw blank slips"),
    "departures.void_slips": _("Take slips back"),
    "departures.reconcile_slips": _("Take up counterfoils"),
    "replaced_lost": _("lost"),
    "replaced_damaged": _("damaged"),
    "replaced_passport_changed": _("new passport"),
    "replaced_key_compromised": _("the key that signed it is not safe any more"),
    "stopped_papers_false": _("False papers"),
    "stopped_terms_differ": _("Other terms than the contract"),
    "stopped_costs_on_worker": _("Unlawful costs on the worker"),
    "stopped_worker_unwilling": _("The worker does not wish to go"),
    "stopped_insurance_void": _("The insurance does not hold"),
    "stopped_not_fit": _("Not fit for the work"),
    "stopped_barred": _("Barred from leaving by an order"),
    "stopped_other": _("Another ground, noted in the file"),
    "voided_lost": _("lost"),
    "voided_damaged": _("damaged"),
    "voided_outage_over": _("left over after the outage"),
    "stop_refused": _("Clearance refused"),
    "stop_revoked": _("Clearance revoked"),
    "appeal_asked": _("waits for the Bureau"),
    "appeal_upheld": _("The decision stands"),
    "appeal_lifted": _("The decision is lifted"),
}
LABELS |= {
    "departures.code": _("Ground"),
    "departures.heard_on": _("The worker was heard on"),
    "departures.note": _("Note for the file"),
    "departures.note.hint": _("Only the Protector and the Bureau read it"),
    "departures.words": _("Why the decision is wrong"),
    "departures.outcome": _("Decision"),
    "departures.reasons": _("Reasons"),
    "departures.slips": _("How many slips"),
    "departures.good_until": _("First day on which they are no good any more"),
    "departures.good_until.hint": _("Empty: as long as the tables allow"),
    "departures.first": _("First serial"),
    "departures.first.hint": _("Empty: from the beginning of the book"),
    "departures.last": _("Last serial"),
    "departures.last.hint": _("Empty: to the end of the book"),
    "departures.lines": _("Counterfoils"),
    "departures.lines.serial": _("Serial"),
    "departures.lines.case_number": _("Number of the case"),
    "departures.lines.on": _("Written on"),
}

# What goes wrong on the way.
REFUSALS |= {
    "next_flight_before": _("The next flight (%(day)s) lies before the day on which this one was missed."),
}
PERMISSIONS |= {
    "departures.record_flight_missed": _("Record that a person missed the flight"),
}
STATES |= {
    "flight_missed": _("Flight missed, to be booked on another"),
}
CODES |= {
    "departures.record_flight_missed": _("Record that the flight was missed"),
    "missed_offloaded": _("not let on board"),
    "missed_late": _("came late to the airport"),
    "missed_ill": _("fell ill"),
    "missed_cancelled": _("the flight was cancelled"),
    "missed_no_show": _("did not come to the airport"),
}
LABELS |= {
    "departures.next_on": _("Day of the next flight"),
    "departures.next_on.hint": _("Empty: not known yet"),
}
REFUSALS |= {
    "eta_not_passed": _("The flight has not landed yet (%(eta)s)."),
    "arrival_awaited": _("There is still time to confirm the arrival, until %(until)s."),
}
PERMISSIONS |= {
    "departures.report_no_arrival": _("Tell that a person did not arrive"),
    "departures.miss_arrival": _("Tell of an arrival that nobody confirmed in time"),
}
STATES |= {
    "not_arrived": _("Departed, not arrived"),
}
CODES |= {
    "departures.report_no_arrival": _("Tell that the person did not arrive"),
    "departures.trace_person": _("Find a person who did not arrive"),
    "last_known_boarded": _("departed, nothing known since"),
    "last_known_transit": _("seen at a stop on the way"),
    "last_known_landed": _("landed, but not met"),
    "last_known_nowhere": _("nobody knows"),
}
LABELS |= {
    "departures.last_known": _("Last known"),
}

# Japan's offices answer no, or not yet; papers whose time has run out.
REFUSALS |= {
    "due_too_soon": _("The last day for the papers (%(day)s) must still be to come."),
    "window_open": _("The paper still holds (until %(until)s)."),
}
PERMISSIONS |= {
    "departures.refuse_coe": _("Refuse a certificate of eligibility, or enter its refusal from paper"),
    "departures.ask_for_papers": _("Ask for more papers for a certificate, or enter that from paper"),
    "departures.refuse_visa": _("Refuse a visa, or enter its refusal from paper"),
    "departures.expire_paper": _("Record that a certificate or a visa ended"),
}
STATES |= {
    "coe_refused": _("Certificate of eligibility refused, to be filed again"),
    "coe_expired": _("Certificate of eligibility ended, to be filed again"),
    "visa_refused": _("Visa refused, can be applied for again"),
    "visa_expired": _("Visa ended, to be applied for again"),
}
CODES |= {
    "departures.refuse_coe": _("Refuse the certificate"),
    "departures.ask_for_papers": _("Ask for more papers"),
    "departures.refuse_visa": _("Refuse the visa"),
    "departures.bring_papers": _("Bring the papers the bureau asks for"),
    "coe_refused_requirements": _("requirements of the status not met"),
    "coe_refused_employer": _("requirements on the employer not met"),
    "coe_refused_support_plan": _("the support plan does not suffice"),
    "coe_refused_papers_false": _("doubts about the papers"),
    "coe_refused_papers_missing": _("papers asked for were not brought"),
    "coe_refused_past_stay": _("an earlier stay in Japan"),
    "coe_refused_other": _("another reason of the letter"),
    "brought_contract": _("contract of employment"),
    "brought_support_plan": _("support plan"),
    "brought_health_check": _("result of the health check"),
    "brought_test_certificates": _("certificates of the tests"),
    "brought_employer_accounts": _("accounts of the employer"),
    "brought_taxes": _("proof of taxes and social insurance"),
    "brought_council": _("proof of membership of the council"),
    "brought_photo": _("photograph of the applicant"),
    "brought_other": _("other papers of the letter"),
    "sure_low": _("little"),
    "sure_medium": _("fairly"),
    "sure_high": _("well founded"),
}
LABELS |= {
    "departures.codes": _("Reasons of the letter"),
    "departures.items": _("Papers asked for"),
    "departures.due": _("Last day for the papers"),
}

# Windows that close, and whoever is warned of it.
REFUSALS |= {
    "warned_before": _("Whoever carries the case through was warned of this end already (%(until)s)."),
}
PERMISSIONS |= {
    "departures.warn_of_window": _("Warn that a certificate, a visa or a permission ends soon"),
    "departures.renew_permission": _("End the warnings of a permission that was renewed"),
}
CODES |= {
    "departures/letters/permission_closes": _("The permission for your work ends soon"),
    "departures/letters/window_closes": _("A paper for your journey ends soon"),
    "departures.use_coe": _("Certificate of eligibility ends soon: landing by then"),
    "departures.use_visa": _("Visa ends soon: landing by then"),
    "departures.use_permission": _("Permission ends soon: registration by then"),
}

# Many on one flight.
REFUSALS |= {
    "too_many_people": _("At most %(most)s people can be told of at once."),
    "named_twice": _("This person is named twice."),
}
PERMISSIONS |= {
    "departures.see_ready": _("See who can depart, and who cannot yet and why"),
    "departures.see_manifests": _("See the manifests with own people"),
    "departures.see_manifest": _("See a manifest with own people"),
    "departures.see_manifest_table": _("Take a manifest along as a table"),
    "departures.record_departures": _("Record who of a manifest left and who did not"),
    "departures.confirm_arrivals": _("Confirm who of a manifest arrived and who did not"),
}
CODES |= {
    "departures.record_departures": _("Record who left"),
    "departures.confirm_arrivals": _("Confirm who arrived"),
    "missed_rebooked": _("put on another flight"),
}
LABELS |= {
    "departures.cases": _("People"),
    "departures.departed": _("Who left"),
    "departures.missed": _("Who missed the flight"),
    "departures.missed.case": _("Case"),
    "departures.missed.code": _("Why"),
    "departures.missed.next_on": _("Day of the next flight"),
    "departures.arrived": _("Who arrived"),
    "departures.arrived.case": _("Case"),
    "departures.arrived.picked_up": _("Met at the airport"),
    "departures.not_arrived": _("Who did not arrive"),
    "departures.not_arrived.case": _("Case"),
    "departures.not_arrived.last_known": _("Last known"),
}
