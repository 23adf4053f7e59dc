"""Addresses of exams: what anyone sees, the examiner's desk, certificates, one sitting."""

from rahdari.web.doors import door
from rahdari.web.steps import step_page

from .access import PERMITS
from .forms import bars as bar_steps
from .forms import desk as examiner
from .forms import seats, steps, voids
from .views import bars, certificates, counts, desk, fraud, sittings

READ = ("GET",)
urlpatterns = [
    door("", sittings.see_sittings, PERMITS["see_sittings"], methods=READ),
    door("open/", step_page(steps.OPEN_SEATS), PERMITS["open_seats"]),
    door("figures/", counts.see_exam_counts, PERMITS["see_exam_counts"], methods=READ),
    door("certificates/verify/", certificates.verify_certificate, PERMITS["verify_certificate"]),
    door("results/<uuid:result_id>/card/", certificates.see_certificate_card, PERMITS["see_certificate_card"], methods=READ),
    door("certificates/new/", step_page(steps.RECORD_CERTIFICATE), PERMITS["record_certificate"]),
    door("certificates/<uuid:result_id>/", sittings.see_certificate, PERMITS["see_certificate"], methods=READ),
    door("certificates/<uuid:result_id>/check/", step_page(steps.CHECK_CERTIFICATE), PERMITS["check_certificate"]),
    door("keys/", desk.see_keys, PERMITS["see_keys"], methods=READ),
    door("keys/new/", step_page(examiner.ENTER_KEY), PERMITS["enter_key"]),
    door("keys/<uuid:key_id>/", desk.see_key, PERMITS["see_key"], methods=READ),
    door("keys/<uuid:key_id>/confirm/", step_page(examiner.CONFIRM_KEY), PERMITS["confirm_key"]),
    door("keys/<uuid:key_id>/end/", step_page(examiner.END_KEY), PERMITS["end_key"]),
    door("signs/", fraud.see_signs, PERMITS["see_signs"], methods=READ),
    door("signs/<uuid:anomaly_id>/", fraud.see_anomaly, PERMITS["see_anomaly"], methods=READ),
    door("signs/<uuid:anomaly_id>/decide/", step_page(voids.DECIDE_ANOMALY), PERMITS["decide_anomaly"]),
    door("voids/<uuid:voiding_id>/", fraud.see_voiding, PERMITS["see_voiding"], methods=READ),
    door("voids/<uuid:voiding_id>/hearing/", step_page(voids.RECORD_HEARING), PERMITS["record_hearing"]),
    door("voids/<uuid:voiding_id>/decide/", step_page(voids.VOID_RESULTS), PERMITS["void_results"]),
    door("voids/<uuid:voiding_id>/drop/", step_page(voids.DROP_VOID), PERMITS["drop_void"]),
    door("voids/<uuid:voiding_id>/appeal/", step_page(voids.DECIDE_APPEAL), PERMITS["decide_appeal"]),
    door("my-results/<uuid:result_id>/", fraud.see_own_result, PERMITS["see_own_result"], methods=READ),
    door("my-results/<uuid:result_id>/appeal/", step_page(voids.APPEAL_VOID), PERMITS["appeal_void"]),
    door("<uuid:sitting_id>/traces/", step_page(voids.HAND_IN_TRACES), PERMITS["hand_in_traces"]),
    door("<uuid:sitting_id>/void/", step_page(voids.ASK_VOID), PERMITS["ask_void"]),
    door("seats/<uuid:booking_id>/", sittings.see_booking, PERMITS["see_booking"], methods=READ),
    door("seats/<uuid:booking_id>/cancel/", step_page(seats.CANCEL_SEAT), PERMITS["cancel_seat"]),
    door("results/<uuid:result_id>/", desk.see_result, PERMITS["see_result"], methods=READ),
    door("results/<uuid:result_id>/correct/", step_page(examiner.CORRECT_RESULT), PERMITS["correct_result"]),
    door("<uuid:sitting_id>/", sittings.see_sitting, PERMITS["see_sitting"], methods=READ),
    door("<uuid:sitting_id>/roster/", sittings.see_roster, PERMITS["see_roster"], methods=READ),
    door("<uuid:sitting_id>/book/", step_page(steps.BOOK_SEAT), PERMITS["book_seat"]),
    door("<uuid:sitting_id>/wait/", step_page(seats.WAIT_FOR_SEAT), PERMITS["wait_for_seat"]),
    door("<uuid:sitting_id>/door/", desk.see_door, PERMITS["see_door"], methods=READ),
    door("<uuid:sitting_id>/door/note/", step_page(examiner.CHECK_IDENTITY), PERMITS["check_identity"]),
    door("<uuid:sitting_id>/results/file/", step_page(examiner.RECORD_RESULTS_FILE), PERMITS["record_results_file"]),
    door("<uuid:sitting_id>/results/", step_page(steps.RECORD_RESULTS), PERMITS["record_results"]),
    door("signs/<uuid:anomaly_id>/bar/", step_page(bar_steps.ASK_BAR), PERMITS["ask_bar"]),
    door("bars/<uuid:bar_id>/", bars.see_bar, PERMITS["see_bar"], methods=READ),
    door("bars/<uuid:bar_id>/decide/", step_page(bar_steps.BAR_PERSON), PERMITS["bar_person"]),
    door("bars/<uuid:bar_id>/drop/", step_page(bar_steps.DROP_BAR), PERMITS["drop_bar"]),
    door("bars/<uuid:bar_id>/lift/", step_page(bar_steps.LIFT_BAR), PERMITS["lift_bar"]),
]
