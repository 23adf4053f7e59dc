"""Asking, ordering, changing and lifting in words; the codes are those of `rules/orders.py`."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

REFUSALS = {
    "not_own_field": _("A ministry asks only for the field it is in charge of."),
    "figures_missing": _("A figure is missing: %(figure)s. A stop is asked for with residents, their date and the ceiling."),
    "date_in_future": _("%(day)s lies in the future. Give a day that has come."),
    "no_request": _("The ministry in charge of the field has not asked for this. Without its request nothing can be decided."),
    "no_order": _("No order of this node stands on this field. An order of the tables ends by a new row in the reference data."),
    "kind_without_effect": _("Say what the order does to this kind of application: %(kind)s."),
    "effect_half_said": _(
        "%(kind)s: where a day divides the applications, say what happens before it and from it on, both by the same day."
    ),
    "order_without_effect": _("The order would leave every kind of application alone. Say what it stops."),
    "date_missing": _("A day is missing: %(what)s."),
    "effective_before_announcement": _("The order cannot have effect (%(effective)s) before its announcement (%(announced)s)."),
    "lifted_before_effective": _("The order cannot end before it takes effect (%(effective)s)."),
    "field_not_open": _("This field is not open now: %(field)s."),
    "field_suspended": _("An order stands or is announced on this field: %(field)s. This cannot begin beside it."),
    "already_asked": _("The same was asked already and waits for its decision: %(field)s."),
    "order_of_another": _("An order with this id is known already, of another state or on another field: %(field)s."),
    "effect_twice": _("The effect on this kind of application is said twice: %(kind)s."),
    "nothing_to_decide": _("Nothing waits for a decision here: what was entered is decided already."),
}

PERMISSIONS = {
    "fields.see_fields": _("See the fields and how they stand"),
    "fields.see_field": _("See one field: what it asks, its ceiling, its orders"),
    "fields.see_ceilings": _("Take the ceilings and residents of a field as data"),
    "fields.see_history": _("See how the number of fields changed"),
    "fields.see_field_orders": _("Take the suspension orders as data"),
    "fields.see_reference": _("See the editions of the reference data"),
    "fields.see_table": _("See one table of the reference data and take it along"),
    "fields.load_reference": _("Load an edition of the reference data"),
    "fields.see_orders": _("See the requests and orders at the desk"),
    "fields.see_order": _("See one order at the desk, with its history and whom it touches"),
    "fields.see_request": _("See one request of a ministry"),
    "fields.ask_stop": _("Ask to stop one's own field"),
    "fields.ask_lift": _("Ask to open one's own field again"),
    "fields.withdraw_request": _("Take back one's own request"),
    "fields.announce_order": _("Announce the stop of a field"),
    "fields.decide_order": _("Decide an order or a change that another officer entered"),
    "fields.change_order": _("Enter a change of an order"),
    "fields.lift_order": _("End an order"),
    "fields.withdraw_order": _("Take back an announcement"),
    "fields.mirror_order": _("Take up what the other state tells of its orders"),
    "fields.decline_request": _("Decline a request of a ministry"),
}

STATEMENTS = {"field.status/1": _("How a field of work stands: stopped, open again, or near its ceiling")}

STATES = {
    "asked": _("asked"),
    "declined": _("declined"),
    "withdrawn": _("withdrawn"),
    "announced": _("announced"),
    "decided": _("decided"),
    "changed": _("changed"),
    "lifted": _("lifted"),
}

CODES = {
    "stop": _("stop of the field"),
    "lift": _("opening of the field"),
    "stop_ceiling_reached": _("The ceiling is reached"),
    "stop_ceiling_forecast": _("The ceiling will be reached soon"),
    "stop_labour_secured": _("Enough workers have been found in Japan"),
    "lift_ceiling_raised": _("The ceiling was raised"),
    "lift_residents_fell": _("Fewer workers live here than the ceiling allows"),
    "lift_shortage_again": _("Workers are lacking again"),
    "decline_figures_not_shown": _("The figures do not show it"),
    "decline_not_needed": _("The stop or its end is not needed"),
    "decline_ordered_already": _("An order covers it already"),
    "change_exception": _("An exception group was added or taken away"),
    "change_day": _("A day was moved"),
    "change_effect": _("What happens to a kind of application was changed"),
    "change_wording": _("The text was made clearer"),
    "withdraw_figures_changed": _("The figures changed"),
    "withdraw_not_needed": _("The stop is not needed any more"),
    "withdraw_entered_wrongly": _("It was entered wrongly"),
    "fields.decide_order": _("Decide"),
    "fields.lift_order": _("Open the field again"),
    "fields.ask_stop": _("Ask for the stop"),
    "residents": _("residents"),
    "residents_as_of": _("date of the residents"),
    "ceiling": _("ceiling"),
    "announced_on": _("day of the announcement"),
    "effective_from": _("day of effect"),
    "lifted_on": _("first day without the order"),
    "effect_none": _("examined as usual"),
    "effect_refused": _("refused"),
    "effect_not_issued": _("no certificate is issued"),
    "effect_restricted": _("handled apart, not refused for its date"),
    "test_filed": _("day of receipt at the office"),
    "test_decided": _("day of the decision"),
    "FOOD_SERVICE_2026_LISTED": _("the groups listed in the order of 2026"),
}
