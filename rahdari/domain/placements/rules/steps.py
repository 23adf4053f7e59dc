"""Recording a step of a case: whose step it is, whether its day can be, what an earlier paper says.

Facts in, every refusal out. No Django, no database, no clock here.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from rahdari.base.refusal import Refusal
from rahdari.domain.jobs.rules.line import STATION_OF, of_route, own_side, why_not_before

FIRST_OF_CASE, SIGNED_AT = 5, 11  # the station of the application, and that of the signed contract
# Steps that say different things of the same matter: one of them contests a paper of another.
MATTERS = (
    ("selected", "reserve", "not_selected"),
    ("coe_issued", "coe_refused"),
    ("status_changed", "change_refused"),
    ("visa_issued", "visa_refused"),
    ("arrived", "not_arrived"),
)

# With whom a licence is asked again (actions.md, first line): what an intermediary or a party takes further with it. From station
# 14 on the case goes on under a Protector's supervision, and only the answer is kept. Not asked: what other authorities decide,
# and what ends or holds a case, which must be possible against a holder too.
NEEDS_LICENCE = {
    "application_filed", "candidate_nominated", "interview_set", "slot_taken", "selected", "terms_confirmed", "costs_declared",
    "costs_confirmed", "contract_signed", "coe_filed", "change_filed", "visa_filed", "service_terms_confirmed", "service_signed",
}  # fmt: skip
GOES_ON_WITHOUT = {"registered", "flight_booked", "departed"}


def same_matter(step: str) -> tuple[str, ...]:
    """The steps that answer the same question as this one, itself among them."""
    return next((matter for matter in MATTERS if step in matter), (step,))


def why_not_record(
    *, step: str, route: str, node: str, on: dt.date, today: dt.date, paper: bool, told: bool, inside: bool,
    earlier: Iterable[tuple[dt.date, bool]],
) -> list[Refusal]:  # fmt: skip
    """Why a step cannot be recorded: outside a use case, none of its way, one of the other side that was neither told nor on
    paper, its day.

    `earlier` holds the days of steps of earlier stations and whether the other side took them.
    """
    if not inside or STATION_OF.get(step, 0) < FIRST_OF_CASE:
        return [Refusal("not_permitted")]
    if not of_route(step, route):
        return [Refusal("step_not_on_route", {"step": step})]
    if not (paper or told or own_side(step, node)):
        return [Refusal("wrong_node")]
    return why_not_before(on, today, earlier)
