"""Words of candidates: files that may be of one person, judged, made one, parted."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

REFUSALS = {
    "verdict_unknown": _("Say whether they are one person, two, or whether it cannot be told yet."),
    "merged_already": _("These two files are being made one, or are one already. Refuse or part them first."),
    "not_judged_same": _("Nobody has judged these two to be one person yet."),
    "file_ended": _("One of the two files has ended."),
    "file_has_others": _("Another file ended in the one that would end now. Let that one go on, or part the others first."),
    "keep_neither": _("Choose which of the two files goes on."),
}
PERMISSIONS = {
    "candidates.rekey_files": _("Make the indexes of files anew"),
    "candidates.compare_file": _("Compare a file with the others"),
    "candidates.see_likenesses": _("See files that may be of one person"),
    "candidates.see_likeness": _("Compare two files that may be of one person"),
    "candidates.judge_likeness": _("Judge whether two files are of one person"),
    "candidates.ask_merge": _("Ask that two files become one"),
    "candidates.merge_files": _("Make two files one"),
    "candidates.refuse_merge": _("Refuse to make two files one"),
    "candidates.part_files": _("Part two files again"),
}
STATES = {
    "to_judge": _("to be judged"),
    "unsure_person": _("cannot be told yet"),
    "same_person": _("one person"),
    "other_person": _("two people"),
    "unlike": _("no longer alike"),
    "merge_asked": _("to be made one"),
    "merged": _("made one"),
    "merge_refused": _("not made one"),
    "parted": _("parted again"),
}
CODES = {
    "candidates.judge_likeness": _("Judge the two"),
    "candidates.ask_merge": _("Ask to make them one"),
    "candidates.merge_files": _("Make them one"),
    "candidates.refuse_merge": _("Do not make them one"),
    "candidates.part_files": _("Part them again"),
    "likeness_card_nearly": _("the identity cards differ by one slip"),
    "likeness_passport_nearly": _("the passports differ by one slip"),
    "likeness_same_phone": _("the same phone"),
    "likeness_same_birth": _("born on the same day"),
    "likeness_birth_nearly": _("the days of birth differ by one slip"),
    "likeness_like_father": _("fathers of a like name"),
    "likeness_like_name": _("like names"),
    "verdict_same_person": _("They are one person"),
    "verdict_other_person": _("They are two people"),
    "verdict_unsure_person": _("It cannot be told yet"),
    "ground_same_face": _("the same face on the papers"),
    "ground_same_papers": _("the papers are the same"),
    "ground_own_word": _("the person says so"),
    "ground_card_mistyped": _("the number of the card was mistyped"),
    "ground_other_father": _("another father"),
    "ground_other_face": _("another face"),
    "ground_other_papers": _("other papers"),
    "ground_papers_asked": _("papers were asked for"),
    "ground_cannot_be_told": _("it cannot be told"),
}
LABELS = {
    "candidates.verdict": _("One person or two?"),
    "candidates.ground": _("Reason"),
    "candidates.note": _("Note"),
    "candidates.keep": _("Which file goes on"),
    "candidates.text": _("In your own words"),
}
