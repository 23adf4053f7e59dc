"""The shape in which a file is told by people and programs. No Django, no database here."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from rahdari.base.facts import Day, Facts, code_of

Short = Annotated[str, Field(max_length=120)]


class WorkFacts(Facts):
    """Work done before: the group of ISCO-08 and the months in it."""

    isco: Annotated[str, code_of("isco08_groups")]
    months: Annotated[int, Field(ge=0, le=600)]


class LanguageFacts(Facts):
    """A language, and how well it is spoken by the person's own word."""

    language: Annotated[str, Field(pattern="^[a-z]{2,3}$")]
    level: Literal["basic", "middle", "good", "native"]


class FileFacts(Facts):
    """What a person says of themself; names as in the passport, in Latin letters; `zone` the two lines at its foot."""

    name: Annotated[str, Field(min_length=1, max_length=120)]
    name_urdu: Short = ""
    spellings: Annotated[list[Short], Field(max_length=6)] = []
    father_name: Short = ""
    birth_date: Day
    sex: Literal["F", "M", "X"]
    birthplace: Short = ""
    zone: Annotated[str, Field(max_length=200)] = ""
    passport_no: Annotated[str, Field(max_length=40)] = ""
    passport_until: Day | None = None
    skills: Annotated[list[Short], Field(max_length=30)] = []
    languages: Annotated[list[LanguageFacts], Field(max_length=10)] = []
    education: Annotated[list[Short], Field(max_length=10)] = []
    work: Annotated[list[WorkFacts], Field(max_length=20)] = []
    available_from: Day | None = None

    def lists(self) -> dict[str, Any]:
        """The lists as they are kept."""
        return {name: self.model_dump(mode="json")[name] for name in ("skills", "languages", "education", "work")}
