"""The labels of the forms of organisations: `LABELS["organisations.member"]`, and hints beside them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

LABELS = {
    "organisations.kind": _("Kind"),
    "organisations.entry.names": _("Names"),
    "organisations.entry.names.hint": _("One a line, in every script the organisation uses"),
    "organisations.entry.address": _("Address of the office"),
    "organisations.entry.phones": _("Phones of the office"),
    "organisations.entry.phones.hint": _("One a line; anyone can read them"),
    "organisations.entry.corporate_number": _("Corporate number"),
    "organisations.entry.officers": _("People behind it"),
    "organisations.entry.officers.name": _("Name"),
    "organisations.entry.officers.role": _("Role"),
    "organisations.entry.officers.identity": _("Number of the identity card"),
    "organisations.entry.officers.phone": _("Phone of the person"),
    "organisations.entry.accounts": _("Accounts"),
    "organisations.entry.accounts.bank": _("Bank"),
    "organisations.entry.accounts.number": _("Account number"),
    "organisations.entry.branches": _("Branches"),
    "organisations.entry.branches.city": _("City"),
    "organisations.entry.branches.address": _("Address"),
    "organisations.security.amount": _("Security deposit"),
    "organisations.security.amount.hint": _("In whole units, for example 15,000 or 15000.50; the currency stands beside it"),
    "organisations.security.currency": _("Currency of the deposit"),
    "organisations.security.reference": _("Reference of the bank"),
    "organisations.security.lodged_on": _("Lodged on"),
    "organisations.number": _("Licence number"),
    "organisations.from_on": _("Holds from"),
    "organisations.until": _("First day on which it no longer holds"),
    "organisations.law": _("Law and article"),
    "organisations.law.hint": _("Where the length or the ground comes from"),
    "organisations.text": _("Reasons"),
    "organisations.text.hint": _("For the file; the public reads the ground alone"),
    "organisations.name_cleared": _("How it is known that a like name is another"),
    "organisations.ground": _("Ground"),
    "organisations.known_by": _("Known to be this one by"),
    "organisations.shown_cause_on": _("Called to show cause on"),
    "organisations.hearing_on": _("Hearing on"),
    "organisations.interim": _("At once; the hearing follows"),
    "organisations.appeal_until": _("First day on which an appeal is too late"),
    "organisations.declarations_filed": _("All declarations of fees are filed"),
    "organisations.workers_settled": _("The money of its workers is settled"),
    "organisations.outcome": _("Outcome"),
    "organisations.paper": _("Document"),
    "organisations.paper_2": _("Second document"),
}

# The further desks of those who keep the register, as buttons name them.
CODES = {
    "organisations.see_matches": _("Matches"),
    "organisations.see_individuals": _("Without a licence"),
}
