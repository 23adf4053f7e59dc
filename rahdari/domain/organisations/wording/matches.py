"""Matches in words: what ties two organisations, how alike their names are and why, what was decided; and the link view."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

REFUSALS = {
    "match_taken": _("Another officer is at it. Take it over first."),
    "match_decided": _("This match is decided already, or nothing ties the two any more."),
}

PERMISSIONS = {
    "organisations.screen_organisation": _("Compare an organisation with those of both registers"),
    "organisations.see_matches": _("See which organisations may be one"),
    "organisations.see_match": _("See two organisations beside each other and what ties them"),
    "organisations.take_match": _("Take a match upon oneself"),
    "organisations.confirm_match": _("Decide that two organisations are one"),
    "organisations.dismiss_match": _("Decide that two organisations are not one"),
    "organisations.doubt_match": _("Record that it cannot be told whether two organisations are one"),
    "organisations.see_links": _("See what an organisation shares with others"),
    "organisations.see_likely": _("See likely known organisations while typing a name"),
}

STATES = {
    "to_decide": _("to be decided"),
    "same_one": _("one and the same"),
    "another": _("another one"),
    "unsure": _("cannot be told yet"),
    "untied": _("nothing ties them any more"),
}

_TIES = {
    "same_number": _("the same licence number"),
    "same_identifier": _("the same official number"),
    "same_person": _("a person with the same identity card"),
    "same_account": _("the same account"),
    "same_phone": _("the same phone"),
    "like_person": _("a person with a like name"),
    "same_address": _("the same address"),
    "like_name": _("a like name"),
}
_GROUNDS = {
    "same_number": _("the numbers agree on paper"),
    "same_people": _("the same people stand behind both"),
    "own_statement": _("they say so themselves"),
    "seen_on_the_spot": _("seen at the office"),
    "other_number": _("other numbers on paper"),
    "other_people": _("other people stand behind it"),
    "other_place": _("another place, seen or on paper"),
    "other_business": _("another business"),
    "papers_asked": _("papers were asked for"),
    "cannot_be_told": _("what is known is not enough"),
}
_WORDS = {
    "same": _("the same word"),
    "alike": _("sounds alike"),
    "near": _("sounds nearly alike"),
    "other": _("another word"),
    "alone": _("has no partner"),
    "father": _("the father’s name"),
    "trade": _("a trade, beside the name"),
    "legal": _("a legal form, beside the name"),
    "title": _("a title, beside the name"),
    "clan-title": _("a title of a family, beside the name"),
    "muhammad": _("Muhammad, beside the name"),
    "place": _("a place, beside the name"),
}
_REASONS = {
    "one_part_in_common": _("one word alone is shared"),
    "parts_sound_apart": _("how near the words sound"),
    "other_part": _("a word on each side without a partner"),
    "part_missing": _("a word more on one side"),
    "frequent_name": _("the words are frequent"),
    "only_family_name": _("one side is a family name alone"),
    "parts_swapped": _("the order of the words"),
    "other_father": _("the fathers’ names"),
    "trade_agrees": _("the trades agree"),
    "other_trade": _("the trades differ"),
    "trade_left_out": _("one side names no trade"),
    "other_legal_form": _("the legal forms differ"),
    "places_named": _("places are named"),
}
_SHARED = {
    "person": _("person"),
    "account": _("account"),
    "phone": _("phone"),
    "address": _("address"),
    "principal": _("principal of a power of attorney"),
}
LABELS = {
    "organisations.note": _("Note for the file"),
    "organisations.note.hint": _("Only those who decide matches read it"),
}
CODES = {
    **{f"shared_{code}": words for code, words in _SHARED.items()},
    **{f"tie_{code}": words for code, words in _TIES.items()},
    **{f"match_{code}": words for code, words in _GROUNDS.items()},
    **{f"nameword_{code}": words for code, words in _WORDS.items()},
    **{f"namereason_{code}": words for code, words in _REASONS.items()},
    "organisations.take_match": _("Take it"),
    "organisations.confirm_match": _("They are the same"),
    "organisations.dismiss_match": _("They are two"),
    "organisations.doubt_match": _("Cannot be told yet"),
}
