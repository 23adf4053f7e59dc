"""What is found of a clearance pass, in a heading (`pass_…`) and a sentence that says what to do (`pass_more_…`)."""

from django.utils.translation import gettext_lazy as _

FINDINGS_OF_PASSES = {
    "pass_good": _("This pass is genuine and holds today."),
    "pass_more_good": _(
        "The state named below signed it, nothing in it was changed, and it is not on the list of revoked passes."
    ),
    "pass_malformed": _("This is no pass of Rahdari."),
    "pass_more_malformed": _("The code cannot be read, or a part of it is missing. Read it once more with more light."),
    "pass_signature": _("This pass is forged or was changed."),
    "pass_more_signature": _("Its signature does not fit what it says. Let nobody travel with it, and tell the Protector."),
    "pass_key_unknown": _("Nobody known here signed this pass."),
    "pass_more_key_unknown": _("It is forged, or the keys at hand are older than it. Get the keys again."),
    "pass_key_out_of_validity": _("The key of this pass did not count when it was signed."),
    "pass_more_key_out_of_validity": _("Do not trust it. The Protector can give a new one."),
    "pass_not_a_pass": _("This paper is genuine, but it is no clearance pass."),
    "pass_more_not_a_pass": _("Nobody may depart on it."),
    "pass_revoked": _("This pass was revoked."),
    "pass_more_revoked": _(
        "It holds no more: it was taken back, or replaced by a new one. Ask for the new one, or ask the Protector."
    ),
    "pass_expired": _("This pass has expired."),
    "pass_more_expired": _("The contract for which it was given is over. For a new contract there is a new pass."),
    "pass_not_yet_valid": _("This pass does not hold yet."),
    "pass_more_not_yet_valid": _("See the first day on which it holds. If today is later, the clock of this device is wrong."),
    "pass_other_person": _("This pass belongs to another person."),
    "pass_more_other_person": _(
        "Passport or birth date are not those in the pass. It was copied, or typed wrongly: look once more."
    ),
    "pass_no_list": _("Whether this pass was revoked is not known here."),
    "pass_more_no_list": _("There is no list of revoked passes at hand. Open this page once with a network."),
    "pass_list_too_old": _("The list of revoked passes at hand is too old."),
    "pass_more_list_too_old": _("It may have been revoked since the day of the list. Open this page once with a network."),
    "pass_blank_slip": _("This is a genuine blank slip, filled in by hand during an outage."),
    "pass_more_blank_slip": _(
        "The code proves the slip and its desk, not what is written on it by hand. Ask the desk of the Protector by telephone."
    ),
    "pass_compare": _("Whose pass is it?"),
    "pass_more_compare": _("Compare name, birth date and the end of the passport number with the passport in your hand."),
    "pass_compared": _("What was typed was compared with the pass."),
    "pass_more_compared": _("The name you compare yourself."),
}
