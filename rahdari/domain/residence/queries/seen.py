"""What residence shows on a case so far: guidance, first day of work, and what the reader can do next."""

from __future__ import annotations

from django.utils.translation import gettext as _

from rahdari.base.actor import Actor
from rahdari.domain.contracts.queries import contract_of
from rahdari.domain.departures.queries import departure_of
from rahdari.domain.jobs.rules.line import is_service
from rahdari.domain.placements.models import Case
from rahdari.web.panels import Panel
from rahdari.web.words import Fact

from ..access import PERMITS
from .cases import beginning_of, employment_of, guidance_of


def next_steps(actor: Actor, case: Case) -> list[str]:
    """The use cases of this package the actor may take now."""
    departure, steps = departure_of(case), []
    if contract_of(case) is not None and guidance_of(case) is None and (departure is None or departure.state == "begun"):
        steps.append("record_guidance")
    if departure is not None and departure.state == "arrived" and employment_of(case) is None:
        steps.append("begin_work")
    return [f"residence.{name}" for name in steps if not PERMITS[name].why_not(actor, case)]


def case_panel(actor: Actor, case: Case) -> Panel | None:
    """On a case: guidance and first day of work, and the next step of this package; nothing of a service from home."""
    if is_service(case.route):
        return None
    seen, steps = beginning_of(actor, case.pk), next_steps(actor, case)
    facts = []
    if seen.guidance is not None:
        facts += [Fact(_("Guidance"), seen.guidance.given_on), Fact(_("Minutes"), seen.guidance.minutes)]
    if seen.employment is not None:
        facts.append(Fact(_("First day of work"), seen.employment.begun_on))
    return Panel("residence/_panel.html", {"case": case, "facts": facts, "next": steps}) if facts or steps else None
