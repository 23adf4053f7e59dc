"""Refusals and faults that every package knows, in words."""

from django.utils.translation import gettext_lazy as _

REFUSALS = {
    "not_permitted": _("Your role does not allow this. Ask the person in charge of your office, or change the role you act in."),
    "sign_in_first": _("Sign in first."),
    "not_in_scope": _("This token may not be used for this. Make a token that names the permission %(permission)s."),
    "wrong_node": _("This can be done only on the other state's node."),
    "wrong_state": _("This step is not possible now: the matter has moved on. Open the page again to see where it stands."),
    "stale": _("Somebody changed this while you were working. Open the page again; what you typed is still here."),
    "reason_missing": _("Give the reason: choose one of the list."),
    "four_eyes": _("Nobody decides on what they entered themselves. A second person must do this."),
    "edition_broken": _("The reference data was not loaded: %(fault)s"),
    "history_edited": _("The reference data was not loaded, because history was edited: %(fault)s. Add a new row instead."),
    "edition_before": _("This edition (%(version)s) was in force before and was replaced; it cannot come back."),
    "edition_in_force": _("This edition (%(version)s) is in force already; nothing was changed."),
    "file_kind_unknown": _("This kind of file is not accepted. Accepted are: %(kinds)s."),
    "file_too_large": _("The file is too large. The limit is %(limit)s MB."),
    "file_empty": _("The file is empty."),
    "too_many_tries": _("Too many tries. Wait %(minutes)s minutes and try again."),
}

FAULTS = {
    "unknown_member": _("There is no fact of this name here."),
    "member_missing": _("This fact is needed."),
    "not_in_list": _("This is not one of the possible values."),
    "unknown_code": _("This code is not in the tables."),
    "not_a_day": _("There is no such day in the calendar."),
    "not_a_date": _("Write the date as year-month-day, for example 2026-11-25."),
    "not_a_moment": _("Write the moment with its date, time and offset, for example 2026-11-25T09:00:00+09:00."),
    "not_yes_or_no": _("Say yes or no (true or false)."),
    "not_a_number": _("Give a whole number."),
    "too_small": _("The number is too small."),
    "too_large": _("The number is too large."),
    "not_text": _("Give a text."),
    "nul_in_text": _("This text holds a sign (NUL) that cannot be kept. Remove it."),
    "too_long": _("The text is too long."),
    "too_many": _("There are too many entries."),
    "empty": _("This may not be empty."),
    "not_a_list": _("Give a list."),
    "not_an_object": _("Give the facts as a JSON object."),
    "wrong_value": _("This value is not of the right form."),
    "not_json": _("This is not valid JSON."),
    "duplicate_key": _("The same name stands twice: %(name)s."),
    "too_deep": _("The JSON is nested too deeply."),
    "body_too_large": _("What was sent is too large."),
}
