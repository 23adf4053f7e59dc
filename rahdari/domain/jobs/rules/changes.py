"""A demand that is corrected: what changed, whether it needs a new permission, and what may not change any more (MOC 1). Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from rahdari.base.refusal import Refusal

CHANGEABLE = ("duty", "places", "prefecture", "municipality", "tests", "opens_on", "closes_on", "terms")
CORRECTION_REASONS = ("answers_objection", "mistake", "need_changed", "terms_better", "place_moved")
OPEN_TO_CHANGE = ("filed", "attested", "objected", "permitted", "lapsed")


@dataclass(frozen=True, slots=True)
class Change:
    """One member of a demand that changed; of terms the hashes stand for them, days are ISO text."""

    member: str
    old: Any
    new: Any

    def told(self) -> dict[str, Any]:
        """As it stands in a statement."""
        return {"member": self.member, "old": self.old, "new": self.new}


def changes_between(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[Change]:
    """What differs, in the order of the members."""
    pairs = ((name, _told(old[name]), _told(new[name])) for name in CHANGEABLE)
    return [Change(*pair) for pair in pairs if pair[1] != pair[2]]


def _told(value: Any) -> Any:
    if isinstance(value, dt.date):
        return value.isoformat()
    return value["terms_hash"] if isinstance(value, Mapping) else value


def weighs(changes: Iterable[Change], old_terms: Mapping[str, Any], new_terms: Mapping[str, Any]) -> bool:
    """Whether the permission falls back: pay, duty or place of work changed, or the number of places rose."""
    for one in changes:
        if one.member in ("duty", "prefecture", "municipality") or (one.member == "places" and one.new > one.old):
            return True
    named = ("pay_basic", "allowances", "deductions", "housing", "work_place")
    return any(old_terms[name] != new_terms[name] for name in named)


def worse_terms(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[str]:
    """In what the new terms are worse for the worker than the old ones; of other currencies nothing can be said but that."""
    worse = []
    if (
        old["pay_basic"] | {"amount": 0} != new["pay_basic"] | {"amount": 0}
        or new["pay_basic"]["amount"] < old["pay_basic"]["amount"]
    ):
        worse.append("pay_basic")
    if _sum(new["allowances"]) < _sum(old["allowances"]):
        worse.append("allowances")
    if _sum(new["deductions"]) > _sum(old["deductions"]) or _codes(new["deductions"]) - _codes(old["deductions"]):
        worse.append("deductions")
    if new["housing"]["money"]["amount"] > old["housing"]["money"]["amount"]:
        worse.append("housing")
    worse += [name for name in ("hours_week", "days_year") if new[name] > old[name]]
    worse += [name for name in ("leave", "length_months") if new[name] < old[name]]
    if old["return_travel"] == "employer" != new["return_travel"]:
        worse.append("return_travel")
    if old["work_place"] == "fixed" != new["work_place"]:
        worse.append("work_place")
    return worse


def _codes(lines: Iterable[Mapping[str, Any]]) -> set[str]:
    return {one["code"] for one in lines}


def _sum(lines: Iterable[Mapping[str, Any]]) -> int:
    return sum(one["money"]["amount"] for one in lines)


def why_not_correct(
    *, state: str, changes: Iterable[Change], reason: str, places: int, taken: int, worse: Iterable[str]
) -> list[Refusal]:
    """Why a demand cannot be corrected so; `taken` are its places somebody was selected for, `worse` of `worse_terms`."""
    if state not in OPEN_TO_CHANGE:
        return [Refusal("wrong_state", {"now": state, "to": "filed"})]
    against = []
    if not list(changes):
        against.append(Refusal("nothing_changed"))
    if reason not in CORRECTION_REASONS:
        against.append(Refusal("reason_missing", member="reason"))
    if places < taken:
        against.append(Refusal("below_already_selected", {"taken": taken}, member="asked.places"))
    if taken and (names := list(worse)):
        against.append(Refusal("terms_worse_after_selection", {"terms": names}, member="asked.terms"))
    return against


def state_after_change(state: str, *, attested: bool, heavy: bool) -> str:
    """Where a corrected demand stands: before the mission, before the Protector, or as permitted as it was."""
    if state == "permitted" and not heavy:
        return state
    return "attested" if attested else "filed"
