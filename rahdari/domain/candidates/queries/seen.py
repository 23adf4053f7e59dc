"""A file as its owner sees it: whom they allow what."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import get_language

from rahdari.base.clock import day_at
from rahdari.domain.accounts.models import Body

from ..models import Consent, File
from ..rules.files import consent_holds


@dataclass(frozen=True, slots=True)
class ConsentSeen:
    """A consent with the name of the body it was given to, and whether it holds."""

    consent: Consent
    body: str
    holds: bool


def consents_seen(file: File, at: dt.datetime) -> list[ConsentSeen]:
    """What a person allowed, the newest first."""
    rows = list(file.consents.order_by("-given_at"))
    names = {body.id: body for body in Body.objects.filter(pk__in={row.body for row in rows})}
    return [ConsentSeen(row, _name(names.get(row.body), row.body), _holds(row, at)) for row in rows]


def bodies_to_allow() -> dict[str, str]:
    """The bodies of the sending side to whom a person may want to show their file, with their names."""
    kinds = ("TRAINING_BODY", "OEP", "OEC", "NAVTTC", "NUTECH")
    rows = Body.objects.filter(side="pk").filter(Q(kind__in=kinds) | Q(pk__in=kinds)).order_by("name_en")
    return {row.pk: _name(row, row.pk) for row in rows}


def _name(body: Body | None, body_id: str) -> str:
    return body_id if body is None else getattr(body, f"name_{get_language() or 'en'}", "") or body.name_en


def _holds(row: Consent, at: dt.datetime) -> bool:
    today = day_at(at, "pk")
    return consent_holds(given_at=row.given_at, until=row.until, withdrawn_at=row.withdrawn_at, at=at, today=today)
