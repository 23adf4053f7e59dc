"""What is asked of whoever checks a certificate."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from rahdari.base.facts import Day, Facts


class VerifyCertificate(Facts):
    """The number of a certificate and the birth date of whoever holds it."""

    certificate: Annotated[str, Field(min_length=1, max_length=60)]
    birth_date: Day
