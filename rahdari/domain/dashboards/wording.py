"""Words of the front page and of the figures."""

from django.utils.translation import gettext_lazy as _

PERMISSIONS = {
    "dashboards.home": _("See the front page"),
    "dashboards.see_line_figures": _("See the line of all cases in figures"),
    "dashboards.take_line_figures": _("Take the figures of the line along"),
}
# Each figure of the line: what it is called, and what it means.
CODES = {
    "figure_passed": _("Passed the station"),
    "figure_paper": _("of those from paper"),
    "figure_here": _("Waiting here now"),
    "figure_ended": _("Ended here"),
    "figure_median_days": _("Days, median"),
    "means_passed": _("Cases whose step passed the station for the first time in the year shown, each once."),
    "means_paper": _(
        "Those whose step stands on a paper alone: the side that took it has not confirmed it. Contested papers do not count."
    ),
    "means_here": _("Open cases that have to pass this station next, as of today."),
    "means_ended": _("Cases that ended in the year shown while they waited for this station."),
    "means_median_days": _(
        "Half of those who passed took at most so many days since the station before. Told where five or more passed."
    ),
    "case_ended_withdrawn": _("the worker took the application back"),
    "case_ended_refused": _("refused by whoever recruits"),
    "case_ended_let_go": _("the employer withdrew the work"),
    "case_ended_returned": _("the employer returned the candidate"),
    "case_ended_not_selected": _("not selected"),
    "case_ended_rescinded": _("the contract was taken back"),
}
