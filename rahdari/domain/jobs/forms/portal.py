"""What a visitor of the portal asks for, read from an address or a form: what cannot be read asks for nothing."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from rahdari.base.editions import current_book
from rahdari.base.reference import Book
from rahdari.web.words import shelf, spoken

from ..queries.search import LEVELS_OFFERED, LONGEST, NEWEST, ORDERS, ROUTES, TESTS, Asked
from ..queries.words import prefecture_name
from ..rules.search_facts import is_day

MOST_PAY, MOST_PAGES = 10_000_000, 10_000
Options = list[tuple[str, str]]


def asked_of(typed: Mapping[str, str]) -> Asked:
    """The search a line of names and values asks for; a field, place or order nobody knows is left out."""
    book = current_book()

    def known(name: str, values: object) -> str:
        value = typed.get(name, "")
        return value if value in values else ""  # type: ignore[operator]

    return Asked(
        q=" ".join(typed.get("q", "").replace("\x00", "").split())[:LONGEST],
        field=known("field", book.codes("fields")),
        prefecture=known("prefecture", book.codes("prefectures")),
        pay_from=_number(typed.get("pay_from", ""), MOST_PAY),
        test=known("test", TESTS),
        route=known("route", ROUTES),
        level=known("level", LEVELS_OFFERED),
        open_on=_day(typed.get("open_on", "")),
        order=known("order", ORDERS) or NEWEST,
        page=_number(typed.get("page", ""), MOST_PAGES) or 1,
    )


def _number(text: str, most: int) -> int:
    """A whole number as people of three scripts type it; 0 for none."""
    digits = "".join(letter for letter in text[:20] if letter.isdecimal())
    return min(int(digits), most) if digits else 0


def _day(text: str) -> str:
    """A day as browsers send it, its digits of any script; nothing where it is none."""
    plain = "".join(str(int(letter)) if letter.isdecimal() else letter for letter in text[:10])
    return plain if is_day(plain) else ""


def options_of() -> dict[str, Options]:
    """What each filter offers, in the reader's language."""
    return _options(current_book(), get_language() or "en")


@lru_cache(maxsize=8)
def _options(book: Book, language: str) -> dict[str, Options]:
    words = shelf("CODES")
    fields = [row["code"] for row in book.rows("fields") if row["status"] not in ("merged", "decided_not_open")]
    return {
        "field": sorted(((code, spoken(code)) for code in fields), key=lambda one: one[1]),
        "prefecture": [(row["code"], prefecture_name(row["code"])) for row in book.rows("prefectures")],
        "test": [(code, str(words[f"portal_test_{code}"])) for code in TESTS],
        "route": [(code, spoken(code)) for code in ROUTES],
        "level": [(code, str(words[f"portal_level_{code}"])) for code in LEVELS_OFFERED],
        "order": [(code, str(words[f"portal_order_{code}"])) for code in ORDERS],
        "pay_from": [(str(one), _("from %(pay)s yen") % {"pay": spoken(one)}) for one in range(180_000, 320_000, 20_000)],
    }
