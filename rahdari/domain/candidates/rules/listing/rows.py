"""One row of a list as it would stand, what is wrong with it, and a whole list compared with itself and with the files. Pure."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence, Set
from dataclasses import asdict, dataclass, field
from typing import Any

from rahdari.base.reference import Book
from rahdari.domain.accounts.rules.phones import normal_phone
from rahdari.domain.organisations.rules import entry_of, normalise, why_not
from rahdari.domain.organisations.rules.importing.values import SHORTENED, day_of, plain, why_not_cell

from ..doubts import why_not_name
from ..files import OLDEST

NEW, KNOWN, WRONG = "new", "known", "wrong"
FATES = (NEW, KNOWN, WRONG)
LONGEST = 120
SEXES: Mapping[str, tuple[str, ...]] = {
    "F": ("f", "female", "woman", "خاتون", "عورت", "زنانہ"),
    "M": ("m", "male", "man", "مرد", "مردانہ"),
}
_SEX_OF = {word: sex for sex, words in SEXES.items() for word in words}


@dataclass(frozen=True, slots=True)
class RowFault:
    """What is wrong with a row: a code, the title of the column (empty: the whole row), and what the sentence names."""

    code: str
    column: str = ""
    about: Mapping[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class RowRead:
    """A row as it would stand; `notes` are codes of what is left out of it without making it wrong."""

    line: int
    name: str = ""
    name_urdu: str = ""
    father_name: str = ""
    cnic: str = ""
    birth_date: dt.date | None = None
    sex: str = "X"
    birthplace: str = ""
    phone: str = ""
    passport_no: str = ""
    passport_until: dt.date | None = None
    faults: list[RowFault] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def told(self) -> dict[str, Any]:
        """The row as it is kept and shown."""
        return {name: value for name, value in asdict(self).items() if name not in ("line",)}


class Reader:
    """Reads the rows of one list, by what each of its columns holds."""

    def __init__(self, head: Sequence[str], targets: Sequence[str], today: dt.date, day_order: str, book: Book) -> None:
        self.head, self.today, self.day_order, self.book = head, today, day_order, book
        self.places = {target: place for place, target in enumerate(targets)}
        self.cnic, self.passport = entry_of("cnic", book), entry_of("pk_passport", book)

    def read(self, line: int, cells: Sequence[str]) -> RowRead:
        """One row with its faults, all of them."""
        row = RowRead(line)
        told = {target: self._cell(row, target, cells) for target in self.places}
        self._names(row, told)
        self._numbers(row, told)
        self._days(row, told)
        sex = told.get("sex", "")
        row.sex = _SEX_OF.get(sex.casefold(), "X")
        if sex and row.sex == "X" and sex.casefold() != "x":
            self._wrong(row, "sex_word_unknown", "sex", value=sex[:40])
        return row

    def _cell(self, row: RowRead, target: str, cells: Sequence[str]) -> str:
        text = plain(cells[self.places[target]])
        code = why_not_cell(text) if text else ""
        if not code and target in ("cnic", "phone", "passport_no") and SHORTENED.fullmatch(text):
            code = "number_shortened"
        if not code and len(text) > LONGEST:
            code = "cell_too_long"
        if code:
            self._wrong(row, code, target, most=LONGEST)
        return "" if code else text

    def _wrong(self, row: RowRead, code: str, target: str, **about: Any) -> None:
        row.faults.append(RowFault(code, self.head[self.places[target]] if target in self.places else "", about))

    def _names(self, row: RowRead, told: Mapping[str, str]) -> None:
        for target in ("name", "name_urdu", "father_name", "birthplace"):
            setattr(row, target, " ".join(told.get(target, "").split()))
        if "\ufffd" in row.name or "???" in row.name:
            self._wrong(row, "register_name_broken", "name")
        elif not self._is_wrong(row, "name"):
            for refusal in why_not_name(row.name):
                self._wrong(row, refusal.code, "name")

    def _is_wrong(self, row: RowRead, target: str) -> bool:
        return any(fault.column == self.head[self.places[target]] for fault in row.faults) if target in self.places else False

    def _numbers(self, row: RowRead, told: Mapping[str, str]) -> None:
        card = normalise("cnic", told.get("cnic", "")) or ""
        if self.cnic is not None and card and not why_not(self.cnic, card, self.book):
            row.cnic = card
        elif not self._is_wrong(row, "cnic"):
            self._wrong(row, "card_wrong" if card else "card_missing", "cnic")
        passport = normalise("pk_passport", told.get("passport_no", "")) or ""
        if passport and (self.passport is None or why_not(self.passport, passport, self.book)):
            self._wrong(row, "passport_wrong", "passport_no")
        else:
            row.passport_no = passport
        if told.get("phone"):
            row.phone = normal_phone(told["phone"], "pk") or ""
            if not row.phone:
                self._wrong(row, "register_phone_wrong", "phone", value=told["phone"][:40])

    def _days(self, row: RowRead, told: Mapping[str, str]) -> None:
        row.birth_date = self._day(row, "birth_date", told)
        if row.birth_date is None and not self._is_wrong(row, "birth_date"):
            self._wrong(row, "birth_date_missing", "birth_date")
        if row.birth_date is not None and not self.today.year - OLDEST <= row.birth_date.year <= self.today.year - 10:
            self._wrong(row, "birth_cannot_be", "birth_date", value=row.birth_date)
        last = self._day(row, "passport_last_on", told)
        row.passport_until = last + dt.timedelta(days=1) if last is not None else None
        if row.passport_until is not None and row.passport_until <= self.today:
            row.notes.append("passport_ended")
            row.passport_no, row.passport_until = "", None
        elif row.passport_no and row.passport_until is None:
            row.notes.append("passport_end_unknown")
            row.passport_no = ""

    def _day(self, row: RowRead, target: str, told: Mapping[str, str]) -> dt.date | None:
        text = told.get(target, "")
        if not text:
            return None
        read = day_of(text, self.day_order)
        if read.day is None:
            self._wrong(row, read.wrong, target, value=text[:40])
        return read.day


@dataclass(frozen=True, slots=True)
class Checked:
    """A row with its fate."""

    row: RowRead
    fate: str


def compare_rows(rows: Sequence[RowRead], cards: Set[str], passports: Set[str], phones: Set[str]) -> list[Checked]:
    """What becomes of every row: `cards` have a file already, `passports` and `phones` belong to somebody else already.

    A number given twice in the list makes both rows wrong. A phone that is not free is left out of its row: families share one.
    """
    lines: dict[str, list[int]] = {}
    for row in rows:
        if row.cnic:
            lines.setdefault(row.cnic, []).append(row.line)
    twice = Counter(row.passport_no for row in rows if row.passport_no)
    shared = Counter(row.phone for row in rows if row.phone)
    found = []
    for row in rows:
        others = [line for line in lines.get(row.cnic, ()) if line != row.line]
        if others:
            row.faults.append(RowFault("card_twice", about={"line": others[0]}))
        if row.passport_no and row.cnic not in cards and (twice[row.passport_no] > 1 or row.passport_no in passports):
            row.faults.append(RowFault("passport_twice"))
        if row.phone and (row.phone in phones or shared[row.phone] > 1):
            row.notes.append("phone_shared")
            row.phone = ""
        fate = WRONG if row.faults else KNOWN if row.cnic in cards else NEW
        found.append(Checked(row, fate))
    return found


def counts_of(checked: Sequence[Checked]) -> dict[str, dict[str, int]]:
    """How many rows of each fate, of each fault, of each note; nothing else."""
    fates = Counter(one.fate for one in checked)
    faults = Counter(code for one in checked for code in {fault.code for fault in one.row.faults})
    notes = Counter(note for one in checked for note in set(one.row.notes))
    return {
        "fates": {fate: fates[fate] for fate in FATES},
        "faults": dict(faults.most_common()),
        "notes": dict(notes.most_common()),
    }
