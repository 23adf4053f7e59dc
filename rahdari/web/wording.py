"""Permissions of the hall's own pages, in words."""

from django.utils.translation import gettext_lazy as _

PERMISSIONS = {
    "web.healthz": _("Ask whether the node is alive"),
    "web.readyz": _("Ask whether the node is ready"),
    "web.worklist": _("See what waits for one's own office"),
    "web.see_api": _("Read the description of the API"),
}

CODES = {"high": _("high"), "medium": _("medium"), "low": _("low")}
