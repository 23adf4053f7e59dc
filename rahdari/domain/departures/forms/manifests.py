"""What is told of many on one flight, as people and programs take it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from rahdari.base.actor import Actor
from rahdari.base.refusal import Refused
from rahdari.web.steps import Step

from .. import actions
from ..access import PERMITS
from ..models import Manifest
from ..queries.manifests import manifest_for, marking_on
from ..rules.manifests import Arrived, Missed, NotArrived
from ..rules.setbacks import LAST_KNOWN, MISSED_BECAUSE
from .shapes import BuildManifests, ConfirmArrivals, RecordDepartures

SEE = "departures.see_manifest"


def take_build_manifest(*, cases: Any = (), **given: Any) -> Manifest:
    """Puts everybody named on one flight."""
    return actions.build_manifest(case_ids=[UUID(one) for one in cases], **given)


def take_record_departures(*, departed: Any = (), missed: Any = (), **given: Any) -> Manifest:
    """Tells who of a manifest left, and who did not."""
    gone = [UUID(one) for one in departed]
    return actions.record_departures(departed=gone, missed=[Missed(UUID(x.case), x.code, x.next_on) for x in missed], **given)


def take_confirm_arrivals(*, arrived: Any = (), not_arrived: Any = (), **given: Any) -> Manifest:
    """Tells who of a manifest arrived, and who did not."""
    there = [Arrived(UUID(one.case), one.picked_up) for one in arrived]
    lost = [NotArrived(UUID(one.case), one.last_known) for one in not_arrived]
    return actions.confirm_arrivals(arrived=there, not_arrived=lost, **given)


def crumbs_of(actor: Actor, manifest: Manifest | None = None) -> list[dict[str, str]]:
    """The way to the manifests, and to one of them."""
    crumbs = [{"url": reverse("departures.see_manifests"), "label": gettext("Manifests")}]
    if not PERMITS["see_ready"].why_not(actor):
        crumbs.insert(0, {"url": reverse("departures.see_ready"), "label": gettext("Departures")})
    if manifest is not None:
        crumbs.append({"url": reverse(SEE, args=[manifest.pk]), "label": manifest.flight})
    return crumbs


def _of_manifest(use_case: str) -> Any:
    def page(actor: Actor, manifest_id: UUID) -> Mapping[str, Any]:
        refusals = PERMITS[use_case].why_not(actor)
        if refusals:
            raise Refused(refusals)
        manifest = manifest_for(actor, manifest_id)
        return {"manifest": manifest, "crumbs": crumbs_of(actor, manifest), "marked": marking_on(actor, manifest)}

    return page


def _at_desk(actor: Actor) -> Mapping[str, Any]:
    refusals = PERMITS["see_ready"].why_not(actor)  # a worker without recruiter books the own flight on the case's page
    if refusals:
        raise Refused(refusals)
    return {}


BUILD_MANIFESTS = Step(
    "departures", "build_manifest", BuildManifests, take_build_manifest, _at_desk,
    _("Booked. The other side is told flight and time of each."), SEE, with_result=True,
)  # fmt: skip
RECORD_DEPARTURES = Step(
    "departures", "record_departures", RecordDepartures, take_record_departures, _of_manifest("record_departures"),
    _("Recorded. The other side waits at the airport."), SEE,
    codes={"missed.code": {one: f"missed_{one}" for one in MISSED_BECAUSE}},
)  # fmt: skip
CONFIRM_ARRIVALS = Step(
    "departures", "confirm_arrivals", ConfirmArrivals, take_confirm_arrivals, _of_manifest("confirm_arrivals"),
    _("Recorded. The families see it at once."), SEE,
    codes={"not_arrived.last_known": {one: f"last_known_{one}" for one in LAST_KNOWN}},
)  # fmt: skip
