"""What the checker of deadlines says, in words; codes of duties, windows and support items with their names."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

REASONS = {
    "duty_due": _("“%(duty)s”: owed by %(actor)s to %(to)s. Counted without holidays, the last day is %(safe_due)s."),
    "duty_window": _("“%(duty)s”: may be filed from %(window_from)s to %(window_until)s."),
    "duty_without_day": _(
        "“%(duty)s”: owed by %(actor)s to %(to)s without delay. The law names no number of days, so no last day can be given."
    ),
    "duty_not_in_force": _(
        "“%(duty)s”: this duty did not exist on %(day)s, so nothing is owed under it. The rule of that day decides."
    ),
    "duty_covered": _("What “%(duty)s” asks stands, for %(day)s, in another duty: “%(covered_by)s”. Ask about that one."),
    "duty_done_in_time": _("Done on %(done_on)s, in time: the last day was %(due)s."),
    "duty_done_late": _("Done on %(done_on)s, late: the last day was %(due)s. It stays owed until done, and the delay is shown."),
    "duty_still_open": _("Not done by %(today)s. There is time until %(due)s."),
    "duty_overdue": _("Not done by %(today)s, and the last day was %(due)s. Do it at once."),
    "done_before_window": _(
        "Done on %(done_on)s, before one may file. Filing opens on %(window_from)s; ask the office whether it took the paper."
    ),
    "deadline_moved": _(
        "On %(safe_due)s national offices are closed, so the deadline moves to the next open day, %(due)s. "
        "%(safe_due)s remains the safe day."
    ),
    "deadline_not_moved": _(
        "On %(day)s offices are closed, but the rule that moves deadlines speaks of national offices, and %(to)s is not one. "
        "Keep %(day)s or an earlier day, unless the office itself says that a later one is accepted."
    ),
    "working_day_moved": _("%(day)s is no working day for %(actor)s; the same working day is %(due)s."),
    "holidays_not_known": _(
        "The table of public holidays does not reach %(safe_due)s, so it is not known whether the deadline moves. "
        "%(safe_due)s is the safe day."
    ),
    "window_days": _("%(window)s: from %(first)s to %(last)s, the last day included."),
    "validity_not_lengthened": _("%(day)s is a day on which offices are closed; a holiday does not lengthen this: %(window)s."),
    "window_without_length": _("%(window)s: the tables give no length, so no last day can be named."),
    "window_not_in_force": _("%(window)s: the tables have no rule for %(day)s, so no last day can be named."),
    "window_used_in_time": _("Used on %(used_on)s, in time: the last day is %(last)s."),
    "window_used_late": _("Used on %(used_on)s, too late: the last day was %(last)s. A new one is needed."),
    "window_used_early": _("Used on %(used_on)s, too early: the first day is %(first)s."),
    "window_open": _("Not used by %(today)s. There is time until %(last)s."),
    "window_run_out": _("Not used, and run out: the last day was %(last)s, today is %(today)s."),
    "land_by": _("Land in Japan by %(land_by)s: this ends first: %(window)s."),
    "land_on_last_day": _(
        "The departure is planned for the very last day, %(land_by)s. If the flight lands on the next day, this has "
        "ended: %(window)s. Leave a day earlier."
    ),
    "departure_in_windows": _(
        "Departure on %(departure)s is possible: everything needed is in force, and landing is possible until %(land_by)s."
    ),
    "departure_not_planned": _(
        "Nothing stands against a departure, but no day is planned. Landing is possible until %(land_by)s."
    ),
    "window_missing": _("Missing: %(window)s. Without it there is no departure."),
    "landing_window_closed": _(
        "%(window)s: ended on %(last)s, but is needed for landing on %(day)s. An earlier departure or a new one is needed."
    ),
    "registration_window_closed": _(
        "%(window)s: ended on %(last)s, but is needed for the registration on %(day)s. An earlier registration or a "
        "new one is needed."
    ),
    "window_not_begun": _("%(window)s: dated %(dated)s, so it is not yet in force on %(day)s."),
    "windows_do_not_overlap": _(
        "%(other)s: ended on %(last)s, before this began on %(dated)s: %(window)s. On no day are both in force; one "
        "of them must be asked for again."
    ),
    "registered_after_departure": _(
        "%(window)s: dated %(registered_on)s, but it must come before the departure on %(departure)s. Move the "
        "departure or register earlier."
    ),
    "window_not_of_departure": _("%(window)s: has no part in the departure and was left aside."),
    "renewal_window": _(
        "“%(duty)s”: for an end on %(expires_on)s the application is filed with %(to)s from %(window_from)s to %(window_until)s."
    ),
    "renewal_until": _(
        "“%(duty)s”: for an end on %(expires_on)s the application had to reach %(to)s by %(window_until)s. From "
        "which day on it was taken is not known."
    ),
    "support_due": _("%(item)s: counted from %(start)s, due by %(due)s."),
    "support_done_in_time": _("%(item)s: done on %(done_on)s, in time; it was due by %(due)s."),
    "support_done_late": _("%(item)s: done on %(done_on)s, late; it was due by %(due)s."),
    "support_still_open": _("%(item)s: not done by %(as_of)s. There is time until %(due)s."),
    "support_overdue": _("%(item)s: not done by %(as_of)s, and due by %(due)s. Do it at once and write down why it was late."),
    "support_done_early": _("%(item)s: what was done on %(done_on)s does not count, because it lies before %(start)s."),
    "support_done_not_told": _(
        "%(item)s: nothing was said about when it was done, so no interval can be judged. Give the days, or say "
        "that there are none."
    ),
    "support_next_due": _("%(item)s: next due by %(due)s."),
    "interval_kept": _("%(item)s: done at least once every %(number)s months up to %(as_of)s."),
    "interval_broken": _("%(item)s: from %(first)s to %(last)s more than %(number)s months passed without it."),
    "support_without_number": _("%(item)s: the rules name no number of days, so no day can be given."),
    "support_of_other_event": _("%(item)s: is not counted from the arrival, so the day of arrival does not tell when it is due."),
    "support_without_arrival": _("%(item)s: is counted from the arrival, and no day of arrival was given."),
}

FAULTS = {
    "ask_one_question": _("Ask exactly one thing: a duty, a window, several windows, a renewal or a support item."),
    "deadline_day_out_of_reach": _("This day lies outside what can be counted: from %(first)s to %(last)s."),
    "period_reversed": _("The period ends before it begins."),
    "period_too_long": _("The period is too long; ask about at most %(years)s years."),
    "window_given_twice": _("This window stands twice in the list. Give the one that is to be used."),
    "registered_on_two_days": _("The registration is given with two different days."),
    "done_after_as_of": _("This was done after the day the answer is for."),
}

DUTIES = {
    "AO_CONTRACT": _("Employment contract changed, ended or newly concluded"),
    "AO_SUPPORT_PLAN": _("Support plan changed (incl. responsible person, RSO)"),
    "AO_ENTRUST": _("Entrustment contract with an RSO concluded, changed or ended"),
    "AO_DIFFICULT": _("Acceptance difficult: missing, death, bankruptcy"),
    "AO_DIFFICULT_RESIGN": _("Acceptance difficult: voluntary resignation"),
    "AO_NOT_STARTED": _("Work not begun within 1 month of permission"),
    "AO_INACTIVE": _("No activity for 1 month"),
    "AO_CRITERIA": _(
        "Criteria no longer met (tax or insurance arrears, involuntary separation in the same work, penalties, violence, "
        "training-plan revocation)"
    ),
    "AO_REPORT_QUARTER": _("Periodic report for a calendar quarter"),
    "AO_REPORT_YEAR": _("Periodic report for a fiscal year April-March (acceptance, activity, support in one form)"),
    "AO_MUNICIPALITY": _("Cooperation confirmation to the municipalities of workplace and residence"),
    "AO_HELLOWORK_INSURED_HIRE": _("Foreign worker with employment insurance hired"),
    "AO_HELLOWORK_UNINSURED": _("Foreign worker without employment insurance hired or left"),
    "RSO_DETAILS": _("Registered details changed"),
    "RSO_STOP": _("Support business suspended or ended"),
    "RSO_RESTART": _("Restart after suspension"),
    "RSO_RENEW": _("Renewal of registration (valid 5 years)"),
    "W_RESIDENCE": _("Residence decided or moved"),
    "W_AFFILIATION": _("Accepting organisation changed or contract ended"),
    "W_PENSION_CLAIM": _("Lump-sum withdrawal claim after leaving Japan"),
    "MOC_SHARE": _("Information on intermediaries or acts (a)-(e), exam fraud"),
    "MOC_SHARE_PK": _("Information on intermediaries or acts (a)-(e), exam fraud"),
    "PK_PERMISSION_DECIDE": _("Application to process a foreign demand: acknowledge and decide"),
    "PK_OEP_DECLARE": _("Digital declaration of the amount received, cross-checked with that of the applicant"),
}

WINDOWS = {
    "PK_PERMISSION": _("Permission to process a foreign demand"),
    "JP_COE": _("Certificate of eligibility: landing application"),
    "JP_VISA": _("Single-entry visa"),
    "PK_PROTECTOR": _("Protector registration"),
    "PK_INSURANCE": _("State Life cover"),
    "JP_WORK_START": _("Start of work after permission"),
    "JP_RESIDENCE": _("Notice of residence"),
    "JP_EXTENSION_OPEN": _("Extension application opens before expiry"),
    "JP_PENDING": _("Continuation while an application is pending"),
    "JP_REVOCATION": _("Revocation for not doing the permitted activity"),
    "JP_RSO_VALID": _("RSO registration"),
    "PK_OEC_CYCLE": _("OEC cycle, whole"),
    "JP_DRIVER_BRIDGE_TRUCK": _("Preparation status, truck"),
    "JP_DRIVER_BRIDGE_BUS_TAXI": _("Preparation status, taxi and bus"),
}

SUPPORT_ITEMS = {
    "PRE_ARRIVAL_GUIDANCE": _("Guidance before arrival"),
    "PICKUP_SEEOFF": _("Pick-up on arrival and see-off at departure"),
    "HOUSING_CONTRACTS": _("Help with housing and contracts needed for life"),
    "LIFE_ORIENTATION": _("Orientation for daily life"),
    "ACCOMPANY_PROCEDURES": _("Accompanying to public procedures"),
    "JAPANESE_LEARNING": _("Opportunities to learn Japanese"),
    "CONSULTATION": _("Consultation and complaint handling"),
    "EXCHANGE": _("Promotion of exchange with Japanese people"),
    "JOB_CHANGE": _("Support to change job when employment ends for reasons not the worker's"),
    "REGULAR_INTERVIEW": _("Regular interviews and reporting to authorities"),
}

BODIES = {
    "ACCEPTING_ORG": _("Accepting organisation (employer)"),
    "RSO": _("Registered support organisation"),
    "WORKER": _("Worker or candidate"),
    "ISA": _("Immigration Services Agency"),
    "MUNICIPALITY": _("Municipality"),
    "HELLO_WORK": _("Public Employment Security Office (Hello Work)"),
    "JPS": _("Japan Pension Service"),
    "CONTACT_JP": _("Residency Management Division, ISA"),
    "CONTACT_PK": _("Joint Secretary (Emigration), MOP&HRD"),
    "PROTECTOR": _("Protector of Emigrants"),
    "OEP": _("Overseas employment promoter"),
    "BEOE": _("Bureau of Emigration and Overseas Employment"),
}

CODES = {**BODIES, **SUPPORT_ITEMS, **WINDOWS, **DUTIES}
