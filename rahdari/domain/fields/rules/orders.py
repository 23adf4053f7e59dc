"""Stopping a field and opening it again: who asks, who decides, in which state what may be done (MOC 6(1), ICRRA 7-2).

A field's own ministry asks for a stop or for its end; the contact point of the immigration agency enters what is
to be ordered, and a second officer decides it. Facts in, every refusal out. No Django, no database, no clock here.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rahdari.base.refusal import Refusal
from rahdari.base.states import why_not_move

KINDS = ("coe", "change_of_status", "change_of_employer", "extension")
EFFECTS = ("none", "refused", "not_issued", "restricted")
TESTS = ("filed", "decided")
CONDITIONS = ("any", "before", "on_or_after")
ASKS = ("stop", "lift")
LAW = "ICRRA art. 7-2(3)(4)"

REQUEST_MOVES = {
    "asked": {"decided", "declined", "withdrawn"},
    "decided": set(),
    "declined": set(),
    "withdrawn": set(),
}
ORDER_MOVES = {
    "announced": {"decided", "withdrawn"},
    "decided": {"changed", "lifted"},
    "changed": {"changed", "lifted"},
    "lifted": set(),
    "withdrawn": set(),
}
OPEN_STATES = frozenset({"announced", "decided", "changed"})
IN_FORCE = frozenset({"decided", "changed"})

STOP_REASONS = ("stop_ceiling_reached", "stop_ceiling_forecast", "stop_labour_secured")
LIFT_REASONS = ("lift_ceiling_raised", "lift_residents_fell", "lift_shortage_again")
DECLINE_REASONS = ("decline_figures_not_shown", "decline_not_needed", "decline_ordered_already")
CHANGE_REASONS = ("change_exception", "change_day", "change_effect", "change_wording")
WITHDRAW_REASONS = ("withdraw_figures_changed", "withdraw_not_needed", "withdraw_entered_wrongly")
REASONS_OF = {"stop": STOP_REASONS, "lift": LIFT_REASONS}

# What the partner is told of the field after each step (`field.status/1`).
TOLD_STATES = {
    "announced": "nearing",
    "decided": "suspended",
    "changed": "suspended",
    "lifted": "resumed",
    "withdrawn": "open",
}


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures behind a request or an order; None is a figure that was not given."""

    residents: int | None
    residents_as_of: dt.date | None
    ceiling: int | None
    forecast_on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class EffectLine:
    """What an order does to one kind of application, filed or decided before or from a day on (or whenever: `any`)."""

    application_kind: str
    effect: str
    test_date: str = "filed"
    condition: str = "any"
    reference_date: dt.date | None = None
    exception_group: str = ""


def why_not_figures(figures: Figures, today: dt.date) -> list[Refusal]:
    """Each figure that is missing or cannot be."""
    needed = {"residents": figures.residents, "residents_as_of": figures.residents_as_of, "ceiling": figures.ceiling}
    missing = [Refusal("figures_missing", {"figure": name}, member=name) for name, value in needed.items() if value is None]
    if figures.residents is not None and figures.residents < 0:
        missing.append(Refusal("figures_missing", {"figure": "residents"}, member="residents"))
    if figures.ceiling is not None and figures.ceiling < 1:
        missing.append(Refusal("figures_missing", {"figure": "ceiling"}, member="ceiling"))
    if figures.residents_as_of is not None and figures.residents_as_of > today:
        missing.append(Refusal("date_in_future", {"day": figures.residents_as_of}, member="residents_as_of"))
    return missing


def why_not_reason(code: str, allowed: Iterable[str]) -> list[Refusal]:
    """`reason_missing` unless the code stands in the closed list."""
    return [] if code in allowed else [Refusal("reason_missing", member="reason")]


def why_not_open(state: str, field: str) -> list[Refusal]:
    """Why a field of this state (`ceilings.state_on`) cannot be stopped."""
    if state in ("suspended", "suspended_in_part"):
        return [Refusal("field_suspended", {"field": field}, member="field")]
    if state in ("open", "stop_announced"):
        return []
    return [Refusal("field_not_open", {"field": field}, member="field")]


def why_not_ask(
    kind: str, *, field: str, state: str, reason: str, figures: Figures, today: dt.date, asked: bool, ordered: bool
) -> list[Refusal]:
    """Why a ministry may not ask now: `asked` tells that the same ask waits, `ordered` that an order of this node stands."""
    against = [Refusal("already_asked", {"field": field})] if asked else []
    if kind == "stop":
        against += why_not_open(state, field)
    elif not ordered:
        against.append(Refusal("no_order", {"field": field}, member="field"))
    return [*against, *why_not_reason(reason, REASONS_OF[kind]), *why_not_figures(figures, today)]


