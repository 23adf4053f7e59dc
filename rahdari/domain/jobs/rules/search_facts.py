"""The shape in which programs tell a search, and in which one is kept. No Django, no database here."""

from __future__ import annotations

import datetime as dt
import re
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, ValidationInfo
from pydantic_core import PydanticCustomError

from rahdari.base.facts import Facts, code_of

DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def _empty_or(known: AfterValidator) -> AfterValidator:
    """A code of a table, or nothing."""

    def checked(value: str, info: ValidationInfo) -> str:
        return str(known.func(value, info)) if value else value  # type: ignore[call-arg]

    return AfterValidator(checked)


def is_day(text: str) -> bool:
    """Whether a text is a day of the calendar, as ISO writes it."""
    try:
        return bool(DAY.fullmatch(text) and dt.date.fromisoformat(text))
    except ValueError:
        return False


def _day_or_nothing(value: str) -> str:
    if value and not is_day(value):
        raise PydanticCustomError("not_a_date", "not an ISO date")
    return value


Words = Annotated[str, Field(max_length=120)]


class SearchFacts(Facts):
    """A search of the portal; a member left out asks for nothing. `pay_from`: yen a month; `level`: the Japanese one knows.

    `open_on`: a day on which one must still be able to apply.
    """

    q: Words = ""
    field: Annotated[str, _empty_or(code_of("fields"))] = ""
    prefecture: Annotated[str, _empty_or(code_of("prefectures"))] = ""
    pay_from: Annotated[int, Field(ge=0, le=10_000_000)] = 0
    test: Literal["", "any", "none"] = ""
    route: Literal["", "oep", "oec", "direct"] = ""
    level: Literal["", "none", "A1", "A2", "B1"] = ""
    open_on: Annotated[str, Field(max_length=10), AfterValidator(_day_or_nothing)] = ""
    order: Literal["newest", "pay", "closing"] = "newest"
