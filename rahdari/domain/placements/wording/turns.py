"""The turns of a case in words: taking back, returning, moving a time, not appearing."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

REFUSALS = {
    "third_move": _("You moved a time of this candidate twice. Ask your contact point before you move it again."),
    "move_is_free": _("You may move the time %(moves)s times without asking."),
    "move_asked": _("This was asked already."),
    "nothing_asked": _("Nobody asks for a move here."),
    "too_early": _("Wait %(minutes)s minutes after the begin before you say that nobody came."),
    "nothing_to_explain": _("There is nothing to explain here."),
    "worker_not_heard": _("The worker is heard first: they have three working days to say why they did not come."),
    "new_time_owed": _("The candidate has a right to one new time. Set it first."),
    "reason_unlawful": _("Nobody may be turned away for this reason. The law forbids it."),
    "rank_taken": _("Another candidate stands in place %(rank)s of the reserve list."),
    "case_held": _("This case is held: %(causes)s. It goes on when that has ended."),
    "offer_stands": _("You have an offer. Decline it there, it costs nothing either."),
}
PERMISSIONS = {
    "placements.withdraw_application": _("Take one's own application back"),
    "placements.explain_no_show": _("Say why one did not come to an interview"),
    "placements.return_nomination": _("Return a candidate without an interview"),
    "placements.record_no_show": _("Record that an interview was not held"),
    "placements.ask_move": _("Ask whether a time may be moved a third time"),
    "placements.decide_move": _("Decide whether a time may be moved a third time"),
    "placements.hold_cases": _("Hold the cases a licence, an order or a void result touches"),
    "placements.release_cases": _("Release the cases that were held"),
    "placements.mirror_hold": _("Take up that a case is held or goes on"),
    "placements.mirror_withdrawal": _("Take up that a worker took their application back"),
}
STATEMENTS = {"placement.withdrawn/1": _("An application taken back")}
STATES = {
    "missed": _("interview not held"),
    "returned": _("returned by the employer"),
    "asked": _("asked"),
    "allowed": _("allowed"),
    "used": _("used"),
}
CODES = {
    "placements.withdraw_application": _("Take my application back"),
    "placements.explain_no_show": _("Say why I did not come"),
    "placements.return_nomination": _("Return the candidate"),
    "placements.record_no_show": _("The interview was not held"),
    "placements.ask_move": _("Ask for another move"),
    "placements.decide_move": _("Decide on the move"),
    "application_held": _("Application held"),
    "application_released": _("Application goes on"),
    "licence": _("the licence of the recruiter does not hold"),
    "field_order": _("an order stops the field"),
    "qualification_void": _("a test result is void"),
    "application_withdrawn": _("Application taken back"),
    "nomination_returned": _("Returned by the employer"),
    "not_appeared": _("Interview not held"),
    "candidate_absent": _("the candidate did not come"),
    "employer_absent": _("the employer's side did not come"),
    "link_failed": _("the link or the place failed"),
    "profile_does_not_fit": _("The profile does not fit the work"),
    "tests_doubtful": _("The tests are in doubt"),
    "papers_contradict": _("The papers contradict each other"),
    "moved": _("moved by the employer"),
    "proposed": _("proposed by the worker"),
    "after_no_show": _("new time after an interview that was not held"),
    "offer_declined": _("Offer declined"),
}
LABELS = {
    "placements.party": _("Whose fault was it?"),
    "placements.text": _("Why you did not come"),
    "placements.allow": _("The time may be moved once more"),
}
PERMISSIONS |= {"placements.see_turns": _("See who waits for whom in one's own cases")}
CODES |= {
    "holder_worker": _("the worker"),
    "holder_recruiter": _("whoever recruits"),
    "holder_employer": _("the employer"),
    "holder_immigration": _("the immigration agency"),
    "holder_visa_desk": _("the visa desk"),
    "holder_protector": _("the Protector"),
}
PERMISSIONS |= {
    "placements.end_cases": _("Let the cases of a withdrawn demand go"),
    "placements.open_service_case": _("Open the case of a worker who let a client know who they are"),
    "placements.end_service_case": _("End such a case when the worker takes the yes back"),
}
STATES |= {"let_go": _("let go: the demand was withdrawn")}
PERMISSIONS |= {"placements.record_changed_terms": _("Tell that terms were changed after a selection")}
PERMISSIONS |= {"placements.release_selected": _("Let a selected candidate go whose contract is rescinded")}
STATES |= {"rescinded": _("contract rescinded")}
CODES |= {
    "terms_changed": _("Terms changed by the employer"),
    "contract_rescinded": _("Contract rescinded by the employer"),
    "case_let_go": _("Let go, because the demand was withdrawn"),
    "permission": _("the demand has no permission"),
    "filled": _("all places are filled"),
    "bankrupt": _("the employer has stopped its business"),
}
