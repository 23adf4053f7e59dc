"""Eligibility in words: the reasons of the eligibility checker and the faults of its facts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise

REASONS: dict[str, StrPromise] = {
    # What was judged
    "all_shown": _("Everything that %(work)s needs by the rules of %(day)s is shown."),
    "requirements_unknown": _("The tables hold no requirements for this work on %(day)s, so nothing can be promised."),
    "duty_not_said": _(
        "No duty was named. Of the duties of %(field)s this answer speaks of the one that lacks least: %(duty)s. "
        "Name the duty to have another judged."
    ),
    # Age
    "age": _(
        "The worker must be %(years)s years old when landing in Japan; on %(at)s that age is not shown. The birthday counts."
    ),
    "age_not_said": _("The worker must be %(years)s years old when landing in Japan. The date of birth was not said."),
    # Skill test
    "skill_test": _(
        "The skill test of %(work)s has not been passed. Pass it, or show training (ii) well completed in the same work."
    ),
    "skill_test_not_said": _("The skill test of %(work)s is needed. Whether it was passed was not said."),
    "skill_test_duty_not_said": _("The test was named without its duty. It counts only if it was the test for %(work)s."),
    "skill_test_waived": _(
        "The skill test of %(work)s is not needed: technical intern training (ii) in related work was well completed."
    ),
    # Language
    "language": _("For %(work)s one of these levels of Japanese must be shown: %(levels)s. No result given reaches it."),
    "language_not_said": _("For %(work)s one of these levels of Japanese must be shown: %(levels)s. No result was given."),
    "language_waived": _("The language test for %(work)s is not needed: technical intern training (ii) was well completed."),
    "language_read": _(
        "The result in %(test)s stands for level %(level)s of the Common European Framework, by the scale of the day of the test."
    ),
    "language_no_scale": _(
        "The result in %(test)s is on no scale that held on the day of the test. Check the score, the level and the date."
    ),
    "language_level_not_said": _("A score in %(test)s says nothing without the level that was sat. Give the level."),
    "language_result_not_said": _("A test in %(test)s was named without its result. Give the score or the level."),
    "language_date_not_said": _("The scale of %(test)s changed, and the day of the test was not said. Give the day."),
    "nursing_care_japanese": _("The Japanese test for nursing care, needed for %(work)s, has not been passed."),
    "nursing_care_japanese_not_said": _(
        "The Japanese test for nursing care is needed for %(work)s. Whether it was passed was not said."
    ),
    "nursing_care_japanese_waived": _(
        "The Japanese test for nursing care is not needed: training (ii) in nursing care was well completed."
    ),
    "waiver_not_said": _(
        "Training (ii) well completed may take the place of a test for %(work)s. "
        "Say its stage, its months, whether it was well completed and whether the work was related."
    ),
    # Conditions of the field
    "jp_driving_licence": _("For %(work)s a Japanese driving licence of the class needed is missing."),
    "jp_driving_licence_not_said": _(
        "For %(work)s a Japanese driving licence is needed. Whether the worker holds one was not said."
    ),
    "new_driver_training": _("For %(work)s the training for newly appointed drivers is missing."),
    "new_driver_training_not_said": _(
        "For %(work)s the training for newly appointed drivers is needed. Whether it was done was not said."
    ),
    "good_workplace": _(
        "For %(work)s the employer needs the certificate of a good workplace, and does not have it. The worker cannot mend this."
    ),
    "good_workplace_not_said": _(
        "For %(work)s the employer needs the certificate of a good workplace. Whether it has one was not said."
    ),
    "condition_not_asked": _("One more condition must be shown by the worker, which is not asked here: %(condition)s."),
    "employer_must_show": _("The employer must show this as well; it is not held against the worker: %(condition)s."),
    "employment_form": _("Dispatch is not allowed in %(field)s: the employer must employ the worker directly."),
    "dispatch_allowed": _("Dispatch is allowed in %(field)s; the place of work and the period must be stated."),
    "dispatch_unknown": _("The tables say nothing of dispatch outside the SSW fields."),
    "bridge_status": _(
        "For %(work)s a worker may stay up to %(months)s months under Designated Activities to get the licence, once."
    ),
    "bridge_by_duty": _(
        "The time to prepare for the licence depends on the duty. For %(work)s it is %(months)s months. Name the duty."
    ),
    # Field
    "field_not_open": _("%(field)s does not take specified skilled workers on %(day)s."),
    "field_merged": _("The code %(field)s was valid until %(until)s. Its work now stands in %(now)s, whose rules were used."),
    "field_merged_later": _(
        "The code %(field)s was valid on the day asked about. It ended on %(until)s; its work now stands in %(now)s."
    ),
    "field_suspended": _(
        "Since %(since)s an order suspends part of the acceptance in %(field)s. The suspension checker says what it does."
    ),
    "field_by_occupation": _(
        "No field was named. The tables put %(occupation)s in: %(fields)s. This answer speaks of %(field)s."
    ),
    "occupation_in_other_field": _(
        "The tables put %(occupation)s in %(fields)s, not in %(field)s. The field that was named was used."
    ),
    "not_an_ssw_field": _(
        "%(occupation)s is in no SSW field. Such work may be done under another status, outside the Memorandum."
    ),
    "no_field_named": _("The work is in no field, so it cannot be done as a specified skilled worker."),
    "occupation_not_listed": _(
        "The tables put %(occupation)s in no SSW field. The table may not be complete: if you know the field, name it."
    ),
    "occupation_not_recognised": _("The tables do not know the work “%(occupation)s”. Name the field, or give the ISCO-08 code."),
    # SSW(ii) and training
    "ssw2_available": _("%(field)s has SSW(ii) on %(day)s."),
    "ssw2_in_part": _(
        "%(field)s has SSW(ii) on %(day)s, or had it at first, for a part of its work; the tables do not say for which."
    ),
    "ssw2_not_available": _("%(field)s has no SSW(ii) on %(day)s."),
    "ssw2_unknown": _("Whether %(field)s will have SSW(ii) is not known."),
    "ssw2_needs_unknown": _(
        "The tables do not hold all that SSW(ii) in %(field)s needs, such as the practice asked for. Nothing can be promised."
    ),
    "esd_not_open": _("%(field)s takes nobody for Employment for Skill Development on %(day)s."),
    "esd_needs_unknown": _("What Employment for Skill Development in %(field)s needs is not in the tables yet."),
    "esd_language_enough": _("The language result is enough to begin Employment for Skill Development (level %(level)s)."),
    # Other routes
    "professional_qualified": _("A degree, or the years of practice needed instead, is shown."),
    "degree_or_practice": _("Neither a degree nor %(years)s years of practice in the work are shown. One of the two is needed."),
    "degree_or_practice_not_said": _(
        "A degree or %(years)s years of practice in the work are needed. Not enough was said of them."
    ),
    "professional_work": _(
        "%(occupation)s counts to the work of the status Engineer, Specialist in Humanities, International Services."
    ),
    "professional_work_not_listed": _(
        "Whether the work needs the knowledge of a degree is judged by the Immigration Services Agency."
    ),
    "work_listed_as_ssw": _(
        "%(occupation)s is work of the field %(field)s. Whether the professional status can cover it is not in the tables."
    ),
    "professional_language": _(
        "Work facing people, at employers of category 3 and 4, also needs level %(level)s in the working language."
    ),
    "remote_no_visa": _(
        "Work done from Pakistan for a client in Japan needs no visa and no status of residence. A service contract is needed."
    ),
    "outside_moc": _("This work is outside the Memorandum of Cooperation, which covers specified skilled workers only."),
    "protector_needed": _("Before departure the worker must be registered with the Protector of Emigrants."),
    "no_protector": _("Nobody leaves for this work, so no registration with the Protector of Emigrants is needed."),
    "family_allowed": _("Spouse and children may come as dependants."),
    "family_not_allowed": _("Spouse and children may in principle not come under this status."),
}

FAULTS: dict[str, StrPromise] = {
    "born_later": _("The date of birth lies after the application, the start or the landing."),
    "score_and_level_differ": _("The score %(score)s and the level %(level)s do not belong together on the scale of that day."),
}

CODES: dict[str, StrPromise] = {
    "ssw2_not_available": _("The field has no SSW(ii) on that day"),
    "degree_or_practice": _("Degree or years of practice"),
    "JFT_BASIC": _("JFT-Basic"),
    "JFT_A1": _("JFT-Basic A1"),
    "JFT_A2": _("JFT-Basic A2"),
    "JLPT_N5": _("JLPT N5"),
    "JLPT_N4": _("JLPT N4"),
    "JLPT_N3": _("JLPT N3"),
    "CIVIL": _("Civil engineering"),
    "BUILDING": _("Building"),
    "LIFELINE": _("Lifelines and equipment"),
    "GROUND_HANDLING": _("Airport ground handling"),
    "AIRCRAFT_MAINTENANCE": _("Aircraft maintenance"),
    "CROP": _("Crop farming"),
    "LIVESTOCK": _("Livestock farming"),
    "FISHING": _("Fishing"),
    "AQUACULTURE": _("Aquaculture"),
    "TRUCK": _("Truck"),
    "TAXI": _("Taxi"),
    "BUS": _("Bus"),
    "TRACK_MAINTENANCE": _("Track maintenance"),
    "ELECTRICAL_MAINTENANCE": _("Maintenance of electrical equipment"),
    "ROLLING_STOCK_MAINTENANCE": _("Maintenance of rolling stock"),
    "ROLLING_STOCK_MANUFACTURE": _("Manufacture of rolling stock"),
    "TRANSPORT_STAFF": _("Transport staff"),
}
