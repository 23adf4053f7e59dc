"""The invented agreements of the demonstration, recorded by the invented contact point as real ones are."""

from __future__ import annotations

import datetime as dt

from django.conf import settings

from rahdari.base.actor import Actor
from rahdari.base.refusal import Refusal
from rahdari.base.work import Unit, unit_of_work
from rahdari.domain.accounts.models import Grant, Person
from rahdari.domain.accounts.queries import actor_for

from ..access import PERMITS
from ..models import Agreement
from ..rules.agreements import PartnerNamed, Terms
from ..rules.demonstration_agreements import AGREEMENTS, INVENTED, ExampleAgreement
from ..rules.figures import first_of_month, month_before
from .agreements import CONTACT_POINT_ROLE, record_agreement
from .figures import record_figures
from .telling import _today

DAY = dt.timedelta(days=1)


def seed_agreements(*, actor: Actor, at: dt.datetime) -> int:
    """Records the invented agreements with some months of figures on Pakistan's node; says how many were new.

    Can be done again: what is there stays. Needs the invented contact point; without one nothing is recorded. Refuses
    `not_permitted` in production.
    """
    with unit_of_work("organisations.seed_agreements", actor=actor, at=at) as unit:
        unit.permit(PERMITS["seed_agreements"])
        unit.refuse([] if settings.DEMO or settings.TEST else [Refusal("not_permitted")])
        by = _contact_point()
        held = set(Agreement.objects.values_list("number", flat=True))
        new = [one for one in AGREEMENTS if one.number not in held] if by is not None else []
        for one in new:
            assert by is not None
            _seed(unit, one, by)
        unit.about(Agreement(number=INVENTED), made=len(new))
    return len(new)


def _contact_point() -> Actor | None:
    """The invented contact point of Pakistan; None where this node has none."""
    people = Person.objects.filter(invented=True, grants__role=CONTACT_POINT_ROLE, grants__ends_at=None)
    person = people.order_by("created_at", "id").first()
    return None if person is None else actor_for(person, Grant.objects.filter(person=person, role=CONTACT_POINT_ROLE).first())


def _seed(unit: Unit, one: ExampleAgreement, by: Actor) -> None:
    today = _today(unit)
    signed_on = today - one.signed_days_ago * DAY
    terms = Terms(
        number=one.number,
        country=one.country,
        partners=(PartnerNamed(one.kind, one.names),),
        subject=one.subject,
        signed_on=signed_on,
        from_on=signed_on,
        until=signed_on.replace(year=signed_on.year + one.years, day=1) if one.years else None,
        review_on=None if one.review_in_days is None else today + one.review_in_days * DAY,
        reference=INVENTED,
    )
    made = record_agreement(actor=by, terms=terms, at=unit.at)
    month = month_before(first_of_month(today))
    for interviews, selections, departures in one.months:
        told = {"interviews": interviews, "selections": selections, "departures": departures}
        record_figures(actor=by, agreement_id=made.pk, month=f"{month:%Y-%m}", **told, source=INVENTED, at=unit.at)
        month = month_before(month)
