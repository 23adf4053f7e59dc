"""Passes as they are kept, the public list of revoked ones, and what a checker on this node has at hand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.db.models import Max, QuerySet
from django.utils.safestring import SafeString

from rahdari.base.actor import Actor
from rahdari.base.clock import day_at
from rahdari.base.days import ONE_DAY, end_after
from rahdari.base.editions import current_book
from rahdari.base.reference import Book
from rahdari.base.work import Missing
from rahdari.domain.exchange.queries.papers import clerk_key, code_of_paper, paper_keys, sign_paper, signs_papers
from rahdari.domain.exchange.rules.papers import PaperKey
from rahdari.domain.placements.models import Case
from rahdari.domain.placements.rules.cases import OVER
from rahdari.seals.faults import Fault
from rahdari.seals.tokens import Revocations, make_revocations, read_paper

from ..models import ClearanceStop, Departure, Pass, PassList, Registration, Revoked, SlipBook
from ..rules.passes import LONGEST_CODE, PASS, SLIP, TAIL, facts_of_pass, list_against, plain_number, write_serial
from .cases import case_here, departure_of

SENDING = "pk"
LIST, SLIPS = "departures.sign_pass_list", "departures.draw_slips"  # rows of `action_targets`
EMPLOYER_LETTERS = (60, 40, 24)


@dataclass(frozen=True, slots=True)
class PassSeen:
    """A pass as its page shows it: the row, the case, the signed paper, its address and the code a telephone reads."""

    row: Pass
    case: Case
    token: str
    address: str
    code: SafeString
    passport: str
    employer: str
    registration_no: str
    office: str

    @property
    def outdated(self) -> bool:
        """Whether the file was corrected since in what a checker compares: then a new pass is needed."""
        facts, file = read_paper(self.token).facts, self.case.file
        if file is None:
            return False
        now = {"passport": plain_number(file.passport_no or "")[-TAIL:], "born": file.birth_date.isoformat()}
        return any(str(facts.get(name, "")) != value for name, value in now.items())

    @property
    def last_day(self) -> dt.date:
        """The last day on which it holds."""
        return self.row.until - ONE_DAY

    @property
    def serial(self) -> str:
        """The serial with its check digit."""
        return write_serial(self.row.serial)


def next_serial() -> int:
    """The first serial nobody has; only where nobody else draws one."""
    used = Pass.objects.aggregate(most=Max("serial"))["most"] or 0
    return max(used, SlipBook.objects.aggregate(most=Max("last"))["most"] or 0) + 1


def holds_until(case: Case, terms: dict[str, object], lands_on: dt.date) -> dt.date:
    """The first day on which a pass for a contract holds no more: its months counted from the landing."""
    return end_after(lands_on, int(str(terms["length_months"])), "months") + ONE_DAY


def signed_pass(case: Case, registration: Registration, *, serial: int, begins: dt.date, until: dt.date, at: dt.datetime) -> str:
    """The signed pass, its code at most 1,000 bytes: names and employer as far as there is room.

    `Fault` where even the shortest is too long; `NotFounded` where no key is in force.
    """
    file = case.file
    if file is None:
        raise Missing(f"file of case {case.pk}")
    for names, letters in [(most, cut) for most in (2, 1) for cut in EMPLOYER_LETTERS]:
        facts = facts_of_pass(
            serial=serial,
            names=[file.name, file.name_urdu][:names],
            born=file.birth_date,
            passport=file.passport_no or "",
            photo="",
            registration_no=registration.registration_no,
            clearance_no=registration.clearance_no,
            employer=case.demand.employer_name[:letters],
            route=case.route,
            begins=begins,
        )
        try:
            token = sign_paper(PASS, facts, until=until, at=at)
        except Fault:
            continue
        if len(code_of_paper(token)[0].encode()) <= LONGEST_CODE:
            return token
    raise Fault("malformed", "The pass does not fit into its code.")


def signed_slip(serial: int, book: SlipBook) -> str:
    """A blank slip for a desk, signed; without a key `NotFounded`."""
    facts = {"serial": serial, "office": book.office, "from": day_at(book.drawn_at, SENDING).isoformat()}
    return sign_paper(SLIP, facts, until=book.until, at=book.drawn_at)


def pass_in_force(departure: Departure) -> Pass | None:
    """The pass of a departure that counts; None before there is one, and once it was taken back."""
    return Pass.objects.filter(departure=departure, ended_on=None).first()


def passes_to_end() -> QuerySet[Pass]:
    """Passes in force of cases that are over although nobody departed on them."""
    gone = ("departed", "not_arrived", "arrived")
    return Pass.objects.filter(ended_on=None, departure__case__state__in=OVER).exclude(departure__state__in=gone)


def pass_for(actor: Actor, case_id: UUID) -> PassSeen:
    """The pass of a case the actor may see, in force; `Missing` where there is none."""
    case = case_here(actor, case_id)
    departure = departure_of(case)
    row = pass_in_force(departure) if departure is not None else None
    registration = Registration.objects.filter(departure=departure).first()
    if row is None or not row.token or registration is None:
        raise Missing(f"pass of case {case_id}")
    address, code = code_of_paper(row.token)
    passport = (case.file.passport_no or "") if case.file is not None else ""
    return PassSeen(
        row, case, row.token, address, code, passport, case.demand.employer_name,
        registration.registration_no, registration.office,
    )  # fmt: skip


def stop_of(departure: Departure) -> ClearanceStop | None:
    """The newest refusal or revocation of a clearance that was decided."""
    return ClearanceStop.objects.filter(departure=departure, outcome="decided").order_by("decided_at").last()


def stop_waiting(departure: Departure) -> ClearanceStop | None:
    """The revocation that was proposed and waits for a second officer."""
    return ClearanceStop.objects.filter(departure=departure, outcome="").first()


def own_list(at: dt.datetime) -> str:
    """The list of revoked serials of this state as of now, signed; `NotFounded` where no key is in force."""
    today = day_at(at, settings.RAHDARI_NODE)
    rows = Revoked.objects.filter(drops_on__gt=today).values_list("first", "last", "on")
    hours = _list_lasts(current_book(), today)
    return make_revocations(
        node=settings.RAHDARI_NODE, revoked=list(rows), issued_at=at, next_update=at + hours, key=clerk_key(at)
    )


def _list_lasts(book: Book, today: dt.date) -> dt.timedelta:
    return _last_day(book, LIST, today) - today


def pass_lists(at: dt.datetime) -> list[str]:
    """The lists to publish here: this state's own where it gives passes, and the newest this node has of another one."""
    own = [own_list(at)] if settings.RAHDARI_NODE == SENDING and signs_papers(at) else []
    return [*own, *PassList.objects.exclude(node=settings.RAHDARI_NODE).order_by("node").values_list("token", flat=True)]


def lists_read(tokens: Sequence[str], keys: Sequence[PaperKey]) -> list[Revocations]:
    """The lists that are signed by a key of the state they name; others are passed over."""
    return [found for one in tokens if (found := list_against(one, keys)) is not None]


def lists_at_hand(at: dt.datetime) -> list[Revocations]:
    """What this node itself checks passes against."""
    return lists_read(pass_lists(at), paper_keys())


def longest_slips(today: dt.date) -> dt.date:
    """The last first day on which slips drawn today are no good any more."""
    return _last_day(current_book(), SLIPS, today) + ONE_DAY


def _last_day(book: Book, code: str, today: dt.date) -> dt.date:
    row = next(iter(book.in_force("action_targets", today, use_case=code)))
    return end_after(today, row.number("number") or 0, row["unit"])
