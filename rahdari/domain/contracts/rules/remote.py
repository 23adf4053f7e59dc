"""A service from home: what its terms must settle before a worker is asked, and how its milestones are delivered and paid.

Facts in, every refusal out; the limits are rows of `service_limits`. No Django, no database, no clock here.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from rahdari.base.money import Money
from rahdari.base.reference import Book
from rahdari.base.refusal import Refusal
from rahdari.base.states import why_not_move
from rahdari.domain.jobs.rules.clauses.finding import find_clauses
from rahdari.domain.jobs.rules.clauses.kinds import kind_row
from rahdari.domain.jobs.rules.line import is_service
from rahdari.domain.jobs.rules.remote import MOST_MILESTONES, is_service_terms
from rahdari.domain.jobs.rules.terms import hash_holds

from .offers import OFFER_MOVES, years_on

PAYMENT = ("days", "bank", "charges", "late_interest")
UNTIL_PAID = {"never": "worker", "payment": "worker", "delivery": "client"}  # whose the rights are before the client has paid
MILESTONE_MOVES = {
    "milestone_agreed": {"milestone_delivered"},
    "milestone_delivered": {"milestone_returned", "milestone_accepted", "milestone_paid"},
    "milestone_returned": {"milestone_delivered"},
    "milestone_accepted": {"milestone_paid"},
    "milestone_paid": set(),
}
OWED_IN = ("milestone_delivered", "milestone_accepted")
RETURN_REASONS = ("not_as_agreed", "part_missing", "does_not_work")
# Why a service ends, and the side that may say so.
FINISHED, NOTICE = "service_finished", "notice_given"
END_REASONS = {
    True: (FINISHED, NOTICE, "agreed_by_both", "terms_not_kept"),
    False: (FINISHED, NOTICE, "agreed_by_both"),
}
OVERDUE_OUTCOMES = ("client_asked", "paid_meanwhile", "complaint_advised")
YEAR, WHOLE = 365, 10_000  # days of a year of interest; hundredths of a percent in the whole


def why_not_kind(route: str, *, service: bool) -> list[Refusal]:
    """Why a step of one kind of contract cannot be taken on a way of the other."""
    if is_service(route) == service:
        return []
    return [Refusal("not_a_service" if service else "not_an_employment")]


def limit(book: Book, kind: str, today: dt.date, *, least: bool = False) -> int:
    """A limit of `service_limits` on a day; 0 where the tables have none."""
    numbers = [row.number("number") or 0 for row in book.in_force("service_limits", today, kind=kind)]
    return (max if least else min)(numbers, default=0)


def why_not_service(terms: Mapping[str, Any], *, known: bool, book: Book, today: dt.date) -> list[Refusal]:
    """Why no worker may be asked to agree to these terms; `known` says that the register knows the client by its number."""
    if not is_service_terms(terms) or not hash_holds(terms):
        return [Refusal("hash_differs", member="terms")]
    return [
        *([] if known else [Refusal("client_unknown")]),
        *_why_not_paid(terms["payment"], book, today),
        *_why_not_settled(terms["rights"]),
        *_why_not_milestones(terms),
        *_why_not_written(terms, book),
    ]


def _why_not_paid(payment: Mapping[str, Any], book: Book, today: dt.date) -> list[Refusal]:
    missing = [name for name in PAYMENT if payment.get(name) in (None, "")]
    against = [Refusal("no_payment_terms", member=f"terms.payment.{name}") for name in missing]
    most, least = limit(book, "payment_days", today), limit(book, "late_interest", today, least=True)
    if "days" not in missing and most and payment["days"] > most:
        against.append(Refusal("payment_too_late", {"days": most}, member="terms.payment.days"))
    if "late_interest" not in missing and payment["late_interest"] < least:
        against.append(Refusal("interest_too_low", {"percent": percent(least)}, member="terms.payment.late_interest"))
    return against


def _why_not_settled(rights: Mapping[str, Any]) -> list[Refusal]:
    """Who has the rights, from when, and whose they are until the client has paid; what contradicts itself settles nothing."""
    owner, passes, until_paid = (rights.get(name) or "" for name in ("owner", "passes", "until_paid"))
    if not (owner and passes and until_paid):
        name = next(one for one in ("owner", "passes", "until_paid") if not rights.get(one))
        return [Refusal("ip_unsettled", member=f"terms.rights.{name}")]
    against = [] if (owner == "worker") == (passes == "never") else [Refusal("ip_unsettled", member="terms.rights.passes")]
    return against if until_paid == UNTIL_PAID[passes] else [*against, Refusal("ip_unsettled", member="terms.rights.until_paid")]


def _why_not_milestones(terms: Mapping[str, Any]) -> list[Refusal]:
    against = [Refusal("unpaid_trial", member="terms.trial")] if terms["trial"] == "unpaid" else []
    lines = terms["milestones"]
    if not 1 <= len(lines) <= MOST_MILESTONES:
        against.append(Refusal("milestones_missing", {"most": MOST_MILESTONES}, member="terms.milestones"))
    if len({one["money"]["currency"] for one in lines}) > 1:
        against.append(Refusal("two_currencies", member="terms.milestones.1.money.currency"))
    for number, one in enumerate(lines):
        if one["money"]["amount"] == 0:
            against.append(Refusal("unpaid_trial", member=f"terms.milestones.{number}.money.amount"))
        if one["due_on"] < terms["begins_on"]:  # ISO days compare as text
            about = {"day": dt.date.fromisoformat(terms["begins_on"])}
            against.append(Refusal("due_before_begin", about, member=f"terms.milestones.{number}.due_on"))
    if terms["ending"]["pays"] == "nothing":
        against.append(Refusal("unpaid_trial", member="terms.ending.pays"))
    return against


def _why_not_written(terms: Mapping[str, Any], book: Book) -> list[Refusal]:
    """What the free text says that no contract may say: a deposit, a penalty, keeping papers, and the like."""
    texts = {"scope": terms["scope"]} | {
        f"milestones.{number}.title": one["title"] for number, one in enumerate(terms["milestones"])
    }
    return [
        Refusal(
            "clause_forbidden",
            {"clause": text[found.begin : found.end], "kind": found.code, "law": kind_row(book, found.code)["law"]},
            rule=found.code,
            source=kind_row(book, found.code)["source"],
            confidence=kind_row(book, found.code)["confidence"],
            member=f"terms.{name}",
        )
        for name, text in texts.items()
        for found in find_clauses(text, book, terms["language"])
    ]


def why_not_agree(
    *, state: str, told_hash: str, terms_hash: str, language: str, languages: Iterable[str], born: dt.date | None, today: dt.date,
    book: Book,
) -> list[Refusal]:  # fmt: skip
    """Why the worker's signature does not count: other terms, no text they read, not of age, or nothing is offered."""
    against = why_not_move(OFFER_MOVES, state, "terms_confirmed")
    if told_hash != terms_hash:
        against.append(Refusal("hash_differs", member="terms_hash"))
    if language not in set(languages):
        against.append(Refusal("language_missing", {"language": language}))
    years = limit(book, "age", today, least=True)
    if born is None or years_on(born, today) < years:
        against.append(Refusal("not_of_age", {"years": years}))
    return against


