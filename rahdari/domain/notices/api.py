"""Notices for programs of an office: the list, one notice, and every step of it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema

from rahdari.base.clock import day_at, now
from rahdari.base.editions import current_book
from rahdari.web.api import operation
from rahdari.web.steps import Step, step_operation

from . import actions
from .access import PERMITS
from .forms import AnswerToNotice, NameToDecide, NoticeSeen, NoticeToDraft, NoticeToRecall, answered, drafted
from .messages import notice_answered, notice_raised
from .queries.known import PartyKnown, parties_known
from .queries.notices import NoticeLine, NoticePage, lines_of, notice_page, notices_visible_to

router = Router(tags=["notices"])
NEWEST = 100


class NoticeTold(Schema):
    """One notice; `holder` is the state that must act, `late` in its working days; kind and day are gone once recalled."""

    id: str
    version: int
    number: str
    home: str
    state: str
    kind: str | None
    category: str | None
    known_on: str | None
    raised_at: str | None
    days_late: int | None
    holder: str | None
    due_on: str | None
    late: int
    statement: str | None
    marking: dict[str, Any]


class NoticeList(Schema):
    """The newest notices."""

    notices: list[NoticeTold]


class KnownTold(Schema):
    """Somebody in the registers whose name is like that of a party; `outcome` and `ground` are of the newest decision."""

    subject: str
    name: str
    number: str
    outcome: str | None
    ground: str | None


class NamesOfParty(Schema):
    """A party of a notice, counted from 0, with those of a like name."""

    party: int
    name: str
    known: list[KnownTold]


class NamesKnown(Schema):
    """Whom the registers know by the names in a notice."""

    parties: list[NamesOfParty]


class NoticeDetail(NoticeTold):
    """One notice with what it says and what was answered, as the statements say it; null where there is none any more."""

    content: dict[str, Any] | None
    answer: dict[str, Any] | None
    recall_reason: str | None


def _told(line: NoticeLine) -> dict[str, Any]:
    row = line.row
    return {
        "id": str(row.pk),
        "version": row.version,
        "number": row.number,
        "home": row.home,
        "state": row.state,
        "kind": row.kind or None,
        "category": row.category or None,
        "known_on": row.known_on.isoformat() if row.known_on else None,
        "raised_at": row.raised_at.isoformat() if row.raised_at else None,
        "days_late": row.days_late,
        "holder": line.holder or None,
        "due_on": line.due.isoformat() if line.due else None,
        "late": line.late,
        "statement": str(row.raised) if row.raised else None,
        "marking": {"level": row.level, "bodies": row.bodies},
    }


def _detail(page: NoticePage) -> dict[str, Any]:
    row, answer = page.line.row, None
    if page.answer is not None and row.raised is not None:
        answer = notice_answered(of=row.raised, statement=row.statement_hash, answer=page.answer)
        answer = {name: value for name, value in answer.items() if name not in ("of", "statement")}
    return _told(page.line) | {
        "content": dict(notice_raised(page.draft)) if page.draft else None,
        "answer": answer,
        "recall_reason": row.recall_reason or None,
    }


@operation(router, "GET", "/notices", PERMITS["see_notices"], answers=NoticeList, problems=(403,), url_name="notices.see_notices")
def see_notices(request: HttpRequest) -> Any:
    """The newest notices this office may see."""
    rows = list(notices_visible_to(request.actor)[:NEWEST])
    return {"notices": [_told(one) for one in lines_of(request.actor, rows, current_book(), now())]}


@operation(
    router, "GET", "/notices/{notice_id}", PERMITS["see_notice"], answers=NoticeDetail, problems=(403, 404),
    url_name="notices.see_notice",
)  # fmt: skip
def see_notice(request: HttpRequest, notice_id: UUID) -> Any:
    """One notice with what it says and what was answered."""
    return _detail(notice_page(request.actor, notice_id, current_book(), now()))


@operation(
    router, "GET", "/notices/{notice_id}/names", PERMITS["see_names"], answers=NamesKnown, problems=(403, 404),
    url_name="notices.see_names",
)  # fmt: skip
def see_names(request: HttpRequest, notice_id: UUID) -> Any:
    """Whom the registers know by the names in a notice, and what was decided about each before."""
    draft = notice_page(request.actor, notice_id, current_book(), now()).draft
    today = day_at(now(), request.actor.node)
    found = parties_known(request.actor, draft.about if draft else (), today=today)
    return {"parties": [{"party": number, "name": one.party.name, "known": _known(one)} for number, one in enumerate(found)]}


def _known(party: PartyKnown) -> list[dict[str, Any]]:
    return [
        {
            "subject": one.subject,
            "name": one.name,
            "number": one.number,
            "outcome": one.outcome or None,
            "ground": one.decisions[0].ground if one.decisions else None,
        }
        for one in party.known
    ]


def _draft(*, actor: Any, at: Any, **members: Any) -> Any:
    return actions.draft_notice(actor=actor, draft=drafted(**members), at=at)


def _answer(*, actor: Any, at: Any, notice_id: UUID, seen: int | None = None, **members: Any) -> Any:
    return actions.answer_notice(actor=actor, notice_id=notice_id, answer=answered(**members), seen=seen, at=at)


def _decide(*, actor: Any, at: Any, **members: Any) -> Any:
    return actions.decide_name(actor=actor, at=at, **members).notice


def _step(name: str, shape: Any, act: Any) -> Step:
    """A step as programs take it; the pages have forms of their own."""
    act.__doc__ = act.__doc__ or getattr(actions, name).__doc__
    return Step("notices", name, shape, act, page=lambda *_, **__: {}, said="", onward="notices.see_notice")


step_operation(router, _step("draft_notice", NoticeToDraft, _draft), "/notices", PERMITS["draft_notice"], problems=(403, 422))
for _name, _shape, _act, _path in (
    ("approve_notice", NoticeSeen, actions.approve_notice, "approval"),
    ("accept_notice", NoticeSeen, actions.accept_notice, "acceptance"),
    ("answer_notice", AnswerToNotice, _answer, "answer"),
    ("recall_notice", NoticeToRecall, actions.recall_notice, "recall"),
    ("decide_name", NameToDecide, _decide, "names"),
):
    step_operation(router, _step(_name, _shape, _act), "/notices/{notice_id}/" + _path, PERMITS[_name])
