"""Requests for programs of a contact point: the list, one request, and every step of it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema

from rahdari.base.clock import now
from rahdari.base.editions import current_book
from rahdari.web.api import operation
from rahdari.web.steps import Step, step_operation

from .. import actions
from ..access import PERMITS
from ..forms.requests import AnswerToRate, RequestToAccept, RequestToAnswer, RequestToSend
from ..queries.requests import RequestLine, RequestPage, lines_of, request_page, requests_visible_to

router = Router(tags=["cooperation"])
NEWEST = 100


class LateTold(Schema):
    """How late a step is, in working days of the side that must act; `step` is late, coordinator or agenda."""

    days: int
    step: str


class RequestTold(Schema):
    """One request; `holder` is the state that must act, `due_on` the day until which."""

    id: str
    version: int
    number: str
    home: str
    kind: str
    state: str
    urgency: str
    asked_at: str
    due_on: str | None
    holder: str | None
    late: LateTold | None
    statement: str
    marking: dict[str, Any]


class RequestList(Schema):
    """The newest requests."""

    requests: list[RequestTold]


class QuestionTold(Schema):
    """One question with its facts and, once there is one, its answer."""

    code: str
    facts: dict[str, Any]
    answered: bool
    answer: Any = None


class RequestDetail(RequestTold):
    """One request with what was asked and answered."""

    wished_by: str | None
    agreed_on: str | None
    answered_at: str | None
    timeliness: int | None
    effort: int | None
    questions: list[QuestionTold]


def _told(line: RequestLine) -> dict[str, Any]:
    row = line.row
    return {
        "id": str(row.pk),
        "version": row.version,
        "number": row.number,
        "home": row.home,
        "kind": row.kind,
        "state": row.state,
        "urgency": row.urgency,
        "asked_at": row.asked_at.isoformat(),
        "due_on": line.due.isoformat() if line.due else None,
        "holder": line.holder or None,
        "late": {"days": line.late.days, "step": line.late.step} if line.late else None,
        "statement": str(row.asked),
        "marking": {"level": row.level, "bodies": row.bodies},
    }


def _detail(page: RequestPage) -> dict[str, Any]:
    row = page.line.row
    return _told(page.line) | {
        "wished_by": row.due_on.isoformat() if row.due_on else None,
        "agreed_on": row.agreed_on.isoformat() if row.agreed_on else None,
        "answered_at": row.answered_at.isoformat() if row.answered_at else None,
        "timeliness": row.timeliness,
        "effort": row.effort,
        "questions": [
            {
                "code": one.code,
                "facts": {fact.code: fact.value for fact in one.facts},
                "answered": one.answered,
                "answer": one.answer,
            }
            for one in page.questions
        ],
    }


@operation(
    router, "GET", "/requests", PERMITS["see_requests"], answers=RequestList, problems=(403,),
    url_name="cooperation.see_requests",
)  # fmt: skip
def see_requests(request: HttpRequest) -> Any:
    """The newest requests of both contact points."""
    rows = list(requests_visible_to(request.actor)[:NEWEST])
    return {"requests": [_told(one) for one in lines_of(request.actor, rows, current_book(), now())]}


@operation(
    router, "GET", "/requests/{request_id}", PERMITS["see_request"], answers=RequestDetail, problems=(403, 404, 422),
    url_name="cooperation.see_request",
)  # fmt: skip
def see_request(request: HttpRequest, request_id: UUID) -> Any:
    """One request with its questions and answers."""
    return _detail(request_page(request.actor, request_id, current_book(), now()))


def _step(name: str, shape: Any, act: Any) -> Step:
    """A step as programs take it; the pages have forms made of the questions."""
    return Step("cooperation", name, shape, act, page=lambda *_, **__: {}, said="", onward="cooperation.see_request")


step_operation(
    router, _step("send_request", RequestToSend, actions.send_request), "/requests", PERMITS["send_request"], problems=(403, 422)
)
step_operation(
    router,
    _step("accept_request", RequestToAccept, actions.accept_request),
    "/requests/{request_id}/acceptance",
    PERMITS["accept_request"],
)
step_operation(
    router,
    _step("answer_request", RequestToAnswer, actions.answer_request),
    "/requests/{request_id}/answer",
    PERMITS["answer_request"],
)
step_operation(
    router, _step("rate_answer", AnswerToRate, actions.rate_answer), "/requests/{request_id}/rating", PERMITS["rate_answer"]
)
