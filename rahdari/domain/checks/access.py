"""Who may ask the checkers and check a paper: anyone."""

from rahdari.base.access import anyone, permits
from rahdari.web.rates import Rate

# A card is signed and drawn at each request.
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
    },
)
