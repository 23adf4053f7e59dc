"""What is said of enquiries: as programs fill it, and as the forms of their pages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal
from uuid import UUID

from django import forms
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from pydantic import Field

from rahdari.base.actor import Actor
from rahdari.base.clock import now
from rahdari.base.facts import Day, Facts
from rahdari.domain.fields.forms import NumberField
from rahdari.web.steps import Step
from rahdari.web.words import Fact, spoken

from .. import actions
from ..access import FIRMS
from ..models import Enquiry
from ..queries.enquiries import demands_to_link, enquiry_for, officers_at
from ..rules.enquiries import CLOSED_FOR, RETURNED_FOR, WITHDRAWN
from ..rules.enquiry_facts import CAME_BY, MODES, MOST_FITTING, EnquiryFacts
from .requests import RefusableForm

Text = Annotated[str, Field(max_length=1000)]


class EnquireFirm(Facts):
    """An enquiry; whoever enquires for a firm gives its number, whoever enters a letter says how and when it came."""

    firm_number: Annotated[str, Field(max_length=40)] = ""
    firm_name: Annotated[str, Field(max_length=200)] = ""
    came_by: Literal["letter", "visit", "mission", "fair"] | None = None
    came_on: Day | None = None
    asked: EnquiryFacts


class ForwardEnquiry(Facts):
    """Nothing more is asked."""


class ReturnEnquiry(Facts):
    """Why an enquiry goes back to the firm."""

    ground: Literal["not_clear", "asked_before", "not_this_corridor", "firm_not_fit"]
    text: Text = ""


class AssignEnquiry(Facts):
    """Who answers; whoever sends it, where nobody is named."""

    owner: Annotated[str, Field(max_length=36)] | None = None


class AnswerEnquiry(Facts):
    """The answer: the numbers of the profiles that are shown, how many people fit in all, and what the firm does next."""

    profiles: Annotated[list[Annotated[str, Field(max_length=12)]], Field(max_length=20)] = []
    fitting: Annotated[int, Field(ge=0, le=MOST_FITTING)] | None = None
    next_step: Annotated[str, Field(max_length=2000)]
    language: Literal["en", "ur", "ja"] = "en"


class CloseEnquiry(Facts):
    """Why an enquiry ends without a demand."""

    ground: Literal[
        "nobody_fits", "others_chosen", "firm_silent", "need_gone", "terms_not_lawful", "route_not_open", "service_agreed"
    ]
    text: Text = ""


class LinkDemand(Facts):
    """The demand that came of an enquiry."""

    demand: Annotated[str, Field(max_length=36)]


def take_enquire_firm(*, came_by: str | None = None, **given: Any) -> Enquiry:
    """A firm, its placement business or its contact point enquires; or an officer enters what came by letter."""
    return actions.enquire_firm(came_by=came_by or "", language=get_language() or "en", **given)


def take_assign_enquiry(*, owner: str | None = None, **given: Any) -> Enquiry:
    """An officer takes an enquiry, or it is given to a colleague."""
    return actions.assign_enquiry(owner=_id(owner) if owner else None, **given)


def take_link_demand(*, demand: str, **given: Any) -> Enquiry:
    """An enquiry led to a demand of the firm."""
    return actions.link_demand(demand=_id(demand), **given)


def _id(text: str) -> UUID:
    """An id as it was chosen; what is no id names nothing."""
    try:
        return UUID(text)
    except ValueError:
        return UUID(int=0)


def _enquiring(actor: Actor) -> Mapping[str, Any]:
    lead = {
        "pk": gettext(
            "For a firm that wrote, came by, or met you abroad. Enquiries of the other node arrive here by themselves."
        ),
        "jp": gettext("Your contact point sends it to Pakistan. The answer shows skills without names, and the next step."),
    }
    left_out = {
        "pk": (),
        "jp": ("came_by", "came_on", "firm_name", *(("firm_number",) if actor.role == "employer" else ())),
    }
    crumbs = [{"url": reverse("cooperation.see_enquiries"), "label": gettext("Enquiries of firms")}]
    return {"lead": lead.get(actor.node, ""), "leave_out": left_out.get(actor.node, ()), "crumbs": crumbs}


def _of(actor: Actor, enquiry_id: UUID) -> tuple[Enquiry, dict[str, Any]]:
    row = enquiry_for(actor, enquiry_id)
    facts = [
        Fact(gettext("Firm"), row.firm_name),
        Fact(gettext("Skills"), list(row.skills)),
        Fact(gettext("How many people"), row.people),
    ]
    crumbs = [
        {"url": reverse("cooperation.see_enquiries"), "label": gettext("Enquiries of firms")},
        {"url": reverse("cooperation.see_enquiry", args=[row.pk]), "label": row.number},
    ]
    return row, {"about": row.number, "facts": facts, "crumbs": crumbs, "initial": {"seen": row.version}}


def _forwarding(actor: Actor, enquiry_id: UUID) -> Mapping[str, Any]:
    return _of(actor, enquiry_id)[1] | {
        "lead": gettext("It crosses between the contact points, with the name and number of the firm and what it looks for.")
    }


def _returning(actor: Actor, enquiry_id: UUID) -> Mapping[str, Any]:
    return _of(actor, enquiry_id)[1] | {"lead": gettext("The firm reads the reason. Nothing is sent to the other state.")}


def _assigning(actor: Actor, enquiry_id: UUID) -> Mapping[str, Any]:
    row, page = _of(actor, enquiry_id)
    people = {str(pk): name for pk, name in officers_at(now()).items()}
    chosen = row.owner or actor.person
    return page | {"codes": {"owner": people}, "initial": page["initial"] | {"owner": str(chosen) if chosen else ""}}


def _closing(actor: Actor, enquiry_id: UUID) -> Mapping[str, Any]:
    row, page = _of(actor, enquiry_id)
    grounds = (WITHDRAWN,) if row.state == "enquiry_filed" else CLOSED_FOR
    shown = [one for one in grounds if one != "firm_silent" or actor.role not in FIRMS]
    lead = gettext("On your side alone: the other one closes it for itself.")
    return page | {"codes": {"ground": {one: f"enquiryend_{one}" for one in shown}}, "lead": lead}


def _linking(actor: Actor, enquiry_id: UUID) -> Mapping[str, Any]:
    row, page = _of(actor, enquiry_id)
    demands = demands_to_link(actor, row)
    told = {str(one.pk): " · ".join(map(spoken, (one.field, one.places, one.filed_on))) for one in demands}
    return page | {"codes": {"demand": told}, "lead": gettext("Only demands of this firm, filed since it enquired, are shown.")}


SEE = "cooperation.see_enquiry"
ENQUIRE_FIRM = Step(
    "cooperation", "enquire_firm", EnquireFirm, take_enquire_firm, _enquiring, _("The enquiry is entered."), SEE,
    with_result=True,
    codes={
        "came_by": {one: f"cameby_{one}" for one in CAME_BY},
        "asked.mode": {one: f"choice_{one}" for one in MODES},
    },
)  # fmt: skip
FORWARD_ENQUIRY = Step(
    "cooperation", "forward_enquiry", ForwardEnquiry, actions.forward_enquiry, _forwarding,
    _("Sent. The page shows until when the answer is due."), SEE,
)  # fmt: skip
RETURN_ENQUIRY = Step(
    "cooperation", "return_enquiry", ReturnEnquiry, actions.return_enquiry, _returning, _("The firm reads why."), SEE,
    codes={"ground": {one: f"enquiryback_{one}" for one in RETURNED_FOR}},
)  # fmt: skip
ASSIGN_ENQUIRY = Step(
    "cooperation", "assign_enquiry", AssignEnquiry, take_assign_enquiry, _assigning, _("The enquiry has an owner."), SEE,
)  # fmt: skip
CLOSE_ENQUIRY = Step(
    "cooperation", "close_enquiry", CloseEnquiry, actions.close_enquiry, _closing, _("The enquiry is closed."), SEE,
    codes={"ground": {one: f"enquiryend_{one}" for one in CLOSED_FOR}},
)  # fmt: skip
LINK_DEMAND = Step(
    "cooperation", "link_demand", LinkDemand, take_link_demand, _linking, _("The enquiry led to this demand."), SEE,
)  # fmt: skip
ON_ENQUIRY = {
    "forward": FORWARD_ENQUIRY, "return": RETURN_ENQUIRY, "assign": ASSIGN_ENQUIRY, "close": CLOSE_ENQUIRY, "demand": LINK_DEMAND,
}  # fmt: skip


class AnswerEnquiryForm(RefusableForm):
    """The answer as an officer gives it: profiles to tick, how many people fit, what the firm does next."""

    def __init__(self, numbers: list[str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["profiles"] = forms.MultipleChoiceField(
            label=_("Profiles to show"), required=False, choices=[(one, one) for one in numbers]
        )
        self.fields["fitting"] = NumberField(
            label=_("How many people fit in all"), required=False, help_text=_("Left empty: as many as are shown.")
        )
        self.fields["next_step"] = forms.CharField(
            label=_("What should the firm do next?"),
            max_length=2000,
            widget=forms.Textarea({"rows": 4, "dir": "auto"}),
            help_text=_("For example: choose among these, meet them at the fair, file a demand through its own page."),
        )
