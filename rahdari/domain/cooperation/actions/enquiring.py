"""A firm says what it looks for; its contact point sends it on or gives it back; or an officer enters what came by letter."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from rahdari.base.actor import Actor
from rahdari.base.clock import day_at
from rahdari.base.editions import current_book
from rahdari.base.reference import Book
from rahdari.base.refusal import Refusal
from rahdari.base.work import Unit, unit_of_work
from rahdari.domain.accounts.models import Body
from rahdari.domain.jobs.queries.clocks import due_after

from ..access import PERMITS
from ..models import Enquiry, EnquiryStep
from ..queries.enquiries import DESK, OFFICER, occupations_meant
from ..queries.firms import firm_of, placement_standing
from ..rules.enquiries import (
    ASKED,
    KIND,
    SYSTEM,
    Firm,
    enquiry_number,
    facts_told,
    it_codes,
    why_not_enquire,
    why_not_return,
)
from ..rules.enquiry_facts import CAME_BY, EnquiryFacts
from ..rules.requests import why_not_send
from .requesting import _ask


def enquire_firm(
    *, actor: Actor, asked: EnquiryFacts, firm_number: str = "", firm_name: str = "", came_by: str = "",
    came_on: dt.date | None = None, language: str = "en", at: dt.datetime,
) -> Enquiry:  # fmt: skip
    """A firm, its placement business or its contact point asks for people; on Pakistan's node an officer enters a letter's.

    Refuses `firm_unknown`, `it_as_ssw`, `enquiry_field_missing`, `mode_does_not_fit`, `licence_not_valid`, `source_missing`,
    `date_in_future`. A firm's waits for its contact point, the contact point's own is sent, one from a letter stands at once
    on the desk that answers.
    """
    with unit_of_work("cooperation.enquire_firm", actor=actor, at=at) as unit:
        unit.permit(PERMITS["enquire_firm"])
        book, today = current_book(), day_at(at, actor.node)
        firm = _firm(actor, firm_number, firm_name, today, book)
        unit.refuse(
            [
                *why_not_enquire(asked, firm=firm, codes=occupations_meant(asked, book), it=it_codes(book, today)),
                *_why_not_through(actor, today, book),
                *_why_not_entered(actor, came_by, came_on, today),
            ]
        )
        assert firm is not None
        row = _enquiry(actor, asked, firm, language, at)
        row.source, row.came_on = (came_by or SYSTEM) if actor.node == "pk" else SYSTEM, came_on or today
        unit.add(row)
        _note(unit, row, "enquire_firm")
        if actor.node == "pk":
            _open_desk(unit, row, due_after("cooperation.assign_enquiry", at, book, "pk"))
        elif actor.role == "contact_point_jp":
            _send_on(unit, row, asked)
        else:
            _wait_for_contact(unit, row, book)
        unit.about(row, number=row.number, kind=row.work_kind, people=row.people, source=row.source)
    return row


def _firm(actor: Actor, number: str, name: str, today: dt.date, book: Book) -> Firm | None:
    """Who enquires: an employer for itself, others for the firm whose number they give; a letter may give a name alone."""
    if actor.role == "employer":
        return firm_of(body=actor.body, day=today, node=actor.node, book=book)
    if number.strip():
        return firm_of(number=number, name=name, day=today, node=actor.node, book=book)
    return Firm("", name.strip(), "") if actor.node == "pk" and name.strip() else None


def _why_not_through(actor: Actor, today: dt.date, book: Book) -> list[Refusal]:
    if actor.role != "placement_business":
        return []
    answer = placement_standing(actor.body, today, actor.node, book)
    number = answer.organisation.number if answer.organisation is not None else actor.body
    return [] if answer.is_valid else [Refusal("licence_not_valid", {"licence": number, "state": answer.standing.state})]


def _why_not_entered(actor: Actor, came_by: str, came_on: dt.date | None, today: dt.date) -> list[Refusal]:
    against = []
    if actor.node == "pk" and came_by not in CAME_BY:
        against.append(Refusal("source_missing", member="came_by"))
    if came_on is not None and came_on > today:
        against.append(Refusal("date_in_future", {"day": came_on}, member="came_on"))
    return against


def _enquiry(actor: Actor, asked: EnquiryFacts, firm: Firm, language: str, at: dt.datetime) -> Enquiry:
    through = actor.body if actor.role == "placement_business" else ""
    named = Body.objects.filter(pk=through).first() if through else None
    row = Enquiry(
        home=actor.node,
        firm=firm.body,
        firm_name=firm.name,
        firm_number=firm.number,
        through=through,
        through_name=named.name_en if named is not None else "",
        work_kind=asked.work_kind,
        field=asked.field or "",
        occupation=asked.occupation or "",
        skills=list(asked.skills),
        people=asked.people,
        mode=asked.mode,
        note=asked.note,
        language=language,
        state="enquiry_waiting" if actor.node == "pk" else "enquiry_filed",
        entered_at=at,
        entered_by=actor.person,
    )
    row.number = enquiry_number(actor.node, row.pk, at.date())
    return row


def forward_enquiry(*, actor: Actor, enquiry_id: UUID, seen: int | None = None, at: dt.datetime) -> Enquiry:
    """The contact point sends a firm's enquiry to the other state, after the register was asked once more.

    Refuses `wrong_state`, `firm_unknown`, `it_as_ssw`, `stale`. Leaves the request with its statement, and its clock there.
    """
    with unit_of_work("cooperation.forward_enquiry", actor=actor, at=at) as unit:
        unit.permit(PERMITS["forward_enquiry"])
        row = unit.lock(Enquiry, enquiry_id, seen=seen)
        unit.refuse([] if row.state == "enquiry_filed" else [Refusal("wrong_state", {"now": row.state, "to": "enquiry_waiting"})])
        book, today = current_book(), day_at(at, actor.node)
        asked, firm = _asked(row), firm_of(body=row.firm, day=today, node=actor.node, book=book)
        unit.refuse(why_not_enquire(asked, firm=firm, codes=occupations_meant(asked, book), it=it_codes(book, today)))
        _send_on(unit, row, asked)
        unit.settle("cooperation.forward_enquiry", row)
        unit.about(row, number=row.number)
    return row


def return_enquiry(
    *, actor: Actor, enquiry_id: UUID, ground: str, text: str = "", seen: int | None = None, at: dt.datetime
) -> Enquiry:
    """The contact point gives an enquiry back to the firm, with a reason of the closed list.

    Refuses `wrong_state`, `reason_missing`, `stale`. Nothing crosses; the firm reads why and may enquire anew.
    """
    with unit_of_work("cooperation.return_enquiry", actor=actor, at=at) as unit:
        unit.permit(PERMITS["return_enquiry"])
        row = unit.lock(Enquiry, enquiry_id, seen=seen)
        unit.refuse(why_not_return(state=row.state, ground=ground))
        row.state, row.ground, row.closed_at = "enquiry_returned", ground, at
        unit.save(row)
        _note(unit, row, "return_enquiry", ground, text)
        unit.settle("cooperation.forward_enquiry", row, outcome="returned")
        unit.about(row, number=row.number, ground=ground)
    return row


def _asked(row: Enquiry) -> EnquiryFacts:
    """What the firm asked, as it said it."""
    told = {name: getattr(row, name) for name in ("work_kind", "skills", "people", "mode", "note")}
    # It was read against the tables when it was entered; a field that has ended since is the other side's to judge.
    return EnquiryFacts.model_construct(**told, field=row.field or None, occupation=row.occupation or None)


def _send_on(unit: Unit, row: Enquiry, asked: EnquiryFacts) -> None:
    """Sends the enquiry as a request of its kind; from then on both nodes know it by the id of the statement."""
    firm = Firm(row.firm, row.firm_name, row.firm_number)
    facts = facts_told(asked, firm=firm, number=row.number, through=row.through, through_name=row.through_name)
    book, today = current_book(), day_at(unit.at, unit.actor.node)
    unit.refuse(why_not_send(book, kind=KIND, questions=ASKED, facts=facts, urgency="routine", due_on=None, today=today))
    request = _ask(unit, KIND, ASKED, facts, language=row.language)
    row.request, row.asked, row.state = request, request.asked, "enquiry_waiting"
    row.due_at = due_after("cooperation.answer_enquiry", unit.at, current_book(), "pk")
    unit.save(row)
    _note(unit, row, "forward_enquiry")


def _note(unit: Unit, row: Enquiry, use_case: str, ground: str = "", text: str = "", *, at: dt.datetime | None = None) -> None:
    """A line of the history."""
    actor = unit.actor
    unit.add(
        EnquiryStep(
            enquiry=row, use_case=use_case, at=at or unit.at, role=actor.role, body=actor.body, ground=ground, text=text.strip()
        )
    )


def _open_desk(unit: Unit, row: Enquiry, due_at: dt.datetime | None) -> None:
    """The desk that answers must give the enquiry an owner; the clock of the answer runs from now."""
    row.due_at = due_after("cooperation.answer_enquiry", unit.at, current_book(), "pk")
    unit.save(row)
    _wait(unit, "cooperation.assign_enquiry", row, DESK, OFFICER, due_at)


def _wait_for_contact(unit: Unit, row: Enquiry, book: Book) -> None:
    row.due_at = due_after("cooperation.forward_enquiry", unit.at, book, "jp")
    unit.save(row)
    _wait(unit, "cooperation.forward_enquiry", row, "CONTACT_JP", "contact_point_jp", row.due_at)


def _wait(unit: Unit, task: str, row: Enquiry, body: str, role: str, due_at: dt.datetime | None) -> None:
    unit.wait(
        task,
        row,
        holder_body=body,
        holder_role=role,
        holder_side=unit.actor.node,
        matter={"kind": f"request_{KIND}", "number": row.number, "employer": row.firm_name},
        url_name="cooperation.see_enquiry",
        url_args=[str(row.pk)],
        due_at=due_at,
    )
