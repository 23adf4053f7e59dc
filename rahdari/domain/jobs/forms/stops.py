"""The steps that stop a demand or move it back, as people and programs take them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from rahdari.web.steps import Step

from .. import actions
from ..models import Demand, DemandRefusal
from ..queries.demands import newest_refusal, open_refusal
from ..queries.seen import refusal_facts
from ..rules.changes import CHANGEABLE, CORRECTION_REASONS
from ..rules.stops import POINT_MEMBERS, POINTS, REFUSAL_GROUNDS, REVIEWS, TAKEN_DOWN_BECAUSE, WITHDRAWN_BECAUSE, Point
from .steps import _on_demand, _on_vacancy
from .stop_shapes import (
    CorrectDemand,
    ExtendPermission,
    ObjectToDemand,
    ProposeRefusal,
    RefusePermission,
    ReviewRefusal,
    TakeDownVacancy,
    WithdrawDemand,
)

SEE = "jobs.see_demand"


def _points(given: dict[str, Any]) -> dict[str, Any]:
    return given | {"points": [Point(one.member, one.code, one.text) for one in given["points"]]}


def take_refuse_attestation(**given: Any) -> Demand:
    """Does not attest a demand, and says why."""
    return actions.refuse_attestation(**_points(given))


def take_object_to_demand(**given: Any) -> Demand:
    """Objects to a demand in writing."""
    return actions.object_to_demand(**_points(given))


def take_propose_refusal(**given: Any) -> DemandRefusal:
    """Proposes to refuse the permission."""
    return actions.propose_refusal(**given | {"grounds": [one.code for one in given["grounds"]]})


def _as_it_is(demand: Demand) -> Mapping[str, Any]:
    asked = {name: getattr(demand, name) for name in CHANGEABLE}
    return {"initial": {"asked": asked | {"tests": "\n".join(demand.tests)}}}


def _as_proposed(demand: Demand) -> Mapping[str, Any]:
    row = open_refusal(demand)
    return {"facts": refusal_facts(row)} if row is not None else {}


def _as_refused(demand: Demand) -> Mapping[str, Any]:
    row = newest_refusal(demand)
    return {"facts": refusal_facts(row)} if row is not None else {}


def _worded(kind: str, codes: tuple[str, ...]) -> dict[str, str]:
    return {one: f"{kind}_{one}" for one in codes}


OBJECTING = _("The employer is told every point and may correct the demand. Nothing else is lost.")
AT_A_POINT = {"points.code": _worded("point", POINTS), "points.member": _worded("member", POINT_MEMBERS)}
ON_DEMAND: Mapping[str, Step] = {
    "refuse-attestation": Step(
        "jobs", "refuse_attestation", ObjectToDemand, take_refuse_attestation, _on_demand("refuse_attestation", OBJECTING),
        _("Not attested. The employer is told why."), SEE, codes=AT_A_POINT,
    ),
    "object": Step(
        "jobs", "object_to_demand", ObjectToDemand, take_object_to_demand, _on_demand("object_to_demand", OBJECTING),
        _("The objection is raised. The employer is told today."), SEE, codes=AT_A_POINT,
    ),
    "propose-refusal": Step(
        "jobs", "propose_refusal", ProposeRefusal, take_propose_refusal,
        _on_demand("propose_refusal", _("A second officer of the Protectorate decides. Until then nothing is told.")),
        _("Proposed. A second officer decides."), SEE, codes={"grounds.code": _worded("refused", REFUSAL_GROUNDS)},
    ),
    "refuse": Step(
        "jobs", "refuse_permission", RefusePermission, actions.refuse_permission,
        _on_demand(
            "refuse_permission", _("The employer is told the grounds. The Bureau may review the refusal once."), _as_proposed
        ),
        _("The permission is refused. The employer is told today."), SEE,
    ),
    "review": Step(
        "jobs", "review_refusal", ReviewRefusal, actions.review_refusal,
        _on_demand("review_refusal", _("Reopened, the demand waits for the Protector again."), _as_refused),
        _("The review is kept."), SEE, codes={"outcome": _worded("review", REVIEWS)},
    ),
    "correct": Step(
        "jobs", "correct_demand", CorrectDemand, actions.correct_demand,
        _on_demand(
            "correct_demand",
            _("Old and new are told. Where pay, duty, place or a higher number changes, the Protector must permit again."),
            _as_it_is,
        ),
        _("Corrected. The other state is told at once."), SEE, codes={"reason": _worded("correction", CORRECTION_REASONS)},
    ),
    "withdraw": Step(
        "jobs", "withdraw_demand", WithdrawDemand, actions.withdraw_demand,
        _on_demand("withdraw_demand", _("This is not undone: file the demand again if you need it. Applicants are told.")),
        _("The demand is withdrawn."), SEE, codes={"reason": _worded("closed", WITHDRAWN_BECAUSE)},
    ),
    "extend": Step(
        "jobs", "extend_permission", ExtendPermission, actions.extend_permission,
        _on_demand("extend_permission", _("The length of an extension stands in no table: name where it stands.")),
        _("The permission is extended. The employer is told today."), SEE,
    ),
}  # fmt: skip
TAKE_DOWN_VACANCY = Step(
    "jobs", "take_down_vacancy", TakeDownVacancy, actions.take_down_vacancy,
    _on_vacancy("take_down_vacancy", _("Its places may be published again. Who applied already is told.")),
    _("The vacancy is taken down."), "jobs.see_vacancy", codes={"reason": _worded("ended", TAKEN_DOWN_BECAUSE)},
)  # fmt: skip
