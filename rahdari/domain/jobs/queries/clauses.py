"""What no contract may say, as pages show it: the text with the phrase marked, its rule and its law."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from rahdari.base.editions import current_book
from rahdari.base.reference import Row
from rahdari.web.words import spoken

from ..rules.clauses import Written, kind_row, written_in


@dataclass(frozen=True, slots=True)
class ClauseShown:
    """One forbidden phrase within its text, and the row of the law that forbids it."""

    label: str
    before: str
    phrase: str
    after: str
    row: Row


def clauses_shown(terms: Mapping[str, Any]) -> dict[str, Any]:
    """Every forbidden phrase of terms, whether they hold any free text at all, and the edition of the tables that judged."""
    book = current_book()
    written = written_in(terms, book)
    found = [_shown(one, hit.begin, hit.end, kind_row(book, hit.code)) for one in written for hit in one.found]
    return {"clauses": found, "clauses_read": bool(written), "clauses_edition": book.version}


def _shown(one: Written, begin: int, end: int, row: Row) -> ClauseShown:
    label = _("basis of %(item)s") % {"item": spoken(one.code)}
    return ClauseShown(label, one.text[:begin], one.text[begin:end], one.text[end:], row)
