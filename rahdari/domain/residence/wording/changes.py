"""A change of status of residence in words; the codes are those of `rules/changes.py`."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

REFUSALS = {
    "change_not_on_route": _("On this way the status is not changed in Japan: a certificate of eligibility is applied for."),
    "stay_over": _("The present stay ended on %(last)s. A change must be applied for before that."),
    "five_years_used": _("All %(months)s months that this status allows were used in earlier stays."),
    "stay_ends_before": _("The new stay must end after the day of the permission."),
    "stay_too_long": _("The stay can be permitted until %(last)s at most."),
    "continuation_over": _("The person could wait in Japan until %(last)s; the permission bears a later day."),
    "before_permission": _("Work cannot begin before the change of status is permitted (%(permitted_on)s)."),
}

PERMISSIONS = {
    "residence.file_change": _("Tell that a change of status was applied for, or enter it from paper"),
    "residence.decide_change": _("Permit a change of status, or enter the permission from paper"),
    "residence.refuse_change": _("Refuse a change of status, or enter its refusal from paper"),
}

STATES = {
    "change_filed": _("Change of status of residence applied for"),
    "status_changed": _("Status of residence changed"),
    "change_refused": _("Change of status of residence refused"),
}

CODES = {
    "residence.file_change": _("Tell of the application to change the status"),
    "residence.decide_change": _("Permit the change of status"),
    "residence.refuse_change": _("Refuse the change of status"),
    "status_student": _("Student"),
    "status_titp": _("Technical intern training"),
    "status_designated": _("Designated activities"),
    "status_other": _("another status"),
}

LABELS = {
    "residence.bureau": _("Immigration bureau"),
    "residence.bureau.hint": _("Its code, for example TOKYO"),
    "residence.receipt_no": _("Number of the receipt"),
    "residence.from_status": _("Present status of residence"),
    "residence.stay_ends_on": _("Last day of the present stay"),
    "residence.stay_ends_on.hint": _("As the residence card says it"),
    "residence.months_used": _("Whole months already spent as SSW(i), with every employer"),
    "residence.council_member": _("The employer is a member of the council of the field"),
    "residence.in_exception_group": _("The worker is of a group that the order on the field excepts"),
    "residence.last_on": _("Last day of the new stay"),
    "residence.last_on.hint": _("As the new residence card says it"),
    "residence.codes": _("Reasons of the letter"),
}
