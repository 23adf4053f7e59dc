"""What the terms of a service from home may say, as codes: whose rights, which law, who bears what.

The shape of the statement and the forms are made from these. No Django, no database, no clock here.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

KIND = "service"
MOST_MILESTONES = 12
CURRENCIES = ("JPY", "PKR", "USD")
CHECKED_BY = ("register", "form")  # who the client is: by the register of its state, or by the form of its number alone
RATE_DAYS = ("delivery", "payment", "signing")  # the day whose rate counts where a bank changes the money
CHARGES = ("client", "worker", "shared")
OWNERS = ("client", "worker", "both")
RIGHTS_PASS = ("never", "delivery", "payment")
UNTIL_PAID = ("worker", "client")
SECRECY = ("none", "worker", "both")
TAX_JAPAN = ("nothing_withheld", "withheld", "withheld_by_treaty")
TAX_PAKISTAN = ("worker_declares", "bank_withholds")
LAWS = ("law_japan", "law_pakistan", "law_third")
DISPUTE_WAYS = ("court", "arbitration", "mediation")
ENDING_PAYS = ("work_done", "nothing")
TRIALS = ("none", "paid", "unpaid")
LONGEST_SCOPE, LONGEST_TITLE, LONGEST_NAME = 2000, 200, 120


def is_service_terms(terms: Mapping[str, Any]) -> bool:
    """Whether terms are those of a service and not of employment."""
    return terms.get("kind") == KIND


@dataclass(frozen=True, slots=True)
class ServiceWanted:
    """A firm's enquiry for work from Pakistan: the id of its statement, the firm, through whom, how many people, since when."""

    enquiry: UUID
    client: str
    client_name: str
    through: str
    people: int
    on: dt.date
