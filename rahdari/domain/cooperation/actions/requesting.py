"""What a contact point does with requests: asks, accepts with a day, answers, and says what an answer was worth."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.conf import settings

from rahdari.base.actor import Actor
from rahdari.base.clock import day_at
from rahdari.base.editions import current_book
from rahdari.base.refusal import Refusal
from rahdari.base.work import Unit, unit_of_work

from ..access import CONTACT_ROLES, PERMITS
from ..messages import (
    ACCEPTED,
    ANSWERED,
    ASKED,
    MARKING,
    RATED,
    request_accepted,
    request_answered,
    request_asked,
    request_rated,
)
from ..models import Request
from ..queries.requests import accept_by, asked_of, calendar_of, closed, contact_body, end_of_day
from ..rules.enquiries import KIND as ENQUIRY
from ..rules.enquiries import is_naming
from ..rules.requests import (
    Value,
    asked_with,
    number_of,
    why_not_accept,
    why_not_answer,
    why_not_rate,
    why_not_send,
)


def send_request(
    *, actor: Actor, kind: str, questions: Sequence[str], facts: Mapping[str, Value], urgency: str = "routine",
    due_on: dt.date | None = None, language: str = "en", at: dt.datetime,
) -> Request:  # fmt: skip
    """A contact point asks the other: typed questions of one kind, with the facts they need; each is told its own alone.

    Refuses `kind_unknown`, `question_missing`, `question_unknown`, `fact_missing`, `fact_wrong`, `fact_not_asked`,
    `urgency_unknown`, `due_in_past`, `enquiry_by_its_own_door`. Leaves the request, the statement, and the clock of the
    other contact point.
    """
    with unit_of_work("cooperation.send_request", actor=actor, at=at) as unit:
        unit.permit(PERMITS["send_request"])
        unit.refuse([Refusal("enquiry_by_its_own_door", member="kind")] if kind == ENQUIRY else [])
        request = _ask(unit, kind, questions, facts, urgency=urgency, due_on=due_on, language=language)
        unit.about(request, kind=kind, number=request.number, urgency=urgency)
    return request


def accept_request(
    *, actor: Actor, request_id: UUID, agreed_on: dt.date | None, seen: int | None = None, at: dt.datetime
) -> Request:
    """The contact point that was asked agrees to answer by a day.

    Refuses `asked_from_here`, `wrong_state`, `agreed_day_missing`, `due_in_past`, `stale`. Leaves the agreed day, the
    statement and the clock of the answer.
    """
    with unit_of_work("cooperation.accept_request", actor=actor, at=at) as unit:
        unit.permit(PERMITS["accept_request"])
        request = unit.lock(Request, request_id, seen=seen)
        unit.refuse(_why_not_here(request, actor.node))
        own, today = request.home == actor.node, day_at(at, actor.node)
        unit.refuse(why_not_accept(state=request.state, own=own, agreed_on=agreed_on, today=today))
        assert agreed_on is not None
        _accept(unit, request, agreed_on)
        _wait(unit, "cooperation.answer_request", request, actor.node, end_of_day(agreed_on, actor.node))
        unit.about(request, kind=request.kind, number=request.number, agreed_on=agreed_on)
    return request


def answer_request(
    *, actor: Actor, request_id: UUID, answers: Mapping[str, Value], language: str = "en", seen: int | None = None,
    at: dt.datetime,
) -> Request:  # fmt: skip
    """The contact point that was asked answers every question in its form; None says that it is not known.

    Refuses `asked_from_here`, `wrong_state`, `question_unknown`, `answer_missing`, `answer_wrong`, `stale`. Leaves the
    answers closed on the request, the statement, and the clocks settled.
    """
    with unit_of_work("cooperation.answer_request", actor=actor, at=at) as unit:
        unit.permit(PERMITS["answer_request"])
        request = unit.lock(Request, request_id, seen=seen)
        unit.refuse(_why_not_here(request, actor.node))
        codes = [one.code for one in asked_of(request)]
        own = request.home == actor.node
        book = current_book()
        unit.refuse(why_not_answer(book, state=request.state, own=own, kind=request.kind, asked=codes, answers=answers))
        told = {code: answers.get(code) if answers.get(code) != "" else None for code in codes}
        _answer(unit, request, told, language)
        unit.settle(("cooperation.accept_request", "cooperation.answer_request"), request)
        unit.about(request, kind=request.kind, number=request.number, questions=len(codes))
    return request


def rate_answer(
    *, actor: Actor, request_id: UUID, timeliness: int | None, effort: int | None, seen: int | None = None, at: dt.datetime
) -> Request:
    """The contact point that asked says how timely the answer was and what effort it shows, each from 1 to 5.

    Refuses `asked_from_there`, `wrong_state`, `mark_missing`, `stale`. Leaves the marks and the statement.
    """
    with unit_of_work("cooperation.rate_answer", actor=actor, at=at) as unit:
        unit.permit(PERMITS["rate_answer"])
        request = unit.lock(Request, request_id, seen=seen)
        own = request.home == actor.node
        unit.refuse([Refusal("enquiry_by_its_own_door")] if is_naming(asked_of(request)) else [])
        unit.refuse(why_not_rate(state=request.state, own=own, timeliness=timeliness, effort=effort))
        assert timeliness is not None and effort is not None and request.answered is not None
        request.state, request.rated_at = "rated", at
        request.timeliness, request.effort = timeliness, effort
        unit.save(request)
        content = request_rated(of=request.answered, statement=request.answered_hash, timeliness=timeliness, effort=effort)
        _reply(unit, RATED, content, request, request.answered)
        unit.settle("cooperation.rate_answer", request)
        unit.about(request, kind=request.kind, number=request.number, timeliness=timeliness, effort=effort)
    return request


def _ask(
    unit: Unit, kind: str, questions: Sequence[str], facts: Mapping[str, Value], *, urgency: str = "routine",
    due_on: dt.date | None = None, language: str = "en", after: Request | None = None, waits: bool = True,
) -> Request:  # fmt: skip
    """Asks the partner; `after` is the request whose thread goes on, and no contact point has to act unless it `waits`."""
    book, partner, node, at = current_book(), settings.RAHDARI_PARTNER, unit.actor.node, unit.at
    today, side = day_at(at, node), calendar_of(partner, node)
    unit.refuse(why_not_send(book, kind=kind, questions=questions, facts=facts, urgency=urgency, due_on=due_on, today=today))
    asked = asked_with(book, kind, questions, facts)
    content = request_asked(kind=kind, questions=asked, urgency=urgency, due_on=due_on)
    thread = {} if after is None else {"thread": after.thread, "in_reply_to": after.answered or after.asked}
    said = unit.say(ASKED, content, marking=MARKING, language=language, to=partner, **thread)
    request = unit.add(
        Request(
            home=node,
            partner=partner,
            number=number_of(node, said.id, at.date()),
            kind=kind,
            thread=said.thread or said.id,
            asked=said.id,
            asked_at=at,
            asked_by=unit.actor.person,
            urgency=urgency,
            due_on=due_on,
            language=language,
            questions=closed(asked),
            accept_by=accept_by(book, kind, side, at) if waits else None,
        )
    )
    if waits:
        _wait(unit, "cooperation.accept_request", request, partner, request.accept_by)
    return request


def _accept(unit: Unit, request: Request, agreed_on: dt.date) -> None:
    request.state, request.agreed_on, request.accepted_at = "accepted", agreed_on, unit.at
    unit.save(request)
    content = request_accepted(of=request.asked, statement=request.statement_hash, agreed_on=agreed_on)
    _reply(unit, ACCEPTED, content, request, request.asked)
    unit.settle("cooperation.accept_request", request)


def _answer(
    unit: Unit, request: Request, told: Mapping[str, Value], language: str, more: Mapping[str, Any] | None = None,
    marking: Mapping[str, Any] = MARKING,
) -> None:  # fmt: skip
    """Says the answer and keeps it; what goes with it besides (`more`) is not kept with the request."""
    content = {**request_answered(of=request.asked, statement=request.statement_hash, answers=told), **(more or {})}
    said = _reply(unit, ANSWERED, content, request, request.asked, language, marking)
    request.state, request.answers = "answered", json.dumps(told, ensure_ascii=False)
    request.answered, request.answered_at = said, unit.at
    unit.save(request)


def _why_not_here(request: Request, node: str) -> list[Refusal]:
    """Enquiries are answered at their own desk, and by the person asked about: no contact point answers for them."""
    return [Refusal("enquiry_by_its_own_door")] if request.kind == ENQUIRY and request.home != node and node == "pk" else []


def _reply(
    unit: Unit, type: str, content: Mapping[str, object], request: Request, of: UUID, language: str = "en",
    marking: Mapping[str, Any] = MARKING,
) -> UUID:  # fmt: skip
    said = unit.say(type, content, marking=marking, thread=request.thread, in_reply_to=of, language=language, to=request.partner)
    return said.id


def _wait(unit: Unit, task: str, request: Request, side: str, due_at: dt.datetime | None) -> None:
    """Opens the clock of whoever is next; where it is the other side, its contact point holds it."""
    unit.wait(
        task,
        request,
        holder_body=contact_body(side),
        holder_role=CONTACT_ROLES.get(side, ""),
        holder_side=calendar_of(side, unit.actor.node),
        matter={"kind": f"request_{request.kind}", "number": request.number},
        url_name="cooperation.see_request",
        url_args=[str(request.pk)],
        due_at=due_at,
    )
