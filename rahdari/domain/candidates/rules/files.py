"""Opening a file, and what a person allows: the rules. No Django, no database, no clock here."""

from __future__ import annotations

import datetime as dt

from rahdari.base.refusal import Refusal

SHOW_FILE, NOMINATE = "show_file", "nominate"
CONSENT_PURPOSES = (SHOW_FILE, NOMINATE)  # to whoever recruits, from the application on; to the employer, by name


OLDEST = 100  # years


def why_not_open(*, identity: bool, known: bool) -> list[Refusal]:
    """Why no file can be opened: `identity` tells that the account holds a card number, `known` that a file has it already.

    Whose file that is, is told to nobody.
    """
    against = []
    if not identity:
        against.append(Refusal("identity_missing"))
    if known:
        against.append(Refusal("duplicate_person"))
    return against


def why_not_days(*, birth_date: dt.date, passport_no: str, passport_until: dt.date | None, today: dt.date) -> list[Refusal]:
    """Why the days of a file cannot be: born tomorrow or a hundred years ago, a passport that ended or whose end is not said."""
    against = []
    if birth_date >= today:
        against.append(Refusal("date_in_future", {"day": birth_date}, member="told.birth_date"))
    elif birth_date.year < today.year - OLDEST:
        against.append(Refusal("birth_too_early", member="told.birth_date"))
    if passport_no and passport_until is None:
        against.append(Refusal("passport_end_missing", member="told.passport_until"))
    if passport_until is not None and passport_until <= today:
        against.append(Refusal("passport_expired", {"until": passport_until}, member="told.passport_until"))
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


CHANGE_REASONS = ("typing", "new_passport", "name_changed", "entered_by_others", "more_known")
# What a correction may change, in the order of the page; the card is the account's and is corrected at a counter with it.
CORRECTED = (
    "name", "name_urdu", "spellings", "father_name", "birth_date", "sex", "birthplace", "passport_no", "passport_until",
    "skills", "languages", "education", "work", "available_from",
)  # fmt: skip
