"""What a person tells of themself, brought into the one form it is kept in, with every reason against it. Pure."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from rahdari.base.reference import Book
from rahdari.base.refusal import Refusal
from rahdari.domain.organisations.rules import entry_of, normalise, why_not

from .doubts import doubts_of, why_not_name
from .file_facts import FileFacts
from .files import why_not_days
from .zones import ZoneRead, read_zone, why_not_zone

PAKISTAN = "PAK"


@dataclass(frozen=True, slots=True)
class Settled:
    """What was told, in the one form it is kept in, and every reason against it."""

    members: dict[str, Any]
    against: list[Refusal]


def settled(told: FileFacts, card: str, book: Book, today: dt.date) -> Settled:
    """What a person told of themself as it is kept: the passport from its two lines where they were typed."""
    zone, against = read_zone(told.zone, book, today) if told.zone.strip() else (None, [])
    passport = (normalise("pk_passport", told.passport_no) or "") or (zone.number if zone is not None else "")
    until = told.passport_until or (zone.until if zone is not None else None)
    against = [
        *why_not_name(told.name),
        *(one for spelling in told.spellings for one in why_not_name(spelling, "told.spellings")),
        *why_not_days(birth_date=told.birth_date, passport_no=passport, passport_until=until, today=today),
        *_why_not_passport(passport, zone, book),
        *against,
        *(why_not_zone(zone, **_compared(told, passport, card)) if zone is not None else []),
    ]
    name = " ".join(told.name.split())
    members = {
        "name": name,
        "name_urdu": " ".join(told.name_urdu.split()),
        "spellings": list(dict.fromkeys(" ".join(one.split()) for one in told.spellings)),
        "father_name": " ".join(told.father_name.split()),
        "birth_date": told.birth_date,
        "sex": told.sex,
        "birthplace": told.birthplace.strip(),
        "passport_no": passport or None,
        "passport_until": until if passport else None,
        "available_from": told.available_from,
        **told.lists(),
        "zone_agrees": zone is not None,
        "doubts": doubts_of(
            card=card,
            sex=told.sex,
            birth_date=told.birth_date,
            has_passport=bool(passport),
            zone_agrees=zone is not None,
            today=today,
        ),
    }
    return Settled(members, against)


def _compared(told: FileFacts, passport: str, card: str) -> dict[str, Any]:
    members: dict[str, Any] = {name: getattr(told, name) for name in ("name", "birth_date", "sex", "passport_until")}
    return members | {"passport_no": passport, "card": card}


def _why_not_passport(number: str, zone: ZoneRead | None, book: Book) -> list[Refusal]:
    """A passport of Pakistan has the form of the table; that of another state is taken only with its two lines."""
    if not number or (zone is not None and zone.issuer != PAKISTAN):
        return []
    entry = entry_of("pk_passport", book)
    wrong = entry is None or bool(why_not(entry, number, book))
    return [Refusal("passport_wrong", member="told.passport_no")] if wrong else []
