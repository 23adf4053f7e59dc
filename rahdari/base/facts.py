"""Facts asked of a person or a program: strict shapes in, one clear fault per wrong member out.

`Facts` is the shape (pydantic); `read_facts` gives it filled or raises `WrongFacts`.
A member given as null or an empty list says *known to be none*; a member left out
says nothing: `facts.said("tests")` tells them apart. Nothing of Django may be
brought in here.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Annotated, Any, TypeVar

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, ValidationInfo
from pydantic_core import PydanticCustomError

from .reference import Book
from .refusal import Reason

ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
LONGEST_TEXT = 2_000


class Facts(BaseModel):
    """A shape of facts: unknown members are refused, no value is bent into another type."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, str_max_length=LONGEST_TEXT, allow_inf_nan=False)

    def said(self, member: str) -> bool:
        """Whether the member was given at all, be it as null or empty."""
        return member in self.model_fields_set


def _day(value: object) -> dt.date:
    if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
        return value
    if isinstance(value, str) and ISO_DAY.fullmatch(value):
        try:
            return dt.date.fromisoformat(value)
        except ValueError:
            raise PydanticCustomError("not_a_day", "no such day") from None
    raise PydanticCustomError("not_a_date", "not an ISO date")


def _moment(value: object) -> dt.datetime:
    moment = value if isinstance(value, dt.datetime) else None
    if isinstance(value, str) and "T" in value:
        with suppress(ValueError):
            moment = dt.datetime.fromisoformat(value)
    if moment is None or moment.utcoffset() is None:
        raise PydanticCustomError("not_a_moment", "not an ISO moment with its offset")
    return moment


Day = Annotated[dt.date, BeforeValidator(_day)]
Moment = Annotated[dt.datetime, BeforeValidator(_moment)]
Amount = Annotated[int, Field(ge=0, le=2**53 - 1)]


def code_of(table: str, column: str = "code") -> AfterValidator:
    """A text that must stand in a column of a reference table: `Annotated[str, code_of("fields")]`."""

    def known(value: str, info: ValidationInfo) -> str:
        book: Book = (info.context or {})["book"]
        if value not in book.codes(table, column):
            raise PydanticCustomError("unknown_code", "unknown code")
        return value

    known.table, known.column = table, column  # type: ignore[attr-defined]  # read by forms that offer the codes
    return AfterValidator(known)


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with one member; `path` is a JSON Pointer (RFC 6901), `code` one of `base/wording.py`."""

    path: str
    code: str
    about: Mapping[str, object] = field(default_factory=dict)


class WrongFacts(Exception):
    """The facts were not of the asked shape; nothing was computed."""

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = faults
        super().__init__(", ".join(f"{fault.path}: {fault.code}" for fault in faults))


@dataclass(frozen=True, slots=True)
class Answer:
    """What a checker says: members of the answer, and every reason behind them."""

    answer: Mapping[str, Any]
    reasons: tuple[Reason, ...]
    as_of: dt.date


F = TypeVar("F", bound=Facts)


def read_facts(shape: type[F], given: object, book: Book) -> F:
    """Fills a shape from decoded JSON, or raises `WrongFacts` with every fault and its path."""
    if not isinstance(given, dict):
        raise WrongFacts([Fault("", "not_an_object")])
    try:
        return shape.model_validate(given, context={"book": book})
    except ValidationError as wrong:
        raise WrongFacts([_fault(error) for error in wrong.errors(include_url=False, include_input=False)]) from None


def refuse_nul(given: object) -> None:
    """Raises `WrongFacts` for texts that hold NUL, the one letter no table can keep; for facts that will be kept."""
    found = [Fault(path, "nul_in_text") for path in _with_nul(given, "")]
    if found:
        raise WrongFacts(found)


def _with_nul(value: object, path: str) -> Iterator[str]:
    """Where a text holds NUL."""
    if isinstance(value, str):
        if "\x00" in value:
            yield path
    elif isinstance(value, Mapping):
        for name, one in value.items():
            yield from _with_nul(one, path + _pointer((str(name),)))
    elif isinstance(value, list):
        for place, one in enumerate(value):
            yield from _with_nul(one, f"{path}/{place}")


def _pointer(steps: tuple[int | str, ...]) -> str:
    return "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in steps)


KINDS = {
    "extra_forbidden": "unknown_member",
    "missing": "member_missing",
    "literal_error": "not_in_list",
    "unknown_code": "unknown_code",
    "not_a_day": "not_a_day",
    "not_a_date": "not_a_date",
    "not_a_moment": "not_a_moment",
    "bool_type": "not_yes_or_no",
    "int_type": "not_a_number",
    "greater_than_equal": "too_small",
    "greater_than": "too_small",
    "less_than_equal": "too_large",
    "string_type": "not_text",
    "string_too_long": "too_long",
    "string_too_short": "empty",
    "list_type": "not_a_list",
    "too_long": "too_many",
    "model_type": "not_an_object",
    "model_attributes_type": "not_an_object",
    "dict_type": "not_an_object",
}


def _fault(error: Any) -> Fault:
    about = {name: value for name, value in error.get("ctx", {}).items() if isinstance(value, (str, int))}
    kind = error["type"]
    code = KINDS.get(kind) or (kind if about.pop("own", None) else "wrong_value")
    return Fault(_pointer(error["loc"]), code, about)


def own_fault(code: str, **about: str | int) -> PydanticCustomError:
    """A fault that a shape finds itself (two members that contradict each other); `code` needs its wording."""
    return PydanticCustomError(code, "own fault", {"own": 1, **about})
