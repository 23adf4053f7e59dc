"""Looking for work: a line of words in any of three languages, and filters; the vacancies that bear a key of each.

Two ways lead to a page of the list. Where few vacancies answer, the index of keys names them all and they are ordered
then. Where many do, the list is walked in its order and the keys of each are looked at until the page is full: what
many bear is soon met. How many answer is counted first, up to a number nobody pages through.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from django.db.models import F, Func, QuerySet
from django.db.models.expressions import OrderBy

from ..models import Listing
from ..rules.listing import ANY, FIELD, LEVEL, LEVELS, NONE, PREFECTURE, ROUTE, TEST, levels_up_to
from ..rules.words import Meaning
from .words import vocabulary

LONGEST, ROWS, MOST, MOST_NEARER = 120, 20, 1_000, 500
NUL = "\x00"
NEWEST, BY_PAY, CLOSING = "newest", "pay", "closing"
ORDERS = {  # the columns, and whether the largest comes first
    NEWEST: (("published_on", True), ("id", True)),
    BY_PAY: (("pay_month", True), ("id", True)),
    CLOSING: (("closes_on", False), ("id", True)),
}
WALKS = {
    NEWEST: "published_on desc, id desc",
    BY_PAY: "pay_month desc nulls last, id desc",
    CLOSING: "closes_on asc, id desc",
}
SHOWN = ", ".join(str(one.column) for one in Listing._meta.concrete_fields if one.name != "keys")
COMMON = (LEVEL, ROUTE, TEST)  # kinds of keys that so many bear that an index only costs
TESTS, ROUTES, LEVELS_OFFERED = (ANY, NONE), ("oep", "oec", "direct"), LEVELS[:4]


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody looks for; an empty member asks for nothing. `pay_from` is in yen a month, `level` the Japanese one knows.

    `open_on` is a day (ISO) on which one must still be able to apply; one that has passed asks for nothing.
    """

    q: str = ""
    field: str = ""
    prefecture: str = ""
    pay_from: int = 0
    test: str = ""
    route: str = ""
    level: str = ""
    open_on: str = ""
    order: str = NEWEST
    page: int = 1

    @property
    def told(self) -> dict[str, Any]:
        """The members that ask for something, without the page."""
        empty = asdict(Asked())
        return {name: value for name, value in asdict(self).items() if value != empty[name] and name != "page"}


@dataclass(frozen=True, slots=True)
class Found:
    """A page of what was found. `total` is at most `MOST`; `more`: there are more. `nearer`: only names one letter off."""

    asked: Asked
    rows: Sequence[Listing]
    total: int
    more: bool
    pages: int
    meanings: Sequence[Meaning]
    nearer: bool = False


Groups = list[list[str]]


