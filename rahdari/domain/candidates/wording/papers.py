"""Words of candidates: the passport's two lines, corrections, visits at a counter, papers, degrees and practice."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

REFUSALS = {
    "passport_end_missing": _("Say when the passport ends."),
    "passport_missing": _("There is no passport in the file yet. Add it first: its number is needed here."),
    "name_missing": _("Write the name."),
    "name_not_latin": _("Write the name in Latin letters, as the passport does. The name in Urdu has a field of its own."),
    "birth_too_early": _("Nobody in this file can be that old. Look at the year."),
    "mrz_mismatch": _("The two lines of the passport say something else: %(part)s. Correct what is wrong, there or here."),
    "file_there": _("Your file is open already."),
    "nothing_changed": _("Nothing was changed."),
    "paper_kind_unknown": _("Choose what kind of paper this is."),
    "too_many_papers": _("A file holds at most %(most)s papers. Take one out first."),
    "file_ending_lies": _(
        "The name of the file ends with %(ending)s, but what is in it is something else. Give it as it is, under its own kind."
    ),
    "paper_not_in_file": _("This paper is not in the file."),
    "degree_kind_unknown": _("Choose the kind of degree."),
    "year_cannot_be": _("The year %(year)s cannot be. Look at it again."),
    "recognition_unknown": _("Say whether the degree is recognised."),
    "recognition_no_missing": _("Write the number under which it was recognised."),
    "practice_ends_before": _("The practice would end (%(until)s) before it begins."),
}

PERMISSIONS = {
    "candidates.see_candidate": _("See a file its owner opened to the office"),
    "candidates.keep_draft": _("Keep what was typed of one's file"),
    "candidates.correct_file": _("Correct a file"),
    "candidates.confirm_file": _("Say that a file others entered is right"),
    "candidates.begin_visit": _("Open a file at the counter with the person's code"),
    "candidates.end_visit": _("Close the file at the counter"),
    "candidates.put_in_paper": _("Put a paper into a file"),
    "candidates.take_out_paper": _("Take a paper out of a file"),
    "candidates.see_file_paper": _("See a paper of a file"),
    "candidates.record_degree": _("Record a degree"),
    "candidates.record_practice": _("Record practice in a line of work"),
}

CODES = {
    "candidates.open_file.counter": _("Open a new file"),
    "candidates.correct_file": _("Correct this file"),
    "candidates.confirm_file": _("It is right"),
    "candidates.begin_visit": _("Open a file with the person's code"),
    "candidates.end_visit": _("Done: close this file"),
    "candidates.put_in_paper": _("Put in a paper"),
    "candidates.record_degree": _("Record a degree"),
    "candidates.record_practice": _("Record practice"),
    "zone_part_name": _("the name"),
    "zone_part_birth_date": _("the date of birth"),
    "zone_part_sex": _("the sex"),
    "zone_part_passport_no": _("the passport number"),
    "zone_part_passport_until": _("the end of the passport"),
    "zone_part_cnic": _("the number of the identity card"),
    "doubt_sex_digit": _("The last digit of the identity card usually is odd for men and even for women; here it is not."),
    "doubt_young_card": _("The person is under eighteen: an adult's identity card is not expected yet."),
    "doubt_no_passport": _("There is no passport yet."),
    "doubt_no_zone": _("The two lines of the passport were not typed yet, so its number was not checked against them."),
    "filechange_typing": _("typed wrongly"),
    "filechange_new_passport": _("new passport"),
    "filechange_name_changed": _("the name was changed"),
    "filechange_entered_by_others": _("others entered it wrongly"),
    "filechange_more_known": _("something to add"),
    "filepaper_identity_front": _("Identity card, front"),
    "filepaper_identity_back": _("Identity card, back"),
    "filepaper_passport_page": _("Passport, the page with the photo"),
    "filepaper_photo": _("Photo"),
    "filepaper_degree": _("Degree"),
    "filepaper_certificate": _("Certificate of a school or course"),
    "filepaper_work_proof": _("Proof of work done"),
    "filepaper_training_proof": _("Proof of training"),
    "filepaper_other_paper": _("Other paper"),
    "degree_university": _("University degree"),
    "degree_college": _("College degree"),
    "degree_diploma": _("Diploma"),
    "recognition_recognised": _("recognised"),
    "recognition_asked_for": _("recognition asked for"),
    "recognition_not_asked": _("recognition not asked for"),
}

LABELS = {
    "candidates.told.name.hint": _("In Latin letters, as the passport or the identity card prints it"),
    "candidates.told.name_urdu": _("Name in Urdu"),
    "candidates.told.spellings": _("Other spellings of the name"),
    "candidates.told.spellings.hint": _("As other papers write it, one a line"),
    "candidates.told.zone": _("The two lines at the foot of the passport"),
    "candidates.told.zone.hint": _(
        "Two lines of 44 signs beginning with P. Type both, with all the < signs; number and end are read from them."
    ),
    "candidates.told.passport_no.hint": _("Empty if you typed the two lines, or have no passport yet"),
    "candidates.reason": _("Why it is changed"),
    "candidates.kind": _("Kind"),
    "candidates.file": _("File"),
    "candidates.institution": _("Where: name of the institution"),
    "candidates.subject": _("In what"),
    "candidates.year": _("Year"),
    "candidates.recognition": _("Is it recognised?"),
    "candidates.recognition_no": _("Number of the recognition"),
    "candidates.paper_id": _("The paper that proves it"),
    "candidates.paper_id.hint": _("From the papers in the file"),
    "candidates.employer": _("Name of the firm or person worked for"),
    "candidates.isco": _("Kind of work"),
    "candidates.from_on": _("From"),
    "candidates.last_on": _("Last day there"),
    "candidates.last_on.hint": _("Empty if you still work there"),
}
