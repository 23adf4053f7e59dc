"""Ranking by declared criteria in words."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

REFUSALS = {
    "criterion_unlawful": _("Nobody may be ranked or refused by this. The law forbids it."),
    "criterion_unknown": _("This criterion is not on the list."),
    "criterion_twice": _("A criterion stands here twice."),
    "weights_not_100": _("The weights must make a hundred together."),
    "rule_in_use": _("Somebody applied under the rule that was declared. It may not change any more."),
    "over_nomination_limit": _("For this vacancy %(most)s candidates may be named at most."),
    "criterion_not_declared": _("An application can be refused only by a criterion that was declared before."),
    "reopened_before": _("This application was taken up again once already."),
}
PERMISSIONS = {
    "placements.see_shortlist": _("See the shortlist of one's own vacancy"),
    "placements.declare_ranking": _("Declare by which criteria candidates are ranked"),
    "placements.refuse_application": _("Refuse an application by a declared criterion"),
    "placements.reopen_application": _("Take up again an application that was refused"),
}
STATES = {"refused": _("Refused")}
CODES = {
    "placements.declare_ranking": _("Declare the criteria"),
    "placements.refuse_application": _("Refuse the application"),
    "placements.reopen_application": _("Take the application up again"),
    "application_refused": _("Application refused"),
    "declared_criteria": _("the declared criteria"),
    "tests_held": _("tests passed"),
    "tests_asked": _("a test the vacancy asks for is missing"),
    "japanese": _("Japanese"),
    "english": _("English"),
    "work_months": _("months of work"),
    "courses": _("schools and courses"),
    "available_soon": _("can leave soon"),
}
LABELS = {
    "placements.criteria": _("Criteria"),
    "placements.criteria.code": _("Criterion"),
    "placements.criteria.weight": _("Weight of a hundred"),
    "placements.by_employer": _("The employer asked for these"),
    "placements.criterion": _("By which criterion"),
}
