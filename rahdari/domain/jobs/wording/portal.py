"""The public portal in words: filters, orders, levels."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

REFUSALS = {
    "search_empty": _("Type or choose something first; a search for everything is not kept."),
    "search_kept_already": _("You keep this search already."),
    "too_many_searches": _("You keep %(most)s searches already. Let one go first."),
}

PERMISSIONS = {
    "jobs.see_places": _("See the vacancies by prefecture"),
    "jobs.see_kept_searches": _("See the searches one keeps, and what is new"),
    "jobs.keep_search": _("Keep a search and be told of new vacancies"),
    "jobs.look_through": _("Say that the new vacancies of a search were looked through"),
    "jobs.drop_search": _("Let a kept search go"),
    "jobs.tell_of_new": _("Tell a worker by message that new vacancies answer a kept search"),
    "jobs.seed_vacancies": _("Publish the invented vacancies of the demonstration"),
    "jobs.relist_vacancies": _("List the open vacancies anew for the portal"),
}

CODES = {
    "jobs/letters/new_vacancies": _("New vacancies on Rahdari"),
    "portal_test_any": _("a test is asked for"),
    "portal_test_none": _("no test is asked for"),
    "portal_level_none": _("no Japanese"),
    "portal_level_A1": _("up to A1 (N5)"),
    "portal_level_A2": _("up to A2 (N4)"),
    "portal_level_B1": _("up to B1 (N3)"),
    "portal_order_newest": _("newest first"),
    "portal_order_pay": _("highest pay first"),
    "portal_order_closing": _("closing soon first"),
}
