"""Addresses of departures: the departure of one case, and its steps."""

from rahdari.web.doors import door
from rahdari.web.steps import step_page

from . import views
from .access import PERMITS
from .forms import steps

urlpatterns = [
    door("<uuid:case_id>/", views.see_departure, PERMITS["see_departure"], methods=("GET",)),
    door("<uuid:case_id>/certificate/", step_page(steps.FILE_COE), PERMITS["file_coe"]),
    door("<uuid:case_id>/certificate/decide/", step_page(steps.DECIDE_COE), PERMITS["decide_coe"]),
    door("<uuid:case_id>/visa/", step_page(steps.RECORD_VISA_FILED), PERMITS["record_visa_filed"]),
    door("<uuid:case_id>/visa/decide/", step_page(steps.DECIDE_VISA), PERMITS["decide_visa"]),
    door("<uuid:case_id>/registration/", step_page(steps.APPLY_REGISTRATION), PERMITS["apply_registration"]),
    door("<uuid:case_id>/clearance/", step_page(steps.ISSUE_CLEARANCE), PERMITS["issue_clearance"]),
    door("<uuid:case_id>/flight/", step_page(steps.BUILD_MANIFEST), PERMITS["build_manifest"]),
    door("<uuid:case_id>/departed/", step_page(steps.RECORD_DEPARTURE), PERMITS["record_departure"]),
    door("<uuid:case_id>/arrived/", step_page(steps.CONFIRM_ARRIVAL), PERMITS["confirm_arrival"]),
]
