"""Clearing by hand in an outage: blank slips drawn before it, and their counterfoils taken up when it is over."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from rahdari.base.actor import Actor
from rahdari.base.clock import day_at
from rahdari.base.refusal import Refusal, Refused
from rahdari.base.work import Unit, unit_of_work
from rahdari.domain.contracts.queries import contract_of
from rahdari.domain.exchange.queries.papers import signs_papers
from rahdari.domain.jobs.actions import keep_paper
from rahdari.domain.jobs.rules.papers import Paper as StepPaper
from rahdari.domain.placements.models import Case

from ..access import PERMITS
from ..models import Pass, Revoked, SlipBook
from ..queries.passes import longest_slips, next_serial
from ..rules.clearances import VOIDED_BECAUSE, SlipUsed, why_not_draw, why_not_take_slips
from ..rules.passes import read_serial
from .passes import SERIALS, _revoke_serials
from .registration import _clear

OUTAGE = "outage"


def draw_slips(*, actor: Actor, slips: int, good_until: dt.date | None = None, at: dt.datetime) -> SlipBook:
    """A desk of the Protector draws a book of blank slips, numbered and signed, for when there is no network.

    `good_until` is the first day on which they are no good any more, else as long as `windows` allow. Refuses `slips_number`,
    `slips_too_long`. Leaves the book; its serials are given to nothing else.
    """
    with unit_of_work("departures.draw_slips", actor=actor, at=at) as unit:
        unit.permit(PERMITS["draw_slips"])
        assert actor.person is not None  # whoever draws is signed in
        today = day_at(at, actor.node)
        longest = longest_slips(today)
        unit.refuse(why_not_draw(number=slips, until=good_until, longest=longest, today=today))
        unit.alone(SERIALS)
        first = next_serial()
        told = {"office": actor.office or "PK", "drawn_at": at, "drawn_by": actor.person, "until": good_until or longest}
        book = unit.add(SlipBook(first=first, last=first + slips - 1, **told))
        unit.about(book, office=book.office, first=book.first, last=book.last)
    return book


def void_slips(
    *, actor: Actor, book_id: UUID, code: str, first: str = "", last: str = "", seen: int | None = None, at: dt.datetime
) -> SlipBook:
    """A desk takes blank slips back that nobody wrote on: lost, damaged, or left over; they go onto the public list at once.

    From `first` to `last`, all of the book where unsaid; those already used are left out. Refuses `reason_missing`,
    `slip_unknown`, `slip_used` where none is left, `stale`.
    """
    with unit_of_work("departures.void_slips", actor=actor, at=at) as unit:
        unit.permit(PERMITS["void_slips"])
        book = unit.lock(SlipBook, book_id, seen=seen)
        unit.permit(PERMITS["void_slips"], book)
        ends = [read_serial(text) if text.strip() else end for text, end in ((first, book.first), (last, book.last))]
        against = [] if code in VOIDED_BECAUSE else [Refusal("reason_missing", member="code")]
        low, high = ends
        if low is None or high is None or not book.first <= low <= high <= book.last:
            unit.refuse([*against, Refusal("slip_unknown", {"serial": f"{first}…{last}"}, member="first")])
        assert low is not None and high is not None  # refused above
        unit.alone(SERIALS)
        gone = _used(book) | _voided(book)
        free = [one for one in range(low, high + 1) if one not in gone]
        unit.refuse(against if free else [*against, Refusal("slip_used", {"serial": first or str(book.first)}, member="first")])
        for begin, end in _joined(free):
            _revoke_serials(unit, begin, end, code, drops_on=book.until)
        unit.save(book)
        unit.about(book, code=code, slips=len(free))
    return book


def reconcile_slips(
    *, actor: Actor, book_id: UUID, lines: Sequence[SlipUsed], paper: StepPaper | None = None, seen: int | None = None,
    at: dt.datetime,
) -> SlipBook:  # fmt: skip
    """After an outage, the counterfoils of a book: each becomes a clearance of its day, with a pass of the slip's serial.

    All lines or none. `paper` holds the scan of the counterfoils. Refuses line by line `slip_unknown`, `slip_used`, `slip_void`,
    `slip_not_good`, `case_unknown`, and what stands against a clearance on any line; `scan_missing`, `no_keys` where no pass
    could be signed (its serial is what says that a slip was used), `stale`. Leaves for each what `issue_clearance`
    leaves, with the reason `outage`.
    """
    with unit_of_work("departures.reconcile_slips", actor=actor, at=at) as unit:
        unit.permit(PERMITS["reconcile_slips"])
        book = unit.lock(SlipBook, book_id, seen=seen)
        unit.permit(PERMITS["reconcile_slips"], book)
        unit.refuse([] if signs_papers(at) else [Refusal("no_keys")])
        today = day_at(at, actor.node)
        drawn = {serial: (day_at(book.drawn_at, actor.node), book.until) for serial in range(book.first, book.last + 1)}
        unit.refuse(why_not_take_slips(lines, drawn=drawn, used=_used(book), voided=_voided(book), today=today))
        last = max(line.on for line in lines)
        keep_paper(actor=actor, paper=paper, on=last, own_side=True, outage=True, numbered=False, at=at)
        numbers = [_number_of(line) for line in lines]
        # all of them in one order before the first number is drawn: nobody else waits for one of them and holds another
        list(Case.objects.select_for_update(of=("self",)).filter(number__in=numbers).order_by("pk"))
        for place, line in enumerate(lines):
            _take_line(unit, book, place, line)
        unit.save(book)
        unit.about(book, lines=len(lines))
    return book


def _take_line(unit: Unit, book: SlipBook, place: int, line: SlipUsed) -> None:
    """One counterfoil made a clearance; a refusal names its line."""
    case = Case.objects.filter(number=_number_of(line)).first()
    if case is None:
        raise Refused([Refusal("case_unknown", {"number": line.case_number}, member=f"lines.{place}.case_number")])
    serial, contract = read_serial(line.serial), contract_of(case)
    assert serial is not None  # refused before
    try:
        terms_hash = contract.terms_hash if contract is not None else ""
        _clear(unit, PERMITS["reconcile_slips"], case.pk, terms_hash=terms_hash, on=line.on, slip=(serial, book))
    except Refused as refused:
        member = f"lines.{place}.case_number"
        raise Refused([replace(one, member=member) for one in refused.refusals]) from None


def _number_of(line: SlipUsed) -> str:
    return line.case_number.strip().upper()


def _used(book: SlipBook) -> set[int]:
    return set(Pass.objects.filter(serial__gte=book.first, serial__lte=book.last).values_list("serial", flat=True))


def _voided(book: SlipBook) -> set[int]:
    rows = Revoked.objects.filter(first__lte=book.last, last__gte=book.first).values_list("first", "last")
    return {serial for first, last in rows for serial in range(first, last + 1)}


def _joined(serials: Sequence[int]) -> list[tuple[int, int]]:
    """Neighbours made ranges."""
    found: list[tuple[int, int]] = []
    for one in serials:
        if found and found[-1][1] + 1 == one:
            found[-1] = (found[-1][0], one)
        else:
            found.append((one, one))
    return found