def search(asked: Asked, *, on: dt.date, rows: int = ROWS) -> Found:
    """The vacancies open on a day that answer, a page of them; for anyone, since all of it is published."""
    meanings, groups, total, nearer = _looked_for(asked, on)
    more, total = total > MOST, min(total, MOST)
    pages = max(1, -(-total // rows))
    page = min(max(1, asked.page), pages)
    asked = replace(asked, page=page)
    first = (page - 1) * rows
    if more and not nearer:  # keys nearly meant are many: to look for each of them in each row costs more than to order all
        shown = _walked(asked, on, groups, first, rows)
    else:
        shown = list(_ordered(_open(asked, on), groups, asked.order)[first : first + rows]) if total else []
    return Found(asked, shown, total, more, pages, meanings, nearer)


def _looked_for(asked: Asked, on: dt.date) -> tuple[Sequence[Meaning], Groups, int, bool]:
    """What the line means, the keys to look for, how many bear them, and whether only with those of names one letter off."""
    meanings = vocabulary().read(asked.q.replace(NUL, "")[:LONGEST])
    groups = groups_of(asked, meanings)
    total = _count(_open(asked, on), groups)
    if not total and 0 < sum(len(one.nearer) for one in meanings) <= MOST_NEARER:
        wider = groups_of(asked, [replace(one, keys=one.keys | one.nearer) for one in meanings])
        if total := _count(_open(asked, on), wider):
            return meanings, wider, total, True
    return meanings, groups, total, False


def groups_of(asked: Asked, meanings: Iterable[Meaning] = ()) -> Groups:
    """The keys asked for: of each group a vacancy bears at least one."""
    groups = [sorted(one.keys) for one in meanings if one.keys]
    filters = ((FIELD, asked.field), (PREFECTURE, asked.prefecture), (ROUTE, asked.route))
    groups += [[kind + code] for kind, code in filters if code]
    groups += [[TEST + asked.test]] if asked.test else []
    groups += [[LEVEL + one for one in levels_up_to(asked.level)]] if asked.level else []
    return groups


def matching(asked: Asked, *, on: dt.date) -> QuerySet[Listing]:
    """Every listing that `search` finds, in no order: for counting those that are new, and those of a place."""
    _meanings, groups, _total, _nearer = _looked_for(asked, on)
    return _bearing(_open(asked, on), groups)


def _open(asked: Asked, on: dt.date) -> QuerySet[Listing]:
    rows = Listing.objects.filter(closes_on__gte=_open_from(asked, on)).defer("keys")
    return rows.filter(pay_month__gte=asked.pay_from) if asked.pay_from else rows


def _open_from(asked: Asked, on: dt.date) -> dt.date:
    """The first day a closing may lie on: the day asked for, where it is to come."""
    return max(on, dt.date.fromisoformat(asked.open_on)) if asked.open_on else on


def _count(rows: QuerySet[Listing], groups: Groups) -> int:
    return _bearing(rows, groups)[: MOST + 1].count()


def _bearing(rows: QuerySet[Listing], groups: Groups) -> QuerySet[Listing]:
    """The rows with a key of each group: those of rare kinds by the index, the others looked at."""
    rare = [one for one in groups if not one[0].startswith(COMMON)]
    for group in rare:
        rows = rows.filter(keys__overlap=group)
    return _looked_at(rows, [one for one in groups if one not in rare])


def _looked_at(rows: QuerySet[Listing], groups: Groups) -> QuerySet[Listing]:
    """The rows with a key of each group, without the index: it is hidden behind a sum that changes nothing."""
    if groups:
        rows = rows.alias(held=Func(F("keys"), template="(%(expressions)s || '{}')"))
    for group in groups:
        rows = rows.filter(held__overlap=group)  # type: ignore[misc]  # an alias
    return rows


def _ordered(rows: QuerySet[Listing], groups: Groups, order: str) -> QuerySet[Listing]:
    """Few rows in their order: named by the index of keys, so the index of the order is hidden and not walked."""
    return _bearing(rows, groups).order_by(*(_hidden(name, largest_first) for name, largest_first in ORDERS[order]))


def _hidden(name: str, largest_first: bool) -> OrderBy:
    return OrderBy(Func(F(name), F(name), function="greatest"), descending=largest_first, nulls_last=largest_first or None)


def _walked(asked: Asked, on: dt.date, groups: Groups, first: int, rows: int) -> list[Listing]:
    """A page of many rows: the list in its order, of which the keys of each are looked at until the page is full.

    The inner list is fenced off, or the database would guess how many answer and order all of them instead.
    """
    wanted, values = "closes_on >= %s", list[object]([_open_from(asked, on)])
    if asked.pay_from:
        wanted, values = f"{wanted} and pay_month >= %s", [*values, asked.pay_from]
    borne = " and ".join(["keys && %s::varchar[]"] * len(groups)) or "true"
    walk = f"select * from jobs_listing where {wanted} order by {WALKS[asked.order]} offset 0"  # noqa: S608  # own words alone
    page = f"select {SHOWN} from ({walk}) as jobs_listing where {borne} offset %s limit %s"  # noqa: S608
    return list(Listing.objects.raw(page, [*values, *groups, first, rows]))
