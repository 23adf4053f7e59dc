"""What a person allows: one body, one purpose, until a day or until they change their mind."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from rahdari.base.actor import Actor
from rahdari.base.clock import day_at
from rahdari.base.refusal import Refusal
from rahdari.base.work import unit_of_work

from ..access import PERMITS
from ..models import Consent, Reveal
from ..queries.files import consent_in_force, file_of, with_merged
from ..rules.files import why_not_consent
from .revealing import _take_back


def give_consent(*, actor: Actor, purpose: str, body: str, until: dt.date | None = None, at: dt.datetime) -> Consent:
    """A person allows one body to see their file for one purpose; one that holds already stays as it is.

    Refuses `file_missing`, `purpose_unknown`, `body_missing`, `consent_ends_before`.
    """
    with unit_of_work("candidates.give_consent", actor=actor, at=at) as unit:
        unit.permit(PERMITS["give_consent"])
        file = file_of(actor.person)
        unit.refuse(why_not_consent(purpose=purpose, body=body, until=until, today=day_at(at, "pk")))
        if file is None:
            unit.refuse([Refusal("file_missing")])
            raise AssertionError("refused above")
        consent = consent_in_force(file, purpose, body, at)
        if consent is None:
            _end_open(file.pk, purpose, body, at)
            consent = unit.add(Consent(file=file, purpose=purpose, body=body, given_at=at, until=until))
        unit.about(consent, purpose=purpose, body=body)
    return consent


def _end_open(file_id: UUID, purpose: str, body: str, at: dt.datetime) -> None:
    """An older consent whose day has passed makes room for the new one."""
    Consent.objects.filter(file=file_id, purpose=purpose, body=body, withdrawn_at=None).update(withdrawn_at=at)


def withdraw_consent(*, actor: Actor, consent_id: UUID, at: dt.datetime) -> Consent:
    """A person takes a consent back, at any time, without a reason. Refuses `wrong_state` for one taken back before.

    Leaves nothing of what a firm was told by it, here and, once it heard, on the other node.
    """
    with unit_of_work("candidates.withdraw_consent", actor=actor, at=at) as unit:
        unit.permit(PERMITS["withdraw_consent"])
        consent = unit.lock(Consent, consent_id)
        file = file_of(actor.person)
        unit.refuse([] if file is not None and consent.file_id in with_merged(file) else [Refusal("not_own_file")])
        unit.refuse([] if consent.withdrawn_at is None else [Refusal("wrong_state")])
        consent.withdrawn_at = at
        unit.save(consent)
        _take_back(unit, Reveal.objects.select_for_update().filter(consent=consent, state="revealed"))
        unit.about(consent, purpose=consent.purpose, body=consent.body)
    return consent