def why_not_begin(*, state: str, begun: bool, begins_on: dt.date, on: dt.date) -> list[Refusal]:
    """Why the client cannot tell that the work has begun."""
    against = [] if state == "signed" else [Refusal("not_signed")]
    if begun:
        against.append(Refusal("begun_before"))
    if on < begins_on:
        against.append(Refusal("before_begin", {"day": begins_on}))
    return against


def why_not_end(
    *, state: str, ended: bool, reason: str, by_worker: bool, open_milestones: int, last_on: dt.date, notice_days: int,
    today: dt.date,
) -> list[Refusal]:  # fmt: skip
    """Why a service cannot end so: nothing is signed, the reason is none of that side, the notice is too short."""
    against = [] if state == "signed" else [Refusal("not_signed")]
    if ended:
        against.append(Refusal("ended_before"))
    if reason not in END_REASONS[by_worker]:
        against.append(Refusal("reason_missing", member="reason"))
    if reason == FINISHED and open_milestones:
        against.append(Refusal("milestones_open", {"count": open_milestones}, member="reason"))
    if reason == NOTICE and last_on < today + dt.timedelta(days=notice_days):
        against.append(Refusal("notice_too_short", {"days": notice_days}, member="last_on"))
    elif last_on < today:
        against.append(Refusal("date_in_past", {"day": last_on}, member="last_on"))
    return against


def why_not_deliver(*, state: str, begins_on: dt.date, last_on: dt.date | None, today: dt.date) -> list[Refusal]:
    """Why a worker cannot deliver a milestone; `last_on` is the last day of a service that was ended."""
    against = why_not_move(MILESTONE_MOVES, state, "milestone_delivered")
    if today < begins_on:
        against.append(Refusal("before_begin", {"day": begins_on}))
    if last_on is not None and today > last_on:
        against.append(Refusal("service_over", {"day": last_on}))
    return against


def why_not_return(*, state: str, reason: str) -> list[Refusal]:
    """Why a client cannot give a milestone back to be put right."""
    against = why_not_move(MILESTONE_MOVES, state, "milestone_returned")
    return against if reason in RETURN_REASONS else [*against, Refusal("reason_missing", member="reason")]


def why_not_pay(
    *, state: str, agreed: Money, paid: Money, on: dt.date, delivered_on: dt.date | None, today: dt.date
) -> list[Refusal]:
    """Why a payment cannot be told so: another currency, less than was agreed, or a day that cannot be."""
    against = why_not_move(MILESTONE_MOVES, state, "milestone_paid")
    if paid.currency != agreed.currency:
        against.append(Refusal("other_currency", {"currency": agreed.currency}, member="money.currency"))
    elif paid.amount < agreed.amount:
        against.append(Refusal("paid_less", member="money.amount"))
    if on > today:
        against.append(Refusal("date_in_future", {"day": on}, member="on"))
    elif delivered_on is not None and on < delivered_on - dt.timedelta(days=1):  # the calendars may differ by a day
        against.append(Refusal("paid_before_delivery", {"day": delivered_on}, member="on"))
    return against


def why_not_take_up(*, late: bool, state: str, outcome: str, outcomes: Iterable[str]) -> list[Refusal]:
    """Why an officer has nothing to say of a payment: it is not late, or somebody said it."""
    against = [] if late else [Refusal("wrong_state", {"now": state, "to": "taken_up"})]
    return against if outcome in set(outcomes) else [*against, Refusal("deed_missing", member="outcome")]


def pay_by(delivered_on: dt.date, days: int) -> dt.date:
    """The last day of a payment in time: counted from the delivery, whether or not it was looked at."""
    return delivered_on + dt.timedelta(days=days)


def late_interest(amount: int, rate: int, last_day: dt.date, until: dt.date) -> int:
    """Simple interest on an amount in the smallest unit, for each day after the last; `rate` in hundredths of a percent a year.

    A part of the smallest unit is not asked for.
    """
    late = max(0, (until - last_day).days)
    return amount * rate * late // (WHOLE * YEAR)


def percent(hundredths: int) -> str:
    """A rate as it is written: 350 is 3.5."""
    whole, part = divmod(hundredths, 100)
    return f"{whole}.{part:02}".rstrip("0").rstrip(".") if part else str(whole)
