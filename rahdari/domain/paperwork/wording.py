"""The words of the official forms' pages; the forms' own labels stand in the tables."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

PERMISSIONS = {
    "paperwork.see_forms": _("See the official forms of a case"),
    "paperwork.see_form": _("See one official form, filled"),
    "paperwork.print_form": _("Take an official form as PDF or XLSX"),
    "paperwork.see_form_data": _("Take the data of an official form"),
    "paperwork.see_demand_forms": _("See the official forms of a demand"),
    "paperwork.see_demand_form": _("See one official form of a demand, filled"),
    "paperwork.print_demand_form": _("Take an official form of a demand as PDF or XLSX"),
}

CODES = {
    "field_missing": _("not entered yet, or not open to you"),
    "field_unbuilt": _("cannot be entered here yet"),
    "field_closed": _("not open to you at this station"),
    "country_pk": _("Pakistan"),
    "country_jp": _("Japan"),
}
