"""The five-year counter in words: what was counted, what was left out, what is left.

Words only. No rule, no query and no other package may be brought in here.
"""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

REASONS: dict[str, Promise] = {
    "stay_total_limit": _(
        "A person may stay as SSW(i) for %(months)s months in all, in every field and with every employer together. Whoever "
        "passes the tests of SSW(ii) may change to that status, which has no limit."
    ),
    "stay_no_limit": _(
        "The stay in this status has no limit in all. Each permission still has an end and must be extended in time."
    ),
    "stay_limit_unknown": _("The tables have no limit for this status on %(as_of)s, so nothing can be said about what is left."),
    "stay_stays_missing": _(
        "The stays in the status were not given, so the months used and the last day are not known. Give every stay, or an "
        "empty list if there was none."
    ),
    "stay_all_fields_count": _("A change of field or employer does not start the counter again: all stays stand on one counter."),
    "stay_earlier_stays_count": _(
        "Stays with a gap between them are added: whole months first, the days that remain after them. The gaps do not count."
    ),
    "stay_absence_counts": _(
        "Days abroad on a re-entry permit or special re-entry permit: %(days)s. They count, because the status went on. Days "
        "on which coming back was impossible can be left out with proof."
    ),
    "stay_not_working_counts": _("Time in the status without work, and ordinary leave, count like days of work."),
    "stay_pending_counts": _(
        "The period of stay has ended and the status goes on only while an application is pending. These days count too."
    ),
    "stay_bridge_counts": _("Days of Designated Activities held to prepare SSW(i): %(days)s. They count."),
    "stay_other_status_not_counted": _(
        "Time in another status, such as technical intern, student or SSW(ii), is outside the counter."
    ),
    "stay_left_without_permit": _(
        "Whoever leaves without a permit to come back loses the status on that day (%(left_on)s). The days abroad are not "
        "counted; the stays before and after are added."
    ),
    "stay_left_out_barred": _("Days left out because coming back to Japan was impossible: %(days)s."),
    "stay_left_out_family_leave": _("Days left out for statutory maternity or child-care leave: %(days)s."),
    "stay_left_out_illness": _("Days left out for leave because of illness or injury: %(days)s."),
    "stay_left_out_work_accident": _("Days left out for leave because of a work accident: %(days)s."),
    "stay_cap_reached": _(
        "At most %(cap)s months of leave on this ground can be left out in all. Days above that, which therefore count: %(days)s."
    ),
    "stay_leave_too_short": _(
        "The leave from %(first)s to %(last)s counts: only an unbroken leave longer than %(minimum)s month can be left out."
    ),
    "stay_leave_outside_status": _(
        "No day of the leave or absence from %(first)s to %(last)s lies in the status up to the day asked about, so there is "
        "nothing to leave out."
    ),
    "stay_leave_before_rule": _(
        "Days of leave before %(start)s, when this rule began: %(days)s. No source says whether they can be left out, so they "
        "were counted: the real last day may be later. Ask the immigration office."
    ),
    "stay_proof_missing": _("The days from %(first)s to %(last)s count as long as their proof is not shown."),
    "stay_barred_days_missing": _(
        "Only one end of the time on which coming back was impossible was given, so nothing is left out. Give the first and "
        "the last such day."
    ),
    "stay_first_day_counted": _(
        "The first day is counted, so the last day is %(end)s. This is the safe day: a residence card shows the same day of "
        "the month as the first day, here %(card_day)s."
    ),
    "stay_limit_reached": _(
        "The limit was reached on %(end)s. No further stay in this status is granted unless days are left out, the sixth year "
        "is granted or the person changes to another status."
    ),
    "stay_not_in_status": _(
        "The person does not hold the status on %(as_of)s. The last day is worked out as if the stay began on %(begins)s and "
        "was not broken again; each day later moves it by one day."
    ),
    "stay_apply_before": _(
        "Days are left out, or a sixth year granted, only on application, about three months before the five years end: about "
        "%(about)s, as the five years end on %(end)s when nothing is left out."
    ),
    "stay_six_years_granted": _(
        "The conditions for a sixth year are shown: the limit is %(months)s months. Whoever then passes must change to "
        "SSW(ii) at once, whoever fails must leave."
    ),
    "stay_six_years_not_yet": _(
        "The sixth year exists only since %(start)s; the application of %(applied_on)s came before. A new application is needed."
    ),
    "stay_six_years_not_here": _("The sixth year is an exception for SSW(i); this status does not need it."),
    "stay_six_years_too_late": _(
        "The application of %(applied_on)s came after %(end)s, when the five years had ended. It must be made before they end."
    ),
    "stay_no_test_shown": _(
        "No result of a test for SSW(ii) is shown. The sixth year is only for those who failed it narrowly; show the score "
        "notices."
    ),
    "stay_all_tests_passed": _(
        "All tests shown are passed: the person can change to SSW(ii) and must do so at once. The sixth year is for those who "
        "failed."
    ),
    "score_below": _(
        "Test %(test)s: %(score)s points are less than %(percent)s %% of the pass mark of %(pass_mark)s. That share is needed "
        "in every test; a better result in a new sitting would do."
    ),
    "stay_score_not_shown": _(
        "Test %(test)s: the score or the pass mark is not shown. Give both as they stand on the score notice."
    ),
    "stay_share_unknown": _("Test %(test)s: the tables do not say which share of the pass mark is needed."),
    "no_pledge": _("The person has not pledged to sit the test again, to change status on passing and to leave on failing."),
    "stay_employer_not_keeping": _("The employer has not confirmed that it goes on employing the person."),
    "stay_employer_not_training": _("The employer has not confirmed that it trains and supports the person to pass the test."),
    "stay_field_without_ssw2": _(
        "The tables know no SSW(ii) in the field of the last stay (%(field)s). Check which test the results belong to."
    ),
    "stay_period_listed": _("One permission is granted for one of these lengths in months: %(lengths)s."),
    "stay_period_at_most": _(
        "One permission is granted for at most %(months)s months, for this kind and this day of the decision."
    ),
    "stay_period_cut": _(
        "A permission never goes beyond the limit in all, which ends on %(end)s: at most %(months)s months fit before it."
    ),
    "stay_period_beyond_limit": _(
        "The present period of stay ends on %(period_ends)s, after the limit in all (%(end)s). The stay in this status must "
        "end with the limit."
    ),
    "stay_period_unknown": _("The tables have no length of a permission decided on %(decided_on)s."),
    "stay_permission_kind_missing": _(
        "The length depends on whether the next permission is a landing permission, an extension or a change of status. Say "
        "which."
    ),
}

FAULTS: dict[str, Promise] = {
    "from_after_to": _("The last day comes before the first. Check the two dates."),
    "day_out_of_reach": _("The counter works with days from 1950 to 2999. Check the year."),
}
