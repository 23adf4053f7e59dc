"""Who opens an account alone with a phone, and when a phone alone is not enough to come in. Pure."""

from __future__ import annotations

import datetime as dt

import phonenumbers
from phonenumbers import PhoneNumberType

from rahdari.base.refusal import Refusal

# A network gives a number nobody used for some six months to somebody else. A phone that showed itself less lately than this
# is asked for the card as well, so that whoever got the number does not get the file.
PHONE_RESTS = dt.timedelta(days=150)
# So long after the right code its phone counts as held: enough to find the card and copy its number.
PROOF_LASTS = dt.timedelta(minutes=15)
COUNTRIES = {92, 81}  # codes to strangers go to phones of the corridor's two countries alone
BLOCK = 4  # digits: the numbers that differ in these alone were given out together
MOBILE = {PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE}


def phone_rested(shown_at: dt.datetime | None, at: dt.datetime) -> bool:
    """Whether a phone was never shown to be its owner's, or too long ago to go by it alone."""
    return shown_at is None or at - shown_at >= PHONE_RESTS


def proof_holds(proven_at: dt.datetime | None, at: dt.datetime) -> bool:
    """Whether the right code of a phone was given so lately that the phone still counts as held."""
    return proven_at is not None and proven_at <= at < proven_at + PROOF_LASTS


def may_have_account(phone: str) -> bool:
    """Whether an account can be opened with a phone: mobile, of one of the two countries, and so none that earns by messages."""
    number = phonenumbers.parse(phone)
    return number.country_code in COUNTRIES and phonenumbers.number_type(number) in MOBILE


def block_of(phone: str) -> str:
    """The ten thousand numbers a number lies among."""
    return phone[:-BLOCK]


def why_not_open_account(*, held: bool, name: str, card: bool, apart: bool) -> list[Refusal]:
    """Every reason against opening an account, or coming back into one that rested.

    `held` tells that the phone was shown to be held, `card` that the number has the form of the card, `apart` that phone and
    card are not both new, nor both of one account. Which of the two is known, and whose it is, is told to nobody.
    """
    if not held:
        return [Refusal("phone_not_shown")]
    refused = [] if name.strip() else [Refusal("empty", member="name")]
    refused += [] if card else [Refusal("identity_not_valid", member="identity")]
    return refused + ([Refusal("card_and_phone_apart")] if apart else [])
