"""What residence shows on a case so far: guidance, change of status, first day of work, and what the reader can do next."""

from __future__ import annotations

from django.utils.translation import gettext as _

from rahdari.base.actor import Actor
from rahdari.base.days import ONE_DAY
from rahdari.base.editions import current_book
from rahdari.domain.contracts.queries import contract_of
from rahdari.domain.departures.queries import departure_of
from rahdari.domain.jobs.rules.line import is_inside, is_service, is_supported
from rahdari.domain.jobs.rules.papers import PAPER
from rahdari.domain.placements.models import Case
from rahdari.domain.placements.rules.cases import OVER
from rahdari.web.panels import Panel
from rahdari.web.words import Fact

from ..access import PERMITS
from ..rules.changes import FILED, PERMITTED, REFUSED, stays_on_until
from .cases import beginning_of, change_of, employment_of, guidance_of


def next_steps(actor: Actor, case: Case) -> list[str]:
    """The use cases of this package the actor may take now."""
    steps = _inside(case) if is_inside(case.route) else _travelling(case)
    return [f"residence.{name}" for name in steps if not PERMITS[name].why_not(actor, case)]


def _inside(case: Case) -> list[str]:
    if contract_of(case) is None or case.state in OVER:
        return []
    change = change_of(case)
    state = REFUSED if change is None else change.state
    steps = {REFUSED: ["file_change"], FILED: ["decide_change", "refuse_change"], PERMITTED: ["begin_work"]}[state]
    if guidance_of(case) is None:
        return ["record_guidance", *(steps if state != REFUSED else [])]
    return steps if employment_of(case) is None else []


def _travelling(case: Case) -> list[str]:
    departure, steps = departure_of(case), []
    guided = guidance_of(case) is not None or not is_supported(case.route)
    if contract_of(case) is not None and not guided and (departure is None or departure.state == "begun"):
        steps.append("record_guidance")
    if departure is not None and departure.state == "arrived" and employment_of(case) is None:
        steps.append("begin_work")
    return steps


def change_facts(actor: Actor, case: Case) -> list[Fact]:
    """The newest change of status of a case as far as it is open to the reader."""
    change = beginning_of(actor, case.pk).change
    if change is None:
        return []
    last = change.until - ONE_DAY if change.until is not None else None
    ends = change.stay_ends_on
    told = [
        (_("Change of status"), change.state),
        (_("Applied for on"), change.filed_on),
        (_("Immigration bureau"), change.bureau),
        (_("Number of the receipt"), change.receipt_no),
        (_("Present status of residence"), f"status_{change.from_status}" if change.from_status else ""),
        (_("Last day of the present stay"), ends),
        (_("May wait in Japan until"), stays_on_until(current_book(), ends) if ends and change.state == FILED else None),
        (_("Decided on"), change.decided_on),
        (_("Last day of the new stay"), last),
        (_("Reasons of the letter"), [f"coe_refused_{one}" for one in change.codes]),
        (_("Source"), _("from paper") if change.source == PAPER else ""),
    ]
    return [Fact(label, value) for label, value in told if value]


def case_panel(actor: Actor, case: Case) -> Panel | None:
    """On a case: guidance and first day of work, and the next step of this package; nothing of a service from home."""
    if is_service(case.route):
        return None
    seen, steps = beginning_of(actor, case.pk), next_steps(actor, case)
    facts = []
    if seen.guidance is not None:
        facts += [Fact(_("Guidance"), seen.guidance.given_on), Fact(_("Minutes"), seen.guidance.minutes)]
    facts += change_facts(actor, case)
    if seen.employment is not None:
        facts.append(Fact(_("First day of work"), seen.employment.begun_on))
    return Panel("residence/_panel.html", {"case": case, "facts": facts, "next": steps}) if facts or steps else None
