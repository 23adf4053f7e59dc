"""Demand, attestation, permission, vacancy: in which state what may be done, and why not (EO 1979; ER 1979; MOC 1).

Facts in, every refusal out. No Django, no database, no clock here.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from rahdari.base.refusal import Refusal
from rahdari.base.states import Moves, why_not_move

from .line import ALWAYS, NEVER, OWN_OFFERS, ROUTES
from .terms import below_comparable

DEMAND_MOVES: Moves = {
    "filed": {"attested", "objected", "called_off"},
    "attested": {"permitted", "objected", "turned_down", "called_off"},
    "objected": {"filed", "attested", "permitted", "turned_down", "called_off"},
    "permitted": {"attested", "lapsed", "called_off"},
    "lapsed": {"filed", "attested", "permitted", "called_off"},
    "turned_down": {"attested", "permitted", "called_off"},
    "called_off": set(),
}
VACANCY_MOVES: Moves = {"open": {"closed", "taken_down"}, "closed": set(), "taken_down": set()}

KINDS = ("ssw1", "ssw2", "professional", "remote")
PROFESSIONAL = "professional"  # a way and its status of residence
KINDS_ON: Mapping[str, tuple[str, ...]] = {"inside": ("ssw1", "ssw2"), PROFESSIONAL: (PROFESSIONAL,)}  # elsewhere any
ATTESTORS = ("CWA", "EMB_PK_TOKYO", "MOFA_JP", "EMB_JP_PK")
WITH_PROMOTER = ("oep",)
COSTS_PAID_BY = ("worker", "employer", "promoter", "state")
CORPORATION = "OEC"
STOPPED = ("suspended", "suspended_in_part")  # of a field
STOPPING = ("objected", "lapsed", "turned_down", "called_off")  # of a demand


@dataclass(frozen=True, slots=True)
class PowerOfAttorney:
    """What a principal gave its promoter: from which day until which (exclusive), signed by whom."""

    from_on: dt.date | None = None
    until: dt.date | None = None
    signatory: str = ""


def promoter_of(route: str, named: str) -> str:
    """Who recruits for a demand: the state corporation, the promoter named where one stands between, or nobody."""
    if route == "oec":
        return CORPORATION
    return named if route in WITH_PROMOTER else ""


def why_not_file(
    *, route: str, kind: str, field_state: str, field: str, dispatch: bool, dispatch_allowed: bool, promoter: str,
    licence_valid: bool, terms: Mapping[str, Any], places: int, opens_on: dt.date, closes_on: dt.date, today: dt.date,
) -> list[Refusal]:  # fmt: skip
    """Why a demand cannot be filed. `field_state` is that of the field today, `licence_valid` of the appointed promoter."""
    against = [] if kind in KINDS_ON.get(route, KINDS) else [Refusal("kind_not_on_route", member="kind")]
    if field_state in STOPPED and ROUTES[route][12] != NEVER:
        against.append(Refusal("field_suspended", {"field": field}, member="field"))
    elif field_state not in ("open", "stop_announced", *STOPPED):
        against.append(Refusal("field_not_open", {"field": field}, member="field"))
    if dispatch and not dispatch_allowed:
        against.append(Refusal("dispatch_not_allowed", {"field": field}, member="dispatch"))
    if route in WITH_PROMOTER and not (promoter and licence_valid):
        against.append(Refusal("promoter_not_licensed", member="promoter_licence"))
    if below_comparable(terms):
        against.append(Refusal("pay_below_comparable", member="pay_basic"))
    if places < 1:
        against.append(Refusal("no_places", member="places"))
    if closes_on <= max(opens_on, today):
        against.append(Refusal("closes_before_opens", member="closes_on"))
    return against


def why_not_professional(*, route: str, of_professionals: bool, told: Mapping[str, Any], tests: Collection[str]) -> list[Refusal]:
    """Why a demand cannot be filed so: work that is no SSW field goes the professional way, and no other work does.

    `of_professionals` tells that the work is among those of `professional_routes`; `told` what that way asks of the employer.
    """
    if (route == PROFESSIONAL) != of_professionals:
        return [Refusal("work_not_on_route", member="asked.field")]
    if route != PROFESSIONAL:
        return []
    against = [] if told else [Refusal("professional_missing", member="asked.professional.employer_category")]
    return [*against, Refusal("tests_not_on_route", member="asked.tests")] if tests else against


def why_not_attest(
    *, state: str, route: str, papers: bool, power: PowerOfAttorney, on: dt.date, today: dt.date, filed_on: dt.date
) -> list[Refusal]:
    """Why a demand cannot be attested; the power of attorney is asked only where a promoter is appointed."""
    if ROUTES[route][2] == NEVER:
        return [Refusal("attestation_not_on_route")]
    against = why_not_move(DEMAND_MOVES, state, "attested")
    if not papers:
        against.append(Refusal("papers_missing"))
    elif route in WITH_PROMOTER and (power.until is None or power.until <= on):
        against.append(Refusal("poa_expired", {"until": power.until}))
    if on > today:
        against.append(Refusal("date_in_future", {"day": on}, member="on"))
    elif on < filed_on - dt.timedelta(days=1):
        against.append(Refusal("before_previous_step", {"day": on, "previous": filed_on}, member="on"))
    return against


def why_not_permit(
    *, route: str, state: str, attested: bool, protectorate: str, protectorates: Iterable[str], twin: bool
) -> list[Refusal]:
    """Why the Protector cannot permit a demand now; `twin` tells that the same demand was permitted before.

    An objection of the Protector is withdrawn by permitting; what was refused waits for its review. Whatever its state, a
    demand that was never attested is not permitted. On a route without a permission there is none to give.
    """
    if route in OWN_OFFERS:
        return [Refusal("permission_not_on_route")]
    against = [Refusal("not_attested")] if state == "filed" or not attested else []
    if state == "turned_down":
        against.append(Refusal("wrong_state", {"now": state, "to": "permitted"}))
    elif state != "filed":
        against += why_not_move(DEMAND_MOVES, state, "permitted")
    if protectorate not in protectorates:
        against.append(Refusal("no_protectorate"))
    if twin:
        against.append(Refusal("duplicate_demand"))
    return against


@dataclass(frozen=True, slots=True)
class Intermediary:
    """Whoever stands between worker and employer, and what the register answered: valid or not, the state, since when."""

    kind: str
    asked: str
    valid: bool
    state: str
    since: dt.date | None = None


PROMOTER, PLACEMENT = "OEP", "JP_PLACEMENT"


def intermediaries(route: str, promoter: str, licence: str, placement_business: str) -> list[tuple[str, str, str]]:
    """The intermediaries of a demand whose licence is asked: kind, registry id, number. The state corporation has none."""
    found = []
    if route in WITH_PROMOTER and promoter != CORPORATION:
        found.append((PROMOTER, promoter, licence))
    if placement_business:
        found.append((PLACEMENT, placement_business, ""))
    return found


def why_not_licensed(asked: Iterable[Intermediary]) -> list[Refusal]:
    """`licence_not_valid` for each intermediary whose licence does not hold.

    A placement business that the register does not know is no proof: its permits are another office's register.
    """
    return [
        Refusal("licence_not_valid", {"licence": one.asked, "state": f"licence_{one.state}", "since": one.since})
        for one in asked
        if not one.valid and not (one.kind == PLACEMENT and one.state == "unknown")
    ]


def why_not_publish(
    *, route: str, state: str, permitted_until: dt.date | None, permitted_places: int, published_places: int, places: int,
    costs: int, closes_on: dt.date, today: dt.date,
) -> list[Refusal]:  # fmt: skip
    """Why a vacancy cannot be published: permission, places, costs (`costs` is the number of lines shown), days.

    Where the route needs no permission (`if_needed`), none is asked; one that was given must still stand, and nothing may
    have stopped the demand.
    """
    needed, given = ROUTES[route][3], state == "permitted"
    lapsed = given and (permitted_until is None or today >= permitted_until)
    stopped = state in STOPPING or lapsed
    against = [Refusal("no_permission")] if needed == NEVER or (needed == ALWAYS and not given) or stopped else []
    if places < 1:
        against.append(Refusal("no_places", member="places"))
    elif published_places + places > permitted_places:
        about = {"permitted": permitted_places, "published": published_places}
        against.append(Refusal("over_permitted_places", about, member="places"))
    if not costs:
        against.append(Refusal("costs_not_shown", member="costs"))
    if closes_on <= today:
        against.append(Refusal("closes_before_opens", member="closes_on"))
    return against


def why_not_close(*, state: str) -> list[Refusal]:
    """Why a vacancy cannot be closed now."""
    return why_not_move(VACANCY_MOVES, state, "closed")
