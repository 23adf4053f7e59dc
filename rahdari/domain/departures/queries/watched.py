"""What a member of the family sees of a worker's journey, where it was ticked: the clearance, the flight, the arrival."""

from __future__ import annotations

from django.utils.translation import gettext as _

from rahdari.base.actor import Actor
from rahdari.domain.accounts.queries.proxies import Watched
from rahdari.domain.accounts.rules.proxies import PASS
from rahdari.domain.placements.models import Case
from rahdari.domain.placements.queries.watched import cases_watched
from rahdari.web.panels import Panel
from rahdari.web.words import Fact

from ..models import Passenger, Registration
from .cases import departure_of


def watched_pass(actor: Actor, watched: Watched) -> Panel | None:
    """How far each departure is, its clearance and flight; no paper, and no phone."""
    if not watched.sees(PASS):
        return None
    shown = [(case, facts) for case in cases_watched(watched.worker) if (facts := _facts(case))]
    return Panel("departures/_watched.html", {"cases": shown}) if shown else None


def _facts(case: Case) -> list[Fact]:
    departure = departure_of(case)
    if departure is None:
        return []
    facts = [Fact(_("Status"), departure.state)]
    registration = Registration.objects.filter(departure=departure).first()
    if registration is not None and registration.clearance_no:
        facts.append(Fact(_("Clearance"), registration.clearance_no))
    passenger = Passenger.objects.filter(departure=departure, missed_because="").select_related("manifest").first()
    if passenger is not None:
        facts += [Fact(_("Flight"), passenger.manifest.flight), Fact(_("Expected to land at"), passenger.manifest.eta)]
    return facts
