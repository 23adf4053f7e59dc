"""Words for who may watch a worker's way."""

from django.utils.translation import gettext_lazy as _

SEEN = {
    "watch_line": _("my way: the stations and their days"),
    "watch_costs": _("the costs and who pays them"),
    "watch_pass": _("the pass, the flight and the arrival"),
    "watch_contract": _("the terms of my contract"),
}
REFUSALS = {
    "not_own_watch": _("This watch is not yours."),
    "same_phone": _("This is one phone. Whoever watches needs a phone of their own."),
    "own_phone_missing": _("Your account has no phone. Get one for it at a counter first."),
    "nothing_ticked": _("Tick what they may see."),
    "too_many_watchers": _("%(most)s people may watch at once. End one first."),
    "watches_already": _("This phone may watch already. End that first if you want to change it."),
    "watcher_signs_in_first": _("This phone cannot watch yet. Let them sign in on it once by themselves, or go to a counter."),
}
STATES = {
    "proxy_asked": _("waits for both codes"),
    "proxy_allowed": _("may watch"),
    "proxy_ended": _("ended"),
}
PERMISSIONS = {
    "accounts.ask_proxy": _("Ask a member of the family to watch one's own way"),
    "accounts.allow_proxy": _("Let them watch"),
    "accounts.end_proxy": _("End a watch"),
    "accounts.see_watches": _("See whom one may watch"),
    "accounts.see_watched": _("Watch the way of a member of the family"),
}
CODES = {**SEEN, "accounts.allow_proxy": _("Let them watch")}
