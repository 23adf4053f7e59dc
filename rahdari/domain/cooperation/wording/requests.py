"""Requests in words; kinds, questions and facts bear the names of their tables."""

from __future__ import annotations

from django.utils.functional import lazy
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from rahdari.base.reference import shipped_book
from rahdari.web.templatetags.look import said

REFUSALS = {
    "kind_unknown": _("There is no kind of request of this name: %(kind)s."),
    "question_missing": _("Choose at least one question."),
    "question_unknown": _("This question does not belong to the request: %(question)s."),
    "fact_missing": _("The questions need this: %(fact)s."),
    "fact_wrong": _("This is not of the right form: %(fact)s."),
    "fact_not_asked": _("None of the questions needs this, so it is not sent: %(fact)s."),
    "urgency_unknown": _("Say how urgent it is: choose one of the list."),
    "due_in_past": _("%(day)s has passed. Give a day to come."),
    "asked_from_here": _("This request was sent from here; the other contact point accepts and answers it."),
    "asked_from_there": _("This request was sent by the other contact point; only who asked rates the answer."),
    "agreed_day_missing": _("Give the day by which you will answer."),
    "answer_missing": _("Answer at least one question. Where something is not known, leave that one empty."),
    "answer_wrong": _("This answer is not of the form its question asks for: %(question)s."),
    "mark_missing": _("Give both marks, each from 1 to 5."),
    "contact_point_not_addressed": _(
        "Requests go through the contact points, and the marking closes this one to the receiving one."
    ),
    "request_not_known": _("No request is known here that this could speak of."),
}

PERMISSIONS = {
    "cooperation.see_requests": _("See the requests between the contact points"),
    "cooperation.see_request": _("See one request with its questions and answers"),
    "cooperation.send_request": _("Ask the other contact point"),
    "cooperation.accept_request": _("Accept a request of the other contact point and agree to a day"),
    "cooperation.answer_request": _("Answer a request of the other contact point"),
    "cooperation.rate_answer": _("Say what an answer was worth"),
    "cooperation.mirror_request": _("Take up what the other state asks"),
    "cooperation.mirror_acceptance": _("Take up that the other state accepted a request"),
    "cooperation.mirror_answer": _("Take up the other state's answer"),
    "cooperation.mirror_rating": _("Take up what an answer was worth to the other state"),
}

STATEMENTS = {
    "request.asked/1": _("A contact point asks the other, by typed questions"),
    "request.accepted/1": _("A request is accepted, with the day by which it will be answered"),
    "request.answered/1": _("A request is answered"),
    "request.rated/1": _("What an answer was worth to the one who asked"),
}

STATES = {
    "asked": _("asked"),
    "accepted": _("accepted"),
    "answered": _("answered"),
    "rated": _("rated"),
}


def _name_of(table: str, code: str) -> str:
    """The name of a row in the reader's language, from the tables shipped with the program: words need no database."""
    row = shipped_book().one(table, code=code)
    return code if row is None else row.get(f"name_{get_language()}") or row["name_en"]


def _reason_of(code: str) -> str:
    """Why a personal fact crosses, in the reader's language."""
    row = shipped_book().one("request_facts", code=code)
    return said(row["reason"]) if row is not None else ""


_lazy_name, _lazy_reason = lazy(_name_of, str), lazy(_reason_of, str)


def _named(table: str, before: str) -> dict[str, object]:
    return {f"{before}_{row['code']}": _lazy_name(table, row["code"]) for row in shipped_book().rows(table)}


CODES = {
    **_named("request_kinds", "request"),
    **_named("request_questions", "question"),
    **_named("request_facts", "fact"),
    **{f"why_{row['code']}": _lazy_reason(row["code"]) for row in shipped_book().rows("request_facts", personal="yes")},
    "cooperation.accept_request": _("Accept the request"),
    "cooperation.answer_request": _("Answer the request"),
    "cooperation.rate_answer": _("Rate the answer"),
    "urgency_routine": _("in the usual course"),
    "urgency_soon": _("soon"),
    "urgency_at_once": _("at once"),
    "choice_passport": _("passport"),
    "choice_certificate": _("certificate of a test"),
    "choice_coe": _("certificate of eligibility"),
    "choice_licence": _("licence"),
    "choice_contract": _("employment contract"),
    "choice_power_of_attorney": _("power of attorney"),
    "choice_other_paper": _("another paper"),
    "choice_in_person": _("in person, in Japan"),
    "choice_remote": _("from Pakistan, remotely"),
    "choice_delegation": _("by a delegation"),
    "late_late": _("late"),
    "late_coordinator": _("late: the coordinator is told"),
    "late_agenda": _("late: it stands on the agenda of the next consultation"),
}
