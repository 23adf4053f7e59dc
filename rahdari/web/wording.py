"""Permissions of the hall's own pages, in words."""

from django.utils.translation import gettext_lazy as _

PERMISSIONS = {
    "web.healthz": _("Ask whether the node is alive"),
    "web.readyz": _("Ask whether the node is ready"),
    "web.worklist": _("See what waits for one's own office"),
    "web.see_api": _("Read the description of the API"),
}

REFUSALS = {
    "too_many_pages": _(
        "Too many pages were opened in one minute. They open again at %(again)s. If many people share your network, sign in: "
        "then you are counted alone."
    ),
}

CODES = {"high": _("high"), "medium": _("medium"), "low": _("low")}

FAULTS = {"not_base64": _("Send the bytes of the file in base64.")}

# What every step may ask; a package says its own as LABELS["package.member"].
LABELS = {
    "step.on": _("Day"),
    "step.on.hint": _("On the calendar of the office that acts; for a paper, the day that stands on it."),
    "step.issuer": _("Issued by, as printed on the paper"),
    "step.number": _("Number on the paper"),
    "step.received_on": _("Paper received on"),
    "step.scan": _("Scan of the paper"),
    "step.scan.hint": _("PDF, PNG or JPEG"),
}
