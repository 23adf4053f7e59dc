"""Licences: kinds of organisations and their numbers, moves of a licence, why an order cannot be made (EO 8–14; ER 5–15; ICRRA).

Facts in, every refusal out. No Django, no database, no clock here. Lengths of licences and of appeals are no constants:
whoever decides gives the day and the law it comes from.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from rahdari.base.refusal import Refusal
from rahdari.base.states import why_not_move

LICENCE_MOVES = {
    "applied": {"valid", "refused"},
    "refused": {"applied"},
    "valid": {"valid", "suspended", "expired", "surrendered", "cancelled", "disqualified", "withdrawn"},
    "suspended": {"restored", "cancelled", "surrendered", "expired", "withdrawn"},
    "expired": {"valid", "cancelled", "withdrawn"},
    "surrendered": {"applied", "withdrawn"},
    "cancelled": {"restored", "withdrawn"},
    "disqualified": {"restored", "withdrawn"},
    "withdrawn": set(),
    "restored": {"valid", "suspended", "expired", "surrendered", "cancelled", "disqualified"},
}


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of organisation: the side that registers it, and the kinds of number it may bear."""

    code: str
    side: str
    numbers: tuple[str, ...] = ()


KINDS: Mapping[str, Kind] = MappingProxyType(
    {
        one.code: one
        for one in (
            Kind("OEP", "pk", ("oep_licence_new", "oep_licence_old")),
            Kind("TRAINING_BODY", "pk"),
            Kind("TRAINING_PARTNER", "pk"),
            Kind("MATCHING_PARTNER", "pk"),
            Kind("ACCEPTING_ORG", "jp", ("jp_corporate_number",)),
            Kind("RSO", "jp", ("rso_number",)),
            Kind("JP_PLACEMENT", "jp", ("jp_placement_permit",)),
            Kind("EXAM_BODY", "jp"),
        )
    }
)
OFFICER_ROLES = ("owner", "director", "manager", "employee")
KNOWN_BY = ("number", "paper", "person_seen", "name")
WRONGS = (
    "fee_without_basis", "money_held", "false_documents", "workers_harmed", "no_declarations", "licence_lent", "office_closed",
    "court_order",
)  # fmt: skip
GROUNDS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "enter_organisation": ("register",),
        "register_support_org": ("register",),
        "apply_licence": ("application",),
        "grant_licence": ("application",),
        "refuse_licence": ("papers_incomplete", "not_fit", "security_not_lodged", "person_barred", "name_of_another"),
        "renew_licence": ("renewal",),
        "suspend_licence": WRONGS,
        "cancel_licence": (*WRONGS, "conviction"),
        "surrender_licence": ("own_wish", "business_ended"),
        "restore_licence": ("matter_settled", "order_in_error", "appeal_allowed"),
        "disqualify_employer": (
            "wages_unpaid", "labour_law", "immigration_law", "human_rights", "false_documents", "duty_to_notify", "conviction",
        ),
        "restore_employer": ("matter_settled", "order_in_error", "period_over"),
        "expire_licence": ("not_renewed",),
        "decide_appeal": ("appeal_allowed",),
        "undo_import": ("entered_in_error",),
    }
)  # fmt: skip
STATE_OF: Mapping[str, str] = MappingProxyType(
    {
        "enter_organisation": "valid",
        "register_support_org": "valid",
        "grant_licence": "valid",
        "renew_licence": "valid",
        "refuse_licence": "refused",
        "suspend_licence": "suspended",
        "cancel_licence": "cancelled",
        "surrender_licence": "surrendered",
        "restore_licence": "restored",
        "disqualify_employer": "disqualified",
        "restore_employer": "restored",
        "expire_licence": "expired",
        "undo_import": "withdrawn",
    }
)
# Which kinds of organisation an order may be made on.
ONLY: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "disqualify_employer": ("ACCEPTING_ORG", "RSO", "JP_PLACEMENT", "EXAM_BODY"),
        "restore_employer": ("ACCEPTING_ORG", "RSO", "JP_PLACEMENT", "EXAM_BODY"),
    }
)
APPEALED = ("refused", "suspended", "cancelled")


@dataclass(frozen=True, slots=True)
class Order:
    """What an officer enters of a change: its ground with what was heard, the days, and where the lengths come from."""

    ground: str = ""
    text: str = ""
    law: str = ""
    until: dt.date | None = None
    known_by: str = ""
    shown_cause_on: dt.date | None = None
    hearing_on: dt.date | None = None
    interim: bool = False
    appeal_until: dt.date | None = None
    declarations_filed: bool = False
    workers_settled: bool = False


def why_not_order(
    use_case: str, order: Order, *, state: str, kind: str, open_order: bool, valid_until: dt.date | None,
    renew_from: dt.date | None, today: dt.date,
) -> list[Refusal]:  # fmt: skip
    """Why an order cannot be entered or decided on a licence in a state; `renew_from` is the first day of renewing."""
    against = why_not_move(LICENCE_MOVES, state, STATE_OF[use_case])
    if kind not in ONLY.get(use_case, (kind,)):
        against.append(Refusal("not_of_this_kind", {"kind": kind}))
    if open_order:
        against.append(Refusal("order_open"))
    if order.ground not in GROUNDS[use_case]:
        against.append(Refusal("reason_missing", member="ground"))
    against += _CHECKS.get(use_case, _nothing_more)(order, today)
    if use_case == "renew_licence" and renew_from is not None and today < renew_from:
        against.append(Refusal("too_early_to_renew", {"day": renew_from}))
    if use_case == "renew_licence" and order.until is not None and valid_until is not None and order.until <= valid_until:
        against.append(Refusal("until_before_from", {"day": valid_until}, member="until"))
    return against


