"""Persons who recruit without a licence in words; the codes are those of `rules/individuals.py`."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

REFUSALS = {
    "evidence_missing": _("Add a paper that shows it."),
    "reply_until_missing": _("Give the person time to answer: a day after today."),
    "reply_awaited": _("The person may still answer, until %(day)s."),
    "individual_known": _("This card is in an entry already: use that one."),
    "organisation_unknown": _("No register has this licence number."),
}

PERMISSIONS = {
    "organisations.see_individuals": _("See the persons who recruit without a licence"),
    "organisations.see_individual": _("See one person who recruits without a licence"),
    "organisations.see_individual_document": _("Take a document about a person who recruits without a licence"),
    "organisations.record_individual": _("Enter a person who recruits without a licence"),
    "organisations.record_individual_reply": _("Write down what such a person answered"),
    "organisations.decide_individual": _("Decide whether a warning stands"),
    "organisations.lift_individual": _("Lift a warning"),
}

STATES = {
    "entered": _("being heard"),
    "standing": _("the warning stands"),
    "dropped": _("dropped, no warning"),
}

CODES = {
    **{f"individual_{state}": words for state, words in STATES.items()},
    "individual_lifted": _("warning lifted"),
    "individual_sub_agent": _("worked as a sub-agent"),
    "individual_no_licence": _("recruited without any licence"),
    "individual_licence_of_another": _("showed the licence of another"),
    "individual_money_taken": _("took money for a job abroad"),
    "individual_papers_held": _("kept passports or papers"),
    "organisations.record_individual": _("Enter a person"),
    "organisations.record_individual_reply": _("Write down the answer"),
    "organisations.decide_individual": _("Decide on the warning"),
    "organisations.lift_individual": _("Lift the warning"),
}

LABELS = {
    "organisations.name": _("Name of the person"),
    "organisations.father": _("Father's name"),
    "organisations.identity": _("Number of the identity card"),
    "organisations.phones": _("Phones"),
    "organisations.phones.hint": _("One a line; whoever looks one up will learn that a warning stands"),
    "organisations.works_in": _("Town or district where the person works"),
    "organisations.asked_on": _("Asked to answer on"),
    "organisations.reply_until": _("First day on which an answer is too late"),
    "organisations.licence_shown": _("Number of the licence that was shown"),
    "organisations.reply": _("What the person answered"),
    "organisations.replied_on": _("Answered on"),
    "organisations.reasons": _("Reasons of the decision"),
}
