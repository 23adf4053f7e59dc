"""Sittings, bookings, results in words; the codes are those of `rules/`."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

REFUSALS = {
    "exam_unknown": _("There is no such test on this day."),
    "level_missing": _("Say which level the test proves: %(levels)s."),
    "seats_missing": _("Give the number of seats, at least one."),
    "sitting_too_soon": _("The sitting must lie in the future (%(day)s)."),
    "booking_outside": _("Booking ends between today and the day of the sitting (%(sat_on)s), not on %(day)s."),
    "booking_closed": _("Booking ended on %(day)s."),
    "sitting_begun": _("This sitting began at %(starts_at)s; its seats can no longer be booked."),
    "full": _("All %(seats)s seats are taken."),
    "booked_elsewhere": _("This person holds a seat for the same test already, in a sitting that is still to come."),
    "under_test_age": _("This test is open from the age of %(min_age)s; on %(day)s the person is %(age)s."),
    "before_sitting": _("Results can be recorded once the sitting has begun (%(starts_at)s)."),
    "results_missing": _("Give at least one result."),
    "not_on_roster": _("%(number)s is not on the roster of this sitting."),
    "already_recorded": _("The result of %(number)s is recorded already."),
    "outcome_missing": _("Say of %(number)s: passed, failed or not present."),
    "identity_not_checked": _("The identity of %(number)s was not checked at the door; without that there is no result."),
    "score_out_of_range": _("A score of %(number)s lies outside what its section can give."),
    "certificate_differs": _("This is not the number that was entered from the certificate."),
    "not_own_sitting": _("This sitting is another examiner's."),
}

PERMISSIONS = {
    "exams.follow_booking": _("Let seats follow a file that was merged"),
    "exams.see_sittings": _("See the sittings with their free seats"),
    "exams.see_sitting": _("See one sitting"),
    "exams.see_roster": _("See the roster of one's own sitting"),
    "exams.open_seats": _("Open the seats of a sitting"),
    "exams.record_results": _("Record the results of one's own sitting"),
    "exams.book_seat": _("Book a seat in a sitting"),
    "exams.record_certificate": _("Enter a test passed from its certificate"),
    "exams.see_certificate": _("See a certificate that was entered"),
    "exams.check_certificate": _("Check the number of a certificate that another office entered"),
    "exams.mirror_seats": _("Take up seats the other state told"),
    "exams.mirror_booking": _("Take up a booking the other state told"),
    "exams.mirror_results": _("Take up results the examiner told"),
}

STATEMENTS = {
    "exam.seats/1": _("Seats of a sitting"),
    "exam.results/1": _("Results of a sitting, by booking number"),
}

STATES = {
    "seats_open": _("seats open"),
    "sitting_recorded": _("results recorded"),
    "seat_booked": _("seat booked"),
    "seat_recorded": _("result known"),
    "result_to_check": _("number to be checked"),
    "result_stands": _("counts"),
}

CODES = {
    "exams.open_seats": _("Open seats"),
    "exams.book_seat": _("Book a seat"),
    "exams.record_results": _("Record the results"),
    "exams.record_certificate": _("Enter a certificate"),
    "exams.check_certificate": _("Check a certificate"),
    "pass": _("passed"),
    "fail": _("failed"),
    "no_show": _("not present"),
    "exam_body": _("the exam body"),
    "certificate_no": _("number of the certificate"),
}

LABELS = {
    "exams.exam": _("Test"),
    "exams.field": _("Field"),
    "exams.field.hint": _("Only for a skill test"),
    "exams.level": _("Level"),
    "exams.level.hint": _("Only for a language test, for example JFT_A2"),
    "exams.venue": _("Place"),
    "exams.starts_at": _("Begins at"),
    "exams.starts_at.hint": _("By the clock of this node's offices"),
    "exams.seats": _("Seats"),
    "exams.booking_until": _("Last day of booking"),
    "exams.fee": _("Fee"),
    "exams.fee.hint": _("In the smallest unit of the currency; empty when the test is free"),
    "exams.currency": _("Currency"),
    "exams.payer": _("Who pays the fee"),
    "exams.file_id": _("File of the person"),
    "exams.file_id.hint": _("Its id; a worker leaves it empty"),
    "exams.results": _("Results"),
    "exams.results.number": _("Booking number"),
    "exams.results.outcome": _("Result"),
    "exams.results.identity_checked": _("Identity checked at the door"),
    "exams.results.certificate_no": _("Number of the certificate"),
    "exams.results.sections.code": _("Section"),
    "exams.results.sections.score": _("Score"),
    "exams.results.sections.max": _("Highest score"),
    "exams.certificate_no": _("Number of the certificate"),
    "exams.certificate_no.hint": _("As the examiner confirms it"),
}