def why_not_effects(effects: Sequence[EffectLine]) -> list[Refusal]:
    """What an order's lines leave open: a kind without effect, half a date rule, a rule without its day."""
    against = []
    for kind in KINDS:
        lines = [line for line in effects if line.application_kind == kind]
        if not lines:
            against.append(Refusal("kind_without_effect", {"kind": kind}, member=kind))
        else:
            against += _why_not_lines(kind, lines)
    if not against and effects and all(line.effect == "none" for line in effects):
        against.append(Refusal("order_without_effect"))
    return against


def _why_not_lines(kind: str, lines: Sequence[EffectLine]) -> list[Refusal]:
    conditions = sorted(line.condition for line in lines)
    dated = [line for line in lines if line.condition != "any"]
    if any(line.reference_date is None for line in dated):
        return [Refusal("date_missing", {"what": kind}, member=kind)]
    whole = conditions in (["any"], ["before", "on_or_after"])
    one_rule = len({(line.test_date, line.reference_date) for line in dated}) <= 1
    known = all(line.effect in EFFECTS and line.test_date in TESTS for line in lines)
    return [] if whole and one_rule and known else [Refusal("effect_half_said", {"kind": kind}, member=kind)]


def why_not_announce(
    *, field: str, state: str, ordered: bool, figures: Figures, announced_on: dt.date | None, effective_from: dt.date | None,
    effects: Sequence[EffectLine], today: dt.date,
) -> list[Refusal]:  # fmt: skip
    """Why a stop cannot be announced now. The effects may still be open (none at all); what is said must hold."""
    against = [Refusal("field_suspended", {"field": field}, member="field")] if ordered else why_not_open(state, field)
    if announced_on is None:
        against.append(Refusal("date_missing", {"what": "announced_on"}, member="announced_on"))
    elif announced_on > today:
        against.append(Refusal("date_in_future", {"day": announced_on}, member="announced_on"))
    if effective_from is None:
        against.append(Refusal("date_missing", {"what": "effective_from"}, member="effective_from"))
    against += _why_not_begin(announced_on, effective_from)
    if effects:
        against += why_not_effects(effects)
    return [*against, *why_not_figures(figures, today)]


def _why_not_begin(announced_on: dt.date | None, effective_from: dt.date | None) -> list[Refusal]:
    if announced_on is None or effective_from is None or effective_from >= announced_on:
        return []
    about = {"announced": announced_on, "effective": effective_from}
    return [Refusal("effective_before_announcement", about, member="effective_from")]


def why_not_decide(
    *, state: str, edition_open: bool, requested: bool, same_person: bool, announced_on: dt.date,
    effective_from: dt.date | None, effects: Sequence[EffectLine],
) -> list[Refusal]:  # fmt: skip
    """Why what was entered cannot be decided: the announced order, or (`state` decided, changed) a change of it."""
    to = "decided" if state == "announced" else "changed"
    against = why_not_move(ORDER_MOVES, state, to)
    if not against and not edition_open:
        against.append(Refusal("nothing_to_decide"))
    if state == "announced" and not requested:
        against.append(Refusal("no_request"))
    if same_person:
        against.append(Refusal("four_eyes"))
    if effective_from is None:
        against.append(Refusal("date_missing", {"what": "effective_from"}, member="effective_from"))
    return [*against, *_why_not_begin(announced_on, effective_from), *why_not_effects(effects)]


def why_not_change(
    *, state: str, reason: str, announced_on: dt.date, effective_from: dt.date | None, effects: Sequence[EffectLine]
) -> list[Refusal]:
    """Why a change cannot be entered."""
    against = [] if state in OPEN_STATES else [Refusal("wrong_state", {"now": state})]
    against += why_not_reason(reason, CHANGE_REASONS)
    if effective_from is None:
        against.append(Refusal("date_missing", {"what": "effective_from"}, member="effective_from"))
    return [*against, *_why_not_begin(announced_on, effective_from), *why_not_effects(effects)]


def why_not_lift(
    *, state: str, requested: bool, same_person: bool, effective_from: dt.date | None, lifted_on: dt.date | None
) -> list[Refusal]:
    """Why an order cannot be lifted."""
    against = why_not_move(ORDER_MOVES, state, "lifted")
    if not requested:
        against.append(Refusal("no_request"))
    if same_person:
        against.append(Refusal("four_eyes"))
    if lifted_on is None:
        against.append(Refusal("date_missing", {"what": "lifted_on"}, member="lifted_on"))
    elif effective_from is not None and lifted_on < effective_from:
        against.append(Refusal("lifted_before_effective", {"effective": effective_from}, member="lifted_on"))
    return against


def why_not_withdraw(*, state: str, reason: str) -> list[Refusal]:
    """Why an announcement cannot be taken back: only what is not decided can."""
    return [*why_not_move(ORDER_MOVES, state, "withdrawn"), *why_not_reason(reason, WITHDRAW_REASONS)]


def why_not_answer(*, state: str, to: str, reason: str, allowed: Iterable[str]) -> list[Refusal]:
    """Why a request cannot be declined or withdrawn now."""
    return [*why_not_move(REQUEST_MOVES, state, to), *why_not_reason(reason, allowed)]
