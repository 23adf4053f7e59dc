"""Words of candidates: lists of people handed in by a training centre."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

REFUSALS = {
    "not_own_list": _("This belongs to another centre."),
    "agreement_missing": _("Say that the people signed that they want to be registered. Without it nobody is."),
    "list_nothing_new": _("There is nobody new in this list."),
    "list_moved_on": _("Files changed meanwhile. Name the columns again, so that every row is checked anew."),
    "list_in_use": _("It cannot be taken back any more: people looked over or used their files (%(count)s)."),
    "card_wrong": _("The number of the identity card does not have its form: 13 digits, for example 17301-5550000-4."),
    "card_missing": _("The number of the identity card is missing."),
    "card_twice": _("The same identity card stands on line %(line)s. Find out whose it is."),
    "passport_twice": _("This passport number belongs to somebody else, or stands twice in the list."),
    "birth_date_missing": _("The date of birth is missing."),
    "birth_cannot_be": _("Nobody trained here can be born on this day: %(value)s."),
    "sex_word_unknown": _("This word for the sex is not known: %(value)s. Write F or M."),
}
PERMISSIONS = {
    "candidates.see_lists": _("See the lists one's centre handed in"),
    "candidates.see_list": _("See one list with its rows"),
    "candidates.draft_list": _("Hand in a list of people"),
    "candidates.map_list": _("Say what the columns of a list hold"),
    "candidates.take_list": _("Take a list of people in"),
    "candidates.withdraw_list": _("Take back a list that waits"),
    "candidates.undo_list": _("Take back a list that was taken in"),
}
STATES = {
    "list_drafted": _("being checked"),
    "list_taken": _("taken in"),
    "list_withdrawn": _("not taken in"),
    "list_undone": _("taken back"),
}
_FAULTS = {
    "cell_formula": _("a formula"),
    "cell_error": _("an error of the spreadsheet"),
    "cell_too_long": _("too long"),
    "number_shortened": _("a number shortened by the spreadsheet"),
    "register_name_broken": _("damaged name"),
    "register_phone_wrong": _("no telephone number"),
    "name_missing": _("name missing"),
    "name_not_latin": _("name not in Latin letters"),
    "card_wrong": _("identity card number without its form"),
    "card_missing": _("identity card missing"),
    "card_twice": _("one identity card twice"),
    "passport_wrong": _("passport number without its form"),
    "passport_twice": _("one passport twice"),
    "birth_date_missing": _("date of birth missing"),
    "birth_cannot_be": _("a date of birth that cannot be"),
    "sex_word_unknown": _("unknown word for the sex"),
    "day_ambiguous": _("day and month cannot be told apart"),
    "day_without_century": _("year with two digits"),
    "day_unknown": _("no day of the calendar"),
}
CODES = {
    **{f"listfault_{code}": words for code, words in _FAULTS.items()},
    "candidates.draft_list": _("Hand in a list"),
    "candidates.map_list": _("Name the columns"),
    "candidates.take_list": _("Take the list in"),
    "candidates.withdraw_list": _("Take back"),
    "candidates.undo_list": _("Take the list back"),
    "listfate_new": _("new person"),
    "listfate_known": _("registered already"),
    "listfate_wrong": _("wrong"),
    "listnote_phone_shared": _("The phone is used by somebody else; it is left out."),
    "listnote_passport_ended": _("The passport has ended; it is left out."),
    "listnote_passport_end_unknown": _("The end of the passport is not said; its number is left out."),
    "listed_name": _("Name in Latin letters"),
    "listed_name_urdu": _("Name in Urdu"),
    "listed_father_name": _("Father's name"),
    "listed_cnic": _("Number of the identity card"),
    "listed_birth_date": _("Date of birth"),
    "listed_sex": _("Sex"),
    "listed_birthplace": _("Place of birth"),
    "listed_phone": _("Phone"),
    "listed_passport_no": _("Passport number"),
    "listed_passport_last_on": _("Last day of the passport"),
    "listed_left_out": _("left out"),
}
LABELS = {
    "candidates.people": _("The list"),
    "candidates.people.hint": _("CSV or XLSX, at most 10 MB and 60,000 rows; formulas are not worked out"),
    "candidates.encoding": _("Encoding"),
    "candidates.encoding.hint": _("Only where it is not found by itself"),
    "candidates.day_order": _("What stands first in 3/4/2021"),
    "candidates.day_order.hint": _("Only where day and month cannot be told apart"),
    "candidates.rows": _("Columns"),
    "candidates.rows.title": _("Title"),
    "candidates.rows.holds": _("Holds"),
    "candidates.agreed": _("Everybody in this list signed that they want to be registered; the papers are kept at the centre"),
    "candidates.leave_out": _("Leave the wrong rows out; they are kept with the list"),
}
