"""Reads one line of costs: what the item is, who bears it, and what can be said about it.

Here stand the words of the open lists of payers and payees. Nothing is judged here.
No Django, no database, no clock.
"""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from rahdari.base.reference import Book, Row
from rahdari.base.refusal import Reason

from .costs_shape import CostLine, CostsFacts

WORKER_SIDE = frozenset({"worker", "candidate", "family", "relative"})
BUSINESS_SIDE = frozenset(
    {"employer", "employer_staff", "accepting_org", "promoter", "oep", "oec", "government"}
    | {"rso", "support_organisation", "support_org", "placement_business", "jp_placement", "training_body", "exam_body"}
)
UNLICENSED = frozenset({"unlicensed_person", "employer_staff", "sub_agent"})
# They sell a thing or hold public money; what they give back was no deposit in the hands of a recruiter.
SELLERS = frozenset({"government", "airline", "clinic", "test_centre", "bank", "landlord"})
RECRUITING = frozenset({"government", "promoter", "oec", "airline", "clinic", "test_centre"}) | UNLICENSED

ITEM_TABLES = (("fees_pk", "item"), ("fees_jp", "item"), ("support_items", "code"), ("fee_categories", "code"))
NAMES = ("name_en", "name_ja", "name_ur")
CONFIDENCE = ("high", "medium", "low")


@dataclass(frozen=True, slots=True)
class Line:
    """One line as read: `number` counts from 0, `on` is the day whose law counts, `item` is "" for free text."""

    number: int
    said: CostLine
    on: dt.date
    table: str
    item: str
    category: str
    group: str

    @property
    def payer(self) -> str:
        return (self.said.payer or "").lower()

    @property
    def payee(self) -> str:
        return (self.said.payee or "").lower()

    @property
    def worker_pays(self) -> bool:
        return self.payer in WORKER_SIDE

    @property
    def business_pays(self) -> bool:
        return self.payer in BUSINESS_SIDE

    @property
    def held(self) -> bool:
        return self.said.held_property is True

    @property
    def amount_open(self) -> bool:
        """Something is asked, but not how much: the amount was left out and it is no mere keeping of things."""
        return not self.said.said("amount") and not self.held

    @property
    def charged(self) -> bool:
        """Whether money is asked at all: an amount above zero, or one that was not told."""
        return bool(self.said.amount) or self.amount_open

    def denied(self, member: str) -> bool:
        """Whether a member was said to be false or none; a member left out says nothing."""
        return self.said.said(member) and not getattr(self.said, member)


@dataclass(frozen=True, slots=True)
class Point:
    """What one norm says of one line; without a norm it is a reason and no finding."""

    line: int
    reason: Reason
    norm: str = ""
    known: bool = True


Points = Iterator[Point]


def folded(text: str) -> str:
    """A text without differences of width, case and spacing."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


@lru_cache(maxsize=8)
def _names(book: Book) -> dict[str, tuple[str, str]]:
    names: dict[str, tuple[str, str]] = {}
    for table, column in ITEM_TABLES:
        for row in book.rows(table):
            for name in (row[name] for name in NAMES if name in row):
                names.setdefault(folded(name), (table, row[column]))
    return names


def recognised(text: str, book: Book) -> tuple[str, str]:
    """The table and code an item stands for, by its code or by one of the table's own names; ("", "") for free text."""
    for table, column in ITEM_TABLES:
        if text in book.codes(table, column):
            return table, text
    return _names(book).get(folded(text), ("", ""))


def _category(table: str, item: str, book: Book) -> str:
    if table == "fee_categories":
        return item
    row = book.one(table, item=item) if table == "fees_pk" else None
    return row["ilo_category"] if row else ""


def read_line(number: int, said: CostLine, book: Book, today: dt.date) -> Line:
    """Reads one line; the law of the day of payment counts, of today where no day was told."""
    table, item = recognised(said.item, book) if said.item else ("", "")
    category = _category(table, item, book)
    row = book.one("fee_categories", code=category) if category else None
    return Line(number, said, said.paid_on or today, table, item, category, row["group"] if row else "")


def read_lines(facts: CostsFacts, book: Book, today: dt.date) -> tuple[Line, ...]:
    """All lines in the order they were given."""
    return tuple(read_line(number, said, book, today) for number, said in enumerate(facts.lines or ()))


def law(code: str, on: dt.date, book: Book, table: str = "fee_rules") -> Row | None:
    """The row of a rule, None on a day it did not hold."""
    return next(iter(book.in_force(table, on, code=code)), None)


def weaker(*confidences: str) -> str:
    """The weakest of several confidences."""
    return max(confidences, key=CONFIDENCE.index)


def point(
    line: Line,
    code: str,
    row: Row | None = None,
    about: Mapping[str, object] | None = None,
    *,
    norm: str = "",
    known: bool = True,
    sure: str = "",
) -> Point:
    """A point on a line, resting on a row of the tables; `sure` counts when it is weaker than the row's confidence."""
    rule, source, confidence = "", "", sure
    if row is not None:
        rule, source = row["code"] if "code" in row else row["item"], row["source"]
        confidence = weaker(row["confidence"], sure or row["confidence"])
    every = {"line": line.number, "position": line.number + 1, "item": line.item or line.said.item or "–", **(about or {})}
    return Point(line.number, Reason(code, every, rule, source, confidence), norm, known)


def words_of(line: Line, rule: str, book: Book) -> Row | None:
    """The word of `cost_words` in a free text that speaks of a rule, None when there is none."""
    if line.item or not line.said.item:
        return None
    text = folded(line.said.item)
    return next((row for row in book.rows("cost_words", rule=rule) if folded(row["word"]) in text), None)
