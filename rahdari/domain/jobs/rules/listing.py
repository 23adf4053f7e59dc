"""Under which keys the portal finds a vacancy: what it is, where, for whom, by whom, as short codes that know no language.

A key is a kind and a code: `f:NURSING_CARE`, `d:TRUCK`, `p:15`, `m:151009`, `t:JLPT`, `l:A2`, `r:oep`, `k:ssw1`. The keys of
the employer's name are those of the workshop of names. Facts in, keys out. No Django, no database, no clock here.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from rahdari.base.reference import Book
from rahdari.names.doors import SOUND, search_keys
from rahdari.names.doors import VERSION as NAMES_VERSION
from rahdari.names.parsing import ORGANISATION

from .romaji import on_signs
from .texts import parts_of

VERSION = 3 + 100 * NAMES_VERSION  # goes up when the keys of a vacancy are made in another way
FIELD, DUTY, PREFECTURE, TOWN, TEST, LEVEL, ROUTE, KIND = (f"{one}:" for one in "fdpmtlrk")
WHOLE = "="
NONE, ANY = "none", "any"
LEVELS = (NONE, "A1", "A2", "B1", "B2", "C1")
LANGUAGE = "language"
MOST_OF_NAME = 24
WEEKS_A_YEAR, MONTHS_A_YEAR = 52, 12
YEN = "JPY"


def keys_of_vacancy(
    *, field: str, duty: str, kind: str, route: str, prefecture: str, municipality: str, tests: Iterable[str], employer_name: str,
    book: Book, on: dt.date,
) -> list[str]:  # fmt: skip
    """Every key of a vacancy, sorted; the level of language is that the field asks for on a day."""
    asked = tuple(tests)
    level = level_asked(field, duty, kind, asked, book, on)
    keys = {FIELD + field, KIND + kind, ROUTE + route, TEST + (ANY if asked else NONE), *(TEST + one for one in asked)}
    keys |= {DUTY + duty} if duty else set()
    keys |= {PREFECTURE + prefecture} if prefecture else set()
    keys |= {TOWN + municipality} if municipality else set()
    keys |= {LEVEL + level} if level else set()
    return sorted(keys | keys_of_employer(employer_name))


@lru_cache(maxsize=1 << 15)
def keys_of_employer(name: str) -> frozenset[str]:
    """The keys an employer's name is found by: its words, then their sounds. Its name is public."""
    keys = sorted(key for key in search_keys(name, ORGANISATION) if key[0] in (WHOLE, SOUND))
    whole = list(dict.fromkeys([WHOLE + part for part in parts_of(name)] + [key for key in keys if key[0] == WHOLE]))
    whole += [read for key in whole if (read := on_signs(key)) != key and read.isascii()]
    return frozenset([*whole, *(key for key in keys if key[0] == SOUND)][:MOST_OF_NAME])


def level_asked(field: str, duty: str, kind: str, tests: Iterable[str], book: Book, on: dt.date) -> str:
    """The level of Japanese a vacancy asks for, as the CEFR names it: the lowest that is enough; `none` where none is asked.

    Empty where a test of the language is asked for but the tables do not say which level.
    """
    rows = book.in_force("field_requirements", on, field=field) if kind == "ssw1" else ()
    enough = {code for row in rows if row["duty_category"] in (duty, "") for code in row.codes("language_min")}
    levels = sorted(cefr for code in enough if (cefr := cefr_of(code, book)))
    if levels:
        return levels[0]
    exams = {row["code"] for row in book.rows("exam_kinds", kind=LANGUAGE)}
    return "" if exams & set(tests) else NONE


def cefr_of(code: str, book: Book) -> str:
    """The level of the CEFR that a level of a test stands for (`JLPT_N4`: `A2`); empty for none."""
    for row in book.rows("language_levels"):
        if row["cefr"] and code in row.codes("satisfies")[:1]:
            return row["cefr"].partition(".")[0]
    return ""


def levels_up_to(level: str) -> list[str]:
    """The levels for which somebody of this level knows enough."""
    return list(LEVELS[: LEVELS.index(level) + 1])


def pay_a_month(terms: Mapping[str, Any]) -> int | None:
    """The basic pay in yen a month, so that vacancies can be ordered: by the hour it is worked out over a year of weeks.

    None where it is not paid in yen: no rate of exchange is kept here.
    """
    pay = terms["pay_basic"]
    if pay["currency"] != YEN:
        return None
    if pay["per"] == "month":
        return int(pay["amount"])
    return int(pay["amount"] * terms["hours_week"] * WEEKS_A_YEAR // MONTHS_A_YEAR)
