"""The closed list of steps of `journey.stage`, with the details each carries (actions.md, section 4). Pure.

`DETAILS` maps a step to the JSON Schema of its details; a step that carries none has an empty object. A day named
`until` is the first one on which the thing no longer holds.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any

from rahdari.seals.forms import MOMENT

from ..rules.remote import MOST_MILESTONES
from .shapes import BLOB, BODY, CODE, COUNT, DAY, HASH, ID, MONEY, listing, one_of, shape, text

NUMBER = text(60)
NONE = shape({})
UNTIL = shape({"until": DAY})
CODES = shape({"codes": listing(CODE)})
ONE_CODE = shape({"code": CODE})
POINT = shape({"member": text(60, 0), "code": CODE, "text": text(2000, 0)})
COST_LINE = shape({"code": CODE, "money": MONEY, "payer": CODE, "payee": CODE, "basis": text(300)})
PICTURE = {**listing(BLOB, 1), "x-rahdari": "blobs"}
EFFECT = shape({"order": ID, "application_kind": CODE, "effect": CODE, "choices": listing(CODE, 10)})


def _some(properties: dict[str, Any], optional: Iterable[str]) -> dict[str, Any]:
    return shape(properties, optional=optional)


STAGES_2_TO_4 = {
    "demand_attested": shape({"attestation_no": NUMBER, "attestor": BODY}),
    "demand_objected": shape({"points": listing(POINT)}),
    "demand_permitted": shape({"permission_no": NUMBER, "protectorate": CODE, "until": DAY, "places": COUNT}),
    "demand_refused": CODES,
    "permission_extended": UNTIL,
    "permission_expired": NONE,
    "vacancy_published": shape({"vacancy": ID, "url": text(400, 0), "closes_on": DAY}),
    "vacancy_closed": shape({"applicants": COUNT}),
}
STAGES_6_TO_8 = {
    "test_booked": _some(
        {
            "sitting": ID,
            "booking": NUMBER,
            "name": text(120),
            "birth_date": DAY,
            "passport_no": NUMBER,
            "photo": PICTURE,
        },
        ["photo"],
    ),
    "test_cancelled": shape({"booking": NUMBER}),
    "interview_answered": shape({"answer": one_of(["yes", "no"]), "other_times": listing(MOMENT, 5)}),
}
STAGES_10_TO_11 = {
    "terms_confirmed": shape({"terms_hash": HASH}),
    "costs_declared": shape({"lines": listing(COST_LINE)}),
    "costs_confirmed": shape({"total": listing(MONEY, 5), "lines_hash": HASH}),
    "contract_signed": _some(
        {
            "terms_hash": HASH,
            "passport": PICTURE,
            "photo": PICTURE,
            "passport_no": NUMBER,
            "passport_until": DAY,
            "birth_date": DAY,
            "sex": one_of(["F", "M", "X"]),
            "birthplace": text(120, 0),
            "health_fit": {"type": "boolean"},
        },
        ["passport", "photo", "passport_no", "passport_until"],
    ),
    "case_held": shape({"reason": CODE, "until": DAY}),
    "case_moved": shape({"route": CODE, "licence": text(40, 0), "promoter": BODY}, optional=["promoter"]),
}
STAGES_12_TO_13 = {
    "guidance_given": shape({"minutes": COUNT, "language": CODE}),
    "coe_filed": shape({"bureau": CODE, "receipt_no": NUMBER}),
    "coe_more_papers": shape({"items": listing(CODE), "due": DAY}),
    "coe_issued": shape({"coe_number": NUMBER, "until": DAY}),
    "coe_refused": CODES,
    "coe_expired": NONE,
    "change_filed": shape({"bureau": CODE, "receipt_no": NUMBER}),
    "status_changed": UNTIL,
    "change_refused": CODES,
    "field_effect": EFFECT,
    "visa_filed": NONE,
    "visa_issued": UNTIL,
    "visa_refused": NONE,
    "visa_expired": NONE,
}
STAGES_14_TO_17 = {
    "registered": shape({"registration_no": NUMBER, "clearance_no": NUMBER}),
    "clearance_refused": ONE_CODE,
    "clearance_revoked": ONE_CODE,
    "flight_booked": _some(
        {"persons": listing(ID, 400), "flight": text(20), "airport": CODE, "eta": MOMENT, "phone": text(20, 0)}, ["phone"]
    ),
    "departed": NONE,
    "flight_missed": _some({"code": CODE, "next": DAY}, ["next"]),
    "arrived": shape({"airport": CODE, "picked_up": {"type": "boolean"}}),
    "not_arrived": shape({"last_known": CODE}),
    "work_begun": NONE,
    "work_not_begun": ONE_CODE,
}
STAGES_18_TO_19 = {
    "support_done": shape({"item": CODE}),
    "extended": UNTIL,
    "stay_refused": ONE_CODE,
    "sixth_year": UNTIL,
    "employer_changed": shape({"employer": BODY}),
    "employment_ended": shape({"by": CODE, "code": CODE}),
    "missing": shape({"since": DAY}),
    "found": NONE,
    "illness": shape({"work_accident": {"type": "boolean"}}),
    "deceased": shape({"place": text(200)}),
    "resident_reviewed": shape({"order": ID, "outcome": CODE}),
    "temporary_passport": shape({"number": NUMBER, "until": DAY}),
    "returned": shape({"reason": CODE, "wages_settled": {"type": "boolean"}}),
}
MILESTONE = shape({"milestone": {"type": "integer", "minimum": 1, "maximum": MOST_MILESTONES}})
STAGES_OF_A_SERVICE = {
    "service_terms_confirmed": shape({"terms_hash": HASH}),
    "service_signed": shape({"terms_hash": HASH}),
    "service_begun": NONE,
    **dict.fromkeys(("milestone_delivered", "milestone_returned", "milestone_accepted"), MILESTONE),
    "milestone_paid": shape({**MILESTONE["properties"], "money": MONEY}),
    "service_ended": shape({"code": CODE, "until": DAY}),
}
DETAILS: Mapping[str, dict[str, Any]] = MappingProxyType(
    {
        **STAGES_2_TO_4,
        **STAGES_6_TO_8,
        **STAGES_10_TO_11,
        **STAGES_12_TO_13,
        **STAGES_14_TO_17,
        **STAGES_18_TO_19,
        **STAGES_OF_A_SERVICE,
    }
)
