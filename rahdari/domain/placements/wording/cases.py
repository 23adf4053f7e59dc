"""The case in words: refusals, states, codes, labels; the codes are those of `rules/cases.py`."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

REFUSALS = {
    "step_not_on_route": _("This step does not exist on this way: %(step)s."),
    "under_age": _("You must be %(years)s years old to apply for this work."),
    "vacancy_closed": _("This vacancy is closed."),
    "already_applied": _("You applied for this vacancy before."),
    "not_in_japan": _("These places are for people who live in Japan with a status of residence. Say that you do."),
    "degree_or_practice_missing": _(
        "This work needs a degree, or %(years)s years of practice in it with a proof of each employer. Record them in the file."
    ),
    "working_language_missing": _("Work that faces people needs %(level)s in the language of the work (%(language)s)."),
    "consent_missing": _("Without consent the file cannot be shown to the recruiter and the employer."),
    "not_own_case": _("This case is not yours."),
    "tests_missing": _("Tests are missing: %(tests)s."),
    "barred_person": _("This person is barred from the tests until %(until)s."),
    "not_shortlisted": _("Say by which declared rule the candidate was ranked, and in which place."),
    "less_than_48_h": _("Between now and the interview there must be at least 48 hours."),
    "outside_worker_hours": _("At that time it is night in Pakistan. Choose a time between 7 and 21 o'clock there."),
    "clash": _("The worker has another interview at that time."),
    "place_missing": _("Say where the interview is held, or give the link."),
    "too_late": _("The time for this is over. Ask whoever set it what can still be done."),
    "already_answered": _("You answered this already."),
    "yes_or_no_missing": _("Say yes or no."),
    "no_interview": _("No interview has been held yet."),
    "terms_missing": _("A candidate is selected with the terms the employer signed: make the offer."),
    "rank_missing": _("Say in which place on the reserve list."),
    "outcome_unknown": _("This outcome is not known here."),
}

PERMISSIONS = {
    "placements.follow_file": _("Let cases follow a file that was merged"),
    "placements.see_cases": _("See the cases at the desk"),
    "placements.see_case": _("See one case with its line"),
    "placements.see_lines": _("See one's own applications"),
    "placements.see_line": _("See one's own line"),
    "placements.file_application": _("Apply for a vacancy"),
    "placements.nominate_candidate": _("Name a candidate to the employer"),
    "placements.set_interview": _("Set a time for an interview, or enter it from paper"),
    "placements.answer_interview": _("Answer an interview"),
    "placements.record_decision": _("Record what the employer decided"),
    "placements.record_step": _("Record a step of the line"),
    "placements.mirror_nomination": _("Take up a candidate the other state named"),
    "placements.mirror_interview": _("Take up a time the employer set"),
    "placements.mirror_answer": _("Take up what the worker answered"),
    "placements.mirror_decision": _("Take up what the employer decided"),
}

STATEMENTS = {
    "placement.nominated/1": _("A candidate named to the employer"),
    "placement.interview_set/1": _("A time for an interview"),
    "placement.decided/1": _("What the employer decided on a candidate"),
}

STATES = {
    "applied": _("applied"),
    "nominated": _("nominated"),
    "interview_set": _("interview set"),
    "selected": _("selected"),
    "reserve": _("on the reserve list"),
    "not_selected": _("not selected"),
}

CODES = {
    "placements.file_application": _("Apply with my file"),
    "placements.nominate_candidate": _("Name the candidate to the employer"),
    "placements.set_interview": _("Set the interview"),
    "placements.answer_interview": _("Answer the interview"),
    "placements.record_decision": _("Record the decision"),
    "order_of_application": _("who applied first"),
    "test_score": _("results of the tests"),
    "interview_by_promoter": _("conversation with the recruiter"),
    "by_the_employer": _("asked for by the employer"),
    "skill_below": _("The skill is not what the work needs"),
    "language_below": _("The Japanese is not what the work needs"),
    "experience_below": _("The experience is not what the work needs"),
    "places_filled": _("All places are filled"),
    "did_not_appear": _("The candidate did not appear"),
    "own_wish": _("By the candidate's own wish"),
    "contact_point": _("the contact point"),
    "yes": _("yes"),
    "no": _("no"),
    "passed": _("done"),
    "current": _("now"),
    "ahead": _("not yet"),
    "through": _("passed through"),
    "not_on_route": _("not on this way"),
}

LABELS = {
    "placements.in_japan": _("I live in Japan and hold a residence card"),
    "placements.show_file": _("The recruiter and the employer may see my file for this vacancy"),
    "placements.rank": _("Place in the ranking"),
    "placements.rule": _("Ranked by"),
    "placements.starts_at": _("Begins at"),
    "placements.starts_at.hint": _("By the clock of this node"),
    "placements.minutes": _("Minutes"),
    "placements.place": _("Place or link"),
    "placements.language": _("Language of the interview"),
    "placements.interpreter": _("Interpreter brought by"),
    "placements.answer": _("Will you come?"),
    "placements.other_times": _("Other times you can come"),
    "placements.other_times.hint": _("Up to five, by the clock of Pakistan."),
    "placements.outcome": _("Outcome"),
    "placements.reason": _("Reason"),
    "placements.reserve_rank": _("Place on the reserve list"),
}
