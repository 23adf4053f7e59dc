"""Addresses of residence: the first steps of one case."""

from rahdari.web.doors import door
from rahdari.web.steps import step_page

from .access import PERMITS
from .forms import steps

urlpatterns = [
    door("<uuid:case_id>/guidance/", step_page(steps.RECORD_GUIDANCE), PERMITS["record_guidance"]),
    door("<uuid:case_id>/work/", step_page(steps.BEGIN_WORK), PERMITS["begin_work"]),
]
