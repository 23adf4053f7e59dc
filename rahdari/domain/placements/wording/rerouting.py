"""A held case that goes on elsewhere, in words."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

REFUSALS = {
    "no_choice_offered": _("There is nothing to choose for this case: no fallen licence holds it."),
    "route_not_open": _("The case cannot go on that way: whoever is named may not recruit for it."),
    "choice_still_open": _("The worker may still choose, until %(until)s."),
    "move_waits": _("The worker has chosen; the answer is awaited."),
}
PERMISSIONS = {
    "placements.move_case": _("Choose who goes on with one's own held case"),
    "placements.answer_move": _("Say whether one takes a held case over"),
    "placements.close_case": _("Close a held case whose worker chose nothing in time"),
}
STATES = {
    "move_chosen": _("chosen, not answered yet"),
    "move_agreed": _("taken over"),
    "move_declined": _("not taken over"),
    "move_replaced": _("replaced by another choice"),
}
CODES = {
    "placements.move_case": _("Choose who goes on with it"),
    "placements.answer_move": _("Answer the worker who chose you"),
    "placements.close_case": _("Close the case"),
    "move_to_oec": _("The corporation of the state (OEC)"),
    "move_to_oep": _("Another promoter"),
    "no_capacity": _("No capacity for more cases"),
    "not_our_field": _("Not our field of work"),
    "demand_doubtful": _("Doubt about the demand"),
}
LABELS = {
    "placements.route": _("How it goes on"),
    "placements.promoter": _("Promoter, if you chose another one"),
    "placements.show_file.hint": _("Without it nobody can go on with the case."),
    "placements.agrees": _("We take the case over"),
}
