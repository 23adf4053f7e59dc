"""One's own file for programs: opening and correcting it, its papers, what was learnt, allowing somebody to see it."""

from __future__ import annotations

from ninja import Router

from rahdari.web.steps import step_operation

from .access import PERMITS
from .forms import steps
from .forms.dependants import RECORD_DEPENDANT
from .forms.likeness import ON_LIKENESS
from .forms.lists import DRAFT_LIST, MAP_LIST, ON_LIST
from .forms.profiles import PUBLISH_PROFILE
from .forms.training import ADD_TRAINEES, OPEN_COHORT, OPEN_COURSE, RECORD_ATTENDANCE

router = Router(tags=["candidates"])
step_operation(router, steps.OPEN_FILE, "/file", PERMITS["open_file"])
step_operation(router, steps.CORRECT_FILE, "/file/corrections", PERMITS["correct_file"])
step_operation(router, steps.PUT_IN_PAPER, "/file/papers", PERMITS["put_in_paper"])
step_operation(router, steps.RECORD_DEGREE, "/file/degrees", PERMITS["record_degree"])
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
