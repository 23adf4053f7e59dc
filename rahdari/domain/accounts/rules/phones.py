"""Phone and identity numbers as people write them, and the one form we keep."""

from __future__ import annotations

import re
import unicodedata

import phonenumbers

REGIONS = {"pk": "PK", "jp": "JP"}
IDENTITY_KINDS = {"pk": "cnic", "jp": "residence_card"}


def normal_phone(typed: str, node: str) -> str | None:
    """The number in E.164 form, None when it is not a possible one; digits of any script, national or international."""
    plain = unicodedata.normalize("NFKC", typed).strip()
    if len(plain) > 40:
        return None
    try:
        number = phonenumbers.parse(plain, REGIONS[node])
    except phonenumbers.NumberParseException:
        return None
    return (
        phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164) if phonenumbers.is_valid_number(number) else None
    )


def phone_hint(phone: str) -> str:
    """As much of a number as its owner needs to know it again: `+92 … 67`."""
    return f"{phone[:3]} … {phone[-2:]}"


def normal_identity(typed: str, regex: str) -> str | None:
    """The number of an identity or residence card as printed, None when it has not the form of the reference table.

    A Pakistani number may come as 13 bare digits.
    """
    plain = unicodedata.normalize("NFKC", typed).strip().upper()
    plain = "".join(str(unicodedata.digit(letter, letter)) for letter in plain if not letter.isspace())
    bare = plain.replace("-", "")
    if re.fullmatch(r"\d{13}", bare):
        plain = f"{bare[:5]}-{bare[5:12]}-{bare[12]}"
    return plain if re.fullmatch(regex, plain) else None