def _nothing_more(order: Order, today: dt.date) -> list[Refusal]:
    return []


def _why_not_renew(order: Order, today: dt.date) -> list[Refusal]:
    against = why_not_until(order.until, order.law, today)
    return against if order.declarations_filed else [*against, Refusal("declarations_missing", member="declarations_filed")]


def _why_not_act_against(order: Order, today: dt.date) -> list[Refusal]:
    """What every order against a holder needs: who it is known to be, the call to show cause, the hearing, the way of appeal."""
    against = []
    if order.known_by not in KNOWN_BY:
        against.append(Refusal("known_by_missing", member="known_by"))
    if order.known_by == "name":
        against.append(Refusal("name_match_only", member="known_by"))
    if order.shown_cause_on is None:
        against.append(Refusal("show_cause_missing", member="shown_cause_on"))
    elif order.shown_cause_on > today:
        against.append(Refusal("date_in_future", {"day": order.shown_cause_on}, member="shown_cause_on"))
    if not order.law:
        against.append(Refusal("law_missing", member="law"))
    return against + _why_not_appealable(order, today)


def _why_not_appealable(order: Order, today: dt.date) -> list[Refusal]:
    if order.appeal_until is None or order.appeal_until <= today:
        return [Refusal("appeal_until_missing", member="appeal_until")]
    return []


def _why_not_suspend(order: Order, today: dt.date) -> list[Refusal]:
    against = _why_not_act_against(order, today)
    if order.hearing_on is None:
        against.append(Refusal("hearing_missing", member="hearing_on"))
    elif not order.interim and order.hearing_on > today:
        against.append(Refusal("not_heard", member="hearing_on"))
    if order.until is not None and order.until <= today:
        against.append(Refusal("until_before_from", {"day": today}, member="until"))
    return against


def _why_not_heard(order: Order, today: dt.date) -> list[Refusal]:
    against = _why_not_act_against(order, today)
    if order.hearing_on is None or order.hearing_on > today:
        against.append(Refusal("not_heard", member="hearing_on"))
    return against


def _why_not_refuse(order: Order, today: dt.date) -> list[Refusal]:
    against = [] if order.law else [Refusal("law_missing", member="law")]
    return against + _why_not_appealable(order, today)


def _why_not_surrender(order: Order, today: dt.date) -> list[Refusal]:
    return [] if order.workers_settled else [Refusal("workers_unpaid", member="workers_settled")]


def _why_not_disqualify(order: Order, today: dt.date) -> list[Refusal]:
    against = [] if order.law else [Refusal("law_missing", member="law")]
    if order.known_by not in KNOWN_BY:
        against.append(Refusal("known_by_missing", member="known_by"))
    if order.known_by == "name":
        against.append(Refusal("name_match_only", member="known_by"))
    return against


_CHECKS = {
    "renew_licence": _why_not_renew,
    "suspend_licence": _why_not_suspend,
    "cancel_licence": _why_not_heard,
    "surrender_licence": _why_not_surrender,
    "refuse_licence": _why_not_refuse,
    "disqualify_employer": _why_not_disqualify,
}


def why_not_until(until: dt.date | None, law: str, from_on: dt.date) -> list[Refusal]:
    """A licence needs its first day without validity, and the law that gives its length (it stands in no table)."""
    against = []
    if until is None:
        against.append(Refusal("until_missing", member="until"))
    elif until <= from_on:
        against.append(Refusal("until_before_from", {"day": from_on}, member="until"))
    if not law:
        against.append(Refusal("law_missing", member="law"))
    return against


def why_not_apply(*, state: str | None, names: int, address: str, papers: int, officers: int) -> list[Refusal]:
    """Why an application cannot be taken in; `state` is None for a firm that never applied."""
    against = why_not_move(LICENCE_MOVES, state, "applied") if state is not None else []
    if not names:
        against.append(Refusal("organisation_name_missing", member="names"))
    if not address:
        against.append(Refusal("office_address_missing", member="address"))
    if not officers:
        against.append(Refusal("officers_missing", member="officers"))
    if not papers:
        against.append(Refusal("application_papers_missing", member="papers"))
    return against


def why_not_grant(
    *, state: str, number_fits: bool, number_free: bool, security: bool, name_alike: str, name_cleared: str,
    banned_officers: int, until: dt.date | None, law: str, today: dt.date,
) -> list[Refusal]:  # fmt: skip
    """Why a licence cannot be granted; `name_alike` is the like name of another, cleared where a person says why."""
    against = why_not_move(LICENCE_MOVES, state, "valid")
    if not number_fits:
        against.append(Refusal("licence_number_wrong", member="number"))
    if not number_free:
        against.append(Refusal("licence_number_taken", member="number"))
    if not security:
        against.append(Refusal("security_missing", member="security"))
    if name_alike and not name_cleared:
        against.append(Refusal("name_too_similar", {"name": name_alike}, member="name_cleared"))
    if banned_officers:
        against.append(Refusal("banned_person", {"count": banned_officers}))
    return against + why_not_until(until, law, today)


def why_not_appeal(*, state: str, appeal: str, appeal_until: dt.date | None, today: dt.date) -> list[Refusal]:
    """Why an order cannot be appealed against; `appeal` is how the appeal against it stands."""
    if state not in APPEALED or appeal:
        return [Refusal("nothing_to_appeal")]
    if appeal_until is None or today >= appeal_until:
        return [Refusal("too_late")]
    return []
