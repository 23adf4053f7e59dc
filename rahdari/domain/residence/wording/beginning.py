"""Guidance and the first day of work in words; the codes are those of `rules/beginning.py`."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

REFUSALS = {
    "guidance_not_on_route": _("This way has no support plan, and so no guidance before it."),
    "before_contract": _("Guidance counts only after the contract was signed (%(signed_on)s)."),
    "minutes_missing": _("Say how many minutes the guidance took."),
    "signature_missing": _("The worker's signed confirmation is missing."),
    "before_landing": _("Work cannot begin before the landing (%(arrived_on)s)."),
}

PERMISSIONS = {
    "residence.record_guidance": _("Record the guidance before departure"),
    "residence.begin_work": _("Tell the first day of work, or enter it from paper"),
    "residence.mirror_step": _("Take up guidance and first day of work from the other state"),
}

CODES = {
    "residence.record_guidance": _("Record the guidance"),
    "residence.begin_work": _("Tell the first day of work"),
}

LABELS = {
    "residence.minutes": _("Minutes"),
    "residence.minutes.hint": _("About three hours are expected"),
    "residence.language": _("Language"),
    "residence.confirmed": _("The worker confirmed it with a signature (no deposit, no penalty, the fees paid)"),
}
