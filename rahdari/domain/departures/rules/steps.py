"""From the contract to the arrival: in which order, and what each step needs (EO 1979; ER 1979; ICRRA 7-2).

Facts in, every refusal out. No Django, no database, no clock here.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from rahdari.base.refusal import Refusal
from rahdari.base.states import why_not_move

ENDED = ("coe_expired", "visa_expired")
# What the partner is not told of (the application for registration) is not waited for on its node; a certificate or a
# visa that is entered from paper needs no filing entered before it.
DEPARTURE_MOVES = {
    "begun": {"coe_filed", "coe_issued"},
    "coe_filed": {"coe_issued", "coe_refused"},
    "coe_issued": {"visa_filed", "visa_issued", "coe_expired"},
    "visa_filed": {"visa_issued", "visa_refused", "coe_expired"},
    "visa_issued": {"registration_applied", "cleared", "clearance_refused", *ENDED},
    "registration_applied": {"cleared", "clearance_refused", *ENDED},
    "cleared": {"flight_booked", "clearance_revoked", *ENDED},
    "flight_booked": {"departed", "clearance_revoked", "flight_missed"},
    "departed": {"arrived", "not_arrived"},
    "arrived": set(),
    # the worker may apply again, or the Bureau lifts it; the partner hears of the new clearance alone
    "clearance_refused": {"registration_applied", "cleared", *ENDED},
    "clearance_revoked": {"registration_applied", "cleared", *ENDED},
    "flight_missed": {"flight_booked", "clearance_revoked", *ENDED},
    "not_arrived": {"arrived"},
    # a certificate or a visa that was refused or has ended is asked for again
    "coe_refused": {"coe_filed"},
    "coe_expired": {"coe_filed"},
    "visa_refused": {"visa_filed", "coe_expired"},
    "visa_expired": {"visa_filed", "coe_expired"},
}
# Papers that lie behind an application for a certificate; `extra_conditions` names those a field asks besides.
GUIDANCE, HEALTH_CHECK, COUNCIL = "guidance", "health_check", "council"
COUNCIL_CONDITION = "COUNCIL_MEMBERSHIP"
FULL_AGE = 18


def why_not_file_coe(
    *, state: str, signed: bool, papers: Collection[str], conditions: Collection[str], field: str, field_state: str,
    supported: bool = True,
) -> list[Refusal]:  # fmt: skip
    """Why no certificate can be applied for; `conditions` are those of the field, `papers` what lies before the employer.

    Guidance and health check are asked where there is a support plan (`supported`), which professional work has not.
    """
    against = why_not_move(DEPARTURE_MOVES, state, "coe_filed")
    if not signed:
        against.append(Refusal("contract_missing"))
    if supported and GUIDANCE not in papers:
        against.append(Refusal("guidance_missing"))
    if supported and HEALTH_CHECK not in papers:
        against.append(Refusal("health_check_missing"))
    if COUNCIL_CONDITION in conditions and COUNCIL not in papers:
        against.append(Refusal("council_missing", member="council_member"))
    if field_state in ("suspended", "suspended_in_part"):
        against.append(Refusal("field_suspended", {"field": field}))
    return against


def why_not_follow(state: str, to: str, *, after: str, own_side: bool) -> list[Refusal]:
    """Why a step cannot come now: the side that takes it needs the one before, a paper of it may come without."""
    if own_side and state != after:
        return [Refusal("wrong_state", {"now": state, "to": to})]
    return why_not_move(DEPARTURE_MOVES, state, to)


def why_not_decide_coe(*, state: str, number: str, own_side: bool) -> list[Refusal]:
    """Why a certificate cannot be issued now."""
    against = why_not_follow(state, "coe_issued", after="coe_filed", own_side=own_side)
    return against if number.strip() else [*against, Refusal("number_missing", {"what": "coe_number"}, member="coe_number")]


def why_not_file_visa(
    *, state: str, coe_until: dt.date | None, passport_until: dt.date | None, on: dt.date, needed_until: dt.date
) -> list[Refusal]:
    """Why no visa can be applied for; both papers must hold on the day, the passport until a stay has begun as well."""
    against = why_not_move(DEPARTURE_MOVES, state, "visa_filed")
    if coe_until is None or on >= coe_until:
        against.append(Refusal("coe_expired", {"until": coe_until}))
    if passport_until is None or passport_until < needed_until:
        against.append(Refusal("passport_expires", {"until": passport_until}))
    return against


def why_not_decide_visa(*, state: str, coe_until: dt.date | None, on: dt.date, own_side: bool) -> list[Refusal]:
    """Why a visa cannot be issued now."""
    against = why_not_follow(state, "visa_issued", after="visa_filed", own_side=own_side)
    if coe_until is None or on >= coe_until:
        against.append(Refusal("coe_expired", {"until": coe_until}))
    return against


def years_on(born: dt.date, on: dt.date) -> int:
    """Whole years on a day; a year is complete on the birthday."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def why_not_clear(
    *, state: str, terms_hash: str, contract_hash: str, costs_confirmed: bool, born: dt.date | None, today: dt.date,
    windows: Collection[Refusal],
) -> list[Refusal]:  # fmt: skip
    """Why the Protector gives no clearance; `windows` are the refusals of `windows.why_not_overlap`."""
    against = why_not_move(DEPARTURE_MOVES, state, "cleared")
    if not contract_hash or terms_hash != contract_hash:
        against.append(Refusal("hash_differs"))
    if not costs_confirmed:
        against.append(Refusal("costs_not_confirmed"))
    if born is None or years_on(born, today) < FULL_AGE:
        against.append(Refusal("under_18"))
    return [*against, *windows]


def why_not_list(
    *, cleared: bool, state: str, lands_on: dt.date, bounds: Collection[tuple[str, dt.date | None]]
) -> list[Refusal]:
    """Why a person cannot be put on a flight; `bounds` are the windows (code, first day without) to be open on landing."""
    against = [] if cleared else [Refusal("no_clearance")]
    if cleared:
        against += why_not_move(DEPARTURE_MOVES, state, "flight_booked")
    for code, until in bounds:
        if until is None or lands_on >= until:
            against.append(Refusal("window_closes", {"window": code, "until": until, "day": lands_on}, code, member="eta"))
    return against


def why_not_depart(*, state: str, listed: bool) -> list[Refusal]:
    """Why no departure can be recorded."""
    return why_not_move(DEPARTURE_MOVES, state, "departed") if listed else [Refusal("not_on_manifest")]


def why_not_arrive(*, state: str, airport: str, airports: Collection[str]) -> list[Refusal]:
    """Why no arrival can be confirmed."""
    waited = state in ("departed", "not_arrived")
    against = [] if waited else [Refusal("not_departed" if state != "arrived" else "wrong_state", {"now": state})]
    return against if airport in airports else [*against, Refusal("airport_unknown", member="airport")]
