"""The register of agreements: recording one, correcting it with a trail, its review and its end, the warning before a review."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from rahdari.base.actor import Actor
from rahdari.base.clock import ZONES
from rahdari.base.editions import current_book
from rahdari.base.refusal import Refusal
from rahdari.base.work import Unit, unit_of_work

from ..access import PERMITS
from ..models import Agreement, AgreementChange, AgreementPartner
from ..queries.agreements import organisation_named, terms_told
from ..rules.agreements import Terms, comes_up_on, why_not_correct, why_not_end, why_not_review, why_not_terms
from ..rules.entries import Paper
from ..rules.names import script_of
from .parts import _kept
from .telling import _today

REVIEW = "organisations.review_agreement"
FILE = "organisations.see_agreement_file"
LAST_MOMENT = dt.time(23, 59, 59)
CONTACT_POINT, CONTACT_POINT_ROLE = "CONTACT_PK", "contact_point_pk"


def record_agreement(*, actor: Actor, terms: Terms, papers: Sequence[Paper] = (), at: dt.datetime) -> Agreement:
    """The contact point records an agreement of the ministry with any country, with its text or where the text lies.

    Refuses `number_taken`, `country_unknown`, `partner_missing`, `organisation_not_registered`, `agreement_text_missing`, and
    days in a wrong order. Leaves the agreement, which anyone can read from then on.
    """
    with unit_of_work("organisations.record_agreement", actor=actor, at=at) as unit:
        unit.permit(PERMITS["record_agreement"])
        unit.refuse(_why_not(unit, terms, has_text=bool(papers)))
        agreement = Agreement(papers=_kept(unit, papers), entered_at=at, entered_by=actor.person)
        _put(agreement, terms)
        unit.add(agreement)
        _put_partners(unit, agreement, terms)
        unit.about(agreement, number=agreement.number, country=agreement.country)
    return agreement


def _why_not(unit: Unit, terms: Terms, *, has_text: bool, own: Agreement | None = None) -> list[Refusal]:
    known = current_book().one("countries", code=terms.country) is not None
    against = why_not_terms(terms, country_known=known, has_text=has_text, today=_today(unit))
    unit.alone("organisations.agreements")
    same = Agreement.objects.filter(number__iexact=_spaced(terms.number))
    if (same.exclude(pk=own.pk) if own is not None else same).exists():
        against.append(Refusal("number_taken", member="agreement.number"))
    unknown = [one.organisation for one in terms.partners if one.organisation and organisation_named(one.organisation) is None]
    against += [Refusal("organisation_not_registered", {"named": one}, member="agreement.partners") for one in unknown]
    return against


def _spaced(text: str) -> str:
    return " ".join(text.split())


def _put(agreement: Agreement, terms: Terms) -> None:
    agreement.number, agreement.country, agreement.subject = _spaced(terms.number), terms.country, terms.subject.strip()
    agreement.signed_on, agreement.from_on, agreement.until = terms.signed_on, terms.from_on, terms.until
    agreement.review_on, agreement.reference = terms.review_on, terms.reference.strip()


def _put_partners(unit: Unit, agreement: Agreement, terms: Terms) -> None:
    agreement.partners.all().delete()
    for one in terms.partners:
        names = [{"script": script_of(name), "value": name.strip()} for name in one.names]
        entry = organisation_named(one.organisation) if one.organisation else None
        unit.add(AgreementPartner(agreement=agreement, kind=one.kind, names=names, organisation=entry))


def correct_agreement(
    *, actor: Actor, agreement_id: UUID, terms: Terms, ground: str, text: str = "", papers: Sequence[Paper] = (),
    seen: int | None = None, at: dt.datetime,
) -> Agreement:  # fmt: skip
    """The contact point corrects what was recorded of an agreement; what stood before stays as a row of its history.

    Refuses `agreement_ended`, `reason_missing`, `stale`, and whatever `record_agreement` refuses. A document handed in stands
    beside the earlier ones.
    """
    with unit_of_work("organisations.correct_agreement", actor=actor, at=at) as unit:
        unit.permit(PERMITS["correct_agreement"])
        agreement = unit.lock(Agreement, agreement_id, seen=seen)
        has_text = bool(papers or agreement.papers)
        against = why_not_correct(ended=agreement.ended_on is not None, ground=ground)
        unit.refuse([*against, *_why_not(unit, terms, has_text=has_text, own=agreement)])
        _keep(unit, agreement, "correct_agreement", _today(unit), ground, text)
        _put(agreement, terms)
        agreement.papers = [*agreement.papers, *_kept(unit, papers)]
        _put_partners(unit, agreement, terms)
        unit.save(agreement)
        unit.settle(REVIEW, agreement, "corrected")
        unit.about(agreement, number=agreement.number, ground=ground)
    return agreement


def _keep(unit: Unit, agreement: Agreement, use_case: str, on: dt.date, ground: str, text: str) -> None:
    """Puts what stood before a change into the history."""
    before: dict[str, Any] = terms_told(agreement)
    change = AgreementChange(
        agreement=agreement, use_case=use_case, on=on, ground=ground, text=text.strip(), before=before, entered_at=unit.at
    )
    change.entered_by = unit.actor.person
    unit.add(change)


def review_agreement(
    *, actor: Actor, agreement_id: UUID, outcome: str, on: dt.date, until: dt.date | None = None, next_on: dt.date | None = None,
    text: str = "", seen: int | None = None, at: dt.datetime,
) -> Agreement:  # fmt: skip
    """The contact point records the review of an agreement: it goes on, its term is prolonged, or it is to be changed.

    `until` is the new first day without force, `next_on` the day of the next review. Refuses `agreement_ended`, `reason_missing`,
    `until_before_from`, `not_prolonged`, `review_too_early`, `stale`. Leaves the task of the review done.
    """
    with unit_of_work("organisations.review_agreement", actor=actor, at=at) as unit:
        unit.permit(PERMITS["review_agreement"])
        agreement = unit.lock(Agreement, agreement_id, seen=seen)
        unit.refuse(
            why_not_review(
                ended=agreement.ended_on is not None, outcome=outcome, on=on, from_on=agreement.from_on, until=agreement.until,
                new_until=until, next_review_on=next_on, today=_today(unit),
            )
        )  # fmt: skip
        _keep(unit, agreement, "review_agreement", on, outcome, text)
        agreement.until, agreement.review_on = until or agreement.until, next_on
        unit.save(agreement)
        unit.settle(REVIEW, agreement, outcome)
        unit.about(agreement, outcome=outcome, on=on)
    return agreement


def end_agreement(
    *, actor: Actor, agreement_id: UUID, ended_on: dt.date, ground: str, text: str = "", seen: int | None = None, at: dt.datetime
) -> Agreement:
    """The contact point records that an agreement ends before its term, from a first day without force on, with the reason.

    Refuses `agreement_ended`, `reason_missing`, `ends_before_it_began`, `ends_by_itself`, `stale`. Its figures stay.
    """
    with unit_of_work("organisations.end_agreement", actor=actor, at=at) as unit:
        unit.permit(PERMITS["end_agreement"])
        agreement = unit.lock(Agreement, agreement_id, seen=seen)
        ended = agreement.ended_on is not None
        unit.refuse(why_not_end(ended=ended, ended_on=ended_on, from_on=agreement.from_on, until=agreement.until, ground=ground))
        _keep(unit, agreement, "end_agreement", ended_on, ground, text)
        agreement.ended_on, agreement.end_ground = ended_on, ground
        unit.save(agreement)
        unit.settle(REVIEW, agreement, "ended")
        unit.about(agreement, ended_on=ended_on, ground=ground)
    return agreement


def warn_of_review(*, actor: Actor, agreement_id: UUID, at: dt.datetime) -> Agreement:
    """The node puts the review of an agreement on the contact point's worklist, due on its day or on the last day of its term.

    Refuses `nothing_to_review` for one that was ended, or has neither day.
    """
    with unit_of_work("organisations.warn_of_review", actor=actor, at=at) as unit:
        unit.permit(PERMITS["warn_of_review"])
        agreement = unit.lock(Agreement, agreement_id)
        last = comes_up_on(review_on=agreement.review_on, until=agreement.until, ended_on=agreement.ended_on)
        unit.refuse([] if last is not None else [Refusal("nothing_to_review")])
        assert last is not None
        unit.settle(REVIEW, agreement, "warned")
        unit.wait(
            REVIEW,
            agreement,
            holder_body=CONTACT_POINT,
            holder_role=CONTACT_POINT_ROLE,
            holder_side=actor.node,
            matter={"agreement": agreement.number},
            url_name=FILE,
            url_args=[str(agreement.pk)],
            due_at=dt.datetime.combine(last, LAST_MOMENT, ZONES[actor.node]),
        )
        unit.about(agreement, last=last)
    return agreement
