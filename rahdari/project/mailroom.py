"""Statement type → who receives it: a table, like `urls.py`. Only here the exchange and the packages are both known.

`journey.stage/1` carries many steps; each goes to the package of its station (`STEPS`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Any

import jsonschema_rs

from rahdari.base.statements import Statement
from rahdari.domain.contracts import inbox as contracts
from rahdari.domain.cooperation import inbox as cooperation
from rahdari.domain.cooperation import messages as cooperation_messages
from rahdari.domain.departures import inbox as departures
from rahdari.domain.exams import inbox as exams
from rahdari.domain.exams import messages as exams_messages
from rahdari.domain.exchange import actions as exchange_actions
from rahdari.domain.exchange import inbox as exchange
from rahdari.domain.exchange import messages as exchange_messages
from rahdari.domain.fields import inbox as fields
from rahdari.domain.fields import messages as fields_messages
from rahdari.domain.jobs import inbox as jobs
from rahdari.domain.jobs import messages as jobs_messages
from rahdari.domain.jobs.rules.line import SERVICE_STEPS
from rahdari.domain.notices import inbox as notices
from rahdari.domain.notices import messages as notices_messages
from rahdari.domain.organisations import inbox as organisations
from rahdari.domain.organisations import messages as organisations_messages
from rahdari.domain.placements import inbox as placements
from rahdari.domain.placements import messages as placements_messages
from rahdari.domain.residence import inbox as residence

Receiver = Callable[..., None]

JOURNEY = "journey.stage/1"
MESSAGES = (
    exchange_messages,
    organisations_messages,
    fields_messages,
    jobs_messages,
    exams_messages,
    placements_messages,
    notices_messages,
    cooperation_messages,
)
RECEIVERS: dict[str, Receiver] = {
    "exchange.outcome/1": exchange.outcome,
    "exchange.key_rolled/1": exchange.key_rolled,
    "exchange.journal_restarted/1": exchange.journal_restarted,
    "registry.published/1": organisations.registry_published,
    "demand.published/1": jobs.demand_published,
    "demand.changed/1": jobs.demand_changed,
    "demand.closed/1": jobs.demand_closed,
    "placement.nominated/1": placements.placement_nominated,
    "placement.interview_set/1": placements.placement_interview_set,
    "placement.decided/1": contracts.placement_decided,
    "placement.withdrawn/1": contracts.placement_withdrawn,
    "field.status/1": fields.field_status,
    "notice.raised/1": notices.notice_raised,
    "notice.updated/1": notices.notice_updated,
    "notice.answered/1": notices.notice_answered,
    "notice.recalled/1": notices.notice_recalled,
    "request.asked/1": cooperation.request_asked,
    "request.accepted/1": cooperation.request_accepted,
    "request.answered/1": cooperation.request_answered,
    "request.rated/1": cooperation.request_rated,
    "exam.seats/1": exams.exam_seats,
    "exam.results/1": exams.exam_results,
    "exam.voided/1": exams.exam_voided,
    "exam.appeal/1": exams.exam_appeal,
}
STEPS: dict[str, Receiver] = {
    "demand_attested": jobs.demand_attested,
    "demand_objected": jobs.demand_objected,
    "demand_permitted": jobs.demand_permitted,
    "demand_refused": jobs.demand_refused,
    "permission_extended": jobs.permission_extended,
    "permission_expired": jobs.permission_expired,
    "vacancy_published": jobs.vacancy_published,
    "vacancy_closed": jobs.vacancy_closed,
    "test_booked": exams.test_booked,
    "test_cancelled": exams.test_cancelled,
    "interview_answered": placements.interview_answered,
    "terms_confirmed": contracts.terms_confirmed,
    "costs_declared": contracts.costs_declared,
    "costs_confirmed": contracts.costs_confirmed,
    "contract_signed": contracts.contract_signed,
    "guidance_given": residence.guidance_given,
    "coe_filed": departures.coe_filed,
    "coe_issued": departures.coe_issued,
    "coe_refused": departures.coe_refused,
    "coe_more_papers": departures.coe_more_papers,
    "coe_expired": departures.coe_expired,
    "change_filed": residence.change_filed,
    "status_changed": residence.status_changed,
    "change_refused": residence.change_refused,
    "visa_refused": departures.visa_refused,
    "visa_expired": departures.visa_expired,
    "visa_filed": departures.visa_filed,
    "visa_issued": departures.visa_issued,
    "registered": departures.registered,
    "clearance_refused": departures.clearance_refused,
    "clearance_revoked": departures.clearance_revoked,
    "flight_booked": departures.flight_booked,
    "departed": departures.departed,
    "flight_missed": departures.flight_missed,
    "arrived": departures.arrived,
    "not_arrived": departures.not_arrived,
    "work_begun": residence.work_begun,
    **dict.fromkeys(SERVICE_STEPS, contracts.service_step),
    "case_held": placements.case_held,
    "case_moved": placements.case_moved,
}


class Mailroom:
    """What the project knows of statement types, as the exchange asks it."""

    def __init__(self) -> None:
        self.schemas: dict[str, Mapping[str, Any]] = {
            type: schema for messages in MESSAGES for type, schema in messages.SCHEMAS.items()
        }

    def knows(self, type: str) -> bool:
        """Whether a type has a schema and a receiver here."""
        return type in self.schemas and (type in RECEIVERS or (type == JOURNEY and bool(STEPS)))

    def receiver_of(self, statement: Statement) -> Receiver | None:
        """The inbox function for a statement; that of its step for a stage of the journey."""
        if statement.type == JOURNEY:
            return STEPS.get(statement.data["step"])
        return RECEIVERS.get(statement.type)

    def why_not_shape(self, type: str, data: Mapping[str, Any]) -> list[tuple[str, str]]:
        """Where (JSON Pointer into the statement) and how the data break the schema of the type."""
        return [
            ("/data" + "".join(f"/{part}" for part in error.instance_path), _without_values(error))
            for error in _validator(self, type).iter_errors(data)
        ]

    def blobs_in(self, type: str, data: Mapping[str, Any]) -> list[Mapping[str, Any]]:
        """The files the data name: members whose schema says `"x-rahdari": "blobs"`."""
        return list(_named(self.schemas[type], data))


def _without_values(error: Any) -> str:
    """What is wrong, without what was sent: outcomes are not sealed against whoever reads this node's logs."""
    return f"does not meet `{error.schema_path[-1] if error.schema_path else 'schema'}` of the schema"


@cache
def _validator(mailroom: Mailroom, type: str) -> Any:
    return jsonschema_rs.Draft202012Validator(dict(mailroom.schemas[type]), validate_formats=True)


def _named(schema: Mapping[str, Any], value: Any) -> Iterator[Mapping[str, Any]]:
    if schema.get("x-rahdari") == "blobs":
        yield from (value if isinstance(value, list) else [value])
        return
    if isinstance(value, dict):
        for name, inner in schema.get("properties", {}).items():
            if name in value:
                yield from _named(inner, value[name])
    if isinstance(value, list) and isinstance(schema.get("items"), dict):
        for one in value:
            yield from _named(schema["items"], one)


MAILROOM = Mailroom()


def take_up(partner: str) -> int:
    """Takes up what a partner told; the background work of the node."""
    return exchange_actions.take_up(partner, MAILROOM)
