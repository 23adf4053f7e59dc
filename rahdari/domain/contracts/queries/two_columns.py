"""Terms in two languages side by side: the reader's own, and the one of the other party (reference form 1-6 does the same)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from rahdari.domain.jobs.queries.seen import money_of, pay_lines, work_lines
from rahdari.domain.jobs.rules.remote import is_service_terms
from rahdari.web.words import spoken

from .services import service_lines

EMPLOYERS, WORKERS = "ja", "ur"


@dataclass(frozen=True, slots=True)
class Column:
    """A language of the page: its code, its own name, and which way it is written."""

    code: str
    name: str
    direction: str


@dataclass(frozen=True, slots=True)
class Saying:
    """One line of the terms as a language says it; `note` is what somebody wrote, in the words it was written in."""

    label: str
    value: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class TwoColumns:
    """The same lines twice, in the same order."""

    own: Column
    other: Column
    rows: list[tuple[Saying, Saying]]


def side_by_side(terms: Mapping[str, Any]) -> TwoColumns:
    """The terms as the reader's language says them, beside Japanese; a reader of Japanese sees Urdu beside it."""
    own = get_language() or "en"
    other = WORKERS if own == EMPLOYERS else EMPLOYERS
    with override(other):
        beside = _sayings(terms)
    return TwoColumns(_column(own), _column(other), list(zip(_sayings(terms), beside, strict=True)))


def _column(code: str) -> Column:
    return Column(code, dict(settings.LANGUAGES)[code], "rtl" if code == WORKERS else "ltr")


def _sayings(terms: Mapping[str, Any]) -> list[Saying]:
    """Every line of the terms in the language of the moment."""
    if is_service_terms(terms):
        return [Saying(*line) for line in service_lines(terms)]
    pay, (paid, taken) = terms["pay_basic"], pay_lines(terms)
    return [
        Saying(_("Basic pay"), f"{spoken(money_of(pay))} {spoken(pay['per'])}"),
        *(Saying(spoken(one.code), f"+ {spoken(one.money)}", one.note) for one in paid),
        *(Saying(spoken(one.code), f"− {spoken(one.money)}", one.note) for one in taken),
        *(Saying(one.label, one.value) for one in work_lines(terms)),
    ]
