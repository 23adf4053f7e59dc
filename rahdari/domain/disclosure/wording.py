"""Markings in words."""

from django.utils.translation import gettext_lazy as _

REFUSALS = {
    "marked_closed": _("The state that told this has marked it: %(level)s. It is not open to you."),
    "level_unknown": _("There is no marking of this name: %(level)s."),
    "office_never_leaves": _(
        "What is marked for this office alone never leaves the node. Choose a wider marking, or do not send it."
    ),
    "bodies_without_level": _("Bodies may be named only at the marking for named bodies, not at: %(level)s."),
}

CODES = {
    "level_office": _("this office alone"),
    "level_contact_point": _("contact point only"),
    "level_named_bodies": _("named bodies only"),
    "level_authorities": _("authorities named in the Memorandum"),
    "level_public": _("public"),
}
