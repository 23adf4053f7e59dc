"""Drafts of demands in words: refusals, permissions, codes and labels."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

REFUSALS = {
    "draft_empty": _("Nothing stands in the draft."),
    "draft_too_long": _("The draft is too long."),
    "too_many_drafts": _("No more than %(most)s drafts can be kept. File or throw away some first."),
    "no_known_column": _("No title of this table is known. See the list of titles."),
}
PERMISSIONS = {
    "jobs.see_drafts": _("See the drafts of one's body"),
    "jobs.save_draft": _("Keep a draft of a demand"),
    "jobs.copy_demand": _("Make a draft of an earlier demand"),
    "jobs.take_drafts": _("Take in a table of demands as drafts"),
    "jobs.file_draft": _("File a demand from a draft"),
    "jobs.drop_draft": _("Throw a draft away"),
}
CODES = {
    "jobs.file_draft": _("File the demand"),
    "jobs.take_drafts": _("Take in a table of many"),
    "jobs.copy_demand": _("Copy into a new draft"),
    "draft_typed": _("typed"),
    "draft_copy": _("copied from an earlier demand"),
    "draft_table": _("from a table"),
}
LABELS = {
    "jobs.file": _("Table"),
    "jobs.file.hint": _("CSV or XLSX, at most a hundred lines"),
}
