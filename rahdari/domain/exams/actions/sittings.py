"""Opening the seats of a sitting."""

from __future__ import annotations

import datetime as dt

from rahdari.base.actor import Actor
from rahdari.base.clock import day_at
from rahdari.base.editions import current_book
from rahdari.base.money import Money
from rahdari.base.work import unit_of_work
from rahdari.domain.fields.queries.orders import all_orders, seen_orders
from rahdari.domain.fields.rules.ceilings import state_on

from ..access import PERMITS
from ..messages import MARKINGS, SEATS, Seats, seats_told
from ..models import Sitting
from ..queries.demand import need_for
from ..rules.demand import why_not_for_demand
from ..rules.figures import figure
from ..rules.sittings import exam_row, last_day_of_booking, levels_of, why_not_open_seats


def open_seats(
    *, actor: Actor, exam: str, field: str = "", level: str = "", venue: str, starts_at: dt.datetime, seats: int,
    booking_until: dt.date | None = None, fee: Money | None = None, payer: str = "", basis: str = "", at: dt.datetime,
) -> Sitting:  # fmt: skip
    """An examiner opens seats of a sitting for the demand that asks for its test; anyone sees them, on both nodes.

    Booking ends `booking_closes` days before where no day is named (exam_rules). Refuses `exam_unknown`, `field_not_open`,
    `level_missing`, `seats_missing`, `over_demand` (more than attested demand needs, and no `basis` says why),
    `sitting_too_soon`, `booking_outside`. Leaves the sitting with the demand behind it, and the statement `exam.seats`. Days are
    those of Japan.
    """
    with unit_of_work("exams.open_seats", actor=actor, at=at) as unit:
        unit.permit(PERMITS["open_seats"])
        unit.alone(f"exams.seats {exam} {field}")
        book, today = current_book(), day_at(at, actor.node)
        sat_on = day_at(starts_at, actor.node)
        row, need = exam_row(book, exam, sat_on), need_for(exam, field, book, today, at)
        booking_until = booking_until or last_day_of_booking(sat_on, today, figure(book, "booking_closes", today, exam))
        unit.refuse(
            why_not_open_seats(
                exam=row,
                field=field,
                field_state=_field_state(actor, field, today),
                level=level,
                levels=levels_of(book, exam, sat_on),
                seats=seats,
                starts_at=starts_at,
                at=at,
                booking_until=booking_until,
                sat_on=sat_on,
                today=today,
            )
            + why_not_for_demand(seats, need, basis)
        )
        sitting = unit.add(
            Sitting(
                home=actor.node,
                level="public",
                exam=exam,
                field=field,
                test_level=level,
                body=actor.body,
                venue=venue.strip(),
                starts_at=starts_at,
                seats=seats,
                booking_until=booking_until,
                fee_amount=None if fee is None else fee.amount,
                fee_currency="" if fee is None else fee.currency,
                payer=payer,
                places=need.places,
                per_100=need.per_100,
                basis=basis.strip(),
            )
        )
        content = _told(sitting, fee)
        unit.say(SEATS, content, marking=MARKINGS[SEATS], thread=sitting.pk)
        unit.about(sitting, exam=exam, field=field, seats=seats, places=need.places, declared=bool(basis.strip()))
    return sitting


def _told(sitting: Sitting, fee: Money | None) -> Seats:
    """What anyone is told of a sitting; of the demand behind it nothing."""
    return seats_told(
        sitting=str(sitting.pk),
        exam=sitting.exam,
        field=sitting.field,
        level=sitting.test_level,
        body=sitting.body,
        venue=sitting.venue,
        at=sitting.starts_at,
        seats=sitting.seats,
        booking_until=sitting.booking_until,
        fee=fee,
        payer=sitting.payer,
    )


def _field_state(actor: Actor, field: str, today: dt.date) -> str:
    book = current_book()
    row = book.one("fields", code=field) if field else None
    return "" if row is None else state_on(row, seen_orders(all_orders(actor, book)), today)
