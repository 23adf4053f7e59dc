"""What the system does for each clause of the Memorandum, in words, and names of its parts."""

from django.utils.translation import gettext_lazy as _

PERMISSIONS = {"cooperation.see_agreement": _("Read the Memorandum clause by clause, with what the system does for each")}

CODES = {
    "binds_both": _("both states"),
    "binds_pk": _("Pakistan"),
    "binds_jp": _("Japan"),
}

# What already works for a clause. A clause that is not here says "not yet".
DONE = {
    "2.1": _("Both contact points stand below with their dates; what waits for them is on their worklist."),
    "3.1": _("The law of both states is kept as dated rows with sources; every answer names the row it rests on."),
    "6.1": _("Japan's node records who asked for a stop, who decided, and what it does to each kind of application."),
    "6.2": _("The suspension checker says what is looked at for a resident; an order never ends a status by itself."),
}
PARTLY = {
    "3.2": _("What the other state told stands behind its marking, between two bands that name it; only those the marking "
             "names see it. Written consents to show it further: not yet."),
    "4.1": _("The costs checker finds deposits, penalty clauses and payments without basis (acts a, b and e). "
             "Contact points tell each other of wrongful acts by notices and answer them; evidence as files: not yet."),
    "5.2": _("Japan's contact point asks Pakistan's for help with a test by typed questions; the answer is dated and rated."),
    "5.3": _("A wrongful act around a test is told as a notice of its own kind. Evidence as files: not yet."),
    "6.3": _("The suspension checker names who helps with a return and by which means. "
             "One contact point asks the other for it by a request; the return itself: not yet."),
}  # fmt: skip
