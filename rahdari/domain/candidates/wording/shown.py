"""Words of candidates: profiles without a name that a firm was shown, and who stands behind one."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

REFUSALS = {
    "profile_not_there": _("This profile does not stand any more: %(number)s. Choose another."),
    "too_many_profiles": _("At most %(most)s profiles are shown at once."),
}
PERMISSIONS = {
    "candidates.show_profiles": _("Show talent profiles to a firm, without a name"),
    "candidates.mirror_profiles": _("Take up the profiles the other state shows a firm"),
    "candidates.see_shown": _("See a talent profile that a firm was shown"),
}
CODES: dict[str, object] = {}
LABELS: dict[str, object] = {}
