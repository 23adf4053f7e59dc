"""A form as it goes on paper: numbered lines, each label and value in the language of the form and of the reader. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field

# How a line is filled: with a value, with nothing because nothing was entered, by hand on paper, or not at all (a text).
VALUE, MISSING, HAND, WORDS = "value", "missing", "hand", "words"


@dataclass(frozen=True, slots=True)
class Line:
    """One line: number, label and value; `second_…` are the same in the reader's language, empty where it is the form's own."""

    number: str
    label: str
    value: str = ""
    second_label: str = ""
    second_value: str = ""
    fill: str = VALUE


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a form under its heading."""

    title: str
    lines: Sequence[Line]
    second_title: str = ""


@dataclass(frozen=True, slots=True)
class Attached:
    """A text that travels inside the PDF as a file."""

    name: str
    media_type: str
    content: str
    description: str


@dataclass(frozen=True, slots=True)
class Document:
    """A filled form. `made_on` is the date it bears; `marking` stands above and below every page; `code` is a picture (SVG)."""

    number: str
    title: str
    language: str
    made_on: dt.date
    parts: Sequence[Part]
    second_title: str = ""
    second_language: str = ""
    missing: str = ""
    marking: str = ""
    notes: Sequence[str] = field(default_factory=tuple)
    code: str = ""
    attached: Sequence[Attached] = field(default_factory=tuple)
