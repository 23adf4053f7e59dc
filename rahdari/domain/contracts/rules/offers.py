"""From offer to contract: what an offer may say, when the worker's yes counts, when a contract can be signed.

Facts in, every refusal out. No Django, no database, no clock here.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from typing import Any

from rahdari.base.reference import Book
from rahdari.base.refusal import Refusal
from rahdari.base.states import why_not_move
from rahdari.domain.jobs.rules.changes import worse_terms
from rahdari.domain.jobs.rules.clauses import why_not_clauses as clauses_against
from rahdari.domain.jobs.rules.terms import HASH, below_comparable, hash_holds

from .costs_lines import read_line
from .costs_shape import CostLine

OFFER_MOVES = {
    "offered": {"terms_confirmed", "declined", "let_go"},
    "terms_confirmed": {"signed", "declined", "let_go", "offered"},
    "signed": {"rescinded"},
    "rescinded": set(),
    "declined": set(),
    "let_go": set(),
}
FULL_AGE = 18  # years on the day of landing (criteria ordinance on landing, SSW(i))
CHANGEABLE_IN = ("offered", "terms_confirmed", "signed")
DEPARTED_AT = 15  # the station of the departure: whoever left needs more than a contract taken back
# Why a contract may be taken back before the departure; what is not among them is no reason (labour and equality law).
RESCIND_REASONS = {
    True: ("own_wish", "family_matter", "health_matter", "terms_not_kept"),
    False: ("work_fell_away", "papers_false", "agreed_by_both"),
}


def why_not_clauses(terms: Mapping[str, Any], book: Book, today: dt.date) -> list[Refusal]:
    """What the free text of terms says that no contract may say, also an illegitimate cost of `fee_categories` by its name."""
    against = clauses_against(terms, book)
    beside = {one.member for one in against}
    for number, one in enumerate(terms["deductions"]):
        member = f"terms.deductions.{number}.basis"
        line = read_line(0, CostLine(item=one["basis"] or None), book, today)
        if line.group == "illegitimate" and member not in beside:
            about = {"clause": one["basis"], "kind": line.item, "law": "Memorandum 4(1)(a), (e)"}
            against.append(Refusal("clause_forbidden", about, member=member))
    return against


def why_not_terms(terms: Mapping[str, Any], book: Book, today: dt.date) -> list[Refusal]:
    """Why no worker may be asked to agree to these terms: pay below that of Japanese workers, or a forbidden clause."""
    against = [Refusal("below_comparable_pay", member="terms")] if below_comparable(terms) else []
    return [*against, *why_not_clauses(terms, book, today)]


def why_not_offer(
    *, terms: Mapping[str, Any], demanded: Mapping[str, Any], signed_on: dt.date | None, today: dt.date, book: Book
) -> list[Refusal]:
    """Why the employer cannot offer these terms; `demanded` are those of the demand the worker applied to."""
    against = []
    if not hash_holds(terms):
        against.append(Refusal("hash_differs", member="terms"))
    worse = worse_terms(demanded, terms)
    if worse:
        against.append(Refusal("terms_worse", {"members": tuple(worse)}, member="terms"))
    return [*against, *why_not_signed(signed_on, today), *why_not_terms(terms, book, today)]


def why_not_signed(signed_on: dt.date | None, today: dt.date) -> list[Refusal]:
    """Why terms do not count as signed by the employer, or by the client of a service."""
    if signed_on is None:
        return [Refusal("employer_not_signed", member="employer_signed_on")]
    return [Refusal("date_in_future", {"day": signed_on}, member="employer_signed_on")] if signed_on > today else []


def why_not_change(
    *, state: str, standing: Mapping[str, Any], terms: Mapping[str, Any], demanded: Mapping[str, Any], signed_on: dt.date | None,
    today: dt.date, book: Book,
) -> list[Refusal]:  # fmt: skip
    """Why the employer cannot change the terms: nothing stands, nothing differs, or what no offer may say either."""
    against = [] if state in CHANGEABLE_IN else [Refusal("wrong_state", {"now": state, "to": "terms_changed"})]
    if terms == standing:
        against.append(Refusal("nothing_changed", member="terms"))
    return [*against, *why_not_offer(terms=terms, demanded=demanded, signed_on=signed_on, today=today, book=book)]


def changed_members(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[str]:
    """The members in which terms differ, their hash apart, in the order of the new ones."""
    return [name for name in new if name != HASH and old.get(name) != new[name]]


def why_not_confirm_terms(
    *, state: str, terms: Mapping[str, Any], told_hash: str, language: str, languages: Collection[str], book: Book, today: dt.date
) -> list[Refusal]:
    """Why the worker's yes to the terms does not count; `languages` are those in which the page can show them."""
    against = why_not_move(OFFER_MOVES, state, "terms_confirmed")
    if not hash_holds(terms) or told_hash != terms["terms_hash"]:
        against.append(Refusal("hash_differs", member="terms_hash"))
    if language not in languages:
        against.append(Refusal("language_missing", {"language": language}))
    return [*against, *why_not_terms(terms, book, today)]


