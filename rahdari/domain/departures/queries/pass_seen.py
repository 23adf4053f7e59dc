"""The pass, what stands against a clearance, and books of blank slips, as pages show them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from rahdari.base.actor import Actor
from rahdari.base.days import ONE_DAY
from rahdari.base.work import Missing
from rahdari.domain.exchange.queries.papers import code_of_paper, signs_papers
from rahdari.web.words import Fact, sentence

from ..models import ClearanceStop, Pass, Revoked, SlipBook
from ..rules.passes import write_serial
from .cases import Journey
from .passes import signed_slip, stop_of, stop_waiting

OFFICE_ROLES = ("protector", "bureau_officer")
USED, VOID, BLANK = "used", "void", "blank"


@dataclass(frozen=True, slots=True)
class SlipSeen:
    """One slip of a book: its serial with the check digit, how it stands, and its code while it may still be printed."""

    serial: str
    state: str
    code: SafeString | str


@dataclass(frozen=True, slots=True)
class BookSeen:
    """A book of slips with the counts of how they stand."""

    row: SlipBook
    slips: list[SlipSeen]

    @property
    def first(self) -> str:
        """The first serial."""
        return write_serial(self.row.first)

    @property
    def last(self) -> str:
        """The last serial."""
        return write_serial(self.row.last)

    @property
    def last_day(self) -> object:
        """The last day on which they may be written on."""
        return self.row.until - ONE_DAY

    def count(self, state: str) -> int:
        """How many slips stand so."""
        return sum(one.state == state for one in self.slips)

    @property
    def blank(self) -> int:
        """How many nobody wrote on."""
        return self.count(BLANK)

    @property
    def used(self) -> int:
        """How many became a clearance."""
        return self.count(USED)

    @property
    def void(self) -> int:
        """How many were taken back."""
        return self.count(VOID)


def stop_facts(actor: Actor, journey: Journey) -> list[Fact]:
    """What stands against a clearance: a proposal only for the office, what was decided for everyone who sees the case."""
    if journey.departure is None:
        return []
    waiting = stop_waiting(journey.departure) if actor.role == "protector" else None
    row = waiting or stop_of(journey.departure)
    if row is None:
        return []
    facts = [
        Fact(_("What was decided") if waiting is None else _("What is proposed"), sentence(f"stop_{row.kind}", {}, ("CODES",))),
        Fact(_("Ground"), sentence(f"stopped_{row.code}", {}, ("CODES",))),
        Fact(_("The worker was heard on"), row.heard_on),
    ]
    return [*facts, *_more(actor, row)]


def _more(actor: Actor, row: ClearanceStop) -> list[Fact]:
    found = [Fact(_("Note for the file"), row.note)] if row.note and actor.role in OFFICE_ROLES else []
    if row.appeal_until is not None and not row.appeal:
        found.append(Fact(_("An appeal to the Bureau is possible until"), row.appeal_until))
    if row.appeal:
        found.append(Fact(_("Appeal"), sentence(f"appeal_{row.appeal}", {}, ("CODES",))))
    if row.appeal_words and actor.role in (*OFFICE_ROLES, "worker"):
        found.append(Fact(_("What the appeal says"), row.appeal_words))
    if row.appeal_reasons:
        found.append(Fact(_("What the Bureau says"), row.appeal_reasons))
    return found


def books_of(actor: Actor) -> list[BookSeen]:
    """The books of the actor's desk, the newest first, without the codes."""
    rows = list(SlipBook.objects.filter(office=actor.office or "PK").order_by("-first")[:50])
    return _seen(rows, with_codes=False)


def book_for(actor: Actor, book_id: UUID) -> SlipBook:
    """A book of the actor's desk; `Missing` for another's."""
    found: SlipBook | None = SlipBook.objects.filter(pk=book_id, office=actor.office or "PK").first()
    if found is None:
        raise Missing(f"SlipBook {book_id}")
    return found


def book_seen(actor: Actor, book_id: UUID) -> BookSeen:
    """A book of the actor's desk with each of its slips, ready to be printed."""
    row = book_for(actor, book_id)
    return _seen([row], with_codes=signs_papers(row.drawn_at))[0]


def _seen(rows: Sequence[SlipBook], *, with_codes: bool) -> list[BookSeen]:
    """The books with each of their slips, by two questions for all of them."""
    if not rows:
        return []
    low, high = min(row.first for row in rows), max(row.last for row in rows)
    used = set(Pass.objects.filter(serial__gte=low, serial__lte=high).values_list("serial", flat=True))
    ranges = Revoked.objects.filter(first__lte=high, last__gte=low).values_list("first", "last")
    void = {serial for first, last in ranges for serial in range(first, last + 1)}
    return [
        BookSeen(row, [_slip(row, serial, used, void, with_codes) for serial in range(row.first, row.last + 1)]) for row in rows
    ]


def _slip(row: SlipBook, serial: int, used: set[int], void: set[int], with_codes: bool) -> SlipSeen:
    state = USED if serial in used else VOID if serial in void else BLANK
    code = code_of_paper(signed_slip(serial, row))[1] if with_codes and state == BLANK else ""
    return SlipSeen(write_serial(serial), state, code)
