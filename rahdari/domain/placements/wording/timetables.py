"""Timetables of interviews in words: refusals, states, codes, labels."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

REFUSALS = {
    "interview_hours_missing": _("Say who interviews, where, and at which hours."),
    "hours_unnamed": _("Name the interviewer and the place."),
    "ends_before_begin": _("The end must lie after the begin."),
    "too_many_days": _("A line of hours may run for %(days)s days at most."),
    "nobody_chosen": _("Choose at least one candidate."),
    "too_many_chosen": _("A timetable holds %(most)s interviews at most. Make several."),
    "not_waiting": _("One of the candidates has a time already, or was not named to you."),
    "timetable_outdated": _("Interviews that no longer fit: %(number)s. Make the timetable anew."),
    "outside_interviewer_hours": _("The interviewer is not there at that time."),
    "over_day_limit": _("An interviewer has more interviews on one day than agreed."),
    "not_asked_here": _("This candidate or place was not asked for here."),
    "asked_twice": _("A candidate is asked for twice."),
}
FAULTS = {"not_a_time": _("This is not a time of day. Write it as 09:00.")}
PERMISSIONS = {
    "placements.see_timetables": _("See the timetables of interviews"),
    "placements.see_timetable": _("See one timetable of interviews"),
    "placements.see_timetable_table": _("Take a timetable of interviews along as a table"),
    "placements.draft_timetable": _("Make a timetable of interviews"),
    "placements.send_timetable": _("Send the invitations of a timetable"),
    "placements.withdraw_timetable": _("Put the draft of a timetable aside"),
}
STATES = {
    "sent": _("sent"),
    "timetable_drafted": _("drafted"),
    "timetable_sent": _("sent"),
    "timetable_withdrawn": _("put aside"),
}
CODES = {
    "placements.draft_timetable": _("Make a timetable"),
    "placements.send_timetable": _("Send all invitations"),
    "placements.withdraw_timetable": _("Put the draft aside"),
    "hours_full": _("all hours in which they could come are taken"),
    "never_free": _("they cannot come at any of these hours"),
    "video": _("video link"),
    "room": _("room"),
    "expo": _("stand at an expo"),
    "Asia/Tokyo": _("clock of Japan"),
    "Asia/Karachi": _("clock of Pakistan"),
}
LABELS = {
    "placements.cases": _("Candidates who wait for a time"),
    "placements.hours": _("Interviewers and their hours"),
    "placements.hours.interviewer": _("Interviewer"),
    "placements.hours.place": _("Place or link"),
    "placements.hours.kind": _("Kind of place"),
    "placements.hours.at_once": _("Interviews at once there"),
    "placements.hours.first_on": _("From day"),
    "placements.hours.last_on": _("To day"),
    "placements.hours.begins": _("From hour"),
    "placements.hours.begins.hint": _("For example 09:00"),
    "placements.hours.ends": _("To hour"),
    "placements.hours.zone": _("By which clock"),
    "placements.hours.closed_days": _("Also on weekends and holidays"),
    "placements.pause": _("Minutes between two interviews"),
    "placements.most_a_day": _("Most interviews of an interviewer a day"),
    "placements.interviewer": _("Interviewer"),
}
