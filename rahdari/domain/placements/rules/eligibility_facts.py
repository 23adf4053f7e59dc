"""The shape of the facts that the eligibility checker asks, and what contradicts itself in them.

Pure: no Django, no database, no clock.
"""

from __future__ import annotations

import math
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BeforeValidator, Field, ValidationInfo, field_validator, model_validator
from pydantic_core import PydanticCustomError, PydanticKnownError

from rahdari.base.facts import Day, Facts, code_of, own_fault
from rahdari.base.reference import Book

from .occupations import isco_code, plain, work_of

MOST = 100
SSW = ("ssw1", "ssw2")
IN_A_FIELD = (*SSW, "esd")
# Stands for a field that was left out: a validator cannot otherwise tell that from null.
UNSAID: Any = object()

Count = Annotated[int, Field(ge=0, le=1200)]


def _book(info: ValidationInfo) -> Book:
    book: Book = (info.context or {})["book"]
    return book


def _unknown() -> PydanticCustomError:
    return PydanticCustomError("unknown_code", "unknown code")


def _held(value: object) -> object:
    """A degree may be told by yes or no, or by its name."""
    return True if isinstance(value, str) and value.strip() else value


def _completed(value: object) -> object:
    """Years may be told with a fraction; only completed ones count."""
    return math.floor(value) if isinstance(value, float) and math.isfinite(value) else value


def _known_test(value: str, info: ValidationInfo) -> str:
    field, slash, duty = value.partition("/")
    duties = {row["duty_category"] for row in _book(info).rows("field_requirements", field=field)} - {""}
    if field not in _book(info).codes("fields") or (slash and duty not in duties):
        raise _unknown()
    return value


SkillTest = Annotated[str, AfterValidator(_known_test)]
Degree = Annotated[bool, BeforeValidator(_held)]
Years = Annotated[int, BeforeValidator(_completed), Field(ge=0, le=100)]


class LanguageResult(Facts):
    """One sitting of a Japanese-language test: `level` is the level reached (JFT-Basic) or sat (JLPT)."""

    test: Literal["JFT_BASIC", "JLPT"]
    score: Count | None = None
    taken_on: Day | None = None
    level: str | None = None

    @field_validator("level")
    @classmethod
    def _known_level(cls, value: str | None, info: ValidationInfo) -> str | None:
        if value is None or "test" not in info.data:
            return value
        rows = _book(info).rows("language_levels", instrument=info.data["test"])
        if not any(value in (row["level"], row["cefr"] or row["level"]) for row in rows):
            raise _unknown()
        return value

    @model_validator(mode="after")
    def _one_result(self, info: ValidationInfo) -> Self:
        rows = _book(info).rows("language_levels", instrument=self.test)
        # Where every level ends at the same score, each level is a test of its own: a low score is a failure, no contradiction.
        if self.score is None or self.level is None or len({row["score_max"] for row in rows}) == 1:
            return self
        scales = [row for row in rows if self.taken_on is None or row.in_force(self.taken_on)]
        by_score = [row for row in scales if int(row["score_min"]) <= self.score <= int(row["score_max"])]
        if by_score and not any(self.level in (row["level"], row["cefr"]) for row in by_score):
            raise own_fault("score_and_level_differ", score=self.score, level=self.level)
        return self


class Training(Facts):
    """Technical intern training: the stage reached and how it went; `related_field` by yes or no, or by the field trained for."""

    stage: Literal["i", "ii", "iii"] | None = None
    months_completed: Count | None = None
    good_completion: bool | None = None
    related_field: bool | Annotated[str, code_of("fields")] | None = None


class EligibilityFacts(Facts):
    """What is asked of a person and a job; only `status` is always needed, and a field or an occupation for SSW and training."""

    status: Literal["ssw1", "ssw2", "esd", "professional", "remote"]
    occupation: str | None = None
    field: str | None = Field(default=UNSAID, validate_default=True)
    duty: str | None = None
    applied_on: Day | None = None
    starts_on: Day | None = None
    landing_on: Day | None = None
    born: Day | None = None
    skill_tests: Annotated[list[SkillTest], Field(max_length=MOST)] | None = None
    language: Annotated[list[LanguageResult], Field(max_length=MOST)] | None = None
    nursing_japanese_passed: bool | None = None
    driving_licence_jp: bool | None = None
    new_driver_training: bool | None = None
    employer_good_workplace: bool | None = None
    titp: Training | None = None
    employment: Literal["direct", "dispatch"] | None = None
    degree: Degree | None = None
    years_of_practice: Years | None = None
    family_wanted: bool | None = None

    @field_validator("occupation")
    @classmethod
    def _named(cls, value: str | None, info: ValidationInfo) -> str | None:
        if value is None:
            return value
        if not plain(value):
            raise PydanticCustomError("string_too_short", "empty")
        code = isco_code(value)
        if plain(value).isdigit() if code is None else code not in _book(info).codes("isco08_groups"):
            raise _unknown()
        return value

    @field_validator("field", mode="before")
    @classmethod
    def _field_or_occupation(cls, value: object, info: ValidationInfo) -> object:
        if value is not UNSAID:
            return value
        if info.data.get("status") in IN_A_FIELD and info.data.get("occupation", "") is None:
            raise PydanticKnownError("missing")
        return None

    @field_validator("field")
    @classmethod
    def _known_field(cls, value: str | None, info: ValidationInfo) -> str | None:
        if value is not None and value not in _book(info).codes("fields"):
            raise _unknown()
        return value

    @field_validator("duty")
    @classmethod
    def _duty_of_field(cls, value: str | None, info: ValidationInfo) -> str | None:
        if value is None:
            return value
        rows = [row for row in _book(info).rows("field_requirements") if value and row["duty_category"] == value]
        field, occupation = info.data.get("field"), info.data.get("occupation")
        fields = (field,) if field else work_of(occupation, _book(info)).fields if occupation else ()
        if not any(not fields or row["field"] in fields for row in rows):
            raise _unknown()
        return value

    @field_validator("born")
    @classmethod
    def _born_before(cls, value: Day | None, info: ValidationInfo) -> Day | None:
        later = [day for day in (info.data.get(name) for name in ("applied_on", "starts_on", "landing_on")) if day]
        if value and later and value > min(later):
            raise own_fault("born_later")
        return value
