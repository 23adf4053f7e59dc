"""The facts of a checker as a form a person can fill: read off the same shape the API uses.

What is left empty is left out of the facts. Digits of any script are accepted.
"""

from __future__ import annotations

import datetime as dt
import re
import types
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from django.http import QueryDict
from django.utils.translation import get_language
from pydantic import AfterValidator

from rahdari.base.facts import Facts
from rahdari.base.reference import Book, Row
from rahdari.web.words import shelf

SEPARATORS = re.compile(r"[,،、;\n]+")
YES, NO = "yes", "no"
FEWEST_ROWS, MOST_ROWS = 1, 40

# What each checker asks a person, in order; "more" is folded away. A checker with several questions has several forms.
FORMS: Mapping[str, Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]]] = {
    "eligibility": {
        "job": (
            ("status", "field", "duty", "applied_on", "born", "landing_on", "skill_tests", "language"),
            ("starts_on", "nursing_japanese_passed", "driving_licence_jp", "new_driver_training", "employer_good_workplace",
             "titp", "employment", "occupation", "degree", "years_of_practice", "family_wanted"),
        )
    },
    "costs": {"lines": (("route", "processing_only", "lines"), ())},
    "stay": {"counter": (("status", "stays", "as_of"), ("absences", "leaves", "earlier_status", "six_year", "permission"))},
    "suspension": {
        "application": (
            ("field", "application", "filed_on", "decided_on"),
            ("received_at", "status", "from_status", "already_in_field", "in_exception_group", "resident"),
        )
    },
    "deadlines": {
        "duty": (("duty", "event_on", "done_on"), ("holiday_rule",)),
        "report": (("duty", "period_from", "period_until", "done_on"), ("holiday_rule",)),
        "window": (("window", "dated", "used_on"), ()),
        "windows": (("windows", "departure_planned", "protector_registered_on"), ()),
        "renewal": (("renewal", "expires_on"), ()),
        "support": (("support", "arrived_on", "done", "as_of"), ()),
    },
    "identifiers": {"number": (("kind", "value"), ("sex_declared", "cnic_given", "born"))},
}  # fmt: skip

# Members whose codes the shape checks itself: the table that offers them.
NUMBER_KINDS = "identifiers.kind"
SKILL_TESTS = "eligibility.skill_tests"
OFFERS = {"eligibility.field": ("fields", "code"), "eligibility.duty": ("field_requirements", "duty_category")}


@dataclass(slots=True)
class Question:
    """One input of the form. `kind`: choice, picks, yes_no, day, moment, number, text, several, rows, group."""

    path: str
    key: str
    kind: str
    options: list[tuple[str, str]] = field(default_factory=list)
    children: list[Question] = field(default_factory=list)
    rows: list[list[Question]] = field(default_factory=list)
    shape: type[Facts] | None = None
    value: str = ""
    picked: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    @property
    def name(self) -> str:
        return self.path.strip("/").replace("/", ".")

    @property
    def label(self) -> str:
        return str(shelf("LABELS").get(self.key, self.key))

    @property
    def hint(self) -> str:
        return str(shelf("LABELS").get(self.key + ".hint", ""))


def _unwrap(annotation: Any, extras: Iterable[Any] = ()) -> tuple[Any, list[Any]]:
    """The type behind Optional and Annotated, with everything that was annotated on the way."""
    found = list(extras)
    while True:
        origin = get_origin(annotation)
        if origin is Annotated:
            annotation, *more = get_args(annotation)
            found += more
        elif origin in (Union, types.UnionType):
            annotation = next(one for one in get_args(annotation) if one is not type(None))
        else:
            return annotation, found


def _options_of_table(table: str, column: str, book: Book) -> list[tuple[str, str]]:
    rows: dict[str, Row] = {}
    for row in book.rows(table):
        rows.setdefault(row[column], row)
    return [(value, _option_words(value, row, column)) for value, row in rows.items() if value]


def _option_words(value: str, row: Row, column: str) -> str:
    said = shelf("CODES").get(value)
    here = row.get(f"name_{get_language()}") or row.get("name_en") or ""
    if column != "code" or not here:
        return str(said or row.get("event_en", value))
    return here


def _number_kinds(book: Book) -> list[str]:
    return [str(one["name"]) for one in book.identifiers]


def _skill_tests(book: Book) -> list[tuple[str, str]]:
    """Every skill test once: `FIELD` or `FIELD/DUTY`, with the name of the test."""
    column = "skill_test_name_ja" if get_language() == "ja" else "skill_test_name_en"
    rows = [row for row in book.rows("field_requirements") if row[column]]
    return list({"/".join(filter(None, (row["field"], row["duty_category"]))): row[column] for row in rows}.items())


