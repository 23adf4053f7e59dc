"""What the partner's statements cause on enquiries: one on the desk that answers, and what becomes of a firm's own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.conf import settings

from rahdari.base.clock import day_at
from rahdari.base.editions import current_book
from rahdari.base.refusal import Refusal, Refused
from rahdari.base.statements import Statement
from rahdari.base.work import Unit
from rahdari.domain.candidates.actions import mirror_profiles
from rahdari.domain.candidates.rules.showing import Party
from rahdari.domain.jobs.queries.clocks import due_after

from ..messages import AskedTold, read_profiles
from ..models import Enquiry, Request
from ..queries.requests import end_of_day
from ..rules.enquiries import KIND, NAMING, read_answer_told, read_facts_told
from .enquiring import _note, _open_desk, _wait
from .naming import _ask_person


def _follow_asked(unit: Unit, request: Request, told: AskedTold) -> bool:
    """A firm's enquiry told by Japan stands on the desk that answers, its question who somebody is goes to the person.

    Says whether it was either: then no contact point has to act.
    """
    if told.kind != KIND or settings.RAHDARI_NODE != "pk":
        return False
    naming = next((one for one in told.questions if one.code == NAMING), None)
    if naming is not None:
        _ask_person(unit, request, naming)
        return True
    facts = {code: value for one in told.questions for code, value in one.facts.items()}
    read = read_facts_told(facts, current_book())
    row = Enquiry(
        home=request.home,
        number=read.pop("enquiry_no") or request.number,
        came_on=day_at(unit.at, "pk"),
        firm=read.pop("firm_body"),
        through=read.pop("through_body"),
        **read,
        language=request.language,
        state="enquiry_waiting",
        entered_at=unit.at,
        request=request,
        asked=request.asked,
    )
    unit.add(row)
    _open_desk(unit, row, request.accept_by)
    _note(unit, row, "mirror_request")
    return True


def _follow_accepted(unit: Unit, request: Request, agreed_on: dt.date, statement: Statement) -> None:
    """The other side took a firm's enquiry and said by when it answers."""
    row = _own(request)
    if row is None or row.state != "enquiry_waiting":
        return
    row.state, row.due_at = "enquiry_taken", end_of_day(agreed_on, "pk")
    unit.save(row)
    _note(unit, row, "mirror_acceptance", at=statement.issued_at)


def _follow_answered(unit: Unit, request: Request, answers: Mapping[str, Any], statement: Statement) -> None:
    """The answer to a firm's enquiry: how many fit, the profiles it may read, and a clock on what the firm makes of it."""
    row = _own(request)
    if row is None or row.state not in ("enquiry_waiting", "enquiry_taken"):
        return
    row.fitting, row.next_step = read_answer_told(answers)
    row.state, row.answered_at = "enquiry_answered", statement.issued_at
    unit.save(row)
    try:
        told = read_profiles(statement.data)
    except ValueError:
        raise Refused([Refusal("not_a_day")]) from None
    if told and row.asked is not None:
        party = Party(row.firm, row.firm_name, row.through)
        mirror_profiles(actor=unit.actor, home=statement.sender, told=told, enquiry=row.asked, party=party, at=unit.at)
    body, role = (row.through, "placement_business") if row.through else (row.firm, "employer")
    _wait(
        unit, "cooperation.close_enquiry", row, body, role, due_after("cooperation.close_enquiry", unit.at, current_book(), "jp")
    )
    _note(unit, row, "mirror_answer", at=statement.issued_at)


def _own(request: Request) -> Enquiry | None:
    """The enquiry of a request that was sent from here, locked."""
    return Enquiry.objects.select_for_update(of=("self",)).filter(request=request).first()
