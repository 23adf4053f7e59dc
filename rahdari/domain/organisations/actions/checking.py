"""What the steps of the line ask of the register: is this licence valid, and which power of attorney stands behind a demand."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from rahdari.base.actor import Actor
from rahdari.base.clock import day_at
from rahdari.base.editions import current_book
from rahdari.base.refusal import Refusal
from rahdari.base.work import Missing, unit_of_work

from ..access import PERMITS
from ..models import LicenceCheck, Organisation, PowerOfAttorney
from ..queries.standing import licence_on


def check_licence(
    *, actor: Actor, kind: str, organisation: str = "", number: str = "", subject_kind: str, subject_id: str,
    on: dt.date | None = None, at: dt.datetime,
) -> LicenceCheck:  # fmt: skip
    """Asks how a licence stands on a day (today by this node's offices) and keeps the answer as given. Only inside a step.

    `organisation` is a registry id, `number` a licence number; both must belong together. Refuses `not_permitted` outside
    another action. A licence that is not valid is an answer, not a refusal: the step decides what follows.
    """
    with unit_of_work("organisations.check_licence", actor=actor, at=at) as unit:
        unit.permit(PERMITS["check_licence"])
        unit.refuse([] if unit.within else [Refusal("not_permitted")])
        day = on or day_at(at, actor.node)
        answer = licence_on(organisation=organisation, number=number, kind=kind, day=day, node=actor.node, book=current_book())
        check = unit.add(
            LicenceCheck(
                organisation=answer.organisation,
                asked=(number or organisation)[:80],
                on=day,
                state=answer.standing.state,
                since=answer.standing.since,
                until=answer.standing.until,
                valid=answer.is_valid,
                by_form=answer.by_form,
                use_case=unit.within,
                subject_kind=subject_kind,
                subject_id=subject_id,
                at=unit.at,
            )
        )
        unit.about(check, state=check.state, valid=check.valid)
    return check


def keep_power_of_attorney(
    *, actor: Actor, promoter: str, principal: str, principal_name: str, from_on: dt.date | None, until: dt.date,
    signatory: str = "", demand: UUID, at: dt.datetime,
) -> PowerOfAttorney:  # fmt: skip
    """Puts the power of attorney behind an attested demand onto the register: what lies above pushes it down. Only inside it.

    Refuses `not_permitted` outside another action; `Missing` for a promoter the register does not know.
    """
    with unit_of_work("organisations.keep_power_of_attorney", actor=actor, at=at) as unit:
        unit.permit(PERMITS["keep_power_of_attorney"])
        unit.refuse([] if unit.within else [Refusal("not_permitted")])
        organisation = Organisation.objects.filter(registry_id=promoter).first()
        if organisation is None:
            raise Missing(f"organisation {promoter}")
        power = unit.add(
            PowerOfAttorney(
                organisation=organisation,
                principal=principal,
                principal_name=principal_name,
                from_on=from_on,
                until=until,
                signatory=signatory or None,
                demand=demand,
            )
        )
        unit.about(power, promoter=promoter, principal=principal, until=until)
    return power
