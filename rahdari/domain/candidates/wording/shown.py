"""Words of candidates: profiles without a name that a firm was shown, and who stands behind one."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

REFUSALS = {
    "profile_not_there": _("This profile does not stand any more: %(number)s. Choose another."),
    "purpose_missing": _("Say for what you want to know who it is."),
    "profile_over": _("This profile does not stand any more."),
    "reveal_asked_before": _("Who stands behind this profile was asked before."),
    "firm_may_not_ask": _(
        "The register no longer lets your firm, or the business it asks through, employ or place people today."
    ),
    "profile_not_shown": _("This profile was not shown in this enquiry."),
    "reveal_over": _("The time to answer is over."),
    "contact_wrong": _("Give a phone number or an address of mail by which the firm may reach you."),
    "reveal_not_known": _("Nobody here asked who stands behind this profile."),
    "no_consent": _("Nobody's consent to be named holds for this profile."),
    "too_many_profiles": _("At most %(most)s profiles are shown at once."),
}
PERMISSIONS = {
    "candidates.show_profiles": _("Show talent profiles to a firm, without a name"),
    "candidates.mirror_profiles": _("Take up the profiles the other state shows a firm"),
    "candidates.see_shown": _("See a talent profile that a firm was shown, and who stands behind it where they said yes"),
    "candidates.ask_reveal": _("Ask who stands behind a talent profile"),
    "candidates.mirror_reveal": _("Take up that a firm asks who stands behind a profile"),
    "candidates.see_reveals": _("See which firms ask who one is"),
    "candidates.answer_reveal": _("Answer a firm that asks who one is"),
    "candidates.end_reveal": _("End a question that nobody said yes to"),
    "candidates.mirror_reveal_answer": _("Take up what the person behind a profile answered"),
}
STATES = {
    "reveal_asked": _("asked"),
    "reveal_declined": _("you said no"),
    "revealed": _("told"),
    "not_revealed": _("not told"),
    "reveal_withdrawn": _("taken back"),
}
CODES = {
    "candidates/letters/reveal_asked": _("A firm asks who you are"),
    "candidates.ask_reveal": _("Ask who it is"),
    "candidates.answer_reveal": _("Answer this firm"),
    "reveal": _("may know who I am, what I can do, and how to reach me"),
    "reveal_yes": _("Yes: tell this firm who I am"),
    "reveal_no": _("No"),
}
LABELS = {
    "candidates.purpose": _("For what?"),
    "candidates.purpose.hint": _("For example: an interview for work on web services, from April"),
    "candidates.answer": _("May this firm know who you are?"),
    "candidates.contact": _("How they may reach you"),
    "candidates.contact.hint": _("A phone number or an address of mail; only with a yes, and for this firm alone."),
}
