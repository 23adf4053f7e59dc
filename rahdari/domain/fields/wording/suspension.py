"""What a suspension order does, in words; the codes are those of `rules/suspension.py`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise

REASONS: dict[str, StrPromise] = {
    "suspension_no_order": _(
        "No suspension order on the field %(field)s stands in the tables (edition %(edition)s). "
        "An application is examined in the ordinary way; a new order would change this."
    ),
    "suspension_no_application": _(
        "No application is asked about. An order on the field %(field)s touches applications only, so it has no effect here."
    ),
    "suspension_application_unsaid": _(
        "Order %(order)s on the field %(field)s treats each kind of application differently. Say which kind it is."
    ),
    "suspension_other_status": _(
        "Order %(order)s protects the expected number of %(scheme)s in the field %(field)s. "
        "The application is for %(status)s, so the order does not touch it."
    ),
    "suspension_already_in_field": _(
        "The person works in the field %(field)s as a Specified Skilled Worker (i) already, and stays in it: "
        "the application is judged like a change of employer."
    ),
    "suspension_enters_field": _(
        "The person is not yet a Specified Skilled Worker (i) in the field %(field)s: "
        "coming into the field is judged like a change of status, even when it is called a change of employer."
    ),
    "suspension_received_day": _(
        "The office in Japan received the application on %(day)s, Japan time. "
        "This day counts as the day of filing, whatever other day was named."
    ),
    "suspension_taken_as_pending": _(
        "No decision was told, so the application is taken as not yet decided. "
        "A decision before order %(order)s took effect would not be touched by it."
    ),
    "suspension_kind_missing": _(
        "The tables do not say what order %(order)s does to an application of the kind “%(kind)s”. "
        "Ask the Immigration Services Agency."
    ),
    "suspension_start_missing": _(
        "The tables do not say from which day order %(order)s has effect. It cannot be said what becomes of the application."
    ),
    "suspension_filing_day_needed": _(
        "For the kind “%(kind)s” order %(order)s counts the day of filing, and this day was not told. "
        "Give the day on which the office in Japan received the application."
    ),
    "suspension_decision_day_needed": _(
        "Order %(order)s stood from %(begin)s and ended on %(end)s. "
        "Whether the application was decided in between was not told. "
        "Give the day of the decision."
    ),
    "suspension_day_missing": _(
        "The tables say nothing on the day of this application: order %(order)s has no line for it under “%(kind)s”. "
        "Ask the Immigration Services Agency."
    ),
    "suspension_merged_part": _(
        "The field %(merged)s was made of several, and only one of them, %(field)s, was under order %(order)s. "
        "Name the field as it was called at the time."
    ),
    "suspension_decided_earlier": _(
        "The application was decided on %(decided)s, before order %(order)s took effect on %(begin)s. "
        "The order does not reach back."
    ),
    "suspension_lifted": _(
        "Order %(order)s on the field %(field)s ended on %(end)s. What is decided from that day on is not touched by it."
    ),
    "suspension_filed_on_or_after": _(
        "Order %(order)s counts the day of filing: %(day)s, which is on or after %(reference)s. "
        "The day of the decision makes no difference."
    ),
    "suspension_filed_before": _("Order %(order)s counts the day of filing: %(day)s, which is before %(reference)s."),
    "suspension_not_yet_filed": _(
        "Order %(order)s counts the day of filing. Nothing was filed yet, so the day will be after %(reference)s."
    ),
    "suspension_decided_on_or_after": _(
        "Order %(order)s counts the day of the decision: %(day)s, which is on or after %(reference)s. "
        "The day of filing makes no difference."
    ),
    "suspension_decided_before": _("Order %(order)s counts the day of the decision: %(day)s, which is before %(reference)s."),
    "suspension_not_yet_decided": _(
        "Order %(order)s counts the day of the decision. "
        "The application is not decided yet, so it falls under what is decided from %(reference)s on."
    ),
    "suspension_none": _(
        "Order %(order)s leaves this kind of application (%(kind)s) alone: it is granted when the ordinary requirements are met."
    ),
    "suspension_not_issued": _(
        "Under order %(order)s no certificate of eligibility is issued for the field %(field)s. "
        "It will be possible again when the order is lifted."
    ),
    "suspension_refused": _(
        "Under order %(order)s an application of this kind (%(kind)s) is refused in the field %(field)s. "
        "It will be possible again when the order is lifted."
    ),
    "suspension_restricted": _(
        "Under order %(order)s the application (%(kind)s) is handled apart from others. "
        "It is examined, and not refused for its date alone."
    ),
    "suspension_exception": _(
        "The person belongs to a group excepted from order %(order)s (%(group)s): the application is examined in the "
        "ordinary way. "
        "The list of these groups is not in the tables; the Immigration Services Agency decides who belongs to them."
    ),
    "suspension_exception_unsaid": _(
        "Order %(order)s excepts some groups (%(group)s). "
        "If the person belongs to one, the application is examined; this was not told."
    ),
    "suspension_status_kept": _("An order never ends anybody's status of residence by itself."),
    "suspension_moc6_idle": _(
        "No suspension order stood in the field %(field)s on %(day)s, so article 6 of the Memorandum asks for nothing special."
    ),
    "suspension_review_contract_in_force": _(
        "Japan deals with workers already resident case by case, looking at the contract and the living conditions. "
        "The contract is in force, which speaks for staying."
    ),
    "suspension_review_contract_ended": _(
        "Japan deals with workers already resident case by case, looking at the contract and the living conditions. "
        "The contract is not in force; a new one would weigh in the review."
    ),
    "suspension_review_contract_unsaid": _(
        "Japan deals with workers already resident case by case, looking at the contract and the living conditions. "
        "Whether the contract is in force was not told."
    ),
    "suspension_return_unasked": _(
        "The stay is not permitted. Pakistan helps with the return once Japan asks for it; it was not told that Japan has asked."
    ),
    "suspension_assisted_return": _(
        "The stay is not permitted and help was asked for: Pakistan with its Embassy helps a smooth return, for "
        "example by a temporary passport."
    ),
    "suspension_return_travel": _("If the worker cannot pay the journey home, the employer pays it and sees to the departure."),
}

FAULTS: dict[str, StrPromise] = {
    "decided_before_filing": _("The decision (%(decided)s) lies before the filing (%(filed)s). Correct one of the two days."),
    "decided_without_filing": _("A decision is told on an application that was never filed. Correct one of the two."),
}

CODES: dict[str, StrPromise] = {
    "coe": _("certificate of eligibility"),
    "change_of_status": _("change of status of residence"),
    "change_of_employer": _("change of employer"),
    "extension": _("extension of the period of stay"),
    "ssw1": _("Specified Skilled Worker (i)"),
    "ssw2": _("Specified Skilled Worker (ii)"),
    "esd": _("Employment for Skill Development"),
}
