"""Agreements of the ministry: what one must say, when it holds, why it cannot be recorded, reviewed or ended. Pure.

Facts in, every refusal out. No Django, no database, no clock here. Terms and review days are those of the agreement itself.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from rahdari.base.refusal import Refusal

PARTNER_KINDS = (
    "state", "ministry", "agency", "placement_business", "training_firm", "matching_firm", "employer", "exam_body",
    "international_body", "other_partner",
)  # fmt: skip
NOT_YET, IN_FORCE, TERM_OVER, ENDED = "not_yet", "in_force", "term_over", "ended"
STANDINGS = (NOT_YET, IN_FORCE, TERM_OVER, ENDED)
GROUNDS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "correct_agreement": ("typing_error", "paper_says_other", "name_changed"),
        "end_agreement": ("ended_by_pakistan", "ended_by_partner", "ended_by_both", "replaced", "partner_gone", "terms_broken"),
    }
)
REVIEWED = ("goes_on", "prolonged", "to_be_changed", "not_continued")


@dataclass(frozen=True, slots=True)
class PartnerNamed:
    """A partner of an agreement: its kind, its names in every script, and its licence number or registry id where it has one."""

    kind: str
    names: tuple[str, ...] = ()
    organisation: str = ""


@dataclass(frozen=True, slots=True)
class Terms:
    """An agreement as its text says it. `until` is the first day on which it no longer holds; None: without end."""

    number: str
    country: str
    partners: tuple[PartnerNamed, ...]
    subject: str
    signed_on: dt.date
    from_on: dt.date
    until: dt.date | None = None
    review_on: dt.date | None = None
    reference: str = ""


def standing_of_agreement(*, from_on: dt.date, until: dt.date | None, ended_on: dt.date | None, day: dt.date) -> str:
    """How an agreement stands on a day; one that was ended holds up to the day before `ended_on`."""
    if ended_on is not None and ended_on <= day:
        return ENDED
    if until is not None and until <= day:
        return TERM_OVER
    return NOT_YET if day < from_on else IN_FORCE


def why_not_terms(terms: Terms, *, country_known: bool, has_text: bool, today: dt.date) -> list[Refusal]:
    """Why an agreement cannot stand in the register as it was told; `has_text` says whether its text was handed in."""
    against = [*_why_not_named(terms, country_known), *_why_not_days(terms, today)]
    if not (has_text or terms.reference.strip()):
        against.append(Refusal("agreement_text_missing", member="agreement.reference"))
    return against


def _why_not_named(terms: Terms, country_known: bool) -> list[Refusal]:
    against = []
    if not terms.number.strip():
        against.append(Refusal("agreement_number_missing", member="agreement.number"))
    if not country_known:
        against.append(Refusal("country_unknown", member="agreement.country"))
    if not terms.partners or not all(one.names and one.kind in PARTNER_KINDS for one in terms.partners):
        against.append(Refusal("partner_missing", member="agreement.partners"))
    if not terms.subject.strip():
        against.append(Refusal("subject_missing", member="agreement.subject"))
    return against


def _why_not_days(terms: Terms, today: dt.date) -> list[Refusal]:
    against = []
    if terms.signed_on > today:
        against.append(Refusal("date_in_future", {"day": terms.signed_on}, member="agreement.signed_on"))
    if terms.from_on < terms.signed_on:
        against.append(Refusal("before_signature", {"day": terms.signed_on}, member="agreement.from_on"))
    if terms.until is not None and terms.until <= terms.from_on:
        against.append(Refusal("until_before_from", {"day": terms.from_on}, member="agreement.until"))
    if terms.review_on is not None and terms.review_on <= terms.from_on:
        against.append(Refusal("review_too_early", {"day": terms.from_on}, member="agreement.review_on"))
    return against


def why_not_correct(*, ended: bool, ground: str) -> list[Refusal]:
    """Why an agreement cannot be corrected."""
    against = [Refusal("agreement_ended")] if ended else []
    return against if ground in GROUNDS["correct_agreement"] else [*against, Refusal("reason_missing", member="ground")]


def why_not_end(*, ended: bool, ended_on: dt.date, from_on: dt.date, until: dt.date | None, ground: str) -> list[Refusal]:
    """Why an agreement cannot be ended on a day; the day may lie ahead, where notice was given."""
    against = [Refusal("agreement_ended")] if ended else []
    if ground not in GROUNDS["end_agreement"]:
        against.append(Refusal("reason_missing", member="ground"))
    if ended_on < from_on:
        against.append(Refusal("ends_before_it_began", {"day": from_on}, member="ended_on"))
    if until is not None and ended_on >= until:
        against.append(Refusal("ends_by_itself", {"day": until}, member="ended_on"))
    return against


def why_not_review(
    *, ended: bool, outcome: str, on: dt.date, from_on: dt.date, until: dt.date | None, new_until: dt.date | None,
    next_review_on: dt.date | None, today: dt.date,
) -> list[Refusal]:  # fmt: skip
    """Why a review cannot be recorded; one that prolongs gives a later end, and each one the day of the next, or none."""
    against = [Refusal("agreement_ended")] if ended else []
    if outcome not in REVIEWED:
        against.append(Refusal("reason_missing", member="review.outcome"))
    if on > today:
        against.append(Refusal("date_in_future", {"day": on}, member="review.on"))
    if on < from_on:
        against.append(Refusal("review_too_early", {"day": from_on}, member="review.on"))
    if outcome == "prolonged" and (new_until is None or (until is not None and new_until <= until)):
        against.append(Refusal("until_before_from", {"day": until or today}, member="review.until"))
    if outcome != "prolonged" and new_until is not None:
        against.append(Refusal("not_prolonged", member="review.until"))
    if next_review_on is not None and next_review_on <= on:
        against.append(Refusal("review_too_early", {"day": on}, member="review.next_on"))
    return against


def comes_up_on(*, review_on: dt.date | None, until: dt.date | None, ended_on: dt.date | None) -> dt.date | None:
    """The last day by which somebody must have looked at an agreement: its review, or the end of its term; None for neither."""
    if ended_on is not None:
        return None
    last = None if until is None else until - dt.timedelta(days=1)
    return min((day for day in (review_on, last) if day is not None), default=None)
