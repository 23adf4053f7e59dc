"""Offer, confirmations, costs and contract in words; the codes are those of `rules/`."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from rahdari.domain.jobs.wording.labels import LABELS as DEMANDED

REFUSALS = {
    "terms_worse": _("The terms are worse for the worker than those of the demand: %(members)s."),
    "employer_not_signed": _("The employer has not signed the terms."),
    "below_comparable_pay": _("The basic pay is below that of a Japanese worker doing the same."),
    "language_missing": _("There is no text in this language: %(language)s."),
    "terms_not_confirmed": _("The worker has not confirmed the terms yet."),
    "costs_not_confirmed": _("The worker has not confirmed the costs yet."),
    "costs_not_declared": _("The costs are not declared yet."),
    "landing_missing": _("Say on which day you expect to land in Japan."),
    "under_18_at_landing": _("The worker must be 18 on the day of landing (%(day)s)."),
    "date_in_past": _("%(day)s has passed. Give a day to come."),
    "over_ceiling": _(
        "Line %(position)s is above what may be charged on this route. The lawful most is %(ceiling)s %(currency)s."
    ),
    "fee_is_fixed": _("The fee of line %(position)s is fixed at %(ceiling)s %(currency)s."),
    "no_basis": _("Line %(position)s has no basis: say how the amount was worked out."),
    "cost_unknown": _("There is no cost of this code in the tables: %(code)s."),
    "amount_not_whole": _("The amount of line %(position)s is not a whole number of a known currency."),
    "forbidden_for_worker": _("Line %(position)s may not be asked of the worker."),
    "cash": _("Line %(position)s: no cash. Only a bank or an approved digital way."),
    "not_alone_in_session": _(
        "Confirm this alone and in your own session. If somebody is pressing you, stop here and report it."
    ),
    "lines_changed": _("The lines have changed since you saw them. Read them again."),
    "not_own_case": _("This case is not yours."),
    "penalty_forbidden": _("A contract that was taken back costs the worker nothing. Nothing may be asked for it."),
    "worker_departed": _("The worker has left. The contract is ended at work, not taken back."),
    "nothing_changed": _("Nothing was changed."),
    "no_place": _("All %(places)s places are filled."),
}

PERMISSIONS = {
    "contracts.see_terms": _("See terms, costs and contract of a case"),
    "contracts.offer_employment": _("Select a candidate and offer terms, or enter the offer from paper"),
    "contracts.confirm_terms": _("Confirm the terms of one's own case"),
    "contracts.declare_costs": _("Declare the costs of a case"),
    "contracts.confirm_costs": _("Confirm the costs of one's own case"),
    "contracts.sign_contract": _("Sign one's own contract"),
    "contracts.mirror_decision": _("Take up a decision and its terms from the other state"),
    "contracts.mirror_step": _("Take up a step of terms, costs or contract from the other state"),
    "contracts.decline_offer": _("Decline one's own offer"),
    "contracts.call_reserve": _("Call a candidate from the reserve list"),
    "contracts.mirror_withdrawal": _("Take up that a worker took their application back"),
    "contracts.change_terms": _("Change the terms of a selected candidate, with their agreement"),
    "contracts.agree_change": _("Agree to changed terms of one's own contract"),
    "contracts.rescind_contract": _("Take back one's own signed contract before the departure"),
    "contracts.end_offers": _("End the offers of a withdrawn demand"),
}

STATES = {
    "offered": _("offered"),
    "terms_confirmed": _("terms confirmed"),
    "signed": _("signed"),
    "rescinded": _("contract rescinded"),
}

CODES = {
    "contracts.offer_employment": _("Offer employment"),
    "contracts.confirm_terms": _("Confirm the terms"),
    "contracts.declare_costs": _("Declare the costs"),
    "contracts.confirm_costs": _("Confirm the costs"),
    "contracts.sign_contract": _("Sign the contract"),
    "contracts.decline_offer": _("Decline the offer"),
    "contracts.call_reserve": _("Call from the reserve list"),
    "contracts.change_terms": _("Change the terms"),
    "contracts.agree_change": _("Agree to the changed terms"),
    "contracts.rescind_contract": _("Take the contract back"),
    "rescinded": _("Contract rescinded"),
    "family_matter": _("A family matter"),
    "health_matter": _("A matter of health"),
    "terms_not_kept": _("The terms are not kept"),
    "work_fell_away": _("The work has fallen away"),
    "papers_false": _("Papers were false"),
    "agreed_by_both": _("Both sides agreed"),
    "bank": _("a bank"),
    "digital": _("an approved digital way"),
    "cash": _("cash"),
    "government": _("the government"),
    "airline": _("an airline"),
    "clinic": _("a clinic"),
    "test_centre": _("a test centre"),
    "training_body": _("a training body"),
    "landlord": _("a landlord"),
    "pay_basic": _("basic pay"),
    "hours_week": _("hours a week"),
    "days_year": _("days a year"),
    "leave": _("days of leave"),
    "length_months": _("months of the contract"),
    "return_travel": _("journey home"),
    "deductions": _("deductions"),
}

# An offer asks for the terms a demand asked for, in the same words.
TERMS = "jobs.asked.terms"
LABELS = {
    **{f"contracts.terms{key.removeprefix(TERMS)}": words for key, words in DEMANDED.items() if key.startswith(TERMS)},
    "contracts.terms_hash": _("Check number of the terms"),
    "contracts.employer_signed_on": _("Employer signed on"),
    "contracts.language": _("Read in"),
    "contracts.lines": _("Costs, and who pays them"),
    "contracts.lines.code": _("Cost"),
    "contracts.lines.code.hint": _("A code of the tables of fees, for example REGISTRATION"),
    "contracts.lines.amount": _("Amount"),
    "contracts.lines.amount.hint": _("In whole units, for example 15,000 or 15000.50; the currency stands beside it"),
    "contracts.lines.currency": _("Currency"),
    "contracts.lines.payer": _("Who pays"),
    "contracts.lines.payee": _("Who is paid"),
    "contracts.lines.basis": _("How it was worked out"),
    "contracts.lines.channel": _("Way of payment"),
    "contracts.lines_hash_seen": _("Check number of the lines"),
    "contracts.alone": _("I am alone and nobody tells me what to answer"),
    "contracts.lands_on": _("Expected day of landing"),
    "contracts.health_fit": _("A doctor found me fit for the work"),
}
