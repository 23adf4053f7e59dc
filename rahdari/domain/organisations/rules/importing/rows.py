"""One row of a register as it would stand, and everything that is wrong with it, each with its column. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from rahdari.base.days import ONE_DAY
from rahdari.base.reference import Book
from rahdari.domain.accounts.rules.phones import normal_phone

from ..entries import LONGEST_NAME, OFFICER_IDENTITY, OfficerEntered
from ..identifiers import entry_of, normalise, why_not
from ..licences import KINDS
from ..names import fold as fold_name
from . import values
from .columns import IDENTIFIERS, OFFICERS

LONGEST_ADDRESS, LONGEST_OFFICER = 300, 120
MOST_NAMES, MOST_PHONES, MOST_OFFICERS, MOST_OLD = 6, 10, 60, 20
FREE_NUMBER = 20  # letters of a number whose form stands in no table
WHOLE_ROW = ""


# A register says the same names, cities and offices many times while it is compared.
fold = lru_cache(maxsize=1 << 16)(fold_name)


@dataclass(frozen=True, slots=True)
class RowFault:
    """What is wrong: a code, the title of the column (empty: the whole row), and what the sentence names."""

    code: str
    column: str = WHOLE_ROW
    about: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Terms:
    """On which terms a register is read: the side and its day, the kind of its rows, what stands first in a day."""

    side: str
    kind: str
    today: dt.date
    day_order: str = ""


@dataclass(slots=True)
class RowRead:
    """A row as it would stand; `until` is the first day without validity."""

    line: int
    kind: str
    number: str = ""
    old_numbers: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    address: str = ""
    city: str = ""
    phones: tuple[str, ...] = ()
    state: str = ""
    state_on: dt.date | None = None
    from_on: dt.date | None = None
    until: dt.date | None = None
    officers: tuple[OfficerEntered, ...] = ()
    identifiers: tuple[tuple[str, str], ...] = ()
    faults: list[RowFault] = field(default_factory=list)
    forms: list[str] = field(default_factory=list)  # in which ways its days were written

    @property
    def office(self) -> str:
        """The address with the city, where it does not stand there already."""
        inside = fold(self.city) in fold(self.address)
        return self.address if inside or not self.city else ", ".join(filter(None, (self.address, self.city)))


class Reader:
    """Reads the rows of one sheet, by what each of its columns holds."""

    def __init__(self, head: Sequence[str], targets: Sequence[str], terms: Terms, book: Book) -> None:
        self.head, self.terms, self.book = head, terms, book
        self.places: dict[str, list[int]] = {}
        for place, target in enumerate(targets):
            self.places.setdefault(target, []).append(place)
        self.row = RowRead(0, terms.kind)
        self.cells: Sequence[str] = ()
        self.known_phones: dict[str, str | None] = {}

    def read(self, line: int, cells: Sequence[str]) -> RowRead:
        """One row with its faults, all of them."""
        self.row, self.cells = RowRead(line, self.terms.kind), cells
        for step in STEPS:
            step(self)
        return self.row

    def wrong(self, code: str, place: int | None = None, **about: Any) -> None:
        """Notes what is wrong in a column, or with the whole row."""
        column = self.head[place] or str(place + 1) if place is not None else WHOLE_ROW
        self.row.faults.append(RowFault(code, column, about))

    def told(self, target: str) -> Iterator[tuple[int, str]]:
        """The columns of a target in which this row says something that can be read."""
        for place in self.places.get(target, ()):
            text = values.plain(self.cells[place])
            if not text:
                continue
            code = values.why_not_cell(text)
            if code:
                self.wrong(code, place)
            elif target in NUMBERED and values.SHORTENED.fullmatch(text):
                self.wrong("number_shortened", place)
            else:
                yield place, text

    def day(self, target: str) -> dt.date | None:
        """The day of a column."""
        for place, text in self.told(target):
            read = values.day_of(text, self.terms.day_order)
            if read.day is None:
                self.wrong(read.wrong, place, value=text[:40])
            else:
                self.row.forms.append(read.form)
            return read.day
        return None

    def phone(self, text: str) -> str | None:
        """The number in its one form; each way of typing is worked out once."""
        if text not in self.known_phones:
            self.known_phones[text] = normal_phone(text, self.terms.side)
        return self.known_phones[text]


NUMBERED = frozenset({"number", "old_number", "phone", "officer_identity", *IDENTIFIERS})


def _kind(on: Reader) -> None:
    for place, text in on.told("kind"):
        kind = values.kind_of(text)
        if not kind:
            on.wrong("kind_word_unknown", place, value=text[:40])
        elif KINDS[kind].side != on.terms.side:
            on.wrong("kind_of_other_state", place, kind=kind)
        else:
            on.row.kind = kind


def _numbers(on: Reader) -> None:
    forms = KINDS[on.row.kind].numbers
    for place, text in on.told("number"):
        on.row.number = _formed(on, forms, text)
        if not on.row.number:
            on.wrong("register_number_wrong", place, value=text[:40], example=_example(on, forms))
    unread = any(fault.column in [on.head[place] for place in on.places.get("number", ())] for fault in on.row.faults)
    if forms and not on.row.number and not unread:
        on.wrong("register_number_missing")
    olds = []
    for place, text in on.told("old_number"):
        for part in values.parts_of(text):
            # What was a number long ago may have a form that no table knows.
            olds.append(_formed(on, forms, part) or part.upper())
            if len(part) > 40:
                on.wrong("cell_too_long", place, most=40)
    on.row.old_numbers = tuple(dict.fromkeys(olds))[:MOST_OLD]


def _formed(on: Reader, forms: Sequence[str], text: str) -> str:
    """A number in the one way of writing it, where it has one of the forms of its kind."""
    for form in forms:
        entry, value = entry_of(form, on.book), normalise(form, text)
        if entry is not None and value and not why_not(entry, value, on.book):
            return value
    return ""


def _example(on: Reader, forms: Sequence[str]) -> str:
    entry = entry_of(forms[0], on.book) if forms else None
    examples = entry.get("valid") if entry else None
    return str(examples[0]) if isinstance(examples, list) and examples else ""


def _names(on: Reader) -> None:
    names: dict[str, str] = {}
    broken = False
    for place, text in on.told("name"):
        name = " ".join(text.split())
        if len(name) > LONGEST_NAME:
            broken = True
            on.wrong("cell_too_long", place, most=LONGEST_NAME)
        elif not any(letter.isalpha() for letter in name) or "\ufffd" in name or "???" in name:
            broken = True
            on.wrong("register_name_broken", place)
        else:
            names.setdefault(name, name)
    on.row.names = tuple(names)[:MOST_NAMES]
    if not names and not broken:
        on.wrong("register_name_missing")


def _office(on: Reader) -> None:
    parts = [" ".join(text.split()) for _, text in on.told("address")]
    on.row.address = ", ".join(dict.fromkeys(parts))
    on.row.city = next((" ".join(text.split()) for _, text in on.told("city")), "")
    if len(on.row.office) > LONGEST_ADDRESS:
        on.wrong("cell_too_long", on.places.get("address", [0])[0], most=LONGEST_ADDRESS)


def _phones(on: Reader) -> None:
    found: dict[str, None] = {}
    for place, text in on.told("phone"):
        for part in [text] if on.phone(text) else values.phones_of(text):
            phone = on.phone(part)
            if phone is None:
                on.wrong("register_phone_wrong", place, value=part[:40])
            else:
                found[phone] = None
    on.row.phones = tuple(found)[:MOST_PHONES]


def _days(on: Reader) -> None:
    row, today = on.row, on.terms.today
    row.from_on, row.state_on = on.day("from_on"), on.day("state_on")
    last = on.day("last_on")
    row.until = last + ONE_DAY if last else on.day("until")
    for target, day in (("from_on", row.from_on), ("state_on", row.state_on)):
        if day is not None and day > today:
            on.wrong("day_in_future", on.places[target][0], value=day)
    if row.from_on and row.until and row.until <= row.from_on:
        on.wrong("ends_before_it_begins", on.places["last_on" if last else "until"][0], value=row.from_on)
    if row.from_on and row.state_on and row.state_on < row.from_on:
        on.wrong("state_before_it_begins", on.places["state_on"][0], value=row.from_on)


def _state(on: Reader) -> None:
    row, ended = on.row, on.row.until is not None and on.row.until <= on.terms.today
    if not on.places.get("state"):
        row.state = "expired" if ended else "valid"
        return
    place, text = next(on.told("state"), (None, ""))
    row.state = values.state_of(text)
    if row.state or any(fault.column == on.head[on.places["state"][0]] for fault in row.faults):
        if row.state == "valid" and ended:
            on.wrong("state_against_days", place, value=row.until - ONE_DAY if row.until else None)
        if row.state == "expired" and row.until is not None and not ended:
            on.wrong("expired_too_early", place, value=row.until - ONE_DAY)
        return
    if text:
        on.wrong("state_word_unknown", place, value=text[:40])
    else:
        on.wrong("state_missing", on.places["state"][0])


def _officers(on: Reader) -> None:
    people: list[tuple[str, str]] = []
    for role in OFFICERS:
        for place, text in on.told(role):
            for name in values.parts_of(text):
                if len(name) > LONGEST_OFFICER:
                    on.wrong("cell_too_long", place, most=LONGEST_OFFICER)
                people.append((name[:LONGEST_OFFICER], role))
    cards = [(place, part) for place, text in on.told("officer_identity") for part in values.parts_of(text)]
    for place, part in cards:
        if _card(on, part) is None:
            on.wrong("officer_card_wrong", place)
    if len(cards) > len(people):
        on.wrong("more_cards_than_people", cards[-1][0])
    numbers = [_card(on, part) or "" for _, part in cards] + [""] * len(people)
    told = [OfficerEntered(name, role, number) for (name, role), number in zip(people, numbers, strict=False)]
    on.row.officers = tuple(told)[:MOST_OFFICERS]


def _card(on: Reader, text: str) -> str | None:
    """The number of a person's card as it is kept; None for one that has not the form of the side."""
    kind = OFFICER_IDENTITY.get(on.terms.side, "")
    form, value = entry_of(kind, on.book), normalise(kind, text)
    return None if not value or len(value) > 40 or (form is not None and why_not(form, value, on.book)) else value.upper()


def _identifiers(on: Reader) -> None:
    found = []
    for kind in IDENTIFIERS:
        for place, text in on.told(kind):
            form, value = entry_of(kind, on.book), normalise(kind, text) or ""
            if form is None:
                value = "".join(value.split()).upper()
            against = why_not(form, value, on.book) if form is not None else []
            if against:
                reason = against[0][1]
                on.wrong(reason.code, place, **dict(reason.about))
            elif not value or len(value) > FREE_NUMBER * 2:
                on.wrong("cell_too_long", place, most=FREE_NUMBER * 2)
            else:
                found.append((kind, value))
    on.row.identifiers = tuple(found)


STEPS: tuple[Callable[[Reader], None], ...] = (
    _kind, _numbers, _names, _days, _state, _office, _phones, _officers, _identifiers,
)  # fmt: skip
