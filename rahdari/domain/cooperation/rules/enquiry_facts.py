"""The shape in which a firm says what it looks for, as people and programs fill it. No Django, no database here."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from rahdari.base.facts import Facts, code_of

Skill = Annotated[str, Field(min_length=1, max_length=80)]
WORK_KINDS = ("ssw1", "ssw2", "professional", "remote")
MODES = ("in_person", "remote", "delegation")
CAME_BY = ("letter", "visit", "mission", "fair")
MOST_PEOPLE = 10_000
MOST_FITTING = 1_000_000


class EnquiryFacts(Facts):
    """What a firm looks for: the kind of work with its field or occupation, skills, how many people, and how they would work."""

    work_kind: Literal["ssw1", "ssw2", "professional", "remote"]
    field: Annotated[str, code_of("fields")] | None = None
    occupation: Annotated[str, code_of("isco08_groups")] | None = None
    skills: Annotated[list[Skill], Field(min_length=1, max_length=20)]
    people: Annotated[int, Field(ge=1, le=MOST_PEOPLE)]
    mode: Literal["in_person", "remote", "delegation"]
    note: Annotated[str, Field(max_length=1000)] = ""
