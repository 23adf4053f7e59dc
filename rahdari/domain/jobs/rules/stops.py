"""What stops a demand: objections, a refused permission and its review, withdrawal, the end of a permission (ER 19; 20). Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rahdari.base.refusal import Refusal
from rahdari.base.states import why_not_move

from .changes import CHANGEABLE
from .demands import DEMAND_MOVES, VACANCY_MOVES

POINTS = (
    "pay_unclear", "hours_too_long", "housing_unclear", "deductions_unclear", "duty_unclear", "place_unclear",
    "papers_unclear", "signature_differs", "power_of_attorney", "employer_unknown", "numbers_differ", "costs_on_worker", "other",
)  # fmt: skip
POINT_MEMBERS = (*CHANGEABLE, "papers")
REFUSAL_GROUNDS = (
    "objection_unanswered", "terms_unlawful", "employer_unfit", "papers_false", "costs_on_worker", "against_workers_interest",
)  # fmt: skip
REVIEWS = ("upheld", "reopened")
WITHDRAWN_BECAUSE = ("filled", "withdrawn", "bankrupt")
CLOSED_BECAUSE = (*WITHDRAWN_BECAUSE, "refused", "field_order")
TAKEN_DOWN_BECAUSE = ("mistake", "costs_wrong", "no_longer_offered")
REFUSABLE = ("attested", "objected")
MOST_POINTS = 10


@dataclass(frozen=True, slots=True)
class Point:
    """One point of an objection: about which member of the demand, of which kind, in words where they are needed."""

    member: str
    code: str
    text: str = ""

    def told(self) -> dict[str, str]:
        """As it stands in a statement."""
        return {"member": self.member, "code": self.code, "text": self.text}


def why_not_object(*, state: str, since: str, points: Sequence[Point]) -> list[Refusal]:
    """Why an objection cannot be raised; `since` is the state in which this office may object."""
    against = (
        why_not_move(DEMAND_MOVES, state, "objected")
        if state == since
        else [Refusal("wrong_state", {"now": state, "to": "objected"})]
    )
    if not points:
        against.append(Refusal("points_missing", member="points"))
    for number, one in enumerate(points):
        if one.code not in POINTS:
            against.append(Refusal("reason_missing", member=f"points.{number}.code"))
        elif one.code == "other" and not one.text.strip():
            against.append(Refusal("point_without_words", member=f"points.{number}.text"))
    return against


def why_not_propose(
    *, state: str, attested: bool, grounds: Sequence[str], heard_on: dt.date | None, today: dt.date, open_one: bool
) -> list[Refusal]:
    """Why a refusal cannot be proposed; the employer's side must have been heard, `open_one` tells that one waits already."""
    against = _why_not_before_the_protector(state, attested=attested)
    if open_one:
        against.append(Refusal("refusal_waits"))
    if not grounds or not set(grounds) <= set(REFUSAL_GROUNDS):
        against.append(Refusal("reason_missing", member="grounds"))
    if heard_on is None:
        against.append(Refusal("employer_not_heard", member="heard_on"))
    elif heard_on > today:
        against.append(Refusal("date_in_future", {"day": heard_on}, member="heard_on"))
    return against


def _why_not_before_the_protector(state: str, *, attested: bool) -> list[Refusal]:
    """What the mission objected to and never attested lies before the mission, not before the Protector."""
    if state not in REFUSABLE:
        return [Refusal("wrong_state", {"now": state, "to": "turned_down"})]
    return [] if attested else [Refusal("not_attested")]


def why_not_refuse(*, state: str, attested: bool, proposed: bool, same_person: bool) -> list[Refusal]:
    """Why a proposed refusal cannot be decided by this officer now."""
    against = _why_not_before_the_protector(state, attested=attested)
    if not proposed:
        against.append(Refusal("no_refusal_waits"))
    if same_person:
        against.append(Refusal("four_eyes"))
    return against


def why_not_review(*, state: str, reviewed: bool, outcome: str, reasons: str) -> list[Refusal]:
    """Why a refusal cannot be reviewed: it stands no more, was reviewed before, or the outcome lacks its reasons."""
    against = [] if state == "turned_down" else [Refusal("wrong_state", {"now": state, "to": "attested"})]
    if reviewed:
        against.append(Refusal("reviewed_before"))
    if outcome not in REVIEWS or not reasons.strip():
        against.append(Refusal("reason_missing", member="reasons"))
    return against


def why_not_withdraw(*, state: str, reason: str, signed: int, signed_go_on: bool) -> list[Refusal]:
    """Why a demand cannot be withdrawn; contracts that are signed go on, and who withdraws must say that they know it."""
    against = why_not_move(DEMAND_MOVES, state, "called_off")
    if reason not in WITHDRAWN_BECAUSE:
        against.append(Refusal("reason_missing", member="reason"))
    if signed and not signed_go_on:
        against.append(Refusal("contracts_signed", {"contracts": signed}, member="signed_go_on"))
    return against


def why_not_extend(*, state: str, until: dt.date, present: dt.date | None, today: dt.date, law: str) -> list[Refusal]:
    """Why a permission cannot be extended to a day (exclusive); the length stands in no table, so its source is named."""
    if state != "permitted" or present is None or present <= today:
        return [Refusal("already_expired")]
    against = [] if until > present else [Refusal("not_later", {"until": present}, member="until")]
    return against + ([] if law.strip() else [Refusal("law_missing", member="law")])


def why_not_expire(*, state: str, until: dt.date | None, today: dt.date) -> list[Refusal]:
    """Why a permission has not ended yet."""
    against = why_not_move(DEMAND_MOVES, state, "lapsed")
    return against + ([] if until is not None and until <= today else [Refusal("permission_goes_on")])


def why_not_take_down(*, state: str, reason: str) -> list[Refusal]:
    """Why a vacancy cannot be taken down."""
    against = why_not_move(VACANCY_MOVES, state, "taken_down")
    return against + ([] if reason in TAKEN_DOWN_BECAUSE else [Refusal("reason_missing", member="reason")])


def released(places: Iterable[tuple[str, bool]]) -> list[str]:
    """The cases that a withdrawn demand lets go, of (case, contract signed)."""
    return sorted(case for case, signed in places if not signed)
