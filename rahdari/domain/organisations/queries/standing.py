"""How a licence stands on a day, for whoever must know it at a step of the line; and the clocks of this package."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from rahdari.base.clock import ZONES, day_at
from rahdari.base.days import end_after, months_on, offices_of
from rahdari.base.reference import Book

from ..models import LicenceChange, Organisation
from ..rules.identifiers import entry_of, normalise, why_not
from ..rules.licences import KINDS
from ..rules.standing import NEVER_LICENSED, Change, Standing, standing_on

LAST_MOMENT = dt.time(23, 59, 59)


@dataclass(frozen=True, slots=True)
class LicenceAnswer:
    """The answer to "is this licence valid on that day?".

    `held` says whether this node holds or mirrors a register of such organisations at all; where it does not, only the
    form of the number was judged (`by_form`). `organisation` is None where the register knows none.
    """

    standing: Standing
    organisation: Organisation | None = None
    held: bool = True
    form_fits: bool = False

    @property
    def by_form(self) -> bool:
        """Whether the answer rests on the form of the number alone."""
        return not self.held

    @property
    def is_valid(self) -> bool:
        """Whether its holder may act."""
        return self.standing.is_valid if self.held else self.form_fits


def licence_on(*, organisation: str = "", number: str = "", kind: str, day: dt.date, node: str, book: Book) -> LicenceAnswer:
    """How the licence of an organisation (registry id), or of a number, stands on a day.

    Where both are given they must belong together; a number of no known form is nobody's. The node that keeps the
    register of that kind knows; one that was told nothing of it answers by the form of the number: one state alone must
    be able to work.
    """
    value = _normal_number(kind, number, book)
    form_fits = bool(value)
    ill_formed = bool(number.strip()) and not value
    found = _organisation(organisation, value, kind) if (organisation or value) and not ill_formed else None
    if found is not None:
        return LicenceAnswer(standing_of(found, day), found, form_fits=form_fits)
    held = KINDS[kind].side == node or Organisation.objects.filter(kind=kind, published_at__isnull=False).exists()
    return LicenceAnswer(NEVER_LICENSED, None, held=held, form_fits=form_fits)


def _organisation(registry_id: str, number: str, kind: str) -> Organisation | None:
    rows = Organisation.objects.filter(kind=kind)
    if registry_id:
        rows = rows.filter(registry_id=registry_id)
    if number:
        rows = rows.filter(Q(number=number) | Q(old_numbers__contains=[number]))
    return rows.first()


def _normal_number(kind: str, number: str, book: Book) -> str:
    """The number as it is written where it has one of the forms of its kind; empty else."""
    for form in KINDS[kind].numbers:
        entry, value = entry_of(form, book), normalise(form, number)
        if entry is not None and value and not why_not(entry, value, book):
            return value
    return ""


def number_of(kind: str, number: str, book: Book) -> str:
    """The one way of writing a licence number of a kind; empty for one of no known form."""
    return _normal_number(kind, number, book)


def history_of(changes: Iterable[LicenceChange]) -> list[Change]:
    """What holds of a history, as the rules take it; orders that wait or were withdrawn are left out."""
    held = [(one.decided_at, one) for one in changes if one.decided_at is not None]
    held.sort(key=lambda pair: (pair[0], pair[1].pk))
    return [Change(one.state, one.from_on, one.until) for _, one in held if one.from_on is not None]


def standing_of(organisation: Organisation, day: dt.date) -> Standing:
    """The standing of one organisation on a day; reads `changes`, prefetched where a page shows many."""
    return standing_on(history_of(organisation.changes.all()), day)


def due_after(use_case: str, at: dt.datetime, book: Book, side: str) -> dt.datetime | None:
    """The end of the last day for what begins to wait at a moment, by `action_targets`; None without a target."""
    today = day_at(at, side)
    for row in book.in_force("action_targets", today, use_case=use_case, side=side):
        number = row.number("number") or 0
        by_offices = row["unit"] == "working_days"
        last = (
            offices_of(side.upper(), book).working_days_after(today, number) if by_offices else end_after(today, number, "days")
        )
        return dt.datetime.combine(last, LAST_MOMENT, ZONES[side])
    return None


def renewal_opens_on(organisation: Organisation, book: Book) -> dt.date | None:
    """The first day on which a licence may be renewed; None where it has no end.

    A registration opens by `renewals` (from the first day of a month before), a licence by `action_targets`.
    """
    ends = organisation.valid_until
    if ends is None:
        return None
    for row in book.in_force("renewals", ends, renewal=organisation.kind):
        if row["deadline_kind"] == "window_before":
            return months_on(ends.replace(day=1), -int(row["number"].partition("|")[0]))
    for row in book.in_force("action_targets", ends, use_case="organisations.renew_licence", side=organisation.home):
        return ends - dt.timedelta(days=row.number("number") or 0)
    return None
