"""Addresses of exams: what anyone sees, the examiner's desk, certificates, one sitting."""

from rahdari.web.doors import door
from rahdari.web.steps import step_page

from .access import PERMITS
from .forms import steps
from .views import sittings

READ = ("GET",)
urlpatterns = [
    door("", sittings.see_sittings, PERMITS["see_sittings"], methods=READ),
    door("open/", step_page(steps.OPEN_SEATS), PERMITS["open_seats"]),
    door("certificates/new/", step_page(steps.RECORD_CERTIFICATE), PERMITS["record_certificate"]),
    door("certificates/<uuid:result_id>/", sittings.see_certificate, PERMITS["see_certificate"], methods=READ),
    door("certificates/<uuid:result_id>/check/", step_page(steps.CHECK_CERTIFICATE), PERMITS["check_certificate"]),
    door("<uuid:sitting_id>/", sittings.see_sitting, PERMITS["see_sitting"], methods=READ),
    door("<uuid:sitting_id>/roster/", sittings.see_roster, PERMITS["see_roster"], methods=READ),
    door("<uuid:sitting_id>/book/", step_page(steps.BOOK_SEAT), PERMITS["book_seat"]),
    door("<uuid:sitting_id>/results/", step_page(steps.RECORD_RESULTS), PERMITS["record_results"]),
]
