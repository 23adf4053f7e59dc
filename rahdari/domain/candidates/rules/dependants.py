"""Who may come along to Japan: the law's row for the holder's status, and what cannot be of a spouse or child. Pure."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from rahdari.base.reference import Book, Row
from rahdari.base.refusal import Refusal

from .doubts import why_not_name

SPOUSE, CHILD = RELATIONS = ("spouse", "child")
STATUSES = ("ssw2", "professional", "ssw1")
MOST = 15
PASSPORT = re.compile(r"[A-Z0-9]{5,15}")  # of whatever state: a spouse may hold another one's


@dataclass(frozen=True, slots=True)
class Told:
    """What is told of a dependant; the passport in its one form, empty where there is none yet."""

    relation: str
    status: str
    name: str
    birth_date: dt.date
    passport_no: str


def plain_passport(typed: str) -> str:
    """A number as typed in its one form: without spaces and dashes, in capitals."""
    return re.sub(r"[\s-]", "", typed).upper()


def family_row(status: str, book: Book, today: dt.date) -> Row | None:
    """The row of the law that says whether a family comes along with a status, None where no table says so."""
    tables = ("stay_rules", "professional_routes")
    rows = [row for table in tables for row in book.in_force(table, today, status=status, kind="family")]
    return rows[0] if rows else None


def why_not_dependant(told: Told, *, born: dt.date, held: list[str], row: Row | None, today: dt.date) -> list[Refusal]:
    """Every reason against; `born` is the holder's birthday, `held` the relations in the file already."""
    against = why_not_name(told.name, "name")
    if told.birth_date > today:
        against.append(Refusal("date_in_future", {"day": told.birth_date}, member="birth_date"))
    elif told.relation == CHILD and told.birth_date <= born:
        against.append(Refusal("child_older", member="birth_date"))
    if told.passport_no and not PASSPORT.fullmatch(told.passport_no):
        against.append(Refusal("dependant_passport_wrong", member="passport_no"))
    if told.relation == SPOUSE and SPOUSE in held:
        against.append(Refusal("spouse_there", member="relation"))
    if len(held) >= MOST:
        against.append(Refusal("too_many_dependants", {"most": MOST}))
    if row is None:
        against.append(Refusal("dependants_not_allowed", member="status"))
    elif row["value"] != "yes":
        law = (row["code"], row["source"], row["confidence"])
        against.append(Refusal("dependants_not_allowed", {}, *law, member="status"))
    return against
