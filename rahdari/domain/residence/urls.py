"""Addresses of residence: the first steps of one case."""

from rahdari.web.doors import door
from rahdari.web.steps import step_page

from .access import PERMITS
from .forms import steps

urlpatterns = [
    door("<uuid:case_id>/guidance/", step_page(steps.RECORD_GUIDANCE), PERMITS["record_guidance"]),
    door("<uuid:case_id>/change/", step_page(steps.FILE_CHANGE), PERMITS["file_change"]),
    door("<uuid:case_id>/change/decide/", step_page(steps.DECIDE_CHANGE), PERMITS["decide_change"]),
    door("<uuid:case_id>/change/refuse/", step_page(steps.REFUSE_CHANGE), PERMITS["refuse_change"]),
    door("<uuid:case_id>/work/", step_page(steps.BEGIN_WORK), PERMITS["begin_work"]),
]