def _question(key: str, path: str, annotation: Any, extras: Iterable[Any], book: Book) -> Question:
    kind, notes = _unwrap(annotation, extras)
    if key in OFFERS:
        return Question(path, key, "choice", _options_of_table(*OFFERS[key], book))
    if key == NUMBER_KINDS:
        return Question(path, key, "choice", [(kind, str(shelf("CODES").get(kind, kind))) for kind in _number_kinds(book)])
    if key == SKILL_TESTS:
        return Question(path, key, "picks", _skill_tests(book))
    table = next((note.func for note in notes if isinstance(note, AfterValidator) and hasattr(note.func, "table")), None)
    if table is not None and kind is str:
        return Question(path, key, "choice", _options_of_table(table.table, table.column, book))
    if get_origin(kind) is Literal:
        return Question(path, key, "choice", [(one, str(shelf("CODES").get(one, one))) for one in get_args(kind)])
    if get_origin(kind) in (list, tuple):
        inner, _notes = _unwrap(get_args(kind)[0])
        rows = isinstance(inner, type) and issubclass(inner, Facts)
        return Question(path, key, "rows", shape=inner) if rows else Question(path, key, "several")
    if isinstance(kind, type) and issubclass(kind, Facts):
        return Question(path, key, "group", children=list(questions_of(kind, path, key, book)))
    plain: dict[Any, str] = {bool: "yes_no", int: "number", dt.date: "day", dt.datetime: "moment"}
    return Question(path, key, plain.get(kind, "text"))


def questions_of(shape: type[Facts], path: str, key: str, book: Book, only: Iterable[str] | None = None) -> Iterator[Question]:
    """The questions for the members of a shape, under the names the facts use."""
    members = {(one.alias or name): one for name, one in shape.model_fields.items()}
    for name in only if only is not None else members:
        member = members[name]
        yield _question(f"{key}.{name}", f"{path}/{name}", member.annotation, member.metadata, book)


def plain_digits(text: str) -> str:
    """The same text with the digits of any script as 0 to 9."""
    return "".join(str(unicodedata.digit(c)) if c.isdigit() and not c.isascii() and c.isdecimal() else c for c in text)


class FactsForm:
    """A filled or empty form of a checker: `facts` are what was said, `show_faults` puts errors beside the inputs."""

    def __init__(self, checker: str, form: str, shape: type[Facts], book: Book, typed: QueryDict) -> None:
        lead, more = FORMS[checker][form]
        self.checker, self.form, self.book, self.typed = checker, form, book, typed
        self.lead = [self._fill(one) for one in questions_of(shape, "", checker, book, lead)]
        self.more = [self._fill(one) for one in questions_of(shape, "", checker, book, more)]
        self.other_faults: list[str] = []

    @property
    def facts(self) -> dict[str, Any]:
        """What was said, as facts."""
        return {name: value for one in (*self.lead, *self.more) for name, value in _said(one)}

    @property
    def has_faults(self) -> bool:
        return bool(self.other_faults) or any(one.errors for one in _all([*self.lead, *self.more]))

    @property
    def more_open(self) -> bool:
        return any(name for one in self.more for name, _value in _said(one)) or any(one.errors for one in _all(self.more))

    def show_faults(self, faults: Iterable[tuple[str, str]]) -> None:
        """Puts each fault (path, sentence) beside its input, or above the form when it has none."""
        by_path = {one.path: one for one in _all([*self.lead, *self.more])}
        for path, sentence in faults:
            place = next((by_path[step] for step in _upward(path) if step in by_path), None)
            (place.errors if place else self.other_faults).append(sentence)

    def _fill(self, question: Question) -> Question:
        question.value = self.typed.get(question.name, "")
        question.picked = self.typed.getlist(question.name) if question.kind == "picks" else []
        for child in question.children:
            self._fill(child)
        if question.kind == "rows" and question.shape is not None:
            count = self._row_count(question)
            question.rows = [
                [self._fill(one) for one in questions_of(question.shape, f"{question.path}/{n}", question.key, self.book)]
                for n in range(count)
            ]
        return question

    def _row_count(self, question: Question) -> int:
        asked = plain_digits(self.typed.get(f"{question.name}.rows", ""))
        count = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 4 else FEWEST_ROWS
        count += self.typed.get("add") == question.name
        return max(FEWEST_ROWS, min(count, MOST_ROWS))


def _all(questions: Iterable[Question]) -> Iterator[Question]:
    for one in questions:
        yield one
        yield from _all(one.children)
        for row in one.rows:
            yield from _all(row)


def _upward(path: str) -> Iterator[str]:
    while path:
        yield path
        path = path.rpartition("/")[0]


def _said(question: Question) -> Iterator[tuple[str, Any]]:
    """The member of the facts this question fills, if anything was said."""
    name = question.path.rpartition("/")[2]
    if question.kind == "group":
        inside = {key: value for one in question.children for key, value in _said(one)}
        if inside:
            yield name, inside
    elif question.kind == "rows":
        rows = [{key: value for one in row for key, value in _said(one)} for row in question.rows]
        if any(rows):
            yield name, [row for row in rows if row]
    elif question.kind == "picks":
        if question.picked:
            yield name, question.picked
    elif question.value.strip():
        yield name, _value(question.kind, question.value.strip())


def _value(kind: str, text: str) -> Any:
    if kind == "yes_no":
        return {YES: True, NO: False}.get(text, text)
    if kind == "number":
        bare = plain_digits(text).replace(",", "").replace("٬", "").replace(" ", "")
        return int(bare) if bare.isascii() and bare.isdigit() and len(bare) < 19 else text
    if kind in ("day", "moment"):
        return plain_digits(text)
    if kind == "several":
        return [part.strip() for part in SEPARATORS.split(plain_digits(text)) if part.strip()]
    return text
