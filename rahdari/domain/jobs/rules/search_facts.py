"""The shape in which programs tell a search, and in which one is kept. No Django, no database here."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, Field, ValidationInfo

from rahdari.base.facts import Facts, code_of


def _empty_or(known: AfterValidator) -> AfterValidator:
    """A code of a table, or nothing."""

    def checked(value: str, info: ValidationInfo) -> str:
        return str(known.func(value, info)) if value else value  # type: ignore[call-arg]

    return AfterValidator(checked)


Words = Annotated[str, Field(max_length=120)]


class SearchFacts(Facts):
    """A search of the portal; a member left out asks for nothing. `pay_from`: yen a month; `level`: the Japanese one knows."""

    q: Words = ""
    field: Annotated[str, _empty_or(code_of("fields"))] = ""
    prefecture: Annotated[str, _empty_or(code_of("prefectures"))] = ""
    pay_from: Annotated[int, Field(ge=0, le=10_000_000)] = 0
    test: Literal["", "any", "none"] = ""
    route: Literal["", "oep", "oec", "direct"] = ""
    level: Literal["", "none", "A1", "A2", "B1"] = ""
    order: Literal["newest", "pay", "closing"] = "newest"
