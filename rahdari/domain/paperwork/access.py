"""Who may see and print which form: a party of the case or an office before which it lies, in a role its row names."""

from __future__ import annotations

from typing import Any

from rahdari.base.access import Clause, in_role, permits, signed_in
from rahdari.base.actor import Actor
from rahdari.web.rates import Rate

READERS = (
    "worker", "promoter_manager", "promoter_clerk", "oec_officer", "protector", "attache", "bureau_officer",
    "employer", "support_org", "isa_regional",
)  # fmt: skip

# A form is set and sealed at each request.
PRINTING = Rate("print-form", minutes=5, by_address=120, by_account=60)


def _reads(actor: Actor, form: Any) -> bool:
    return actor.role in form.readers


reads = Clause("a role the form is made by or handed to", _reads, of_subject=True)
reader = (signed_in, in_role(*READERS))
one = (*reader, reads)

PERMITS = permits(
    "paperwork",
    {
        "see_forms": reader,
        "see_form": one,
        "print_form": one,
        "see_form_data": one,
        "see_demand_forms": reader,
        "see_demand_form": one,
        "print_demand_form": one,
    },
)
