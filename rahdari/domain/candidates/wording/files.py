"""The words of candidates: refusals, permissions, codes, labels of forms."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

REFUSALS = {
    "identity_missing": _("No account with this number of identity card is known. Register the person at a counter first."),
    "duplicate_person": _("A file with this identity card or this passport exists already. Nobody has two files."),
    "passport_wrong": _("The passport number is not of the right form: two letters and seven digits."),
    "passport_expired": _("The passport has ended (%(until)s). Renew it first."),
    "purpose_unknown": _("There is no such purpose to consent to."),
    "body_missing": _("Say to whom you allow it."),
    "consent_ends_before": _("The consent would end (%(until)s) before it begins."),
    "file_missing": _("You have no file yet. Open your file first."),
    "not_own_file": _("This file is not yours."),
    "phone_rested": _(
        "This phone was not used here for long. Let the person first sign in on it by themself, with the number of their card; "
        "then ask for the code again."
    ),
}

PERMISSIONS = {
    "candidates.see_file": _("See one's own file"),
    "candidates.open_file": _("Open a file"),
    "candidates.give_consent": _("Allow somebody to see one's file"),
    "candidates.withdraw_consent": _("Take back what one allowed"),
    "candidates.record_qualification": _("Record a test passed"),
    "candidates.void_qualification": _("Take a test that was made void out of a file"),
    "candidates.bar_file": _("Note that a person is barred from tests"),
}

CODES = {
    "candidates.open_file": _("Open my file"),
    "candidates.give_consent": _("Let somebody see my file"),
    "show_file": _("may see my file"),
    "nominate": _("may be told my name and profile, to choose me"),
    "F": _("woman"),
    "M": _("man"),
    "X": _("not said"),
    "basic": _("a little"),
    "middle": _("for daily life"),
    "good": _("well"),
    "native": _("as my own language"),
}

LABELS = {
    "candidates.body": _("Who may see it"),
    "candidates.until": _("Not any more from"),
    "candidates.until.hint": _("Empty: until you take it back"),
    "candidates.identity": _("Number of the identity card"),
    "candidates.told.name": _("Name as in the passport"),
    "candidates.told.father_name": _("Father's name"),
    "candidates.told.birth_date": _("Date of birth"),
    "candidates.told.sex": _("Sex as in the passport"),
    "candidates.told.birthplace": _("Place of birth"),
    "candidates.told.passport_no": _("Passport number"),
    "candidates.told.passport_until": _("First day on which the passport no longer holds"),
    "candidates.told.skills": _("What you can do"),
    "candidates.told.skills.hint": _("One a line"),
    "candidates.told.languages": _("Languages"),
    "candidates.told.work": _("Work done before"),
    "candidates.told.languages.language": _("Language"),
    "candidates.told.languages.language.hint": _("Its short code, for example ur, pa, ja"),
    "candidates.told.languages.level": _("How well"),
    "candidates.told.education": _("Schools and courses"),
    "candidates.told.education.hint": _("One a line"),
    "candidates.told.work.isco": _("Work done before"),
    "candidates.told.work.months": _("Months in it"),
    "candidates.told.available_from": _("You can leave from"),
}
