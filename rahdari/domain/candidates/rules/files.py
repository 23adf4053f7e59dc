"""Opening a file, and what a person allows: the rules. No Django, no database, no clock here."""

from __future__ import annotations

import datetime as dt

from rahdari.base.refusal import Refusal

SHOW_FILE, NOMINATE = "show_file", "nominate"
CONSENT_PURPOSES = (SHOW_FILE, NOMINATE)  # to whoever recruits, from the application on; to the employer, by name


def why_not_open(*, birth_date: dt.date, passport_until: dt.date, today: dt.date, identity: bool, known: bool) -> list[Refusal]:
    """Why no file can be opened: `identity` tells that the account holds a card number, `known` that a file has it already."""
    against = []
    if not identity:
        against.append(Refusal("identity_missing"))
    if known:
        against.append(Refusal("duplicate_person"))
    if birth_date >= today:
        against.append(Refusal("date_in_future", {"day": birth_date}, member="birth_date"))
    if passport_until <= today:
        against.append(Refusal("passport_expired", {"until": passport_until}, member="passport_until"))
    return against


def consent_holds(
    *, given_at: dt.datetime, until: dt.date | None, withdrawn_at: dt.datetime | None, at: dt.datetime, today: dt.date
) -> bool:
    """Whether a consent is in force at a moment."""
    return given_at <= at and withdrawn_at is None and (until is None or today < until)


def why_not_consent(*, purpose: str, body: str, until: dt.date | None, today: dt.date) -> list[Refusal]:
    """Why a consent cannot be given."""
    against = []
    if purpose not in CONSENT_PURPOSES:
        against.append(Refusal("purpose_unknown", member="purpose"))
    if not body:
        against.append(Refusal("body_missing", member="body"))
    if until is not None and until <= today:
        against.append(Refusal("consent_ends_before", {"until": until}, member="until"))
    return against
