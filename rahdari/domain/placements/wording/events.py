"""Expo and interview days in words."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

REFUSALS = {
    "day_without_times": _("No interview of %(minutes)s minutes fits between begin and end, by day in Pakistan."),
    "firms_missing": _("Name at least one firm that comes."),
    "too_many_firms": _("A day holds %(most)s firms at most. Announce several."),
    "firm_without_demand": _("No demand of this firm is known here: %(firms)s."),
    "event_called_off": _("This day was called off."),
    "firm_not_there": _("The employer does not come on this day."),
    "not_a_slot": _("This is none of the times of the day."),
    "slot_taken": _("This time is taken. Choose another one."),
    "slots_held": _("Candidates who hold a time of this day: %(number)s. Their employers give them another one first."),
    "not_own_event": _("Another body announced this day."),
}
PERMISSIONS = {
    "placements.see_events": _("See the expo and interview days to come"),
    "placements.see_event": _("See one expo or interview day"),
    "placements.see_event_list": _("See who of one's own candidates comes to a day"),
    "placements.plan_event": _("Announce an expo or interview day"),
    "placements.call_off_event": _("Call an expo or interview day off"),
    "placements.book_slot": _("Take or give a time of an expo or interview day"),
    "placements.mirror_event": _("Take up a day announced on the other side"),
    "placements.seed_events": _("Announce the invented days of the demonstration"),
    "placements.mirror_slot": _("Take up a time taken on the other side"),
}
STATES = {"planned": _("announced"), "called_off": _("called off")}
CODES = {
    "placements.plan_event": _("Announce a day"),
    "placements.call_off_event": _("Call the day off"),
    "placements.book_slot": _("Take a time"),
    "event_expo": _("Expo"),
    "interview_day": _("Interview day"),
    "slot_taken": _("Time taken on an interview day"),
    "employers_cannot_come": _("The employers cannot come"),
    "place_not_to_be_had": _("The place cannot be had"),
    "danger": _("Danger to those who would come"),
    "nobody_to_interview": _("Nobody is there to be interviewed"),
}
LABELS = {
    "placements.begins": _("From hour"),
    "placements.begins.hint": _("For example 09:00"),
    "placements.ends": _("To hour"),
    "placements.zone": _("By which clock"),
    "placements.kind": _("Kind of day"),
    "placements.slot": _("Time"),
    "placements.tables": _("Interviews at once at each firm"),
    "placements.firms": _("Firms that come"),
    "placements.firms.firm": _("Firm"),
}
