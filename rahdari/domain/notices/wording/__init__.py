"""The words of notices: refusals, states, kinds, steps, measures, and what each statement says."""

from __future__ import annotations

from django.utils.functional import lazy
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from rahdari.base.reference import shipped_book

REFUSALS = {
    "notice_kind_unknown": _("There is no kind of notice of this name: %(kind)s."),
    "category_missing": _("Say which wrongful act it is: choose one of the categories of the Memorandum."),
    "known_on_missing": _("Give the day on which the matter became known here."),
    "party_missing": _("Say whom it is about: at least one organisation or person."),
    "party_without_name": _("Give the name of each party, and say whether it is an organisation or a person."),
    "what_missing": _("Say in words what happened."),
    "asked_missing": _("Say what you ask of the other state: choose one of the list."),
    "identity_of_complainant": _("A worker is named only with their own consent. Record the consent, or leave the name out."),
    "money_half_said": _("Give the amount together with its currency."),
    "workers_wrong": _("Give the number of workers as a whole number."),
    "marking_missing": _("Choose who may see it over there; where bodies are named, name at least one."),
    "body_not_theirs": _("This is no body of the receiving state: %(body)s."),
    "raised_from_here": _("This notice was raised from here; the other state accepts and answers it."),
    "raised_from_there": _("This notice was raised by the other state; only who raised it may take it back."),
    "no_steps": _("Say what was done: at least one step with its day."),
    "step_unknown": _("This step does not fit this kind of notice. Choose one of the list."),
    "bare_denial": _(
        "No measure and no evidence asked for: that would be a bare denial. Ask for evidence first, or name a measure."
    ),
    "measure_missing": _("Say which measure was taken: choose one of the list."),
    "measure_day_missing": _("Give the day of the measure."),
    "answer_without_reason": _("Give the reason of the answer in words."),
    "notice_not_known": _("No notice is known here that this could speak of."),
}

PERMISSIONS = {
    "notices.see_notices": _("See the notices of one's own office, and those of the other state as far as they are marked open"),
    "notices.see_notice": _("See one notice with what was answered"),
    "notices.draft_answer_notice": _("Draft the notice of a wrongful act that a worker told in private"),
    "notices.draft_exam_notice": _("Draft the notice of exam fraud that follows when results were made void"),
    "notices.draft_notice": _("Draft a notice to the other state"),
    "notices.approve_notice": _("Approve a notice that another officer drafted; it is told at once"),
    "notices.accept_notice": _("Accept a notice of the other state"),
    "notices.answer_notice": _("Answer a notice of the other state"),
    "notices.recall_notice": _("Take back a notice"),
    "notices.see_names": _("See whom the registers know by the names in a notice"),
    "notices.decide_name": _("Decide whether a name in a notice is somebody the registers know"),
    "notices.mirror_notice": _("Take up a notice of the other state"),
    "notices.mirror_update": _("Take up what goes on with a notice"),
    "notices.mirror_answer": _("Take up the other state's answer to a notice"),
    "notices.mirror_recall": _("Destroy what the other state takes back"),
}

STATEMENTS = {
    "notice.raised/1": _("One state tells the other about a wrongful act, an intermediary, or something useful to know"),
    "notice.updated/1": _("What goes on with a notice: accepted, investigated, more is known"),
    "notice.answered/1": _("A notice is answered: steps, evidence, measure"),
    "notice.recalled/1": _("A notice is taken back; its copies are destroyed on both sides"),
}

STATES = {
    "drafted": _("drafted"),
    "raised": _("raised"),
    "accepted": _("accepted"),
    "answered": _("answered"),
    "recalled": _("taken back"),
}


def _name_of(table: str, code: str) -> str:
    """The name of a row in the reader's language, from the tables shipped with the program: words need no database."""
    row = shipped_book().one(table, code=code)
    return code if row is None else row.get(f"name_{get_language()}") or row["name_en"]


_lazy_name = lazy(_name_of, str)
CODES = {
    **{f"notice_{row['code']}": _lazy_name("notice_kinds", row["code"]) for row in shipped_book().rows("notice_kinds")},
    **{f"step_{row['code']}": _lazy_name("notice_steps", row["code"]) for row in shipped_book().rows("notice_steps")},
    "notice": _("notice"),
    "notice_draft": _("draft of a notice"),
    "notices.approve_notice": _("Approve the notice"),
    "notices.accept_notice": _("Accept the notice"),
    "notices.answer_notice": _("Answer the notice"),
    "asked_investigate": _("please investigate"),
    "asked_measure": _("please take a measure"),
    "asked_know": _("for your knowledge"),
    "measure_warning": _("warning"),
    "measure_refund": _("money returned"),
    "measure_suspension": _("suspension of the licence"),
    "measure_revocation": _("revocation of the licence"),
    "measure_prosecution": _("prosecution"),
    "measure_none": _("no measure"),
    "notices.decide_name": _("Keep the decision"),
    "name_same_number": _("The same: the numbers agree on paper"),
    "name_same_people": _("The same: the same people stand behind both"),
    "name_own_statement": _("The same: they say so themselves"),
    "name_seen_on_the_spot": _("The same: seen at the office"),
    "name_other_number": _("Another: other numbers on paper"),
    "name_other_people": _("Another: other people stand behind it"),
    "name_other_place": _("Another: another place, seen or on paper"),
    "name_other_business": _("Another: another business"),
    "name_papers_asked": _("Not to be told yet: papers were asked for"),
    "name_cannot_be_told": _("Not to be told yet: what is known is not enough"),
    "party_organisation": _("organisation"),
    "party_person": _("person"),
    "update_accepted": _("accepted"),
    "update_investigating": _("is being investigated"),
    "update_more_known": _("more is known"),
    "update_reply_of_party": _("the named party replied"),
    "recall_wrong_party": _("It named the wrong party"),
    "recall_wrong_facts": _("Its facts were wrong"),
    "recall_told_twice": _("It was told twice"),
    "recall_consent_ended": _("A consent it rested on ended"),
    "recall_sent_wrongly": _("It should not have been sent"),
}

LABELS = {
    "notices.ground": _("What it is, and why"),
    "notices.note": _("Note for the file"),
    "notices.note.hint": _("Only those who may see this notice read it"),
}
