"""One's own file for programs: opening and correcting it, its papers, what was learnt, allowing somebody to see it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema

from rahdari.base.clock import now
from rahdari.base.seen import note_look
from rahdari.web.api import operation
from rahdari.web.steps import step_operation

from .access import PERMITS
from .forms import steps
from .forms.dependants import RECORD_DEPENDANT
from .forms.likeness import ON_LIKENESS
from .forms.lists import DRAFT_LIST, MAP_LIST, ON_LIST
from .forms.profiles import PUBLISH_PROFILE
from .forms.reveals import ANSWER_REVEAL, ASK_REVEAL
from .forms.training import ADD_TRAINEES, OPEN_COHORT, OPEN_COURSE, RECORD_ATTENDANCE
from .queries.reveals import person_behind, reveals_of

router = Router(tags=["candidates"])
step_operation(router, steps.OPEN_FILE, "/file", PERMITS["open_file"])
step_operation(router, steps.CORRECT_FILE, "/file/corrections", PERMITS["correct_file"])
step_operation(router, steps.PUT_IN_PAPER, "/file/papers", PERMITS["put_in_paper"])
step_operation(router, steps.RECORD_DEGREE, "/file/degrees", PERMITS["record_degree"])
step_operation(router, steps.RECORD_INTERNSHIP, "/file/internships", PERMITS["record_internship"])
step_operation(router, steps.RECORD_PRACTICE, "/file/practice", PERMITS["record_practice"])
step_operation(router, steps.GIVE_CONSENT, "/file/consents", PERMITS["give_consent"])
for part, step in ON_LIKENESS.items():
    step_operation(router, step, f"/file/alike/{{likeness_id}}/{part}", PERMITS[step.name])
step_operation(router, PUBLISH_PROFILE, "/file/profile", PERMITS["publish_profile"])
step_operation(router, DRAFT_LIST, "/file/lists", PERMITS["draft_list"])
for part, step in {"columns": MAP_LIST, **ON_LIST}.items():
    step_operation(router, step, f"/file/lists/{{list_id}}/{part}", PERMITS[step.name])
step_operation(router, OPEN_COURSE, "/file/training/courses", PERMITS["open_course"])
step_operation(router, OPEN_COHORT, "/file/training/courses/{course_id}/cohorts", PERMITS["open_cohort"])
step_operation(router, ADD_TRAINEES, "/file/training/cohorts/{cohort_id}/trainees", PERMITS["add_trainees"])
step_operation(router, RECORD_ATTENDANCE, "/file/training/cohorts/{cohort_id}/attendance", PERMITS["record_attendance"])
step_operation(router, RECORD_DEPENDANT, "/file/dependants", PERMITS["record_dependant"])
step_operation(router, ASK_REVEAL, "/file/shown/{shown_id}/ask", PERMITS["ask_reveal"])
step_operation(router, ANSWER_REVEAL, "/file/asked/{reveal_id}/answer", PERMITS["answer_reveal"])


class AskedTold(Schema):
    """A firm that asks who one is; `until` is the end of the term."""

    id: str
    version: int
    firm: str
    through: str
    purpose: str
    state: str
    until: str


class AskedList(Schema):
    """The firms that ask, and those one said yes to."""

    asked: list[AskedTold]


class PersonTold(Schema):
    """The person behind a profile, for the one firm they said yes to."""

    name: str
    cv: dict[str, Any]
    contact: dict[str, str]


@operation(
    router, "GET", "/file/asked", PERMITS["see_reveals"], answers=AskedList, problems=(403,), url_name="candidates.see_reveals"
)
def see_reveals(request: HttpRequest) -> Any:
    """The firms that ask who one is."""
    rows = reveals_of(request.actor, now())
    same = ("version", "purpose", "state")
    return {
        "asked": [
            {name: getattr(one, name) for name in same}
            | {"id": str(one.pk), "firm": one.firm_name, "through": one.through_name, "until": one.until.isoformat()}
            for one in rows
        ]
    }


@operation(
    router, "GET", "/file/shown/{shown_id}", PERMITS["see_shown"], answers=PersonTold, problems=(403, 404, 409, 422),
    url_name="candidates.see_shown",
)  # fmt: skip
def see_shown(request: HttpRequest, shown_id: UUID) -> Any:
    """The person behind a profile, where they said yes to the firm that asks; each look is written down."""
    person = person_behind(request.actor, shown_id)
    note_look(actor=request.actor, about=person.row.pk, purpose="candidates.see_shown", at=now())
    return dict(person.told)
