"""What is asked of an agreement and of its figures, and the steps that take it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from typing import Annotated, Any, Literal
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from pydantic import Field

from rahdari.base.actor import Actor
from rahdari.base.clock import day_at, now
from rahdari.base.editions import current_book
from rahdari.base.facts import Day, Facts, code_of
from rahdari.web.step_forms import ScanFacts
from rahdari.web.steps import Step
from rahdari.web.words import Fact, say_month

from .. import actions
from ..models import Agreement, AgreementFigures
from ..queries.agreements import agreement_here, country_name, terms_told
from ..queries.figures import months_to_record
from ..rules.agreements import GROUNDS, PARTNER_KINDS, REVIEWED, PartnerNamed, Terms
from ..rules.figures import CORRECTED
from .shapes import Name, Text, papers_of

FILE, FILES = "organisations.see_agreement_file", "organisations.see_agreement_files"
MOST_MONTHS = 240
Code = Annotated[str, Field(max_length=40)]
Figure = Annotated[int, Field(ge=0, le=10_000_000)]
MonthText = Annotated[str, Field(pattern=r"^\d{4}-\d{2}$", max_length=7)]
PartnerKind = Literal[
    "state", "ministry", "agency", "placement_business", "training_firm", "matching_firm", "employer", "exam_body",
    "international_body", "other_partner",
]  # fmt: skip
Outcome = Literal["goes_on", "prolonged", "to_be_changed", "not_continued"]


class PartnerFacts(Facts):
    """Who signed on the other side."""

    kind: PartnerKind
    names: Annotated[list[Name], Field(max_length=6)]
    organisation: Annotated[str, Field(max_length=80)] = ""


class AgreementFacts(Facts):
    """An agreement as its text says it; `until` is the first day on which it no longer holds."""

    number: Annotated[str, Field(max_length=60)]
    country: Annotated[str, code_of("countries")]
    partners: Annotated[list[PartnerFacts], Field(max_length=6)]
    subject: Annotated[str, Field(max_length=300)]
    signed_on: Day
    from_on: Day
    until: Day | None = None
    review_on: Day | None = None
    reference: Annotated[str, Field(max_length=300)] = ""


class RecordAgreement(Facts):
    """An agreement with its text."""

    agreement: AgreementFacts
    paper: ScanFacts | None = None


class CorrectAgreement(Facts):
    """An agreement as it should have been recorded, and why."""

    agreement: AgreementFacts
    ground: Code
    reasons: Text = ""
    paper: ScanFacts | None = None


class ReviewFacts(Facts):
    """What a review came to."""

    outcome: Outcome
    on: Day
    until: Day | None = None
    next_on: Day | None = None


class ReviewAgreement(Facts):
    """A review with its reasons."""

    review: ReviewFacts
    reasons: Text = ""


class EndAgreement(Facts):
    """The end of an agreement before its term."""

    ended_on: Day
    ground: Code
    reasons: Text = ""


class FiguresFacts(Facts):
    """The figures of a month (`2026-10`) with their source."""

    month: MonthText
    interviews: Figure
    selections: Figure
    departures: Figure
    source: Annotated[str, Field(max_length=300)]


class RecordFigures(Facts):
    """The figures of a month."""

    figures: FiguresFacts


class CorrectFigures(Facts):
    """The figures of a month as they should have been recorded, and why."""

    figures: FiguresFacts
    ground: Code


def terms_of(told: AgreementFacts) -> Terms:
    """An agreement as the rules take it."""
    partners = tuple(
        PartnerNamed(one.kind, tuple(name.strip() for name in one.names if name.strip()), one.organisation.strip())
        for one in told.partners
    )
    return Terms(**{name: getattr(told, name) for name in AgreementFacts.model_fields} | {"partners": partners})


def take_record_agreement(*, agreement: AgreementFacts, **given: Any) -> Agreement:
    """Records an agreement of the ministry."""
    papers = papers_of(given)
    return actions.record_agreement(terms=terms_of(agreement), papers=papers, **given)


def take_correct_agreement(*, agreement: AgreementFacts, reasons: str = "", **given: Any) -> Agreement:
    """Corrects what was recorded of an agreement."""
    papers = papers_of(given)
    return actions.correct_agreement(terms=terms_of(agreement), text=reasons, papers=papers, **given)


def take_review_agreement(*, review: ReviewFacts, reasons: str = "", **given: Any) -> Agreement:
    """Records the review of an agreement."""
    return actions.review_agreement(**review.model_dump(), text=reasons, **given)


def take_end_agreement(*, reasons: str = "", **given: Any) -> Agreement:
    """Records that an agreement ends."""
    return actions.end_agreement(text=reasons, **given)


def take_record_figures(*, figures: FiguresFacts, **given: Any) -> AgreementFigures:
    """Records the figures of a month."""
    return actions.record_figures(**figures.model_dump(), **given)


def take_correct_figures(*, figures: FiguresFacts, **given: Any) -> AgreementFigures:
    """Corrects the figures of a month."""
    return actions.correct_figures(**figures.model_dump(), **given)


def _crumbs(row: Agreement | None = None) -> list[dict[str, str]]:
    crumbs = [{"url": reverse(FILES), "label": gettext("Agreements")}]
    if row is not None:
        crumbs.append({"url": reverse(FILE, args=[row.pk]), "label": row.number})
    return crumbs


def _new(actor: Actor) -> Mapping[str, Any]:
    return {"crumbs": _crumbs(), "lead": gettext("Anyone can read it from then on, its text excepted.")}


def _page(row: Agreement, **more: Any) -> dict[str, Any]:
    names = [name["value"] for one in row.partners.all() for name in one.names]
    facts = [
        Fact(gettext("Number of the agreement"), row.number),
        Fact(gettext("Country"), country_name(row.country, current_book())),
        Fact(gettext("Partners of the agreement"), names),
        Fact(gettext("Subject"), row.subject),
        Fact(gettext("Signed on"), row.signed_on),
    ]
    return {"crumbs": _crumbs(row), "about": gettext("The agreement"), "facts": facts} | more


def _on_one(actor: Actor, agreement_id: UUID) -> Mapping[str, Any]:
    row = agreement_here(agreement_id)
    return _page(row, initial={"seen": row.version})


def _correcting(actor: Actor, agreement_id: UUID) -> Mapping[str, Any]:
    row = agreement_here(agreement_id)
    told = terms_told(row)
    partners = [one | {"names": "\n".join(one["names"])} for one in told["partners"]]
    lead = gettext("What stood before stays in the history.")
    return _page(row, lead=lead, initial={"seen": row.version, "agreement": told | {"partners": partners}})


def _months(months: Iterable[dt.date]) -> dict[str, str]:
    return {f"{one:%Y-%m}": say_month(one) for one in list(months)[:MOST_MONTHS]}


def _recording(actor: Actor, agreement_id: UUID) -> Mapping[str, Any]:
    row = agreement_here(agreement_id)
    months = months_to_record(row, day_at(now(), actor.node))
    return _page(row, codes={"figures.month": _months(months)})


def _correcting_figures(actor: Actor, agreement_id: UUID) -> Mapping[str, Any]:
    row = agreement_here(agreement_id)
    held = sorted({one.month for one in row.figures.all()}, reverse=True)
    lead = gettext("What stood before stays in the history.")
    return _page(row, lead=lead, codes={"figures.month": _months(held)})


def _worded(kind: str, codes: Iterable[str]) -> dict[str, str]:
    return {code: f"{kind}_{code}" for code in codes}


KINDS_CHOSEN = {"agreement.partners.kind": _worded("partner", PARTNER_KINDS)}


def _step(
    name: str, shape: type[Facts], act: Callable[..., Any], page: Callable[..., Mapping[str, Any]], said: Any,
    codes: Mapping[str, Mapping[str, str]], onward: str = FILE, *, with_result: bool = False,
) -> Step:  # fmt: skip
    return Step("organisations", name, shape, act, page, said, onward, with_result=with_result, codes=codes)


RECORD_AGREEMENT = _step(
    "record_agreement", RecordAgreement, take_record_agreement, _new, _("Recorded. Anyone can read it now."), KINDS_CHOSEN,
    with_result=True,
)  # fmt: skip
CORRECT_AGREEMENT = _step(
    "correct_agreement", CorrectAgreement, take_correct_agreement, _correcting,
    _("Corrected. What stood before stays in the history."),
    KINDS_CHOSEN | {"ground": _worded("ground", GROUNDS["correct_agreement"])},
)  # fmt: skip
REVIEW_AGREEMENT = _step(
    "review_agreement", ReviewAgreement, take_review_agreement, _on_one, _("The review is recorded."),
    {"review.outcome": _worded("ground", REVIEWED)},
)  # fmt: skip
END_AGREEMENT = _step(
    "end_agreement", EndAgreement, take_end_agreement, _on_one, _("Recorded. Its figures stay."),
    {"ground": _worded("ground", GROUNDS["end_agreement"])},
)  # fmt: skip
RECORD_FIGURES = _step(
    "record_figures", RecordFigures, take_record_figures, _recording, _("Recorded. Anyone can read them now."), {}
)  # fmt: skip
CORRECT_FIGURES = _step(
    "correct_figures", CorrectFigures, take_correct_figures, _correcting_figures,
    _("Corrected. What stood before stays in the history."), {"ground": _worded("ground", CORRECTED)},
)  # fmt: skip

# The steps on one agreement, by the last part of their address.
ON_ONE: Mapping[str, Step] = {
    "correct": CORRECT_AGREEMENT,
    "review": REVIEW_AGREEMENT,
    "end": END_AGREEMENT,
    "figures": RECORD_FIGURES,
    "correct-figures": CORRECT_FIGURES,
}
assert set(PARTNER_KINDS) == set(PartnerKind.__args__)  # type: ignore[attr-defined]  # the shape and the rules name the same
assert set(REVIEWED) == set(Outcome.__args__)  # type: ignore[attr-defined]
