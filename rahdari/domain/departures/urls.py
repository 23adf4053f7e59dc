"""Addresses of departures: the departure of one case and its steps, the desk of an airport, manifests."""

from rahdari.web.doors import door
from rahdari.web.steps import step_page

from . import views
from .access import PERMITS
from .forms import passes, setbacks, steps

urlpatterns = [
    door("<uuid:case_id>/", views.see_departure, PERMITS["see_departure"], methods=("GET",)),
    door("<uuid:case_id>/certificate/", step_page(steps.FILE_COE), PERMITS["file_coe"]),
    door("<uuid:case_id>/certificate/decide/", step_page(steps.DECIDE_COE), PERMITS["decide_coe"]),
    door("<uuid:case_id>/visa/", step_page(steps.RECORD_VISA_FILED), PERMITS["record_visa_filed"]),
    door("<uuid:case_id>/visa/decide/", step_page(steps.DECIDE_VISA), PERMITS["decide_visa"]),
    door("<uuid:case_id>/registration/", step_page(steps.APPLY_REGISTRATION), PERMITS["apply_registration"]),
    door("<uuid:case_id>/clearance/", step_page(steps.ISSUE_CLEARANCE), PERMITS["issue_clearance"]),
    door("<uuid:case_id>/flight/", step_page(steps.BUILD_MANIFEST), PERMITS["build_manifest"]),
    door("ready/", views.see_ready, PERMITS["see_ready"], methods=("GET",)),
    door("ready/book/", views.build_manifests, PERMITS["build_manifest"], name="departures.build_manifests", methods=("POST",)),
    door("manifests/", views.see_manifests, PERMITS["see_manifests"], methods=("GET",)),
    door("manifests/<uuid:manifest_id>/", views.see_manifest, PERMITS["see_manifest"], methods=("GET",)),
    door("manifests/<uuid:manifest_id>/table/", views.see_manifest_table, PERMITS["see_manifest_table"], methods=("GET",)),
    door("manifests/<uuid:manifest_id>/departed/", views.record_departures, PERMITS["record_departures"]),
    door("manifests/<uuid:manifest_id>/arrived/", views.confirm_arrivals, PERMITS["confirm_arrivals"]),
    door("<uuid:case_id>/departed/", step_page(steps.RECORD_DEPARTURE), PERMITS["record_departure"]),
    door("<uuid:case_id>/arrived/", step_page(steps.CONFIRM_ARRIVAL), PERMITS["confirm_arrival"]),
    door("<uuid:case_id>/pass/", views.see_pass, PERMITS["see_pass"], methods=("GET",)),
    door("<uuid:case_id>/pass/replace/", step_page(passes.REPLACE_PASS), PERMITS["replace_pass"]),
    door("<uuid:case_id>/clearance/refuse/", step_page(passes.REFUSE_CLEARANCE), PERMITS["refuse_clearance"]),
    door("<uuid:case_id>/clearance/propose/", step_page(passes.PROPOSE_REVOCATION), PERMITS["propose_revocation"]),
    door("<uuid:case_id>/clearance/revoke/", step_page(passes.REVOKE_CLEARANCE), PERMITS["revoke_clearance"]),
    door("<uuid:case_id>/clearance/drop/", step_page(passes.DROP_REVOCATION), PERMITS["drop_revocation"]),
    door("<uuid:case_id>/clearance/appeal/", step_page(passes.APPEAL_CLEARANCE), PERMITS["appeal_clearance"]),
    door("<uuid:case_id>/clearance/decide/", step_page(passes.DECIDE_CLEARANCE_APPEAL), PERMITS["decide_clearance_appeal"]),
    door("slips/", views.see_slips, PERMITS["see_slips"], methods=("GET",)),
    door("slips/draw/", step_page(passes.DRAW_SLIPS), PERMITS["draw_slips"]),
    door("slips/<uuid:book_id>/", views.see_slip_book, PERMITS["see_slip_book"], methods=("GET",)),
    door("slips/<uuid:book_id>/void/", step_page(passes.VOID_SLIPS), PERMITS["void_slips"]),
    door("slips/<uuid:book_id>/reconcile/", step_page(passes.RECONCILE_SLIPS), PERMITS["reconcile_slips"]),
    door("<uuid:case_id>/flight/missed/", step_page(setbacks.RECORD_FLIGHT_MISSED), PERMITS["record_flight_missed"]),
    door("<uuid:case_id>/not-arrived/", step_page(setbacks.REPORT_NO_ARRIVAL), PERMITS["report_no_arrival"]),
    door("<uuid:case_id>/certificate/refuse/", step_page(setbacks.REFUSE_COE), PERMITS["refuse_coe"]),
    door("<uuid:case_id>/certificate/papers/", step_page(setbacks.ASK_FOR_PAPERS), PERMITS["ask_for_papers"]),
    door("<uuid:case_id>/visa/refuse/", step_page(setbacks.REFUSE_VISA), PERMITS["refuse_visa"]),
]
