"""Who may ask the checkers and check a paper: anyone."""

from rahdari.base.access import anyone, permits
from rahdari.web.rates import Rate

# A card is signed and drawn at each request.
SIGNING_LISTS = Rate("sign-pass-list", minutes=5, by_address=300, by_account=0)
DRAWING_CARDS = Rate("draw-licence-card", minutes=5, by_address=60, by_account=0)

PERMITS = permits(
    "checks",
    {
        "see_checks": (anyone,),
        "ask_check": (anyone,),
        "check_paper": (anyone,),
        "see_paper_keys": (anyone,),
        "see_paper_worker": (anyone,),
        "see_licence_card": (anyone,),
        "check_pass": (anyone,),
        "see_pass_kit": (anyone,),
    },
)
