"""Enquiries of firms for programs: the list, one enquiry with its answer, and every step of it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Schema

from rahdari.base.clock import now
from rahdari.base.editions import current_book
from rahdari.web.api import operation
from rahdari.web.steps import Step, step_operation

from .. import actions
from ..access import PERMITS
from ..forms.enquiries import ENQUIRE_FIRM, ON_ENQUIRY, AnswerEnquiry
from ..queries.enquiries import EnquiryLine, EnquiryPage, enquiries_visible_to, enquiry_lines, enquiry_page
from .requests import router

NEWEST = 100


class EnquiryTold(Schema):
    """One enquiry; `due_on` is the day until which whoever must act acts."""

    id: str
    version: int
    number: str
    home: str
    source: str
    state: str
    firm: str
    firm_name: str
    through: str
    work_kind: str
    field: str
    occupation: str
    skills: list[str]
    people: int
    mode: str
    came_on: str
    due_on: str | None
    late_days: int
    owner: str


class EnquiryList(Schema):
    """The newest enquiries."""

    enquiries: list[EnquiryTold]


class ShownTold(Schema):
    """A profile without a name, as the answer shows it."""

    id: str
    place: int
    text: str
    work: str
    years: int
    district: str
    skills: list[str]
    languages: list[dict[str, str]]
    until: str


class EnquiryStepTold(Schema):
    """One line of the history."""

    use_case: str
    at: str
    role: str
    ground: str


class EnquiryDetail(EnquiryTold):
    """One enquiry with its answer, what was shown, and its history."""

    note: str
    fitting: int | None
    next_step: str
    answered_at: str | None
    ground: str
    demand: str | None
    profiles: list[ShownTold]
    steps: list[EnquiryStepTold]


def _told(line: EnquiryLine) -> dict[str, Any]:
    row = line.row
    same = (
        "version", "number", "home", "source", "state", "firm", "firm_name", "through", "work_kind", "field", "occupation",
        "skills", "people", "mode",
    )  # fmt: skip
    return {name: getattr(row, name) for name in same} | {
        "id": str(row.pk),
        "came_on": row.came_on.isoformat(),
        "due_on": line.due.isoformat() if line.due else None,
        "late_days": line.late.days if line.late else 0,
        "owner": line.owner,
    }


def _detail(page: EnquiryPage) -> dict[str, Any]:
    row = page.row
    return _told(page.line) | {
        "note": row.note,
        "fitting": row.fitting,
        "next_step": row.next_step,
        "answered_at": row.answered_at.isoformat() if row.answered_at else None,
        "ground": row.ground,
        "demand": str(row.demand_id) if row.demand_id else None,
        "profiles": [
            {
                "id": str(one.row.pk),
                "place": one.row.place,
                "until": one.row.until.isoformat(),
                **{name: getattr(one, name) for name in ("text", "work", "years", "district")},
                "skills": list(one.skills),
                "languages": list(one.languages),
            }
            for one in page.shown
        ],
        "steps": [
            {"use_case": one.use_case, "at": one.at.isoformat(), "role": one.role, "ground": one.ground} for one in page.steps
        ],
    }


@operation(
    router, "GET", "/enquiries", PERMITS["see_enquiries"], answers=EnquiryList, problems=(403,),
    url_name="cooperation.see_enquiries",
)  # fmt: skip
def see_enquiries(request: HttpRequest) -> Any:
    """The newest enquiries the actor may see."""
    rows = list(enquiries_visible_to(request.actor)[:NEWEST])
    return {"enquiries": [_told(one) for one in enquiry_lines(rows, current_book(), now())]}


@operation(
    router, "GET", "/enquiries/{enquiry_id}", PERMITS["see_enquiry"], answers=EnquiryDetail, problems=(403, 404, 422),
    url_name="cooperation.see_enquiry",
)  # fmt: skip
def see_enquiry(request: HttpRequest, enquiry_id: UUID) -> Any:
    """One enquiry with its answer, the profiles shown and its history."""
    return _detail(enquiry_page(request.actor, enquiry_id, current_book(), now()))


ANSWER_ENQUIRY = Step(
    "cooperation", "answer_enquiry", AnswerEnquiry, actions.answer_enquiry, lambda *_, **__: {}, "", "cooperation.see_enquiry"
)
step_operation(router, ENQUIRE_FIRM, "/enquiries", PERMITS["enquire_firm"], problems=(403, 409, 422))
for part, step in {**ON_ENQUIRY, "answer": ANSWER_ENQUIRY}.items():
    step_operation(router, step, f"/enquiries/{{enquiry_id}}/{part}", PERMITS[step.name])