def years_on(born: dt.date, on: dt.date) -> int:
    """Whole years on a day; a year is complete on the birthday."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def why_not_sign(
    *, state: str, costs_confirmed: bool, employer_signed_on: dt.date | None, told_hash: str, terms_hash: str,
    born: dt.date | None, lands_on: dt.date | None, on: dt.date, today: dt.date, travelled: bool = True,
) -> list[Refusal]:  # fmt: skip
    """Why the contract cannot be signed; `lands_on` is the expected day of landing, the age on it counts.

    Where nobody travels (`travelled` is false) there is no landing, and the age on the day of the signature counts.
    """
    against = []
    if state == "offered":
        against.append(Refusal("terms_not_confirmed"))
    else:
        against += why_not_move(OFFER_MOVES, state, "signed")
    if not costs_confirmed:
        against.append(Refusal("costs_not_confirmed"))
    if employer_signed_on is None:
        against.append(Refusal("employer_not_signed"))
    if told_hash != terms_hash:
        against.append(Refusal("hash_differs", member="terms_hash"))
    against += _why_not_landing(born, lands_on, today) if travelled else _why_not_aged(born, on)
    if on > today:
        against.append(Refusal("date_in_future", {"day": on}, member="on"))
    return against


def _why_not_landing(born: dt.date | None, lands_on: dt.date | None, today: dt.date) -> list[Refusal]:
    if lands_on is None:
        return [Refusal("landing_missing", member="lands_on")]
    against = []
    if born is None or years_on(born, lands_on) < FULL_AGE:
        against.append(Refusal("under_18_at_landing", {"day": lands_on}, member="lands_on"))
    if lands_on < today:
        against.append(Refusal("date_in_past", {"day": lands_on}, member="lands_on"))
    return against


def _why_not_aged(born: dt.date | None, on: dt.date) -> list[Refusal]:
    return [Refusal("under_18")] if born is None or years_on(born, on) < FULL_AGE else []


def why_not_rescind(*, state: str, station: int, reason: str, by_worker: bool) -> list[Refusal]:
    """Why a contract cannot be taken back: none is signed, the worker left, or the reason is none of that side."""
    against = why_not_move(OFFER_MOVES, state, "rescinded")
    if station >= DEPARTED_AT:
        against.append(Refusal("worker_departed"))
    if reason not in RESCIND_REASONS[by_worker]:
        against.append(Refusal("reason_unlawful", member="reason"))
    return against


def why_not_call(*, selected: int, places: int, permitted_until: dt.date | None, today: dt.date) -> list[Refusal]:
    """Why nobody can be called from the list: no place is free, or the permission is over (its first day without)."""
    against = [Refusal("no_place", {"places": places})] if selected >= places else []
    if permitted_until is not None and today >= permitted_until:
        against.append(Refusal("permission_expired", {"until": permitted_until}))
    return against
