"""The private questions of costs and terms in words; the codes are those of `rules/questions.py`."""

from django.utils.translation import gettext_lazy as _

REFUSALS = {
    "not_held_property": _("%(said)s is not in the list of what somebody may hold."),
    "term_unknown": _("%(said)s is not in the list of terms."),
    "nothing_contested": _("Say what is wrong: what you were asked to pay, what somebody holds, or what is threatened."),
    "follow_up_unknown": _("Choose what follows from the answer."),
}
PERMISSIONS = {
    "contracts.contest_costs": _("Say in private what is wrong with the costs of one's own case"),
    "contracts.ask_again": _("Ask a worker in private, after the arrival, what was paid"),
    "contracts.answer_again": _("Answer in private what was paid and whether the terms hold"),
    "contracts.see_answers": _("See private answers that differ, without the worker's name"),
    "contracts.see_answer": _("See a private answer, without the worker's name"),
    "contracts.examine_answer": _("Decide what follows from a private answer"),
}
STATES = {
    "answer_asked": _("asked the worker"),
    "answer_agrees": _("agrees"),
    "answer_differs": _("to be examined"),
    "answer_silent": _("not answered"),
    "answer_examined": _("examined"),
}
CODES = {
    "contracts/letters/ask_again": _("Two private questions"),
    "contracts.contest_costs": _("Something is wrong with the costs"),
    "contracts.answer_again": _("Two private questions"),
    "contracts.examine_answer": _("Decide on a private answer"),
    "costs_before": _("before the contract"),
    "costs_first": _("after the arrival, first time"),
    "costs_second": _("after the arrival, second time"),
    "answer_differs": _("to be examined"),
    "answer_examined": _("examined"),
    "held_money": _("money"),
    "held_passport": _("the passport"),
    "term_work": _("the work itself"),
    "term_place": _("the place of work"),
    "term_deductions": _("what is taken from the pay"),
    "held_valuables": _("jewellery or other valuables"),
    "held_land_papers": _("papers of land or a house"),
    "held_residence_card": _("the residence card"),
    "held_telephone": _("the telephone"),
    "held_bank_book": _("a bank book, card or seal"),
    "held_other_property": _("something else"),
    "term_pay": _("the pay"),
    "term_hours": _("the hours"),
    "term_housing": _("the housing"),
    "term_language_of_contract": _("a contract I was not given in my language"),
    "terms_differ": _("terms other than in the contract"),
    "notice": _("Draft a notice to the other state, without the worker's name"),
    "put_right": _("It was put right"),
    "no_ground": _("There is no ground"),
}
LABELS = {
    "contracts.asked_for_more": _("I was asked for more than is in this list"),
    "contracts.paid": _("What did you and your family pay in all?"),
    "contracts.paid.hint": _("In rupees or yen, without paisa. Leave it empty if it is what the list says."),
    "contracts.currency": _("Currency"),
    "contracts.paid_to": _("To whom?"),
    "contracts.held": _("Is anybody holding something of yours or your family's?"),
    "contracts.penalty": _("I was told I must pay if I leave or change my employer"),
    "contracts.differing": _("What is not as in your contract?"),
    "contracts.words": _("Anything else, in your own words"),
    "contracts.outcome": _("What follows"),
    "contracts.reason": _("Why"),
}
