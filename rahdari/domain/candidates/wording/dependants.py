"""Words of candidates: spouse and children who come along."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

REFUSALS = {
    "dependants_not_allowed": _("With this status the law lets no family come along to Japan."),
    "child_older": _("A child cannot be as old as you. Look at the year."),
    "dependant_passport_wrong": _("This is no number of a passport: letters and digits, five to fifteen of them."),
    "spouse_there": _("A husband or wife is recorded already. Take them out first if that was wrong."),
    "too_many_dependants": _("At most %(most)s people can be recorded here."),
}
PERMISSIONS = {
    "candidates.see_dependants": _("See who comes along with a person"),
    "candidates.record_dependant": _("Record a husband, wife or child who comes along"),
    "candidates.remove_dependant": _("Take out somebody who comes along"),
}
CODES = {
    "candidates.record_dependant": _("Record somebody who comes with you"),
    "candidates.remove_dependant": _("Take them out"),
    "dependant_spouse": _("husband or wife"),
    "dependant_child": _("child"),
    "holder_ssw2": _("Specified Skilled Worker (ii)"),
    "holder_professional": _("professional work"),
    "holder_ssw1": _("Specified Skilled Worker (i)"),
}
LABELS = {
    "candidates.status": _("Your status in Japan"),
    "candidates.status.hint": _("The one you have, or passed the test for."),
    "candidates.relation": _("Who is it?"),
    "candidates.name": _("Name as in the passport"),
    "candidates.birth_date": _("Date of birth"),
    "candidates.passport_no": _("Passport number"),
    "candidates.passport_no.hint": _("Empty if there is none yet."),
}
