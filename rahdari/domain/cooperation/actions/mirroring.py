"""Taking up what the partner says of requests: what it asks of us, and what becomes of what we asked."""

from __future__ import annotations

import datetime as dt
import json

from rahdari.base.actor import Actor
from rahdari.base.editions import current_book
from rahdari.base.refusal import Refusal, Refused
from rahdari.base.statements import Statement
from rahdari.base.work import unit_of_work
from rahdari.domain.disclosure.rules import told_by

from ..access import PERMITS
from ..messages import AskedTold, read_request_asked
from ..models import Request
from ..queries.requests import accept_by, asked_of, calendar_of, closed, contact_body, end_of_day
from ..rules.enquiries import is_naming
from ..rules.requests import number_of, why_not_follow, why_not_mirror
from .following import _follow_accepted, _follow_answered, _follow_asked
from .naming import _take_naming
from .requesting import _wait


def mirror_request(*, actor: Actor, statement: Statement, at: dt.datetime) -> Request:
    """Keeps what the partner asks, its questions closed at rest, and starts the clock of the own contact point.

    Refuses `contact_point_not_addressed`, `not_a_day`. A statement that was taken up before leaves nothing new.
    """
    with unit_of_work("cooperation.mirror_request", actor=actor, at=at) as unit:
        unit.permit(PERMITS["mirror_request"])
        unit.refuse(why_not_mirror(statement.marking, contact_body(actor.node)))
        told = _read(statement)
        request = Request.objects.filter(home=statement.sender, statement=statement.id).first()
        if request is None:
            request = unit.add(
                Request(
                    **told_by(statement),
                    partner=statement.sender,
                    number=number_of(statement.sender, statement.id, statement.issued_at.date()),
                    kind=told.kind,
                    thread=statement.thread,
                    asked=statement.id,
                    asked_at=statement.issued_at,
                    urgency=told.urgency,
                    due_on=told.due_on,
                    language=statement.language,
                    questions=closed(list(told.questions)),
                    accept_by=accept_by(current_book(), told.kind, actor.node, at),
                )
            )
            if not _follow_asked(unit, request, told):
                _wait(unit, "cooperation.accept_request", request, actor.node, request.accept_by)
        unit.about(request, kind=request.kind, number=request.number, urgency=request.urgency)
    return request


def mirror_acceptance(*, actor: Actor, statement: Statement, at: dt.datetime) -> Request:
    """Keeps that the partner accepted what we asked, with the day it agreed to.

    Refuses `request_not_known`, `wrong_state`, `not_a_day`, `enquiry_by_its_own_door`. Leaves the agreed day and its clock on
    the partner's side.
    """
    with unit_of_work("cooperation.mirror_acceptance", actor=actor, at=at) as unit:
        unit.permit(PERMITS["mirror_acceptance"])
        request = _own(statement)
        agreed_on = _day(statement.data["agreed_on"])
        unit.refuse(_why_not_by_a_contact_point(request))
        unit.refuse(why_not_follow(request.state if request else None, "accepted"))
        assert request is not None
        request.state, request.agreed_on, request.accepted_at = "accepted", agreed_on, statement.issued_at
        _note_reply(request, statement)
        unit.save(request)
        unit.settle("cooperation.accept_request", request)
        side = calendar_of(statement.sender, actor.node)
        _wait(unit, "cooperation.answer_request", request, statement.sender, end_of_day(agreed_on, side))
        _follow_accepted(unit, request, agreed_on, statement)
        unit.about(request, kind=request.kind, number=request.number, agreed_on=agreed_on)
    return request


def mirror_answer(*, actor: Actor, statement: Statement, at: dt.datetime) -> Request:
    """Keeps the partner's answer to what we asked, closed at rest; the own contact point is asked to rate it.

    Refuses `request_not_known`, `wrong_state`, `contact_point_not_addressed`. Leaves the answer and the waiting row.
    """
    with unit_of_work("cooperation.mirror_answer", actor=actor, at=at) as unit:
        unit.permit(PERMITS["mirror_answer"])
        request = _own(statement)
        if request is not None and is_naming(asked_of(request)):
            answers = {one["code"]: one["value"] for one in statement.data["answers"]}
            _take_naming(unit, request, answers, statement)
            unit.about(request, kind=request.kind, number=request.number)
            return request
        unit.refuse(why_not_mirror(statement.marking, contact_body(actor.node)))
        unit.refuse(why_not_follow(request.state if request else None, "answered"))
        assert request is not None
        answers = {one["code"]: one["value"] for one in statement.data["answers"]}
        request.state, request.answers = "answered", json.dumps(answers, ensure_ascii=False)
        request.answered, request.answered_hash = statement.id, statement.hash
        request.answered_at = statement.issued_at
        _note_reply(request, statement)
        unit.save(request)
        unit.settle(("cooperation.accept_request", "cooperation.answer_request"), request)
        _wait(unit, "cooperation.rate_answer", request, actor.node, None)
        _follow_answered(unit, request, answers, statement)
        unit.about(request, kind=request.kind, number=request.number, questions=len(answers))
    return request


def mirror_rating(*, actor: Actor, statement: Statement, at: dt.datetime) -> Request:
    """Keeps what our answer was worth to the partner. Refuses `request_not_known`, `wrong_state`, `enquiry_by_its_own_door`."""
    with unit_of_work("cooperation.mirror_rating", actor=actor, at=at) as unit:
        unit.permit(PERMITS["mirror_rating"])
        rows = Request.objects.select_for_update().filter(home=statement.sender).exclude(statement=None)
        request: Request | None = rows.filter(answered=statement.data["of"]).first()
        unit.refuse(_why_not_by_a_contact_point(request))
        unit.refuse(why_not_follow(request.state if request else None, "rated"))
        assert request is not None
        request.state, request.rated_at = "rated", statement.issued_at
        request.timeliness, request.effort = statement.data["timeliness"], statement.data["effort"]
        _note_reply(request, statement)
        unit.save(request)
        unit.about(request, kind=request.kind, number=request.number, timeliness=request.timeliness, effort=request.effort)
    return request


def _own(statement: Statement) -> Request | None:
    """What we asked this partner in the statement that is answered, locked."""
    rows = Request.objects.select_for_update().filter(statement=None, partner=statement.sender)
    return rows.filter(asked=statement.data["of"]).first()


def _why_not_by_a_contact_point(request: Request | None) -> list[Refusal]:
    """Who stands behind a profile is answered by the person: no contact point agrees to a day for it, none rates it."""
    naming = request is not None and is_naming(asked_of(request))
    return [Refusal("enquiry_by_its_own_door")] if naming else []


def _note_reply(request: Request, statement: Statement) -> None:
    """Keeps the marking of the newest thing the partner said of a request, for the bands of its page."""
    request.reply_level, request.reply_bodies = statement.marking.level, list(statement.marking.bodies)
    request.replied_at = statement.issued_at


def _read(statement: Statement) -> AskedTold:
    try:
        return read_request_asked(statement.data)
    except ValueError:
        raise Refused([Refusal("not_a_day")]) from None


def _day(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise Refused([Refusal("not_a_day")]) from None
