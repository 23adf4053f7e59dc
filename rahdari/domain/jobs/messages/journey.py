"""`journey.stage/1`: a step of the line, told to the other side with its day, the body that took it, and its details. Pure.

Who sees a step follows from the step and from who takes part in the case (`step_marking`).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any
from uuid import UUID

from rahdari.base.statements import Marking

from ..rules.line import SERVICE_STEPS
from ..rules.papers import SOURCES
from .shapes import BODY, DAY, ID, one_of, shape, statement
from .steps import DETAILS, PICTURE

SUBJECTS = ("demand", "vacancy", "case", "persons")
JOURNEY_PERSONAL = (
    "test_booked.name, birth_date, passport_no, photo: identity is checked at the door of the test",
    "contract_signed.passport, photo, passport_no, passport_until, birth_date, sex, birthplace, health_fit: "
    "fields of the form for the certificate of eligibility",
    "coe_filed.receipt_no, coe_issued.coe_number: the visa and the landing are asked with them",
    "change_filed.receipt_no: the worker asks the bureau with it",
    "registered.registration_no, clearance_no: proof that the home procedure is done",
    "flight_booked.phone: the worker is met at the airport",
    "deceased.place: the family is told and the body brought home",
    "temporary_passport.number: the person travels with it",
)


@dataclass(frozen=True, slots=True)
class Subject:
    """What a step is about: a `demand`, a `vacancy`, a `case`, or several `persons` (then `id` is that of their list)."""

    kind: str
    id: UUID


# Bodies that see a step: codes of authorities, or a part in the case in small letters, which `parties` names.
EMPLOYER = ("employer", "placement_business")
PROMOTER = ("promoter", "PROTECTOR")
SUPPORT = ("employer", "support_org")
ARRIVAL = ("promoter", "PROTECTOR", "CWA")
SEEN_BY: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        **dict.fromkeys(("demand_attested", "demand_objected", "demand_permitted", "demand_refused"), EMPLOYER),
        **dict.fromkeys(("permission_extended", "permission_expired"), EMPLOYER),
        **dict.fromkeys(("interview_answered", "terms_confirmed", "costs_confirmed"), EMPLOYER),
        "costs_declared": (*EMPLOYER, *PROMOTER),
        **dict.fromkeys(("case_held", "case_moved"), EMPLOYER),
        "contract_signed": (*EMPLOYER, "support_org", "ISA"),
        **dict.fromkeys(("test_booked", "test_cancelled"), ("exam_body",)),
        **dict.fromkeys(("guidance_given", "coe_filed", "coe_more_papers", "coe_issued", "coe_refused"), PROMOTER),
        **dict.fromkeys(("coe_expired", "field_effect", "visa_issued", "visa_refused", "visa_expired"), PROMOTER),
        "visa_filed": ("EMB_JP_PK",),
        **dict.fromkeys(("registered", "clearance_refused", "clearance_revoked"), (*SUPPORT, "ISA")),
        **dict.fromkeys(("flight_booked", "departed", "flight_missed"), SUPPORT),
        **dict.fromkeys(("arrived", "not_arrived", "work_begun", "work_not_begun"), ARRIVAL),
        **dict.fromkeys(("change_filed", "status_changed", "change_refused"), ("CWA",)),
        **dict.fromkeys(("support_done", "extended", "stay_refused", "sixth_year"), ("CWA",)),
        **dict.fromkeys(("employer_changed", "employment_ended", "missing", "found", "resident_reviewed"), ("CWA",)),
        **dict.fromkeys(("illness", "deceased", "returned"), ("CWA", "OPF")),
        "temporary_passport": (*SUPPORT, "ISA"),
        # of a service no office hears: who works for whom from home concerns the two of them
        **dict.fromkeys(SERVICE_STEPS, EMPLOYER),
    }
)
PUBLIC = ("vacancy_published", "vacancy_closed")
CONTACT = {"pk": "CONTACT_PK", "jp": "CONTACT_JP"}


def step_marking(step: str, *, to: str, parties: Mapping[str, str]) -> Marking:
    """Who on the receiving side (`to`) sees a step; `parties` names the bodies of the case by their part.

    Parts: employer, placement_business, support_org, promoter (a promoter or the corporation), exam_body. The contact
    point of the receiver is always among them, bodies of the sender's own side never; the worker of the case is shown
    what concerns them without being listed.
    """
    if step in PUBLIC:
        return Marking("public")
    named = (body if body.isupper() else parties.get(body, "") for body in SEEN_BY[step])
    there = (body for body in named if body and _side_of_body(body) == to)
    return Marking("named_bodies", tuple(dict.fromkeys([CONTACT[to], *there])))


def _side_of_body(body: str) -> str:
    """The side of a body: a registry id begins with it; of the authorities named here two are Japan's."""
    if ":" in body:
        return body[:2]
    return "jp" if body in ("ISA", "EMB_JP_PK") else "pk"


def journey_stage(
    *, subject: Subject, station: int, step: str, on: dt.date, acting: str, source: str = "system", reason: str | None = None,
    details: Mapping[str, Any] | None = None,
) -> dict[str, Any]:  # fmt: skip
    """The content of a step; `acting` is the body that took it, `details` are those of `DETAILS[step]`, days as ISO text."""
    return {
        "subject": subject.kind,
        "id": str(subject.id),
        "station": station,
        "step": step,
        "on": on.isoformat(),
        "acting": acting,
        "source": source,
        "reason": reason,
        "details": dict(details or {}),
    }


JOURNEY_STAGE = statement(
    "journey.stage/1",
    "A step of the line",
    {
        **shape(
            {
                "subject": one_of(SUBJECTS),
                "id": ID,
                "station": {"type": "integer", "minimum": 1, "maximum": 19},
                "step": one_of(DETAILS),
                "on": DAY,
                "acting": {"anyOf": [BODY, {"const": "WORKER"}]},
                "source": one_of(SOURCES),
                "reason": {"type": ["string", "null"], "pattern": "^[a-z][a-z0-9_]{0,59}$"},
                "details": {"type": "object", "properties": {"photo": PICTURE, "passport": PICTURE}},
            }
        ),
        "allOf": [
            {"if": {"properties": {"step": {"const": step}}}, "then": {"properties": {"details": details}}}
            for step, details in DETAILS.items()
        ],
    },
)
