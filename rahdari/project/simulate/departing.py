"""What happens on the sending side between the certificate of eligibility and the flight."""

from __future__ import annotations

import datetime as dt

from rahdari.base.clock import now
from rahdari.base.editions import current_book
from rahdari.domain.contracts.models import Contract
from rahdari.domain.departures.actions import (
    apply_registration,
    build_manifest,
    issue_clearance,
    record_departure,
    record_flight_missed,
    record_visa_filed,
)
from rahdari.domain.departures.models import Departure, Passenger
from rahdari.domain.departures.rules.registration import Receipt, fees_due
from rahdari.domain.departures.rules.setbacks import MISSED_BECAUSE
from rahdari.domain.placements.models import Case
from rahdari.project.simulate.acting import DAY, Side
from rahdari.project.simulate.invented import HOMES, person
from rahdari.project.simulate.sending import Act, number_in, office_of

AIRPORTS = tuple(dict.fromkeys(airport for (_, _, airport), _ in HOMES))
FLIGHTS = dict(zip(AIRPORTS, ("PK858", "PK852", "PK894", "PK898"), strict=True))  # invented
LEAVES, FLIES = dt.time(17, 0, tzinfo=dt.UTC), dt.timedelta(hours=13)
LANDS_AT = "NRT"


def file_visas(side: Side) -> None:
    """The clerk applies for the visa some days after the certificate came, or after a visa was refused."""
    rows = {
        one.case_id: one
        for one in Departure.objects.filter(state__in=("coe_issued", "visa_refused")).select_related("case__file")
    }
    came, refused = side.since("coe_issued", rows), side.since("visa_refused", rows)
    for case_id, departure in rows.items():
        on, times = refused.get(case_id) or came[case_id]
        case = departure.case
        if side.is_day("visa_filed", on, number_in(case), times):
            side.act(record_visa_filed, actor=side.who("promoter_clerk", case.promoter), case_id=case_id)


def register(side: Side) -> None:
    """The promoter applies for the registration; on the next working day the worker appears before the Protector."""
    for departure in Departure.objects.filter(state="registration_applied").select_related("case"):
        terms = Contract.objects.get(case=departure.case_id).terms_hash
        protector = side.who("protector", "PROTECTOR", office_of(side, departure.case.promoter))
        side.act(issue_clearance, actor=protector, case_id=departure.case_id, terms_hash=terms)
    rows = {one.case_id: one for one in Departure.objects.filter(state="visa_issued").select_related("case__file")}
    for case_id, (on, _) in side.since("visa_issued", rows).items():
        case = rows[case_id].case
        if side.is_day("registration", on, number_in(case)):
            _apply(side, case)


def _apply(side: Side, case: Case) -> None:
    paid = side.today - DAY
    due = fees_due(current_book(), case.route, side.today)
    receipts = [Receipt(item, amount, f"HBL-{number_in(case)}-{item}", paid) for item, amount in due.items()]
    told = {
        "receipts": receipts,
        "insurance_no": f"SLIC-{number_in(case)}",
        "insured_on": paid,
        "oriented_on": paid,
    }
    side.act(apply_registration, actor=side.who("promoter_manager", case.promoter), case_id=case.pk, **told)


def fly(side: Side) -> None:
    """Those who are cleared are put on the next flight from the airport near their home, the people of a promoter together."""
    groups: dict[tuple[str, str], list[Case]] = {}
    for departure in Departure.objects.filter(state__in=("cleared", "flight_missed")).select_related("case__file"):
        one = person(side.chances, number_in(departure.case), side.scenario.share("woman"), side.begins_on)
        groups.setdefault((departure.case.promoter, one.airport), []).append(departure.case)
    for (promoter, airport), cases in groups.items():
        on = side.today + side.chances.days(*side.scenario.span("flight"), "flight", airport, side.day) * DAY
        leaves_at = dt.datetime.combine(on, LEAVES)
        told = {
            "flight": FLIGHTS[airport],
            "leaves_from": airport,
            "airport": LANDS_AT,
            "leaves_at": leaves_at,
            "eta": leaves_at + FLIES,
        }
        side.act(build_manifest, actor=side.who("promoter_clerk", promoter), case_ids=[one.pk for one in cases], **told)


def leave(side: Side) -> None:
    """The airport desk records who left, and who missed the flight and why."""
    booked = Passenger.objects.filter(departure__state="flight_booked", missed_because="", manifest__leaves_at__lt=now())
    for passenger in booked.select_related("departure__case__file", "manifest"):
        case, on = passenger.departure.case, passenger.manifest.leaves_at.date()
        desk, who = side.who("protector", "PROTECTOR", office_of(side, case.promoter)), number_in(case)
        if side.happens("flight_missed", who, on):
            code = side.chances.pick(MISSED_BECAUSE, who, "missed because")
            side.act(record_flight_missed, actor=desk, case_id=case.pk, code=code, next_on=side.today + 3 * DAY, on=on)
        else:
            side.act(record_departure, actor=desk, case_id=case.pk, on=on)


OFFICES: tuple[Act, ...] = (file_visas, register, fly)
PEOPLE: tuple[Act, ...] = (leave,)
