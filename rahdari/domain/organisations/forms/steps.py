"""The steps of a licence as people and programs take them: shape, action, and what the page shows beside the form."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from rahdari.base.actor import Actor
from rahdari.base.facts import Facts
from rahdari.base.refusal import Refused
from rahdari.web.steps import Step

from .. import actions
from ..access import PERMITS
from ..models import Organisation
from ..queries.desk import change_facts, facts_of, open_order, organisation_for
from ..rules.licences import GROUNDS, KINDS, KNOWN_BY, OFFICER_ROLES
from . import shapes

SEE, ENTRY = "organisations.see_organisation", "organisations/entry.html"


def take_enter_organisation(*, entry: shapes.EntryFacts, **given: Any) -> Organisation:
    """Enters an organisation into the register."""
    papers = shapes.papers_of(given)
    return actions.enter_organisation(entry=shapes.entry_of(entry), papers=papers, **given)


def take_apply_licence(*, entry: shapes.EntryFacts, security: shapes.SecurityFacts | None = None, **given: Any) -> Organisation:
    """Applies for a licence."""
    papers, lodged = shapes.papers_of(given), shapes.security_of(security)
    return actions.apply_licence(entry=shapes.entry_of(entry), papers=papers, security=lodged, **given)


def take_register_support_org(*, entry: shapes.EntryFacts, until: Any = None, **given: Any) -> Organisation:
    """Registers a support organisation."""
    papers = shapes.papers_of(given)
    return actions.register_support_org(entry=shapes.entry_of(entry), papers=papers, until=until, **given)


def take_grant_licence(*, security: shapes.SecurityFacts | None = None, until: Any = None, **given: Any) -> Organisation:
    """Grants a licence that was applied for."""
    return actions.grant_licence(security=shapes.security_of(security), until=until, **given)


def take_refuse_licence(**given: Any) -> Organisation:
    """Refuses a licence that was applied for."""
    return actions.refuse_licence(order=shapes.order_of(given), **given)


def _ordering(act: Callable[..., Organisation], ground: str = "") -> Callable[..., Organisation]:
    def take(**given: Any) -> Organisation:
        papers, order = shapes.papers_of(given), shapes.order_of(given, ground)
        return act(order=order, papers=papers, **given)

    take.__doc__ = act.__doc__
    return take


def _crumbs(organisation: Organisation | None = None) -> list[dict[str, str]]:
    crumbs = [{"url": reverse("organisations.see_organisations"), "label": gettext("Licences")}]
    if organisation is not None:
        name = organisation.names.first()
        crumbs.append({"url": reverse(SEE, args=[organisation.pk]), "label": name.value if name else organisation.registry_id})
    return crumbs


def _new(lead: Any) -> Callable[[Actor], Mapping[str, Any]]:
    def page(actor: Actor) -> Mapping[str, Any]:
        kinds = [kind.code for kind in KINDS.values() if kind.side == actor.node]
        beside = {"entry.names": "organisations/_typing.html"}  # likely known organisations, while the names are typed
        return {"crumbs": _crumbs(), "lead": str(lead), "codes": {"kind": kinds}, "beside": beside}

    return page


def _on(use_case: str, lead: Any = "") -> Callable[..., Mapping[str, Any]]:
    def page(actor: Actor, organisation_id: UUID) -> Mapping[str, Any]:
        organisation = organisation_for(actor, organisation_id)
        refusals = PERMITS[use_case].why_not(actor, organisation)
        if refusals:
            raise Refused(refusals)
        waiting = open_order(organisation)
        return {
            "crumbs": _crumbs(organisation),
            "lead": str(lead),
            "about": gettext("The organisation"),
            "facts": [*facts_of(organisation), *(change_facts(waiting) if waiting is not None else [])],
            "initial": {"seen": organisation.version},
        }

    return page


def _worded(kind: str, codes: Iterable[str]) -> dict[str, str]:
    """Codes with the keys of their words, which bear the kind before them."""
    return {code: f"{kind}_{code}" for code in codes}


CHOICES: Mapping[str, Mapping[str, str]] = {
    "known_by": _worded("known_by", KNOWN_BY),
    "outcome": _worded("appeal", ("allowed", "dismissed")),
    "entry.officers.role": _worded("officer", OFFICER_ROLES),
}
SECOND = _("A second officer decides it; until then nothing changes and nothing is told.")


def _step(name: str, shape: type[Facts], act: Callable[..., Any], said: Any, lead: Any = "") -> Step:
    grounds = GROUNDS[name] if "ground" in shape.model_fields else ()
    codes = dict(CHOICES) | ({"ground": _worded("ground", grounds)} if grounds else {})
    return Step("organisations", name, shape, act, _on(name, lead), said, SEE, codes=codes)


ENTERED = _("Entered. A second officer decides it.")
ENTER_ORGANISATION = Step(
    "organisations", "enter_organisation", shapes.EnterOrganisation, take_enter_organisation,
    _new(_("Enter what the file of the register says. A second officer decides it; until then nobody else sees it.")),
    ENTERED, SEE, ENTRY, with_result=True, codes=CHOICES)  # fmt: skip
APPLY_LICENCE = Step(
    "organisations", "apply_licence", shapes.ApplyLicence, take_apply_licence,
    _new(_("Say who stands behind the firm. The public never sees persons, card numbers and accounts.")),
    _("The application is filed."), SEE, ENTRY, with_result=True, codes=CHOICES)  # fmt: skip
REGISTER_SUPPORT_ORG = Step(
    "organisations", "register_support_org", shapes.RegisterSupportOrg, take_register_support_org,
    _new(SECOND), ENTERED, SEE, ENTRY, with_result=True, codes=CHOICES)  # fmt: skip
GRANT_LICENCE = _step("grant_licence", shapes.GrantLicence, take_grant_licence, _("Granted. The other state is told at once."))
REFUSE_LICENCE = _step("refuse_licence", shapes.RefuseLicence, take_refuse_licence, _("Refused. Only the applicant is told."))
RENEW_LICENCE = _step(
    "renew_licence", shapes.RenewLicence, _ordering(actions.renew_licence, "renewal"), ENTERED, SECOND
)  # fmt: skip
SUSPEND_LICENCE = _step("suspend_licence", shapes.SuspendLicence, _ordering(actions.suspend_licence), ENTERED, SECOND)
CANCEL_LICENCE = _step("cancel_licence", shapes.CancelLicence, _ordering(actions.cancel_licence), ENTERED, SECOND)
SURRENDER_LICENCE = _step("surrender_licence", shapes.SurrenderLicence, _ordering(actions.surrender_licence), ENTERED, SECOND)
RESTORE_LICENCE = _step("restore_licence", shapes.RestoreLicence, _ordering(actions.restore_licence), ENTERED, SECOND)
DISQUALIFY_EMPLOYER = _step(
    "disqualify_employer", shapes.DisqualifyEmployer, _ordering(actions.disqualify_employer), ENTERED, SECOND
)
RESTORE_EMPLOYER = _step("restore_employer", shapes.RestoreLicence, _ordering(actions.restore_employer), ENTERED, SECOND)
DECIDE_ORDER = _step(
    "decide_order", shapes.DecideOrder, actions.decide_order, _("Decided. The other state is told at once."),
    _("Read what another officer entered. It holds from today on, and anyone can read it."),
)  # fmt: skip
WITHDRAW_ORDER = _step("withdraw_order", shapes.WithdrawOrder, actions.withdraw_order, _("The order is taken back."))
APPEAL_LICENCE_ORDER = _step(
    "appeal_licence_order", shapes.AppealLicenceOrder, actions.appeal_licence_order, _("The appeal is filed."),
    _("The order stands until the ministry decides."),
)  # fmt: skip
DECIDE_APPEAL = _step("decide_appeal", shapes.DecideAppeal, actions.decide_appeal, _("Decided. The other state is told at once."))

# The steps on one organisation, by the last part of their address.
ON_ONE: Mapping[str, Step] = {
    "grant": GRANT_LICENCE,
    "refuse": REFUSE_LICENCE,
    "renew": RENEW_LICENCE,
    "suspend": SUSPEND_LICENCE,
    "cancel": CANCEL_LICENCE,
    "surrender": SURRENDER_LICENCE,
    "restore": RESTORE_LICENCE,
    "bar": DISQUALIFY_EMPLOYER,
    "admit-again": RESTORE_EMPLOYER,
    "decide": DECIDE_ORDER,
    "withdraw": WITHDRAW_ORDER,
    "appeal": APPEAL_LICENCE_ORDER,
    "decide-appeal": DECIDE_APPEAL,
}
