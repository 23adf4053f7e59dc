"""The form of a step, made from the shape its program fills: one field a member, days and numbers in any digits.

What is left empty is left out; a list of lines has some empty rows; a file becomes its name and its bytes in base64.
"""

from __future__ import annotations

import base64
import binascii
import datetime as dt
import types
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from django import forms
from django.conf import settings
from django.utils.text import format_lazy
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from pydantic import AfterValidator, ConfigDict, Field
from pydantic.fields import FieldInfo

from rahdari.base.clock import ZONES
from rahdari.base.editions import current_book
from rahdari.base.facts import Day, Facts, Fault, own_fault
from rahdari.base.money import InWholeUnits
from rahdari.base.refusal import Refusal

from .money_typed import read_typed, whole_units
from .words import say, say_fault, shelf

NUMBER_SIGNS = str.maketrans("", "", ",.'٬،，、 \u00a0\u202f_")
DASHES = str.maketrans(dict.fromkeys("‐‑‒–—−－／/.", "-"))
ROWS = 6
Codes = Iterable[str] | Mapping[str, str]  # what may be chosen, with its words where they stand in no table
INNER = "."  # between a member and the members inside it, in the name of a field
LARGEST_SCAN = 10 * 1024 * 1024  # bytes
LONGEST, SEVERAL_LINES = 2000, 1000  # letters of a text of no length of its own; from how many on it may take several lines


def _base64(value: str) -> str:
    try:
        base64.b64decode(value, validate=True)
    except (binascii.Error, ValueError):
        raise own_fault("not_base64") from None
    return value


