"""Persons who recruit without a licence: entered by one officer, heard, decided by a second one, lifted again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from uuid import UUID

from rahdari.base.actor import Actor
from rahdari.base.clock import ZONES
from rahdari.base.refusal import Refusal
from rahdari.base.secrets import blinds
from rahdari.base.work import Unit, unit_of_work
from rahdari.domain.accounts.rules.phones import normal_phone

from ..access import PERMITS, REGISTRARS
from ..models import IDENTITY, Individual, IndividualPhone, Organisation
from ..queries.finding import by_number
from ..rules.entries import Paper
from ..rules.individuals import STANDING, IndividualEntered, why_not_decide, why_not_lift, why_not_record, why_not_reply
from .applying import BUREAU, _why_not_second
from .keying import _keyed
from .parts import _identity, _kept
from .telling import _today

DECIDE = "organisations.decide_individual"


def record_individual(
    *, actor: Actor, entered: IndividualEntered, papers: Sequence[Paper] = (), licence_shown: str = "", at: dt.datetime
) -> Individual:
    """An officer enters a person said to recruit without a licence, and until when the person may answer.

    Refuses `reason_missing`, `law_missing`, `evidence_missing`, `name_match_only` where nothing but a name says who it is,
    `reply_until_missing`, `individual_known` where an open entry or a warning has the same card,
    `organisation_unknown` for a number no register has, and wrong phones or numbers.
    Leaves the entry, which nobody outside the offices sees, and the second officer's task.
    """
    with unit_of_work("organisations.record_individual", actor=actor, at=at) as unit:
        unit.permit(PERMITS["record_individual"])
        assert actor.person is not None  # whoever records is signed in
        identity = _identity(entered.identity, actor.node) if entered.identity.strip() else None
        unit.refuse(
            [
                *why_not_record(entered, papers=len(papers), today=_today(unit)),
                *_why_not_numbers(entered, actor.node, identity),
            ]
        )
        unit.alone("organisations.individuals")
        known = blinds(identity, IDENTITY) if identity else []
        open_ones = Individual.objects.filter(identity_index__in=known, state__in=["entered", STANDING])
        unit.refuse([Refusal("individual_known", member="identity")] if open_ones.exists() else [])
        row = unit.add(
            _keyed(
                Individual(
                    home=actor.node,
                    name=entered.name.strip(),
                    father=entered.father.strip() or None,
                    identity=identity,
                    works_in=entered.works_in.strip(),
                    ground=entered.ground,
                    law=entered.law.strip(),
                    text=entered.text.strip(),
                    papers=_kept(unit, papers),
                    licence_shown=_shown(unit, licence_shown),
                    asked_on=entered.asked_on,
                    reply_until=entered.reply_until,
                    entered_at=at,
                    entered_by=actor.person,
                )
            )
        )
        for phone in entered.phones:
            number = normal_phone(phone, actor.node) or ""
            unit.add(IndividualPhone(individual=row, number=number))
        _wait_for_second(unit, row)
        unit.about(row, ground=row.ground, reply_until=row.reply_until)
    return row


def _why_not_numbers(entered: IndividualEntered, node: str, identity: str | None) -> list[Refusal]:
    against = [
        Refusal("office_phone_wrong", {"phone": one}, member="phones") for one in entered.phones if not normal_phone(one, node)
    ]
    wrong = bool(entered.identity.strip()) and identity is None
    return against + ([Refusal("officer_identity_wrong", {"name": entered.name}, member="identity")] if wrong else [])


def _shown(unit: Unit, number: str) -> Organisation | None:
    """The organisation whose licence was shown, by its number, now or before."""
    if not number.strip():
        return None
    found = list(by_number(number.strip())[:2])
    unit.refuse([Refusal("organisation_unknown", member="licence_shown")] if len(found) != 1 else [])
    return found[0]


def _wait_for_second(unit: Unit, row: Individual) -> None:
    """The second officer's task, due when the time to answer is over; it names the entry, never the person."""
    unit.wait(
        DECIDE,
        row,
        holder_body=BUREAU[row.home],
        holder_role=REGISTRARS[row.home],
        holder_side=row.home,
        matter={"ground": f"individual_{row.ground}"},
        url_name="organisations.see_individual",
        url_args=[str(row.pk)],
        due_at=dt.datetime.combine(row.reply_until, dt.time(), ZONES[row.home]),
    )


def record_individual_reply(
    *, actor: Actor, individual_id: UUID, reply: str, replied_on: dt.date, seen: int | None = None, at: dt.datetime
) -> Individual:
    """An officer writes down what the person answered, before a decision or against a warning that stands.

    Refuses `reason_missing` for an empty answer, `date_in_future`, `wrong_state`, `stale`. Leaves the answer beside the entry.
    """
    with unit_of_work("organisations.record_individual_reply", actor=actor, at=at) as unit:
        row = _locked(unit, "record_individual_reply", individual_id, seen)
        against = why_not_reply(row.state, replied_on=replied_on, today=_today(unit))
        unit.refuse([*against, *([] if reply.strip() else [Refusal("reason_missing", member="reply")])])
        row.reply = "\n\n".join(filter(None, (row.reply, reply.strip())))
        row.replied_on = replied_on
        unit.save(row)
        unit.about(row, replied_on=replied_on)
    return row


def decide_individual(
    *, actor: Actor, individual_id: UUID, outcome: str, reasons: str, seen: int | None = None, at: dt.datetime
) -> Individual:
    """A second officer decides whether the warning stands, with reasons.

    Refuses `four_eyes`, `reply_awaited` while the person may still answer and has not, `reason_missing`, `wrong_state`,
    `stale`. Leaves a warning anybody meets who looks up one of the phones, or an entry that came to nothing.
    """
    with unit_of_work("organisations.decide_individual", actor=actor, at=at) as unit:
        row = _locked(unit, "decide_individual", individual_id, seen)
        today = _today(unit)
        against = why_not_decide(
            row.state, outcome, reasons=reasons, replied=row.replied_on is not None, reply_until=row.reply_until, today=today
        )
        unit.refuse([*_why_not_second(unit, row.entered_by), *against])
        row.state, row.reasons, row.decided_at, row.decided_by = outcome, reasons.strip(), at, actor.person
        row.stands_from = today if outcome == STANDING else None
        unit.save(row)
        unit.settle(DECIDE, row, outcome)
        unit.about(row, outcome=outcome)
    return row


def lift_individual(*, actor: Actor, individual_id: UUID, reasons: str, seen: int | None = None, at: dt.datetime) -> Individual:
    """An officer lifts a warning, with reasons; it is found by nobody any more, and the entry stays.

    Refuses `reason_missing`, `wrong_state`, `stale`.
    """
    with unit_of_work("organisations.lift_individual", actor=actor, at=at) as unit:
        row = _locked(unit, "lift_individual", individual_id, seen)
        unit.refuse(why_not_lift(row.state, reasons=reasons))
        row.state, row.lifted_on = "lifted", _today(unit)
        row.reasons = "\n\n".join(filter(None, (row.reasons, reasons.strip())))
        unit.save(row)
        unit.about(row, lifted_on=row.lifted_on)
    return row


def _locked(unit: Unit, use_case: str, individual_id: UUID, seen: int | None) -> Individual:
    unit.permit(PERMITS[use_case])
    row = unit.lock(Individual, individual_id, seen=seen)
    unit.permit(PERMITS[use_case], row)
    return row