class ScanFacts(Facts):
    """A file handed in: its name, and its bytes in base64 as a program sends them."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    name: Annotated[str, Field(max_length=200)] = "scan"
    base64: Annotated[str, Field(max_length=LARGEST_SCAN * 4 // 3 + 4), AfterValidator(_base64)]

    @property
    def content(self) -> bytes:
        """Its bytes."""
        return base64.b64decode(self.base64)


class PaperFacts(Facts):
    """What is said of a paper that tells a step of the other side; the day on the paper is the day of the step."""

    issuer: Annotated[str, Field(max_length=200)] = ""
    number: Annotated[str, Field(max_length=60)] = ""
    received_on: Day | None = None
    scan: ScanFacts | None = None


class MomentsInput(forms.MultiWidget):
    """Several moments, each in a field of its own; what was typed is read as the lines of one text."""

    def __init__(self, label: Any, most: int) -> None:
        spoken = [format_lazy("{} {}", label, number) for number in range(1, most + 1)]
        super().__init__([forms.DateTimeInput({"type": "datetime-local", "aria-label": one}) for one in spoken])

    def decompress(self, value: Any) -> list[str | None]:
        """The lines, one a field."""
        lines = str(value or "").splitlines()
        return [*lines, *[None] * len(self.widgets)][: len(self.widgets)]

    def value_from_datadict(self, data: Any, files: Any, name: str) -> str:
        """The fields that were filled, one a line."""
        return "\n".join(one for one in super().value_from_datadict(data, files, name) if one)


@dataclass
class Part:
    """A part of a form: fields that stand alone (`name` is empty), or the lines of a list, folded after `shown`."""

    name: str
    label: Any
    shown: int
    lines: dict[int, list[forms.BoundField]] = field(default_factory=dict)

    def put(self, line: int, bound: forms.BoundField) -> None:
        """Adds a field to its line."""
        self.lines.setdefault(line, []).append(bound)

    @property
    def first(self) -> list[list[forms.BoundField]]:
        """The lines that are open from the beginning."""
        return list(self.lines.values())[: self.shown]

    @property
    def more(self) -> list[list[forms.BoundField]]:
        """The lines that are folded away."""
        return list(self.lines.values())[self.shown :]

    @property
    def is_open(self) -> bool:
        """Whether something stands in a line that would be folded away."""
        return any(bound.errors or bound.value() for line in self.more for bound in line)


class StepForm(forms.Form):
    """The form of a shape; `given` is what was typed, as decoded JSON would say it."""

    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, shape: type[Facts], package: str, *args: Any, leave_out: Iterable[str] = (), hidden: Iterable[str] = (),
        codes: Mapping[str, Codes] | None = None, beside: Mapping[str, str] | None = None, **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        self.shape, self.package, self.codes = shape, package, codes or {}
        self.left_out = frozenset(leave_out)
        self.shown = len(self.initial.get("rows", ()))  # lines the page fills in before
        self.money: dict[str, InWholeUnits] = {}
        self.fields |= dict(self._fields_of(shape, "", self.shown or ROWS, must=True))
        self.initial = self._as_typed(_flat(self.initial))
        for name, template in (beside or {}).items():
            self.fields[name].beside = template  # type: ignore[attr-defined]  # read by web/parts/field.html
        for name in hidden:
            self.fields[name].widget = forms.HiddenInput()

    @property
    def multipart(self) -> bool:
        """Whether a file is asked, so that the page says how it is sent."""
        return self.is_multipart()

    def parts(self) -> list[Part]:
        """What the page shows, in order: fields that stand alone, and lists with their lines."""
        found: list[Part] = []
        for bound in self.visible_fields():
            name, line = _list_of(bound.name)
            if not found or found[-1].name != name:
                found.append(Part(name, _label(self.package, name) if name else "", max(1, self.shown)))
            found[-1].put(line, bound)
        return found

    def _as_typed(self, initial: dict[str, Any]) -> dict[str, Any]:
        """What the form begins with; an amount of the smallest unit as people type it."""
        for path, money in self.money.items():
            amount = initial.get(path)
            if isinstance(amount, int):
                initial[path] = whole_units(amount, _currency(path, money, initial))
        return initial

    def _fields_of(self, shape: type[Facts], before: str, rows: int, *, must: bool) -> Iterator[tuple[str, forms.Field]]:
        for name, member in shape.model_fields.items():
            path = before + name
            if path in self.left_out:
                continue
            kind, notes = _bare(member)
            inner = _bare_of(get_args(kind)[0])[0] if get_origin(kind) in (list, tuple) else None
            if isinstance(kind, type) and issubclass(kind, Facts) and kind is not ScanFacts:
                yield from self._fields_of(kind, path + INNER, rows, must=must and member.is_required())
            elif isinstance(inner, type) and issubclass(inner, Facts):
                for number in range(rows):
                    yield from self._fields_of(inner, f"{path}{INNER}{number}{INNER}", rows, must=False)
            else:
                if (money := _money(notes)) is not None:
                    self.money[path] = money
                yield path, self._field(path, kind, notes, inner, must=must and member.is_required() and kind is not bool)

    def _field(self, path: str, kind: Any, notes: list[Any], inner: Any, *, must: bool) -> forms.Field:
        told: dict[str, Any] = {"label": _label(self.package, path), "help_text": _label(self.package, path, ".hint")}
        told["required"] = must
        told["error_messages"] = {"required": shelf("FAULTS")["member_missing"]}
        plain = ".".join(part for part in path.split(INNER) if not part.isdecimal())
        if plain in self.codes:
            codes = self.codes[plain]
            pairs = codes.items() if isinstance(codes, Mapping) else ((code, code) for code in codes)
            return forms.ChoiceField(choices=_choices(pairs), **told)
        if get_origin(kind) is Literal:
            return forms.ChoiceField(choices=_choices((one, one) for one in get_args(kind)), **told)
        table: Any = next((note.func for note in notes if isinstance(note, AfterValidator) and hasattr(note.func, "table")), None)
        if table is not None and kind is str:
            return forms.ChoiceField(choices=_choices(_rows_of(table.table, table.column)), **told)
        if kind is bool:
            return forms.BooleanField(**told)
        if kind is ScanFacts:
            return forms.FileField(**told)
        if inner is dt.datetime:
            most = next(note.max_length for note in notes if hasattr(note, "max_length"))
            return forms.CharField(widget=MomentsInput(told["label"], most), **told)
        if get_origin(inner) is Literal:
            choices = [(one, shelf("CODES").get(one, one)) for one in get_args(inner)]
            return forms.MultipleChoiceField(choices=choices, widget=forms.CheckboxSelectMultiple, **told)
        if inner is not None:
            return forms.CharField(widget=forms.Textarea({"rows": 3}), **told)
        longest = max((getattr(note, "max_length", 0) for note in notes), default=0)
        if kind is str and longest >= SEVERAL_LINES:
            return forms.CharField(max_length=longest, widget=forms.Textarea({"rows": 3, "dir": "auto"}), **told)
        return _typed(kind, told)

    def given(self) -> dict[str, Any]:
        """What was typed, as a program would send it."""
        return _given(self.shape, "", self.cleaned_data, self.left_out)

    def show(self, refusals: Iterable[Refusal]) -> None:
        """Puts each refusal of the law beside its field, the others above the form."""
        for refusal in refusals:
            self.add_error(self._place(refusal.member), say(refusal))

    def show_faults(self, faults: Iterable[Fault]) -> None:
        """Puts what is wrong with a member beside its field."""
        for fault in faults:
            self.add_error(self._place(fault.path.strip("/").replace("/", INNER)), say_fault(fault))

    def _place(self, path: str) -> str | None:
        while path and path not in self.fields:
            below = next((name for name in self.fields if name.startswith(path + INNER)), "")
            path = below or path.rpartition(INNER)[0]
        return path or None


def _list_of(name: str) -> tuple[str, int]:
    """The list a field belongs to and the number of its line; nothing and 0 for one that stands alone."""
    names = name.split(INNER)
    at = next((place for place, part in enumerate(names) if part.isdecimal()), None)
    return ("", 0) if at is None else (INNER.join(names[:at]), int(names[at]))


def _bare_of(annotation: Any, extras: Iterable[Any] = ()) -> tuple[Any, list[Any]]:
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


def _bare(member: FieldInfo) -> tuple[Any, list[Any]]:
    return _bare_of(member.annotation, member.metadata)


def _label(package: str, path: str, more: str = "") -> Any:
    """The words for a member: those of the package, else those of every step; never the bare name."""
    names = [part for part in path.split(INNER) if not part.isdecimal()]
    keys = (f"{package}.{'.'.join(names)}{more}", f"step.{names[-1]}{more}")
    return next((shelf("LABELS")[key] for key in keys if key in shelf("LABELS")), "" if more else names[-1])


def _choices(pairs: Iterable[tuple[str, str]]) -> list[tuple[str, Any]]:
    return [("", _("Choose")), *((code, shelf("CODES").get(words, words)) for code, words in pairs)]


def _rows_of(table: str, column: str) -> Iterator[tuple[str, str]]:
    for row in current_book().rows(table):
        if row[column]:
            yield row[column], row.get(f"name_{get_language()}") or row.get("name_en") or row[column]


def _typed(kind: Any, told: dict[str, Any]) -> forms.Field:
    if kind is dt.date:
        return forms.CharField(max_length=30, widget=forms.DateInput({"type": "date"}), **told)
    if kind is dt.datetime:
        return forms.CharField(max_length=30, widget=forms.DateTimeInput({"type": "datetime-local"}), **told)
    if kind is int:
        return forms.CharField(
            max_length=30, widget=forms.TextInput({"dir": "ltr", "inputmode": "numeric", "size": "12"}), **told
        )
    return forms.CharField(max_length=LONGEST, widget=forms.TextInput({"dir": "auto"}), **told)


def _flat(initial: Mapping[str, Any], before: str = "") -> dict[str, Any]:
    """What the form begins with, by the names of its fields."""
    found: dict[str, Any] = {}
    for name, value in initial.items():
        path = before + name
        if isinstance(value, Mapping):
            found |= _flat(value, path + INNER)
        elif isinstance(value, (list, tuple)) and value and isinstance(value[0], Mapping):
            for number, one in enumerate(value):
                found |= _flat(one, f"{path}{INNER}{number}{INNER}")
        else:
            found[path] = value.isoformat() if isinstance(value, dt.date) else value
    return found


def _given(shape: type[Facts], before: str, told: Mapping[str, Any], left_out: frozenset[str]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, member in shape.model_fields.items():
        path = before + name
        if path in left_out:
            continue
        value = _value_of(path, member, told, left_out)
        if value not in (None, "", [], {}):
            found[name] = value
    return found


def _value_of(path: str, member: FieldInfo, told: Mapping[str, Any], left_out: frozenset[str]) -> Any:
    kind, notes = _bare(member)
    money = _money(notes)
    if money is not None:
        typed = str(told.get(path) or "").strip()
        return read_typed(typed, _currency(path, money, told)) if typed else None
    inner = _bare_of(get_args(kind)[0])[0] if get_origin(kind) in (list, tuple) else None
    if isinstance(kind, type) and issubclass(kind, Facts) and kind is not ScanFacts:
        return _with_more_than_no(_given(kind, path + INNER, told, left_out))
    if isinstance(inner, type) and issubclass(inner, Facts):
        numbers = sorted({int(rest[0]) for name in told if (rest := name.removeprefix(path + INNER).split(INNER))[0].isdecimal()})
        rows = [_given(inner, f"{path}{INNER}{number}{INNER}", told, left_out) for number in numbers]
        return [row for row in rows if _with_more_than_no(row)]
    value = told.get(path)
    if isinstance(value, list):
        return value
    if inner is not None:
        lines = [part.strip() for part in str(value or "").splitlines() if part.strip()]
        return [_plain(inner, line) for line in lines] if inner is dt.datetime else lines
    return _plain(kind, value)


def _money(notes: Iterable[Any]) -> InWholeUnits | None:
    """The mark of an amount that is typed in whole units."""
    return next((note for note in notes if isinstance(note, InWholeUnits)), None)


def _currency(path: str, money: InWholeUnits, told: Mapping[str, Any]) -> str:
    """The currency that stands beside an amount, or the usual one."""
    beside = path.rpartition(INNER)[0]
    return str(told.get(f"{beside}{INNER}{money.currency}" if beside else money.currency) or money.usual)


def _with_more_than_no(given: dict[str, Any]) -> dict[str, Any]:
    """Nothing, where all that was said are boxes left open."""
    return given if any(value is not False for value in given.values()) else {}


def _plain(kind: Any, value: Any) -> Any:
    """One value as decoded JSON says it; what cannot be read stays as typed, for the shape to refuse."""
    if kind is ScanFacts:
        return None if value is None else {"name": value.name, "base64": base64.b64encode(value.read()).decode()}
    if value is None or isinstance(value, bool) or not str(value).strip():
        return value
    text = unicodedata.normalize("NFKC", str(value)).strip()
    if kind is dt.date:
        return _plain_digits(text).translate(DASHES)
    if kind is dt.datetime:
        return _moment(_plain_digits(text))
    if kind is int:
        bare = text.translate(NUMBER_SIGNS)
        return int(bare) if bare.isdecimal() and len(bare) < 17 else text
    return text


def _plain_digits(text: str) -> str:
    """The same text with the digits of any script as 0 to 9."""
    return "".join(str(unicodedata.decimal(letter)) if letter.isdecimal() else letter for letter in text)


def _moment(text: str) -> str:
    """A moment typed by the clock of this node's offices, with its offset."""
    try:
        read = dt.datetime.fromisoformat(text)
    except ValueError:
        return text
    return (read if read.utcoffset() is not None else read.replace(tzinfo=ZONES[settings.RAHDARI_NODE])).isoformat()
